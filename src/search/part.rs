//! Reading documents: their terms, counted, and what results show of them.
//!
//! A part numbers its words for itself, so that parts can be read at the same time; `index` puts the numbers together.
//! How much a count is worth is decided in `impact`, once the average length is known.

use crate::search::titles::{Listed, text_file};
use crate::search::{Document, IndexFile, Options, Snippets, Weight};
use crate::terms::terms;
use ahash::{HashMap, RandomState};
use std::collections::BTreeMap;

/// A count is kept in half occurrences up to this; beyond it more occurrences mean no more.
const HIGHEST_COUNT: u8 = 63;

/// Some documents of an archive, read. What of their text is shown is already in files, so the documents can go.
#[derive(Debug)]
pub struct Part {
    pub(crate) words: Vec<Box<str>>,
    pub(crate) entries: Vec<Entry>,
}

/// One document, read.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) listed: Listed,
    pub(crate) facets: BTreeMap<String, Vec<String>>,
    /// The file of its text, unless only summaries are shown.
    pub(crate) text: Option<IndexFile>,
    /// Numbers of its distinct words in [`Part::words`], and beside each how often it occurs.
    pub(crate) words: Box<[u32]>,
    pub(crate) counts: Box<[Count]>,
    /// How many terms it has, repetitions included.
    pub(crate) length: u32,
}

/// How often a word occurs in a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count(u8);

impl Count {
    /// Bits above [`HIGHEST_COUNT`].
    const KEY: u8 = 0x80;
    const CODE: u8 = 0x40;

    fn add(&mut self, weight: Weight) {
        let halves = (self.0 & HIGHEST_COUNT).saturating_add(weight.halves()).min(HIGHEST_COUNT);
        let place = match weight {
            Weight::Key => Self::KEY,
            Weight::Code | Weight::Name => Self::CODE,
            Weight::Heading | Weight::Body => 0,
        };
        self.0 = halves | (self.0 & !HIGHEST_COUNT) | place;
    }

    /// Weighted occurrences: 1 for one in the body.
    pub(crate) fn occurrences(self) -> f32 {
        f32::from(self.0 & HIGHEST_COUNT) / 2.0
    }

    /// Whether the word stands in the title or in a [`Weight::Key`] block.
    pub(crate) fn is_key(self) -> bool {
        self.0 & Self::KEY != 0
    }

    /// Whether the word stands in a [`Weight::Code`] or [`Weight::Name`] block.
    pub(crate) fn is_code(self) -> bool {
        self.0 & Self::CODE != 0
    }
}

impl Weight {
    /// What one occurrence counts, in halves.
    fn halves(self) -> u8 {
        match self {
            Self::Key => 6,
            Self::Heading => 4,
            Self::Code => 3,
            Self::Body => 2,
            Self::Name => 1,
        }
    }
}

impl Part {
    /// Reads `documents`.
    pub fn new(documents: &[Document], options: &Options) -> Self {
        let mut reader = Reader::default();
        let entries = documents.iter().map(|document| reader.read(document, options)).collect();
        let mut words = vec![Box::default(); reader.numbers.len()];
        reader.numbers.into_iter().for_each(|(word, number)| {
            if let Some(slot) = words.get_mut(number as usize) {
                *slot = word;
            }
        });
        Self { words, entries }
    }
}

struct Reader {
    numbers: HashMap<Box<str>, u32>,
    /// Counts of the document that is being read, by word number; all zero between documents.
    counts: Vec<Count>,
    /// Words of the document that is being read.
    touched: Vec<u32>,
    length: u32,
}

impl Default for Reader {
    fn default() -> Self {
        // Fixed keys: the words come from the site's own documents, and nothing depends on the order of the map.
        let hasher = RandomState::with_seeds(1, 2, 3, 4);
        Self {
            numbers: HashMap::with_capacity_and_hasher(4096, hasher),
            counts: Vec::new(),
            touched: Vec::new(),
            length: 0,
        }
    }
}

impl Reader {
    fn read(&mut self, document: &Document, options: &Options) -> Entry {
        self.length = 0;
        self.count(&document.title, Weight::Key);
        for block in &document.blocks {
            self.count(&block.text, block.weight);
        }
        let known = |key: &str| options.facets.iter().any(|facet| facet.key == key);
        let facets: BTreeMap<String, Vec<String>> = document
            .facets
            .iter()
            .filter(|(key, _)| known(key))
            .map(|(key, values)| (key.clone(), values.clone()))
            .collect();
        for facet in options.facets.iter().filter(|facet| facet.searched) {
            for value in facets.get(&facet.key).into_iter().flatten() {
                self.count(value, Weight::Key);
            }
        }
        let words: Box<[u32]> = self.touched.drain(..).collect();
        let counts = words
            .iter()
            .map(|word| self.counts.get_mut(*word as usize).map(std::mem::take).unwrap_or_default())
            .collect();
        Entry {
            listed: Listed::new(document),
            facets,
            text: (options.snippets == Snippets::Full).then(|| text_file(document)),
            words,
            counts,
            length: self.length,
        }
    }

    fn count(&mut self, text: &str, weight: Weight) {
        terms(text, &mut |term, _| {
            let number = match self.numbers.get(term) {
                Some(number) => *number,
                None => self.add_word(term),
            };
            if let Some(count) = self.counts.get_mut(number as usize) {
                if *count == Count::default() {
                    self.touched.push(number);
                }
                count.add(weight);
            }
            self.length = self.length.saturating_add(1);
        });
    }

    fn add_word(&mut self, word: &str) -> u32 {
        let number = self.counts.len() as u32;
        self.numbers.insert(word.into(), number);
        self.counts.push(Count::default());
        number
    }
}
