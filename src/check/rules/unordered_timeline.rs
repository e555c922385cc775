//! An event that stands below a later one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Timelike;

use crate::{
    check::{
        fixes,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Aspect, Finding, Fix, Level},
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

/// In seconds.
const DAY: i64 = 86_400;

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let postmortem = document.postmortem;
    let goes_back = |pair: &[TimelineEvent]| matches!(pair, [before, event] if belongs_before(event, before));
    // Hardly any timeline does, and where its events stand is asked only then.
    if !postmortem.timeline.windows(2).any(goes_back) {
        return;
    }
    // A status page is one list, though the labels of its updates may be sections.
    if !newest_first(postmortem, |_| None).is_empty() {
        return;
    }
    let backwards = newest_first(postmortem, |event| part_of(postmortem, event));
    for pair in postmortem.timeline.windows(2) {
        let [before, event] = pair else { continue };
        let part = part_of(postmortem, event);
        if part_of(postmortem, before) != part || backwards.contains(&part) || !belongs_before(event, before)
        {
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
            .help("move the event up, or correct its date or time")
            .fix(sorted(document, event)),
        );
    }
}

/// The timeline around an event put in order. An event that cannot be compared stays behind the one that it follows.
fn sorted(document: &Document<'_>, event: &TimelineEvent) -> Option<Fix> {
    let postmortem = document.postmortem;
    let part = part_of(postmortem, event);
    let events: Vec<&TimelineEvent> =
        postmortem.timeline.iter().filter(|event| part_of(postmortem, event) == part).collect();
    let mut order: Vec<usize> = Vec::new();
    for (at, event) in events.iter().enumerate() {
        let is_later = |other: &usize| events.get(*other).is_some_and(|other| belongs_before(event, other));
        let place = order.iter().position(is_later).unwrap_or(order.len());
        order.insert(place, at);
    }
    // An event that is days off has a wrong date, not a wrong place.
    let is_near = events.windows(2).all(|pair| {
        let [before, event] = pair else { return true };
        !belongs_before(event, before)
            || event.at.seconds_until(&before.at).is_some_and(|seconds| seconds < DAY)
    });
    let edits = fixes::reorder(document, &events, &order).filter(|_| is_near)?;
    Some(Fix::needs_review("put the events in order", edits, &[Aspect::Order]))
}

/// True when an event belongs before another that stands above it.
fn belongs_before(event: &TimelineEvent, other: &TimelineEvent) -> bool {
    !event.at.approximate
        && !other.at.approximate
        && is_earlier(&event.at, &other.at)
        && event.at.zone.is_some() == other.at.zone.is_some()
}

/// The lists that begin with the last event, as those of status pages do: most of their steps go back. `part_of` tells in
/// which list an event is.
fn newest_first(
    postmortem: &Postmortem,
    part_of: impl Fn(&TimelineEvent) -> Option<usize>,
) -> BTreeSet<Option<usize>> {
    let mut steps: BTreeMap<Option<usize>, (usize, usize)> = BTreeMap::new();
    for pair in postmortem.timeline.windows(2) {
        let [before, event] = pair else { continue };
        let part = part_of(event);
        if part_of(before) == part {
            let (back, on) = steps.entry(part).or_default();
            *back += usize::from(belongs_before(event, before));
            *on += usize::from(belongs_before(before, event));
        }
    }
    steps.into_iter().filter(|(_, (back, on))| *back >= 2 && on * 3 <= *back).map(|(part, _)| part).collect()
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
