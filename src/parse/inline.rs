//! Text with its styles and places: what stands in a paragraph, a heading or a table cell.
//!
//! Readers look at the plain text; every byte of it leads back to the document, so that whatever they find keeps its
//! place and its Markdown.

use std::{
    borrow::Cow,
    ops::{Deref, DerefMut, Range},
};

use super::text::{has_byte, has_pair, words};
use crate::source::Span;

/// Plain text and, for each piece of it, where and how it is written.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Inline {
    /// The text without markup; lines of the source are lines here.
    pub(crate) text: String,
    /// The bytes of the document, markup included.
    pub(crate) span: Span,
    pieces: Pieces,
}

/// The runs of a text, of which most texts have one.
#[derive(Debug, Clone, Default, PartialEq)]
enum Pieces {
    #[default]
    None,
    One(Piece),
    Many(Vec<Piece>),
}

impl Pieces {
    fn push(&mut self, piece: Piece) {
        *self = match std::mem::take(self) {
            Self::None => Self::One(piece),
            Self::One(first) => Self::Many(vec![first, piece]),
            Self::Many(mut pieces) => {
                pieces.push(piece);
                Self::Many(pieces)
            }
        };
    }
}

impl Extend<Piece> for Pieces {
    fn extend<I: IntoIterator<Item = Piece>>(&mut self, pieces: I) {
        pieces.into_iter().for_each(|piece| self.push(piece));
    }
}

impl Deref for Pieces {
    type Target = [Piece];

    fn deref(&self) -> &[Piece] {
        match self {
            Self::None => &[],
            Self::One(piece) => std::slice::from_ref(piece),
            Self::Many(pieces) => pieces,
        }
    }
}

impl DerefMut for Pieces {
    fn deref_mut(&mut self) -> &mut [Piece] {
        match self {
            Self::None => &mut [],
            Self::One(piece) => std::slice::from_mut(piece),
            Self::Many(pieces) => pieces,
        }
    }
}

/// A run of text in one style.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Piece {
    text: Range<usize>,
    span: Span,
    /// The outermost markup around it; the piece itself where there is none.
    outer: Span,
    /// How it is written.
    pub(crate) style: Style,
}

/// How a run of text is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "the marks are independent of each other")]
pub(crate) struct Style {
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) struck: bool,
    pub(crate) code: bool,
    /// The number of the link in the document that it belongs to.
    pub(crate) link: Option<usize>,
}

impl Inline {
    pub(crate) fn new(span: Span) -> Self {
        // It holds hardly more than what stands there without markup.
        Self { text: String::with_capacity(span.end - span.start), span, ..Self::default() }
    }

    /// Adds a run of text.
    pub(crate) fn push(&mut self, text: &str, span: Span, outer: Option<Span>, style: Style) {
        let start = self.text.len();
        self.text.push_str(text);
        // The parser cuts a sentence at every sign that could have been markup.
        if let Some(last) = self.pieces.last_mut()
            && last.goes_on(text, span, outer, style)
        {
            *last = Piece {
                text: last.text.start..self.text.len(),
                span: last.span.join(span),
                outer: outer.unwrap_or_else(|| last.span.join(span)),
                style,
            };
            return;
        }
        self.pieces.push(Piece { text: start..self.text.len(), span, outer: outer.unwrap_or(span), style });
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The text on one line.
    pub(crate) fn one_line(&self) -> String {
        one_line(&self.text)
    }

    /// The bytes of the document behind a part of the text.
    pub(crate) fn source(&self, part: Range<usize>) -> Span {
        let mut found: Option<Span> = None;
        for piece in self.within(part.clone()) {
            let start = piece.place(part.start.max(piece.text.start), false);
            let end = piece.place(part.end.min(piece.text.end), true);
            let span = Span::new(start, end);
            found = Some(found.map_or(span, |before| before.join(span)));
        }
        found.unwrap_or_else(|| Span::empty(self.span.start))
    }

    /// The pieces that share text with a part; they stand in order.
    fn within(&self, part: Range<usize>) -> impl Iterator<Item = &Piece> {
        let first = self.pieces.partition_point(|piece| piece.text.end <= part.start);
        let pieces = self.pieces.get(first..).unwrap_or_default();
        pieces.iter().take_while(move |piece| piece.text.start < part.end)
    }

    /// The part of the text from `from` on, without white space at its ends.
    pub(crate) fn from(&self, from: usize) -> Self {
        self.slice(from..self.text.len())
    }

    /// A part of the text without white space at its ends.
    pub(crate) fn slice(&self, part: Range<usize>) -> Self {
        let Some(text) = self.text.get(part.clone()) else { return Self::new(Span::empty(self.span.end)) };
        let start = part.start + (text.len() - text.trim_start().len());
        let end = start + text.trim().len();
        let mut pieces = Pieces::None;
        pieces.extend(self.within(start..end).map(|piece| piece.cut(start, end)));
        let first = pieces.first().map_or(self.span.end, |piece| piece.outer.start);
        let last = pieces.last().map_or(first, |piece| piece.outer.end);
        Self {
            text: self.text.get(start..end).unwrap_or_default().to_owned(),
            span: Span::new(first, last),
            pieces,
        }
    }

    /// This text and another one behind it, with a sign between them.
    pub(crate) fn followed_by(&self, between: &str, other: &Self) -> Self {
        let mut joined = self.clone();
        // Nothing of the document stands where the two meet: an empty outer span says so.
        let gap = Span::empty(self.span.end);
        joined.pieces.push(Piece {
            text: self.text.len()..self.text.len() + between.len(),
            span: gap,
            outer: gap,
            style: Style::default(),
        });
        joined.text.push_str(between);
        let by = joined.text.len();
        joined.pieces.extend(
            other
                .pieces
                .iter()
                .map(|piece| Piece { text: piece.text.start + by..piece.text.end + by, ..piece.clone() }),
        );
        joined.text.push_str(&other.text);
        joined.span = self.span.join(other.span);
        joined
    }

    /// The lines, blank ones left out.
    pub(crate) fn lines(&self) -> Vec<Cow<'_, Self>> {
        if !self.has_lines() {
            return self.first_line().into_iter().collect();
        }
        let mut start = 0;
        let mut lines = Vec::new();
        for line in self.text.split('\n') {
            if !line.trim().is_empty() {
                lines.push(Cow::Owned(self.slice(start..start + line.len())));
            }
            start += line.len() + 1;
        }
        lines
    }

    /// The first of the lines.
    pub(crate) fn first_line(&self) -> Option<Cow<'_, Self>> {
        let text = self.text.trim_start();
        let start = self.text.len() - text.len();
        let end = memchr::memchr(b'\n', text.as_bytes()).unwrap_or(text.len());
        (!text.is_empty()).then(|| self.part(start..start + end))
    }

    /// True for a text of several lines.
    pub(crate) fn has_lines(&self) -> bool {
        self.text.trim().contains('\n')
    }

    /// The same as a [`slice`](Self::slice), which is all of it where there is nothing to cut off.
    fn part(&self, part: Range<usize>) -> Cow<'_, Self> {
        let is_all = part == (0..self.text.len()) && self.text.trim_end().len() == part.end;
        let starts = self.pieces.first().is_some_and(|piece| piece.outer.start == self.span.start);
        let ends = self.pieces.last().is_some_and(|piece| piece.outer.end == self.span.end);
        if is_all && starts && ends { Cow::Borrowed(self) } else { Cow::Owned(self.slice(part)) }
    }

    /// The end of the bold text that it begins with; emoji and white space may stand before that.
    pub(crate) fn bold_lead(&self) -> Option<usize> {
        let mut end = None;
        for piece in self.pieces.iter() {
            let text = self.text.get(piece.text.clone()).unwrap_or_default();
            let blank = !text.chars().any(char::is_alphanumeric);
            if piece.style.bold {
                end = Some(piece.text.end);
            } else if end.is_some() || !blank {
                break;
            }
        }
        end
    }

    /// Where runs of bold text begin.
    pub(crate) fn bold_starts(&self) -> Vec<usize> {
        let mut starts = Vec::new();
        let mut bold = false;
        for piece in self.pieces.iter() {
            if piece.style.bold && !bold {
                starts.push(piece.text.start);
            }
            bold = piece.style.bold;
        }
        starts
    }

    /// True when all of its text is written in a way.
    pub(crate) fn is_all(&self, wanted: impl Fn(Style) -> bool) -> bool {
        let mut any = false;
        for piece in self.pieces.iter() {
            let text = self.text.get(piece.text.clone()).unwrap_or_default();
            if text.chars().any(char::is_alphanumeric) {
                any = true;
                if !wanted(piece.style) {
                    return false;
                }
            }
        }
        any
    }

    /// The parts that are code; nothing in them is a word of the author.
    pub(crate) fn is_code_at(&self, at: usize) -> bool {
        self.within(at..at + 1).any(|piece| piece.style.code)
    }

    /// The parts that are code, in their order.
    pub(crate) fn codes(&self) -> impl Iterator<Item = Range<usize>> {
        self.pieces.iter().filter(|piece| piece.style.code).map(|piece| piece.text.clone())
    }

    /// The numbers of the links in it, each once.
    pub(crate) fn links(&self) -> Vec<usize> {
        let mut links: Vec<usize> = self.pieces.iter().filter_map(|piece| piece.style.link).collect();
        links.dedup();
        links
    }

    /// Its Markdown; the plain text where a cut went through markup.
    pub(crate) fn markdown(&self, document: &str) -> String {
        if let [piece] = &*self.pieces
            && piece.is_verbatim()
            && piece.outer == piece.span
            && piece.span == self.span
        {
            return self.one_line();
        }
        let whole =
            self.pieces.iter().all(|piece| piece.outer.contains(piece.span) && !piece.outer.is_empty());
        match document.get(self.span.start..self.span.end) {
            Some(markdown) if whole => one_line(markdown),
            _ => self.one_line(),
        }
    }
}

impl Piece {
    /// True when a run of text is of one piece with this one: both stand there letter by letter, in one style.
    fn goes_on(&self, text: &str, span: Span, outer: Option<Span>, style: Style) -> bool {
        self.is_verbatim()
            && text.len() == span.end - span.start
            && self.span.end == span.start
            && self.style == style
            && self.outer == outer.unwrap_or(self.span)
    }

    fn is_verbatim(&self) -> bool {
        self.text.len() == self.span.end - self.span.start
    }

    /// The byte of the document behind a byte of the text.
    fn place(&self, at: usize, is_end: bool) -> usize {
        if self.is_verbatim() {
            self.span.start + (at - self.text.start)
        } else if is_end {
            self.span.end
        } else {
            self.span.start
        }
    }

    /// The piece between two places of the text, counted from the first.
    fn cut(&self, start: usize, end: usize) -> Self {
        let from = self.text.start.max(start);
        let to = self.text.end.min(end);
        let text = from - start..to - start;
        if from == self.text.start && to == self.text.end {
            return Self { text, ..self.clone() };
        }
        let span = Span::new(self.place(from, false), self.place(to, true));
        // Markup that is cut through cannot be given back: an empty outer span says so.
        let outer = if self.outer == self.span { span } else { Span::empty(span.start) };
        Self { text, span, outer, style: self.style }
    }
}

/// A text with every stretch of white space as one space.
pub(crate) fn one_line(text: &str) -> String {
    if is_one_line(text) {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for word in words(text) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// True for text with nothing but single spaces between its words; some other text may be on one line as well.
fn is_one_line(text: &str) -> bool {
    let has_gaps = has_pair(text, |one, next| one == b' ' && next == b' ');
    !has_byte(text, |byte| byte < b' ')
        && !has_gaps
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && (text.is_ascii() || !may_have_other_spaces(text))
}

/// False for text without white space beyond ASCII for sure. Dashes and quotation marks are no reason to look at every
/// letter of it.
fn may_have_other_spaces(text: &str) -> bool {
    memchr::memchr3(0x81, 0xc2, 0xe1, text.as_bytes()).is_some()
        || has_pair(text, |one, next| one == 0x80 && !(0x90..0xa8).contains(&next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_on_one_line_has_no_white_space_but_single_spaces() {
        for letter in (0..=0x3100).filter_map(char::from_u32).filter(|letter| letter.is_whitespace()) {
            let text = format!("a{letter}{letter}b – c");
            assert_eq!(one_line(&text), "a b – c", "{letter:?}");
            assert_eq!(one_line(&format!("a{letter}b")), "a b", "{letter:?}");
        }
        assert!(is_one_line("a – b “c” é") && !is_one_line(" a") && !is_one_line("a "));
    }
}
