//! The git repositories that an archive lies in: that of its root, and those of sources that are checked out elsewhere.
//!
//! Git says paths as one repository sees them; an archive says them all as its root sees them.

use std::path::{Path, PathBuf};

use crate::{
    config::Config,
    error::Result,
    git::Repository,
    load::{self, Root},
};

/// A repository with folders of an archive in it.
pub(super) struct Checkout {
    pub(super) repository: Repository,
    /// From the root of the archive to the folder from which the repository is seen.
    pub(super) way: String,
    /// The folders of the archive in it.
    pub(super) folders: Vec<PathBuf>,
}

impl Checkout {
    /// The repositories of the folders of an archive, in the order of the folders; and the folders that are in none.
    pub(super) fn all(root: &Root, config: &Config) -> Result<(Vec<Self>, Vec<PathBuf>)> {
        let mut checkouts: Vec<Self> = Vec::new();
        let mut without = Vec::new();
        for folder in root.source_folders(config)? {
            let Ok(found) = Repository::find(&folder) else {
                without.push(folder);
                continue;
            };
            match checkouts.iter_mut().find(|known| known.repository.top() == found.top()) {
                Some(known) => known.folders.push(folder),
                None => checkouts.push(Self::seen_from(root, found, folder)),
            }
        }
        Ok((checkouts, without))
    }

    /// A repository that holds the root is seen from there, so that what lies beside the folders is known by its path too.
    fn seen_from(root: &Root, found: Repository, folder: PathBuf) -> Self {
        let whole = Repository::find(&root.folder).ok().filter(|whole| whole.top() == found.top());
        let repository = whole.unwrap_or(found);
        let way = load::way(&root.folder, repository.folder());
        Self { repository, way, folders: vec![folder] }
    }

    /// The repositories in which something of an archive may have changed: those of its root and of its folders. One within
    /// another that knows it is told about by that one.
    pub(super) fn changing(root: &Root, config: &Config) -> Result<Vec<Self>> {
        let (mut checkouts, _) = Self::all(root, config)?;
        match Repository::find(&root.folder) {
            Ok(own) if checkouts.iter().all(|known| known.repository.top() != own.top()) => {
                checkouts.insert(0, Self { repository: own, way: String::new(), folders: Vec::new() });
            }
            Err(error) if checkouts.is_empty() => return Err(error),
            _ => {}
        }
        let tops: Vec<PathBuf> = checkouts.iter().map(|known| known.repository.top().to_path_buf()).collect();
        let is_told = |known: &Self| known.repository.outer().is_some_and(|outer| tops.contains(&outer));
        checkouts.retain(|known| !is_told(known));
        Ok(checkouts)
    }

    /// A path that the repository gives, as the root of the archive sees it.
    pub(super) fn path(&self, seen: &str) -> String {
        let mut parts: Vec<&str> = Vec::new();
        for part in self.way.split('/').chain(seen.split('/')).filter(|part| !part.is_empty()) {
            if part == ".." && parts.last().is_some_and(|last| *last != "..") {
                parts.pop();
            } else {
                parts.push(part);
            }
        }
        parts.join("/")
    }
}

/// The folders in which git keeps the histories of an archive, and what in each of them is Afterword's own.
pub fn histories(root: &Root, config: &Config) -> Vec<(PathBuf, PathBuf)> {
    let (checkouts, _) = Checkout::all(root, config).unwrap_or_default();
    let folder = |checkout: Checkout| {
        let own = checkout.repository.private_folder()?;
        Some((own.parent()?.to_path_buf(), own))
    };
    checkouts.into_iter().filter_map(folder).collect()
}

/// Folders as messages name them.
pub(super) fn named(root: &Root, folders: &[PathBuf]) -> Vec<String> {
    let name = |folder: &Path| format!("`{}`", load::way(&root.folder, folder));
    folders.iter().map(|folder| name(folder)).collect()
}
