//! The page of charts.

use serde::Serialize;

use crate::render::{
    charts::{bars::BarsView, dots::DotsView, months::MonthsView, punch_card::PunchCardView},
    view::{EntryView, Page},
};

/// For `insights.html`.
#[derive(Debug, Clone, Serialize)]
pub struct InsightsView {
    /// The frame.
    pub page: Page,
    /// How much there is to look at.
    pub sentence: String,
    /// What to write so that there is something to look at; empty otherwise.
    pub empty: String,
    /// How many a month, by severity.
    pub months: MonthsView,
    /// How long everything took.
    pub durations: DotsView,
    /// Who noticed first.
    pub detection: BarsView,
    /// At which hour of which day it began.
    pub hours: PunchCardView,
    /// What contributed.
    pub factors: BarsView,
    /// What was affected.
    pub services: BarsView,
    /// What the error budgets were spent on.
    pub budgets: Vec<Budget>,
    /// Where luck helped.
    pub lucky: Vec<Lucky>,
    /// Incidents that did no harm.
    pub near_misses: Vec<EntryView>,
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
    /// The cost, and its share of the budget of one window where that can be told.
    pub cost: String,
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
