//! What there is to say about action items at a meeting: what has become overdue since the last one, what is due soon,
//! what was closed, opened and put off, team by team. `afterword actions digest` prints it, and the site has a page of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    aggregate::{
        ActionEntry, Summary, Urgency,
        ledger::{Event, Ledger, What},
    },
    model::ActionStatus,
};

/// The kinds of news, in the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum News {
    /// It became overdue.
    Overdue,
    /// It is due soon.
    DueSoon,
    /// It was put off.
    Slipped,
    /// Finished work is to be done after all.
    Reopened,
    /// It was finished or decided against.
    Closed,
    /// It was written down, and somebody is committed to it.
    Opened,
}

impl News {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Overdue, Self::DueSoon, Self::Slipped, Self::Reopened, Self::Closed, Self::Opened];

    /// The heading above its items.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Overdue => "newly overdue",
            Self::DueSoon => "due soon",
            Self::Slipped => "put off",
            Self::Reopened => "opened again",
            Self::Closed => "closed",
            Self::Opened => "newly opened",
        }
    }

    /// The key in exports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Overdue => "newly-overdue",
            Self::DueSoon => "due-soon",
            Self::Slipped => "slipped",
            Self::Reopened => "reopened",
            Self::Closed => "closed",
            Self::Opened => "opened",
        }
    }
}

/// An item of which there is news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<'a> {
    /// The item.
    pub entry: &'a ActionEntry,
    /// What is new: `due 2026-11-18`, `put off by 31 days to 2026-12-24, for the third time`.
    pub note: String,
}

/// The news of one team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamNews<'a> {
    /// Its id; none for items of which no team is known.
    pub team: Option<&'a str>,
    /// What is new; kinds without items are absent.
    pub news: BTreeMap<News, Vec<Item<'a>>>,
    /// Its items that are overdue for longer.
    pub late: Vec<&'a ActionEntry>,
    /// Its unfinished items.
    pub unfinished: usize,
    /// Of those, the overdue ones.
    pub overdue: usize,
}

impl TeamNews<'_> {
    /// True when there is something to talk about.
    pub fn is_worth_a_word(&self) -> bool {
        !self.news.is_empty() || self.overdue > 0
    }
}

/// The news of a span of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest<'a> {
    /// The first day.
    pub since: NaiveDate,
    /// The last day.
    pub today: NaiveDate,
    /// By name; the items of no team come last. Teams without news and without unfinished work are absent.
    pub teams: Vec<TeamNews<'a>>,
    /// What was taken out of the documents unfinished: the title and the path.
    pub removed: Vec<(&'a str, &'a str)>,
    /// What a reader has to know of where it comes from.
    pub remark: Option<String>,
    /// Unfinished items of all teams.
    pub unfinished: usize,
    /// Of those, the overdue ones.
    pub overdue: usize,
}

impl<'a> Digest<'a> {
    /// The news from `since` to the day of the summary, both included.
    pub fn new(summary: &'a Summary, ledger: &'a Ledger, since: NaiveDate) -> Self {
        let today = summary.today;
        let period = Period { since, today };
        let mut teams: BTreeMap<(bool, &str), TeamNews<'a>> = BTreeMap::new();
        for entry in &summary.actions.entries {
            let team = entry.team.as_deref();
            let news = teams.entry((team.is_none(), team.unwrap_or_default())).or_insert_with(|| TeamNews {
                team,
                news: BTreeMap::new(),
                late: Vec::new(),
                unfinished: 0,
                overdue: 0,
            });
            news.unfinished += usize::from(entry.status.is_unfinished());
            news.overdue += usize::from(entry.is_overdue);
            let told = period.news(entry, ledger);
            if entry.is_overdue && told.iter().all(|(kind, _)| *kind != News::Overdue) {
                news.late.push(entry);
            }
            for (kind, note) in told {
                news.news.entry(kind).or_default().push(Item { entry, note });
            }
        }
        let removed = ledger.gone.iter().filter(|gone| {
            let ended = gone.history.events.last();
            ended.is_some_and(|event| {
                period.holds(event.day)
                    && matches!(event.what, What::Removed { status } if status.is_unfinished())
            })
        });
        Self {
            since,
            today,
            removed: removed.map(|gone| (gone.title.as_str(), gone.path.as_str())).collect(),
            teams: teams.into_values().filter(|team| !team.news.is_empty() || team.unfinished > 0).collect(),
            remark: ledger.basis.remark().map(|remark| {
                let rest = remark.strip_prefix("by").unwrap_or(&remark);
                format!("By{rest}; what was put off is not known.")
            }),
            unfinished: summary.actions.unfinished,
            overdue: summary.actions.overdue,
        }
    }

    /// How many items there are of a kind of news.
    pub fn count(&self, kind: News) -> usize {
        self.teams.iter().filter_map(|team| team.news.get(&kind)).map(Vec::len).sum()
    }
}

#[derive(Clone, Copy)]
struct Period {
    since: NaiveDate,
    today: NaiveDate,
}

impl Period {
    fn holds(self, day: NaiveDate) -> bool {
        self.since <= day && day <= self.today
    }

    /// What is new about one item.
    fn news(self, entry: &ActionEntry, ledger: &Ledger) -> Vec<(News, String)> {
        let mut news = Vec::new();
        let due = entry.due.filter(|_| entry.status.is_unfinished());
        if let Some(due) = due {
            let late_from = due.last_day().succ_opt().unwrap_or(NaiveDate::MAX);
            match Urgency::of(entry, self.today) {
                Urgency::Overdue if self.holds(late_from) => news.push((News::Overdue, format!("due {due}"))),
                Urgency::Soon => news.push((News::DueSoon, format!("due {due}"))),
                _ => {}
            }
        }
        let Some(history) = ledger.history(entry) else { return news };
        let here = |event: &&Event| self.holds(event.day);
        if let Some(event) = history.events.iter().filter(here).rfind(|event| event.what.slip().is_some())
            && entry.status.is_unfinished()
        {
            news.push((News::Slipped, slipped(event.what, history.slips().len())));
        }
        let last = history
            .events
            .iter()
            .filter(here)
            .rfind(|event| event.what.is_closing() || event.what.is_reopening());
        if let Some(event) = last {
            if entry.status.is_finished() {
                let how = if entry.status == ActionStatus::WontDo { "decided against" } else { "done" };
                news.push((News::Closed, format!("{how} {}", event.day)));
            } else if event.what.is_reopening() {
                news.push((News::Reopened, format!("opened again {}", event.day)));
            }
        }
        let is_new = history.opened().is_some_and(|day| self.holds(day));
        if is_new && entry.status.is_unfinished() {
            let note = due.map_or_else(|| "no due date".to_owned(), |due| format!("due {due}"));
            news.push((News::Opened, note));
        }
        news
    }
}

fn slipped(what: What, times: usize) -> String {
    let days = crate::words::Count(
        what.slip().and_then(|days| usize::try_from(days).ok()).unwrap_or_default(),
        "day",
    );
    let to = match what {
        What::Due { to: Some(to), .. } => to.to_string(),
        _ => String::new(),
    };
    let often = match times {
        0 | 1 => String::new(),
        2 => ", for the second time".to_owned(),
        3 => ", for the third time".to_owned(),
        times => format!(", for the {times}th time"),
    };
    format!("by {days} to {to}{often}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        aggregate::{aggregate, ledger::NoHistory},
        config::Config,
        model::{
            Archive,
            fixture::{action, day, fact, postmortem},
        },
    };

    #[test]
    fn what_is_new_is_told_team_by_team_and_what_is_old_is_counted() {
        let mut old = postmortem("old", "2026-03-01");
        old.teams = vec![fact("storefront".to_owned())];
        let closed = |title: &str, status, at: &str| {
            let mut item = action(title, status, "");
            item.closed = Some(fact(day(at)));
            item
        };
        old.actions = vec![
            action("late-for-long", ActionStatus::Open, "2026-05-01"),
            action("late-now", ActionStatus::Open, "2026-11-18"),
            action("soon", ActionStatus::Blocked, "2026-11-30"),
            action("later", ActionStatus::Open, "2027-01-30"),
            closed("done", ActionStatus::Done, "2026-11-15"),
            closed("dropped", ActionStatus::WontDo, "2026-11-16"),
            closed("done-before", ActionStatus::Done, "2026-10-15"),
        ];
        let mut new = postmortem("new", "2026-11-17");
        new.actions =
            vec![action("fresh", ActionStatus::Open, ""), action("idea", ActionStatus::Proposed, "")];
        let archive = Archive::new([old, new]);
        let summary = aggregate(&archive, &Config::default(), day("2026-11-20"));
        let ledger = Ledger::of_documents(&archive, NoHistory::NoCommits);
        let digest = Digest::new(&summary, &ledger, day("2026-11-13"));
        let told: Vec<String> = digest
            .teams
            .iter()
            .flat_map(|team| {
                team.news.iter().flat_map(|(kind, items)| {
                    items.iter().map(|item| {
                        let title = &item.entry.item(&archive).unwrap().1.title;
                        format!("{}: {}: {title}, {}", team.team.unwrap_or("-"), kind.key(), item.note)
                    })
                })
            })
            .collect();
        assert_eq!(
            told,
            [
                "storefront: newly-overdue: late-now, due 2026-11-18",
                "storefront: due-soon: soon, due 2026-11-30",
                "storefront: closed: done, done 2026-11-15",
                "storefront: closed: dropped, decided against 2026-11-16",
                "-: opened: fresh, no due date",
            ]
        );
        assert_eq!((digest.unfinished, digest.overdue, digest.count(News::Closed)), (5, 2, 2));
        let late =
            |team: &TeamNews<'_>| team.late.iter().map(|entry| entry.due.unwrap().to_string()).collect();
        let late: Vec<Vec<String>> = digest.teams.iter().map(late).collect();
        assert_eq!(late, [vec!["2026-05-01"], vec![]]);
        assert!(
            digest
                .remark
                .unwrap()
                .ends_with("since git has no history of them; what was put off is not known.")
        );
    }
}
