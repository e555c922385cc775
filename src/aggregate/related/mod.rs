//! Which postmortems belong together, and why.
//!
//! # The definition
//!
//! What documents state comes first: `repeat_of` and `related` of the front matter, and links in the text, each in both
//! directions. Behind that comes what is concluded. The *likeness* of two documents is a sum over everything that both
//! have; what `n` of `N` documents have counts, by how telling it is at all and by how rare it is here,
//!
//! ```text
//! weight × ln(1 + N / n)      alert 5 · error 5 · factor 3 · service 2 · name in code 2 · tag 1
//! ```
//!
//! and the words of the two count `20 × cos`, with `cos` the cosine of their vectors: a word weighs `ln(1 + N / n)`, twice
//! that in a title; forms of a word are one, and words that hold sentences together or that every report has are none.
//! Inverse document frequency is that of Spärck Jones (1972), the vectors are those of Salton, Wong and Yang (1975);
//! Manning, Raghavan and Schütze, *Introduction to Information Retrieval*, chapter 6, has both.
//!
//! What more than half of the documents have says nothing and is left out, unless there are very few documents. One thing
//! in common is chance, and no likeness, unless it is a factor, an alert, an error or the words. Of equal likeness the
//! later document comes first.
//!
//! # Its cost
//!
//! Linear. Each document asks an inverted index who else has its most telling traits; of a trait that very many have only
//! those that are nearest in time answer. The few best of the answers are then compared in full. No pair is looked at that
//! shares nothing, and a thousand copies of one document cost no more each than a dozen.
//!
//! Whoever asks about one document needs no index of all: how many have each trait is counted, and the others are looked
//! through for those few that count. Both ways give the same, to the last bit: a row is weighed in one place.

mod chain;
mod count;
mod index;
mod likeness;
mod near;
mod stated;
mod told;
mod vocabulary;

#[cfg(test)]
mod tests;

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use rayon::prelude::*;

pub use chain::Chain;

use crate::{
    aggregate::{Groups, step::Step},
    config::Config,
    model::Archive,
};
use index::Index;
use likeness::Search;
use stated::Stated;
use vocabulary::Vocabulary;

/// Why two postmortems belong together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// This document names the other as what it repeats.
    Repeats,
    /// The other document names this one as what it repeats.
    RepeatedBy,
    /// This document names the other.
    Stated,
    /// The other document names this one.
    NamedBy,
    /// The text of this document links to the other.
    Links,
    /// The text of the other document links to this one.
    LinkedBy,
    /// Both tell of this alert.
    Alert(String),
    /// Both quote this error.
    Error(String),
    /// Both have this contributing factor (its name on pages).
    Factor(String),
    /// Both concern this service (its name on pages).
    Service(String),
    /// Both have this name, written as code.
    Name(String),
    /// Both have this tag.
    Tag(String),
    /// Both are told in words such as these, the most telling first.
    Words(Vec<String>),
}

impl Reason {
    /// True for what a document states, false for what is concluded.
    pub const fn is_stated(&self) -> bool {
        matches!(
            self,
            Self::Repeats | Self::RepeatedBy | Self::Stated | Self::NamedBy | Self::Links | Self::LinkedBy
        )
    }

    /// True when a document states that one repeats the other.
    pub const fn is_repeat(&self) -> bool {
        matches!(self, Self::Repeats | Self::RepeatedBy)
    }
}

/// A postmortem that belongs to another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Its place in the archive.
    pub postmortem: usize,
    /// Why: what is stated, then what is shared, the most telling first.
    pub reasons: Vec<Reason>,
    /// True when their words are clearly alike: `cos` is 0.5 or more.
    pub is_worded_alike: bool,
    /// So many of the factors that they share are those of a quarter of the documents at the most; in an archive of very few
    /// documents no factor is common.
    pub uncommon_factors: usize,
}

impl Related {
    /// True when a document states that they belong together.
    pub fn is_stated(&self) -> bool {
        self.reasons.iter().any(Reason::is_stated)
    }

    /// True when a document states that one repeats the other.
    pub fn is_repeat(&self) -> bool {
        self.reasons.iter().any(Reason::is_repeat)
    }

    /// True when the same thing has probably happened again: the same service, with an alert or an error that both have,
    /// with two factors that are not common, or with a factor and words that are clearly alike. It is a conclusion, and
    /// never called a repeat.
    pub fn is_recurrence(&self) -> bool {
        let count = |is: fn(&Reason) -> bool| self.reasons.iter().filter(|reason| is(reason)).count();
        let factors = count(|reason| matches!(reason, Reason::Factor(_)));
        let to_the_letter = count(|reason| matches!(reason, Reason::Alert(_) | Reason::Error(_)));
        count(|reason| matches!(reason, Reason::Service(_))) > 0
            && (to_the_letter > 0 || self.uncommon_factors > 1 || (factors > 0 && self.is_worded_alike))
    }
}

/// What belongs together in an archive. Found when it is asked for: who shows one postmortem needs those of one.
#[derive(Clone)]
pub struct Relations {
    groups: Arc<Groups>,
    language: String,
    found: Arc<Found>,
}

/// What has been remembered or asked so far is no part of what it is.
impl fmt::Debug for Relations {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_struct("Relations").field("language", &self.language).finish_non_exhaustive()
    }
}

/// What has been asked for so far.
#[derive(Debug, Default)]
struct Found {
    vocabulary: OnceLock<Vocabulary>,
    stated: OnceLock<Stated>,
    all: OnceLock<Vec<Vec<Related>>>,
}

/// What a cell holds, made when it is empty. It is made before anything is locked: a thread that waits for others may be
/// given work that asks here again.
fn once<T>(cell: &OnceLock<T>, make: impl FnOnce() -> T) -> &T {
    if let Some(known) = cell.get() {
        return known;
    }
    let found = make();
    cell.get_or_init(|| found)
}

impl Relations {
    /// Those of no postmortems.
    pub(super) fn of_nothing(config: &Config) -> Self {
        let language = config.book.language.value.clone();
        Self { groups: Arc::default(), language, found: Arc::default() }
    }

    /// Those after a step, of which these are the groups. What somebody has asked for before, follows; what nobody has
    /// asked for, or of which most is another thing now, is found when somebody asks.
    pub(super) fn follow(&self, step: Step<'_>, groups: &Arc<Groups>) -> Self {
        let found = Found::default();
        if step.moves.gone().len() + step.moves.fresh().len() < step.archive.postmortems().len() {
            if let Some(before) = self.found.vocabulary.get() {
                found.vocabulary.get_or_init(|| before.follow(step, groups));
            }
            if let Some(stated) = self.found.stated.get().and_then(|before| before.follow(step)) {
                found.stated.get_or_init(|| stated);
            }
        }
        Self { groups: Arc::clone(groups), language: self.language.clone(), found: Arc::new(found) }
    }

    fn vocabulary(&self, archive: &Archive) -> &Vocabulary {
        once(&self.found.vocabulary, || Vocabulary::new(archive, &self.groups, &self.language))
    }

    fn stated(&self, archive: &Archive) -> &Stated {
        once(&self.found.stated, || Stated::new(archive))
    }

    fn counted(&self, archive: &Archive) -> (&Vocabulary, &Stated) {
        rayon::join(|| self.vocabulary(archive), || self.stated(archive))
    }

    /// The postmortems that belong to the one at a place, the nearest first. `archive` is the one that these are of.
    pub fn of(&self, archive: &Archive, place: usize) -> Vec<Related> {
        if let Some(all) = self.found.all.get() {
            return all.get(place).cloned().unwrap_or_default();
        }
        let (vocabulary, stated) = self.counted(archive);
        Search::new(vocabulary, None, stated, archive).related(place)
    }

    /// What `look` makes of those of each postmortem, in the order of the archive. Nothing is kept of them.
    pub fn each<T: Send>(
        &self,
        archive: &Archive,
        look: impl Fn(usize, &[Related]) -> Option<T> + Sync,
    ) -> Vec<T> {
        if let Some(all) = self.found.all.get() {
            return all.iter().enumerate().filter_map(|(place, related)| look(place, related)).collect();
        }
        let (vocabulary, stated) = self.counted(archive);
        let index = Index::new(archive, vocabulary);
        let search = || Search::new(vocabulary, Some(&index), stated, archive);
        let places = (0..archive.postmortems().len()).into_par_iter();
        places.map_init(search, |search, place| look(place, &search.related(place))).flatten_iter().collect()
    }

    /// Those of all postmortems, in the order of the archive.
    pub fn all(&self, archive: &Archive) -> &[Vec<Related>] {
        let all: &Vec<Vec<Related>> =
            once(&self.found.all, || self.each(archive, |_, related| Some(related.to_vec())));
        all
    }
}
