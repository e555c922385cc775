//! Where the links and images of a document lead.
//!
//! A link to another document of the archive leads to its page, one to a harmless file to a copy of that file, anything
//! else that is below the root to its source in the repository, if the site says where that is. Nothing leaves the root,
//! and nothing that a browser would run is copied.

use std::{cell::RefCell, collections::BTreeMap, ops::Range, path::PathBuf};

use percent_encoding::percent_decode_str;

use crate::{
    config::{Config, Folder},
    model::Postmortem,
    render::{
        markdown::{Destinations, Target},
        site::Cx,
        urls,
    },
};

/// Images that a page may show.
const IMAGES: [&str; 8] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp"];

/// Files that are safe to open: a browser shows or saves them and runs nothing.
const FILES: [&str; 24] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "bmp", "txt", "log", "csv", "tsv", "json", "jsonl", "yaml",
    "yml", "toml", "pdf", "diff", "patch", "sql", "zip", "gz", "mp4", "webm",
];

/// True for a file of a kind that a page may show or link to.
pub(super) fn may_be_shown(path: &str) -> bool {
    is_of(path, &IMAGES) || is_of(path, &FILES)
}

fn is_of(path: &str, kinds: &[&str]) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| kinds.iter().any(|kind| kind.eq_ignore_ascii_case(ending)))
}

/// Destinations for one document.
pub(super) struct Places<'a> {
    cx: &'a Cx<'a>,
    /// The path of the document below the root.
    document: &'a str,
    /// The page in the site.
    page: String,
    /// The way up from the page to the output folder.
    root: String,
    /// The files that the page shows, by their path in the site.
    files: RefCell<BTreeMap<String, PathBuf>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(cx: &'a Cx<'a>, document: &'a str, page: &str) -> Self {
        Self { cx, document, page: page.to_owned(), root: urls::root(page), files: RefCell::default() }
    }

    /// The files that were asked for.
    pub(super) fn into_files(self) -> BTreeMap<String, PathBuf> {
        self.files.into_inner()
    }

    /// A copy of a file, if there is such a file and it is of one of these kinds.
    fn copy(&self, path: &str, kinds: &[&str]) -> Option<Target> {
        let file = self.cx.site.sources.assets.get(path)?;
        if !is_of(path, kinds) {
            return None;
        }
        let place = urls::file(path);
        self.files.borrow_mut().insert(place.clone(), file.clone());
        Some(Target::Site(urls::from(&self.root, &place)))
    }
}

impl Destinations for Places<'_> {
    fn link(&self, destination: &str) -> Target {
        let (path, fragment) = destination.split_once('#').unwrap_or((destination, ""));
        let Some(path) = resolved(self.document, path) else { return Target::Nowhere };
        let archive = self.cx.site.archive;
        let page =
            archive.at_address(&path, fragment).and_then(|postmortem| archive.index_of(&postmortem.id.value));
        if let Some(card) = page.and_then(|place| self.cx.cards.get(place)) {
            let fragment = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
            return Target::Site(format!("{}{fragment}", urls::from(&self.root, &card.page)));
        }
        self.copy(&path, &FILES).unwrap_or_else(|| {
            let is_there = self.cx.site.sources.assets.contains_key(&path);
            let address = source_address(self.cx.site.config, &path).filter(|_| is_there);
            address.map_or(Target::Nowhere, Target::Web)
        })
    }

    fn fragment(&self, destination: &str) -> Option<Target> {
        let archive = self.cx.site.archive;
        let anchor = destination.trim().trim_start_matches('#');
        let page = |one: &Postmortem| {
            let card = archive.index_of(&one.id.value).and_then(|place| self.cx.cards.get(place))?;
            Some(card.page.as_str())
        };
        let has = |one: &&Postmortem| one.sections.iter().any(|section| section.anchor() == anchor);
        let is_own = |one: &&Postmortem| page(one) == Some(self.page.as_str());
        if !archive.is_log(self.document)
            || archive.in_file(self.document).filter(is_own).any(|one| has(&one))
        {
            return None;
        }
        let other = archive.at_address(self.document, anchor).filter(has)?;
        Some(Target::Site(format!("{}#{anchor}", urls::from(&self.root, page(other)?))))
    }

    fn image(&self, destination: &str) -> Target {
        let path = destination.split(['#', '?']).next().unwrap_or_default();
        resolved(self.document, path).and_then(|path| self.copy(&path, &IMAGES)).unwrap_or(Target::Nowhere)
    }

    fn mentions(&self, text: &str) -> Vec<(Range<usize>, String)> {
        mentions(self.cx.site.config, text)
    }
}

/// Tracker keys in a text, in order, with their addresses.
fn mentions(config: &Config, text: &str) -> Vec<(Range<usize>, String)> {
    let mut found: Vec<(Range<usize>, String)> = config
        .trackers
        .iter()
        .flat_map(|tracker| {
            tracker
                .pattern
                .regex()
                .find_iter(text)
                .filter_map(|key| Some((key.range(), tracker.link(key.as_str())?)))
        })
        .filter(|(range, _)| is_whole_word(text, range))
        .collect();
    found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    found.retain(|(range, _)| {
        let is_free = range.start >= end && !range.is_empty();
        if is_free {
            end = range.end;
        }
        is_free
    });
    found
}

/// A key within a longer word (`XSHOP-1`, `SHOP-1a`) is another key.
fn is_whole_word(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).and_then(|text| text.chars().next_back());
    let after = text.get(range.end..).and_then(|text| text.chars().next());
    let joins = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    !joins(before) && !joins(after)
}

/// Where the repository shows the source of a file; none where nobody says it.
pub(super) fn source_address(config: &Config, path: &str) -> Option<String> {
    let site = config.output.html.source_url_template.as_deref();
    address(config, path, site, |folder| folder.source_url_template.as_deref())
}

/// Where a document is edited.
pub(super) fn edit_address(config: &Config, path: &str) -> Option<String> {
    let site = config.output.html.edit_url_template.as_deref();
    address(config, path, site, |folder| folder.edit_url_template.as_deref())
}

/// Where the history of a document is shown.
pub(super) fn history_address(config: &Config, path: &str) -> Option<String> {
    let site = config.output.html.history_url_template.as_deref();
    address(config, path, site, |folder| folder.history_url_template.as_deref())
}

/// The address of a file: by the template of its folder, which counts from there; else by that of the site, which counts
/// from the root, as far as the file is below it.
fn address(
    config: &Config,
    path: &str,
    site: Option<&str>,
    own: impl Fn(&Folder) -> Option<&str>,
) -> Option<String> {
    let (template, path) = match config.book.src.of(path).filter(|folder| folder.has_addresses()) {
        Some(folder) => (own(folder)?, folder.inside(path)?),
        None => (site.filter(|_| !path.starts_with("../"))?, path),
    };
    Some(template.replace("{path}", &urls::encoded(path)))
}

/// The path below the root that a relative address in a document means; none when it leaves the root.
fn resolved(document: &str, address: &str) -> Option<String> {
    let address = address.split('?').next().unwrap_or_default();
    let address = percent_decode_str(address).decode_utf8().ok()?;
    let mut parts: Vec<&str> = match address.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => document.split('/').collect(),
    };
    parts.pop();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part if part.contains('\\') => return None,
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    #[test]
    fn an_address_counts_from_the_folder_of_its_document() {
        let from = |address: &str| resolved("postmortems/2026/a.md", address);
        assert_eq!(from("b.md").as_deref(), Some("postmortems/2026/b.md"));
        assert_eq!(from("../2025/c%20d.md").as_deref(), Some("postmortems/2025/c d.md"));
        assert_eq!(from("./x/../y.png?raw=1").as_deref(), Some("postmortems/2026/y.png"));
        assert_eq!(from("/postmortems/z.md").as_deref(), Some("postmortems/z.md"));
        assert_eq!(from("../../../etc/passwd"), None);
        assert_eq!(from("..%2f..%2f..%2fetc"), None);
        assert_eq!(from("a\\b"), None);
        assert_eq!(from(""), Some("postmortems/2026".to_owned()));
    }

    #[test]
    fn a_source_with_addresses_of_its_own_is_not_looked_for_in_the_repository_of_the_site() {
        let (config, findings) = Config::parse(&SourceFile::new(
            "book.toml",
            "[book]\nsrc = [\"docs\", \"../bare\", { path = \"../quay/pm\", label = \"Quay\", \
             edit-url-template = \"https://q.example/edit/trunk/pm/{path}\" }]\n\
             [output.html]\nedit-url-template = \"https://s.example/{path}\"\n\
             source-url-template = \"https://s.example/src/{path}\"\n",
        ));
        assert_eq!(findings, []);
        let addresses = |path: &str| (edit_address(&config, path), source_address(&config, path));
        let is = |address: &str| Some(address.to_owned());
        assert_eq!(
            addresses("docs/a b.md"),
            (is("https://s.example/docs/a%20b.md"), is("https://s.example/src/docs/a%20b.md"))
        );
        assert_eq!(
            addresses("../quay/pm/2026/c.md"),
            (is("https://q.example/edit/trunk/pm/2026/c.md"), None)
        );
        assert_eq!(addresses("../bare/d.md"), (None, None));
        assert_eq!(history_address(&config, "docs/a.md"), None);
    }

    #[test]
    fn only_whole_tracker_keys_are_mentions() {
        let (config, findings) = Config::parse(&SourceFile::new(
            "book.toml",
            "[[tracker]]\npattern = \"SHOP-(\\\\d+)\"\nurl = \"https://t.example/$1\"\n",
        ));
        assert_eq!(findings, []);
        assert_eq!(
            mentions(&config, "see SHOP-12, not XSHOP-3 or SHOP-4a; and SHOP-5"),
            [(4..11, "https://t.example/12".to_owned()), (41..47, "https://t.example/5".to_owned())]
        );
    }
}
