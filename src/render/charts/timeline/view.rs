//! What the template of a timeline is given.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::{
    model::Milestone,
    render::charts::{
        scale::{days_differ, local},
        timeline::{Pen, Phase, Stamp},
    },
    render::{view::Clock, words::Words},
};

/// A timeline, as it is written out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimelineView {
    /// Begins every id.
    pub id: String,
    /// What it shows, in sentences.
    pub description: String,
    /// Stands in the place of the drawing when there is too little to draw.
    pub words: Option<String>,
    /// One drawing for a wide page, one for a phone.
    pub drawings: Vec<Drawing>,
    /// The legend: the phases and their lengths.
    pub phases: Vec<PhaseView>,
    /// The zone of its times; empty when the document states none.
    pub zone: String,
    /// What else a reader has to know to read it: breaks, what is not drawn.
    pub notes: Vec<String>,
    /// The table.
    pub rows: Vec<Row>,
}

/// A line of the legend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhaseView {
    /// `latent`, `unseen`, `impact`, `response`, `recovery`.
    pub class: String,
    /// The name.
    pub name: String,
    /// How long, `about` when it is not exact.
    pub length: String,
    /// What it means.
    pub about: String,
}

/// The line of a phase.
pub(super) fn phase(phase: &Phase, words: &Words) -> PhaseView {
    let length = words.duration(phase.to - phase.from);
    PhaseView {
        class: phase.key.to_owned(),
        name: words.of("phase", phase.key).to_owned(),
        length: if phase.approximate {
            words.fill("timeline.about", &[("duration", &length)])
        } else {
            length
        },
        about: words.of("phase-about", phase.key).to_owned(),
    }
}

/// An event in the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its number in the drawing.
    pub number: usize,
    /// When.
    pub time: Clock,
    /// What its day is concluded from; empty for nothing.
    pub mark: String,
    /// What happened.
    pub text: String,
    /// `#` and the id of its line in the page; empty for none.
    pub href: String,
}

/// One drawing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drawing {
    /// `wide` or `narrow`.
    pub kind: &'static str,
    /// The height.
    pub height: String,
    /// What stands in it, as SVG.
    pub marks: String,
    /// Where what stands.
    #[serde(skip)]
    pub geometry: Geometry,
}

/// The places of a drawing: across as shares of the width, down in pixels.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Geometry {
    /// The top of the band.
    pub band: f64,
    /// The height of the band.
    pub band_height: f64,
    /// The line of the axis.
    pub axis: f64,
    /// The baseline of the clock labels.
    pub clocks: f64,
    /// The baseline of the dates.
    pub dates: f64,
    /// The phases.
    pub phases: Vec<Band>,
    /// The milestones.
    pub flags: Vec<Flag>,
    /// The windows of impact.
    pub lanes: Vec<Lane>,
    /// The events.
    pub points: Vec<Point>,
    /// The marks of the axis.
    pub ticks: Vec<TickView>,
    /// What is left out.
    pub breaks: Vec<f64>,
}

/// A phase in the band.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// See [`PhaseView::class`].
    pub class: &'static str,
    /// The left edge.
    pub x: f64,
    /// The width.
    pub width: f64,
    /// What fits into it; may be empty.
    pub text: String,
    /// The middle of that: of the widest part that no break runs through.
    pub text_x: f64,
}

/// A milestone.
#[derive(Debug, Clone, PartialEq)]
pub struct Flag {
    /// Where.
    pub x: f64,
    /// The baseline of its text.
    pub y: f64,
    /// `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// Its name.
    pub name: String,
    /// Its time, from the first to the last where several share it.
    pub time: Clock,
}

/// A window of impact.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// The left edge of its bar.
    pub x: f64,
    /// The width of its bar.
    pub width: f64,
    /// The top of its bar.
    pub y: f64,
    /// The baseline of its text.
    pub text_y: f64,
    /// Where its text begins or ends.
    pub text_x: f64,
    /// `start` or `end`.
    pub anchor: &'static str,
    /// Where.
    pub text: String,
    /// From when, and until when where that is known.
    pub time: Clock,
    /// What stands in the place of an end that is not known; empty when it is.
    pub no_end: String,
    /// True when its end is not known; the bar runs to the edge.
    pub is_open: bool,
}

/// An event.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Where it happened.
    pub at: f64,
    /// The top of its leader line.
    pub from: f64,
    /// Where its mark stands.
    pub x: f64,
    /// The middle of its mark.
    pub y: f64,
    /// The text beside the mark; without one its number stands in it.
    pub label: Option<Label>,
    /// The number, the first one when several share a mark.
    pub number: usize,
    /// The moment, ISO 8601 with its offset; empty when its zone is not known.
    pub iso: String,
    /// The accessible name.
    pub name: String,
    /// The id that it leads to; empty for nowhere.
    pub anchor: String,
    /// True when its time is only about right.
    pub is_approximate: bool,
    /// True when it marks a milestone.
    pub is_milestone: bool,
    /// True when several events share the mark.
    pub is_several: bool,
    /// The width of a range.
    pub range: Option<f64>,
}

/// The text beside the mark of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The time.
    pub time: String,
    /// What happened.
    pub text: String,
    /// True when it stands to the left of the mark.
    pub is_left: bool,
}

/// A mark of the axis.
#[derive(Debug, Clone, PartialEq)]
pub struct TickView {
    /// Where.
    pub x: f64,
    /// The moment, ISO 8601; empty when the document states no zone.
    pub iso: String,
    /// The time of day; may be empty.
    pub clock: String,
    /// The date; may be empty.
    pub date: String,
    /// `start`, `middle` or `end`.
    pub anchor: &'static str,
}

/// `13:02`, `~13:02`, and where days matter `14 Mar 13:02`, with the year when it is not that of the incident.
pub(super) fn time_text(stamp: &Stamp, pen: &Pen<'_>, with_day: bool) -> String {
    let about = if stamp.approximate { "~" } else { "" };
    if with_day {
        let day = day_text(local(stamp.at, pen.input.zone.as_ref()).date(), pen);
        [&day, " ", about, &stamp.clock].concat()
    } else {
        [about, &stamp.clock].concat()
    }
}

/// `14 Mar`, with the year when it is not that of the incident.
pub(super) fn day_text(date: NaiveDate, pen: &Pen<'_>) -> String {
    let is_usual = pen.input.year.is_none_or(|year| year == date.year());
    if is_usual { pen.words.day_of_year(date) } else { pen.words.short_day(date) }
}

/// `13:02–14:20`, and where days matter `14 Mar 13:02–14:20` or `14 Mar 23:50–15 Mar 00:10`.
pub(super) fn range_text(from: &Stamp, to: &Stamp, pen: &Pen<'_>, with_day: bool) -> String {
    let ends_later = with_day && days_differ(from.at, to.at, pen.input.zone.as_ref());
    [&*time_text(from, pen, with_day), "–", &time_text(to, pen, ends_later)].concat()
}

pub(super) fn rows(pen: &Pen<'_>, with_day: bool) -> Vec<Row> {
    let rows = pen.input.events.iter().enumerate().map(|(index, event)| {
        let time = match (&event.at, &event.end) {
            (None, _) => Clock::plain(pen.words.say("timeline.unknown")),
            (Some(at), None) => {
                Clock { text: time_text(at, pen, with_day), iso: at.iso.clone(), ..Clock::default() }
            }
            (Some(at), Some(end)) => {
                let (from, to) = (time_text(at, pen, with_day), time_text(end, pen, with_day));
                range(pen.words.fill("timeline.from-to", &[("from", &from), ("to", &to)]), at, end)
            }
        };
        let href = if event.anchor.is_empty() { String::new() } else { format!("#{}", event.anchor) };
        Row { number: index + 1, time, mark: event.mark.clone(), text: event.text.clone(), href }
    });
    rows.collect()
}

/// A stretch of time in words. It can be told in another zone when both of its ends can.
pub(super) fn range(text: String, from: &Stamp, to: &Stamp) -> Clock {
    if from.iso.is_empty() || to.iso.is_empty() {
        return Clock::plain(text);
    }
    Clock { text, iso: from.iso.clone(), until: to.iso.clone(), is_zoned: false }
}

/// In sentences. They name the zone of their times: no reader can have these in another one.
pub(super) fn description(
    pen: &Pen<'_>,
    milestones: &[(Milestone, Stamp)],
    phases: &[Phase],
    zone: Option<&str>,
    with_day: bool,
) -> String {
    let words = pen.words;
    let mut sentences = Vec::new();
    let named: Vec<String> = milestones
        .iter()
        .map(|(milestone, stamp)| format!("{} {}", pen.name(*milestone), time_text(stamp, pen, with_day)))
        .collect();
    if !named.is_empty() {
        sentences.push(words.row(&named));
    }
    let lengths: Vec<String> = phases
        .iter()
        .map(|phase| format!("{} {}", words.of("phase", phase.key), words.duration(phase.to - phase.from)))
        .collect();
    if !lengths.is_empty() {
        sentences.push(words.row(&lengths));
    }
    sentences.push(words.count("count.events", pen.input.events.len(), &[]));
    let zone = zone.map(|zone| words.fill("events.zone", &[("zone", &zone)]));
    [Some(sentences.join(". ") + "."), zone].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

pub(super) fn notes(drawings: &[Drawing], undrawn: usize, pen: &Pen<'_>) -> Vec<String> {
    let Pen { input, words } = pen;
    let mut notes = Vec::new();
    if !input.conclusions.is_empty() {
        notes.push(words.fill("timeline.conclusions", &[("conclusions", &words.row(&input.conclusions))]));
    }
    let stamps = input.events.iter().filter_map(|event| event.at.as_ref());
    if stamps.chain(input.milestones.iter().map(|(_, stamp)| stamp)).any(|stamp| stamp.approximate) {
        notes.push(words.say("timeline.approximate").to_owned());
    }
    if drawings.iter().any(|drawing| !drawing.geometry.breaks.is_empty()) {
        notes.push(words.say("timeline.broken").to_owned());
    }
    let mut marks = drawings.iter().flat_map(|drawing| &drawing.geometry.points);
    if marks.any(|point| point.is_several) {
        notes.push(words.say("timeline.several").to_owned());
    }
    if undrawn > 0 {
        notes.push(words.count("timeline.undrawn", undrawn, &[]));
    }
    notes
}
