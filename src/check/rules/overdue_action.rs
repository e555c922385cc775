//! Work whose day has passed.

use crate::{
    check::{
        items::{self, Asked, Item},
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
    words::Count,
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

pub(in crate::check) const ASKED: Asked = Asked {
    rule: RULE.name,
    lack: |item| Some(format!("{} overdue", days_late(item)?)),
    help: "finish it, give it a new date with the reason, or decide against it with `wont-do`",
};

/// More than so many late items of a document are one finding.
const FEW: usize = 2;
/// So many of them are pointed at.
const SHOWN: usize = 5;

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let mut late: Vec<Item<'_>> = items::all(document);
    late.retain(|item| item.entry.is_overdue);
    late.sort_by_key(|late| late.action.span.start);
    let place = |late: &Item<'_>| items::place(document, late.action);
    let due = |late: &Item<'_>| late.entry.due.map(|due| due.to_string()).unwrap_or_default();
    let words = |late: &Item<'_>| days_late(late).unwrap_or_default();
    if late.len() <= FEW {
        findings.extend(late.iter().map(|late| {
            let by = if late.entry.due_is_derived { " by its priority" } else { "" };
            let (title, due, words) = (items::shorten(&late.action.title), due(late), words(late));
            let message = format!("action item `{title}` was due {due}{by} and is {words} late");
            Finding::new(RULE.name, place(late), message).help(ASKED.help)
        }));
        return;
    }
    let Some(longest) = late.iter().max_by_key(|late| late.entry.days_overdue(late.today)) else { return };
    let message =
        format!("{} action items are past their due dates, the oldest by {}", late.len(), words(longest));
    let first = late.first().map(place).unwrap_or_default();
    let finding = Finding::new(RULE.name, first, message).help(ASKED.help);
    let others = late.iter().skip(1).take(SHOWN);
    findings
        .push(others.fold(finding, |finding, late| finding.also(place(late), format!("due {}", due(late)))));
}

fn days_late(item: &Item<'_>) -> Option<String> {
    let days = item.entry.days_overdue(item.today)?;
    Some(Count(usize::try_from(days).unwrap_or_default(), "day").to_string())
}
