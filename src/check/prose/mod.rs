//! The running text of a document, cut into pieces that a wording rule can read.
//!
//! A piece is a paragraph, a list item, a table cell or a string of the front matter, without markup: code has become
//! one word, links are their text, comments and code blocks are gone. Every byte of a piece knows where it came from.
//! What a piece says is not judged here.

mod read;

use std::{cell::OnceCell, ops::Range};

pub(super) use crate::parse::running::Form;
use crate::{
    model::{Kinds, Postmortem, Section},
    source::{SourceFile, Span},
};

/// Stands for inline code in a piece.
pub(super) const CODE: &str = "CODEX";

/// One piece of running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'p> {
    /// What it is.
    pub form: Form,
    /// What the innermost section around it whose name is known is about.
    pub section: Kinds,
    /// The text without markup, on one line.
    pub text: &'p str,
    /// The bytes of the document that it was read from.
    pub span: Span,
    /// Where the text begins in that of all pieces.
    base: usize,
    origins: &'p [Origin],
}

impl Piece<'_> {
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
        let at = self.base + at;
        let index = self.origins.partition_point(|origin| origin.text <= at).saturating_sub(1);
        self.origins
            .get(index)
            .map_or(self.span.start, |origin| (origin.document + at - origin.text).min(self.span.end))
    }
}

/// The beginning of a stretch of text, and where in the document it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Origin {
    text: usize,
    document: usize,
}

/// All running text of a document: the pieces in one text, in their order. What looks for something rare looks through
/// all of them at once.
#[derive(Debug, Clone, Default)]
pub struct Prose {
    text: String,
    lower: OnceCell<String>,
    extents: Vec<Extent>,
    origins: Vec<Origin>,
}

/// Which part of the whole a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Extent {
    form: Form,
    section: Kinds,
    text: Range<usize>,
    span: Span,
    origins: Range<usize>,
}

impl Prose {
    /// All running text of a document, in its order; strings of the front matter come first.
    pub(super) fn of(postmortem: &Postmortem, source: &SourceFile) -> Self {
        read::prose(postmortem, source)
    }

    /// The text of all pieces, with the end of a line behind each.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The same with the letters of ASCII in lower case: what does not ask for their case is found in half the time.
    pub(super) fn lower(&self) -> &str {
        self.lower.get_or_init(|| self.text.to_ascii_lowercase())
    }

    /// The pieces.
    pub fn pieces(&self) -> impl DoubleEndedIterator<Item = Piece<'_>> + Clone {
        self.extents.iter().map(|extent| Piece {
            form: extent.form,
            section: extent.section,
            text: self.text.get(extent.text.clone()).unwrap_or_default(),
            span: extent.span,
            base: extent.text.start,
            origins: self.origins.get(extent.origins.clone()).unwrap_or_default(),
        })
    }

    /// The pieces that hold one of these places of the text of all, which are given in order.
    pub(super) fn holding(&self, places: impl Iterator<Item = usize>) -> impl Iterator<Item = Piece<'_>> {
        let mut places = places.peekable();
        self.pieces().filter(move |piece| {
            let end = piece.base + piece.text.len();
            let mut holds = false;
            while let Some(at) = places.next_if(|at| *at < end) {
                holds |= piece.holds(at);
            }
            holds
        })
    }

    /// All of them as if they stood in a section of one kind.
    #[cfg(test)]
    pub(super) fn in_section(mut self, section: Kinds) -> Self {
        self.extents.iter_mut().for_each(|extent| extent.section = section);
        self
    }
}

impl Piece<'_> {
    /// True when a place in the text of all pieces is one in this piece.
    pub(super) fn holds(&self, at: usize) -> bool {
        (self.base..self.base + self.text.len()).contains(&at)
    }

    /// Where a place in the text of all pieces is in this one.
    pub(super) fn place(&self, at: usize) -> usize {
        at - self.base
    }
}

/// The sections with known names around places that are asked about from the first to the last.
struct Around<'p> {
    /// Those that begin further on.
    ahead: std::slice::Iter<'p, Section>,
    /// Those that have begun, the innermost last.
    begun: Vec<&'p Section>,
}

impl<'p> Around<'p> {
    fn new(sections: &'p [Section]) -> Self {
        Self { ahead: sections.iter(), begun: Vec::new() }
    }

    /// What the innermost of them around a byte is about.
    fn at(&mut self, at: usize) -> Kinds {
        while let Some(next) = self.ahead.as_slice().first().filter(|next| next.heading.start <= at) {
            if next.is_known() {
                self.begun.push(next);
            }
            self.ahead.next();
        }
        while self.begun.pop_if(|section| section.body.end <= at).is_some() {}
        self.begun.last().map(|section| section.kinds).unwrap_or_default()
    }
}
