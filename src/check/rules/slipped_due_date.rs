//! Work that was promised for a day, and is promised for a later one.

use crate::{
    change::Base,
    check::{
        items::{place_in, shorten},
        rule::{Findings, Group, Rule, Scope, Stage, Whole, first_line},
    },
    diagnostic::{Finding, Level},
    words::Count,
};

pub(super) const RULE: Rule = Rule {
    name: "slipped-due-date",
    group: Group::Action,
    default_level: Level::Info,
    stage: Stage::AfterDraft,
    summary: "A change puts off the due date of an action item",
    docs: include_str!("slipped_due_date.md"),
    scope: Scope::Change(check),
};

fn check(whole: &Whole<'_>, base: &Base, findings: &mut Findings) {
    for change in base.actions(whole.archive) {
        let (Some((was, is)), Some(now)) = (change.slip(), change.now) else { continue };
        let Some(source) = whole.sources.get(now.postmortem.path.as_str()) else { continue };
        let days = usize::try_from((is.last_day() - was.last_day()).num_days()).unwrap_or_default();
        let title = shorten(&now.item.title);
        let stated = now.item.due.as_ref().map(|due| due.span).filter(|span| !span.is_empty());
        let place = stated
            .map_or_else(|| place_in(now.postmortem, source, now.item), |span| first_line(source, span));
        let message = format!("action item `{title}` was due `{was}`, and now {} later", Count(days, "day"));
        findings.entry(now.postmortem.path.clone()).or_default().push(
            Finding::new(RULE.name, place, message).help(
                "say beside it what it waits for; when it slips again, make it smaller or decide against it",
            ),
        );
    }
}
