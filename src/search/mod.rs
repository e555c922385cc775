//! The search index of a site: what the reader script loads, piece by piece, to answer a query.
//!
//! Every file is a classic script, `AfterwordSearch.add(kind, key, hash, payload)`, so that one way of loading works from
//! `https:` and from `file:`, under `script-src 'self'` alone. `FORMAT.md` beside this file describes the payloads.
//!
//! Documents come in as plain values; this module knows neither the model nor HTML, and decides nothing about what may
//! be published: what is handed in is searchable. [`Part::new`] reads documents, in as many parts as the caller likes and
//! on as many threads; [`assemble`] makes one index of the parts; [`build`] does both.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "words and documents are numbered in 32 bits, and impacts are clamped to four"
)]

mod encode;
mod facets;
mod impact;
mod index;
mod part;
mod postings;
mod titles;
mod vocabulary;

#[cfg(test)]
mod tests;

pub use index::assemble;
pub use part::Part;

use rayon::prelude::*;
use std::collections::BTreeMap;

/// How many documents [`build`] gives to one [`Part`]: enough to share words, few enough to keep all cores busy.
const PART_SIZE: usize = 512;

/// One document as the index sees it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Names the file of its text. Unique in the archive; of two alike the later gets a number.
    pub id: String,
    /// Shown, and searched with the highest weight.
    pub title: String,
    /// Where it is, relative to the root of the site: `postmortems/2026-03-14-checkout.html`.
    pub url: String,
    /// The day of the incident, `2026-03-14`. Decides the order of documents that match equally well.
    pub date: Option<String>,
    /// A sentence or two, shown until the snippet is there. Not searched: the same words stand in `blocks`.
    pub summary: String,
    /// All searchable text, in the order of the document.
    pub blocks: Vec<Block>,
    /// What the results can be narrowed by: facet key → values. Keys that [`Options::facets`] does not name are ignored.
    pub facets: BTreeMap<String, Vec<String>>,
}

/// A run of text of one weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// How much a word in it counts.
    pub weight: Weight,
    /// Plain text; code verbatim.
    pub text: String,
}

/// What a word counts for, by where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Other names of services, teams, tags, factors than the values of facets. Searched like the title; not part of the
    /// text that snippets show.
    Key,
    /// Headings.
    Heading,
    /// Code blocks, error strings.
    Code,
    /// Identifiers of the running text, such as alert names. They stand in it as well; not part of the text that snippets
    /// show.
    Name,
    /// Everything else.
    Body,
}

/// How the index is built.
#[derive(Clone, Debug)]
pub struct Options {
    /// BCP 47 tag of the site's language, which decides what are forms of one word.
    pub language: String,
    /// The facets, in the order in which they are offered. Values of the first two also stand beside the title of a
    /// result.
    pub facets: Vec<Facet>,
    /// What results show of a document.
    pub snippets: Snippets,
    /// Up to this size, in bytes of all terms and titles, the index is one file that answers without further requests.
    pub inline_limit: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            language: "en".to_owned(),
            facets: Vec::new(),
            snippets: Snippets::default(),
            inline_limit: 192 * 1024,
        }
    }
}

/// Something results can be narrowed by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// Key in [`Document::facets`] and in the address: `severity`.
    pub key: String,
    /// As shown: `Severity`.
    pub label: String,
    /// Values that have an order of their own, such as severities, worst first. All others follow, sorted.
    pub order: Vec<String>,
    /// Whether its values are also searched, like the title. Those that only sort documents, such as a status, are not:
    /// their words mean something else in the text.
    pub searched: bool,
}

/// What results show of a document besides its title.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Snippets {
    /// The passage that matches. Costs one file of plain text for each document, loaded when its result is visible;
    /// needed for quoted phrases as well.
    #[default]
    Full,
    /// The summary only, and no further files.
    Summary,
}

/// A file of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexFile {
    /// Relative to the root of the site, with `/`: `search/index.js`.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The index of `documents`, sorted by path. The same documents in any order give the same files.
pub fn build(documents: &[Document], options: &Options) -> Vec<IndexFile> {
    let parts = documents.par_chunks(PART_SIZE).map(|chunk| Part::new(chunk, options)).collect();
    assemble(parts, options)
}
