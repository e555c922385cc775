//! What the archive says as a whole: archive → summary.
//!
//! Pure: `today` is a parameter, every list is sorted, and positions refer to [`Archive::postmortems`]. Nothing here
//! ranks or scores a person; owners are counted only as the answer to "whose turn is it".

pub mod actions;
pub mod anniversaries;
pub mod budgets;
#[cfg(test)]
mod chance;
pub mod closing;
pub mod digest;
pub mod distribution;
pub mod frequency;
pub mod groups;
pub mod identity;
pub mod ledger;
pub mod measures;
pub mod over_time;
pub mod publication;
pub mod related;
pub mod step;
mod tally;
#[cfg(test)]
mod tests;
pub mod urgency;

pub use actions::{ActionEntry, ActionSummary, AgeBand};
pub use anniversaries::Anniversaries;
pub use budgets::{Budget, Cost, Minutes, MonthCost};
pub use closing::{Closing, Cohort, Outcome};
pub use digest::{Digest, Item, News, TeamNews};
pub use distribution::Distribution;
pub use frequency::{Frequency, Month, Share};
pub use groups::{Group, Groups};
pub use ledger::{Book, Event, History, Ledger};
pub use measures::{End, MeasureSummary, Reading, end};
pub use over_time::{FactorsOverTime, noticed};
pub use related::{Chain, Reason, Related, Relations};
pub use step::Step;
pub use urgency::{Urgency, soon};

use std::sync::Arc;

use chrono::NaiveDate;

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
    /// The error budget of each objective, in the order of the configuration.
    pub budgets: Vec<Budget>,
    /// How often, how bad, found by whom.
    pub frequency: Frequency,
    /// Services, teams, tags, factors, years.
    pub groups: Arc<Groups>,
    /// Which postmortems belong together.
    pub related: Relations,
    /// Postmortems of this day, and of the days around it, in earlier years.
    pub anniversaries: Anniversaries,
}

/// Looks at all postmortems together.
pub fn aggregate(archive: &Archive, config: &Config, today: NaiveDate) -> Summary {
    let (nothing, before) = (Summary::of_nothing(config, today), Archive::default());
    let moves = archive.moves_from_nothing();
    nothing.follow(Step { before: &before, archive, moves: &moves, config, today })
}

impl Summary {
    /// What there is to say of no postmortems.
    fn of_nothing(config: &Config, today: NaiveDate) -> Self {
        Self {
            today,
            measures: Vec::new(),
            actions: ActionSummary::default(),
            budgets: Vec::new(),
            frequency: Frequency::default(),
            groups: Arc::default(),
            related: Relations::of_nothing(config),
            anniversaries: Anniversaries::default(),
        }
    }

    /// What there is to say after a step. `self` is what was said before it, under the same configuration and on the same
    /// day.
    #[must_use]
    pub fn follow(&self, step: Step<'_>) -> Self {
        let together = || (self.groups.follow(step), measures::follow(&self.measures, step));
        let one_by_one = || {
            let actions = self.actions.follow(step);
            (actions, budgets::follow(&self.budgets, step), self.frequency.follow(step))
        };
        let ((groups, measures), (actions, budgets, frequency)) = rayon::join(together, one_by_one);
        let groups = Arc::new(groups);
        let related = self.related.follow(step, &groups);
        let anniversaries = self.anniversaries.follow(step);
        Self { today: step.today, measures, actions, budgets, frequency, groups, related, anniversaries }
    }
}
