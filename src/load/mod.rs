//! The folder → the texts. The edge that reads.
//!
//! Nothing here understands a document. A file that cannot be read is a document without text and a reason, never the
//! end of the job; an [`Error`] means that there is no archive to speak of.

#![expect(clippy::disallowed_methods, reason = "this is the edge that reads")]

mod again;
mod kind;
mod parts;
mod past;
mod program;
mod root;
#[cfg(test)]
mod tests;
mod walk;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use rayon::prelude::*;

use crate::{
    config::{Config, Roots},
    error::{Error, Result},
    load::{kind::Kind, root::normal, walk::Found},
    source::{SourceFile, Sources},
};

pub use again::load_again;
pub use parts::{Parts, open};
pub use past::{Past, is_wanted, load_past};
pub use program::program;
pub use root::{CONFIG, Root, below as way};

/// A document larger than this is not read. The longest postmortem known to us has a tenth of a megabyte.
const LARGEST: u64 = 16 << 20;

/// The top of the git repository that a folder is in. A work tree of another repository has a file for its `.git`.
pub fn repository(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| folder.join(".git").exists())
}

/// Reads the archive that a configuration describes, and the site's own templates and theme. `out` is where a site goes,
/// so that it is not read as part of it.
pub fn load(root: &Root, config: &Config, out: Option<&Path>) -> Result<Sources> {
    let place = Place::of(root, config, out)?;
    let mut sources = settings(root, config)?;
    read_documents(root, &place, &mut sources, read_document)?;
    Ok(sources)
}

/// Where documents are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    folders: Vec<PathBuf>,
    out: PathBuf,
}

impl Place {
    /// The place that a configuration describes. `out` is where a site goes, when that is not where it says.
    pub fn of(root: &Root, config: &Config, out: Option<&Path>) -> Result<Self> {
        let out = out.map_or_else(|| root.folder.join(&config.build.build_dir), Path::to_path_buf);
        Ok(Self { folders: root.source_folders(config)?, out })
    }
}

/// The files that say how documents are read, checked and shown.
fn settings(root: &Root, config: &Config) -> Result<Sources> {
    let mut sources = Sources {
        configuration: root.config.clone(),
        locales: config.sections.locales.iter().map(|name| read_locale(root, &name.value)).collect(),
        ..Sources::default()
    };
    if config.book.src != Roots::default() {
        sources.missing_folders = root.missing_folders(config);
    }
    sources.baseline = config.check.baseline.as_ref().map_or(Ok(None), |name| baseline(root, name))?;
    let theme = format!("{THEMES}/{}", config.output.html.theme.value);
    for folder in [TEMPLATES, theme.as_str(), WORDS] {
        let files = load_look(root, folder)?;
        sources.site_files.extend(files.into_iter().map(|file| (file.path, file.bytes.into())));
    }
    sources.site_files.extend(manifests(root));
    Ok(sources)
}

/// The documents, as `read` gives them, and where all other files lie.
fn read_documents(
    root: &Root,
    place: &Place,
    sources: &mut Sources,
    read: impl Fn(Found) -> (SourceFile, Option<String>) + Send + Sync,
) -> Result<()> {
    let mut found = Vec::new();
    for folder in &place.folders {
        found.extend(walk::walk(&root.folder, folder, &place.folders, &place.out)?);
    }
    sort_in(sources, found, &place.folders, read);
    Ok(())
}

/// What each theme of the site says of itself.
fn manifests(root: &Root) -> impl Iterator<Item = (String, Arc<[u8]>)> {
    let themes = fs::read_dir(root.folder.join(THEMES)).into_iter().flatten().filter_map(io::Result::ok);
    themes.filter_map(|theme| {
        let name = theme.file_name().into_string().ok()?;
        let bytes = fs::read(theme.path().join(MANIFEST)).ok()?;
        Some((format!("{THEMES}/{name}/{MANIFEST}"), bytes.into()))
    })
}

/// Puts files where they belong: documents with their texts, as `read` gives them or with the reason why it cannot, and
/// of all others where they lie.
fn sort_in(
    sources: &mut Sources,
    mut found: Vec<Found>,
    folders: &[PathBuf],
    read: impl Fn(Found) -> (SourceFile, Option<String>) + Send + Sync,
) {
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found.dedup_by(|a, b| a.path == b.path);
    let kinds = kind::kinds(&found, folders);
    let mut documents = Vec::new();
    for (file, kind) in found.into_iter().zip(kinds) {
        match kind {
            Kind::Document => documents.push(file),
            Kind::Asset => {
                sources.assets.insert(file.path, file.file);
            }
        }
    }
    let read: Vec<_> = documents.into_par_iter().map(read).collect();
    for (document, reason) in read {
        if let Some(reason) = reason {
            sources.unreadable.insert(document.path.clone(), reason);
        }
        sources.documents.push(document);
    }
}

/// The file with accepted findings; none when it is not there.
pub fn baseline(root: &Root, name: &str) -> Result<Option<SourceFile>> {
    let file = root.folder.join(name);
    match fs::read(&file) {
        Ok(bytes) => Ok(Some(SourceFile::from_bytes(root::below(&root.folder, &file), &bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::at("read", &file, error)),
    }
}

/// The folder of the site's own templates.
pub const TEMPLATES: &str = "templates";

/// The folder of the site's own themes.
pub const THEMES: &str = "themes";

/// What a theme says of itself, in its folder.
pub const MANIFEST: &str = "theme.toml";

/// The folder of the site's own words of the interface.
pub const WORDS: &str = "words";

/// A file of the site's own look: a template, a style, a picture of the theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookFile {
    /// Its path below the root.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Reads all files below a folder of the root (`templates`, `themes/NAME`, `words`), sorted by path; none when the folder is not
/// there. Hidden files are left out.
pub fn load_look(root: &Root, folder: &str) -> Result<Vec<LookFile>> {
    let start = root.folder.join(folder);
    if !start.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = walk::walk(&root.folder, &start, &[], Path::new(""))?;
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
        .into_par_iter()
        .map(|Found { path, file, .. }| {
            let bytes = fs::read(&file).map_err(|error| Error::at("read", &file, error))?;
            Ok(LookFile { path, bytes })
        })
        .collect()
}

/// A path that the user has typed, absolute and with all links followed.
pub fn resolve(path: &Path) -> Result<PathBuf> {
    fs::canonicalize(path).map_err(|error| Error::at("find", path, error))
}

/// True for a file that is there.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// The bytes of a file that a document shows.
pub fn read_asset(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).map_err(|error| Error::at("read", file, error))
}

/// True when documents are kept in a folder for each year.
pub fn has_years(folder: &Path) -> bool {
    let is_year = |name: &str| name.len() == 4 && name.bytes().all(|byte| byte.is_ascii_digit());
    fs::read_dir(folder).is_ok_and(|entries| {
        entries
            .filter_map(io::Result::ok)
            .any(|entry| is_year(&entry.file_name().to_string_lossy()) && entry.path().is_dir())
    })
}

fn read_locale(root: &Root, name: &str) -> std::result::Result<SourceFile, String> {
    match fs::read(root.folder.join(name)) {
        Ok(bytes) => Ok(SourceFile::from_bytes(name, &bytes)),
        Err(error) => Err(error.to_string()),
    }
}

fn read_document(found: Found) -> (SourceFile, Option<String>) {
    let text = if found.size > LARGEST {
        Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {} MB", LARGEST >> 20)))
    } else {
        fs::read(&found.file)
    };
    match text {
        Ok(bytes) => (SourceFile::from_bytes(found.path, &bytes), None),
        Err(error) => (SourceFile::new(found.path, ""), Some(error.to_string())),
    }
}
