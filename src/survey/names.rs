//! Names as documents spell them, and which spellings mean the same.

use std::{cmp::Reverse, collections::BTreeMap};

use super::distinct;

/// A name, and how it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The most common spelling.
    pub id: String,
    /// The others that differ in more than case, spaces and hyphens.
    pub aliases: Vec<String>,
    /// How many documents use any of them.
    pub documents: usize,
}

/// How many documents use each spelling, and in which documents.
#[derive(Debug, Default)]
pub(super) struct Names {
    documents: usize,
    by_spelling: BTreeMap<String, Vec<usize>>,
}

impl Names {
    /// Adds the names of one document.
    pub(super) fn add<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) {
        self.documents += 1;
        for name in distinct(names) {
            self.by_spelling.entry(name.to_owned()).or_default().push(self.documents);
        }
    }

    /// The names, spellings that differ in case, spaces and hyphens joined; the most common first.
    pub(super) fn joined(self) -> Vec<Name> {
        self.joined_by(folded)
    }

    /// The same, spellings joined that have the same key.
    pub(super) fn joined_by(self, key: impl Fn(&str) -> String) -> Vec<Name> {
        let mut joined: BTreeMap<String, Vec<(String, Vec<usize>)>> = BTreeMap::new();
        for (spelling, documents) in self.by_spelling {
            joined.entry(key(&spelling)).or_default().push((spelling, documents));
        }
        let mut names: Vec<Name> = joined.into_values().filter_map(name).collect();
        names.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.id.cmp(&b.id)));
        names
    }
}

fn name(mut spellings: Vec<(String, Vec<usize>)>) -> Option<Name> {
    // Of spellings that are as common, the one with capitals looks more like a name.
    spellings.sort_by_key(|(spelling, documents)| {
        (Reverse(documents.len()), Reverse(spelling.chars().filter(|c| c.is_uppercase()).count()))
    });
    let mut documents: Vec<usize> =
        spellings.iter().flat_map(|(_, documents)| documents.iter().copied()).collect();
    documents.sort_unstable();
    documents.dedup();
    let mut known: Vec<String> = Vec::new();
    let mut written = Vec::new();
    for (spelling, _) in spellings {
        if !known.contains(&folded(&spelling)) {
            known.push(folded(&spelling));
            written.push(spelling);
        }
    }
    let mut written = written.into_iter();
    Some(Name { id: written.next()?, aliases: written.collect(), documents: documents.len() })
}

/// Letters and digits in lower case, by which the configuration compares names too.
pub(super) fn folded(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
