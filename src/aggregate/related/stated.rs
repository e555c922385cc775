//! What documents say about each other themselves.

use crate::{
    aggregate::Reason,
    model::{Archive, Postmortem},
    source::join,
};

/// For each postmortem those that it or they name, with the reason.
#[derive(Debug, Clone, Default)]
pub(super) struct Stated(Vec<Vec<(usize, Reason)>>);

impl Stated {
    pub(super) fn new(archive: &Archive) -> Self {
        let postmortems = archive.postmortems();
        let mut stated: Vec<Vec<(usize, Reason)>> = vec![Vec::new(); postmortems.len()];
        for (at, postmortem) in postmortems.iter().enumerate() {
            let mut add = |other: usize, this: Reason, that: Reason| {
                for (of, by, reason) in [(at, other, this), (other, at, that)] {
                    if let Some(stated) = stated.get_mut(of).filter(|_| of != by) {
                        stated.push((by, reason));
                    }
                }
            };
            for other in postmortem.repeat_of.iter().filter_map(|id| archive.meant(&id.value, postmortem)) {
                add(other, Reason::Repeats, Reason::RepeatedBy);
            }
            for other in postmortem.related.iter().filter_map(|id| archive.meant(&id.value, postmortem)) {
                add(other, Reason::Stated, Reason::NamedBy);
            }
            for other in linked(archive, postmortem) {
                add(other, Reason::Links, Reason::LinkedBy);
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
