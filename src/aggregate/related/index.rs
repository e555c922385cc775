//! Who has what, written down for all documents: for whoever asks about every one of them.

use rayon::prelude::*;

use super::vocabulary::{Entry, Vocabulary, number};
use crate::model::Archive;

/// So many documents make one table.
const AT_ONCE: usize = 512;

/// The traits of an archive, in both directions.
#[derive(Debug)]
pub(super) struct Index {
    /// The traits of the documents, by number: a table for so many of them.
    held: Vec<Table>,
    /// Who has each trait, in the order of the archive.
    holders: Table,
}

/// Rows of entries, one behind the other.
#[derive(Debug, Default)]
struct Table {
    ends: Vec<usize>,
    entries: Vec<Entry>,
}

impl Table {
    fn row(&self, at: usize) -> &[Entry] {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let end = self.ends.get(at).copied().unwrap_or(start);
        self.entries.get(start..end).unwrap_or_default()
    }

    fn push(&mut self, row: &[Entry]) {
        self.entries.extend_from_slice(row);
        self.ends.push(self.entries.len());
    }

    fn rows(&self) -> impl Iterator<Item = &[Entry]> {
        (0..self.ends.len()).map(|at| self.row(at))
    }
}

impl Index {
    pub(super) fn new(archive: &Archive, vocabulary: &Vocabulary) -> Self {
        let held: Vec<Table> = archive
            .postmortems()
            .par_chunks(AT_ONCE)
            .map(|postmortems| {
                let mut table = Table::default();
                for postmortem in postmortems {
                    table.push(&vocabulary.row(postmortem));
                }
                table.entries.shrink_to_fit();
                table
            })
            .collect();
        let holders = turned(&held, vocabulary.len());
        Self { held, holders }
    }

    /// The traits of the document at a place, by number.
    pub(super) fn held(&self, place: usize) -> &[Entry] {
        self.held.get(place / AT_ONCE).map(|table| table.row(place % AT_ONCE)).unwrap_or_default()
    }

    /// Who has a trait, in the order of the archive.
    pub(super) fn holders(&self, which: u32) -> &[Entry] {
        self.holders.row(which as usize)
    }
}

/// The same entries by their numbers, of which there are so many.
fn turned(held: &[Table], numbers: usize) -> Table {
    let mut starts = vec![0; numbers + 1];
    for entry in held.iter().flat_map(|table| &table.entries) {
        if let Some(count) = starts.get_mut(entry.number as usize + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut entries = vec![Entry { number: 0, weight: 0.0 }; sum];
    for (at, row) in held.iter().flat_map(Table::rows).enumerate() {
        for entry in row {
            let Some(free) = starts.get_mut(entry.number as usize) else { continue };
            if let Some(slot) = entries.get_mut(*free) {
                *slot = Entry { number: number(at), weight: entry.weight };
            }
            *free += 1;
        }
    }
    // Each start has moved to the end of its row.
    starts.truncate(numbers);
    Table { ends: starts, entries }
}
