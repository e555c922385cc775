//! Which action items of now are which of then.
//!
//! An item is known again by the id that the document states, else by its title, a ticket, or words of its title; within
//! its document, else anywhere in the documents that changed, because items are moved. Where a list is as long as it
//! was, what stands in the place of an item is that item in other words.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::ActionItem;

/// What an action item is known by.
pub trait Known {
    /// The name that its document states.
    fn own_name(&self) -> Option<&str>;
    /// What is to be done.
    fn title(&self) -> &str;
    /// Its tickets.
    fn trackers(&self) -> impl Iterator<Item = &str>;
}

impl Known for ActionItem {
    fn own_name(&self) -> Option<&str> {
        let name = self.id.rsplit_once('/').map_or(self.id.as_str(), |(_, name)| name);
        self.has_own_id.then_some(name)
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn trackers(&self) -> impl Iterator<Item = &str> {
        self.trackers.iter().map(|tracker| tracker.value.as_str())
    }
}

/// The items of one document, now and then; none now for one that is gone, none then for a new one.
#[derive(Debug, Clone)]
pub struct Lists<'a, K> {
    /// Those of now.
    pub now: Vec<&'a K>,
    /// Those of then.
    pub before: Vec<&'a K>,
}

/// An item: its document's place in the list of them, and its own in that document.
pub type At = (usize, usize);

/// Which items are the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pairs {
    /// For each document, for each item of now, where it was.
    pub before: Vec<Vec<Option<At>>>,
    /// The items of then that are gone.
    pub gone: Vec<At>,
}

/// Finds out which items of some documents are the same.
pub fn pairs<K: Known>(documents: &[Lists<'_, K>]) -> Pairs {
    let mut work = Work {
        documents,
        found: documents.iter().map(|lists| vec![None; lists.now.len()]).collect(),
        taken: documents.iter().map(|lists| vec![false; lists.before.len()]).collect(),
    };
    for alike in [has_same_name::<K>, has_same_title, has_same_tracker, has_like_title] {
        work.within(alike);
    }
    // What is left may have moved to another document.
    work.anywhere(|item| vec![words(item.title()).collect::<Vec<_>>().join(" ")]);
    work.anywhere(|item| item.trackers().map(str::to_owned).collect());
    work.in_place();
    let gone = (0..).zip(&work.taken).flat_map(|(at, taken)| {
        (0..).zip(taken).filter(|(_, is_taken)| !**is_taken).map(move |(nth, _)| (at, nth))
    });
    Pairs { gone: gone.collect(), before: work.found }
}

struct Work<'w, 'a, K> {
    documents: &'w [Lists<'a, K>],
    found: Vec<Vec<Option<At>>>,
    taken: Vec<Vec<bool>>,
}

impl<K: Known> Work<'_, '_, K> {
    /// Pairs items of the same document.
    fn within(&mut self, alike: fn(&K, &K) -> bool) {
        for (at, ((lists, found), taken)) in
            self.documents.iter().zip(&mut self.found).zip(&mut self.taken).enumerate()
        {
            for (now, place) in lists.now.iter().zip(found).filter(|(_, place)| place.is_none()) {
                let mut left = lists.before.iter().zip(taken.iter_mut()).enumerate();
                if let Some((nth, (_, taken))) =
                    left.find(|(_, (before, taken))| !**taken && alike(before, now))
                {
                    *taken = true;
                    *place = Some((at, nth));
                }
            }
        }
    }

    /// Pairs items that have a key in common, wherever they are.
    fn anywhere(&mut self, keys: impl Fn(&K) -> Vec<String>) {
        let mut left: BTreeMap<String, Vec<At>> = BTreeMap::new();
        for (at, (lists, taken)) in self.documents.iter().zip(&self.taken).enumerate() {
            for (nth, (before, _)) in
                lists.before.iter().zip(taken).enumerate().filter(|(_, (_, taken))| !**taken)
            {
                for key in keys(before) {
                    left.entry(key).or_default().push((at, nth));
                }
            }
        }
        if left.is_empty() {
            return;
        }
        for (lists, found) in self.documents.iter().zip(&mut self.found) {
            for (now, place) in lists.now.iter().zip(found).filter(|(_, place)| place.is_none()) {
                let candidates = keys(now).into_iter().filter_map(|key| left.get(&key)).flatten();
                for (at, nth) in candidates.copied() {
                    let before = self.documents.get(at).and_then(|lists| lists.before.get(nth));
                    let taken = self.taken.get_mut(at).and_then(|taken| taken.get_mut(nth));
                    if let (Some(before), Some(taken)) = (before, taken)
                        && !*taken
                        && !contradicts(*before, *now)
                    {
                        *taken = true;
                        *place = Some((at, nth));
                        break;
                    }
                }
            }
        }
    }

    /// Pairs what stands in the same place of a list that is as long as it was.
    fn in_place(&mut self) {
        for (at, ((lists, found), taken)) in
            self.documents.iter().zip(&mut self.found).zip(&mut self.taken).enumerate()
        {
            if lists.now.len() != lists.before.len() {
                continue;
            }
            let both = lists.now.iter().zip(&lists.before).zip(found.iter_mut().zip(taken)).enumerate();
            for (nth, ((now, before), (place, taken))) in both {
                if place.is_none() && !*taken && !contradicts(*before, *now) {
                    *taken = true;
                    *place = Some((at, nth));
                }
            }
        }
    }
}

/// True for items of one name, or of the same words.
pub fn is_same<K: Known>(one: &K, other: &K) -> bool {
    has_same_name(one, other) || has_same_title(one, other)
}

fn has_same_name<K: Known>(one: &K, other: &K) -> bool {
    one.own_name().is_some() && one.own_name() == other.own_name()
}

fn has_same_title<K: Known>(one: &K, other: &K) -> bool {
    !contradicts(one, other) && words(one.title()).eq(words(other.title()))
}

fn has_same_tracker<K: Known>(one: &K, other: &K) -> bool {
    !contradicts(one, other) && one.trackers().any(|key| other.trackers().any(|other| other == key))
}

/// Half of the words of both are in both.
fn has_like_title<K: Known>(one: &K, other: &K) -> bool {
    let (one_words, other_words): (BTreeSet<String>, BTreeSet<String>) =
        (words(one.title()).collect(), words(other.title()).collect());
    let common = one_words.intersection(&other_words).count();
    !contradicts(one, other) && common > 0 && 2 * common >= one_words.union(&other_words).count()
}

/// Two ids that the documents state and that differ are two items, whatever else they share.
fn contradicts<K: Known>(one: &K, other: &K) -> bool {
    matches!((one.own_name(), other.own_name()), (Some(one), Some(other)) if one != other)
}

fn words(title: &str) -> impl Iterator<Item = String> {
    title
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}
