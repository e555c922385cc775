//! A priority that the configuration promises nothing for.

use crate::{
    check::{
        fixes, items,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    data::{meant, nearest},
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "unknown-priority",
    group: Group::Action,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "The priority of an action item is not one of the configured ones",
    docs: include_str!("unknown_priority.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let known = &document.config.actions.due_days;
    if known.is_empty() {
        return;
    }
    for item in items::unfinished(document) {
        let Some(priority) = &item.priority else { continue };
        let written = priority.value.trim();
        if known.keys().any(|key| key.eq_ignore_ascii_case(written)) {
            continue;
        }
        let names = || known.keys().map(String::as_str);
        let meant = meant(written, names());
        let near = meant.or_else(|| nearest(written, names()));
        let help = near.map_or_else(
            || {
                format!(
                    "`[actions] due-days` has `{}`",
                    known.keys().cloned().collect::<Vec<_>>().join("`, `")
                )
            },
            |near| format!("is `{near}` meant?"),
        );
        findings.push(
            Finding::new(RULE.name, priority.span, format!("the priority `{written}` is not configured"))
                .help(help)
                .fix(meant.and_then(|near| fixes::rename(document, priority.span, written, near))),
        );
    }
}
