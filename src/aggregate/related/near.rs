//! Who has what, found by looking: for whoever asks about one document, which is less work than writing all of it down.

use std::{collections::BTreeMap, sync::Arc};

use rayon::prelude::*;

use super::{
    count::{Map, map},
    vocabulary::{Entry, Trait, Vocabulary, number},
};
use crate::model::Postmortem;

/// The documents near one that share traits with it.
pub(super) struct Near {
    /// For each of the traits that were asked about, who has it, in the order of the archive.
    pub(super) holders: Vec<Vec<Entry>>,
    /// The traits of those documents.
    pub(super) rows: BTreeMap<usize, Vec<Entry>>,
}

impl Near {
    /// Looks for so many on either side of a place, for each of some traits.
    pub(super) fn new(
        vocabulary: &Vocabulary,
        postmortems: &[Arc<Postmortem>],
        place: usize,
        (asked, nearest): (&[Entry], usize),
    ) -> Self {
        let sought = Sought::new(vocabulary, asked);
        let (later, earlier) = rayon::join(
            || sought.among((0..place).rev(), postmortems, nearest),
            || sought.among(place + 1..postmortems.len(), postmortems, nearest),
        );
        let mut places: Vec<Vec<usize>> = later;
        for (at, (places, earlier)) in places.iter_mut().zip(earlier).enumerate() {
            places.reverse();
            places.extend(earlier);
            if let Some(group) = sought.groups.get(&at) {
                let own = group.partition_point(|other| *other < place);
                let from = own.saturating_sub(nearest);
                let to = group.len().min(own + 1 + nearest);
                places
                    .extend(group.get(from..to).unwrap_or_default().iter().filter(|other| **other != place));
            }
        }
        let mut all: Vec<usize> = places.iter().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        let row = |at: usize| Some((at, vocabulary.row(postmortems.get(at)?)));
        let rows: BTreeMap<usize, Vec<Entry>> = all.into_par_iter().filter_map(row).collect();
        let weight = |which: u32, at: usize| {
            let row = rows.get(&at)?;
            let found = row.binary_search_by_key(&which, |entry| entry.number).ok()?;
            Some(Entry { number: number(at), weight: row.get(found)?.weight })
        };
        let holders = asked
            .iter()
            .zip(places)
            .map(|(asked, places)| places.into_iter().filter_map(|at| weight(asked.number, at)).collect());
        Self { holders: holders.collect(), rows }
    }
}

/// Some traits, by what documents have of them.
struct Sought<'a> {
    /// The traits by the keys of marks and of words, by their places.
    marks: Map<u64, usize>,
    words: Map<u32, usize>,
    /// A bit for each end of a key of a word: hardly any word is sought.
    ends: Vec<u64>,
    /// Who belongs to a group that is sought, by the place of the trait.
    groups: BTreeMap<usize, &'a [usize]>,
    len: usize,
}

/// So many bits of a key are its end.
const END: u32 = 16;

/// The place and the bit for the end of a key.
const fn end(key: u32) -> (usize, u64) {
    let end = key & ((1 << END) - 1);
    ((end >> 6) as usize, 1 << (end & 63))
}

impl<'a> Sought<'a> {
    fn new(vocabulary: &'a Vocabulary, asked: &[Entry]) -> Self {
        let mut sought = Self {
            marks: map(),
            words: map(),
            ends: vec![0; 1 << (END - 6)],
            groups: BTreeMap::new(),
            len: asked.len(),
        };
        let mut stems: Map<u32, usize> = map();
        for (at, entry) in asked.iter().enumerate() {
            match vocabulary.kind(entry.number) {
                Some(Trait::Mark(key)) => sought.marks.extend([(key, at)]),
                Some(Trait::Word(_)) => stems.extend([(entry.number, at)]),
                Some(Trait::Group(kind, group)) => {
                    sought
                        .groups
                        .extend(vocabulary.group(kind, group).map(|group| (at, &*group.postmortems)));
                }
                None => {}
            }
        }
        for (key, which) in vocabulary.words() {
            let Some(at) = stems.get(&which) else { continue };
            let (word, bit) = end(key);
            if let Some(bits) = sought.ends.get_mut(word) {
                *bits |= bit;
            }
            sought.words.insert(key, *at);
        }
        sought
    }

    /// For each trait the first so many of these places that have it. Who belongs to a group is known without looking.
    fn among(
        &self,
        places: impl Iterator<Item = usize>,
        postmortems: &[Arc<Postmortem>],
        nearest: usize,
    ) -> Vec<Vec<usize>> {
        let mut found: Vec<Vec<usize>> = vec![Vec::new(); self.len];
        let mut missing = self.len - self.groups.len();
        for place in places {
            if missing == 0 {
                break;
            }
            let Some(postmortem) = postmortems.get(place) else { continue };
            let traces = &postmortem.traces;
            let marks = traces.marks.iter().filter_map(|mark| self.marks.get(&mark.key));
            let words = traces.keys().filter_map(|(key, _)| self.word(key));
            for at in marks.chain(words) {
                let Some(found) = found.get_mut(*at) else { continue };
                if found.len() < nearest && found.last() != Some(&place) {
                    found.push(place);
                    missing -= usize::from(found.len() == nearest);
                }
            }
        }
        found
    }

    fn word(&self, key: u32) -> Option<&usize> {
        let (word, bit) = end(key);
        let is_end = self.ends.get(word).is_some_and(|bits| bits & bit != 0);
        if is_end { self.words.get(&key) } else { None }
    }
}
