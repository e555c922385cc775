//! How many documents have what: one look at each, many at a time.

use std::sync::{Arc, Mutex, PoisonError};

use ahash::{HashMap, RandomState};

use super::vocabulary::{Trait, number};
use crate::{
    model::{Postmortem, traces::word_key},
    terms::{Stems, fold},
};

/// A table whose order is that of no run in particular; nothing depends on it.
pub(super) type Map<K, V> = HashMap<K, V>;

pub(super) fn map<K, V>() -> Map<K, V> {
    HashMap::with_hasher(RandomState::with_seeds(1, 2, 3, 4))
}

/// The stems of the words of an archive by their keys, kept from one archive to the next: what the stem of a word is never
/// changes.
#[derive(Debug, Default)]
pub struct Forms(Mutex<Known>);

/// A language, and the keys of stems by those of words.
type Known = (String, Arc<Map<u32, u32>>);

impl Forms {
    pub(super) fn known(&self, language: &str) -> Arc<Map<u32, u32>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0 == language { Arc::clone(&known.1) } else { Arc::new(map()) }
    }

    pub(super) fn learn(
        &self,
        language: &str,
        mut known: Arc<Map<u32, u32>>,
        new: impl Iterator<Item = (u32, u32)>,
    ) {
        Arc::make_mut(&mut known).extend(new);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = (language.to_owned(), known);
    }
}

/// What was found in some documents that follow each other.
pub(super) struct Part {
    /// In the order of the documents.
    pub(super) found: Vec<Trait>,
    /// How many have each.
    pub(super) holders: Vec<u32>,
    /// The last one that has it, counted from 1.
    last: Vec<u32>,
    pub(super) words: Map<u32, u32>,
    marks: Map<u64, u32>,
    stems: Map<u32, u32>,
    /// Stems that were not known.
    pub(super) forms: Vec<(u32, u32)>,
}

impl Part {
    pub(super) fn new(postmortems: &[Arc<Postmortem>], language: &str, known: &Map<u32, u32>) -> Self {
        let stems = Stems::new(language);
        let mut part = Self {
            found: Vec::new(),
            holders: Vec::new(),
            last: Vec::new(),
            words: map(),
            marks: map(),
            stems: map(),
            forms: Vec::new(),
        };
        for (document, postmortem) in (1..).zip(postmortems) {
            for mark in &postmortem.traces.marks {
                let found = &mut part.found;
                let which = *part.marks.entry(mark.key).or_insert_with(|| {
                    found.push(Trait::Mark(mark.key));
                    number(found.len() - 1)
                });
                part.hold(which, document);
            }
            for (at, (key, _)) in postmortem.traces.keys().enumerate() {
                let which = match part.words.get(&key) {
                    Some(which) => *which,
                    None => part.word(key, known, || stem(&stems, postmortem.traces.word(at))),
                };
                part.hold(which, document);
            }
        }
        part
    }

    /// The number of a word that was not met before.
    fn word(&mut self, key: u32, known: &Map<u32, u32>, stem: impl FnOnce() -> u32) -> u32 {
        let stem = known.get(&key).copied().unwrap_or_else(|| {
            let stem = stem();
            self.forms.push((key, stem));
            stem
        });
        let found = &mut self.found;
        let which = *self.stems.entry(stem).or_insert_with(|| {
            found.push(Trait::Word(stem));
            number(found.len() - 1)
        });
        self.words.insert(key, which);
        which
    }

    /// Counts a document once for each of its traits.
    fn hold(&mut self, which: u32, document: u32) {
        let at = which as usize;
        if at >= self.holders.len() {
            self.holders.resize(at + 1, 0);
            self.last.resize(at + 1, 0);
        }
        if let (Some(holders), Some(last)) = (self.holders.get_mut(at), self.last.get_mut(at))
            && *last != document
        {
            *last = document;
            *holders += 1;
        }
    }
}

fn stem(stems: &Stems, word: &str) -> u32 {
    let folded = fold(word).into_owned();
    word_key(stems.of(&folded).unwrap_or(folded).as_bytes())
}
