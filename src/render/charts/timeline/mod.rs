//! The drawn timeline of one postmortem: its phases as a band, its milestones as flags, its events as points.

mod drawing;
mod input;
mod phases;
#[cfg(test)]
mod tests;
mod view;

use crate::{model::Milestone, render::charts::scale::days_differ};
pub use input::{Event, Input, Stamp, Window};
pub use phases::Phase;
pub use view::*;

/// Draws a timeline. None when there is nothing to draw and nothing to say.
pub fn timeline(input: &Input) -> Option<TimelineView> {
    let milestones = drawable(&input.milestones);
    let mut times: Vec<i64> = milestones.iter().map(|(_, stamp)| stamp.at).collect();
    for event in &input.events {
        times.extend(event.at.iter().chain(&event.end).map(|stamp| stamp.at));
    }
    for window in &input.windows {
        times.push(window.from.at);
        times.extend(window.to.iter().map(|stamp| stamp.at));
    }
    times.sort_unstable();
    times.dedup();
    let (first, last) = (*times.first()?, *times.last()?);
    let phases = phases::phases(&milestones);
    let undrawn = input.events.iter().filter(|event| event.at.is_none()).count();
    let many_days = days_differ(first, last, input.zone.as_ref());
    let rows = view::rows(input, many_days);
    let zone = input.zone.as_ref().map(ToString::to_string);
    let drawings: Vec<Drawing> = drawing::SIZES
        .iter()
        .filter_map(|size| drawing::draw(input, &milestones, &phases, &times, size))
        .collect();
    let words = drawings
        .is_empty()
        .then(|| "Only one moment is known, so there is no span of time to draw.".to_owned());
    let is_broken = drawings.iter().any(|drawing| !drawing.breaks.is_empty());
    Some(TimelineView {
        id: input.id.clone(),
        description: view::description(input, &milestones, &phases),
        notes: view::notes(zone.as_deref(), is_broken, undrawn, input),
        time_heading: zone.map_or_else(|| "Time".to_owned(), |zone| format!("Time ({zone})")),
        phases: phases.iter().map(PhaseView::from).collect(),
        words,
        drawings,
        rows,
    })
}

/// The milestones of the incident itself, by time.
fn drawable(milestones: &[(Milestone, Stamp)]) -> Vec<(Milestone, Stamp)> {
    let mut kept: Vec<_> = milestones
        .iter()
        .filter(|(milestone, _)| !matches!(milestone, Milestone::Closed | Milestone::Published))
        .cloned()
        .collect();
    kept.sort_by_key(|(milestone, stamp)| (stamp.at, *milestone));
    kept
}
