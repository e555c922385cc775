//! Evidence that shows another hour to every reader.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage},
    diagnostic::{Finding, Level},
    pattern,
};

pub(super) const RULE: Rule = Rule {
    name: "moving-window-link",
    group: Group::Links,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "A link to a graph or log shows the last hours, not those of the incident",
    docs: include_str!("moving_window_link.md"),
    scope: Scope::Document(check),
};

/// The ways in which graph and log tools write a window that ends now.
static MOVING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::ascii(
        r"(?i)[?&#,(:](?:from|start|time_?range|range|last|timefilter|q?from_?time|since|interval)(?:=|:|%3D)'?(?:now-\w+|last_?\w+|-?\d{1,3}[smhdw]\b)",
    )
});

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let Some(moving) = MOVING.as_ref() else { return };
    let links = document.postmortem.links.iter().filter(|link| link.target.starts_with("http"));
    for link in links {
        let Some(found) = moving.find(&link.target) else { continue };
        let window = found.as_str().trim_start_matches(['?', '&', '#', ',', '(', ':']);
        findings.push(
            Finding::new(
                RULE.name,
                link.span,
                format!("this link shows a window that moves with the reader: `{window}`"),
            )
            .help("give it the times of the incident, or keep a picture of the graph beside the document"),
        );
    }
}
