//! Which action items press, and what a team talks about in its weekly meeting.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{Days, NaiveDate};

use crate::{
    aggregate::{ActionEntry, ActionSummary},
    model::{ActionStatus, Archive, Due},
};

/// How many days ahead are soon.
pub const SOON: u64 = 14;
/// How many days back are lately: from one weekly meeting to the next.
pub const LATELY: u64 = 7;

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

fn soon(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(SOON)).unwrap_or(NaiveDate::MAX)
}

/// What there is to say of the action items of an archive in a weekly meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// The first day that counts as lately.
    pub since: NaiveDate,
    /// The last day that counts as soon.
    pub until: NaiveDate,
    /// By team, in the order of their ids, then what no team is known of. Teams without unfinished and without lately
    /// closed items are absent.
    pub teams: Vec<TeamWeek>,
}

/// What there is to say of the action items of a team. Every number is a place in [`ActionSummary::entries`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TeamWeek {
    /// The team; none for items whose team is not known.
    pub team: Option<Arc<str>>,
    /// Became overdue lately.
    pub newly_overdue: Vec<usize>,
    /// Overdue for longer.
    pub overdue: Vec<usize>,
    /// Due soon.
    pub due_soon: Vec<usize>,
    /// Closed lately: done, or decided against.
    pub closed: Vec<usize>,
    /// Opened lately.
    pub opened: Vec<usize>,
    /// How many are unfinished.
    pub unfinished: usize,
}

impl Week {
    /// The week that ends with `today`.
    pub fn new(archive: &Archive, actions: &ActionSummary, today: NaiveDate) -> Self {
        let since = today.checked_sub_days(Days::new(LATELY)).unwrap_or(NaiveDate::MIN);
        let is_lately = |day: NaiveDate| since <= day && day <= today;
        let mut teams: BTreeMap<Option<Arc<str>>, TeamWeek> = BTreeMap::new();
        for (at, entry) in actions.entries.iter().enumerate() {
            let Some((_, item)) = entry.item(archive) else { continue };
            let urgency = Urgency::of(entry, today);
            let is_closed = urgency == Urgency::Closed
                && item.closed.as_ref().is_some_and(|closed| is_lately(closed.value));
            if !is_closed && !entry.status.is_unfinished() {
                continue;
            }
            let week = teams.entry(entry.team.clone()).or_default();
            week.unfinished += usize::from(!is_closed);
            match urgency {
                Urgency::Overdue if entry.due.is_some_and(|due| is_lately(due.last_day())) => {
                    week.newly_overdue.push(at);
                }
                Urgency::Overdue => week.overdue.push(at),
                Urgency::Soon => week.due_soon.push(at),
                Urgency::Closed => week.closed.push(at),
                _ if item.opened.as_ref().is_some_and(|opened| is_lately(opened.value)) => {
                    week.opened.push(at);
                }
                _ => {}
            }
        }
        let mut teams: Vec<TeamWeek> =
            teams.into_iter().map(|(team, week)| TeamWeek { team, ..week }).collect();
        teams.sort_by_key(|week| week.team.is_none());
        Self { since, until: soon(today), teams }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        aggregate::aggregate,
        config::Config,
        model::{
            ActionItem,
            fixture::{action, day, fact, postmortem},
        },
    };

    const TODAY: &str = "2026-11-21";

    fn summarised(items: Vec<ActionItem>, team: &str) -> (Archive, ActionSummary) {
        let mut a = postmortem("a", "2026-10-01");
        a.teams = vec![fact(team.to_owned())];
        a.actions = items;
        let archive = Archive::new(vec![a]);
        let summary = aggregate(&archive, &Config::default(), day(TODAY)).actions;
        (archive, summary)
    }

    fn closed(id: &str, on: &str) -> ActionItem {
        ActionItem { closed: Some(fact(day(on))), ..action(id, ActionStatus::Done, "") }
    }

    #[test]
    fn an_item_presses_by_its_day_and_its_state() {
        let (_, summary) = summarised(
            vec![
                action("late", ActionStatus::Open, "2026-11-20"),
                action("today", ActionStatus::Open, "2026-11-21"),
                action("soon", ActionStatus::Blocked, "2026-12-05"),
                action("later", ActionStatus::Open, "2026-12-06"),
                action("undated", ActionStatus::InProgress, ""),
                action("done", ActionStatus::Done, "2026-01-01"),
                action("idea", ActionStatus::Proposed, "2026-01-01"),
            ],
            "booking",
        );
        let urgencies: Vec<_> =
            summary.entries.iter().map(|entry| Urgency::of(entry, day(TODAY)).key()).collect();
        assert_eq!(urgencies, ["overdue", "soon", "soon", "later", "undated", "closed", "proposed"]);
    }

    #[test]
    fn a_week_tells_what_is_new_since_the_last_meeting() {
        let (archive, summary) = summarised(
            vec![
                action("old", ActionStatus::Open, "2026-11-13"),
                action("new", ActionStatus::Open, "2026-11-14"),
                action("soon", ActionStatus::Open, "2026-12-05"),
                action("later", ActionStatus::Open, "2027-12-05"),
                closed("closed", "2026-11-14"),
                closed("long-closed", "2026-11-13"),
                ActionItem {
                    opened: Some(fact(day("2026-11-18"))),
                    ..action("opened", ActionStatus::Open, "2027-12-06")
                },
            ],
            "booking",
        );
        let week = Week::new(&archive, &summary, day(TODAY));
        let titles = |places: &[usize]| -> Vec<String> {
            places.iter().map(|at| summary.entries[*at].item(&archive).unwrap().1.title.clone()).collect()
        };
        assert_eq!((week.since, week.until), (day("2026-11-14"), day("2026-12-05")));
        let [team] = week.teams.as_slice() else { panic!("{:?}", week.teams) };
        assert_eq!(team.team.as_deref(), Some("booking"));
        assert_eq!(titles(&team.newly_overdue), ["new"]);
        assert_eq!(titles(&team.overdue), ["old"]);
        assert_eq!(titles(&team.due_soon), ["soon"]);
        assert_eq!(titles(&team.closed), ["closed"]);
        assert_eq!(titles(&team.opened), ["opened"]);
        assert_eq!(team.unfinished, 5);
    }

    #[test]
    fn a_team_with_nothing_to_say_is_absent() {
        let (archive, summary) = summarised(vec![closed("a", "2026-01-01")], "booking");
        assert_eq!(Week::new(&archive, &summary, day(TODAY)).teams, []);
    }
}
