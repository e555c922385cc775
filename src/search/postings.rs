//! Which documents have which word, and the shards that carry this to the reader.
//!
//! Shards hold neighbouring words in sorted order, so that everything that starts alike is in one or two of them.

use crate::search::encode::{Shard, put_front_coded, put_varint, shard, shared_prefix};
use crate::search::impact::impact;
use crate::search::part::Entry;
use rayon::prelude::*;

/// Bytes of a shard before it is deflated. Smaller ones cost requests, larger ones bytes that nobody asked for.
const SHARD: usize = 26 * 1024;

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

/// The shards of `postings` and, for each, the shortest text that sorts after all words before it and not after its own.
pub(crate) fn shards(postings: &Postings) -> (Vec<Shard>, Vec<String>) {
    let mut groups: Vec<Vec<Row<'_>>> = Vec::new();
    let mut size = SHARD;
    for row in postings.rows() {
        if size >= SHARD {
            groups.push(Vec::new());
            size = 0;
        }
        size += row.word.len() / 2 + 3 + row.documents.len() * 2;
        if let Some(group) = groups.last_mut() {
            group.push(row);
        }
    }
    let mut previous = "";
    let mut firsts = Vec::with_capacity(groups.len());
    for group in &groups {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let shared = shared_prefix(previous, first.word);
        let own = first.word.get(shared..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        firsts.push(first.word.get(..shared + own).unwrap_or_default().to_owned());
        previous = last.word;
    }
    let pack =
        |(key, rows): (usize, &Vec<Row<'_>>)| shard("t", key, &encode(rows).each_ref().map(Vec::as_slice));
    let shards = groups.par_iter().enumerate().map(pack).collect();
    (shards, firsts)
}

/// `FORMAT.md` has the layout.
fn encode(rows: &[Row<'_>]) -> [Vec<u8>; 4] {
    let [mut words, mut sizes, mut documents, mut impacts] = [const { Vec::new() }; 4];
    put_varint(&mut words, rows.len() as u32);
    let mut previous = "";
    for row in rows {
        put_front_coded(&mut words, previous, row.word);
        previous = row.word;
        put_varint(&mut sizes, row.documents.len() as u32);
        let mut last = 0;
        for document in row.documents {
            put_varint(&mut documents, document - last);
            last = *document;
        }
    }
    let mut half = None;
    for worth in rows.iter().flat_map(|row| row.impacts) {
        half = match half {
            None => Some(*worth),
            Some(low) => {
                impacts.push(low | worth << 4);
                None
            }
        };
    }
    impacts.extend(half);
    [words, sizes, documents, impacts]
}
