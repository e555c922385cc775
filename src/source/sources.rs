//! All files of an archive and its site.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use super::{SourceFile, markdown_stem};

/// Everything that an archive and its site are made of, as it was found on disk. All paths are below the root, with
/// `/` between their parts.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// `book.toml`, if there is one.
    pub configuration: Option<SourceFile>,
    /// The site's own languages in the order of the configuration: the file, or why it cannot be read.
    pub locales: Vec<Result<SourceFile, String>>,
    /// The folders of the configuration that are not there, as it names them.
    pub missing_folders: Vec<String>,
    /// The documents, sorted by path. One that could not be read is here with an empty text and in
    /// [`Sources::unreadable`] with the reason, so that none is lost without a word.
    pub documents: Vec<SourceFile>,
    /// Why a document could not be read, by its path.
    pub unreadable: BTreeMap<String, String>,
    /// The findings that are accepted as they stand, if the configuration names a file of them and it is there.
    pub baseline: Option<SourceFile>,
    /// Other files of the source folders, which documents may show or link to, and where each lies.
    pub assets: BTreeMap<String, PathBuf>,
    /// The site's own `templates/`, `themes/` and `words/`: the bytes of each file.
    pub site_files: BTreeMap<String, Arc<[u8]>>,
}

/// The folder of the site's own templates of documents.
pub const DOCUMENT_TEMPLATES: &str = "templates/new/";

impl Sources {
    /// The texts of the site's own templates of documents.
    pub fn templates_of_documents(&self) -> impl Iterator<Item = &str> {
        self.site_files
            .iter()
            .filter(|(path, _)| path.starts_with(DOCUMENT_TEMPLATES) && markdown_stem(path).is_some())
            .filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok())
    }

    /// The files beside the documents that say how they are read and checked.
    pub fn settings(&self) -> impl Iterator<Item = &SourceFile> {
        self.configuration.iter().chain(self.locales.iter().flatten()).chain(&self.baseline)
    }

    /// The document or the file of settings with this path.
    pub fn file(&self, path: &str) -> Option<&SourceFile> {
        self.documents
            .binary_search_by(|file| file.path.as_str().cmp(path))
            .ok()
            .and_then(|at| self.documents.get(at))
            .or_else(|| self.settings().find(|file| file.path == path))
    }
}
