//! The archive once more, after something in it has changed.
//!
//! Where only texts of known documents have changed, only those are read. Whatever else has happened, whether a file came,
//! went or got another name, decides what other files are as well, and everything is read.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use crate::{
    config::Config,
    error::Result,
    load::{
        CONFIG, Place, Root, TEMPLATES, THEMES, WORDS, kind::needs_text, read_document, read_documents,
        root::below, settings, walk::Found,
    },
    source::Sources,
};

/// Reads the archive again. `before` is what was found at the same place; `touched` are the paths of all files and
/// folders that may have changed since then, absolute.
pub fn load_again(
    root: &Root,
    config: &Config,
    place: &Place,
    before: &Sources,
    touched: &BTreeSet<PathBuf>,
) -> Result<Sources> {
    let mut sources = settings(root, config)?;
    let Some(changed) = changed_texts(root, config, place, before, touched) else {
        read_documents(root, place, &mut sources)?;
        return Ok(sources);
    };
    sources.documents.clone_from(&before.documents);
    sources.assets.clone_from(&before.assets);
    sources.unreadable.clone_from(&before.unreadable);
    for (at, found) in changed {
        let path = found.path.clone();
        let (document, reason) = read_document(found);
        if let Some(slot) = sources.documents.get_mut(at) {
            *slot = document;
        }
        match reason {
            Some(reason) => sources.unreadable.insert(path, reason),
            None => sources.unreadable.remove(&path),
        };
    }
    Ok(sources)
}

/// The documents that may have another text, by their place among all; none when more than texts may have changed.
fn changed_texts(
    root: &Root,
    config: &Config,
    place: &Place,
    before: &Sources,
    touched: &BTreeSet<PathBuf>,
) -> Option<BTreeMap<usize, Found>> {
    let mut changed = BTreeMap::new();
    for path in touched {
        if path.starts_with(&place.out) || is_setting(root, config, place, path) {
            continue;
        }
        let below = below(&root.folder, path);
        let is_inside = place.folders.iter().any(|folder| path.starts_with(folder) && path != folder);
        // A file elsewhere may be one that a link in the archive leads to.
        if !is_inside || needs_text(&below) {
            return None;
        }
        let file = fs::symlink_metadata(path).ok();
        let is_file = file.as_ref().is_some_and(fs::Metadata::is_file);
        let document = before.documents.binary_search_by(|known| known.path.as_str().cmp(&below));
        match document {
            Ok(at) if is_file => {
                let size = file.map_or(0, |file| file.len());
                let file = path.clone();
                changed.insert(at, Found { path: below, file, size, is_markdown_by_text: false });
            }
            Err(_) if is_file && before.assets.contains_key(&below) => {}
            // What came and went again, as the files that editors make while they save do.
            Err(_) if file.is_none() && !is_known(before, &below) => {}
            _ => return None,
        }
    }
    Some(changed)
}

/// True for a file or a folder that something of the archive is in.
fn is_known(before: &Sources, path: &str) -> bool {
    let is_it =
        |known: &str| known.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    before.assets.keys().any(|known| is_it(known))
        || before.documents.iter().any(|document| is_it(&document.path))
}

/// True for what is read anew each time, and for no file that is also found among the documents.
fn is_setting(root: &Root, config: &Config, place: &Place, path: &Path) -> bool {
    let locales = config.sections.locales.iter().map(|name| name.value.as_str());
    let baseline = config.check.baseline.iter().map(|name| name.value.as_str());
    let mut files = [CONFIG].into_iter().chain(locales).chain(baseline);
    let is_look = |name: &str| path.starts_with(root.folder.join(name));
    !place.folders.iter().any(|folder| path.starts_with(folder))
        && ([TEMPLATES, THEMES, WORDS].into_iter().any(is_look)
            || files.any(|name| path == root.folder.join(name)))
}
