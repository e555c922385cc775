//! What a timeline is drawn from.

use crate::{
    model::{Milestone, Moment, Postmortem, Zone, moment::clock_text},
    render::charts::scale::local,
};

/// A moment that can be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Seconds since 1970, UTC.
    pub at: i64,
    /// The time of day in the zone of the axis: `13:02`.
    pub clock: String,
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
    /// The milestones, in any order. `closed` and `published` are not drawn: they are about the paper, not the incident.
    pub milestones: Vec<(Milestone, Stamp)>,
    /// The events, in the order of the document.
    pub events: Vec<Event>,
    /// The windows of impact. A single one is not drawn: the band says it.
    pub windows: Vec<Window>,
}

impl Input {
    /// The timeline of a postmortem. `anchor` gives the id in the page of each event, by its place in the list from 0;
    /// empty for none.
    pub fn of(postmortem: &Postmortem, id: &str, anchor: impl Fn(usize) -> String) -> Self {
        let zone = zone(postmortem);
        let stamp = |moment: &Moment| stamp(moment, zone.as_ref());
        let milestones = postmortem.times.iter().filter_map(|(key, fact)| Some((*key, stamp(&fact.value)?)));
        let events = postmortem.timeline.iter().enumerate().map(|(index, event)| Event {
            at: stamp(&event.at),
            end: event.end.as_ref().and_then(stamp),
            text: event.text.clone(),
            anchor: anchor(index),
            is_milestone: event.milestone.is_some(),
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
            zone,
        }
    }
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
    Some(Stamp { at, clock, approximate: moment.approximate })
}
