//! Priorities that order nothing.

use crate::{
    check::{
        items,
        rule::{Document, Group, Rule, Scope, Stage, first_line},
    },
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "flat-priority",
    group: Group::Action,
    default_level: Level::Info,
    stage: Stage::AfterDraft,
    summary: "All open action items have the same priority",
    docs: include_str!("flat_priority.md"),
    scope: Scope::Document(check),
};

/// Fewer items than these may well be alike.
const FEWEST: usize = 3;

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let items = items::unfinished(document);
    let stated: Vec<_> = items.iter().filter_map(|item| item.priority.as_ref()).collect();
    let (Some((first, others)), true) = (stated.split_first(), stated.len() >= FEWEST) else { return };
    let written = first.value.trim();
    // An item without a priority is the last in the order, so the others are told from it.
    if stated.len() < items.len()
        || !others.iter().all(|other| other.value.trim().eq_ignore_ascii_case(written))
    {
        return;
    }
    findings.push(
        Finding::new(
            RULE.name,
            first_line(document.source, first.span),
            format!(
                "all {} open action items have the priority `{written}`, so it orders nothing",
                items.len()
            ),
        )
        .help("say which one would be done if only one were"),
    );
}
