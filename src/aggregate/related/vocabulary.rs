//! What documents can have in common: every trait of an archive by a number, how many have it, and so what it weighs in a
//! document.
//!
//! A trait is a service, a factor, a tag, a mark of the text or the stem of a word. What it weighs in a document is such
//! that the likeness of two documents is the sum, over what both have, of the product of both weights.
//!
//! To count is one look at every document. What the traits of a document weigh is worked out when somebody asks for them.
//! Nothing that is made of it depends on the numbers: what is added up is whole numbers, of which the sum is the same in
//! any order, and of what weighs the same the order is that of the traits themselves.

use std::sync::Arc;

use super::count::Counts;
use crate::{
    aggregate::{Group, Groups, Reason, step::Step},
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

/// So many units of a sum are a weight of one.
const UNITS: f32 = 16_777_216.0;

/// What a trait is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trait {
    /// A service, factor or tag, by its kind and its place among those of the kind.
    Group(Named, usize),
    /// A mark, by its key.
    Mark(u64),
    /// The stem of a word, by its key.
    Word(u32),
}

/// A group that documents name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

/// Every trait of an archive. The first numbers are those of groups, by kind and place.
#[derive(Debug)]
pub(super) struct Vocabulary {
    groups: Arc<Groups>,
    counts: Counts,
    /// How many documents there are.
    all: usize,
    /// What something counts because it is rare, by how many have it.
    rarities: Vec<f32>,
}

impl Vocabulary {
    pub(super) fn new(archive: &Archive, groups: &Arc<Groups>, language: &str) -> Self {
        Self::of(archive, groups, Counts::of(archive.postmortems(), language))
    }

    /// The vocabulary after a step, of which these are the groups.
    pub(super) fn follow(&self, step: Step<'_>, groups: &Arc<Groups>) -> Self {
        let language = &step.config.book.language.value;
        Self::of(step.archive, groups, self.counts.follow(step, language))
    }

    fn of(archive: &Archive, groups: &Arc<Groups>, counts: Counts) -> Self {
        let all = archive.postmortems().len();
        let rarities = (0..=all).map(|holders| rarity(all, holders.max(1))).collect();
        Self { groups: Arc::clone(groups), counts, all, rarities }
    }

    /// How many numbers are those of groups.
    fn of_groups(&self) -> usize {
        Named::ALL.into_iter().map(|kind| kind.groups(&self.groups).len()).sum()
    }

    /// The number of the group of a kind at a place.
    fn number_of(&self, kind: Named, at: usize) -> u32 {
        let before = Named::ALL.into_iter().take_while(|other| *other != kind);
        number(before.map(|kind| kind.groups(&self.groups).len()).sum::<usize>() + at)
    }

    /// How many documents have a trait.
    fn holders(&self, which: u32) -> usize {
        match self.kind(which) {
            Some(Trait::Group(kind, at)) => self.group(kind, at).map_or(0, |group| group.postmortems.len()),
            Some(Trait::Mark(_) | Trait::Word(_)) => self.counted(which as usize - self.of_groups()),
            None => 0,
        }
    }

    fn counted(&self, own: usize) -> usize {
        self.counts.holders.get(own).copied().unwrap_or_default() as usize
    }

    fn rarity(&self, holders: usize) -> f32 {
        self.rarities.get(holders).copied().unwrap_or_default()
    }

    /// The traits of a document, by number.
    pub(super) fn row(&self, postmortem: &Postmortem) -> Vec<Entry> {
        let of_groups = self.of_groups();
        let mut row = self.raw(postmortem, of_groups);
        // Two forms of a word are one trait, with the weight of the first, which is that in the title.
        row.sort_by_key(|entry| entry.number);
        row.dedup_by_key(|entry| entry.number);
        let is_word = |own: usize| matches!(self.counts.found.get(own), Some(Trait::Word(_)));
        let mut square = 0;
        row.retain_mut(|entry| {
            let Some(own) = (entry.number as usize).checked_sub(of_groups) else { return true };
            let holders = self.counted(own);
            if holders < 2 {
                return false;
            }
            let weight = entry.weight * self.rarity(holders);
            if is_word(own) {
                // What is too common is part of how long a document is all the same.
                square += units(weight.powi(2));
                entry.weight = weight;
            } else {
                entry.weight = weight.sqrt();
            }
            !is_too_common(holders, self.all)
        });
        let scale = if square > 0 { (WORDS / weight(square)).sqrt() } else { 0.0 };
        for entry in &mut row {
            if (entry.number as usize).checked_sub(of_groups).is_some_and(is_word) {
                entry.weight *= scale;
            }
        }
        row
    }

    /// What a document has, with what each counts by its kind.
    fn raw(&self, postmortem: &Postmortem, of_groups: usize) -> Vec<Entry> {
        let mut row = Vec::new();
        for kind in Named::ALL {
            let groups = kind.groups(&self.groups);
            for fact in kind.of(postmortem) {
                let at = groups.binary_search_by(|group| group.id.as_str().cmp(&fact.value)).ok();
                let Some((at, group)) = at.and_then(|at| Some((at, groups.get(at)?))) else { continue };
                let holders = group.postmortems.len();
                if holders > 1 && !is_too_common(holders, self.all) {
                    let weight = (kind.weight() * self.rarity(holders)).sqrt();
                    row.push(Entry { number: self.number_of(kind, at), weight });
                }
            }
        }
        let counted = |own: &u32| number(*own as usize + of_groups);
        for mark in &postmortem.traces.marks {
            let Some(number) = self.counts.marks.get(&mark.key).map(counted) else { continue };
            let weight = match mark.kind {
                MarkKind::Alert | MarkKind::Error => 5.0,
                MarkKind::Name => 2.0,
            };
            row.push(Entry { number, weight });
        }
        for (key, is_of_title) in postmortem.traces.keys() {
            let Some(number) = self.counts.words.get(&key).map(counted) else { continue };
            row.push(Entry { number, weight: if is_of_title { IN_TITLE } else { 1.0 } });
        }
        row
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> usize {
        self.of_groups() + self.counts.found.len()
    }

    /// What a trait is.
    pub(super) fn kind(&self, which: u32) -> Option<Trait> {
        let mut own = which as usize;
        for kind in Named::ALL {
            let len = kind.groups(&self.groups).len();
            match own.checked_sub(len) {
                Some(rest) => own = rest,
                None => return Some(Trait::Group(kind, own)),
            }
        }
        self.counts.found.get(own).copied()
    }

    /// True for a trait that only a few of the documents have.
    pub(super) fn is_uncommon(&self, which: u32) -> bool {
        !is_more_than(self.holders(which), UNCOMMON, self.all)
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
        self.counts.words.get(&key).map(|own| number(*own as usize + self.of_groups()))
    }

    /// The keys of all words, with the traits that they are forms of.
    pub(super) fn words(&self) -> impl Iterator<Item = (u32, u32)> {
        let of_groups = self.of_groups();
        self.counts.words.iter().map(move |(key, own)| (*key, number(*own as usize + of_groups)))
    }
}

/// A weight as a whole number, to be added up.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "weights are small and positive"
)]
pub(super) fn units(weight: f32) -> u64 {
    // What `round` gives for what is positive; that is a call, for each of a thousand pairs of every document.
    let units = weight * UNITS;
    let whole = units as u64;
    whole + u64::from(units - whole as f32 >= 0.5)
}

/// The weight that a sum stands for.
#[expect(clippy::cast_precision_loss, reason = "a weight has no more than six figures")]
pub(super) fn weight(units: u64) -> f32 {
    units as f32 / UNITS
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
