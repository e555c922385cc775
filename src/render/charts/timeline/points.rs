//! The events of a drawing: beside each its text where there is room for it, else its number.

use crate::render::charts::{
    place::{Side, shortened, spread, stairs, text_width},
    real_size,
    scale::TimeScale,
    share,
    timeline::{
        Event, Pen, Stamp,
        drawing::{Size, TEXT},
        view::{Label, Point, time_text},
    },
};

/// The side of a point's target: what a finger needs.
const TARGET: f64 = 24.0;

/// Events that share a mark.
struct Mark<'a> {
    at: f64,
    first: usize,
    last: usize,
    is_milestone: bool,
    event: &'a Event,
    stamp: &'a Stamp,
}

pub(super) fn points(
    pen: &Pen<'_>,
    scale: &TimeScale,
    size: &Size,
    below: &mut f64,
    days: bool,
) -> Vec<Point> {
    let mut timed: Vec<Mark<'_>> = pen
        .input
        .events
        .iter()
        .enumerate()
        .filter_map(|(index, event)| {
            let stamp = event.at.as_ref()?;
            Some(Mark {
                at: scale.at(stamp.at),
                first: index + 1,
                last: index + 1,
                is_milestone: event.is_milestone,
                event,
                stamp,
            })
        })
        .collect();
    timed.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.first.cmp(&b.first)));
    if timed.is_empty() {
        return Vec::new();
    }
    let top = *below;
    if timed.len() <= size.labelled
        && let Some(points) = labelled(&timed, scale, pen, size, below, days)
    {
        return points;
    }
    let timed = grouped(timed, size);
    let per_row = (size.width / TARGET).floor().max(1.0);
    let rows = (real_size(timed.len()) / (per_row * 0.75)).ceil().clamp(1.0, 6.0);
    let mut by_row: Vec<Vec<f64>> = vec![Vec::new(); 6];
    let row_of = |index: usize| index % usize::max(1, by_row_count(rows));
    for (index, mark) in timed.iter().enumerate() {
        if let Some(row) = by_row.get_mut(row_of(index)) {
            row.push(mark.at);
        }
    }
    let mut placed: Vec<std::vec::IntoIter<f64>> =
        by_row.iter().map(|row| spread(row, TARGET + 1.0, size.width).into_iter()).collect();
    let points = timed.iter().enumerate().map(|(index, mark)| {
        let row = row_of(index);
        let x = placed.get_mut(row).and_then(Iterator::next).unwrap_or(mark.at);
        let y = top + 8.0 + TARGET / 2.0 + real_size(row) * (TARGET + 1.0);
        point(mark, x, y, top, scale, pen, size, days)
    });
    let points = points.collect();
    *below = top + 8.0 + rows * (TARGET + 1.0) + 4.0;
    points
}

/// Whole rows as an index.
fn by_row_count(rows: f64) -> usize {
    (1..=6).find(|count| real_size(*count) >= rows).unwrap_or(6)
}

/// The widest text beside a point, and the narrowest that still says something.
const WIDEST: f64 = 420.0;
const NARROWEST: f64 = 130.0;

/// Each event with its text beside it, when that can be done without crossings.
fn labelled(
    timed: &[Mark<'_>],
    scale: &TimeScale,
    pen: &Pen<'_>,
    size: &Size,
    below: &mut f64,
    days: bool,
) -> Option<Vec<Point>> {
    let top = *below;
    let clocks: Vec<String> = timed.iter().map(|mark| time_text(mark.stamp, pen, days)).collect();
    let befores: Vec<f64> = clocks.iter().map(|time| text_width(&format!("{time} "), TEXT) + 16.0).collect();
    // What each needs at the least.
    let needed: Vec<f64> = timed
        .iter()
        .zip(&befores)
        .map(|(mark, before)| (before + text_width(&mark.event.text, TEXT)).min(NARROWEST))
        .collect();
    // Labels to the right end before the first one that hangs to the left; the later that is, the better.
    let room = |mark: &Mark<'_>, index: usize, turn: usize| match timed.get(turn) {
        Some(_) if index >= turn => mark.at,
        Some(first) => first.at - mark.at - 8.0,
        None => size.width - mark.at,
    };
    let turn = (1..=timed.len()).rev().find(|turn| {
        timed
            .iter()
            .zip(&needed)
            .enumerate()
            .all(|(index, (mark, needed))| room(mark, index, *turn) >= *needed)
    })?;
    let labels: Vec<(f64, f64, String)> = timed
        .iter()
        .zip(befores)
        .enumerate()
        .map(|(index, (mark, before))| {
            let text = shortened(&mark.event.text, TEXT, (room(mark, index, turn) - before).min(WIDEST));
            (mark.at, before + text_width(&text, TEXT), text)
        })
        .collect();
    let points: Vec<(f64, f64)> = labels.iter().map(|(at, width, _)| (*at, *width)).collect();
    let placed = stairs(&points, turn, size.width)?;
    let rows = placed.iter().map(|label| label.row + 1).max().unwrap_or_default();
    *below = top + 8.0 + real_size(rows) * TARGET + 4.0;
    let points =
        timed.iter().zip(labels).zip(clocks).zip(placed).map(|(((mark, (_, _, text)), time), place)| {
            let y = top + 8.0 + TARGET / 2.0 + real_size(place.row) * TARGET;
            Point {
                label: Some(Label { time, text, is_left: place.side == Side::Left }),
                ..point(mark, mark.at, y, top, scale, pen, size, days)
            }
        });
    Some(points.collect())
}

/// At most as many marks as can be drawn; neighbours share one beyond that.
fn grouped<'a>(timed: Vec<Mark<'a>>, size: &Size) -> Vec<Mark<'a>> {
    let together = timed.len().div_ceil(size.marks).max(1);
    let mut groups: Vec<Mark<'a>> = Vec::new();
    for (index, mark) in timed.into_iter().enumerate() {
        match groups.last_mut() {
            Some(group) if index % together != 0 => {
                group.last = mark.first;
                group.is_milestone |= mark.is_milestone;
            }
            _ => groups.push(mark),
        }
    }
    groups
}

#[expect(clippy::too_many_arguments, reason = "all of them are places in one drawing")]
fn point(
    mark: &Mark<'_>,
    x: f64,
    y: f64,
    top: f64,
    scale: &TimeScale,
    pen: &Pen<'_>,
    size: &Size,
    days: bool,
) -> Point {
    let is_several = mark.first != mark.last;
    // Only the name has room for all numbers.
    let numbers = if is_several { format!("{}–{}", mark.first, mark.last) } else { mark.first.to_string() };
    let range = mark.event.end.as_ref().map(|end| scale.at(end.at) - mark.at).filter(|width| *width > 1.0);
    Point {
        at: share(mark.at, size.width),
        from: top - 6.0,
        x: share(x, size.width),
        y,
        label: None,
        number: mark.first,
        name: [&numbers, ". ", &time_text(mark.stamp, pen, days), ": ", &mark.event.text].concat(),
        iso: mark.stamp.iso.clone(),
        anchor: mark.event.anchor.clone(),
        is_approximate: mark.stamp.approximate,
        is_milestone: mark.is_milestone,
        is_several,
        range: range.map(|width| width / size.width),
    }
}
