//! What became of action items, by when they were opened: how many were closed, in time or late, and how soon.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::{
    aggregate::{ActionEntry, ActionSummary, Distribution},
    model::{ActionItem, ActionStatus, Archive, Due, Postmortem},
};

/// What became of a committed action item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Done by the day that it was due.
    InTime,
    /// Done after that day.
    Late,
    /// Done; it was not due on any day, or nothing says when it was done.
    Done,
    /// Decided against.
    Dropped,
    /// Unfinished, and not overdue.
    Open,
    /// Unfinished, and its day is over.
    Overdue,
}

impl Outcome {
    /// All of them, in the order of a chart.
    pub const ALL: [Self; 6] =
        [Self::InTime, Self::Late, Self::Done, Self::Dropped, Self::Open, Self::Overdue];

    /// Of an item; none for one that nobody has committed to.
    pub fn of(entry: &ActionEntry, item: &ActionItem) -> Option<Self> {
        match entry.status {
            ActionStatus::Proposed => None,
            ActionStatus::WontDo => Some(Self::Dropped),
            ActionStatus::Open | ActionStatus::InProgress | ActionStatus::Blocked => {
                Some(if entry.is_overdue { Self::Overdue } else { Self::Open })
            }
            ActionStatus::Done => Some(match (item.closed.as_ref(), entry.due.map(Due::last_day)) {
                (Some(closed), Some(due)) if closed.value <= due => Self::InTime,
                (Some(_), Some(_)) => Self::Late,
                _ => Self::Done,
            }),
        }
    }
}

/// Action items that were opened in one quarter of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cohort {
    /// The year.
    pub year: i32,
    /// 1 to 4.
    pub quarter: u32,
    /// How many of each of [`Outcome::ALL`].
    pub outcomes: [usize; 6],
}

/// What became of the committed action items of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Closing {
    /// By the quarter in which they were opened, the earliest first; quarters without any are absent.
    pub cohorts: Vec<Cohort>,
    /// Seconds from opening to closing, of those that are done and say both days. An item that does not say when it was
    /// opened was opened on the day of its postmortem.
    pub took: Distribution,
    /// Those that are in no quarter, since neither they nor their postmortems say a day.
    pub undated: usize,
}

impl Closing {
    /// Looks at all action items.
    pub fn new(archive: &Archive, actions: &ActionSummary) -> Self {
        let mut cohorts: BTreeMap<(i32, u32), [usize; 6]> = BTreeMap::new();
        let mut took = Vec::new();
        let mut undated = 0;
        for entry in &actions.entries {
            let Some((postmortem, item)) = entry.item(archive) else { continue };
            let Some(outcome) = Outcome::of(entry, item) else { continue };
            let Some(opened) = opened(postmortem, item) else {
                undated += 1;
                continue;
            };
            let outcomes = cohorts.entry((opened.year(), opened.month0() / 3 + 1)).or_default();
            if let Some(count) = outcomes.get_mut(outcome as usize) {
                *count += 1;
            }
            let closed = item.closed.as_ref().filter(|_| entry.status == ActionStatus::Done);
            took.extend(closed.map(|closed| (closed.value - opened).num_seconds()).filter(|took| *took >= 0));
        }
        Self {
            cohorts: cohorts
                .into_iter()
                .map(|((year, quarter), outcomes)| Cohort { year, quarter, outcomes })
                .collect(),
            took: Distribution::new(took),
            undated,
        }
    }
}

fn opened(postmortem: &Postmortem, item: &ActionItem) -> Option<chrono::NaiveDate> {
    item.opened.as_ref().or(postmortem.date.as_ref()).map(|day| day.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        aggregate::aggregate,
        config::Config,
        model::fixture::{action, day, fact, postmortem},
    };

    #[test]
    fn items_are_counted_by_the_quarter_of_their_opening_and_by_what_became_of_them() {
        let closed = |item: ActionItem, on: &str| ActionItem { closed: Some(fact(day(on))), ..item };
        let mut a = postmortem("a", "2026-02-10");
        a.actions = vec![
            closed(action("in-time", ActionStatus::Done, "2026-03-10"), "2026-03-10"),
            closed(action("late", ActionStatus::Done, "2026-03-10"), "2026-03-11"),
            closed(action("undue", ActionStatus::Done, ""), "2026-02-11"),
            action("done", ActionStatus::Done, "2026-03-10"),
            action("dropped", ActionStatus::WontDo, "2026-03-10"),
            action("idea", ActionStatus::Proposed, ""),
            ActionItem {
                opened: Some(fact(day("2026-04-01"))),
                ..action("overdue", ActionStatus::Blocked, "2026-05-01")
            },
        ];
        let mut undated = postmortem("b", "");
        undated.actions = vec![action("nowhere", ActionStatus::Open, "")];
        let archive = Archive::new(vec![a, undated]);
        let actions = aggregate(&archive, &Config::default(), day("2026-11-21")).actions;
        let closing = Closing::new(&archive, &actions);
        assert_eq!(
            closing.cohorts,
            [
                Cohort { year: 2026, quarter: 1, outcomes: [1, 1, 2, 1, 0, 0] },
                Cohort { year: 2026, quarter: 2, outcomes: [0, 0, 0, 0, 0, 1] },
            ]
        );
        let days: Vec<i64> = closing.took.values().iter().map(|seconds| seconds / 86_400).collect();
        assert_eq!((days, closing.undated), (vec![1, 28, 29], 1));
    }
}
