//! Work that may be done at any time, or never.

use crate::{
    check::{
        items,
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

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let promised = &document.config.actions.due_days;
    items::report_lacking(
        document,
        RULE.name,
        "due date",
        "give a day, a month or a quarter: `due: 2026-Q3`; `[actions] due-days` can give one for each priority",
        |item| {
            let priority = item.priority.as_ref().map(|priority| priority.value.trim());
            item.due.is_some()
                || priority
                    .is_some_and(|priority| promised.keys().any(|key| key.eq_ignore_ascii_case(priority)))
        },
        findings,
    );
}
