//! Work whose day has passed.

use chrono::NaiveDate;

use crate::{
    check::{
        items,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
    model::{ActionItem, Due},
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

/// More than so many late items of a document are one finding.
const FEW: usize = 2;
/// So many of them are pointed at.
const SHOWN: usize = 5;

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let mut late: Vec<Late<'_>> = document
        .entries
        .iter()
        .filter(|entry| entry.is_overdue)
        .filter_map(|entry| {
            let (due, item) = (entry.due?, document.postmortem.actions.get(entry.action)?);
            Some(Late { item, due, is_derived: entry.due_is_derived })
        })
        .collect();
    late.sort_by_key(|late| late.item.span.start);
    let help = "finish it, give it a new date with the reason, or decide against it with `wont-do`";
    if late.len() <= FEW {
        findings.extend(late.iter().map(|late| {
            let by = if late.is_derived { " by its priority" } else { "" };
            let (title, due) = (items::shorten(&late.item.title), late.due);
            let message =
                format!("action item `{title}` was due {due}{by} and is {} late", late.words(document.today));
            Finding::new(RULE.name, items::place(document, late.item), message).help(help)
        }));
        return;
    }
    let Some(longest) = late.iter().max_by_key(|late| late.days(document.today)) else { return };
    let message = format!(
        "{} action items are past their due dates, the oldest by {}",
        late.len(),
        longest.words(document.today)
    );
    let place = |late: &Late<'_>| items::place(document, late.item);
    let first = late.first().map(place).unwrap_or_default();
    let finding = Finding::new(RULE.name, first, message).help(help);
    let others = late.iter().skip(1).take(SHOWN);
    findings
        .push(others.fold(finding, |finding, late| finding.also(place(late), format!("due {}", late.due))));
}

/// An item whose day is over.
struct Late<'a> {
    item: &'a ActionItem,
    due: Due,
    is_derived: bool,
}

impl Late<'_> {
    fn days(&self, today: NaiveDate) -> i64 {
        (today - self.due.last_day()).num_days()
    }

    fn words(&self, today: NaiveDate) -> String {
        match self.days(today) {
            1 => "1 day".to_owned(),
            days => format!("{days} days"),
        }
    }
}
