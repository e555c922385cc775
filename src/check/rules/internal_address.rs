//! Addresses of machines that the world should not know.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::{
    check::{
        publicity::report_published,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "internal-address",
    group: Group::Publish,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "A public document names an internal address",
    docs: include_str!("internal_address.md"),
    scope: Scope::Document(check),
};

/// Private and link-local networks, names that no public server answers to, account numbers in cloud resource names.
/// Digits and word boundaries are those of ASCII, as in addresses: others make the search many times slower.
static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?-u)\b(?:10\.\d{1,3}\.\d{1,3}\.\d{1,3}|192\.168\.\d{1,3}\.\d{1,3}|172\.(?:1[6-9]|2\d|3[01])\.\d{1,3}\.\d{1,3}|169\.254\.\d{1,3}\.\d{1,3})\b|\b[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:internal|corp|lan|intranet)\b|\barn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:\d{12}:",
    )
    .ok()
});

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let judge = |found: &Captures<'_>| {
        let address = found.get(0)?.as_str();
        Some((
            format!("this document is public, but `{address}` is an internal address"),
            "name the role of the machine instead: `the primary database`",
        ))
    };
    report_published(document, RULE.name, ADDRESS.as_ref(), judge, findings);
}
