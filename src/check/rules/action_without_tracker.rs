//! Work that is in no one's list of work.

use crate::{
    check::{
        items,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "action-without-tracker",
    group: Group::Action,
    default_level: Level::Info,
    stage: Stage::WhenFinished,
    summary: "An open action item is in no tracker",
    docs: include_str!("action_without_tracker.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    // Where nobody uses a tracker, its absence says nothing.
    let uses_trackers = !document.config.trackers.is_empty()
        || document.postmortem.actions.iter().any(|item| !item.trackers.is_empty());
    if !uses_trackers {
        return;
    }
    items::report_lacking(
        document,
        RULE.name,
        "tracker key",
        "file it where the owner's other work is, and put the key or the link here",
        |item| !item.trackers.is_empty(),
        findings,
    );
}
