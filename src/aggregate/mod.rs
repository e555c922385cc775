//! What the archive says as a whole: archive → summary.
//!
//! Pure: `today` is a parameter, every list is sorted, and positions refer to [`Archive::postmortems`]. Nothing here
//! ranks or scores a person; owners are counted only as the answer to "whose turn is it".

pub mod actions;
pub mod distribution;
pub mod frequency;
pub mod groups;
pub mod measures;
pub mod related;

pub use actions::{ActionEntry, ActionSummary, AgeBand};
pub use distribution::Distribution;
pub use frequency::{Frequency, Month, Share};
pub use groups::{Group, Groups};
pub use measures::{End, MeasureSummary, Reading, end};
pub use related::{Reason, Related};

use chrono::{Datelike, NaiveDate};

use crate::{config::Config, model::Archive};

/// Everything that is known only by looking at all postmortems together.
#[derive(Debug, Clone)]
pub struct Summary {
    /// The day for which it holds.
    pub today: NaiveDate,
    /// The measures, built-in ones first.
    pub measures: Vec<MeasureSummary>,
    /// Action items across the archive.
    pub actions: ActionSummary,
    /// How often, how bad, found by whom.
    pub frequency: Frequency,
    /// Services, teams, tags, factors, years.
    pub groups: Groups,
    /// For each postmortem, those it resembles, the nearest first.
    pub related: Vec<Vec<Related>>,
    /// Postmortems of this day in earlier years.
    pub on_this_day: Vec<usize>,
}

/// Looks at all postmortems together.
pub fn aggregate(archive: &Archive, config: &Config, today: NaiveDate) -> Summary {
    let groups = Groups::new(archive, config);
    Summary {
        today,
        measures: measures::measure(archive, config),
        actions: ActionSummary::new(archive, config, today),
        frequency: Frequency::new(archive, config),
        related: related::relate(archive, &groups),
        groups,
        on_this_day: on_this_day(archive, today),
    }
}

fn on_this_day(archive: &Archive, today: NaiveDate) -> Vec<usize> {
    let same = |date: NaiveDate| {
        date.month() == today.month() && date.day() == today.day() && date.year() < today.year()
    };
    (0..)
        .zip(archive.postmortems())
        .filter(|(_, postmortem)| postmortem.date.as_ref().is_some_and(|date| same(date.value)))
        .map(|(at, _)| at)
        .collect()
}
