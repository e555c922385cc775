//! What became of each action item: when it was opened, put off, closed, opened again, and by which commit.
//!
//! A [`Book`] is written commit by commit, from what the documents said at each; a [`Ledger`] is what it says about the
//! items of now, what has changed since the last commit included. Where there is no history, the ledger is made of the
//! days that the documents state, and says so. Where the texts come from is not known here.

mod book;
mod flow;
mod kept;
mod seen;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use book::Thread;
pub use book::{Book, Stamp, Touched};
pub use flow::{Flow, MonthOfWork};
pub use seen::Seen;

use crate::{
    aggregate::ActionEntry,
    model::{ActionItem, ActionStatus, Archive, Due, Postmortem},
};

/// Something that became of an action item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// The day: the one that the document states, else that of the commit.
    pub day: NaiveDate,
    /// The commit that says so, in full hexadecimal; none for what stands in the documents alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// What can become of an action item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum What {
    /// It was written down, in this state.
    Opened {
        /// The state.
        status: ActionStatus,
    },
    /// It got another state.
    Status {
        /// The state before.
        from: ActionStatus,
        /// The state after.
        to: ActionStatus,
    },
    /// It is due on another day.
    Due {
        /// The day before; none when none was stated.
        from: Option<Due>,
        /// The day after; none when none is stated any more.
        to: Option<Due>,
    },
    /// It was taken out of the documents, in this state.
    Removed {
        /// The state.
        status: ActionStatus,
    },
    /// It was put back into its document, in the state in which it was taken out.
    Returned {
        /// The state.
        status: ActionStatus,
    },
}

impl What {
    /// True when unfinished work was finished or decided against.
    pub const fn is_closing(self) -> bool {
        matches!(self, Self::Status { from, to } if !from.is_finished() && to.is_finished())
    }

    /// True when finished work is to be done after all.
    pub const fn is_reopening(self) -> bool {
        matches!(self, Self::Status { from, to } if from.is_finished() && !to.is_finished())
    }

    /// The key in exports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::Status { .. } => "status",
            Self::Due { .. } => "due",
            Self::Removed { .. } => "removed",
            Self::Returned { .. } => "returned",
        }
    }

    /// By how many days it was put off; none when it was not.
    pub fn slip(self) -> Option<i64> {
        let Self::Due { from: Some(from), to: Some(to) } = self else { return None };
        let days = (to.last_day() - from.last_day()).num_days();
        (days > 0).then_some(days)
    }

    /// The same in words: `opened`, `due 2026-06-01, put off by 31 days`, `closed: done`.
    pub fn words(self) -> String {
        match self {
            Self::Opened { status: ActionStatus::Open } => "opened".to_owned(),
            Self::Opened { status } => format!("written down as {}", status.words()),
            Self::Status { to, .. } if self.is_closing() => format!("closed: {}", to.words()),
            Self::Status { to: ActionStatus::Open, .. } if self.is_reopening() => "opened again".to_owned(),
            Self::Status { to, .. } if self.is_reopening() => format!("opened again: {}", to.words()),
            Self::Status { to, .. } => to.words().to_owned(),
            Self::Due { from, to: None } => {
                let from = from.map(|from| format!(", was {from}")).unwrap_or_default();
                format!("no due date any more{from}")
            }
            Self::Due { from: None, to: Some(to) } => format!("due {to}"),
            Self::Due { from: Some(from), to: Some(to) } => {
                let days = (to.last_day() - from.last_day()).num_days();
                let count = crate::words::Count(usize::try_from(days.abs()).unwrap_or_default(), "day");
                let how = if days < 0 { "brought forward" } else { "put off" };
                format!("due {to}, {how} by {count}")
            }
            Self::Removed { .. } => "taken out of the documents".to_owned(),
            Self::Returned { .. } => "put back into the documents".to_owned(),
        }
    }
}

/// What became of one action item, in the order in which it was said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// The events.
    pub events: Vec<Event>,
}

impl History {
    /// The day on which it was written down.
    pub fn opened(&self) -> Option<NaiveDate> {
        self.events.iter().find(|event| matches!(event.what, What::Opened { .. })).map(|event| event.day)
    }

    /// The days by which it was put off, one for each time.
    pub fn slips(&self) -> Vec<i64> {
        self.events.iter().filter_map(|event| event.what.slip()).collect()
    }

    /// How often it was opened again.
    pub fn reopened(&self) -> usize {
        self.events.iter().filter(|event| event.what.is_reopening()).count()
    }

    /// What its document states: when it was opened, and closed. The day of the incident stands for the day on which an
    /// item was opened that states none.
    fn stated(postmortem: &Postmortem, item: &ActionItem) -> Self {
        let status = item.status.value;
        let incident = postmortem.date.as_ref().map(|date| date.value);
        let opened = item.opened.as_ref().map(|opened| opened.value).or(incident);
        let closed = item.closed.as_ref().map(|closed| closed.value).filter(|_| status.is_finished());
        let first = if closed.is_some() { ActionStatus::Open } else { status };
        let opened = opened.map(|day| (day, What::Opened { status: first }));
        let closed = closed.map(|day| (day, What::Status { from: ActionStatus::Open, to: status }));
        let event = |(day, what)| Event { day, commit: None, what };
        Self { events: opened.into_iter().chain(closed).map(event).collect() }
    }
}

/// Folders whose history is not there, while that of others is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Without {
    /// The folders, as a sentence names them.
    pub folders: String,
    /// Why.
    pub reason: NoHistory,
}

/// What a ledger is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// The history of the documents.
    History {
        /// How many commits touched them.
        commits: usize,
        /// The folders that have none, where the archive lies in several repositories.
        without: Vec<Without>,
    },
    /// The days that the documents state, for the reason given.
    Documents {
        /// Why there is no history.
        reason: NoHistory,
    },
}

/// Why nothing is known from the history of the documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoHistory {
    /// What is made is for everybody, and the history is not.
    Internal,
    /// They are in no git repository.
    NoRepository,
    /// No commit has them.
    NoCommits,
    /// A shallow clone.
    CutOff,
    /// What git, or the disk, had to say.
    Failed(String),
}

impl NoHistory {
    /// The key of its words.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::NoRepository => "no-repository",
            Self::NoCommits => "no-commits",
            Self::CutOff => "cut-off",
            Self::Failed(_) => "failed",
        }
    }
}

impl std::fmt::Display for NoHistory {
    /// A clause for the terminal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Internal => "their history is internal",
            Self::NoRepository => "they are in no git repository",
            Self::NoCommits => "git has no history of them",
            Self::CutOff => "the history is cut off (a shallow clone)",
            Self::Failed(message) => message,
        })
    }
}

impl Basis {
    /// What a reader has to know of it; none when the whole history is there.
    pub fn remark(&self) -> Option<String> {
        match self {
            Self::History { without, .. } => {
                let of = |without: &Without| format!("{}, since {}", without.folders, without.reason);
                let parts: Vec<String> = without.iter().map(of).collect();
                let parts = parts.join("; ");
                (!without.is_empty()).then(|| format!("by the days that the documents state in {parts}"))
            }
            Self::Documents { reason } => {
                Some(format!("by the days that the documents state, since {reason}"))
            }
        }
    }
}

/// An action item that is in no document any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// What was to be done.
    pub title: String,
    /// The path of the document in which it stood last.
    pub path: String,
    /// What became of it.
    pub history: History,
}

/// What became of all action items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// What it is made of.
    pub basis: Basis,
    /// By postmortem and item, as in the archive.
    histories: Vec<Vec<History>>,
    /// The items that are gone, by path and title.
    pub gone: Vec<Gone>,
}

impl Ledger {
    /// What the documents of an archive state, for a reason.
    pub fn of_documents(archive: &Archive, reason: NoHistory) -> Self {
        let histories = archive.postmortems().iter().map(|postmortem| {
            postmortem.actions.iter().map(|item| History::stated(postmortem, item)).collect()
        });
        Self { basis: Basis::Documents { reason }, histories: histories.collect(), gone: Vec::new() }
    }

    /// What a book says about the items of now. What it does not know yet was changed on the day of today; `departed` has
    /// the days of the incidents of documents that are not there any more and of whose end no commit knows.
    pub fn new(
        mut book: Book,
        archive: &Archive,
        departed: &BTreeMap<String, NaiveDate>,
        today: NaiveDate,
    ) -> Self {
        let mut by_path: BTreeMap<&str, Vec<&Postmortem>> = BTreeMap::new();
        for postmortem in archive.postmortems() {
            by_path.entry(&postmortem.path).or_default().push(postmortem);
        }
        for postmortems in by_path.values_mut() {
            postmortems.sort_by_key(|postmortem| postmortem.body.start);
        }
        let uncommitted = changed(&book, &by_path);
        book.write(&Stamp { commit: None, day: today }, &uncommitted);
        book.answer(&incidents(&by_path, departed));
        let threads: BTreeMap<(&str, usize), &Thread> = book.items().collect();
        let history = |postmortem: &Postmortem, nth: usize, item: &ActionItem| {
            let file = by_path.get(postmortem.path.as_str()).into_iter().flatten();
            let above: usize = file
                .take_while(|other| other.body.start < postmortem.body.start)
                .map(|other| other.actions.len())
                .sum();
            let known = threads.get(&(postmortem.path.as_str(), above + nth));
            let incident = postmortem.date.as_ref().map(|date| date.value);
            known.map_or_else(|| History::stated(postmortem, item), |thread| thread.history(incident))
        };
        let histories = archive
            .postmortems()
            .iter()
            .map(|postmortem| {
                let items = postmortem.actions.iter().enumerate();
                items.map(|(nth, item)| history(postmortem, nth, item)).collect()
            })
            .collect();
        let basis = Basis::History { commits: book.commits(), without: Vec::new() };
        Self { basis, histories, gone: book.gone() }
    }

    /// The same where some folders have no history.
    #[must_use]
    pub fn without(mut self, folders: Vec<Without>) -> Self {
        if let Basis::History { without, .. } = &mut self.basis {
            *without = folders;
        }
        self
    }

    /// What became of an item.
    pub fn history(&self, entry: &ActionEntry) -> Option<&History> {
        self.at(entry.postmortem, entry.action)
    }

    /// The same by its places.
    pub fn at(&self, postmortem: usize, action: usize) -> Option<&History> {
        self.histories.get(postmortem)?.get(action)
    }

    /// All histories, those of items that are gone too.
    pub fn all(&self) -> impl Iterator<Item = &History> {
        self.histories.iter().flatten().chain(self.gone.iter().map(|gone| &gone.history))
    }
}

/// The days of the incidents by path: of the documents of now, and of those that have just gone.
fn incidents(
    by_path: &BTreeMap<&str, Vec<&Postmortem>>,
    departed: &BTreeMap<String, NaiveDate>,
) -> BTreeMap<String, NaiveDate> {
    let first = |(path, postmortems): (&&str, &Vec<&Postmortem>)| {
        let date = postmortems.first().and_then(|postmortem| postmortem.date.as_ref())?;
        Some(((*path).to_owned(), date.value))
    };
    let departed = departed.iter().map(|(path, day)| (path.clone(), *day));
    by_path.iter().filter_map(first).chain(departed).collect()
}

/// What the documents say now that a book does not know. A version that no commit has goes by the path of its document.
fn changed(book: &Book, by_path: &BTreeMap<&str, Vec<&Postmortem>>) -> Vec<Touched> {
    let mut changed = Vec::new();
    for (path, postmortems) in by_path {
        let items: Vec<Seen> = postmortems.iter().flat_map(|one| Seen::all(one)).collect();
        let known = book.holds(path);
        if !(known && book.says(path, &items)) {
            changed.push(Touched {
                before: known.then(|| (*path).to_owned()),
                now: Some((*path).to_owned()),
                items,
                version: Some((*path).to_owned()),
            });
        }
    }
    let gone = book.paths().filter(|path| !by_path.contains_key(path));
    let gone = gone.map(|path| Touched {
        before: Some(path.to_owned()),
        version: Some(path.to_owned()),
        ..Touched::default()
    });
    changed.extend(gone.collect::<Vec<_>>());
    changed
}
