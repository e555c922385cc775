//! Work that is in no one's list of work.

use crate::{
    check::{
        items::{self, Asked},
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

pub(in crate::check) const ASKED: Asked = Asked {
    rule: RULE.name,
    lack: |item| {
        (item.entry.status.is_unfinished() && item.action.trackers.is_empty())
            .then(|| "no tracker key".to_owned())
    },
    help: "file it where the owner's other work is, and put the key or the link here",
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    // Where nobody uses a tracker, its absence says nothing.
    let uses_trackers = !document.config.trackers.is_empty()
        || document.postmortem.actions.iter().any(|item| !item.trackers.is_empty());
    if !uses_trackers {
        return;
    }
    items::report_lacking(document, &ASKED, "tracker key", findings);
}
