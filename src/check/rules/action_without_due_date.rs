//! Work that may be done at any time, or never.

use crate::{
    check::{
        items::{self, Asked, Item},
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "action-without-due-date",
    group: Group::Action,
    default_level: Level::Warning,
    stage: Stage::WhenFinished,
    summary: "An open action item has no due date",
    docs: include_str!("action_without_due_date.md"),
    scope: Scope::Document(check),
};

pub(in crate::check) const ASKED: Asked = Asked {
    rule: RULE.name,
    lack: |item| (item.entry.status.is_unfinished() && !has_due_date(item)).then(|| "no due date".to_owned()),
    help: "give a day, a month or a quarter: `due: 2026-Q3`; `[actions] due-days` can give one for each priority",
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    items::report_lacking(document, &ASKED, "due date", findings);
}

/// A promise for the priority will do, even where the incident has no day from which it could be counted.
fn has_due_date(Item { action, config, .. }: &Item<'_>) -> bool {
    let priority = action.priority.as_ref().map(|priority| priority.value.trim());
    let mut promised = config.actions.due_days.keys();
    action.due.is_some()
        || priority.is_some_and(|priority| promised.any(|key| key.eq_ignore_ascii_case(priority)))
}
