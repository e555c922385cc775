//! Putting parts together: numbers documents and words, writes the manifest, decides between one file and many.
//!
//! Documents are numbered from the oldest, so that a new postmortem leaves the titles and texts of the others as they
//! were.

use crate::search::encode::Shard;
use crate::search::facets::columns;
use crate::search::part::{Entry, Part};
use crate::search::postings::{Postings, shards};
use crate::search::titles::{bundles, file_name, rename_text};
use crate::search::vocabulary::{common, vocabulary};
use crate::search::{IndexFile, Options};
use crate::terms::Stems;
use ahash::{HashMap, RandomState};
use serde::Serialize;
use std::collections::BTreeSet;

/// The key of the manifest. Raised together with the one in `search-index.js`, so that a reader and an index that do not
/// understand each other do not meet.
const FORMAT: u32 = 2;

/// What the reader knows before it loads anything else. Hashes stand one after the other, three characters each.
#[derive(Serialize)]
struct Manifest<'a> {
    documents: usize,
    /// From which word on each shard goes.
    words: &'a [String],
    /// Words that say nothing beside others.
    common: Vec<&'a str>,
    /// Hashes of the shards of words.
    t: String,
    /// Hashes of the bundles of titles.
    d: String,
    /// Hash of the facets.
    f: &'a str,
    /// Hash of the vocabulary; empty when all words are inlined.
    v: &'a str,
}

/// The index of the documents of `parts`, sorted by path. The same documents in any order, cut into any parts, give the
/// same files.
pub fn assemble(parts: Vec<Part>, options: &Options) -> Vec<IndexFile> {
    let (words, ranks) = rank_words(&parts);
    let mut entries: Vec<(Entry, &[u32])> = parts
        .into_iter()
        .zip(&ranks)
        .flat_map(|(part, ranks)| part.entries.into_iter().map(move |entry| (entry, ranks.as_slice())))
        .collect();
    entries.sort_by(|(left, _), (right, _)| left.listed.cmp(&right.listed));
    let (names, mut files) = name_texts(&mut entries);
    let postings = Postings::new(words, &entries);
    // The postings hold all of the words now; on a large site they weigh too much to be held twice.
    let unworded = |(entry, _)| Entry { words: Box::default(), counts: Box::default(), ..entry };
    let entries: Vec<Entry> = entries.into_iter().map(unworded).collect();
    let entries: Vec<&Entry> = entries.iter().collect();

    let (terms, firsts) = shards(&postings, &Stems::new(&options.language));
    let titles = bundles(&entries, &names, options);
    let facets = columns(&entries, options);
    let size: usize = terms.iter().chain(&titles).map(|shard| shard.file.bytes.len()).sum();
    let inline = size <= options.inline_limit;
    let vocabulary = (!inline).then(|| vocabulary(&postings, entries.len()));
    let manifest = Manifest {
        documents: entries.len(),
        words: &firsts,
        common: common(&postings, entries.len()),
        t: terms.iter().map(|shard| shard.hash.as_str()).collect(),
        d: titles.iter().map(|shard| shard.hash.as_str()).collect(),
        f: &facets.hash,
        v: vocabulary.as_ref().map_or("", |shard| &shard.hash),
    };
    let manifest = serde_json::to_string(&manifest).unwrap_or_default();
    let mut index = format!("AfterwordSearch.add(\"i\",{FORMAT},\"\",{manifest});\n").into_bytes();
    let shards =
        terms.into_iter().chain(titles).chain([facets]).chain(vocabulary).map(|Shard { file, .. }| file);
    if inline {
        shards.for_each(|file| index.extend(file.bytes));
    } else {
        files.extend(shards);
    }
    files.push(IndexFile { path: "search/index.js".to_owned(), bytes: index });
    files.sort_by(|left, right| left.path.cmp(&right.path));
    files
}

/// All words in order, and for each part the rank of each of its words among them.
fn rank_words(parts: &[Part]) -> (Vec<Box<str>>, Vec<Vec<u32>>) {
    let hasher = RandomState::with_seeds(1, 2, 3, 4);
    let mut numbers: HashMap<&str, u32> = HashMap::with_capacity_and_hasher(1 << 14, hasher);
    let mut words: Vec<&str> = Vec::new();
    let mut ranks: Vec<Vec<u32>> = parts
        .iter()
        .map(|part| {
            let number = |word| {
                *numbers.entry(word).or_insert_with(|| {
                    words.push(word);
                    words.len() as u32 - 1
                })
            };
            part.words.iter().map(|word| &**word).map(number).collect()
        })
        .collect();
    let mut order: Vec<(&str, u32)> = words.into_iter().zip(0..).collect();
    order.sort_unstable();
    let mut rank_of = vec![0; order.len()];
    for ((_, number), rank) in order.iter().zip(0..) {
        if let Some(slot) = rank_of.get_mut(*number as usize) {
            *slot = rank;
        }
    }
    for number in ranks.iter_mut().flatten() {
        *number = rank_of.get(*number as usize).copied().unwrap_or_default();
    }
    (order.into_iter().map(|(word, _)| word.into()).collect(), ranks)
}

/// The names of the entries' texts, unique also where case does not count and empty for one that has none, and the texts
/// under those names.
fn name_texts(entries: &mut [(Entry, &[u32])]) -> (Vec<String>, Vec<IndexFile>) {
    let mut taken = BTreeSet::new();
    let mut files = Vec::new();
    let mut names = Vec::with_capacity(entries.len());
    for (entry, _) in entries {
        let name = file_name(&entry.listed.id);
        let mut unique = name.clone();
        let mut number = 2;
        while !taken.insert(unique.to_ascii_lowercase()) {
            unique = format!("{name}~{number}");
            number += 1;
        }
        match entry.text.take() {
            None => unique.clear(),
            Some(text) if unique != name => files.push(rename_text(text, &name, &unique)),
            Some(text) => files.push(text),
        }
        names.push(unique);
    }
    (names, files)
}
