//! The first page.

use serde::Serialize;

use crate::render::view::{ActionView, Browse, EntryView, Page, Severity};

/// For `home.html`.
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    /// The frame.
    pub page: Page,
    /// What the site is, in a sentence.
    pub description: String,
    /// True when there is no postmortem yet.
    pub is_empty: bool,
    /// How the actions stand, in a sentence; none without any.
    pub lead: Vec<Tone>,
    /// The words of the link to all actions; empty without any.
    pub actions_total: String,
    /// The most pressing actions.
    pub actions: Vec<ActionView>,
    /// The words of the link to all postmortems.
    pub total: String,
    /// The latest postmortems.
    pub latest: Vec<EntryView>,
    /// The year at a glance.
    pub year: Option<Year>,
    /// What happened in earlier years; none when nothing did.
    pub on_this_day: Option<OnThisDay>,
    /// Ways into the archive.
    pub browse: Vec<Browse>,
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tone {
    /// `plain`, `strong` or `over`.
    pub tone: &'static str,
    /// The words.
    pub text: String,
}

/// A year as a row of months.
#[derive(Debug, Clone, Serialize)]
pub struct Year {
    /// The year.
    pub title: String,
    /// The words of the link to its page.
    pub all: String,
    /// Its page.
    pub href: String,
    /// Its twelve months.
    pub months: Vec<Month>,
    /// The severities that occur, the worst first.
    pub key: Vec<Severity>,
    /// How it compares with the year before.
    pub sentence: String,
}

/// A month with a mark for each postmortem.
#[derive(Debug, Clone, Serialize)]
pub struct Month {
    /// A short one.
    pub name: String,
    /// The marks, the worst at the top.
    pub units: Vec<Unit>,
    /// How many there is no room for; empty for none.
    pub more: String,
}

/// A mark that stands for a postmortem.
#[derive(Debug, Clone, Serialize)]
pub struct Unit {
    /// The place of its severity on the ramp, as a class.
    pub class: String,
    /// The address of its page.
    pub href: String,
    /// Severity, day and title.
    pub text: String,
}

/// Postmortems of this day, or of the days around it, in earlier years.
#[derive(Debug, Clone, Serialize)]
pub struct OnThisDay {
    /// The heading.
    pub title: String,
    /// The postmortems, the latest first, with how long ago they were.
    pub entries: Vec<EntryView>,
}
