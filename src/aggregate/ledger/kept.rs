//! A book as it is put away: each commit once, days as numbers, no names of fields.
//!
//! It is another form than the one in which exports tell an event, so that what is kept can become smaller and what is
//! exported stays as it is.

use std::{borrow::Cow, collections::BTreeMap};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::{
    Book, Event, History, Seen, What,
    book::{Age, Thread},
};
use crate::model::{ActionStatus, Due};

/// What [`Book`] holds.
#[derive(Serialize, Deserialize)]
struct Kept<'b> {
    commits: usize,
    /// The commits that events name by their place.
    names: Vec<Cow<'b, str>>,
    documents: Shelf<'b>,
    gone: Shelf<'b>,
}

/// Items by path.
type Shelf<'b> = Vec<(Cow<'b, str>, Vec<KeptThread<'b>>)>;

/// What [`Thread`] holds.
#[derive(Serialize, Deserialize)]
struct KeptThread<'b> {
    seen: Cow<'b, Seen>,
    age: Cow<'b, Age>,
    events: Vec<KeptEvent>,
}

/// The day as the number of days since the beginning of the calendar, the place of the commit, and what.
type KeptEvent = (i32, Option<usize>, KeptWhat);

/// What [`What`] holds.
#[derive(Clone, Copy, Serialize, Deserialize)]
enum KeptWhat {
    Opened(ActionStatus),
    Status(ActionStatus, ActionStatus),
    Due(Option<Due>, Option<Due>),
    Removed(ActionStatus),
    Returned(ActionStatus),
}

impl Serialize for Book {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut names = Names::default();
        let (documents, gone) = (names.shelf(&self.documents), names.shelf(&self.gone));
        Kept { commits: self.commits, names: names.all, documents, gone }.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Book {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let Kept { commits, names, documents, gone } = Kept::deserialize(from)?;
        let all = |shelf: Shelf<'_>| -> Option<BTreeMap<String, Vec<Thread>>> {
            let threads = |(path, threads): (Cow<'_, str>, Vec<KeptThread<'_>>)| {
                let threads = threads.into_iter().map(|thread| thread.read(&names));
                Some((path.into_owned(), threads.collect::<Option<_>>()?))
            };
            shelf.into_iter().map(threads).collect()
        };
        let book = || Some(Self { commits, documents: all(documents)?, gone: all(gone)? });
        book().ok_or_else(|| D::Error::custom("not a book"))
    }
}

/// The commits that have been named so far.
#[derive(Default)]
struct Names<'b> {
    places: BTreeMap<&'b str, usize>,
    all: Vec<Cow<'b, str>>,
}

impl<'b> Names<'b> {
    fn shelf(&mut self, items: &'b BTreeMap<String, Vec<Thread>>) -> Shelf<'b> {
        let mut document = |(path, threads): (&'b String, &'b Vec<Thread>)| {
            let threads = threads.iter().map(|Thread { seen, history, age }| KeptThread {
                seen: Cow::Borrowed(seen),
                age: Cow::Borrowed(age),
                events: history.events.iter().map(|event| self.event(event)).collect(),
            });
            (Cow::Borrowed(path.as_str()), threads.collect())
        };
        items.iter().map(&mut document).collect()
    }

    fn event(&mut self, event: &'b Event) -> KeptEvent {
        let place = event.commit.as_deref().map(|commit| {
            *self.places.entry(commit).or_insert_with(|| {
                self.all.push(Cow::Borrowed(commit));
                self.all.len() - 1
            })
        });
        let what = match event.what {
            What::Opened { status } => KeptWhat::Opened(status),
            What::Status { from, to } => KeptWhat::Status(from, to),
            What::Due { from, to } => KeptWhat::Due(from, to),
            What::Removed { status } => KeptWhat::Removed(status),
            What::Returned { status } => KeptWhat::Returned(status),
        };
        (event.day.num_days_from_ce(), place, what)
    }
}

impl KeptThread<'_> {
    /// The item; none when an event names a commit or a day that there is not.
    fn read(self, names: &[Cow<'_, str>]) -> Option<Thread> {
        let event = |(day, place, what): KeptEvent| {
            let commit = match place {
                Some(place) => Some(names.get(place)?.clone().into_owned()),
                None => None,
            };
            let what = match what {
                KeptWhat::Opened(status) => What::Opened { status },
                KeptWhat::Status(from, to) => What::Status { from, to },
                KeptWhat::Due(from, to) => What::Due { from, to },
                KeptWhat::Removed(status) => What::Removed { status },
                KeptWhat::Returned(status) => What::Returned { status },
            };
            Some(Event { day: NaiveDate::from_num_days_from_ce_opt(day)?, commit, what })
        };
        let events = self.events.into_iter().map(event).collect::<Option<_>>()?;
        Some(Thread { seen: self.seen.into_owned(), history: History { events }, age: self.age.into_owned() })
    }
}
