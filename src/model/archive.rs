//! All postmortems of a site, sorted and indexed.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    model::{Fact, Origin, Postmortem, anchor::file_slug, postmortem::in_source},
    source::{Span, markdown_stem},
};

/// All postmortems: the newest first, undated ones last, ids made unique.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Archive {
    /// Shared, so that the next archive can take over all that have not changed.
    postmortems: Vec<Arc<Postmortem>>,
    by_id: BTreeMap<String, usize>,
    /// The places of the postmortems of each file, in the order of the file.
    by_path: BTreeMap<String, Vec<usize>>,
    by_address: BTreeMap<String, Vec<usize>>,
    clashes: Vec<Clash>,
}

/// Two documents that state the same id. The second keeps its page under an id of its own, so that nothing is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The id that both state.
    pub id: String,
    /// The document that keeps it.
    pub kept_by: String,
    /// The document that lost it.
    pub path: String,
    /// Where the second one states it.
    pub span: Span,
    /// The id under which the second one is now found.
    pub replaced_by: String,
}

/// Postmortems that got other ids than they state, beside themselves as they were, by where those are in memory. An
/// archive of which little has changed gives the same ones the same ids.
#[derive(Debug, Default)]
pub struct Renamed(BTreeMap<usize, (Arc<Postmortem>, Arc<Postmortem>)>);

impl Archive {
    /// Sorts and indexes. Of documents with the same id, the first by path keeps it; the others get one from their
    /// folder or a number. A clash of stated ids is remembered, a clash of ids derived from file names is not one.
    pub fn new<P: Into<Arc<Postmortem>>>(postmortems: impl IntoIterator<Item = P>) -> Self {
        Self::again(postmortems.into_iter().map(Into::into).collect(), &mut Renamed::default())
    }

    /// The same after something has changed. `renamed` is what got another id the last time, and does so again.
    pub fn again(mut postmortems: Vec<Arc<Postmortem>>, renamed: &mut Renamed) -> Self {
        postmortems.sort_by(|a, b| a.path.cmp(&b.path));
        let clashes = make_ids_unique(&mut postmortems, renamed);
        postmortems.sort_by(|a, b| {
            let day = |postmortem: &Postmortem| postmortem.date.as_ref().map(|date| date.value);
            day(b).cmp(&day(a)).then_with(|| b.id.value.cmp(&a.id.value))
        });
        let (by_id, (by_path, by_address)) = rayon::join(
            || (0..).zip(&postmortems).map(|(at, one)| (one.id.value.clone(), at)).collect(),
            || {
                rayon::join(
                    || index(&postmortems, |postmortem| postmortem.path.clone()),
                    || index(&postmortems, |postmortem| address(&postmortem.path)),
                )
            },
        );
        Self { postmortems, by_id, by_path, by_address, clashes }
    }

    /// The newest first.
    pub fn postmortems(&self) -> &[Arc<Postmortem>] {
        &self.postmortems
    }

    /// The postmortem with this id.
    pub fn get(&self, id: &str) -> Option<&Postmortem> {
        self.by_id.get(id).and_then(|at| self.postmortems.get(*at)).map(|one| &**one)
    }

    /// The postmortem at this path below the root; of a file that holds several, the first.
    pub fn at_path(&self, path: &str) -> Option<&Postmortem> {
        self.in_file(path).next()
    }

    /// The postmortems of a file, in its order.
    pub fn in_file(&self, path: &str) -> impl Iterator<Item = &Postmortem> {
        self.by_path
            .get(path)
            .into_iter()
            .flatten()
            .filter_map(|at| self.postmortems.get(*at))
            .map(|one| &**one)
    }

    /// True for a file that holds several postmortems.
    pub fn is_log(&self, path: &str) -> bool {
        self.in_file(path).nth(1).is_some()
    }

    /// The postmortem that a link to this path means. The endings may be missing or those of a built page; an address
    /// that ends in a folder means the folder's `index` or `README`. Of a file that holds several, `anchor` tells which;
    /// the first, where it does not.
    pub fn at_address(&self, path: &str, anchor: &str) -> Option<&Postmortem> {
        let page = path.strip_suffix(".html").unwrap_or(path).trim_end_matches('/');
        let places = self
            .by_path
            .get(path)
            .or_else(|| self.by_address.get(page))
            .or_else(|| self.by_address.get(&address(page)))?;
        let all = || places.iter().filter_map(|at| self.postmortems.get(*at)).map(|one| &**one);
        let has = |postmortem: &&Postmortem, sections: usize| {
            let mut anchors = postmortem.sections.iter().take(sections);
            anchors.any(|section| section.anchor.eq_ignore_ascii_case(anchor))
        };
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
        self.by_id.get(id).copied()
    }

    /// Stated ids that occur more than once.
    pub fn clashes(&self) -> &[Clash] {
        &self.clashes
    }
}

/// What generators make of a path: without endings, and the folder for the file that describes it.
fn address(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = markdown_stem(path).unwrap_or(name);
    let describes_folder = ["index", "_index", "readme"].iter().any(|name| stem.eq_ignore_ascii_case(name));
    match (folder, describes_folder) {
        (folder, true) => folder.to_owned(),
        ("", false) => stem.to_owned(),
        (folder, false) => format!("{folder}/{stem}"),
    }
}

fn index(
    postmortems: &[Arc<Postmortem>],
    key: impl Fn(&Postmortem) -> String,
) -> BTreeMap<String, Vec<usize>> {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, postmortem) in postmortems.iter().enumerate() {
        places.entry(key(postmortem)).or_default().push(at);
    }
    let place = |at: &usize| postmortems.get(*at).map(|postmortem| (&postmortem.path, postmortem.body.start));
    for all in places.values_mut() {
        all.sort_by(|a, b| place(a).cmp(&place(b)));
    }
    places
}

fn make_ids_unique(postmortems: &mut [Arc<Postmortem>], renamed: &mut Renamed) -> Vec<Clash> {
    let mut now = BTreeMap::new();
    // Stated ids are served first, so that a file name never takes one away.
    let mut order: Vec<usize> = (0..postmortems.len()).collect();
    order.sort_by_key(|at| postmortems.get(*at).is_none_or(|postmortem| !is_stated(&postmortem.id)));
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    let mut clashes = Vec::new();
    for at in order {
        let Some(postmortem) = postmortems.get_mut(at) else { continue };
        let wanted = postmortem.id.value.clone();
        let id = free_id(&wanted, &postmortem.path, &owners);
        if id != wanted {
            if is_stated(&postmortem.id) {
                clashes.push(Clash {
                    id: wanted.clone(),
                    kept_by: owners.get(&wanted).cloned().unwrap_or_default(),
                    path: postmortem.path.clone(),
                    span: postmortem.id.span,
                    replaced_by: id.clone(),
                });
            }
            // Nobody has one under its old id that nobody else holds.
            if let Some(own) = Arc::get_mut(postmortem) {
                own.rename(&id);
                owners.insert(id, own.path.clone());
                continue;
            }
            let place = Arc::as_ptr(postmortem).addr();
            let known = renamed.0.remove(&place).filter(|(_, known)| known.id.value == id);
            let (was, is) = known.unwrap_or_else(|| (Arc::clone(postmortem), with_id(postmortem, &id)));
            *postmortem = Arc::clone(&is);
            now.insert(place, (was, is));
        }
        owners.insert(id, postmortem.path.clone());
    }
    renamed.0 = now;
    clashes.sort_by(|a, b| a.path.cmp(&b.path));
    clashes
}

fn with_id(postmortem: &Postmortem, id: &str) -> Arc<Postmortem> {
    let mut postmortem = postmortem.clone();
    postmortem.rename(id);
    Arc::new(postmortem)
}

fn is_stated(id: &Fact<String>) -> bool {
    id.origin == Origin::FrontMatter
}

fn free_id(wanted: &str, path: &str, owners: &BTreeMap<String, String>) -> String {
    if !owners.contains_key(wanted) {
        return wanted.to_owned();
    }
    let folder = path.rsplit('/').nth(1).map(|folder| format!("{}-{wanted}", file_slug(folder)));
    folder
        .into_iter()
        .chain((2..owners.len() + 3).map(|number| format!("{wanted}-{number}")))
        .find(|id| !owners.contains_key(id))
        .unwrap_or_else(|| wanted.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::postmortem;

    fn at(path: &str, id: &str, origin: Origin, date: &str) -> Postmortem {
        let mut postmortem = postmortem(id, date);
        postmortem.path = path.to_owned();
        postmortem.id.origin = origin;
        postmortem
    }

    fn ids(archive: &Archive) -> Vec<(&str, &str)> {
        archive
            .postmortems()
            .iter()
            .map(|postmortem| (postmortem.path.as_str(), postmortem.id.value.as_str()))
            .collect()
    }

    #[test]
    fn a_link_may_name_a_document_without_its_endings_or_by_its_page() {
        let paths = ["2020/a.html.md.erb", "2020/b.md", "disk-full/index.md", "notes.qmd"];
        let archive = Archive::new(paths.map(|path| at(path, path, Origin::FileName, "")).to_vec());
        let found = [
            "2020/a.html.md.erb",
            "2020/a.html",
            "2020/a",
            "2020/b.md",
            "2020/b.html",
            "2020/b/",
            "disk-full/",
            "disk-full/index.html",
            "notes",
            "2020/c.html",
            "2020",
        ]
        .map(|address| archive.at_address(address, "").map(|found| found.path.as_str()));
        let [a, b, index, notes] = paths.map(Some);
        assert_eq!(found, [a, a, a, b, b, b, index, index, notes, None, None]);
    }

    fn section(anchor: &str) -> crate::model::Section {
        crate::model::Section {
            kinds: crate::model::Kinds::default(),
            title: anchor.to_owned(),
            form: crate::model::SectionForm::Heading(2),
            anchor: anchor.to_owned(),
            heading: Span::default(),
            body: Span::default(),
            is_empty: false,
        }
    }

    #[test]
    fn of_a_file_with_several_postmortems_the_anchor_tells_which() {
        let part = |start: usize, anchors: [&str; 2]| {
            let mut part = at("log.md", anchors[0], Origin::FileName, "");
            part.body = Span::new(start, start + 10);
            part.sections = anchors.map(section).to_vec();
            part
        };
        let archive = Archive::new(vec![
            part(30, ["dns", "timeline"]),
            part(10, ["disk", "timeline"]),
            part(20, ["timeline", "cause"]),
        ]);
        let found = ["dns", "Disk", "timeline", "cause", "", "gone"]
            .map(|anchor| archive.at_address("log.html", anchor).map(|found| found.id.value.as_str()));
        assert_eq!(found, ["dns", "disk", "timeline", "timeline", "disk", "disk"].map(Some));
        assert!(archive.is_log("log.md") && !archive.is_log("other.md"));
        assert_eq!(archive.at_path("log.md").map(|found| found.id.value.as_str()), Some("disk"));
    }

    #[test]
    fn the_newest_comes_first_and_the_undated_last() {
        let archive = Archive::new(vec![
            at("a.md", "a", Origin::FileName, ""),
            at("b.md", "b", Origin::FileName, "2025-01-01"),
            at("c.md", "c", Origin::FileName, "2026-01-01"),
        ]);
        assert_eq!(ids(&archive), [("c.md", "c"), ("b.md", "b"), ("a.md", "a")]);
        assert_eq!(archive.index_of("a"), Some(2));
        assert_eq!(archive.at_path("b.md").map(|found| found.id.value.as_str()), Some("b"));
    }

    #[test]
    fn file_names_that_clash_get_their_folder_and_are_no_clash() {
        let archive = Archive::new(vec![
            at("2025/db/report.md", "report", Origin::FileName, "2025-01-01"),
            at("2026/db/report.md", "report", Origin::FileName, "2026-01-01"),
            at("2026/dns/report.md", "report", Origin::FileName, "2026-01-02"),
            at("2027/db/report.md", "report", Origin::FileName, "2027-01-02"),
        ]);
        assert_eq!(
            ids(&archive),
            [
                ("2027/db/report.md", "report-2"),
                ("2026/dns/report.md", "dns-report"),
                ("2026/db/report.md", "db-report"),
                ("2025/db/report.md", "report"),
            ]
        );
        assert_eq!(archive.clashes(), []);
    }

    #[test]
    fn what_got_another_id_is_the_very_same_as_long_as_it_does_so_again() {
        let all =
            ["a.md", "b.md", "c.md"].map(|path| Arc::new(at(path, "x", Origin::FileName, "2026-01-01")));
        let mut renamed = Renamed::default();
        let mut again = |postmortems: &[Arc<Postmortem>]| Archive::again(postmortems.to_vec(), &mut renamed);
        let first = again(&all);
        assert_eq!(ids(&first), [("c.md", "x-3"), ("b.md", "x-2"), ("a.md", "x")]);
        let second = again(&all);
        assert!(first.postmortems().iter().zip(second.postmortems()).all(|(a, b)| Arc::ptr_eq(a, b)));
        let fewer = again(&all[1..]);
        assert_eq!(ids(&fewer), [("c.md", "x-2"), ("b.md", "x")]);
        assert_eq!(fewer, Archive::new(all[1..].to_vec()));
    }

    #[test]
    fn a_stated_id_that_occurs_twice_is_remembered_and_no_document_is_lost() {
        let archive = Archive::new(vec![
            at("a.md", "x", Origin::FileName, "2026-01-01"),
            at("b.md", "x", Origin::FrontMatter, "2026-01-02"),
            at("c.md", "x", Origin::FrontMatter, "2026-01-03"),
        ]);
        assert_eq!(ids(&archive), [("c.md", "x-2"), ("b.md", "x"), ("a.md", "x-3")]);
        let clashes: Vec<_> = archive
            .clashes()
            .iter()
            .map(|clash| (clash.kept_by.as_str(), clash.path.as_str(), clash.replaced_by.as_str()))
            .collect();
        assert_eq!(clashes, [("b.md", "c.md", "x-2")]);
    }
}
