//! A file of the site that has not been written yet.

use std::path::PathBuf;

/// A file of the site, by its path below the output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Path below the output folder, with `/` between its parts on every system.
    pub path: String,
    /// What it holds.
    pub content: Content,
}

/// What a file of the site holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of this file: an image of a document. Only the edge that writes opens it.
    File(PathBuf),
}

impl Artifact {
    /// A file with a text.
    pub fn text(path: impl Into<String>, text: String) -> Self {
        Self { path: path.into(), content: Content::Bytes(text.into_bytes()) }
    }

    /// A file with these bytes.
    pub fn bytes(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { path: path.into(), content: Content::Bytes(bytes) }
    }
}
