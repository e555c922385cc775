//! The running text of a document, cut into pieces that a wording rule can read.
//!
//! A piece is a paragraph, a list item, a table cell or a string of the front matter, without markup: code has become
//! one word, links are their text, comments and code blocks are gone. Every byte of a piece knows where it came from.
//! What a piece says is not judged here.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::{
    model::{Fact, Origin, Postmortem, SectionKind},
    source::{SourceFile, Span},
};

/// Stands for inline code in a piece.
pub(super) const CODE: &str = "CODEX";

/// Quotation marks and white space that stand in a piece as the plain ones.
const TYPOGRAPHIC: [char; 8] = ['\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\n', '\r', '\t', '\u{a0}'];

/// What a piece is in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A paragraph, or a string of the front matter.
    Paragraph,
    /// The text of a list item.
    Item,
    /// A cell of a table.
    Cell,
    /// Anything inside a block quote.
    Quote,
}

/// One piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub form: Form,
    /// The kind of the section that it stands in, if the section has a known name.
    pub section: Option<SectionKind>,
    /// The text without markup, on one line.
    pub text: String,
    /// The bytes of the document that it was read from.
    pub span: Span,
    /// For stretches of the text: where they begin in it, and where in the document.
    origins: Vec<(usize, usize)>,
}

impl Piece {
    fn new(form: Form) -> Self {
        // A sentence or two; the parser gives them in small parts.
        let text = String::with_capacity(256);
        Self { form, section: None, text, span: Span::default(), origins: Vec::with_capacity(8) }
    }

    /// Adds text that stands at `at` as it is.
    fn push(&mut self, text: &str, at: Span) {
        self.begin(at);
        if text.bytes().all(|byte| byte.is_ascii() && byte >= b' ') {
            self.text.push_str(text);
            return;
        }
        let mut done = 0;
        for (offset, letter) in text.match_indices(TYPOGRAPHIC) {
            let plain = match letter {
                "\u{2018}" | "\u{2019}" => '\'',
                "\u{201c}" | "\u{201d}" => '"',
                _ => ' ',
            };
            self.text.push_str(text.get(done..offset).unwrap_or_default());
            self.text.push(plain);
            done = offset + letter.len();
            if letter.len() > 1 {
                self.origins.push((self.text.len(), at.start + done));
            }
        }
        self.text.push_str(text.get(done..).unwrap_or_default());
    }

    /// Adds a word that stands for the bytes at `at`.
    fn push_instead(&mut self, word: &str, at: Span) {
        self.begin(at);
        self.text.push_str(word);
        self.origins.push((self.text.len(), at.end));
    }

    fn begin(&mut self, at: Span) {
        self.span = if self.text.is_empty() { at } else { self.span.join(at) };
        // The parser cuts a sentence at every sign that could have been markup.
        let goes_on = |(out, source): &(usize, usize)| at.start == source + self.text.len() - out;
        if !self.origins.last().is_some_and(goes_on) {
            self.origins.push((self.text.len(), at.start));
        }
    }

    /// The bytes of the document that stand behind a part of the text.
    pub fn locate(&self, start: usize, end: usize) -> Span {
        let last = end.saturating_sub(1).max(start);
        Span::new(self.origin_of(start), self.origin_of(last) + usize::from(end > start))
    }

    /// The bytes of the document that a word stands for which replaced them.
    pub fn word_at(&self, at: usize, length: usize) -> Span {
        Span::new(self.origin_of(at), self.origin_of(at + length))
    }

    fn origin_of(&self, at: usize) -> usize {
        let index = self.origins.partition_point(|(out, _)| *out <= at).saturating_sub(1);
        self.origins
            .get(index)
            .map_or(self.span.start, |(out, source)| (source + at - out).min(self.span.end))
    }
}

/// All running text of a document, in its order; strings of the front matter come first.
pub(super) fn pieces(postmortem: &Postmortem, source: &SourceFile) -> Vec<Piece> {
    let mut pieces = front_matter_pieces(postmortem, source);
    pieces.extend(body_pieces(source.markdown_of(postmortem.body), postmortem.body.start).into_iter().map(
        |mut piece| {
            piece.section = section_at(postmortem, piece.span.start);
            piece
        },
    ));
    pieces
}

/// The kind of the innermost section with a known name around a byte.
pub(super) fn section_at(postmortem: &Postmortem, at: usize) -> Option<SectionKind> {
    postmortem
        .sections
        .iter()
        .filter(|section| section.heading.start <= at && at < section.body.end)
        .filter_map(|section| section.kinds.first().copied())
        .next_back()
}

fn front_matter_pieces(postmortem: &Postmortem, source: &SourceFile) -> Vec<Piece> {
    let cause = &postmortem.root_cause;
    let facts = [
        (SectionKind::Impact, postmortem.impact.summary.as_ref()),
        (SectionKind::RootCause, cause.summary.as_ref()),
        (SectionKind::Trigger, cause.trigger.as_ref()),
    ];
    let mut pieces: Vec<Piece> = facts
        .into_iter()
        .filter_map(|(section, fact)| Some((section, fact?)))
        .chain(cause.why.iter().map(|fact| (SectionKind::FiveWhys, fact)))
        .filter(|(_, fact)| fact.origin == Origin::FrontMatter)
        .map(|(section, fact)| fact_piece(section, fact, source))
        .collect();
    let events = postmortem.timeline.iter().filter(|event| event.origin == Origin::FrontMatter);
    pieces.extend(events.map(|event| text_piece(SectionKind::Timeline, &event.text, event.span, source)));
    pieces
}

fn fact_piece(section: SectionKind, fact: &Fact<String>, source: &SourceFile) -> Piece {
    text_piece(section, &fact.value, fact.span, source)
}

/// A piece for a text that was read somewhere within `span`.
fn text_piece(section: SectionKind, text: &str, span: Span, source: &SourceFile) -> Piece {
    let mut piece = Piece::new(Form::Paragraph);
    piece.section = Some(section);
    if let Some(at) = source.slice(span).find(text) {
        piece.push(text, Span::new(span.start + at, span.start + at + text.len()));
    } else {
        piece.push(text, span);
        piece.origins = vec![(0, span.start)];
    }
    piece
}

/// How the body is read; the same extensions as everywhere else.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
}

fn body_pieces(body: &str, offset: usize) -> Vec<Piece> {
    let mut reader = Reader::default();
    for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
        reader.read(&event, Span::from(range).shift(offset));
    }
    reader.flush();
    reader.pieces
}

/// Words in angle brackets: several of them, and none that has a value.
fn is_no_tag(html: &str) -> bool {
    let inner = html.trim().strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or_default();
    inner.contains(' ') && !inner.contains(['=', '<', '!', '/'])
}

/// What is being read: the piece that grows, and around it the blocks that say what it is.
#[derive(Default)]
struct Reader {
    pieces: Vec<Piece>,
    current: Option<Piece>,
    quotes: usize,
    items: usize,
    /// Inside a heading, a code block or an image: text there is not running text.
    muted: usize,
}

impl Reader {
    fn read(&mut self, event: &Event<'_>, at: Span) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(*tag),
            Event::Text(text) if self.muted == 0 => {
                let form = self.form();
                self.current.get_or_insert_with(|| Piece::new(form)).push(text, at);
            }
            Event::Code(_) if self.muted == 0 => {
                let form = self.form();
                self.current.get_or_insert_with(|| Piece::new(form)).push_instead(CODE, at);
            }
            // `<insert the number>` is a tag to the parser and a text to its writer.
            Event::InlineHtml(html) | Event::Html(html) if self.muted == 0 && is_no_tag(html) => {
                let form = self.form();
                self.current.get_or_insert_with(|| Piece::new(form)).push(html, at);
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(piece) = &mut self.current {
                    piece.push_instead(" ", at);
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } => return,
            Tag::Image { .. } => {
                self.muted += 1;
                return;
            }
            Tag::Heading { .. } | Tag::CodeBlock(_) => self.muted += 1,
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::Item => self.items += 1,
            _ => {}
        }
        self.flush();
        if matches!(tag, Tag::TableCell) {
            self.current = Some(Piece::new(Form::Cell));
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => return,
            TagEnd::Image => {
                self.muted = self.muted.saturating_sub(1);
                return;
            }
            TagEnd::Heading(_) | TagEnd::CodeBlock => self.muted = self.muted.saturating_sub(1),
            TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::Item => self.items = self.items.saturating_sub(1),
            _ => {}
        }
        self.flush();
    }

    fn form(&self) -> Form {
        match (self.quotes, self.items) {
            (0, 0) => Form::Paragraph,
            (0, _) => Form::Item,
            _ => Form::Quote,
        }
    }

    fn flush(&mut self) {
        self.pieces.extend(self.current.take().filter(|piece| !piece.text.trim().is_empty()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(body: &str) -> Vec<(Form, String)> {
        body_pieces(body, 0).into_iter().map(|piece| (piece.form, piece.text)).collect()
    }

    #[test]
    fn code_is_a_word_and_headings_code_blocks_and_comments_are_left_out() {
        let body = "# Title\n\nThe `cron`\njob *failed*.\n\n<!-- no -->\n\n```\ncode\n```\n\n> quoted\n\n- one\n  - two\n";
        assert_eq!(
            texts(body),
            [
                (Form::Paragraph, "The CODEX job failed.".to_owned()),
                (Form::Quote, "quoted".to_owned()),
                (Form::Item, "one".to_owned()),
                (Form::Item, "two".to_owned()),
            ]
        );
    }

    #[test]
    fn cells_are_pieces_and_pictures_are_not() {
        let body = "| a | b |\n|---|---|\n| x | ![alt](y.png) z |\n";
        let cells: Vec<_> =
            texts(body).into_iter().map(|(form, text)| format!("{form:?} {}", text.trim())).collect();
        assert_eq!(cells, ["Cell a", "Cell b", "Cell x", "Cell z"]);
    }

    #[test]
    fn every_part_of_a_piece_is_found_again_in_the_document() {
        let body = "It’s `x` and\n  **we forgot** it\n";
        let pieces = body_pieces(body, 0);
        let piece = pieces.first().unwrap();
        assert_eq!(piece.text, "It's CODEX and we forgot it");
        let at = piece.text.find("we forgot").unwrap();
        let span = piece.locate(at, at + "we forgot".len());
        assert_eq!(body.get(span.start..span.end), Some("we forgot"));
        let at = piece.text.find("and").unwrap();
        let span = piece.locate(at, at + 3);
        assert_eq!(body.get(span.start..span.end), Some("and"));
    }
}
