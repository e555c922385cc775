//! Where something of an archive is kept that can be made again: beside its history, else with the user's own caches.

use std::path::{Path, PathBuf};

use crate::{
    git::Repository,
    load::{self, Root},
};

/// The file of this name for an archive in a repository. `way` leads from the folder from which the repository is seen to
/// the root of the archive.
pub(super) fn beside_history(
    repository: &Repository,
    way: &str,
    name: &str,
    ending: &str,
) -> Option<PathBuf> {
    let place = load::way(repository.top(), repository.folder());
    let archive = format!("{place}\0{way}");
    Some(repository.private_folder()?.join(file(name, archive.as_bytes(), ending)))
}

/// The file of this name for the archive at a root: beside its history when it has one, else below `caches`, which is a
/// folder of the user.
pub(super) fn of(root: &Root, caches: &Path, name: &str, ending: &str) -> PathBuf {
    let repository = load::repository(&root.folder).and_then(|_| Repository::find(&root.folder).ok());
    let beside = repository.and_then(|repository| {
        let way = load::way(&root.folder, repository.folder());
        beside_history(&repository, &way, name, ending)
    });
    beside.unwrap_or_else(|| caches.join(file(name, root.folder.as_os_str().as_encoded_bytes(), ending)))
}

/// One file for each archive.
fn file(name: &str, archive: &[u8], ending: &str) -> String {
    let archive = blake3::hash(archive).to_hex();
    format!("{name}-{}.{ending}", archive.get(..16).unwrap_or_default())
}
