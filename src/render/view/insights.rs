//! The page of charts.

use serde::Serialize;

use crate::render::{
    charts::{
        bars::BarsView, dots::DotsView, matrix::MatrixView, months::MonthsView, punch_card::PunchCardView,
        stacks::StacksView, steps::StepsView,
    },
    view::{ChainView, EntryView, Link, Page},
};

/// For `insights.html`.
#[derive(Debug, Clone, Serialize)]
pub struct InsightsView {
    /// The frame.
    pub page: Page,
    /// How much there is to look at.
    pub sentence: String,
    /// True when there is nothing to look at yet.
    pub is_empty: bool,
    /// The parts of the page.
    pub contents: Vec<Link>,
    /// How many a month, by severity.
    pub months: MonthsView,
    /// How long everything took.
    pub durations: DotsView,
    /// Who noticed first.
    pub detection: BarsView,
    /// The same, year by year; none when that says nothing.
    pub detection_by_year: Option<StacksView>,
    /// At which hour of which day it began.
    pub hours: PunchCardView,
    /// What contributed.
    pub factors: BarsView,
    /// The same, year by year; none when that says nothing.
    pub factors_by_year: Option<StacksView>,
    /// The factors that came back.
    pub returns: Vec<Return>,
    /// The incidents that came back, or look like it.
    pub chains: Vec<ChainView>,
    /// What set it off against what contributed; none when too few state both.
    pub triggers: Option<MatrixView>,
    /// What was affected, and how badly.
    pub services: StacksView,
    /// What became of the actions; none without any.
    pub closing: Option<StacksView>,
    /// What the error budgets were spent on.
    pub budgets: Vec<Budget>,
    /// Where luck helped.
    pub lucky: Register<Lucky>,
    /// Incidents that did no harm.
    pub near_misses: Register<EntryView>,
    /// The same as files.
    pub data: Vec<DataFile>,
}

/// The first rows of a long list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Register<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// The page of all; none when there is nothing to list.
    pub all: Option<Link>,
}

/// For `register.html`, a page of a register.
#[derive(Debug, Clone, Serialize)]
pub struct RegisterView {
    /// The frame.
    pub page: Page,
    /// The page that has the first rows among its charts.
    pub insights: Link,
    /// The name of the register.
    pub title: String,
    /// What it lists.
    pub sentence: String,
    /// The rows of the register of luck.
    pub lucky: Vec<Lucky>,
    /// The rows of the register of near misses.
    pub entries: Vec<EntryView>,
    /// Which of its pages this is; empty when it has only one.
    pub here: String,
    /// The page of later ones.
    pub later: Option<Link>,
    /// The page of earlier ones.
    pub earlier: Option<Link>,
}

/// A contributing factor that several postmortems name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Return {
    /// The factor, with its page.
    pub factor: Link,
    /// In how many postmortems.
    pub times: String,
    /// The latest of them.
    pub last: Link,
    /// Its day in words; empty when it has none.
    pub date: String,
    /// How many of their actions are open.
    pub open: String,
}

/// An error budget over time, for the page of its service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BudgetLevel {
    /// The objective.
    pub name: String,
    /// What it allows.
    pub allows: String,
    /// What was left of it.
    pub left: StepsView,
}

/// A file for other programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DataFile {
    /// Its address, which is also its name.
    pub href: &'static str,
    /// What it is for.
    pub about: String,
}

/// An error budget and what was spent of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Budget {
    /// The objective.
    pub name: String,
    /// What it allows.
    pub allows: String,
    /// What was left of it over time; none where no cost is known.
    pub left: Option<StepsView>,
    /// Where the end of the budget is on the scale of the bars.
    pub limit: String,
    /// What was spent on what, the latest first.
    pub spent: Register<BudgetRow>,
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
    /// The length of its bar; empty for none.
    pub width: String,
    /// True when it is more than the whole budget.
    pub is_over: bool,
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
