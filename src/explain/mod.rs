//! Why each fact of a postmortem is what it is: its value, how it came to be known, where it was read, and a sentence.
//!
//! Pure, and nothing is read anew: the sentences are made from what reading left with each fact, so that an explanation
//! cannot tell another story than the page.

mod entries;
mod facts;
mod marks;
mod sentences;
#[cfg(test)]
mod tests;

pub use marks::{Mark, clock_mark, day_mark, measure_note, unknown_ends, zone_mark};

use serde::Serialize;

use crate::{
    aggregate::{ActionEntry, MeasureSummary, Summary},
    config::Config,
    model::{Fact, Origin, Postmortem},
    parse::Dates,
    source::{SourceFile, Span},
};

/// It stands there, and there is no more to say.
const WRITTEN: &str = "it is written in full";
const IN_ITEM: &str = "it stands in the item";
const LISTED: &str = "it stands where action items are listed";
const KNOWN_NAME: &str = "the name of the heading is known";
/// Reasons that say no more than the place does.
const PLAIN: [&str; 4] = [WRITTEN, IN_ITEM, LISTED, KNOWN_NAME];

/// What a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Title, severity, services and the like.
    Facts,
    /// The milestones.
    Times,
    /// The durations between them.
    Measures,
    /// The events of the timeline.
    Timeline,
    /// The action items.
    Actions,
    /// The parts of the document.
    Sections,
}

impl Group {
    /// All of them, in the order of an explanation.
    pub const ALL: [Self; 6] =
        [Self::Facts, Self::Times, Self::Measures, Self::Timeline, Self::Actions, Self::Sections];

    /// The heading above them.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Facts => "Facts",
            Self::Times => "Times",
            Self::Measures => "Measures",
            Self::Timeline => "Timeline",
            Self::Actions => "Action items",
            Self::Sections => "Sections",
        }
    }
}

/// One fact, and how it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// What it is about.
    pub group: Group,
    /// The fact for programs: `severity`, `times.detected`, `timeline[3]`, `actions[0].owner`.
    pub key: String,
    /// The fact in a word or two.
    pub name: String,
    /// Its value; none when the document does not say it.
    pub value: Option<String>,
    /// How it came to be known; none when it is not, and for what is computed.
    pub origin: Option<Origin>,
    /// The bytes that say so; none when no bytes of the document do.
    pub span: Option<Span>,
    /// Why, in clauses without a full stop.
    pub why: Vec<String>,
}

impl Explained {
    /// A fact that is known.
    fn of<T>(group: Group, key: impl Into<String>, name: impl Into<String>, fact: &Fact<T>) -> Self {
        Self {
            group,
            key: key.into(),
            name: name.into(),
            value: None,
            origin: Some(fact.origin),
            span: Some(fact.span).filter(|span| !span.is_empty()),
            why: Vec::new(),
        }
    }

    /// A fact that the document does not say.
    fn absent(group: Group, key: impl Into<String>, name: impl Into<String>, why: &str) -> Self {
        Self {
            group,
            key: key.into(),
            name: name.into(),
            value: None,
            origin: None,
            span: None,
            why: vec![why.to_owned()],
        }
    }

    #[must_use]
    fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// A reason for a fact that has none yet.
    #[must_use]
    fn or_because(mut self, why: &str) -> Self {
        if self.why.is_empty() {
            self.why.push(why.to_owned());
        }
        self
    }

    /// True when the reason says no more than the origin does.
    pub fn is_plain(&self) -> bool {
        let plain = self.origin.map(facts::plain);
        self.why.iter().all(|why| Some(why.as_str()) == plain || PLAIN.contains(&why.as_str()))
    }

    #[must_use]
    fn because(mut self, why: impl IntoIterator<Item = String>) -> Self {
        self.why.extend(why);
        self
    }
}

/// A postmortem with all that is needed to explain it.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The postmortem.
    pub postmortem: &'a Postmortem,
    /// Its place in the archive.
    pub place: usize,
    /// Its text.
    pub source: &'a SourceFile,
    /// What the archive says as a whole.
    pub summary: &'a Summary,
    /// What the user configured.
    pub config: &'a Config,
    /// What settles the order of day and month.
    pub dates: Dates,
}

impl<'a> Subject<'a> {
    fn measures(self) -> impl Iterator<Item = &'a MeasureSummary> {
        self.summary.measures.iter()
    }

    /// What the archive knows of an action item of this postmortem.
    pub fn entry(self, action: usize) -> Option<&'a ActionEntry> {
        self.summary
            .actions
            .entries
            .iter()
            .find(|entry| entry.postmortem == self.place && entry.action == action)
    }
}

/// Explains every fact of a postmortem, in the order of [`Group::ALL`].
pub fn explain(subject: &Subject<'_>) -> Vec<Explained> {
    let mut found = facts::facts(subject);
    found.extend(facts::times(subject));
    found.extend(entries::measures(subject));
    found.extend(entries::timeline(subject));
    found.extend(entries::actions(subject));
    found.extend(entries::sections(subject));
    found
}
