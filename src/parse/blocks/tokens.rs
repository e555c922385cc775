//! The HTML of a document as tokens with places.
//!
//! The tokenizer of `html5ever` tells what HTML says, but not where. It is fed a piece at a time, so that what comes out
//! behind a piece has stood in it.

use std::cell::RefCell;

use html5ever::{
    buffer_queue::BufferQueue,
    tendril::StrTendril,
    tokenizer::{self, Tag, TagKind, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts, states::RawKind},
};

use crate::source::Span;

/// A tag or a text, and where it stands.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) kind: TokenKind,
}

#[derive(Debug)]
pub(super) enum TokenKind {
    Open(Tag),
    Close(Tag),
    /// Text with its entities read.
    Text(String),
}

/// Reads the HTML that stands at some places of a text. `base` is where the text begins in the document, whose places
/// they are.
pub(super) fn read(text: &str, base: usize, places: &[Span]) -> Vec<Token> {
    let options = TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(Sink::default(), options);
    let queue = BufferQueue::default();
    let mut tokens = Vec::new();
    // Where the tag or the entity begins that is not complete.
    let mut begun: Option<usize> = None;
    for place in places {
        let html = place.start.checked_sub(base).and_then(|start| text.get(start..place.end - base));
        let mut at = place.start;
        for piece in pieces(html.unwrap_or_default()) {
            let span = Span::new(at, at + piece.len());
            at = span.end;
            queue.push_back(StrTendril::from(piece));
            let _ = tokenizer.feed(&queue);
            begun = take(&tokenizer.sink, &mut tokens, span, begun);
        }
    }
    tokenizer.end();
    let end = places.last().map_or(base, |place| place.end);
    take(&tokenizer.sink, &mut tokens, Span::empty(end), begun);
    tokens
}

/// Takes what came out behind a piece. Gives where that begins which is still to come out.
fn take(sink: &Sink, tokens: &mut Vec<Token>, piece: Span, begun: Option<usize>) -> Option<usize> {
    let found = std::mem::take(&mut *sink.found.borrow_mut());
    let start = begun.unwrap_or(piece.start);
    let Some(last) = found.len().checked_sub(1) else { return Some(start) };
    for (index, kind) in found.into_iter().enumerate() {
        // What did not come out before the next tag began, stood before it.
        let is_before = begun.is_some() && last > 0 && index < last;
        let is_behind = begun.is_some() && last > 0 && index == last;
        let span = Span::new(
            if is_behind { piece.start } else { start },
            if is_before { piece.start.max(start) } else { piece.end },
        );
        match (kind, tokens.last_mut()) {
            (TokenKind::Text(text), Some(Token { span: place, kind: TokenKind::Text(before) }))
                if place.start == span.start && place.end == span.end =>
            {
                before.push_str(&text);
            }
            (kind, _) => tokens.push(Token { span, kind }),
        }
    }
    None
}

/// Cuts HTML where a tag or an entity may begin or end.
fn pieces(html: &str) -> impl Iterator<Item = &str> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let bytes = rest.as_bytes();
        let first = *bytes.first()?;
        let ends = |byte: u8| match first {
            b'&' => byte == b';',
            _ => byte == b'>',
        };
        let begins = |byte: u8| matches!(byte, b'<' | b'&');
        let next = bytes.iter().skip(1).position(|byte| begins(*byte) || ends(*byte));
        let length = next.map_or(rest.len(), |at| {
            // The sign at which one ends belongs to it, the one at which another begins does not.
            at + 1 + usize::from(bytes.get(at + 1).is_some_and(|byte| ends(*byte)))
        });
        let (piece, behind) = rest.split_at_checked(length)?;
        rest = behind;
        Some(piece)
    })
}

/// Collects what the tokenizer finds.
#[derive(Default)]
struct Sink {
    found: RefCell<Vec<TokenKind>>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: tokenizer::Token, _line: u64) -> TokenSinkResult<()> {
        let mut found = self.found.borrow_mut();
        match token {
            tokenizer::Token::TagToken(tag) if tag.kind == TagKind::EndTag => {
                found.push(TokenKind::Close(tag));
            }
            tokenizer::Token::TagToken(tag) => {
                let raw = match &*tag.name {
                    "script" | "style" | "iframe" | "noscript" | "xmp" => Some(RawKind::Rawtext),
                    "textarea" | "title" => Some(RawKind::Rcdata),
                    _ => None,
                };
                found.push(TokenKind::Open(tag));
                if let Some(raw) = raw {
                    return TokenSinkResult::RawData(raw);
                }
            }
            tokenizer::Token::CharacterTokens(text) => match found.last_mut() {
                Some(TokenKind::Text(before)) => before.push_str(&text),
                _ => found.push(TokenKind::Text(text.to_string())),
            },
            // A comment ends what stands before it, and has its place.
            tokenizer::Token::CommentToken(_) => found.push(TokenKind::Text(String::new())),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}
