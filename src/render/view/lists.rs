//! Pages that list postmortems, actions or groups.

use serde::Serialize;

use crate::render::view::{BudgetLevel, EntryView, Fact, Link, NavItem, Page};

/// For `postmortems.html`.
#[derive(Debug, Clone, Serialize)]
pub struct PostmortemsView {
    /// The frame.
    pub page: Page,
    /// How many there are, and from when to when.
    pub sentence: String,
    /// The same number, short.
    pub count: String,
    /// The fields of the filter.
    pub choices: Vec<Choice>,
    /// How many have an unfinished action.
    pub open: usize,
    /// Where the postmortems are that are too many for this page.
    pub older: Vec<Link>,
    /// True for a list that is not laid out at once.
    pub is_long: bool,
    /// The postmortems, the newest first.
    pub entries: Vec<EntryView>,
}

/// A number of something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// What is counted.
    pub text: String,
    /// Where it leads; empty when nowhere.
    pub href: String,
    /// The number.
    pub count: usize,
}

/// A field of a filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The name of the field, and of the `data-` attribute that it is held against.
    pub name: &'static str,
    /// Its label.
    pub label: String,
    /// What can be chosen.
    pub options: Vec<Option>,
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Option {
    /// The key in the items.
    pub key: String,
    /// The words.
    pub text: String,
    /// How many items have it.
    pub count: usize,
}

/// For `group.html`: a service, team, factor, tag or year.
#[derive(Debug, Clone, Serialize)]
pub struct GroupView {
    /// The frame.
    pub page: Page,
    /// The heading of the index that it belongs to.
    pub kind: String,
    /// Its name.
    pub title: String,
    /// What it means; empty when the configuration does not say.
    pub description: String,
    /// What else the configuration knows.
    pub about: Vec<Fact>,
    /// Its figures.
    pub figures: Vec<Figure>,
    /// What was left over time of the error budgets of a service.
    pub budgets: Vec<BudgetLevel>,
    /// Its unfinished actions, the most pressing ones where they are many, each as the component `action` shows it.
    pub actions: Vec<String>,
    /// Where all of them are, when they are too many for this page.
    pub more_actions: std::option::Option<Link>,
    /// The list of postmortems, filtered for it; empty when the filter cannot do so.
    pub filter: String,
    /// Its postmortems, the newest first, each as the component `entry` shows it.
    pub entries: Vec<String>,
    /// Which of its pages this is; empty when it has only one.
    pub here: String,
    /// The page of those that happened before.
    pub earlier: std::option::Option<Link>,
    /// The page of those that happened later.
    pub later: std::option::Option<Link>,
    /// What the front matter of a postmortem says that is listed here; empty where no key of a list does.
    pub empty: String,
    /// What its postmortems also have.
    pub beside: Vec<Together>,
}

/// Groups of another kind that the postmortems of a group also belong to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Together {
    /// The other kind.
    pub term: String,
    /// The groups, with how many of the postmortems belong to them.
    pub links: Vec<Count>,
}

/// A number with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// What it is.
    pub term: String,
    /// The number in words.
    pub value: String,
    /// True when it is a number of things that are late.
    pub is_over: bool,
}

/// For `groups.html`: every group of a kind.
#[derive(Debug, Clone, Serialize)]
pub struct GroupsView {
    /// The frame.
    pub page: Page,
    /// The heading.
    pub title: String,
    /// How many there are.
    pub sentence: String,
    /// The other kinds.
    pub kinds: Vec<NavItem>,
    /// The groups.
    pub rows: Vec<IndexRow>,
    /// What makes a postmortem stand here.
    pub empty: String,
}

/// A group in an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndexRow {
    /// Its page.
    pub href: String,
    /// Its name.
    pub text: String,
    /// How many postmortems, how many open actions.
    pub count: String,
    /// What it means.
    pub about: String,
}
