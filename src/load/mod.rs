//! The folder → the texts. The edge that reads.
//!
//! Nothing here understands a document. A file that cannot be read is a document without text and a reason, never the
//! end of the job; an [`Error`](crate::error::Error) means that there is no archive to speak of.

#![expect(clippy::disallowed_methods, reason = "this is the edge that reads")]

mod kind;
mod root;
#[cfg(test)]
mod tests;
mod walk;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use crate::{
    config::Config,
    error::{Error, Result},
    load::{kind::Kind, walk::Found},
    source::SourceFile,
};

pub use root::{CONFIG, Root};

/// A document larger than this is not read. The longest postmortem known to us has a tenth of a megabyte.
const LARGEST: u64 = 16 << 20;

/// Everything that was found below the folders of an archive.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// The postmortems, sorted by path.
    pub documents: Vec<SourceFile>,
    /// Documents of which no text could be read, with the reason. They are in `documents` as well, empty.
    pub unreadable: Vec<Unreadable>,
    /// All other files, sorted by path: images and other attachments, and Markdown that is no postmortem.
    pub assets: Vec<Asset>,
}

/// A document that is there and cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Its path below the root.
    pub path: String,
    /// Why, in the words of the system.
    pub reason: String,
}

/// A file that is not a postmortem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its path below the root.
    pub path: String,
    /// Where it is.
    pub file: PathBuf,
    /// Its size in bytes.
    pub size: u64,
}

/// Reads the archive that a configuration describes. `out` is where a site goes, so that it is not read as part of it.
pub fn load(root: &Root, config: &Config, out: Option<&Path>) -> Result<Loaded> {
    let out = out.map_or_else(|| root.folder.join(&config.build.build_dir), Path::to_path_buf);
    let folders = root.source_folders(config)?;
    let mut found = Vec::new();
    for folder in &folders {
        found.extend(walk::walk(&root.folder, folder, &folders, &out)?);
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found.dedup_by(|a, b| a.path == b.path);
    let kinds = kind::kinds(&found, &folders);
    let mut loaded = Loaded::default();
    let mut documents = Vec::new();
    for (file, kind) in found.into_iter().zip(kinds) {
        match kind {
            Kind::Document => documents.push(file),
            Kind::Asset => {
                loaded.assets.push(Asset { path: file.path, file: file.file, size: file.size });
            }
        }
    }
    let read: Vec<_> = documents.into_par_iter().map(read_document).collect();
    for (document, reason) in read {
        if let Some(reason) = reason {
            loaded.unreadable.push(Unreadable { path: document.path.clone(), reason });
        }
        loaded.documents.push(document);
    }
    Ok(loaded)
}

/// Reads the bytes of an attachment.
pub fn read_asset(asset: &Asset) -> Result<Vec<u8>> {
    fs::read(&asset.file).map_err(|error| Error::at("read", &asset.file, error))
}

/// A file of the site's own look: a template, a style, a picture of the theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookFile {
    /// Its path below the root.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Reads all files below a folder of the root (`templates`, `themes/NAME`), sorted by path; none when the folder is not
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
