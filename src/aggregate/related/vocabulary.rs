//! What documents can have in common: every trait of an archive by a number, how many have it, and so what it weighs in a
//! document.
//!
//! A trait is a service, a factor, a tag, a mark of the text or the stem of a word. What it weighs in a document is such
//! that the likeness of two documents is the sum, over what both have, of the product of both weights.
//!
//! To count is one look at every document. What the traits of a document weigh is worked out when somebody asks for them.

use std::sync::Arc;

use rayon::prelude::*;

use super::count::{Forms, Map, Part, map};
use crate::{
    aggregate::{Group, Groups, Reason},
    model::{Archive, Fact, MarkKind, Postmortem},
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

/// So many documents are counted at a time, at the least.
const AT_ONCE: usize = 1_000;

/// What a trait is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trait {
    /// A service, factor or tag, by its kind and its place among those of the kind.
    Group(Named, usize),
    /// A mark, by its key.
    Mark(u64),
    /// The stem of a word, by its key.
    Word(u32),
}

/// A group that documents name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Factor,
    Service,
    Tag,
}

impl Named {
    const ALL: [Self; 3] = [Self::Factor, Self::Service, Self::Tag];

    pub(super) fn groups(self, groups: &Groups) -> &[Group] {
        match self {
            Self::Factor => &groups.factors,
            Self::Service => &groups.services,
            Self::Tag => &groups.tags,
        }
    }

    fn of(self, postmortem: &Postmortem) -> &[Fact<String>] {
        match self {
            Self::Factor => &postmortem.factors,
            Self::Service => &postmortem.services,
            Self::Tag => &postmortem.tags,
        }
    }

    const fn weight(self) -> f32 {
        match self {
            Self::Factor => 3.0,
            Self::Service => 2.0,
            Self::Tag => 1.0,
        }
    }

    fn reason(self, name: String) -> Reason {
        match self {
            Self::Factor => Reason::Factor(name),
            Self::Service => Reason::Service(name),
            Self::Tag => Reason::Tag(name),
        }
    }
}

/// A trait of a document, or a document with a trait, and what it weighs there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Entry {
    pub(super) number: u32,
    pub(super) weight: f32,
}

/// Every trait of an archive.
#[derive(Debug)]
pub(super) struct Vocabulary {
    groups: Arc<Groups>,
    /// What each trait is, by number.
    traits: Vec<Trait>,
    /// How many documents have it.
    holders: Vec<u32>,
    /// What it counts because it is rare.
    rarities: Vec<f32>,
    /// How many documents there are.
    all: usize,
    /// The numbers of groups, by kind and place; none for those that say nothing.
    named: [Vec<Option<u32>>; 3],
    words: Map<u32, u32>,
    marks: Map<u64, u32>,
}

impl Vocabulary {
    pub(super) fn new(archive: &Archive, groups: &Arc<Groups>, language: &str, forms: &Forms) -> Self {
        let postmortems = archive.postmortems();
        let all = postmortems.len();
        let known = forms.known(language);
        let at_once = all.div_ceil(rayon::current_num_threads()).max(AT_ONCE);
        let parts: Vec<Part> =
            postmortems.par_chunks(at_once).map(|some| Part::new(some, language, &known)).collect();
        let mut vocabulary = Self {
            groups: Arc::clone(groups),
            traits: Vec::new(),
            holders: Vec::new(),
            rarities: Vec::new(),
            all,
            named: Named::ALL.map(|_| Vec::new()),
            words: map(),
            marks: map(),
        };
        let named = Named::ALL.map(|kind| vocabulary.name(kind));
        vocabulary.named = named;
        let new: Vec<(u32, u32)> = parts.iter().flat_map(|part| part.forms.iter().copied()).collect();
        if !new.is_empty() {
            forms.learn(language, known, new.into_iter());
        }
        vocabulary.count(parts);
        let holders = vocabulary.holders.iter();
        vocabulary.rarities = holders.map(|holders| rarity(all, (*holders).max(1) as usize)).collect();
        vocabulary
    }

    /// Gives numbers to the groups of a kind.
    fn name(&mut self, kind: Named) -> Vec<Option<u32>> {
        let groups = Arc::clone(&self.groups);
        let number = |(at, group): (usize, &Group)| {
            let holders = group.postmortems.len();
            (holders > 1 && !is_too_common(holders, self.all)).then(|| {
                self.traits.push(Trait::Group(kind, at));
                self.holders.push(number(holders));
                number(self.traits.len() - 1)
            })
        };
        kind.groups(&groups).iter().enumerate().map(number).collect()
    }

    /// Joins what was counted, in the order of the documents.
    fn count(&mut self, parts: Vec<Part>) {
        let mut stems: Map<u32, u32> = map();
        for part in parts {
            let mut numbers = Vec::with_capacity(part.found.len());
            for (found, holders) in part.found.iter().zip(part.holders) {
                let mut new = || {
                    self.traits.push(*found);
                    self.holders.push(0);
                    number(self.traits.len() - 1)
                };
                let which = match found {
                    Trait::Mark(key) => *self.marks.entry(*key).or_insert_with(&mut new),
                    Trait::Word(key) => *stems.entry(*key).or_insert_with(&mut new),
                    Trait::Group(..) => continue,
                };
                if let Some(count) = self.holders.get_mut(which as usize) {
                    *count += holders;
                }
                numbers.push(which);
            }
            let words = part.words.into_iter();
            self.words.extend(words.filter_map(|(key, own)| Some((key, *numbers.get(own as usize)?))));
        }
    }

    /// The traits of a document, by number.
    pub(super) fn row(&self, postmortem: &Postmortem) -> Vec<Entry> {
        let mut row = self.raw(postmortem);
        // Two forms of a word are one trait, with the weight of the first, which is that in the title.
        row.sort_by_key(|entry| entry.number);
        row.dedup_by_key(|entry| entry.number);
        let mut square = 0.0_f32;
        row.retain_mut(|entry| {
            let which = entry.number as usize;
            let is_word = match self.traits.get(which) {
                Some(Trait::Group(..)) => return true,
                Some(Trait::Word(_)) => true,
                Some(Trait::Mark(_)) | None => false,
            };
            let holders = self.holders.get(which).copied().unwrap_or_default() as usize;
            if holders < 2 {
                return false;
            }
            let weight = entry.weight * self.rarities.get(which).copied().unwrap_or_default();
            if is_word {
                // What is too common is part of how long a document is all the same.
                square += weight.powi(2);
            }
            entry.weight = if is_word { weight } else { weight.sqrt() };
            !is_too_common(holders, self.all)
        });
        let scale = if square > 0.0 { (WORDS / square).sqrt() } else { 0.0 };
        for entry in &mut row {
            if matches!(self.traits.get(entry.number as usize), Some(Trait::Word(_))) {
                entry.weight *= scale;
            }
        }
        row
    }

    /// What a document has, with what each counts by its kind.
    fn raw(&self, postmortem: &Postmortem) -> Vec<Entry> {
        let mut row = Vec::new();
        for (kind, numbers) in Named::ALL.into_iter().zip(&self.named) {
            let groups = kind.groups(&self.groups);
            for fact in kind.of(postmortem) {
                let at = groups.binary_search_by(|group| group.id.as_str().cmp(&fact.value)).ok();
                let Some(Some(number)) = at.and_then(|at| numbers.get(at)) else { continue };
                let rarity = self.rarities.get(*number as usize).copied().unwrap_or_default();
                row.push(Entry { number: *number, weight: (kind.weight() * rarity).sqrt() });
            }
        }
        for mark in &postmortem.traces.marks {
            let Some(number) = self.marks.get(&mark.key) else { continue };
            let weight = match mark.kind {
                MarkKind::Alert | MarkKind::Error => 5.0,
                MarkKind::Name => 2.0,
            };
            row.push(Entry { number: *number, weight });
        }
        for (key, is_of_title) in postmortem.traces.keys() {
            let Some(number) = self.word(key) else { continue };
            row.push(Entry { number, weight: if is_of_title { IN_TITLE } else { 1.0 } });
        }
        row
    }

    /// How many traits there are.
    pub(super) fn len(&self) -> usize {
        self.traits.len()
    }

    /// What a trait is.
    pub(super) fn kind(&self, which: u32) -> Option<Trait> {
        self.traits.get(which as usize).copied()
    }

    /// True for a trait that only a few of the documents have.
    pub(super) fn is_uncommon(&self, which: u32) -> bool {
        let holders = self.holders.get(which as usize).copied().unwrap_or_default() as usize;
        !is_more_than(holders, UNCOMMON, self.all)
    }

    /// The group of a kind at a place.
    pub(super) fn group(&self, kind: Named, at: usize) -> Option<&Group> {
        kind.groups(&self.groups).get(at)
    }

    /// What sharing the group at a place is called.
    pub(super) fn reason(&self, kind: Named, at: usize) -> Option<Reason> {
        Some(kind.reason(self.group(kind, at)?.name.clone()))
    }

    /// The trait that the word with a key is a form of.
    pub(super) fn word(&self, key: u32) -> Option<u32> {
        self.words.get(&key).copied()
    }

    /// The keys of all words, with the traits that they are forms of.
    pub(super) fn words(&self) -> impl Iterator<Item = (u32, u32)> {
        self.words.iter().map(|(key, which)| (*key, *which))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "documents and traits are numbered in 32 bits")]
pub(super) fn number(at: usize) -> u32 {
    at as u32
}

/// Rarity: the logarithm of how many times more documents there are than such that have it.
#[expect(clippy::cast_precision_loss, reason = "counts of documents are far below 2^24")]
fn rarity(all: usize, holders: usize) -> f32 {
    (all as f32 / holders as f32).ln_1p()
}

fn is_too_common(holders: usize, all: usize) -> bool {
    is_more_than(holders, TOO_COMMON, all)
}

/// True for more than a share of the documents, unless there are very few of them.
fn is_more_than(holders: usize, (part, whole): (usize, usize), all: usize) -> bool {
    all > FEW && holders * whole > all * part
}
