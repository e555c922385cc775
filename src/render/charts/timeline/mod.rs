//! The drawn timeline of one postmortem: its phases as a band, its milestones as flags, its events as points.

mod drawing;
mod input;
mod marks;
mod phases;
mod points;
#[cfg(test)]
mod tests;
mod view;

use crate::{
    model::Milestone,
    render::{charts::scale::days_differ, words::Words},
};
pub use input::{Event, Input, Stamp, Window};
pub use phases::Phase;
pub use view::*;

/// Draws a timeline. None when there is nothing to draw and nothing to say.
pub fn timeline(input: &Input, words: &Words) -> Option<TimelineView> {
    let pen = &Pen { input, words };
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
    let rows = view::rows(pen, many_days);
    let zone = input.zone.as_ref().map(ToString::to_string);
    let drawings: Vec<Drawing> = drawing::SIZES
        .iter()
        .filter_map(|size| drawing::draw(pen, &milestones, &phases, &times, size))
        .collect();
    let is_empty = drawings.is_empty();
    Some(TimelineView {
        id: input.id.clone(),
        description: view::description(pen, &milestones, &phases, zone.as_deref(), many_days),
        notes: view::notes(&drawings, undrawn, pen),
        zone: zone.unwrap_or_default(),
        phases: phases.iter().map(|phase| view::phase(phase, words)).collect(),
        words: is_empty.then(|| words.say("timeline.one-moment").to_owned()),
        drawings,
        rows,
    })
}

/// What is drawn, and the words for it.
pub(super) struct Pen<'a> {
    input: &'a Input,
    words: &'a Words,
}

impl Pen<'_> {
    /// The name of a milestone, with the word for one that nothing states.
    fn name(&self, milestone: Milestone) -> String {
        let name = self.words.of("milestone", milestone.key());
        if self.input.inferred.contains(&milestone) {
            self.words.fill("timeline.inferred-name", &[("name", &name)])
        } else {
            name.to_owned()
        }
    }
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
