//! Work that was begun long ago and has no day on which it ends.

use crate::{
    check::{
        items,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "stale-action",
    group: Group::Action,
    default_level: Level::Info,
    stage: Stage::Always,
    summary: "An action item has been open for half a year without a due date",
    docs: include_str!("stale_action.md"),
    scope: Scope::Document(check),
};

/// So many days an item may be open before it is asked about.
const DAYS: i64 = 180;

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    for item in items::unfinished(document) {
        let Some(opened) = item.opened.as_ref().filter(|_| item.due.is_none()) else { continue };
        let days = (document.today - opened.value).num_days();
        if days <= DAYS {
            continue;
        }
        findings.push(
            Finding::new(
                RULE.name,
                items::place(document, item),
                format!(
                    "action item `{}` has been open for {days} days, and no day is set for its end",
                    items::shorten(&item.title)
                ),
            )
            .help("set a due date, or give it the status `wont-do` with the reason"),
        );
    }
}
