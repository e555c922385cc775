//! Who has what: every trait of every document, as numbers, in both directions.
//!
//! A trait is a service, a factor, a tag, a mark of the text or the stem of a word. What it weighs in a document is such
//! that the likeness of two documents is the sum, over what both have, of the product of both weights.

use ahash::{HashMap, RandomState};

use crate::{
    aggregate::{Group, Groups, Reason},
    config::Config,
    model::{Archive, MarkKind, traces::word_key},
    terms::{Stems, fold},
};

/// Words count so much when all of them are the same.
const WORDS: f32 = 20.0;
/// What a word counts in a title, against one in the text.
const IN_TITLE: f32 = 2.0;

/// What more than this share of the documents have says nothing.
const TOO_COMMON: (usize, usize) = (1, 2);
/// What more than this share of the documents have is no sign that something has come back.
const UNCOMMON: (usize, usize) = (1, 4);
/// With so few documents everything may speak.
const FEW: usize = 8;

/// The traits of an archive.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// What each trait is, by number.
    traits: Vec<Trait>,
    /// The traits of each document, by number.
    held: Table,
    /// Who has each trait, in the order of the archive.
    holders: Table,
    /// The keys of words with the traits that they are, sorted.
    words: Vec<(u32, u32)>,
    /// What sharing a group is called.
    reasons: Vec<Reason>,
}

/// What a trait is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trait {
    /// A service, factor or tag, by its place among the reasons.
    Group(usize),
    /// A mark, by its key.
    Mark(u64),
    /// The stem of a word.
    Word,
}

/// A trait of a document, or a document with a trait, and what it weighs there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Entry {
    pub(super) number: u32,
    pub(super) weight: f32,
}

/// Rows of entries, one behind the other.
#[derive(Debug, Clone, Default)]
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

    fn end_row(&mut self) {
        self.ends.push(self.entries.len());
    }

    /// The same entries by their numbers, of which there are so many.
    fn turned(&self, numbers: usize) -> Self {
        let mut starts = vec![0; numbers + 1];
        for entry in &self.entries {
            if let Some(count) = starts.get_mut(entry.number as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut entries = vec![Entry { number: 0, weight: 0.0 }; self.entries.len()];
        for at in 0..self.ends.len() {
            for entry in self.row(at) {
                let Some(free) = starts.get_mut(entry.number as usize) else { continue };
                if let Some(slot) = entries.get_mut(*free) {
                    *slot = Entry { number: number(at), weight: entry.weight };
                }
                *free += 1;
            }
        }
        // Each start has moved to the end of its row.
        starts.truncate(numbers);
        Self { ends: starts, entries }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "documents and traits are numbered in 32 bits")]
fn number(at: usize) -> u32 {
    at as u32
}

/// Rarity: the logarithm of how many times more documents there are than such that have it.
#[expect(clippy::cast_precision_loss, reason = "counts of documents are far below 2^24")]
fn rarity(all: usize, holders: usize) -> f32 {
    (all as f32 / holders as f32).ln_1p()
}

impl Index {
    pub(super) fn new(archive: &Archive, groups: &Groups, config: &Config) -> Self {
        let all = archive.postmortems().len();
        let mut index = Self::default();
        let mut names: Vec<Vec<Entry>> = vec![Vec::new(); all];
        index.groups(&groups.factors, (3.0, Reason::Factor), &mut names);
        index.groups(&groups.services, (2.0, Reason::Service), &mut names);
        index.groups(&groups.tags, (1.0, Reason::Tag), &mut names);
        let marks_from = index.traits.len();
        let mut raw = index.raw(archive, config, names);
        index.weigh(&mut raw, all, marks_from);
        index.held = raw;
        index.holders = index.held.turned(index.traits.len());
        index
    }

    fn groups(&mut self, groups: &[Group], of: (f32, fn(String) -> Reason), names: &mut [Vec<Entry>]) {
        let (weight, reason) = of;
        for group in groups {
            let holders = group.postmortems.len();
            if holders < 2 || is_too_common(holders, names.len()) {
                continue;
            }
            let weight = (weight * rarity(names.len(), holders)).sqrt();
            let entry = Entry { number: number(self.traits.len()), weight };
            self.traits.push(Trait::Group(self.reasons.len()));
            self.reasons.push(reason(group.name.clone()));
            for place in &group.postmortems {
                if let Some(entries) = names.get_mut(*place) {
                    entries.push(entry);
                }
            }
        }
    }

    /// The traits of all documents: those of groups weighed already, marks and words with what their kind counts.
    fn raw(&mut self, archive: &Archive, config: &Config, names: Vec<Vec<Entry>>) -> Table {
        let stems = Stems::new(&config.book.language);
        let mut marks: HashMap<u64, u32> = HashMap::with_hasher(RandomState::with_seeds(1, 2, 3, 4));
        let mut words: HashMap<u32, u32> = HashMap::with_hasher(RandomState::with_seeds(1, 2, 3, 4));
        let mut by_stem: HashMap<u32, u32> = HashMap::with_hasher(RandomState::with_seeds(1, 2, 3, 4));
        let mut raw = Table::default();
        for (postmortem, names) in archive.postmortems().iter().zip(names) {
            let start = raw.entries.len();
            raw.entries.extend(names);
            for mark in &postmortem.traces.marks {
                let which = *marks.entry(mark.key).or_insert_with(|| {
                    self.traits.push(Trait::Mark(mark.key));
                    number(self.traits.len() - 1)
                });
                let weight = match mark.kind {
                    MarkKind::Alert | MarkKind::Error => 5.0_f32,
                    MarkKind::Name => 2.0,
                };
                raw.entries.push(Entry { number: which, weight });
            }
            for (at, (key, is_of_title)) in postmortem.traces.keys().enumerate() {
                let known = words.get(&key).copied();
                let which = known.unwrap_or_else(|| {
                    let folded = fold(postmortem.traces.word(at)).into_owned();
                    let stem = stems.of(&folded).unwrap_or(folded);
                    let stem = word_key(stem.as_bytes());
                    let which = *by_stem.entry(stem).or_insert_with(|| {
                        self.traits.push(Trait::Word);
                        number(self.traits.len() - 1)
                    });
                    words.insert(key, which);
                    which
                });
                let weight = if is_of_title { IN_TITLE } else { 1.0 };
                raw.entries.push(Entry { number: which, weight });
            }
            // Two forms of a word are one trait, with the weight of the first, which is that in the title.
            if let Some(own) = raw.entries.get_mut(start..) {
                own.sort_by_key(|entry| entry.number);
            }
            let mut last = None;
            let mut kept = start;
            for at in start..raw.entries.len() {
                let Some(entry) = raw.entries.get(at).copied() else { break };
                if last != Some(entry.number) {
                    last = Some(entry.number);
                    if let Some(slot) = raw.entries.get_mut(kept) {
                        *slot = entry;
                    }
                    kept += 1;
                }
            }
            raw.entries.truncate(kept);
            raw.end_row();
        }
        self.words = words.into_iter().collect();
        self.words.sort_unstable();
        raw
    }

    /// Gives marks and words their weights, and leaves out what nobody or nearly everybody shares.
    fn weigh(&self, raw: &mut Table, all: usize, marks_from: usize) {
        let mut counts = vec![0_usize; self.traits.len()];
        for entry in &raw.entries {
            if let Some(count) = counts.get_mut(entry.number as usize) {
                *count += 1;
            }
        }
        let rarities: Vec<f32> = counts.iter().map(|holders| rarity(all, (*holders).max(1))).collect();
        let mut weighed = Table::default();
        for at in 0..raw.ends.len() {
            let start = weighed.entries.len();
            let mut square = 0.0_f32;
            for entry in raw.row(at) {
                let which = entry.number as usize;
                if which < marks_from {
                    weighed.entries.push(*entry);
                    continue;
                }
                let holders = counts.get(which).copied().unwrap_or_default();
                let is_word = self.traits.get(which) == Some(&Trait::Word);
                let rarity = rarities.get(which).copied().unwrap_or_default();
                if holders < 2 {
                    continue;
                }
                if is_word {
                    // What is too common is part of how long a document is all the same.
                    square += (entry.weight * rarity).powi(2);
                }
                if is_too_common(holders, all) {
                    continue;
                }
                let weight = if is_word { entry.weight * rarity } else { (entry.weight * rarity).sqrt() };
                weighed.entries.push(Entry { number: entry.number, weight });
            }
            let scale = if square > 0.0 { (WORDS / square).sqrt() } else { 0.0 };
            for entry in weighed.entries.get_mut(start..).unwrap_or_default() {
                if self.traits.get(entry.number as usize) == Some(&Trait::Word) {
                    entry.weight *= scale;
                }
            }
            weighed.end_row();
        }
        weighed.entries.shrink_to_fit();
        *raw = weighed;
    }

    /// The traits of the document at a place, by number.
    pub(super) fn held(&self, place: usize) -> &[Entry] {
        self.held.row(place)
    }

    /// Who has a trait, in the order of the archive.
    pub(super) fn holders(&self, which: u32) -> &[Entry] {
        self.holders.row(which as usize)
    }

    /// True for a trait that only a few of the documents have.
    pub(super) fn is_uncommon(&self, which: u32) -> bool {
        !is_more_than(self.holders(which).len(), UNCOMMON, self.held.ends.len())
    }

    /// What a trait is.
    pub(super) fn kind(&self, which: u32) -> Option<Trait> {
        self.traits.get(which as usize).copied()
    }

    /// What sharing the group at a place is called.
    pub(super) fn reason(&self, at: usize) -> Option<Reason> {
        self.reasons.get(at).cloned()
    }

    /// The trait that the word with a key is a form of.
    pub(super) fn word(&self, key: u32) -> Option<u32> {
        let at = self.words.binary_search_by_key(&key, |(known, _)| *known).ok()?;
        self.words.get(at).map(|(_, which)| *which)
    }
}

fn is_too_common(holders: usize, all: usize) -> bool {
    is_more_than(holders, TOO_COMMON, all)
}

/// True for more than a share of the documents, unless there are very few of them.
fn is_more_than(holders: usize, (part, whole): (usize, usize), all: usize) -> bool {
    all > FEW && holders * whole > all * part
}
