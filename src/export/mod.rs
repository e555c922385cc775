//! The archive as data for other programs: one file a format, used by the command line and by the site alike.
//!
//! JSON is the richest form, and its objects are what the tables of the other forms are read from, so that no two of
//! them can say different things. Nothing here knows where a file goes.

mod action;
mod csv;
mod document;
mod ics;
mod openmetrics;
mod origins;
mod parts;
mod sql;
mod sqlite;
mod table;
mod tables;
#[cfg(test)]
mod tests;

pub use action::Row;
pub use document::{Document, Export};
pub use ics::ics;
pub use openmetrics::openmetrics;
pub use parts::rounded;
pub use sql::sql;
pub use sqlite::sqlite;
pub use tables::{actions_csv, all_actions_csv, documents_csv, events_csv};

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    aggregate::{ActionEntry, Ledger, Summary},
    config::Config,
    model::{Archive, Postmortem},
    source::Sources,
};

/// What made a file.
const GENERATOR: &str = concat!("Afterword ", env!("CARGO_PKG_VERSION"));

/// What is exported.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The postmortems.
    pub archive: &'a Archive,
    /// What they say together.
    pub summary: &'a Summary,
    /// The configuration.
    pub config: &'a Config,
    /// The texts, for the line on which a thing stands.
    pub sources: &'a Sources,
    /// What became of the action items, where that is known.
    pub ledger: Option<&'a Ledger>,
}

/// The address of a place on the page of a postmortem, where that is known: its anchor, or nothing for the whole page.
pub type Pages<'a> = &'a (dyn Fn(&Postmortem, &str) -> Option<String> + Sync);

/// The action items by their place.
type Entries<'a> = BTreeMap<(usize, usize), &'a ActionEntry>;

impl<'a> Input<'a> {
    fn entries(&self) -> Entries<'a> {
        let entries = self.summary.actions.entries.iter();
        entries.map(|entry| ((entry.postmortem, entry.action), entry)).collect()
    }

    /// The objects of all postmortems, the newest first.
    fn documents(self) -> impl Iterator<Item = Document<'a>> {
        let entries = self.entries();
        (0..)
            .zip(self.archive.postmortems())
            .map(move |(at, postmortem)| Document::new(&self, &entries, at, postmortem))
    }

    /// All action items, the most pressing first, without addresses.
    fn rows(self) -> impl Iterator<Item = Row<'a>> {
        self.rows_of(|_| true, None).map(|(_, row)| row)
    }

    /// Those of them that are wanted, with their addresses.
    fn rows_of(
        self,
        is_wanted: impl Fn(&ActionEntry) -> bool,
        pages: Option<Pages<'_>>,
    ) -> impl Iterator<Item = (&'a ActionEntry, Row<'a>)> {
        let entries = self.summary.actions.entries.iter().filter(move |entry| is_wanted(entry));
        entries.filter_map(move |entry| {
            let (postmortem, item) = entry.item(self.archive)?;
            let url = pages.and_then(|pages| pages(postmortem, &item.anchor()));
            Some((entry, Row::new(entry, (postmortem, item), item.span, self.sources).at(url)))
        })
    }
}

/// Action items for programs.
#[derive(Serialize)]
pub struct ActionList<'a> {
    version: u8,
    /// The day for which `overdue` and the ages hold.
    today: String,
    actions: Vec<Row<'a>>,
}

impl<'a> ActionList<'a> {
    /// These items, in this order.
    pub fn new(summary: &Summary, actions: Vec<Row<'a>>) -> Self {
        Self { version: 1, today: summary.today.to_string(), actions }
    }

    /// All of them, the most pressing first, each with its address.
    pub fn all(input: Input<'a>, pages: Pages<'_>) -> Self {
        Self::new(input.summary, input.rows_of(|_| true, Some(pages)).map(|(_, row)| row).collect())
    }
}
