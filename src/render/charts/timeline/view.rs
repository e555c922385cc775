//! What the template of a timeline is given.

use serde::Serialize;

use crate::{
    model::Milestone,
    render::charts::{
        scale::local,
        timeline::{Input, Phase, Stamp},
    },
    render::words::duration,
};

/// A timeline, as it is written out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
    /// What a reader has to know to read it: zone, breaks, what is not drawn.
    pub notes: Vec<String>,
    /// The heading of the table's column of times, with the zone.
    pub time_heading: String,
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

impl From<&Phase> for PhaseView {
    fn from(phase: &Phase) -> Self {
        let about = if phase.approximate { "about " } else { "" };
        Self {
            class: phase.class.to_owned(),
            name: phase.name.to_owned(),
            length: format!("{about}{}", duration(phase.to - phase.from)),
            about: phase.about.to_owned(),
        }
    }
}

/// An event in the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its number in the drawing.
    pub number: usize,
    /// When, in words.
    pub time: String,
    /// What its day is concluded from; empty for nothing.
    pub mark: String,
    /// What happened.
    pub text: String,
    /// `#` and the id of its line in the page; empty for none.
    pub href: String,
}

/// One drawing. Everything across is in per cent, everything down in pixels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drawing {
    /// `wide` or `narrow`.
    pub kind: String,
    /// The height.
    pub height: String,
    /// The top of the band.
    pub band: String,
    /// The height of the band.
    pub band_height: String,
    /// The line of the axis.
    pub axis: String,
    /// The baseline of the clock labels.
    pub clocks: String,
    /// The baseline of the dates.
    pub dates: String,
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
    pub breaks: Vec<BreakView>,
}

/// A phase in the band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Band {
    /// See [`PhaseView::class`].
    pub class: String,
    /// The left edge.
    pub x: String,
    /// The width.
    pub width: String,
    /// The middle.
    pub middle: String,
    /// What fits into it; may be empty.
    pub text: String,
}

/// A milestone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flag {
    /// Where.
    pub x: String,
    /// The baseline of its text.
    pub y: String,
    /// Where its leader line begins.
    pub leader: String,
    /// `start`, `middle` or `end`.
    pub anchor: String,
    /// Moves the text away from the leader, in pixels.
    pub dx: String,
    /// Its name.
    pub name: String,
    /// Its time.
    pub time: String,
}

/// A window of impact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lane {
    /// The left edge of its bar.
    pub x: String,
    /// The width of its bar.
    pub width: String,
    /// The top of its bar.
    pub y: String,
    /// The baseline of its text.
    pub text_y: String,
    /// Where its text begins or ends.
    pub text_x: String,
    /// `start` or `end`.
    pub anchor: String,
    /// Where, from when, until when.
    pub text: String,
    /// True when its end is not known; the bar runs to the edge.
    pub is_open: bool,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Point {
    /// Where it happened.
    pub at: String,
    /// The top of its leader line.
    pub from: String,
    /// Where its mark stands.
    pub x: String,
    /// The middle of its mark.
    pub y: String,
    /// The number, or the numbers `12–14` when several share a mark.
    pub number: String,
    /// The text beside the mark; empty when there is no room for text.
    pub label: String,
    /// The time beside the mark.
    pub time: String,
    /// `start` or `end`.
    pub anchor: String,
    /// Moves the text away from the mark, in pixels.
    pub dx: String,
    /// The accessible name.
    pub name: String,
    /// Where it leads; empty for nowhere.
    pub href: String,
    /// Classes: `is-approximate`, `is-milestone`.
    pub class: String,
    /// The width of a range; empty for a moment.
    pub range: String,
}

/// A mark of the axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TickView {
    /// Where.
    pub x: String,
    /// The time of day; may be empty.
    pub clock: String,
    /// The date; may be empty.
    pub date: String,
    /// `start`, `middle` or `end`.
    pub anchor: String,
}

/// A break.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BreakView {
    /// Where.
    pub x: String,
    /// How long it is.
    pub length: String,
}

/// `13:02`, `~13:02`, and `14 Mar 13:02` where days matter.
pub(super) fn time_text(stamp: &Stamp, input: &Input, with_day: bool) -> String {
    let about = if stamp.approximate { "~" } else { "" };
    if with_day {
        let day = local(stamp.at, input.zone.as_ref()).format("%-d\u{a0}%b");
        format!("{day} {about}{}", stamp.clock)
    } else {
        format!("{about}{}", stamp.clock)
    }
}

pub(super) fn rows(input: &Input, with_day: bool) -> Vec<Row> {
    let rows = input.events.iter().enumerate().map(|(index, event)| {
        let time = match (&event.at, &event.end) {
            (None, _) => "unknown".to_owned(),
            (Some(at), None) => time_text(at, input, with_day),
            (Some(at), Some(end)) => {
                format!("{} to {}", time_text(at, input, with_day), time_text(end, input, with_day))
            }
        };
        let href = if event.anchor.is_empty() { String::new() } else { format!("#{}", event.anchor) };
        Row { number: index + 1, time, mark: event.mark.clone(), text: event.text.clone(), href }
    });
    rows.collect()
}

pub(super) fn description(input: &Input, milestones: &[(Milestone, Stamp)], phases: &[Phase]) -> String {
    let events = input.events.len();
    let mut sentences = Vec::new();
    let named: Vec<String> = milestones
        .iter()
        .map(|(milestone, stamp)| format!("{} {}", input.name(*milestone), stamp.clock))
        .collect();
    if !named.is_empty() {
        sentences.push(named.join(", "));
    }
    let lengths: Vec<String> =
        phases.iter().map(|phase| format!("{} {}", phase.name, duration(phase.to - phase.from))).collect();
    if !lengths.is_empty() {
        sentences.push(lengths.join(", "));
    }
    sentences.push(if events == 1 { "1 event".to_owned() } else { format!("{events} events") });
    sentences.join(". ") + "."
}

pub(super) fn notes(zone: Option<&str>, is_broken: bool, undrawn: usize, input: &Input) -> Vec<String> {
    let mut notes = vec![match zone {
        Some(zone) => format!("Times in {zone}."),
        None => "The document states no time zone.".to_owned(),
    }];
    if !input.conclusions.is_empty() {
        notes.push(format!(
            "Inferred, since the document does not state it: {}.",
            input.conclusions.join(", ")
        ));
    }
    let stamps = input.events.iter().filter_map(|event| event.at.as_ref());
    if stamps.chain(input.milestones.iter().map(|(_, stamp)| stamp)).any(|stamp| stamp.approximate) {
        notes.push("~ and a dashed outline mean about.".to_owned());
    }
    if is_broken {
        notes.push("A zigzag is time left out.".to_owned());
    }
    match undrawn {
        0 => {}
        1 => notes.push("1 event has no known time and is not drawn.".to_owned()),
        many => notes.push(format!("{many} events have no known time and are not drawn.")),
    }
    notes
}
