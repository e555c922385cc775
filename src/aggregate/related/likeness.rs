//! How much alike two documents are, and what makes them so.

use std::{borrow::Cow, cell::OnceCell, cmp::Ordering, collections::BTreeMap};

use super::{
    Reason, Related,
    index::Index,
    near::Near,
    stated::Stated,
    vocabulary::{Entry, Named, Trait, Vocabulary, units, weight},
};
use crate::model::{Archive, MarkKind, Postmortem};

/// How many related postmortems are kept for each, those that a document states apart.
const MOST: usize = 5;
/// So many of its traits, the most telling ones, a document asks the index about.
const ASKED: usize = 24;
/// Of those that have a trait, so many answer on either side of a document in time.
const NEAREST: usize = 32;
/// So many of the answers are compared in full.
const COMPARED: usize = 16;

/// Words are a reason from this likeness on: a tenth of what the same words would count.
const ALIKE: f32 = 2.0;
/// And clearly alike from half of it on: incidents of one service are told in much the same words anyway.
const CLEARLY_ALIKE: f32 = 10.0;
/// So many of them are told.
const TOLD_WORDS: usize = 3;
/// So many marks are told.
const TOLD_MARKS: usize = 3;

/// Looks for what belongs to one document after the other; what it needs for that is kept between them.
pub(super) struct Search<'a> {
    vocabulary: &'a Vocabulary,
    /// None when only few documents are asked about.
    index: Option<&'a Index>,
    stated: &'a Stated,
    archive: &'a Archive,
    /// The traits of documents that have been looked at, where there is no index.
    rows: BTreeMap<usize, Vec<Entry>>,
    /// The traits that the words of the document are forms of which is compared with others.
    words: OnceCell<Vec<Option<u32>>>,
    /// What is known of the likeness of each document to the one in question; zero of all between two questions.
    scores: Vec<u64>,
    /// The documents of which something is known.
    touched: Vec<u32>,
    asked: Vec<Entry>,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        vocabulary: &'a Vocabulary,
        index: Option<&'a Index>,
        stated: &'a Stated,
        archive: &'a Archive,
    ) -> Self {
        let scores = vec![0; archive.postmortems().len()];
        let (rows, touched, asked) = (BTreeMap::new(), Vec::new(), Vec::new());
        let words = OnceCell::new();
        Self { vocabulary, index, stated, archive, rows, words, scores, touched, asked }
    }

    /// The traits of the document at a place, by number.
    fn held(&self, place: usize) -> Cow<'_, [Entry]> {
        if let Some(index) = self.index {
            return index.held(place).into();
        }
        let row = || self.archive.postmortems().get(place).map(|one| self.vocabulary.row(one));
        self.rows.get(&place).map_or_else(|| row().unwrap_or_default().into(), Into::into)
    }

    /// Those that belong to the document at a place, the nearest first.
    pub(super) fn related(&mut self, place: usize) -> Vec<Related> {
        self.words.take();
        let stated = self.stated.of(place);
        let is_stated = |other: usize| stated.iter().any(|said| said.other == other);
        let mut found: Vec<(usize, u64)> = self.candidates(place);
        found.retain(|(other, _)| !is_stated(*other));
        for (other, likeness) in &mut found {
            *likeness = 0;
            self.each_shared(place, *other, |shared| *likeness += units(shared.weight));
        }
        found.sort_by(best_first);
        let mut named: Vec<usize> = stated.iter().map(|said| said.other).collect();
        named.dedup();
        let mut related: Vec<Related> = named
            .into_iter()
            .map(|other| {
                let said = stated.iter().filter(|said| said.other == other).map(|said| said.reason.clone());
                let compared = self.compared(place, other);
                Related { reasons: said.chain(compared.reasons).collect(), ..compared }
            })
            .collect();
        // A repeat before what is only named; of two the later one.
        related.sort_by(|a, b| (a.reasons.first(), a.postmortem).cmp(&(b.reasons.first(), b.postmortem)));
        let free = MOST.saturating_sub(related.len());
        let concluded = found.into_iter().map(|(other, _)| self.compared(place, other));
        related.extend(concluded.filter(|related| is_no_chance(&related.reasons)).take(free));
        related
    }

    /// Those that share the most telling traits of a document.
    fn candidates(&mut self, place: usize) -> Vec<(usize, u64)> {
        let mut asked = std::mem::take(&mut self.asked);
        asked.clear();
        asked.extend_from_slice(&self.held(place));
        let heaviest = |a: &Entry, b: &Entry| self.heaviest(*a, *b);
        if asked.len() > ASKED {
            asked.select_nth_unstable_by(ASKED, heaviest);
            asked.truncate(ASKED);
        }
        if let Some(index) = self.index {
            for asked in &asked {
                let holders = index.holders(asked.number);
                let own = holders.partition_point(|holder| (holder.number as usize) < place);
                let near = own.saturating_sub(NEAREST)..holders.len().min(own + 1 + NEAREST);
                self.add(*asked, holders.get(near).unwrap_or_default());
            }
        } else {
            let near = Near::new(self.vocabulary, self.archive.postmortems(), place, (&asked, NEAREST));
            asked.iter().zip(&near.holders).for_each(|(asked, holders)| self.add(*asked, holders));
            self.rows = near.rows;
        }
        self.asked = asked;
        let mut found: Vec<(usize, u64)> = self
            .touched
            .drain(..)
            .filter_map(|number| {
                let score = self.scores.get_mut(number as usize).map(std::mem::take)?;
                (number as usize != place).then_some((number as usize, score))
            })
            .collect();
        if found.len() > COMPARED {
            found.select_nth_unstable_by(COMPARED, best_first);
            found.truncate(COMPARED);
        }
        found
    }

    /// The greater weight first.
    fn heaviest(&self, a: Entry, b: Entry) -> Ordering {
        let kind = |entry: Entry| self.vocabulary.kind(entry.number);
        b.weight.total_cmp(&a.weight).then_with(|| kind(a).cmp(&kind(b)))
    }

    /// Adds to the scores of those that have a trait.
    fn add(&mut self, asked: Entry, holders: &[Entry]) {
        for holder in holders {
            let Some(score) = self.scores.get_mut(holder.number as usize) else { continue };
            if *score == 0 {
                self.touched.push(holder.number);
            }
            *score += units(asked.weight * holder.weight).max(1);
        }
    }

    /// Everything that two documents share, each with what it counts.
    fn each_shared(&self, place: usize, other: usize, mut visit: impl FnMut(Entry)) {
        let (one, two) = (self.held(place), self.held(other));
        let (mut one, mut two): (&[Entry], &[Entry]) = (&one, &two);
        while let (Some((a, rest_of_one)), Some((b, rest_of_two))) = (one.split_first(), two.split_first()) {
            match a.number.cmp(&b.number) {
                Ordering::Less => one = rest_of_one,
                Ordering::Greater => two = rest_of_two,
                Ordering::Equal => {
                    visit(Entry { number: a.number, weight: a.weight * b.weight });
                    (one, two) = (rest_of_one, rest_of_two);
                }
            }
        }
    }

    /// What two documents share, in words, the most telling first.
    fn compared(&self, place: usize, other: usize) -> Related {
        let mut related =
            Related { postmortem: other, reasons: Vec::new(), is_worded_alike: false, uncommon_factors: 0 };
        let postmortems = self.archive.postmortems();
        let (Some(one), Some(two)) = (postmortems.get(place), postmortems.get(other)) else {
            return related;
        };
        let mut weighed: Vec<(f32, Reason)> = Vec::new();
        let mut words: Vec<Entry> = Vec::new();
        self.each_shared(place, other, |entry| match self.vocabulary.kind(entry.number) {
            Some(Trait::Group(kind, group)) => {
                let is_uncommon = kind == Named::Factor && self.vocabulary.is_uncommon(entry.number);
                related.uncommon_factors += usize::from(is_uncommon);
                weighed.extend(self.vocabulary.reason(kind, group).map(|reason| (entry.weight, reason)));
            }
            Some(Trait::Mark(key)) => {
                weighed.extend(mark(one, two, key).map(|reason| (entry.weight, reason)));
            }
            Some(Trait::Word(_)) => words.push(entry),
            None => {}
        });
        let likeness = weight(words.iter().map(|word| units(word.weight)).sum());
        if likeness >= ALIKE && words.len() > 1 {
            words.sort_by(|a, b| self.heaviest(*a, *b));
            let own = self.words.get_or_init(|| self.numbers(one));
            let told = words.iter().take(TOLD_WORDS).filter_map(|word| {
                let at = own.iter().position(|number| *number == Some(word.number))?;
                Some(one.traces.word(at).to_owned())
            });
            weighed.push((likeness, Reason::Words(told.collect())));
        }
        weighed.sort_by(|(left, a), (right, b)| right.total_cmp(left).then_with(|| a.cmp(b)));
        let mut marks = 0;
        weighed.retain(|(_, reason)| {
            let is_mark = matches!(reason, Reason::Alert(_) | Reason::Error(_) | Reason::Name(_));
            marks += usize::from(is_mark);
            !is_mark || marks <= TOLD_MARKS
        });
        related.reasons = weighed.into_iter().map(|(_, reason)| reason).collect();
        related.is_worded_alike = likeness >= CLEARLY_ALIKE;
        related
    }

    /// The traits that the words of a document are forms of, in their order.
    fn numbers(&self, postmortem: &Postmortem) -> Vec<Option<u32>> {
        postmortem.traces.keys().map(|(key, _)| self.vocabulary.word(key)).collect()
    }
}

/// A mark that two documents have, as the first has it. It is an alert when either says so.
fn mark(one: &Postmortem, two: &Postmortem, key: u64) -> Option<Reason> {
    let of = |postmortem: &Postmortem| postmortem.traces.marks.iter().find(|mark| mark.key == key).cloned();
    let (own, other) = (of(one)?, of(two)?);
    let text = own.text.to_string();
    Some(match own.kind.min(other.kind) {
        MarkKind::Alert => Reason::Alert(text),
        MarkKind::Error => Reason::Error(text),
        MarkKind::Name => Reason::Name(text),
    })
}

/// One shared service, tag or name is chance; a factor, an alert, an error or the words, or two things shared, are not.
fn is_no_chance(reasons: &[Reason]) -> bool {
    let alone = |reason: &Reason| matches!(reason, Reason::Service(_) | Reason::Tag(_) | Reason::Name(_));
    reasons.len() > 1 || reasons.iter().any(|reason| !alone(reason))
}

/// The greater likeness first; of two the later document, which stands first in the archive.
fn best_first((a, left): &(usize, u64), (b, right): &(usize, u64)) -> Ordering {
    right.cmp(left).then(a.cmp(b))
}
