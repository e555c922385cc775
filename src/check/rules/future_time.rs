//! An incident that has not happened yet.

use chrono::Days;

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage},
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "future-time",
    group: Group::Clock,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "A time of the incident lies in the future",
    docs: include_str!("future_time.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let postmortem = document.postmortem;
    // East of here it may be tomorrow already.
    let last = document.today.checked_add_days(Days::new(1)).unwrap_or(document.today);
    let times =
        postmortem.times.iter().map(|(milestone, fact)| (milestone.key(), fact.value.date, fact.span));
    let date = postmortem.date.iter().map(|fact| ("date", Some(fact.value), fact.span));
    let events = postmortem.timeline.iter().map(|event| ("the event", event.at.date, event.at_span));
    let mut late = date
        .chain(times)
        .chain(events)
        .filter_map(|(name, date, span)| date.filter(|date| *date > last).map(|date| (name, date, span)));
    // One wrong year makes every event wrong; the first says enough.
    let Some((name, date, span)) = late.next() else { return };
    let name = if name == "the event" { name.to_owned() } else { format!("`{name}`") };
    findings.push(
        Finding::new(RULE.name, span, format!("{name} is on {date}, after today, {}", document.today))
            .help("correct the year, or the order of day and month"),
    );
}
