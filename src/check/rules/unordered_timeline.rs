//! An event that stands below a later one.

use chrono::Timelike;

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage},
    diagnostic::{Finding, Level},
    model::{Moment, Postmortem, TimelineEvent},
};

pub(super) const RULE: Rule = Rule {
    name: "unordered-timeline",
    group: Group::Clock,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "An event of the timeline stands below a later one",
    docs: include_str!("unordered_timeline.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let postmortem = document.postmortem;
    for pair in postmortem.timeline.windows(2) {
        let [before, event] = pair else { continue };
        if before.at.approximate
            || event.at.approximate
            || part_of(postmortem, before) != part_of(postmortem, event)
        {
            continue;
        }
        if !is_earlier(&event.at, &before.at) || before.at.zone.is_some() != event.at.zone.is_some() {
            continue;
        }
        findings.push(
            Finding::new(
                RULE.name,
                event.at_span,
                format!("this event, `{}`, stands below a later one, `{}`", event.at, before.at),
            )
            .label("earlier than the line above")
            .also(before.at_span, "the later event")
            .help("move the event up, or correct its date or time"),
        );
    }
}

/// True when a moment is certainly earlier than another. What is stated to the minute may be any second of it, so that
/// two moments are compared to the second only when both state one.
fn is_earlier(moment: &Moment, other: &Moment) -> bool {
    let (Some(at), Some(than)) = (moment.instant(), other.instant()) else { return false };
    if has_seconds(moment) && has_seconds(other) {
        at < than
    } else {
        at.timestamp().div_euclid(60) < than.timestamp().div_euclid(60)
    }
}

fn has_seconds(moment: &Moment) -> bool {
    moment.clock.is_some_and(|clock| clock.second() != 0)
}

/// Where the heading stands that an event belongs to: lists under different headings are different timelines.
fn part_of(postmortem: &Postmortem, event: &TimelineEvent) -> Option<usize> {
    postmortem
        .sections
        .iter()
        .filter(|section| section.body.contains(event.span))
        .map(|section| section.heading.start)
        .next_back()
}
