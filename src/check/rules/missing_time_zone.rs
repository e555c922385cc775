//! Times of day of which nobody can say where they are true.

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage},
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "missing-time-zone",
    group: Group::Clock,
    default_level: Level::Warning,
    stage: Stage::WhenFinished,
    summary: "Times are stated without a time zone",
    docs: include_str!("missing_time_zone.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    if document.config.book.zone().is_some() {
        return;
    }
    let postmortem = document.postmortem;
    let events = postmortem.timeline.iter().map(|event| (&event.at, event.at_span));
    let times = postmortem.times.values().map(|fact| (&fact.value, fact.span));
    let mut unzoned =
        times.chain(events).filter(|(moment, _)| moment.clock.is_some() && moment.zone.is_none());
    let Some((_, first)) = unzoned.next() else { return };
    let message = match unzoned.count() {
        0 => "this time has no time zone".to_owned(),
        more => format!("this time and {more} more have no time zone"),
    };
    findings.push(
        Finding::new(RULE.name, first, message)
            .help("say it once: `zone = \"UTC\"` under `[times]`, `## Timeline (UTC)`, or `[book] zone` for all documents"),
    );
}
