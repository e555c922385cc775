//! Work that is said to be done.

use crate::{
    check::{
        items::{self, Asked},
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
    model::{ActionItem, ActionStatus},
};

pub(super) const RULE: Rule = Rule {
    name: "done-without-evidence",
    group: Group::Action,
    default_level: Level::Info,
    stage: Stage::WhenFinished,
    summary: "A finished action item shows nothing that proves it",
    docs: include_str!("done_without_evidence.md"),
    scope: Scope::Document(check),
};

pub(in crate::check) const ASKED: Asked = Asked {
    rule: RULE.name,
    lack: |item| {
        let is_bare = item.entry.status == ActionStatus::Done && !is_shown(item.action);
        is_bare.then(|| "done, and nothing shows it".to_owned())
    },
    help: "link the change, the alert or the test that came of it, or give the day on which it was closed",
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let mut bare = items::all(document);
    bare.retain(|item| (ASKED.lack)(item).is_some());
    let Some(first) = bare.first() else { return };
    let message = match bare.len() {
        1 => format!("action item `{}` is done, but nothing shows it", items::shorten(&first.action.title)),
        count => format!("{count} action items are done, but nothing shows it"),
    };
    findings.push(Finding::new(RULE.name, items::place(document, first.action), message).help(ASKED.help));
}

/// True for an item that says what came of it, or when.
pub(super) fn is_shown(item: &ActionItem) -> bool {
    item.evidence.is_some()
        || item.closed.is_some()
        || !item.trackers.is_empty()
        || item.markdown().contains("](")
}
