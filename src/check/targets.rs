//! Where a link of a document leads, as far as the archive can tell.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use crate::{
    check::rule::Document,
    data::nearest,
    model::Link,
    source::{join, relative},
};

/// The files below the root, and how to find one whose path is not quite right.
#[derive(Debug)]
pub struct Files<'a> {
    paths: &'a BTreeSet<String>,
    /// By path in lower case.
    folded: BTreeMap<String, &'a str>,
    /// By name without folders; the first path of several, and whether it is the only one.
    names: BTreeMap<&'a str, (&'a str, bool)>,
}

impl<'a> Files<'a> {
    /// Indexes all paths, once for all documents.
    pub(super) fn new(paths: &'a BTreeSet<String>) -> Self {
        let folded = paths.iter().map(|path| (path.to_lowercase(), path.as_str())).collect();
        let mut names: BTreeMap<&str, (&str, bool)> = BTreeMap::new();
        for path in paths {
            names.entry(name_of(path)).and_modify(|(_, is_only)| *is_only = false).or_insert((path, true));
        }
        Self { paths, folded, names }
    }

    /// True when there is a file at the path.
    pub(super) fn contains(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// A file that differs from the path only by upper and lower case.
    pub(super) fn other_case(&self, path: &str) -> Option<&'a str> {
        self.folded.get(&path.to_lowercase()).copied()
    }

    /// The one file of this name, which is in another folder.
    pub(super) fn moved(&self, path: &str) -> Option<&'a str> {
        self.names.get(name_of(path)).filter(|(_, is_only)| *is_only).map(|(path, _)| *path)
    }

    /// A file of the same name in another folder, else one of a similar name in the same folder.
    pub(super) fn nearest(&self, path: &str) -> Option<&'a str> {
        /// So many files of a folder are compared; in a larger one nothing is guessed beyond them.
        const MOST: usize = 500;
        let name = name_of(path);
        let folder = path.strip_suffix(name).unwrap_or_default();
        let siblings =
            || self.paths.range(folder.to_owned()..).take_while(|file| file.starts_with(folder)).take(MOST);
        self.names.get(name).map(|(path, _)| *path).or_else(|| nearest(path, siblings().map(String::as_str)))
    }
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// Out of the archive, or to a place that only a web server knows: nothing can be said.
    Elsewhere,
    /// Above the root.
    Outside,
    /// To a path below the root, and perhaps to an anchor there.
    File {
        /// The path, without `.` and `..`.
        path: String,
        /// What stands behind `#`, decoded; empty for none.
        anchor: String,
    },
}

/// Resolves the target of a link against the folder of its document.
pub(super) fn target(document: &Document<'_>, link: &Link) -> Target {
    let written = link.target.trim();
    let has_scheme = written.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
    });
    let is_mail = written.contains('@') && !written.contains('/');
    // `/path` belongs to the server, `{{ … }}` to another generator.
    if written.is_empty()
        || has_scheme
        || is_mail
        || written.starts_with('/')
        || written.contains("{{")
        || written.contains("{%")
    {
        return Target::Elsewhere;
    }
    let (path, anchor) = written.split_once('#').unwrap_or((written, ""));
    let path = path.split('?').next().unwrap_or_default();
    let anchor = decode(anchor);
    let own = &document.postmortem.path;
    if path.is_empty() {
        return Target::File { path: own.clone(), anchor };
    }
    let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
    match join(folder, &decode(path)) {
        Some(path) => Target::File { path, anchor },
        None => Target::Outside,
    }
}

/// How a link in a document is written that leads to a path. The reverse of [`target`].
pub(super) fn way(document: &Document<'_>, path: &str) -> String {
    let (folder, _) = document.postmortem.path.rsplit_once('/').unwrap_or_default();
    relative(folder, path)
}

/// True for what a document names as related and is certainly no postmortem of the archive: an address, a ticket by its
/// number, a file that is there or beyond the archive.
pub(super) fn is_of_another_kind(document: &Document<'_>, written: &str) -> bool {
    let written = written.trim_matches([' ', '"', '\'', ',']);
    let has_number = |rest: &str| rest.starts_with(|digit: char| digit.is_ascii_digit());
    let folder = document.postmortem.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let leads_elsewhere = || {
        join(folder, written).is_none_or(|path| exists(document, &path) || !is_in_archive(document, &path))
    };
    written.contains("://")
        || written.split('#').skip(1).any(has_number)
        || written.contains('/') && leads_elsewhere()
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// True when the folders of the archive hold the path, so that a file that is not listed does not exist.
pub(super) fn is_in_archive(document: &Document<'_>, path: &str) -> bool {
    let folders = &document.config.book.src;
    // A document outside of the configured folders: the root itself is the archive.
    folders.of(&document.postmortem.path).is_none() || folders.of(path).is_some()
}

/// True when a file or a folder stands at the path.
pub(super) fn exists(document: &Document<'_>, path: &str) -> bool {
    let files = document.files;
    let folder = format!("{}/", path.trim_end_matches('/'));
    path.is_empty()
        || files.contains(path)
        || files.contains(&format!("{path}.md"))
        || files.paths.range(folder.clone()..).next().is_some_and(|file| file.starts_with(&folder))
        || document.archive.at_address(path, "").is_some()
}
