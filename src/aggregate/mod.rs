//! What the archive says as a whole: archive → summary.
//!
//! Pure: `today` is a parameter, every list is sorted, and positions refer to [`Archive::postmortems`]. Nothing here
//! ranks or scores a person; owners are counted only as the answer to "whose turn is it".

pub mod actions;
pub mod anniversaries;
pub mod budgets;
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
pub use related::{Chain, Forms, Reason, Related, Relations};
pub use urgency::{TeamWeek, Urgency, Week};

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
    aggregate_with(archive, config, today, &Arc::default())
}

/// The same with what is known of words from an archive that was much the same.
pub fn aggregate_with(archive: &Archive, config: &Config, today: NaiveDate, forms: &Arc<Forms>) -> Summary {
    let together = || (Groups::new(archive, config), measures::measure(archive, config));
    let one_by_one = || {
        let actions = ActionSummary::new(archive, config, today);
        (actions, budgets::budgets(archive, config, today), Frequency::new(archive, config))
    };
    let ((groups, measures), (actions, budgets, frequency)) = rayon::join(together, one_by_one);
    let groups = Arc::new(groups);
    let related = Relations::new(&groups, config, forms);
    let anniversaries = Anniversaries::new(archive, today);
    Summary { today, measures, actions, budgets, frequency, groups, related, anniversaries }
}
