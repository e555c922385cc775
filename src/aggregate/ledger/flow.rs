//! Work over time: how much was opened and closed in each month, and how much was open at its end.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{History, Ledger, What};
use crate::aggregate::Month;

/// What happened to the action items of an archive in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MonthOfWork {
    /// Items that somebody committed to.
    pub opened: usize,
    /// Items that were finished or decided against.
    pub closed: usize,
    /// How often one was put off.
    pub slipped: usize,
    /// Items that were unfinished when it ended.
    pub open: usize,
}

/// All months from the first item to today, without a gap.
pub type Flow = BTreeMap<Month, MonthOfWork>;

impl Ledger {
    /// Work over time, up to the day of today.
    pub fn flow(&self, today: NaiveDate) -> Flow {
        let mut flow = Flow::new();
        for history in self.all() {
            for (day, change) in changes(history).into_iter().filter(|(day, _)| *day <= today) {
                let month = flow.entry(Month::of(day)).or_default();
                match change {
                    Change::Opened => month.opened += 1,
                    Change::Closed => month.closed += 1,
                    Change::Slipped => month.slipped += 1,
                }
            }
        }
        let Some((mut month, _)) = flow.first_key_value().map(|(month, work)| (*month, *work)) else {
            return flow;
        };
        let mut open = 0_usize;
        while month <= Month::of(today) {
            let work = flow.entry(month).or_default();
            open = (open + work.opened).saturating_sub(work.closed);
            work.open = open;
            month = month.next();
        }
        flow
    }
}

enum Change {
    Opened,
    Closed,
    Slipped,
}

/// When an item began and ceased to be unfinished work, and when it was put off. An item that was finished when it was
/// written down was never open.
fn changes(history: &History) -> Vec<(NaiveDate, Change)> {
    let mut is_open = false;
    let mut changes = Vec::new();
    // Stated days may contradict each other; nothing ends before it has begun.
    let mut day = NaiveDate::MIN;
    for event in &history.events {
        day = day.max(event.day);
        let is_open_now = match event.what {
            What::Opened { status } | What::Status { to: status, .. } | What::Returned { status } => {
                status.is_unfinished()
            }
            What::Removed { .. } => false,
            What::Due { .. } => {
                if is_open && event.what.slip().is_some() {
                    changes.push((day, Change::Slipped));
                }
                continue;
            }
        };
        if is_open_now != is_open {
            changes.push((day, if is_open_now { Change::Opened } else { Change::Closed }));
        }
        is_open = is_open_now;
    }
    changes
}
