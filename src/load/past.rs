//! The texts of an earlier archive: what is on disk, with other texts in place of some files, and without some.
//!
//! Where the other texts come from is not known here. Nearly all files are as they were, and of those that have been
//! read already nothing is read again.

use std::{collections::BTreeMap, path::Path};

use crate::{
    config::Config,
    error::Result,
    load::{
        CONFIG, Root,
        kind::{is_markdown_text, needs_text},
        normal, read_document, read_locale, sort_in,
        walk::{Found, PACKAGES, head, walk},
    },
    source::{self, SourceFile, Sources},
};

/// Files that were not what they are, by their path below the root: their bytes, or none for one that was not there.
/// The bytes of a file that is not wanted ([`is_wanted`]) may be left out.
pub type Past = BTreeMap<String, Option<Vec<u8>>>;

/// True for a file whose text may say something about an archive: a document, `book.toml`, a language.
pub fn is_wanted(path: &str) -> bool {
    let is_toml = Path::new(path).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    is_toml || source::markdown_stem(path).is_some() || needs_text(path)
}

impl Root {
    /// The root as it was: its `book.toml` may have been another one.
    #[must_use]
    pub fn before(&self, past: &Past) -> Self {
        let config = match past.get(CONFIG) {
            Some(then) => then.as_ref().map(|bytes| SourceFile::from_bytes(CONFIG, bytes)),
            None => self.config.clone(),
        };
        Self { folder: self.folder.clone(), config }
    }
}

/// Reads the archive as it was. `config` is that of then; `now` has been loaded with `config_now`.
pub fn load_past(
    root: &Root,
    config: &Config,
    past: &Past,
    (now, config_now): (&Sources, &Config),
) -> Result<Sources> {
    let is_same_place = config.book.src == config_now.book.src
        && config.build.build_dir == config_now.build.build_dir
        && root.past_folders(config, past) == root.past_folders(config_now, &Past::new());
    let mut found = if is_same_place { listed(root, now) } else { walked(root, config, past)? };
    found.retain(|file| !past.contains_key(&file.path));
    let folders = root.past_folders(config, past);
    let out = root.folder.join(&config.build.build_dir);
    for (path, bytes) in past {
        let Some(bytes) = bytes else { continue };
        let file = normal(&root.folder.join(path));
        let below = folders.iter().find_map(|folder| file.strip_prefix(folder).ok());
        let is_hidden = |name: &str| name.starts_with('.') || PACKAGES.contains(&name);
        let Some(below) = below.filter(|_| !file.starts_with(&out)) else { continue };
        if !below.components().any(|part| is_hidden(&part.as_os_str().to_string_lossy())) {
            let is_markdown_by_text = needs_text(path) && is_markdown_text(bytes);
            found.push(Found { path: path.clone(), file, size: 0, is_markdown_by_text });
        }
    }
    let mut sources = Sources {
        configuration: root.config.clone(),
        locales: config.sections.locales.iter().map(|name| locale(root, &name.value, past)).collect(),
        ..Sources::default()
    };
    sort_in(&mut sources, found, &folders, |found| document(found, past, now));
    Ok(sources)
}

fn document(found: Found, past: &Past, now: &Sources) -> (SourceFile, Option<String>) {
    if let Some(Some(bytes)) = past.get(&found.path) {
        return (SourceFile::from_bytes(found.path, bytes), None);
    }
    match now.file(&found.path) {
        Some(file) => (file.clone(), now.unreadable.get(&found.path).cloned()),
        None => read_document(found),
    }
}

fn locale(root: &Root, name: &str, past: &Past) -> std::result::Result<SourceFile, String> {
    match past.get(name) {
        None => read_locale(root, name),
        Some(Some(bytes)) => Ok(SourceFile::from_bytes(name, bytes)),
        Some(None) => Err("it was not there".to_owned()),
    }
}

/// The files that have been found already.
fn listed(root: &Root, now: &Sources) -> Vec<Found> {
    let documents = now.documents.iter().map(|document| Found {
        path: document.path.clone(),
        file: normal(&root.folder.join(&document.path)),
        size: 0,
        is_markdown_by_text: needs_text(&document.path),
    });
    let assets = now.assets.iter().map(|(path, file)| Found {
        path: path.clone(),
        file: file.clone(),
        size: 0,
        is_markdown_by_text: needs_text(path) && is_markdown_text(&head(file)),
    });
    documents.chain(assets).collect()
}

fn walked(root: &Root, config: &Config, past: &Past) -> Result<Vec<Found>> {
    let folders = root.past_folders(config, past);
    let out = root.folder.join(&config.build.build_dir);
    let mut found = Vec::new();
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        found.extend(walk(&root.folder, folder, &folders, &out)?);
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found.dedup_by(|a, b| a.path == b.path);
    Ok(found)
}
