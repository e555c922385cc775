//! Work whose day has passed.

use crate::{
    check::{
        items,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "overdue-action",
    group: Group::Action,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "An open action item is past its due date",
    docs: include_str!("overdue_action.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    for entry in document.entries.iter().filter(|entry| entry.is_overdue) {
        let (Some(due), Some(item)) = (entry.due, document.postmortem.actions.get(entry.action)) else {
            continue;
        };
        let days = (document.today - due.last_day()).num_days();
        let late = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
        let source = if entry.due_is_derived { " by its priority" } else { "" };
        findings.push(
            Finding::new(
                RULE.name,
                items::place(document, item),
                format!(
                    "action item `{}` was due {due}{source} and is {late} late",
                    items::shorten(&item.title)
                ),
            )
            .help("finish it, give it a new date with the reason, or decide against it with `wont-do`"),
        );
    }
}
