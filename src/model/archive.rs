//! All postmortems of a site, sorted and indexed.

use std::collections::BTreeMap;

use crate::{
    model::{Fact, Origin, Postmortem, anchor::file_slug},
    source::{Span, markdown_stem},
};

/// All postmortems: the newest first, undated ones last, ids made unique.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Archive {
    postmortems: Vec<Postmortem>,
    by_id: BTreeMap<String, usize>,
    by_path: BTreeMap<String, usize>,
    by_address: BTreeMap<String, usize>,
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

impl Archive {
    /// Sorts and indexes. Of documents with the same id, the first by path keeps it; the others get one from their
    /// folder or a number. A clash of stated ids is remembered, a clash of ids derived from file names is not one.
    pub fn new(mut postmortems: Vec<Postmortem>) -> Self {
        postmortems.sort_by(|a, b| a.path.cmp(&b.path));
        let clashes = make_ids_unique(&mut postmortems);
        postmortems.sort_by(|a, b| {
            let day = |postmortem: &Postmortem| postmortem.date.as_ref().map(|date| date.value);
            day(b).cmp(&day(a)).then_with(|| b.id.value.cmp(&a.id.value))
        });
        let by_id = index(&postmortems, |postmortem| postmortem.id.value.clone());
        let by_path = index(&postmortems, |postmortem| postmortem.path.clone());
        let by_address = index(&postmortems, |postmortem| address(&postmortem.path));
        Self { postmortems, by_id, by_path, by_address, clashes }
    }

    /// The newest first.
    pub fn postmortems(&self) -> &[Postmortem] {
        &self.postmortems
    }

    /// The postmortem with this id.
    pub fn get(&self, id: &str) -> Option<&Postmortem> {
        self.by_id.get(id).and_then(|at| self.postmortems.get(*at))
    }

    /// The postmortem at this path below the root.
    pub fn at_path(&self, path: &str) -> Option<&Postmortem> {
        self.by_path.get(path).and_then(|at| self.postmortems.get(*at))
    }

    /// The postmortem that a link to this path means. The endings may be missing or those of a built page; an address
    /// that ends in a folder means the folder's `index` or `README`.
    pub fn at_address(&self, path: &str) -> Option<&Postmortem> {
        let by_address = |at: &str| self.by_address.get(at).and_then(|at| self.postmortems.get(*at));
        let page = path.strip_suffix(".html").unwrap_or(path).trim_end_matches('/');
        self.at_path(path).or_else(|| by_address(page)).or_else(|| by_address(&address(page)))
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

fn index(postmortems: &[Postmortem], key: impl Fn(&Postmortem) -> String) -> BTreeMap<String, usize> {
    postmortems.iter().enumerate().map(|(at, postmortem)| (key(postmortem), at)).collect()
}

fn make_ids_unique(postmortems: &mut [Postmortem]) -> Vec<Clash> {
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
            for action in &mut postmortem.actions {
                if let Some(name) = action.id.strip_prefix(&format!("{wanted}/")) {
                    action.id = format!("{id}/{name}");
                }
            }
            postmortem.id.value.clone_from(&id);
        }
        owners.insert(id, postmortem.path.clone());
    }
    clashes.sort_by(|a, b| a.path.cmp(&b.path));
    clashes
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
        .map(|address| archive.at_address(address).map(|found| found.path.as_str()));
        let [a, b, index, notes] = paths.map(Some);
        assert_eq!(found, [a, a, a, b, b, b, index, index, notes, None, None]);
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
