//! By when a postmortem should be there for its readers.

use chrono::{Days, NaiveDate};

use crate::model::{Milestone, Postmortem};

/// So many days after its end an incident is still remembered.
pub const DAYS: u16 = 30;

/// The day on which the incident was over, as far as the document says; the day of the incident where it does not.
pub fn end(postmortem: &Postmortem) -> Option<NaiveDate> {
    let ends = [Milestone::Resolved, Milestone::Ended, Milestone::Mitigated];
    ends.iter()
        .find_map(|end| postmortem.time(*end)?.date)
        .or(postmortem.date.as_ref().map(|date| date.value))
}

/// The last day on which a postmortem comes early enough.
pub fn due(postmortem: &Postmortem) -> Option<NaiveDate> {
    end(postmortem)?.checked_add_days(Days::new(u64::from(DAYS)))
}
