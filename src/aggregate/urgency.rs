//! Which action items press.

use chrono::{Days, NaiveDate};

use crate::{
    aggregate::ActionEntry,
    model::{ActionStatus, Due},
};

/// How many days ahead are soon.
pub const SOON: u64 = 14;

/// How an action item presses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Its day is over.
    Overdue,
    /// It is due within [`SOON`] days.
    Soon,
    /// It is due after that.
    Later,
    /// It is committed to without a day.
    Undated,
    /// Nobody has committed to it.
    Proposed,
    /// It is done or decided against.
    Closed,
}

impl Urgency {
    /// All of them, the most pressing first.
    pub const ALL: [Self; 6] =
        [Self::Overdue, Self::Soon, Self::Later, Self::Undated, Self::Proposed, Self::Closed];

    /// Of an item on a day.
    pub fn of(entry: &ActionEntry, today: NaiveDate) -> Self {
        if entry.status == ActionStatus::Proposed {
            return Self::Proposed;
        }
        if !entry.status.is_unfinished() {
            return Self::Closed;
        }
        match entry.due.map(Due::last_day) {
            _ if entry.is_overdue => Self::Overdue,
            None => Self::Undated,
            Some(day) if day <= soon(today) => Self::Soon,
            Some(_) => Self::Later,
        }
    }

    /// The key in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Soon => "soon",
            Self::Later => "later",
            Self::Undated => "undated",
            Self::Proposed => "proposed",
            Self::Closed => "closed",
        }
    }

    /// The words on a page.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Soon => "due within 14 days",
            Self::Later => "due later",
            Self::Undated => "no due date",
            Self::Proposed => "proposed",
            Self::Closed => "closed",
        }
    }
}

/// The last day that counts as soon.
pub fn soon(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(SOON)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        aggregate::aggregate,
        config::Config,
        model::{
            Archive,
            fixture::{action, day, postmortem},
        },
    };

    const TODAY: &str = "2026-11-21";

    #[test]
    fn an_item_presses_by_its_day_and_its_state() {
        let mut a = postmortem("a", "2026-10-01");
        a.actions = vec![
            action("late", ActionStatus::Open, "2026-11-20"),
            action("today", ActionStatus::Open, "2026-11-21"),
            action("soon", ActionStatus::Blocked, "2026-12-05"),
            action("later", ActionStatus::Open, "2026-12-06"),
            action("undated", ActionStatus::InProgress, ""),
            action("done", ActionStatus::Done, "2026-01-01"),
            action("idea", ActionStatus::Proposed, "2026-01-01"),
        ];
        let summary = aggregate(&Archive::new(vec![a]), &Config::default(), day(TODAY)).actions;
        let urgencies: Vec<_> =
            summary.entries.iter().map(|entry| Urgency::of(entry, day(TODAY)).key()).collect();
        assert_eq!(urgencies, ["overdue", "soon", "soon", "later", "undated", "closed", "proposed"]);
    }
}
