//! Where the links and images of a document lead.
//!
//! A link to another document of the archive leads to its page, one to a harmless file to a copy of that file, anything
//! else that is below the root to its source in the repository, if the site says where that is. Nothing leaves the root,
//! and nothing that a browser would run is copied.

use std::{cell::RefCell, collections::BTreeMap, ops::Range, path::PathBuf};

use percent_encoding::percent_decode_str;

use crate::{
    config::Config,
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
        let place = format!("{}{path}", urls::FILES);
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
            let template = self.cx.site.config.output.html.source_url_template.as_deref();
            match template.filter(|_| is_there) {
                Some(template) => Target::Web(filled(template, &path)),
                None => Target::Nowhere,
            }
        })
    }

    fn fragment(&self, destination: &str) -> Option<Target> {
        let archive = self.cx.site.archive;
        let anchor = destination.trim().trim_start_matches('#');
        let page = |one: &Postmortem| {
            let card = archive.index_of(&one.id.value).and_then(|place| self.cx.cards.get(place))?;
            Some(card.page.as_str())
        };
        let has = |one: &&Postmortem| one.sections.iter().any(|section| section.anchor == anchor);
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

/// An address with the path of a document in the place of `{path}`.
pub(super) fn filled(template: &str, path: &str) -> String {
    template.replace("{path}", &urls::encoded(path))
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
