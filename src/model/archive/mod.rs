//! All postmortems of a site, sorted and indexed.

mod ids;
mod moves;
#[cfg(test)]
mod tests;

use std::{cmp::Ordering, collections::BTreeMap, sync::Arc};

use crate::{
    model::{Postmortem, postmortem::in_source},
    source::{markdown_stem, names_its_folder},
};

use ids::make_ids_unique;
pub use ids::{Clash, Renamed};
pub use moves::{Moves, merged, without};

/// All postmortems: the newest first, undated ones last, ids made unique.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Archive {
    /// Shared, so that the next archive can take over all that have not changed.
    postmortems: Vec<Arc<Postmortem>>,
    /// Their places in the order of their ids.
    by_id: Vec<usize>,
    /// Their places in the order of their files, and of each file in its own order.
    by_path: Vec<usize>,
    /// The same in the order of what generators make of the path.
    by_address: Vec<usize>,
    clashes: Vec<Clash>,
}

/// Postmortems before and after the same documents were edited.
pub type Edited = Vec<(Arc<Postmortem>, Arc<Postmortem>)>;

impl Archive {
    /// Sorts and indexes. Of documents with the same id, the first by path keeps it; the others get one from their
    /// folder or a number. A clash of stated ids is remembered, a clash of ids derived from file names is not one.
    pub fn new<P: Into<Arc<Postmortem>>>(postmortems: impl IntoIterator<Item = P>) -> Self {
        let all = || postmortems.into_iter().map(Into::into).collect();
        Self::default().next(None, all, &mut Renamed::default()).0
    }

    /// The archive of all these postmortems, taking over what it has in common with this one, and what became of the
    /// places of this one. `edited` is what is different, when that is known and each stands in the place of another;
    /// `renamed` is what got another id the last time, and does so again.
    pub fn next(
        &self,
        edited: Option<Edited>,
        all: impl FnOnce() -> Vec<Arc<Postmortem>>,
        renamed: &mut Renamed,
    ) -> (Self, Moves) {
        let edited = edited.filter(|edited| renamed.is_as_before(edited));
        let places: Option<Vec<usize>> = edited.as_ref().and_then(|edited| {
            let place = |(was, _): &(Arc<Postmortem>, Arc<Postmortem>)| {
                let place = self.index_of(&was.id.value)?;
                Arc::ptr_eq(self.postmortems.get(place)?, was).then_some(place)
            };
            edited.iter().map(place).collect()
        });
        if let (Some(mut gone), Some(edited)) = (places, edited) {
            gone.sort_unstable();
            let fresh = edited.into_iter().map(|(_, is)| is).collect();
            return self.with(&gone, fresh, self.clashes.clone());
        }
        let mut all = all();
        all.sort_by(|a, b| a.path.cmp(&b.path));
        let clashes = make_ids_unique(&mut all, renamed);
        let mut there: BTreeMap<usize, usize> =
            (0..).zip(&self.postmortems).map(|(place, one)| (Arc::as_ptr(one).addr(), place)).collect();
        let fresh = all.into_iter().filter(|one| there.remove(&Arc::as_ptr(one).addr()).is_none()).collect();
        let mut gone: Vec<usize> = there.into_values().collect();
        gone.sort_unstable();
        self.with(&gone, fresh, clashes)
    }

    /// The same without those at some places, which are sorted, and with others.
    fn with(&self, gone: &[usize], fresh: Vec<Arc<Postmortem>>, clashes: Vec<Clash>) -> (Self, Moves) {
        let mut gone = gone.iter().copied().peekable();
        let all = (0..).zip(&self.postmortems);
        let kept = all.filter(|(place, _)| gone.next_if_eq(place).is_none());
        let kept = kept.map(|(place, one)| (Some(place), Arc::clone(one))).collect();
        let fresh = fresh.into_iter().map(|one| (None, one)).collect();
        let newest_first = |(_, a): &(Option<usize>, Arc<Postmortem>), (_, b): &(_, Arc<Postmortem>)| {
            let day = |postmortem: &Postmortem| postmortem.date.as_ref().map(|date| date.value);
            day(b).cmp(&day(a)).then_with(|| b.id.value.cmp(&a.id.value))
        };
        let all = merged(kept, fresh, newest_first);
        let moves = Moves::new(self.postmortems.len(), all.iter().map(|(from, _)| *from));
        let postmortems: Vec<Arc<Postmortem>> = all.into_iter().map(|(_, one)| one).collect();
        let index = |before: &[usize], order: fn(&Postmortem, &Postmortem) -> Ordering| {
            let order = |a: &usize, b: &usize| match (postmortems.get(*a), postmortems.get(*b)) {
                (Some(a), Some(b)) => order(a, b),
                _ => a.cmp(b),
            };
            merged(moves.kept(before), moves.fresh().to_vec(), order)
        };
        let in_file = |a: &Postmortem, b: &Postmortem| (&a.path, a.body.start).cmp(&(&b.path, b.body.start));
        let by_id = index(&self.by_id, |a, b| a.id.value.cmp(&b.id.value));
        let by_path = index(&self.by_path, in_file);
        let by_address = index(&self.by_address, |a, b| {
            let start = |one: &Postmortem| one.body.start;
            (address(&a.path), &a.path, start(a)).cmp(&(address(&b.path), &b.path, start(b)))
        });
        (Self { postmortems, by_id, by_path, by_address, clashes }, moves)
    }

    /// The step from an archive without any.
    pub fn moves_from_nothing(&self) -> Moves {
        Moves::new(0, self.postmortems.iter().map(|_| None))
    }

    /// The newest first.
    pub fn postmortems(&self) -> &[Arc<Postmortem>] {
        &self.postmortems
    }

    /// The postmortem with this id.
    pub fn get(&self, id: &str) -> Option<&Postmortem> {
        self.index_of(id).and_then(|at| self.at(at))
    }

    fn at(&self, place: usize) -> Option<&Postmortem> {
        self.postmortems.get(place).map(|one| &**one)
    }

    /// The places of an index that are equal to something in the order of the index.
    fn range<'i>(&self, index: &'i [usize], order: impl Fn(&Postmortem) -> Ordering) -> &'i [usize] {
        let is = |place: &usize, wanted: Ordering| self.at(*place).is_some_and(|one| order(one) == wanted);
        let start = index.partition_point(|place| is(place, Ordering::Less));
        let rest = index.get(start..).unwrap_or_default();
        rest.get(..rest.partition_point(|place| is(place, Ordering::Equal))).unwrap_or_default()
    }

    /// The postmortem at this path below the root; of a file that holds several, the first.
    pub fn at_path(&self, path: &str) -> Option<&Postmortem> {
        self.in_file(path).next()
    }

    /// The postmortems of a file, in its order.
    pub fn in_file(&self, path: &str) -> impl Iterator<Item = &Postmortem> {
        self.places_of(path).iter().filter_map(|place| self.at(*place))
    }

    fn places_of(&self, path: &str) -> &[usize] {
        self.range(&self.by_path, |one| one.path.as_str().cmp(path))
    }

    fn places_at(&self, page: &str) -> &[usize] {
        self.range(&self.by_address, |one| address(&one.path).cmp(page))
    }

    /// True for a file that holds several postmortems.
    pub fn is_log(&self, path: &str) -> bool {
        self.in_file(path).nth(1).is_some()
    }

    /// The postmortem that a link to this path means. The endings may be missing or those of a built page; an address
    /// that ends in a folder means the folder's `index` or `README`. Of a file that holds several, `anchor` tells which;
    /// the first, where it does not.
    pub fn at_address<'a>(&'a self, path: &str, anchor: &str) -> Option<&'a Postmortem> {
        let page = path.strip_suffix(".html").unwrap_or(path).trim_end_matches('/');
        let some = |places: &'a [usize]| (!places.is_empty()).then_some(places);
        let places = some(self.places_of(path))
            .or_else(|| some(self.places_at(page)))
            .or_else(|| some(self.places_at(address(page))))?;
        let all = || places.iter().filter_map(|place| self.at(*place));
        let has = |postmortem: &&Postmortem, sections: usize| {
            let mut anchors = postmortem.sections.iter().take(sections);
            anchors.any(|section| section.anchor().eq_ignore_ascii_case(anchor))
        };
        if anchor.is_empty() {
            return all().next();
        }
        // The heading of an incident says more than one within another.
        all()
            .find(|postmortem| has(postmortem, 1))
            .or_else(|| all().find(|postmortem| has(postmortem, usize::MAX)))
            .or_else(|| all().next())
    }

    /// The place of the postmortem that another one means by an id: one of its own source before all others.
    pub fn meant(&self, id: &str, by: &Postmortem) -> Option<usize> {
        let own = by.source.as_ref().and_then(|source| self.index_of(&in_source(source, id)));
        own.or_else(|| self.index_of(id))
    }

    /// The place of an id in [`Archive::postmortems`].
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.range(&self.by_id, |one| one.id.value.as_str().cmp(id)).first().copied()
    }

    /// Stated ids that occur more than once.
    pub fn clashes(&self) -> &[Clash] {
        &self.clashes
    }
}

/// What generators make of a path: without endings, and the folder for the file that describes it.
fn address(path: &str) -> &str {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = markdown_stem(path).unwrap_or(name);
    // The stem is the beginning of the name.
    let end = match (folder, names_its_folder(stem)) {
        (folder, true) => return folder,
        ("", false) => return stem,
        (folder, false) => folder.len() + 1 + stem.len(),
    };
    path.get(..end).unwrap_or(path)
}
