//! What each template is given: one struct a template, with everything sorted, counted and put into words already.
//!
//! The first line of a template names its view, and a test holds the variables of the template against the fields.

mod actions;
mod files;
mod home;
mod insights;
mod lists;
mod parts;
mod postmortem;
mod rules;

pub use actions::{ActionGroup, ActionsView, Breakdown, WeeklyPart, WeeklyRow, WeeklyTeam, WeeklyView};
pub use files::{FeedEntry, FeedView, SitemapUrl, SitemapView};
pub use home::{HomeView, Month, OnThisDay, Tone, Unit, Year};
pub use insights::{
    Budget, BudgetLevel, BudgetRow, DataFile, InsightsView, Lucky, Register, RegisterView, Return,
};
pub use lists::{Choice, Count, Figure, GroupView, GroupsView, IndexRow, Option, PostmortemsView, Together};
pub use parts::{
    ActionEvent, ActionKeys, ActionView, Browse, Clock, EntryKeys, EntryView, Fact, Feed, Link, NavItem,
    Page, Severity, State, Word,
};
pub use postmortem::{
    ActionsSection, Brief, Cause, ChainLink, ChainView, Day, Event, Events, Measure, Node, Note,
    PostmortemView, RelatedItem, Same, Window, Windows,
};
pub use rules::{NotFoundView, RuleRow, RuleView, RulesGroup, RulesView, SearchView};
