//! What documents say about each other themselves.

use rayon::prelude::*;

use crate::{
    aggregate::Reason,
    model::{Archive, Fact, Postmortem},
    source::join,
};

/// For each postmortem those that it or they name, with the reason.
#[derive(Debug, Clone, Default)]
pub(super) struct Stated(Vec<Vec<(usize, Reason)>>);

impl Stated {
    pub(super) fn new(archive: &Archive) -> Self {
        let postmortems = archive.postmortems();
        let mut stated: Vec<Vec<(usize, Reason)>> = vec![Vec::new(); postmortems.len()];
        let named: Vec<Vec<(usize, Reason, Reason)>> =
            postmortems.par_iter().map(|postmortem| named(archive, postmortem)).collect();
        for (at, named) in named.into_iter().enumerate() {
            for (other, this, that) in named {
                for (of, by, reason) in [(at, other, this), (other, at, that)] {
                    if let Some(stated) = stated.get_mut(of).filter(|_| of != by) {
                        stated.push((by, reason));
                    }
                }
            }
        }
        for stated in &mut stated {
            stated.sort();
            stated.dedup();
        }
        Self(stated)
    }

    pub(super) fn of(&self, place: usize) -> &[(usize, Reason)] {
        self.0.get(place).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The postmortems that one names, with the reason for each of the two.
fn named(archive: &Archive, postmortem: &Postmortem) -> Vec<(usize, Reason, Reason)> {
    let meant = |id: &Fact<String>| archive.meant(&id.value, postmortem);
    let repeated = postmortem.repeat_of.iter().filter_map(meant);
    let related = postmortem.related.iter().filter_map(meant);
    repeated
        .map(|other| (other, Reason::Repeats, Reason::RepeatedBy))
        .chain(related.map(|other| (other, Reason::Stated, Reason::NamedBy)))
        .chain(linked(archive, postmortem).into_iter().map(|other| (other, Reason::Links, Reason::LinkedBy)))
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
