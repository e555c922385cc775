//! The archive once more, after something in it has changed.
//!
//! Only what may have changed is read. Where files have come, gone or got other names, the folders are walked again, since
//! that decides what other files are as well; but of a document that nothing has touched the text is known.

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
    source::{SourceFile, Sources},
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
    let changed = match changes(root, config, place, before, touched) {
        Changes::Texts(changed) => changed,
        Changes::Files => {
            read_documents(root, place, &mut sources, |found| {
                known(before, touched, &found).unwrap_or_else(|| read_document(found))
            })?;
            return Ok(sources);
        }
        Changes::Anything => {
            read_documents(root, place, &mut sources, read_document)?;
            return Ok(sources);
        }
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

/// What may have changed.
enum Changes {
    /// The texts of known documents, by their place among all.
    Texts(BTreeMap<usize, Found>),
    /// Which files there are, and those that were touched.
    Files,
    /// Anything.
    Anything,
}

fn changes(
    root: &Root,
    config: &Config,
    place: &Place,
    before: &Sources,
    touched: &BTreeSet<PathBuf>,
) -> Changes {
    let mut changed = BTreeMap::new();
    let mut is_same_files = true;
    for path in touched {
        if path.starts_with(&place.out) || is_setting(root, config, place, path) {
            continue;
        }
        // A file elsewhere may be one that a link in the archive leads to.
        if !place.folders.iter().any(|folder| path.starts_with(folder) && path != folder) {
            return Changes::Anything;
        }
        let below = below(&root.folder, path);
        let file = fs::symlink_metadata(path).ok();
        let is_file = file.as_ref().is_some_and(fs::Metadata::is_file);
        let document = before.documents.binary_search_by(|known| known.path.as_str().cmp(&below));
        match document {
            _ if needs_text(&below) => is_same_files = false,
            Ok(at) if is_file => {
                let size = file.map_or(0, |file| file.len());
                let file = path.clone();
                changed.insert(at, Found { path: below, file, size, is_markdown_by_text: false });
            }
            Err(_) if is_file && before.assets.contains_key(&below) => {}
            // What came and went again, as the files that editors make while they save do.
            Err(_) if file.is_none() && !is_known(before, &below) => {}
            _ => is_same_files = false,
        }
    }
    if is_same_files { Changes::Texts(changed) } else { Changes::Files }
}

/// What is known of a file that neither itself nor with a folder above it was touched.
fn known(
    before: &Sources,
    touched: &BTreeSet<PathBuf>,
    found: &Found,
) -> Option<(SourceFile, Option<String>)> {
    if found.file.ancestors().any(|path| touched.contains(path)) {
        return None;
    }
    let at = before.documents.binary_search_by(|known| known.path.cmp(&found.path)).ok()?;
    Some((before.documents.get(at)?.clone(), before.unreadable.get(&found.path).cloned()))
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

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::load::load;

    #[test]
    fn when_files_come_go_or_get_other_names_no_other_is_read() {
        let home = TempDir::new().unwrap();
        let folder = fs::canonicalize(home.path()).unwrap();
        let at = |name: &str| folder.join("postmortems").join(name);
        let write = |name: &str, text: &str| {
            fs::create_dir_all(at(name).parent().unwrap()).unwrap();
            fs::write(at(name), text).unwrap();
        };
        for name in ["a.md", "b.md", "deep/c.md", "silent.md"] {
            write(name, &format!("# {name}\n"));
        }
        let (root, config) = (Root::at(&folder).unwrap(), Config::default());
        let place = Place::of(&root, &config, None).unwrap();
        let mut sources = load(&root, &config, None).unwrap();
        // Nobody tells of this one: its old text shows that it was not read.
        write("silent.md", "# Changed\n");
        let mut after = |touched: &[&str]| {
            let touched = touched.iter().map(|name| at(name)).collect();
            sources = load_again(&root, &config, &place, &sources, &touched).unwrap();
            let texts = sources.documents.iter().map(|file| (&*file.path, file.text.trim()));
            texts.map(|(path, text)| format!("{} {text}", &path["postmortems/".len()..])).collect::<Vec<_>>()
        };
        write("new.md", "# New\n");
        let all =
            ["a.md # a.md", "b.md # b.md", "deep/c.md # deep/c.md", "new.md # New", "silent.md # silent.md"];
        assert_eq!(after(&["new.md"]), all);
        fs::rename(at("b.md"), at("e.md")).unwrap();
        fs::remove_file(at("a.md")).unwrap();
        fs::rename(at("deep"), at("deeper")).unwrap();
        let all = ["deeper/c.md # deep/c.md", "e.md # b.md", "new.md # New", "silent.md # silent.md"];
        assert_eq!(after(&["a.md", "b.md", "e.md", "deep", "deeper"]), all);
        // A folder stands for all that is in it.
        let all = ["deeper/c.md # deep/c.md", "e.md # b.md", "new.md # New", "silent.md # Changed"];
        write("deeper/none.txt", "");
        assert_eq!(after(&["."]), all);
    }
}
