//! A tracker key in the text that leads nowhere for readers outside of the site.

use crate::{
    check::{
        fixes,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Aspect, Finding, Fix, Level},
    model::{Fact, Origin},
    source::{Edit, Span},
};

pub(super) const RULE: Rule = Rule {
    name: "unlinked-tracker",
    group: Group::Links,
    default_level: Level::Allow,
    stage: Stage::Always,
    summary: "A tracker key of an action item is not a link",
    docs: include_str!("unlinked_tracker.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let config = document.config;
    for tracker in document.postmortem.actions.iter().flat_map(|item| &item.trackers) {
        let key = tracker.value.as_str();
        let address = config.tracker_link(key).filter(|address| address != key);
        let (Some(address), true) = (address, tracker.origin != Origin::FrontMatter) else { continue };
        findings.push(
            Finding::new(RULE.name, tracker.span, format!("`{key}` is not a link"))
                .help(format!("`{address}` is its address"))
                .fix(linked(document, tracker, &address)),
        );
    }
}

/// The key as a link, where it stands in plain text.
fn linked(document: &Document<'_>, tracker: &Fact<String>, address: &str) -> Option<Fix> {
    let key = tracker.value.as_str();
    let span = fixes::replacement(document, tracker.span, key, key)?.span;
    let around = Span::new(span.start.saturating_sub(1), span.end + 1);
    let is_marked = document.text(around).contains(['`', '[', ']', '<', '>', '/', '"']);
    let is_plain = address.chars().all(|letter| !letter.is_whitespace() && !"()<>\\|".contains(letter));
    let edit = Edit::new(span, format!("[{key}]({address})"));
    (is_plain && !is_marked).then(|| Fix::safe(format!("link `{key}`"), vec![edit], &[Aspect::Links]))
}
