//! The catalogue of checks, the page of search results, and the page that is not there.

use serde::Serialize;

use crate::render::view::{Link, Page};

/// For `rules.html`.
#[derive(Debug, Clone, Serialize)]
pub struct RulesView {
    /// The frame.
    pub page: Page,
    /// The checks by group.
    pub groups: Vec<RulesGroup>,
}

/// A group of checks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RulesGroup {
    /// Its key.
    pub key: String,
    /// Its heading.
    pub title: String,
    /// Its checks.
    pub rules: Vec<RuleRow>,
}

/// A check in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleRow {
    /// Its page.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Its usual level, a key.
    pub level: &'static str,
    /// The word for it.
    pub level_word: String,
    /// What it reports.
    pub summary: String,
}

/// For `rule.html`.
#[derive(Debug, Clone, Serialize)]
pub struct RuleView {
    /// The frame.
    pub page: Page,
    /// The name.
    pub name: String,
    /// The group.
    pub group: String,
    /// The usual level, a key.
    pub level: &'static str,
    /// The same in words.
    pub level_text: String,
    /// What it reports.
    pub summary: String,
    /// Its page, HTML.
    pub html: String,
}

/// For `search.html`.
#[derive(Debug, Clone, Serialize)]
pub struct SearchView {
    /// The frame.
    pub page: Page,
    /// How much there is to look through.
    pub sentence: String,
    /// Other ways to find something.
    pub links: Vec<Link>,
}

/// For `404.html`.
#[derive(Debug, Clone, Serialize)]
pub struct NotFoundView {
    /// The frame.
    pub page: Page,
    /// Where to go instead.
    pub links: Vec<Link>,
}
