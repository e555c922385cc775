//! Which documents have which word, and the shards that carry this to the reader.
//!
//! Shards hold neighbouring words in sorted order, so that everything that starts alike is in one or two of them.

use crate::search::encode::{Shard, put_front_coded, put_varint, shard, shared_prefix};
use crate::search::impact::impact;
use crate::search::part::Entry;
use crate::terms::Stems;
use ahash::{HashMap, RandomState};
use rayon::prelude::*;

/// Bytes of a shard before it is deflated. Smaller ones cost requests, larger ones bytes that nobody asked for.
const SHARD: usize = 26 * 1024;
/// Up to which size a shard goes on so that words of one stem stay together.
const STRETCHED: usize = SHARD * 5 / 4;

/// All words in order, each with its documents and its impact in each of them.
#[derive(Debug, Default)]
pub(crate) struct Postings {
    words: Vec<Box<str>>,
    /// Where the documents of each word start; one longer than `words`.
    starts: Vec<usize>,
    documents: Vec<u32>,
    impacts: Vec<u8>,
}

/// A word's row of [`Postings`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    pub(crate) word: &'a str,
    pub(crate) documents: &'a [u32],
    impacts: &'a [u8],
}

impl Postings {
    /// The postings of `entries`, which are in document order; each comes with the ranks, in sorted `words`, of the words
    /// of its part.
    pub(crate) fn new(words: Vec<Box<str>>, entries: &[(Entry, &[u32])]) -> Self {
        let ranked = |entry: &Entry, ranks: &[u32], each: &mut dyn FnMut(usize, usize)| {
            for (at, word) in entry.words.iter().enumerate() {
                if let Some(rank) = ranks.get(*word as usize) {
                    each(at, *rank as usize);
                }
            }
        };
        let mut starts = vec![0; words.len() + 1];
        for (entry, ranks) in entries {
            ranked(entry, ranks, &mut |_, rank| {
                if let Some(next) = starts.get_mut(rank + 1) {
                    *next += 1;
                }
            });
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let lengths: f64 = entries.iter().map(|(entry, _)| f64::from(entry.length)).sum();
        let average = (lengths / entries.len().max(1) as f64) as f32;
        let mut free = starts.clone();
        let mut documents = vec![0; total];
        let mut impacts = vec![0; total];
        for (number, (entry, ranks)) in entries.iter().enumerate() {
            ranked(entry, ranks, &mut |at, rank| {
                let (Some(slot), Some(count)) = (free.get_mut(rank), entry.counts.get(at)) else { return };
                if let (Some(document), Some(worth)) = (documents.get_mut(*slot), impacts.get_mut(*slot)) {
                    *document = number as u32;
                    *worth = impact(*count, entry.length, average);
                }
                *slot += 1;
            });
        }
        Self { words, starts, documents, impacts }
    }

    /// Every word with its documents, in order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.words.iter().zip(self.starts.windows(2)).filter_map(|(word, bounds)| {
            let range = match *bounds {
                [start, end] => start..end,
                _ => return None,
            };
            Some(Row {
                word,
                documents: self.documents.get(range.clone())?,
                impacts: self.impacts.get(range)?,
            })
        })
    }
}

/// For each word the place of the first one with its stem among all; a word without a stem is alone.
fn families(postings: &Postings, stems: &Stems) -> Vec<u32> {
    let stemmed: Vec<Option<String>> = postings.words.par_iter().map(|word| stems.of(word)).collect();
    let mut firsts: HashMap<&str, u32> = HashMap::with_hasher(RandomState::with_seeds(1, 2, 3, 4));
    stemmed
        .iter()
        .zip(0..)
        .map(|(stem, place)| stem.as_deref().map_or(place, |stem| *firsts.entry(stem).or_insert(place)))
        .collect()
}

/// The shards of `postings` and, for each, the shortest text that sorts after all words before it and not after its own.
pub(crate) fn shards(postings: &Postings, stems: &Stems) -> (Vec<Shard>, Vec<String>) {
    let families = families(postings, stems);
    let mut ends = vec![0; families.len()];
    for (first, place) in families.iter().zip(0_u32..) {
        if let Some(end) = ends.get_mut(*first as usize) {
            *end = place;
        }
    }
    let mut groups: Vec<Vec<(Row<'_>, u32)>> = Vec::new();
    let mut size = STRETCHED;
    let mut apart = 0;
    for ((row, family), place) in postings.rows().zip(&families).zip(0_u32..) {
        if size >= STRETCHED || (size >= SHARD && place > apart) {
            groups.push(Vec::new());
            size = 0;
        }
        apart = apart.max(ends.get(*family as usize).copied().unwrap_or_default());
        size += row.word.len() / 2 + 3 + row.documents.len() * 2;
        if let Some(group) = groups.last_mut() {
            group.push((row, *family));
        }
    }
    let mut previous = "";
    let mut firsts = Vec::with_capacity(groups.len());
    for group in &groups {
        let (Some((first, _)), Some((last, _))) = (group.first(), group.last()) else { continue };
        let shared = shared_prefix(previous, first.word);
        let own = first.word.get(shared..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        firsts.push(first.word.get(..shared + own).unwrap_or_default().to_owned());
        previous = last.word;
    }
    let pack = |(key, rows): (usize, &Vec<(Row<'_>, u32)>)| {
        shard("t", key, &encode(rows).each_ref().map(Vec::as_slice))
    };
    let shards = groups.par_iter().enumerate().map(pack).collect();
    (shards, firsts)
}

/// `FORMAT.md` has the layout.
fn encode(rows: &[(Row<'_>, u32)]) -> [Vec<u8>; 5] {
    let [mut words, mut kin, mut sizes, mut documents, mut impacts] = [const { Vec::new() }; 5];
    put_varint(&mut words, rows.len() as u32);
    let mut previous = "";
    let mut seen: HashMap<u32, u32> = HashMap::with_hasher(RandomState::with_seeds(1, 2, 3, 4));
    for ((row, family), place) in rows.iter().zip(0..) {
        put_front_coded(&mut words, previous, row.word);
        put_varint(&mut kin, place - *seen.entry(*family).or_insert(place));
        previous = row.word;
        put_varint(&mut sizes, row.documents.len() as u32);
        let mut last = 0;
        for document in row.documents {
            put_varint(&mut documents, document - last);
            last = *document;
        }
    }
    let mut half = None;
    for worth in rows.iter().flat_map(|(row, _)| row.impacts) {
        half = match half {
            None => Some(*worth),
            Some(low) => {
                impacts.push(low | worth << 4);
                None
            }
        };
    }
    impacts.extend(half);
    [words, kin, sizes, documents, impacts]
}
