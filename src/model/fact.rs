//! A value together with where it was read.

use serde::{Deserialize, Serialize};

use crate::source::Span;

/// How a value came to be known. Pages mark what is [`Origin::Inferred`], and `--explain` tells all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A key of the front matter.
    FrontMatter,
    /// The text of a section, list or table of the body.
    Section,
    /// A label of the body: `**Severity:** SEV2`, or a row of a key/value table.
    Label,
    /// The name of the file.
    FileName,
    /// Concluded from other facts, for instance the date from the first event.
    Inferred,
}

impl Origin {
    /// The words that a page or a terminal shows.
    pub const fn words(self) -> &'static str {
        match self {
            Self::FrontMatter => "front matter",
            Self::Section => "section",
            Self::Label => "label",
            Self::FileName => "file name",
            Self::Inferred => "inferred",
        }
    }
}

/// A value, the bytes that say it, and how it came to be known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact<T> {
    /// The value.
    pub value: T,
    /// The bytes of the document that say so; empty at the start of the document when no bytes do.
    pub span: Span,
    /// How it came to be known.
    pub origin: Origin,
}

impl<T> Fact<T> {
    /// A fact.
    pub const fn new(value: T, span: Span, origin: Origin) -> Self {
        Self { value, span, origin }
    }

    /// The same fact about another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Fact<U> {
        Fact { value: change(self.value), span: self.span, origin: self.origin }
    }
}
