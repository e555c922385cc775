//! How many documents have what: one look at each, many at a time, and after a change one look at those that are gone and
//! one at those that are fresh.

use std::sync::Arc;

use ahash::{HashMap, RandomState};
use rayon::prelude::*;

use super::vocabulary::{Trait, number};
use crate::{
    aggregate::step::Step,
    model::{Postmortem, traces::word_key},
    terms::{Stems, fold},
};

/// A table whose order is that of no run in particular; nothing depends on it.
pub(super) type Map<K, V> = HashMap<K, V>;

pub(super) fn map<K, V>() -> Map<K, V> {
    HashMap::with_hasher(RandomState::with_seeds(1, 2, 3, 4))
}

/// So many documents are counted at a time, at the least.
const AT_ONCE: usize = 1_000;

/// How many documents have which mark and which stem of a word. What nobody has any more keeps its number, so that a step
/// renumbers nothing.
#[derive(Debug, Clone)]
pub(super) struct Counts {
    /// What each is, by number.
    pub(super) found: Vec<Trait>,
    /// How many have each.
    pub(super) holders: Vec<u32>,
    /// The numbers of stems by the keys of words: what the stem of a word is never changes.
    pub(super) words: Map<u32, u32>,
    pub(super) marks: Map<u64, u32>,
    stems: Map<u32, u32>,
}

impl Counts {
    fn of_nothing() -> Self {
        Self { found: Vec::new(), holders: Vec::new(), words: map(), marks: map(), stems: map() }
    }

    /// Counts all of these.
    pub(super) fn of(postmortems: &[Arc<Postmortem>], language: &str) -> Self {
        let at_once = postmortems.len().div_ceil(rayon::current_num_threads()).max(AT_ONCE);
        let counted = |some: &[Arc<Postmortem>]| {
            let mut counts = Self::of_nothing();
            let mut counting = Counting::new(&mut counts, language);
            for postmortem in some {
                counting.count(postmortem, |holders| *holders += 1);
            }
            counts
        };
        let parts: Vec<Self> = postmortems.par_chunks(at_once).map(counted).collect();
        parts.into_iter().reduce(Self::and).unwrap_or_else(Self::of_nothing)
    }

    /// The counts after a step.
    pub(super) fn follow(&self, step: Step<'_>, language: &str) -> Self {
        let mut counts = self.clone();
        let mut counting = Counting::new(&mut counts, language);
        for (_, postmortem) in step.gone() {
            counting.count(postmortem, |holders| *holders = holders.saturating_sub(1));
        }
        for (_, postmortem) in step.fresh() {
            counting.count(postmortem, |holders| *holders += 1);
        }
        counts
    }

    /// Both together.
    fn and(mut self, other: Self) -> Self {
        let mut numbers = Vec::with_capacity(other.found.len());
        for (found, holders) in other.found.iter().zip(other.holders) {
            let which = match found {
                Trait::Mark(key) => self.mark(*key),
                Trait::Word(key) => self.stem(*key),
                Trait::Group(..) => continue,
            };
            if let Some(count) = self.holders.get_mut(which as usize) {
                *count += holders;
            }
            numbers.push(which);
        }
        let words = other.words.into_iter();
        self.words.extend(words.filter_map(|(key, own)| Some((key, *numbers.get(own as usize)?))));
        self
    }

    fn mark(&mut self, key: u64) -> u32 {
        let Self { found, holders, marks, .. } = self;
        *marks.entry(key).or_insert_with(|| new(found, holders, Trait::Mark(key)))
    }

    fn stem(&mut self, key: u32) -> u32 {
        let Self { found, holders, stems, .. } = self;
        *stems.entry(key).or_insert_with(|| new(found, holders, Trait::Word(key)))
    }
}

/// The number of something that was not met before.
fn new(found: &mut Vec<Trait>, holders: &mut Vec<u32>, one: Trait) -> u32 {
    found.push(one);
    holders.push(0);
    number(found.len() - 1)
}

/// Counts one document after the other.
struct Counting<'a> {
    counts: &'a mut Counts,
    stems: Stems,
    /// The last document that has each, counted from 1.
    last: Vec<u32>,
    document: u32,
}

impl<'a> Counting<'a> {
    fn new(counts: &'a mut Counts, language: &str) -> Self {
        let last = vec![0; counts.found.len()];
        Self { counts, stems: Stems::new(language), last, document: 0 }
    }

    /// Counts a document once for each of its traits.
    fn count(&mut self, postmortem: &Postmortem, count: impl Fn(&mut u32)) {
        self.document += 1;
        let traces = &postmortem.traces;
        for mark in &traces.marks {
            let which = self.counts.mark(mark.key);
            self.hold(which, &count);
        }
        for (at, (key, _)) in traces.keys().enumerate() {
            let which = match self.counts.words.get(&key) {
                Some(which) => *which,
                None => self.word(key, traces.word(at)),
            };
            self.hold(which, &count);
        }
    }

    /// The number of a word that was not met before.
    fn word(&mut self, key: u32, word: &str) -> u32 {
        let folded = fold(word).into_owned();
        let stem = word_key(self.stems.of(&folded).unwrap_or(folded).bytes());
        let which = self.counts.stem(stem);
        self.counts.words.insert(key, which);
        which
    }

    fn hold(&mut self, which: u32, count: impl Fn(&mut u32)) {
        let at = which as usize;
        if at >= self.last.len() {
            self.last.resize(self.counts.found.len(), 0);
        }
        if let (Some(holders), Some(last)) = (self.counts.holders.get_mut(at), self.last.get_mut(at))
            && *last != self.document
        {
            *last = self.document;
            count(holders);
        }
    }
}
