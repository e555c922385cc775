//! Action items across the archive: what is open, whose turn it is, what is late.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use rayon::prelude::*;

use crate::{
    config::Config,
    model::{ActionItem, ActionStatus, Archive, Due, Postmortem},
};

/// How long an unfinished item has been open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgeBand {
    /// At most 30 days.
    Month,
    /// 31 to 90 days.
    Quarter,
    /// 91 to 365 days.
    Year,
    /// Longer.
    Older,
    /// Neither the item nor its postmortem says a day.
    Unknown,
}

impl AgeBand {
    /// All of them, the youngest first.
    pub const ALL: [Self; 5] = [Self::Month, Self::Quarter, Self::Year, Self::Older, Self::Unknown];

    /// The band of an age in days.
    pub const fn of(days: Option<i64>) -> Self {
        match days {
            None => Self::Unknown,
            Some(..=30) => Self::Month,
            Some(..=90) => Self::Quarter,
            Some(..=365) => Self::Year,
            Some(_) => Self::Older,
        }
    }

    /// The key in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Older => "older",
            Self::Unknown => "unknown",
        }
    }

    /// The words on a page.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Month => "up to 30 days",
            Self::Quarter => "31 to 90 days",
            Self::Year => "91 to 365 days",
            Self::Older => "over a year",
            Self::Unknown => "age unknown",
        }
    }
}

/// One action item in its archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionEntry {
    /// The place of its postmortem in the archive.
    pub postmortem: usize,
    /// Its place in that postmortem.
    pub action: usize,
    /// Its state.
    pub status: ActionStatus,
    /// When it is due: as stated, else by the configured days for its priority.
    pub due: Option<Due>,
    /// True when the due day follows from the configuration, not from the document.
    pub due_is_derived: bool,
    /// True when it is committed to, unfinished, and its last day is over.
    pub is_overdue: bool,
    /// Days since it was opened, for unfinished items; since the incident when the item does not say.
    pub age_days: Option<i64>,
    /// The team that answers for it: the owner when that is a team, else the postmortem's only team.
    pub team: Option<String>,
}

impl ActionEntry {
    /// How many days ago it was due, when it is overdue.
    pub fn days_overdue(&self, today: NaiveDate) -> Option<i64> {
        self.due.filter(|_| self.is_overdue).map(|due| (today - due.last_day()).num_days())
    }

    /// The item itself.
    pub fn item<'a>(&self, archive: &'a Archive) -> Option<(&'a Postmortem, &'a ActionItem)> {
        let postmortem = archive.postmortems().get(self.postmortem)?;
        Some((postmortem, postmortem.actions.get(self.action)?))
    }
}

/// All action items, the most pressing first: overdue ones by due day, then unfinished ones by due day, then the rest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActionSummary {
    /// Every item of the archive.
    pub entries: Vec<ActionEntry>,
    /// How many items are in each state; states without items are absent.
    pub by_status: BTreeMap<ActionStatus, usize>,
    /// Unfinished items by owner as written, without those that have none.
    pub unfinished_by_owner: BTreeMap<String, usize>,
    /// Unfinished items by team, without those whose team is not known.
    pub unfinished_by_team: BTreeMap<String, usize>,
    /// Unfinished items by priority as written; an empty key for those without one.
    pub unfinished_by_priority: BTreeMap<String, usize>,
    /// Unfinished items by age.
    pub unfinished_by_age: BTreeMap<AgeBand, usize>,
    /// Unfinished items.
    pub unfinished: usize,
    /// Of those, the overdue ones.
    pub overdue: usize,
    /// Of the unfinished ones, those that nobody answers for.
    pub unowned: usize,
}

impl ActionSummary {
    pub(super) fn new(archive: &Archive, config: &Config, today: NaiveDate) -> Self {
        let mut entries: Vec<_> = archive
            .postmortems()
            .par_iter()
            .enumerate()
            .flat_map_iter(|(at, postmortem)| {
                postmortem
                    .actions
                    .iter()
                    .enumerate()
                    .map(move |(nth, item)| entry(config, today, (at, postmortem), (nth, item)))
            })
            .collect();
        // No two entries are alike.
        entries.par_sort_unstable_by_key(|entry| {
            let late = !entry.is_overdue;
            let finished = !entry.status.is_unfinished();
            let due = entry.due.map_or(NaiveDate::MAX, Due::last_day);
            (late, finished, if finished { NaiveDate::MAX } else { due }, entry.postmortem, entry.action)
        });
        let mut summary = Self { entries, ..Self::default() };
        summary.count(archive);
        summary
    }

    fn count(&mut self, archive: &Archive) {
        let (mut owners, mut teams, mut priorities) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for entry in &self.entries {
            let Some((_, item)) = entry.item(archive) else { continue };
            *self.by_status.entry(entry.status).or_default() += 1;
            if !entry.status.is_unfinished() {
                continue;
            }
            self.unfinished += 1;
            self.overdue += usize::from(entry.is_overdue);
            *self.unfinished_by_age.entry(AgeBand::of(entry.age_days)).or_default() += 1;
            let priority = item.priority.as_ref().map(|priority| priority.value.as_str()).unwrap_or_default();
            *priorities.entry(priority).or_default() += 1;
            match &item.owner {
                Some(owner) => *owners.entry(owner.value.as_str()).or_default() += 1,
                None => self.unowned += 1,
            }
            if let Some(team) = &entry.team {
                *teams.entry(team.as_str()).or_default() += 1;
            }
        }
        self.unfinished_by_owner = owned(owners);
        self.unfinished_by_team = owned(teams);
        self.unfinished_by_priority = owned(priorities);
    }

    /// How many items are in a state.
    pub fn count_of(&self, status: ActionStatus) -> usize {
        self.by_status.get(&status).copied().unwrap_or_default()
    }

    /// Unfinished items of one postmortem.
    pub fn unfinished_of(&self, postmortem: usize) -> usize {
        self.entries
            .iter()
            .filter(|entry| entry.postmortem == postmortem && entry.status.is_unfinished())
            .count()
    }
}

fn owned(counts: BTreeMap<&str, usize>) -> BTreeMap<String, usize> {
    counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect()
}

fn entry(
    config: &Config,
    today: NaiveDate,
    (at, postmortem): (usize, &Postmortem),
    (nth, item): (usize, &ActionItem),
) -> ActionEntry {
    let status = item.status.value;
    let day = postmortem.date.as_ref().map(|date| date.value);
    let stated = item.due.as_ref().map(|due| due.value);
    let derived = || {
        let days = config.actions.due_days.get(&item.priority.as_ref()?.value)?;
        day?.checked_add_days(Days::new(u64::from(*days))).map(Due::Day)
    };
    let due = stated.or_else(derived);
    let opened = item.opened.as_ref().map(|opened| opened.value).or(day);
    ActionEntry {
        postmortem: at,
        action: nth,
        status,
        due,
        due_is_derived: stated.is_none() && due.is_some(),
        is_overdue: status.is_unfinished() && due.is_some_and(|due| due.last_day() < today),
        age_days: opened.filter(|_| status.is_unfinished()).map(|opened| (today - opened).num_days().max(0)),
        team: team_of(config, postmortem, item),
    }
}

fn team_of(config: &Config, postmortem: &Postmortem, item: &ActionItem) -> Option<String> {
    let owner = item.owner.as_ref().map(|owner| owner.value.trim_start_matches('@'));
    let of_owner = owner.and_then(|owner| {
        let own =
            postmortem.teams.iter().map(|team| &team.value).find(|team| team.eq_ignore_ascii_case(owner));
        config.team(owner).map(|team| team.id.clone()).or_else(|| own.cloned())
    });
    of_owner.or_else(|| match postmortem.teams.as_slice() {
        [only] => Some(only.value.clone()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::{action, day, fact, postmortem};

    fn summarise(postmortems: Vec<Postmortem>, config: &Config) -> (Archive, ActionSummary) {
        let archive = Archive::new(postmortems);
        let summary = ActionSummary::new(&archive, config, day("2026-11-21"));
        (archive, summary)
    }

    #[test]
    fn the_most_pressing_items_come_first_and_only_committed_ones_count() {
        let mut a = postmortem("a", "2026-10-01");
        a.actions = vec![
            action("done-late", ActionStatus::Done, "2026-10-02"),
            action("no-date", ActionStatus::Open, ""),
            action("later", ActionStatus::Blocked, "2026-12-24"),
            action("late", ActionStatus::InProgress, "2026-11-20"),
            action("today", ActionStatus::Open, "2026-11-21"),
            action("idea", ActionStatus::Proposed, "2026-01-01"),
            action("later-still", ActionStatus::Open, "2026-11-01"),
        ];
        let (archive, summary) = summarise(vec![a], &Config::default());
        let order: Vec<_> =
            summary.entries.iter().map(|entry| entry.item(&archive).unwrap().1.title.as_str()).collect();
        assert_eq!(order, ["later-still", "late", "today", "later", "no-date", "done-late", "idea"]);
        assert_eq!((summary.unfinished, summary.overdue, summary.unowned), (5, 2, 5));
        assert_eq!(summary.count_of(ActionStatus::Open), 3);
        assert_eq!(summary.unfinished_by_age, BTreeMap::from([(AgeBand::Quarter, 5)]));
    }

    #[test]
    fn a_due_day_follows_from_the_priority_when_the_document_states_none() {
        let mut config = Config::default();
        config.actions.due_days.insert("P1".to_owned(), 28);
        let mut a = postmortem("a", "2026-10-01");
        let mut item = action("cap", ActionStatus::Open, "");
        item.priority = Some(fact("P1".to_owned()));
        a.actions = vec![item];
        let (_, summary) = summarise(vec![a], &config);
        assert_eq!(summary.entries[0].due, Some(Due::Day(day("2026-10-29"))));
        assert!(summary.entries[0].due_is_derived && summary.entries[0].is_overdue);
    }

    #[test]
    fn the_owner_tells_the_team_and_else_the_only_team_of_the_postmortem() {
        let mut a = postmortem("a", "2026-10-01");
        a.teams = vec![fact("storefront".to_owned()), fact("payments".to_owned())];
        let mut owned = action("owned", ActionStatus::Open, "");
        owned.owner = Some(fact("@Payments".to_owned()));
        a.actions = vec![owned, action("unowned", ActionStatus::Open, "")];
        let (_, summary) = summarise(vec![a], &Config::default());
        assert_eq!(summary.unfinished_by_team, BTreeMap::from([("payments".to_owned(), 1)]));
        assert_eq!(summary.unfinished_by_owner, BTreeMap::from([("@Payments".to_owned(), 1)]));
    }
}
