//! Action items across the archive: what is open, whose turn it is, what is late.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{Days, NaiveDate};
use rayon::prelude::*;

use crate::{
    aggregate::{step::Step, tally::Way},
    config::Config,
    model::{ActionItem, ActionStatus, Archive, Due, Postmortem, archive::merged},
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
    pub team: Option<Arc<str>>,
}

impl ActionEntry {
    /// Its place among all items, the most pressing first. No two have the same.
    fn press(&self) -> impl Ord + use<> {
        let late = !self.is_overdue;
        let finished = !self.status.is_unfinished();
        let due = self.due.map_or(NaiveDate::MAX, Due::last_day);
        (late, finished, if finished { NaiveDate::MAX } else { due }, self.postmortem, self.action)
    }

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
    /// What there is after a step. `self` is what there was before it.
    pub(super) fn follow(&self, step: Step<'_>) -> Self {
        let kept = self.entries.iter().filter_map(|entry| {
            let postmortem = step.moves.to(entry.postmortem)?;
            Some(ActionEntry { postmortem, ..entry.clone() })
        });
        let fresh: Vec<Vec<ActionEntry>> =
            step.par_fresh().map(|(at, postmortem)| entries(step, at, postmortem)).collect();
        let mut summary = Self { entries: Vec::new(), ..self.counts() };
        for entry in self.entries.iter().filter(|entry| step.moves.to(entry.postmortem).is_none()) {
            summary.count(entry, step.before, Way::Out);
        }
        let mut teams = BTreeSet::new();
        let mut fresh: Vec<ActionEntry> = fresh.into_iter().flatten().collect();
        for entry in &mut fresh {
            summary.count(entry, step.archive, Way::In);
            if let Some(team) = &mut entry.team {
                share(team, &mut teams);
            }
        }
        summary.entries = merged(kept.collect(), fresh, |a, b| a.press().cmp(&b.press()));
        summary
    }

    /// The counts without what is counted.
    fn counts(&self) -> Self {
        let Self {
            entries: _,
            by_status,
            unfinished_by_owner,
            unfinished_by_team,
            unfinished_by_priority,
            unfinished_by_age,
            unfinished,
            overdue,
            unowned,
        } = self;
        Self {
            entries: Vec::new(),
            by_status: by_status.clone(),
            unfinished_by_owner: unfinished_by_owner.clone(),
            unfinished_by_team: unfinished_by_team.clone(),
            unfinished_by_priority: unfinished_by_priority.clone(),
            unfinished_by_age: unfinished_by_age.clone(),
            unfinished: *unfinished,
            overdue: *overdue,
            unowned: *unowned,
        }
    }

    fn count(&mut self, entry: &ActionEntry, archive: &Archive, way: Way) {
        let Some((_, item)) = entry.item(archive) else { return };
        way.of(&mut self.by_status, &entry.status);
        if !entry.status.is_unfinished() {
            return;
        }
        way.one(&mut self.unfinished, true);
        way.one(&mut self.overdue, entry.is_overdue);
        way.one(&mut self.unowned, item.owner.is_none());
        way.of(&mut self.unfinished_by_age, &AgeBand::of(entry.age_days));
        let priority = item.priority.as_ref().map(|priority| priority.value.as_str()).unwrap_or_default();
        way.of(&mut self.unfinished_by_priority, priority);
        if let Some(owner) = &item.owner {
            way.of(&mut self.unfinished_by_owner, owner.value.as_str());
        }
        if let Some(team) = &entry.team {
            way.of(&mut self.unfinished_by_team, &**team);
        }
    }

    /// How many postmortems have unfinished items.
    pub fn unfinished_in(&self) -> usize {
        let unfinished = self.entries.iter().filter(|entry| entry.status.is_unfinished());
        let mut places: Vec<usize> = unfinished.map(|entry| entry.postmortem).collect();
        places.sort_unstable();
        places.dedup();
        places.len()
    }

    /// How many items are in a state.
    pub fn count_of(&self, status: ActionStatus) -> usize {
        self.by_status.get(&status).copied().unwrap_or_default()
    }
}

/// Has a name once in memory that many have.
fn share(name: &mut Arc<str>, names: &mut BTreeSet<Arc<str>>) {
    match names.get(&**name) {
        Some(known) => *name = Arc::clone(known),
        None => drop(names.insert(Arc::clone(name))),
    }
}

fn entries(step: Step<'_>, at: usize, postmortem: &Postmortem) -> Vec<ActionEntry> {
    let items = postmortem.actions.iter().enumerate();
    items.map(|(nth, item)| entry(step.config, step.today, (at, postmortem), (nth, item))).collect()
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

fn team_of(config: &Config, postmortem: &Postmortem, item: &ActionItem) -> Option<Arc<str>> {
    let owner = item.owner.as_ref().map(|owner| owner.value.trim_start_matches('@'));
    let of_owner = owner.and_then(|owner| {
        let own =
            postmortem.teams.iter().map(|team| &team.value).find(|team| team.eq_ignore_ascii_case(owner));
        config.team(owner).map(|team| &team.id).or(own)
    });
    let only = match postmortem.teams.as_slice() {
        [only] => Some(&only.value),
        _ => None,
    };
    of_owner.or(only).map(|team| Arc::from(team.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        aggregate::aggregate,
        model::fixture::{action, day, fact, postmortem},
    };

    fn summarise(postmortems: Vec<Postmortem>, config: &Config) -> (Archive, ActionSummary) {
        let archive = Archive::new(postmortems);
        let summary = aggregate(&archive, config, day("2026-11-21"));
        (archive, summary.actions)
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
