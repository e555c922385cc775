//! Where an archive is: its root, its `book.toml`, the folders of its documents.

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use crate::{
    config::{Config, Roots},
    error::{Error, Result},
    load::Past,
    source::SourceFile,
};

/// The name of the configuration file.
pub const CONFIG: &str = "book.toml";

/// The folder that everything is relative to.
#[derive(Debug, Clone)]
pub struct Root {
    /// Absolute, with all links followed.
    pub folder: PathBuf,
    /// `book.toml`, if there is one.
    pub config: Option<SourceFile>,
}

impl Root {
    /// The root that the user means: the folder given, else the nearest folder above the current one that has a
    /// `book.toml` (not beyond the git repository), else the current one.
    pub fn find(given: Option<&Path>, current: &Path) -> Result<Self> {
        let folder = match given {
            Some(given) => current.join(given),
            None => enclosing(current).unwrap_or_else(|| current.to_path_buf()),
        };
        Self::at(&folder)
    }

    /// The root at a folder.
    pub fn at(folder: &Path) -> Result<Self> {
        let real = fs::canonicalize(folder)
            .map_err(|error| Error::at("open", folder, error).help("give a folder with `--root`"))?;
        if !real.is_dir() {
            return Err(Error::new(format!("`{}` is a file, not a folder", folder.display()))
                .help("give the folder that the document is in"));
        }
        let file = real.join(CONFIG);
        let config = if file.is_file() {
            let bytes = fs::read(&file).map_err(|error| Error::at("read", &file, error))?;
            Some(SourceFile::from_bytes(CONFIG, &bytes))
        } else {
            None
        };
        Ok(Self { folder: real, config })
    }

    /// The folders of the documents that are there: those of `[book] src`; the root itself when `postmortems/` is meant
    /// and missing.
    pub fn source_folders(&self, config: &Config) -> Result<Vec<PathBuf>> {
        let is_default = config.book.src == Roots::default();
        let mut folders: Vec<PathBuf> =
            self.wanted_folders(config).filter(|folder| folder.is_dir()).collect();
        if folders.is_empty() && is_default {
            folders.push(self.folder.clone());
        }
        if let (true, Some(missing)) = (folders.is_empty(), config.book.src.folders().next()) {
            return Err(Error::new(format!("the folder `{}` is not there", missing.path))
                .help(format!("correct `src` in `[book]` of `{}`", self.folder.join(CONFIG).display())));
        }
        Ok(folders)
    }

    /// The folders of `[book] src`, whether they are there or not.
    pub fn wanted_folders(&self, config: &Config) -> impl Iterator<Item = PathBuf> {
        config.book.src.folders().map(|folder| normal(&self.folder.join(&folder.path)))
    }

    /// Those of them that are not there, as the file names them.
    pub(super) fn missing_folders(&self, config: &Config) -> Vec<String> {
        let folders = config.book.src.folders().zip(self.wanted_folders(config));
        folders.filter(|(_, place)| !place.is_dir()).map(|(folder, _)| folder.path.clone()).collect()
    }

    /// Says in a configuration of this root where its folders lie.
    pub fn place(&self, config: &mut Config) {
        config.book.src.place(|path| below(&self.folder, &normal(&self.folder.join(path))));
    }
}

impl Root {
    /// The folders of the documents as they were, whether they are still there or not.
    pub(super) fn past_folders(&self, config: &Config, past: &Past) -> Vec<PathBuf> {
        let folders: Vec<PathBuf> = self.wanted_folders(config).collect();
        let is_there = |folder: &PathBuf| {
            let holds = |path: &String| normal(&self.folder.join(path)).starts_with(folder);
            folder.is_dir() || past.iter().any(|(path, bytes)| bytes.is_some() && holds(path))
        };
        if config.book.src == Roots::default() && !folders.iter().any(is_there) {
            return vec![self.folder.clone()];
        }
        folders
    }
}

fn enclosing(current: &Path) -> Option<PathBuf> {
    for folder in current.ancestors() {
        if folder.join(CONFIG).is_file() {
            return Some(folder.to_path_buf());
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

/// The path without `.` and `..`, as far as that can be told from the path alone.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

/// `path` as seen from `root`, with `/` between its parts and `..` where it lies outside.
pub fn below(root: &Path, path: &Path) -> String {
    let common = root.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    let up = root.components().skip(common).map(|_| "..".to_owned());
    let down = path.components().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}
