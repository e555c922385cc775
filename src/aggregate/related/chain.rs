//! What comes back: repeats that documents state, and incidents that look like one.

use std::collections::BTreeSet;

use super::{Related, Relations};
use crate::model::Archive;

/// Incidents that are the same thing again, or look like it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Their places in the archive, the oldest first; two at the least.
    pub postmortems: Vec<usize>,
    /// True when documents state each of the repeats; false when the likeness is a conclusion.
    pub is_stated: bool,
}

impl Chain {
    /// One of these places, when there are several. The archive has the newest first.
    fn of(places: BTreeSet<usize>, is_stated: bool) -> Option<Self> {
        (places.len() > 1).then(|| Self { postmortems: places.into_iter().rev().collect(), is_stated })
    }
}

impl Relations {
    /// The chain that the postmortem at a place is in: the repeats that documents state, whichever way round; without any,
    /// those that it clearly looks like ([`Related::is_recurrence`]). `related` are those that belong to it.
    pub fn chain(&self, archive: &Archive, place: usize, related: &[Related]) -> Option<Chain> {
        self.repeats(archive, place).or_else(|| Self::alike(place, related))
    }

    /// All chains, those with the latest incidents first; of those that are only alike, each incident in one.
    pub fn chains(&self, archive: &Archive) -> Vec<Chain> {
        let mut chains = Vec::new();
        let mut told = BTreeSet::new();
        for (place, related) in self.all(archive).iter().enumerate() {
            if told.contains(&place) {
                continue;
            }
            if let Some(chain) = self.repeats(archive, place).or_else(|| Self::alike(place, related)) {
                told.extend(chain.postmortems.iter().copied());
                chains.push(chain);
            }
        }
        chains
    }

    /// Those that are linked by stated repeats, over any number of steps.
    fn repeats(&self, archive: &Archive, place: usize) -> Option<Chain> {
        let mut places = BTreeSet::from([place]);
        let mut open = vec![place];
        while let Some(place) = open.pop() {
            let repeats = self.stated(archive).of(place).iter().filter(|said| said.reason.is_repeat());
            open.extend(repeats.map(|said| said.other).filter(|other| places.insert(*other)));
        }
        Chain::of(places, true)
    }

    fn alike(place: usize, related: &[Related]) -> Option<Chain> {
        let alike = related.iter().filter(|related| related.is_recurrence());
        Chain::of(alike.map(|related| related.postmortem).chain([place]).collect(), false)
    }
}
