//! What documents say about each other themselves.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::{
    aggregate::{Reason, step::Step},
    model::{Archive, Fact, Postmortem, Section},
    source::join,
};

/// What is said of a postmortem and another one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Said {
    /// The place of the one.
    of: usize,
    /// The place of the other.
    pub(super) other: usize,
    /// What the one says of the other, or the other of the one.
    pub(super) reason: Reason,
}

impl Said {
    /// The place of the one that says it.
    const fn by(&self) -> usize {
        match self.reason {
            Reason::RepeatedBy | Reason::NamedBy | Reason::LinkedBy => self.other,
            _ => self.of,
        }
    }
}

/// What postmortems say of each other, in the order of those that it is said of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Stated(Vec<Said>);

impl Stated {
    pub(super) fn new(archive: &Archive) -> Self {
        let all = archive.postmortems().par_iter().enumerate();
        Self::of_all(all.flat_map_iter(|(place, postmortem)| named(archive, place, postmortem)).collect())
    }

    /// The same after a step; none when links and ids may mean something else since.
    pub(super) fn follow(&self, step: Step<'_>) -> Option<Self> {
        let edited: BTreeMap<usize, usize> = step
            .gone()
            .map(|(place, was)| {
                let now = step.archive.index_of(&was.id.value)?;
                let is = step.archive.postmortems().get(now)?;
                let is_alone = !step.before.is_log(&was.path) && !step.archive.is_log(&is.path);
                (is_alone && is_found_alike(was, is)).then_some((place, now))
            })
            .collect::<Option<_>>()?;
        if edited.len() != step.moves.fresh().len() {
            return None;
        }
        let to = |place: usize| step.moves.to(place).or_else(|| edited.get(&place).copied());
        let kept = self.0.iter().filter(|said| !edited.contains_key(&said.by()));
        let kept = kept.filter_map(|said| {
            Some(Said { of: to(said.of)?, other: to(said.other)?, reason: said.reason.clone() })
        });
        let fresh = step.fresh().flat_map(|(place, postmortem)| named(step.archive, place, postmortem));
        Some(Self::of_all(kept.chain(fresh).collect()))
    }

    fn of_all(mut all: Vec<Said>) -> Self {
        all.sort();
        all.dedup();
        Self(all)
    }

    /// What is said of the one at a place.
    pub(super) fn of(&self, place: usize) -> &[Said] {
        let start = self.0.partition_point(|said| said.of < place);
        let rest = self.0.get(start..).unwrap_or_default();
        rest.get(..rest.partition_point(|said| said.of == place)).unwrap_or_default()
    }
}

/// True when whatever led to the one leads to the other, where each has its file for itself.
fn is_found_alike(was: &Postmortem, is: &Postmortem) -> bool {
    let anchors = was.sections.iter().map(Section::anchor);
    was.id.value == is.id.value && was.path == is.path && anchors.eq(is.sections.iter().map(Section::anchor))
}

/// What one says of others, said of it and of them.
fn named(archive: &Archive, place: usize, postmortem: &Postmortem) -> Vec<Said> {
    let meant = |id: &Fact<String>| archive.meant(&id.value, postmortem);
    let repeated = postmortem.repeat_of.iter().filter_map(meant);
    let related = postmortem.related.iter().filter_map(meant);
    repeated
        .map(|other| (other, Reason::Repeats, Reason::RepeatedBy))
        .chain(related.map(|other| (other, Reason::Stated, Reason::NamedBy)))
        .chain(linked(archive, postmortem).into_iter().map(|other| (other, Reason::Links, Reason::LinkedBy)))
        .filter(|(other, ..)| *other != place)
        .flat_map(|(other, this, that)| {
            [Said { of: place, other, reason: this }, Said { of: other, other: place, reason: that }]
        })
        .collect()
}

/// The other postmortems that the text of one links to.
fn linked(archive: &Archive, postmortem: &Postmortem) -> Vec<usize> {
    let folder = postmortem.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let links = postmortem.links.iter().filter(|link| !link.is_image);
    let inner = links.filter(|link| !link.target.contains(':') && !link.target.starts_with(['/', '#']));
    inner
        .filter_map(|link| {
            let (path, anchor) = link.target.split_once('#').unwrap_or((&link.target, ""));
            let other = archive.at_address(&join(folder, path)?, anchor)?;
            archive.index_of(&other.id.value)
        })
        .collect()
}
