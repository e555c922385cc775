//! What a timeline is drawn from.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::{
    explain::{self, Mark},
    model::{Milestone, Moment, Origin, Postmortem, Zone, moment::clock_text},
    render::{charts::scale::local, words::Words},
};

/// A moment that can be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Seconds since 1970, UTC.
    pub at: i64,
    /// The time of day in the zone of the axis: `13:02`.
    pub clock: String,
    /// The moment, ISO 8601 with its offset; empty when its zone is not known.
    pub iso: String,
    /// True when the document says `about`.
    pub approximate: bool,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When; none when the document does not know.
    pub at: Option<Stamp>,
    /// The end of a range.
    pub end: Option<Stamp>,
    /// What happened, as plain text.
    pub text: String,
    /// The id in the page of the event's own line; empty for none.
    pub anchor: String,
    /// True when it marks a milestone.
    pub is_milestone: bool,
    /// What its day is concluded from, when that is another thing than for the events before; empty for nothing.
    pub mark: String,
}

/// A stretch of impact on a service or region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Where.
    pub label: String,
    /// From when.
    pub from: Stamp,
    /// Until when; none when it is not over, or nobody wrote it down.
    pub to: Option<Stamp>,
}

/// Everything that is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Input {
    /// Begins every id of the chart, unique in the page.
    pub id: String,
    /// The zone of the axis; none when the document states none.
    pub zone: Option<Zone>,
    /// The year of the incident: days of another one are told with theirs. None when no day is known.
    pub year: Option<i32>,
    /// The milestones, in any order. `closed` and `published` are not drawn: they are about the paper, not the incident.
    pub milestones: Vec<(Milestone, Stamp)>,
    /// The events, in the order of the document.
    pub events: Vec<Event>,
    /// The windows of impact. A single one is not drawn: the band says it.
    pub windows: Vec<Window>,
    /// The milestones that the words of events suggest, and nothing states.
    pub inferred: Vec<Milestone>,
    /// What is concluded, in a few words each: days, milestones, the zone.
    pub conclusions: Vec<String>,
}

impl Input {
    /// The timeline of a postmortem. `anchor` gives the id in the page of each event, by its place in the list from 0;
    /// empty for none.
    pub fn of(postmortem: &Postmortem, words: &Words, id: &str, anchor: impl Fn(usize) -> String) -> Self {
        let zone = zone(postmortem);
        let stamp = |moment: &Moment| stamp(moment, zone.as_ref());
        let milestones = postmortem.times.iter().filter_map(|(key, fact)| Some((*key, stamp(&fact.value)?)));
        let events = postmortem.timeline.iter().enumerate().map(|(index, event)| Event {
            at: stamp(&event.at),
            end: event.end.as_deref().and_then(stamp),
            text: event.text.clone(),
            anchor: anchor(index),
            is_milestone: event.milestone.is_some(),
            mark: event_mark(postmortem, words, index),
        });
        let windows = postmortem.impact.windows.iter().filter_map(|window| {
            let place: Vec<&str> =
                [&window.region, &window.service].into_iter().flatten().map(String::as_str).collect();
            let from = stamp(window.start.as_ref()?)?;
            Some(Window { label: place.join(" · "), from, to: window.end.as_ref().and_then(stamp) })
        });
        Self {
            id: id.to_owned(),
            milestones: milestones.collect(),
            events: events.collect(),
            windows: windows.collect(),
            inferred: inferred(postmortem),
            conclusions: conclusions(postmortem, words),
            year: postmortem.date.as_ref().map(|date| date.value.year()),
            zone,
        }
    }
}

/// What the day and the half of the day of an event are concluded from, where that changes from one event to the next.
fn event_mark(postmortem: &Postmortem, words: &Words, index: usize) -> String {
    let new = |of: fn(&Moment) -> Option<Mark>| {
        let mark = |index: usize| postmortem.timeline.get(index).and_then(|event| of(&event.at));
        mark(index).filter(|own| index.checked_sub(1).and_then(mark) != Some(*own))
    };
    let marks = [explain::day_mark, explain::clock_mark].into_iter().filter_map(new);
    marks.map(|mark| words.of("mark", mark.key())).collect::<Vec<_>>().join("; ")
}

fn inferred(postmortem: &Postmortem) -> Vec<Milestone> {
    let facts = postmortem.times.iter();
    facts.filter(|(_, fact)| fact.origin == Origin::Inferred).map(|(milestone, _)| *milestone).collect()
}

/// Days by what they are concluded from, milestones, the zone.
fn conclusions(postmortem: &Postmortem, words: &Words) -> Vec<String> {
    let moments = || postmortem.timeline.iter().map(|event| &event.at);
    let mut days: BTreeMap<Mark, usize> = BTreeMap::new();
    for mark in moments().filter_map(explain::day_mark) {
        *days.entry(mark).or_default() += 1;
    }
    let said = |mark: Mark| words.of("mark", mark.key());
    let mut found: Vec<String> = days
        .into_iter()
        .map(|(mark, count)| {
            let events = words.count("count.events", count, &[]);
            words.fill("timeline.day-of", &[("events", &events), ("mark", &said(mark))])
        })
        .collect();
    let milestones: Vec<&str> =
        inferred(postmortem).into_iter().map(|milestone| words.of("moment", milestone.key())).collect();
    if !milestones.is_empty() {
        found.push(words.fill("timeline.by-words", &[("milestones", &words.list(&milestones))]));
    }
    let zone = moments().find_map(explain::zone_mark);
    found.extend(zone.map(|mark| words.fill("timeline.zone-by", &[("mark", &said(mark))])));
    found
}

/// The zone that the document states as a whole, else that of its first moment.
fn zone(postmortem: &Postmortem) -> Option<Zone> {
    let stated = postmortem.zone.as_ref().map(|fact| fact.value.clone());
    let times = postmortem.times.values().map(|fact| &fact.value);
    let mut moments = times.chain(postmortem.timeline.iter().map(|event| &event.at));
    stated.or_else(|| moments.find_map(|moment| moment.zone.clone()))
}

/// The clock is as written, unless it was written in another zone than the axis has.
fn stamp(moment: &Moment, zone: Option<&Zone>) -> Option<Stamp> {
    let at = moment.instant()?.timestamp();
    let clock = match (&moment.zone, moment.clock) {
        (Some(own), _) if Some(own) != zone => clock_text(local(at, zone).time()),
        (_, Some(clock)) => clock_text(clock),
        (_, None) => return None,
    };
    Some(Stamp { at, clock, iso: moment.instant_iso().unwrap_or_default(), approximate: moment.approximate })
}
