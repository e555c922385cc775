//! The step from one archive to the next, by which everything that is said of all documents follows: what a document that
//! is gone has brought along is taken out, what a fresh one brings is put in, and nothing else is looked at.
//!
//! Adding up an archive from the beginning is the step from an empty one, so that there is no second way to do it.

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::{
    config::Config,
    model::{Archive, Moves, Postmortem},
};

/// From one archive to the next, under one configuration and on one day.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// The one.
    pub before: &'a Archive,
    /// The next.
    pub archive: &'a Archive,
    /// What became of the places.
    pub moves: &'a Moves,
    /// The configuration.
    pub config: &'a Config,
    /// The day for which the figures hold.
    pub today: NaiveDate,
}

impl<'a> Step<'a> {
    /// Those that are gone, with the places that they had.
    pub(super) fn gone(self) -> impl Iterator<Item = (usize, &'a Postmortem)> {
        let before = self.before.postmortems();
        self.moves.gone().iter().filter_map(|place| Some((*place, &**before.get(*place)?)))
    }

    /// Those that were not there, with their places.
    pub(super) fn fresh(self) -> impl Iterator<Item = (usize, &'a Postmortem)> {
        let now = self.archive.postmortems();
        self.moves.fresh().iter().filter_map(|place| Some((*place, &**now.get(*place)?)))
    }

    /// The same, looked at side by side.
    pub(super) fn par_fresh(self) -> impl ParallelIterator<Item = (usize, &'a Postmortem)> {
        let now = self.archive.postmortems();
        self.moves.fresh().par_iter().filter_map(|place| Some((*place, &**now.get(*place)?)))
    }

    /// The places of all postmortems of a kind, from those of the archive before.
    pub(super) fn follow(self, places: &[usize], is_one: impl Fn(&Postmortem) -> bool) -> Vec<usize> {
        let now = self.archive.postmortems();
        self.moves.follow(places, |place| now.get(place).is_some_and(|one| is_one(one)))
    }
}
