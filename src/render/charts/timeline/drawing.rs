//! One drawing of a timeline, for one width.

use crate::{
    model::Milestone,
    render::charts::{
        place::{Placed, flags, shortened, text_width},
        real_size, rounded,
        scale::{Tick, TimeScale, days_differ, local},
        timeline::{
            Pen, Phase, Stamp, marks,
            points::points,
            view::{Band, Drawing, Flag, Geometry, Lane, TickView, day_text, range, range_text, time_text},
        },
    },
    render::{view::Clock, words::Words},
};

/// The narrowest width that a drawing has to work at, and what fits there.
pub(super) struct Size {
    kind: &'static str,
    pub(super) width: f64,
    tick_spacing: f64,
    /// The most events that get their text beside them.
    pub(super) labelled: usize,
    /// The most marks that there is room for; beyond that, neighbours share one.
    pub(super) marks: usize,
}

/// The drawings, widest first. The style sheet shows the one that fits.
pub(super) const SIZES: [Size; 2] = [
    Size { kind: "wide", width: 720.0, tick_spacing: 72.0, labelled: 12, marks: 150 },
    Size { kind: "narrow", width: 300.0, tick_spacing: 58.0, labelled: 0, marks: 60 },
];

/// The size of all text, in pixels, as the style sheet sets it.
pub(super) const TEXT: f64 = 12.0;
const ROW: f64 = 19.0;
const BAND: f64 = 26.0;
const LANE: f64 = 26.0;
const BREAK: f64 = 36.0;
/// The least room between two days below the axis.
const BETWEEN: f64 = 6.0;
/// The width of the sign in the middle of a break.
const BREAK_SIGN: f64 = 14.0;

pub(super) fn draw(
    pen: &Pen<'_>,
    milestones: &[(Milestone, Stamp)],
    phases: &[Phase],
    times: &[i64],
    size: &Size,
) -> Option<Drawing> {
    let scale = TimeScale::new(times, size.width, BREAK)?;
    let days =
        times.first().zip(times.last()).is_some_and(|(a, b)| days_differ(*a, *b, pen.input.zone.as_ref()));
    let (flags, flag_rows) = milestone_flags(pen, milestones, &scale, size, days);
    let band = real_size(flag_rows) * ROW + if flag_rows > 0 { 6.0 } else { 2.0 };
    let mut below = band + BAND + 6.0;
    let lanes = lanes(pen, &scale, size, &mut below, days);
    let points = points(pen, &scale, size, &mut below, days);
    let axis = below + 4.0;
    let ticks = scale.ticks(pen.input.zone.as_ref(), size.tick_spacing);
    let has_clocks = ticks.iter().any(|tick| !tick.clock.is_empty());
    // Days have the upper line when no mark has a time of day. In another zone each has: the lower one is kept free.
    let dates = axis + if has_clocks { 32.0 } else { 17.0 };
    let geometry = Geometry {
        band,
        band_height: BAND,
        axis,
        clocks: axis + if has_clocks { 17.0 } else { 32.0 },
        dates,
        phases: phases.iter().map(|phase| band_of(phase, &scale, size, pen.words)).collect(),
        flags: flags.into_iter().map(|flag| flag.view(band, size.width)).collect(),
        lanes,
        points,
        breaks: scale.breaks().into_iter().map(|gap| gap.at / size.width).collect(),
        ticks: marks_of(ticks, pen, size),
    };
    Some(Drawing { kind: size.kind, height: rounded(axis + 38.0), marks: marks::svg(&geometry), geometry })
}

/// The marks of the axis. A day with its year may need more room than the next day leaves: then the marks of that one go,
/// since times of day without their day would be those of the day before.
fn marks_of(ticks: Vec<Tick>, pen: &Pen<'_>, size: &Size) -> Vec<TickView> {
    let (mut taken, mut fits) = (f64::NEG_INFINITY, true);
    let marks = ticks.into_iter().filter_map(|tick| {
        let anchor = edge_anchor(tick.at, size.width);
        let date = tick.date.map(|date| day_text(date, pen)).unwrap_or_default();
        if !date.is_empty() {
            let width = text_width(&date, TEXT);
            let left = match anchor {
                "start" => tick.at,
                "end" => tick.at - width,
                _ => tick.at - width / 2.0,
            };
            fits = left >= taken;
            if fits {
                taken = left + width + BETWEEN;
            }
        }
        fits.then(|| TickView {
            iso: if pen.input.zone.is_some() { utc_iso(tick.time) } else { String::new() },
            x: tick.at / size.width,
            anchor,
            clock: tick.clock,
            date,
        })
    });
    marks.collect()
}

/// A moment, ISO 8601, in UTC, which is the form in which chrono shows it to programmers.
fn utc_iso(time: i64) -> String {
    format!("{:?}Z", local(time, None))
}

/// Text at an edge is set inwards.
fn edge_anchor(at: f64, width: f64) -> &'static str {
    if at < 14.0 {
        "start"
    } else if at > width - 14.0 {
        "end"
    } else {
        "middle"
    }
}

/// A phase, with its words where no break runs through them.
fn band_of(phase: &Phase, scale: &TimeScale, size: &Size, words: &Words) -> Band {
    let (from, to) = (scale.share(phase.from), scale.share(phase.to));
    let sign = BREAK_SIGN / 2.0 / size.width;
    let breaks = scale.breaks().into_iter().map(|gap| gap.at / size.width);
    let breaks = breaks.filter(|at| from < *at && *at < to).map(|at| (at - sign, at + sign));
    let mut left = from;
    let mut widest = (from, from);
    for (before, behind) in breaks.chain([(to, to)]) {
        if before - left > widest.1 - widest.0 {
            widest = (left, before);
        }
        left = behind;
    }
    let room = (widest.1 - widest.0) * size.width - 10.0;
    let length = words.duration(phase.to - phase.from);
    let long = format!("{} {length}", words.of("phase", phase.key));
    let text = [long, length].into_iter().find(|text| text_width(text, TEXT) <= room).unwrap_or_default();
    Band { class: phase.key, x: from, width: to - from, text, text_x: f64::midpoint(widest.0, widest.1) }
}

struct PlacedFlag {
    at: f64,
    placed: Placed,
    name: String,
    time: Clock,
}

impl PlacedFlag {
    fn view(self, band: f64, width: f64) -> Flag {
        Flag {
            x: self.at / width,
            y: band - 10.0 - real_size(self.placed.row) * ROW,
            anchor: self.placed.side.anchor(),
            name: self.name,
            time: self.time,
        }
    }
}

/// Milestones nearer than this share a flag when there is no room for each to have its own.
const TOGETHER: f64 = 10.0;

/// The flags, and how many rows they take. Where there is no room for all, neighbours share one, then the minor ones go;
/// the legend still has the phases.
fn milestone_flags(
    pen: &Pen<'_>,
    milestones: &[(Milestone, Stamp)],
    scale: &TimeScale,
    size: &Size,
    days: bool,
) -> (Vec<PlacedFlag>, usize) {
    let minor =
        [Milestone::PublicNotice, Milestone::Acknowledged, Milestone::Declared, Milestone::Identified];
    for (together, left_out) in
        [(0.5, 0), (TOGETHER, 0), (TOGETHER, 1), (TOGETHER, 2), (TOGETHER, 3), (TOGETHER, 4)]
    {
        let gone = minor.get(..left_out).unwrap_or_default();
        let kept = milestones.iter().filter(|(milestone, _)| !gone.contains(milestone));
        let merged = merged_flags(kept, pen, scale, together, days);
        let points: Vec<(f64, f64)> = merged
            .iter()
            .map(|(at, name, time)| (*at, text_width(&format!("{name} {}", time.text), TEXT)))
            .collect();
        if let Some(placed) = flags(&points, size.width, 6) {
            let rows = placed.iter().map(|label| label.row + 1).max().unwrap_or_default();
            let flags = merged
                .into_iter()
                .zip(placed)
                .map(|((at, name, time), placed)| PlacedFlag { at, placed, name, time })
                .collect();
            return (flags, rows);
        }
    }
    (Vec::new(), 0)
}

/// The place, name and time of each flag; those within `together` pixels of the first of them are one.
fn merged_flags<'a>(
    milestones: impl Iterator<Item = &'a (Milestone, Stamp)>,
    pen: &Pen<'_>,
    scale: &TimeScale,
    together: f64,
    days: bool,
) -> Vec<(f64, String, Clock)> {
    let mut merged: Vec<(f64, String, Clock)> = Vec::new();
    let mut begins: Option<&Stamp> = None;
    for (milestone, stamp) in milestones {
        let at = scale.at(stamp.at);
        let text = time_text(stamp, pen, days);
        match (merged.last_mut(), begins) {
            (Some((first, name, time)), Some(begins)) if at - *first < together => {
                name.push_str(" · ");
                name.push_str(&pen.name(*milestone));
                if time.text != text {
                    time.text = range_text(begins, stamp, pen, days);
                    time.until.clone_from(&stamp.iso);
                }
            }
            _ => {
                begins = Some(stamp);
                merged.push((
                    at,
                    pen.name(*milestone),
                    Clock { text, iso: stamp.iso.clone(), ..Clock::default() },
                ));
            }
        }
    }
    merged
}

/// A lane for each window, unless there is only one: then the band says it.
fn lanes(pen: &Pen<'_>, scale: &TimeScale, size: &Size, below: &mut f64, days: bool) -> Vec<Lane> {
    if pen.input.windows.len() < 2 {
        return Vec::new();
    }
    let lanes = pen.input.windows.iter().enumerate().map(|(index, window)| {
        let top = *below + real_size(index) * LANE;
        let from = scale.share(window.from.at);
        let to = window.to.as_ref().map_or(1.0, |stamp| scale.share(stamp.at)).max(from);
        let started = &window.from;
        let (time, no_end) = match &window.to {
            Some(ended) => (range(range_text(started, ended, pen, days), started, ended), String::new()),
            None => (
                Clock { text: time_text(started, pen, days), iso: started.iso.clone(), ..Clock::default() },
                format!("–{}", pen.words.say("timeline.no-end")),
            ),
        };
        let beside = text_width(&format!("  {}{no_end}", time.text), TEXT);
        let text = shortened(&window.label, TEXT, size.width - beside);
        let fits = from * size.width + text_width(&text, TEXT) + beside <= size.width;
        Lane {
            x: from,
            width: to - from,
            y: top + 15.0,
            text_y: top + 11.0,
            text_x: if fits { from } else { 1.0 },
            anchor: if fits { "start" } else { "end" },
            text,
            time,
            no_end,
            is_open: window.to.is_none(),
        }
    });
    let lanes: Vec<Lane> = lanes.collect();
    *below += real_size(lanes.len()) * LANE + 4.0;
    lanes
}
