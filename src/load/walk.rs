//! Which files are there.
//!
//! Left out are hidden files and folders, what packages and compilers put there (`node_modules`, folders with a
//! `CACHEDIR.TAG`), built sites, and links that lead out of the root or to files that are found anyway.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use walkdir::{DirEntry, WalkDir};

use crate::{
    error::{Error, Result},
    load::{
        kind::{is_markdown_text, needs_text},
        root::below,
    },
};

/// The name of the file that marks a built site. `write` makes it; reading must not depend on writing.
const SITE_MARKER: &str = ".afterword";

/// Deeper folders are not looked into. No archive is so deep; a loop of mounts is.
const DEEPEST: usize = 64;

/// Folders of packages.
pub(super) const PACKAGES: [&str; 1] = ["node_modules"];

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Its path below the root, with `/`.
    pub(super) path: String,
    /// Where it is.
    pub(super) file: PathBuf,
    /// Its size in bytes.
    pub(super) size: u64,
    /// True when its name says nothing and its text begins as Markdown does.
    pub(super) is_markdown_by_text: bool,
}

/// All files below `start`, in no order. `sources` are the folders that are walked in any case, `out` the folder of
/// the site.
pub(super) fn walk(root: &Path, start: &Path, sources: &[PathBuf], out: &Path) -> Result<Vec<Found>> {
    fs::read_dir(start).map_err(|error| Error::at("read", start, error))?;
    let entries = WalkDir::new(start)
        .follow_links(true)
        .max_depth(DEEPEST)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || is_wanted(entry, root, sources, out));
    // A folder inside that cannot be read, or a link in a circle, hides what is behind it and nothing else.
    Ok(entries
        .filter_map(std::result::Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = below(root, entry.path());
            Found {
                is_markdown_by_text: needs_text(&path) && is_markdown_text(&head(entry.path())),
                path,
                size: entry.metadata().map_or(0, |metadata| metadata.len()),
                file: entry.into_path(),
            }
        })
        .collect())
}

/// The beginning of a file; nothing when it cannot be read, which is said when it is a document.
pub(super) fn head(file: &Path) -> Vec<u8> {
    let mut head = Vec::new();
    // A text that has not begun as a document by here is none.
    let read = fs::File::open(file).and_then(|file| file.take(8 << 10).read_to_end(&mut head));
    read.map_or_else(|_| Vec::new(), |_| head)
}

fn is_wanted(entry: &DirEntry, root: &Path, sources: &[PathBuf], out: &Path) -> bool {
    let name = entry.file_name().to_string_lossy();
    if name.starts_with('.') || !link_is_wanted(entry, root, sources) {
        return false;
    }
    if !entry.file_type().is_dir() {
        return true;
    }
    let path = entry.path();
    !PACKAGES.contains(&name.as_ref())
        && path != out
        && !path.join("CACHEDIR.TAG").is_file()
        && !path.join(SITE_MARKER).is_file()
}

/// A link is followed when it leads to a place below the root that is not walked anyway, and does not go in a circle.
fn link_is_wanted(entry: &DirEntry, root: &Path, sources: &[PathBuf]) -> bool {
    if !entry.path_is_symlink() {
        return true;
    }
    fs::canonicalize(entry.path()).is_ok_and(|target| {
        let is_walked = |source: &PathBuf| target.starts_with(source) || source.starts_with(&target);
        target.starts_with(root) && !sources.iter().any(is_walked)
    })
}
