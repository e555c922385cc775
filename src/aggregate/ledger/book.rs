//! The book of all action items that ever stood in the documents, written commit by commit, the oldest first.
//!
//! A book is a value that can be put away and written on; what it says of a history does not depend on how often that
//! was done.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Event, Gone, History, Seen, What};
use crate::{
    aggregate::identity::{self, Lists},
    model::ActionStatus,
};

/// A document that comes to the repository so many days after its incident was moved there: its items are as old as the
/// incident, not as the move.
const LATE_DAYS: i64 = 90;

/// Who says something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The commit in full hexadecimal; none for what is not committed.
    pub commit: Option<String>,
    /// The day.
    pub day: NaiveDate,
}

/// A document that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Touched {
    /// Its path before; none for a new one.
    pub before: Option<String>,
    /// Its path after; none for one that is gone.
    pub now: Option<String>,
    /// Its items after, in their order.
    pub items: Vec<Seen>,
    /// The name of the version that tells the day of the incident: of the one after, or, when it is gone, of the last one.
    /// None where nothing tells it any more.
    pub version: Option<String>,
}

/// What became of the action items up to a commit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Book {
    pub(super) commits: usize,
    /// By path, in the order of the document.
    pub(super) documents: BTreeMap<String, Vec<Thread>>,
    /// By the path of the last document, what is in no document any more.
    pub(super) gone: BTreeMap<String, Vec<Thread>>,
}

/// One item: what it is, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Thread {
    pub(super) seen: Seen,
    pub(super) history: History,
    pub(super) age: Age,
}

/// How it is known when an item was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Age {
    /// By the document, or by the commit that wrote it down.
    Known,
    /// It came with its document, and may be as old as the incident. That is asked when somebody wants to know: the day of
    /// an incident costs more to read than all items, and the document may correct it.
    OfDocument,
    /// It left its document, which told the day of the incident in this version.
    OfVersion(String),
}

impl Book {
    /// How many commits it holds.
    pub fn commits(&self) -> usize {
        self.commits
    }

    /// Takes over the book of another repository, whose documents are others.
    pub fn join(&mut self, other: Self) {
        self.commits += other.commits;
        self.documents.extend(other.documents);
        for (path, threads) in other.gone {
            self.gone.entry(path).or_default().extend(threads);
        }
    }

    /// True for a document that it knows.
    pub fn holds(&self, path: &str) -> bool {
        self.documents.contains_key(path)
    }

    /// The documents that it knows.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.documents.keys().map(String::as_str)
    }

    /// True when the items of a document are these.
    pub(super) fn says(&self, path: &str, items: &[Seen]) -> bool {
        let known = self.documents.get(path).map(Vec::as_slice).unwrap_or_default();
        known.iter().map(|thread| &thread.seen).eq(items)
    }

    /// All items by path and place.
    pub(super) fn items(&self) -> impl Iterator<Item = ((&str, usize), &Thread)> {
        self.documents.iter().flat_map(|(path, threads)| {
            (0..).zip(threads).map(move |(nth, thread)| ((path.as_str(), nth), thread))
        })
    }

    /// The versions of documents of which the day of the incident has to be known, by name.
    pub fn open_questions(&self) -> BTreeSet<String> {
        let of = |thread: &Thread| match &thread.age {
            Age::OfVersion(version) => Some(version.clone()),
            Age::Known | Age::OfDocument => None,
        };
        self.documents.values().flatten().chain(self.gone.values().flatten()).filter_map(of).collect()
    }

    /// True for a document whose items are as old as its incident, which it tells itself as long as it is there.
    pub fn asks_for_incident(&self, path: &str) -> bool {
        let mut threads = self.documents.get(path).into_iter().flatten();
        threads.any(|thread| thread.age == Age::OfDocument)
    }

    /// Answers what [`open_questions`](Self::open_questions) asks. A version that is not among the answers tells no day.
    pub fn answer(&mut self, incidents: &BTreeMap<String, NaiveDate>) {
        for thread in self.documents.values_mut().chain(self.gone.values_mut()).flatten() {
            if let Age::OfVersion(version) = &thread.age {
                thread.settle(incidents.get(version).copied());
            }
        }
    }

    /// What is in no document any more.
    pub(super) fn gone(&self) -> Vec<Gone> {
        let of = |(path, thread): (&String, &Thread)| Gone {
            title: thread.seen.title.clone(),
            path: path.clone(),
            history: thread.history.clone(),
        };
        let threads = self.gone.iter().flat_map(|(path, threads)| threads.iter().map(move |one| (path, one)));
        let mut gone: Vec<Gone> = threads.map(of).collect();
        gone.sort_by(|a, b| (&a.path, &a.title).cmp(&(&b.path, &b.title)));
        gone
    }

    /// Writes down what a commit says. Several documents may have changed places in it.
    pub fn write(&mut self, stamp: &Stamp, touched: &[Touched]) {
        self.commits += usize::from(stamp.commit.is_some());
        let before: Vec<Vec<Thread>> = touched
            .iter()
            .map(|document| {
                document.before.as_ref().and_then(|path| self.documents.remove(path)).unwrap_or_default()
            })
            .collect();
        let lists: Vec<Lists<'_, Seen>> = touched
            .iter()
            .zip(&before)
            .map(|(document, before)| Lists {
                now: document.items.iter().collect(),
                before: before.iter().map(|thread| &thread.seen).collect(),
            })
            .collect();
        let pairs = identity::pairs(&lists);
        let mut left: Vec<Vec<Option<Thread>>> =
            before.into_iter().map(|threads| threads.into_iter().map(Some).collect()).collect();
        for (document, found) in touched.iter().zip(&pairs.before) {
            let Some(path) = &document.now else { continue };
            let threads = document.items.iter().zip(found).map(|(seen, at)| {
                let known = at.and_then(|(at, nth)| {
                    let thread = left.get_mut(at)?.get_mut(nth)?.take()?;
                    let from = touched.get(at)?;
                    Some(if std::ptr::eq(from, document) { thread } else { thread.leaves(from) })
                });
                match known {
                    Some(thread) => thread.goes_on(seen, stamp),
                    None => match take_back(&mut self.gone, path, seen) {
                        Some(thread) => thread.returns(stamp).goes_on(seen, stamp),
                        None => Thread::begin(seen, document, stamp),
                    },
                }
            });
            let threads = threads.collect();
            self.documents.insert(path.clone(), threads);
        }
        for (document, threads) in touched.iter().zip(left) {
            let path = document.before.clone().unwrap_or_default();
            let ended = threads.into_iter().flatten().map(|thread| thread.leaves(document).end(stamp));
            let ended: Vec<Thread> = ended.collect();
            if !ended.is_empty() {
                self.gone.entry(path).or_default().extend(ended);
            }
        }
    }
}

impl Thread {
    fn begin(seen: &Seen, document: &Touched, stamp: &Stamp) -> Self {
        let is_new = document.before.is_none() && seen.opened.is_none();
        let age = if is_new { Age::OfDocument } else { Age::Known };
        let day = seen.opened.unwrap_or(stamp.day);
        let closed = seen.closed.filter(|_| seen.status.is_finished());
        let status = if closed.is_some() { ActionStatus::Open } else { seen.status };
        let mut thread = Self { seen: seen.clone(), history: History::default(), age };
        thread.add(day, stamp, What::Opened { status });
        if let Some(closed) = closed {
            thread.add(closed, stamp, What::Status { from: status, to: seen.status });
        }
        thread
    }

    fn goes_on(mut self, seen: &Seen, stamp: &Stamp) -> Self {
        let (from, to) = (self.seen.status, seen.status);
        if from != to {
            let what = What::Status { from, to };
            let day = seen.closed.filter(|_| what.is_closing()).unwrap_or(stamp.day);
            self.add(day, stamp, what);
        }
        let (from, to) = (self.seen.due, seen.due);
        if from != to {
            self.add(stamp.day, stamp, What::Due { from, to });
        }
        Self { seen: seen.clone(), ..self }
    }

    /// Goes out of a document, which will not tell any more when the incident was.
    fn leaves(mut self, document: &Touched) -> Self {
        if self.age == Age::OfDocument {
            self.age = document.version.clone().map_or(Age::Known, Age::OfVersion);
        }
        self
    }

    /// The history of an item of a document with an incident of this day.
    pub(super) fn history(&self, incident: Option<NaiveDate>) -> History {
        let mut history = self.history.clone();
        if self.age == Age::OfDocument {
            date_back(&mut history, incident);
        }
        history
    }

    fn settle(&mut self, incident: Option<NaiveDate>) {
        self.age = Age::Known;
        date_back(&mut self.history, incident);
    }

    fn end(mut self, stamp: &Stamp) -> Self {
        let status = self.seen.status;
        self.add(stamp.day, stamp, What::Removed { status });
        self
    }

    fn returns(mut self, stamp: &Stamp) -> Self {
        let status = self.seen.status;
        self.add(stamp.day, stamp, What::Returned { status });
        self
    }

    fn add(&mut self, day: NaiveDate, stamp: &Stamp, what: What) {
        self.history.events.push(Event { day, commit: stamp.commit.clone(), what });
    }
}

/// The item that stood in this document and was taken out of it: a change that is reverted makes no second one.
fn take_back(gone: &mut BTreeMap<String, Vec<Thread>>, path: &str, seen: &Seen) -> Option<Thread> {
    let threads = gone.get_mut(path)?;
    let at = threads.iter().rposition(|thread| identity::is_same(&thread.seen, seen))?;
    let thread = threads.remove(at);
    if threads.is_empty() {
        gone.remove(path);
    }
    Some(thread)
}

/// Makes an item as old as the incident that it came with, when it came late.
fn date_back(history: &mut History, incident: Option<NaiveDate>) {
    let (Some(first), Some(incident)) = (history.events.first_mut(), incident) else { return };
    // What is not committed yet has no day of its own.
    if first.commit.is_none() || (first.day - incident).num_days() > LATE_DAYS {
        first.day = incident;
    }
}
