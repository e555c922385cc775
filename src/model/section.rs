//! The parts of a document.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{
    model::{Kinds, anchor::Anchor},
    source::Span,
};

/// What a section is about.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the words are those of the field; `words` spells them out")]
pub enum SectionKind {
    Summary,
    Background,
    Impact,
    Detection,
    Timeline,
    Trigger,
    RootCause,
    ContributingFactors,
    FiveWhys,
    Response,
    Resolution,
    WentWell,
    WentWrong,
    GotLucky,
    Lessons,
    ActionItems,
    References,
}

impl SectionKind {
    /// All of them, in the order in which a document usually has them.
    pub const ALL: [Self; 17] = [
        Self::Summary,
        Self::Background,
        Self::Impact,
        Self::Detection,
        Self::Timeline,
        Self::Trigger,
        Self::RootCause,
        Self::ContributingFactors,
        Self::FiveWhys,
        Self::Response,
        Self::Resolution,
        Self::WentWell,
        Self::WentWrong,
        Self::GotLucky,
        Self::Lessons,
        Self::ActionItems,
        Self::References,
    ];

    /// The key in exports: `root_cause`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Background => "background",
            Self::Impact => "impact",
            Self::Detection => "detection",
            Self::Timeline => "timeline",
            Self::Trigger => "trigger",
            Self::RootCause => "root_cause",
            Self::ContributingFactors => "contributing_factors",
            Self::FiveWhys => "five_whys",
            Self::Response => "response",
            Self::Resolution => "resolution",
            Self::WentWell => "went_well",
            Self::WentWrong => "went_wrong",
            Self::GotLucky => "got_lucky",
            Self::Lessons => "lessons",
            Self::ActionItems => "action_items",
            Self::References => "references",
        }
    }

    /// The words in messages and configuration: `root cause`.
    pub fn words(self) -> String {
        self.key().replace('_', " ")
    }

    /// The kind that this key or these words name.
    pub fn from_words(words: &str) -> Option<Self> {
        let key = words.trim().to_lowercase().replace([' ', '-'], "_");
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// How a section is marked in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SectionForm {
    /// By a heading of this level, 1 to 6.
    Heading(u8),
    /// By a bold label: `**Impact:** …`.
    Label,
}

/// A heading or bold label and what stands below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What it is about, each once: none when the name is not known, several for `Impact and timeline`.
    pub kinds: Kinds,
    /// The heading as plain text.
    pub title: String,
    /// Heading or label.
    pub form: SectionForm,
    /// The anchor of the heading on the page; see [`Section::anchor`].
    pub anchor: Anchor,
    /// The bytes of the heading or label.
    pub heading: Span,
    /// The bytes below it up to the next heading of the same or a higher level; subsections are included.
    pub body: Span,
    /// True when nothing stands below it, comments and subsections without text apart.
    pub is_empty: bool,
}

impl Section {
    /// The anchor of the heading on the page; empty for a label.
    pub fn anchor(&self) -> Cow<'_, str> {
        self.anchor.of(&self.title)
    }

    /// True when it is about this, too.
    pub fn is(&self, kind: SectionKind) -> bool {
        self.kinds.contains(kind)
    }

    /// True when its name says what it is about.
    pub fn is_known(&self) -> bool {
        !self.kinds.is_empty()
    }
}
