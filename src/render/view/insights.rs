//! The page of charts.

use serde::Serialize;

use crate::render::view::{EntryView, Page};

/// For `insights.html`.
#[derive(Debug, Clone, Serialize)]
pub struct InsightsView {
    /// The frame.
    pub page: Page,
    /// How much there is to look at.
    pub sentence: String,
    /// What to write so that there is something to look at; empty otherwise.
    pub empty: String,
    /// The measures.
    pub measures: Vec<MeasureRow>,
    /// Who noticed first, why it happened, what was affected.
    pub shares: Vec<Shares>,
    /// What the error budgets were spent on.
    pub budgets: Vec<Budget>,
    /// Where luck helped.
    pub lucky: Vec<Lucky>,
    /// Incidents that did no harm.
    pub near_misses: Vec<EntryView>,
}

/// One measure over all postmortems.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MeasureRow {
    /// Its name.
    pub name: String,
    /// From what to what.
    pub span: String,
    /// How many postmortems have it.
    pub n: usize,
    /// The middle value; empty without any.
    pub median: String,
    /// The value that nine of ten do not exceed; empty when there are too few to say.
    pub p90: String,
    /// The shortest and the longest.
    pub range: String,
    /// How many do not have it, and why.
    pub without: String,
}

/// How many postmortems share what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shares {
    /// The id of the section.
    pub anchor: &'static str,
    /// The heading.
    pub title: &'static str,
    /// Of how many, and whether one may count several times.
    pub note: String,
    /// What to write when none says so; empty otherwise.
    pub empty: String,
    /// The counts, the largest first.
    pub rows: Vec<ShareRow>,
}

/// A count and its bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShareRow {
    /// What is shared.
    pub text: String,
    /// Its page; empty for none.
    pub href: String,
    /// How many.
    pub count: usize,
    /// The length of the bar in per cent of the longest.
    pub width: String,
}

/// An error budget and what was spent of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Budget {
    /// The objective.
    pub name: String,
    /// What it allows.
    pub allows: String,
    /// What was spent on what, the latest first.
    pub rows: Vec<BudgetRow>,
}

/// What an incident cost of an error budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BudgetRow {
    /// The postmortem's page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// Its day in words.
    pub date: String,
    /// The cost.
    pub cost: String,
    /// Its share of the budget of one window; empty when it cannot be told.
    pub share: String,
}

/// Where luck helped, in the words of a postmortem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lucky {
    /// The section in the postmortem's page.
    pub href: String,
    /// The postmortem's title.
    pub title: String,
    /// Its day in words.
    pub date: String,
    /// What it says.
    pub texts: Vec<String>,
}
