//! Pages about action items.

use serde::Serialize;

use crate::render::{
    charts::{states::StatesView, steps::StepsView},
    view::{ActionView, Choice, Count, Link, Option as Choosable, Page},
};

/// For `actions.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ActionsView {
    /// The frame.
    pub page: Page,
    /// How they stand, in a sentence.
    pub sentence: String,
    /// The page for the weekly meeting.
    pub weekly: Link,
    /// How many are on the page.
    pub count: String,
    /// How many are in which state; none without any.
    pub states: Option<StatesView>,
    /// Unfinished work by team, priority and age.
    pub breakdown: Vec<Breakdown>,
    /// The fields of the filter.
    pub choices: Vec<Choice>,
    /// The fields that the list can be grouped by, that of the page as it comes first.
    pub groupings: Vec<Choosable>,
    /// True for a list that is not laid out at once.
    pub is_long: bool,
    /// The actions, the most pressing first.
    pub groups: Vec<ActionGroup>,
    /// The most that a page has.
    pub most: usize,
    /// How many actions are too many for it.
    pub left_out: usize,
    /// What was open over time, and what was opened and closed; none where nothing is known.
    pub flow: Option<StepsView>,
    /// The same as files: to subscribe to, and for spreadsheets.
    pub files: Vec<Link>,
}

/// Action items under a heading.
#[derive(Debug, Clone, Serialize)]
pub struct ActionGroup {
    /// What tells it apart, a key.
    pub key: &'static str,
    /// The heading.
    pub title: String,
    /// How many.
    pub count: usize,
    /// The actions.
    pub items: Vec<ActionView>,
}

/// Counts under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Breakdown {
    /// The heading.
    pub title: String,
    /// The counts.
    pub rows: Vec<Count>,
}

/// For `weekly.html`.
#[derive(Debug, Clone, Serialize)]
pub struct WeeklyView {
    /// The frame.
    pub page: Page,
    /// Which days it looks at.
    pub sentence: String,
    /// How many of what each team has.
    pub overview: Vec<WeeklyRow>,
    /// The same of all teams; none for one team.
    pub all: Option<WeeklyRow>,
    /// The teams that have something to talk about.
    pub teams: Vec<WeeklyTeam>,
    /// The page of all actions.
    pub actions: Link,
}

/// How many of what a team has.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct WeeklyRow {
    /// The team, with the address of its part of the page where it has one.
    pub team: Option<Link>,
    /// Lately become overdue.
    pub newly_overdue: usize,
    /// Overdue for longer.
    pub overdue: usize,
    /// Due soon.
    pub due_soon: usize,
    /// Closed lately.
    pub closed: usize,
    /// Unfinished.
    pub unfinished: usize,
}

/// What a team has to talk about.
#[derive(Debug, Clone, Serialize)]
pub struct WeeklyTeam {
    /// The id of its part of the page.
    pub anchor: String,
    /// Its name.
    pub title: String,
    /// Its actions, by what there is to say of them.
    pub parts: Vec<WeeklyPart>,
}

/// Actions of which there is the same to say.
#[derive(Debug, Clone, Serialize)]
pub struct WeeklyPart {
    /// What there is to say.
    pub title: String,
    /// The actions.
    pub items: Vec<ActionView>,
    /// Where all of them are, when there are more.
    pub all: Option<Link>,
}
