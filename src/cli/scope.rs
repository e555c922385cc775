//! The part of an archive that a command line names.

use std::path::{Path, PathBuf};

use crate::{
    error::{Error, Result},
    load,
};

/// Files and folders below a root; everything when none is named.
pub(super) struct Scope {
    parts: Vec<String>,
    named: String,
}

impl Scope {
    /// The paths as the archive knows them. One that is outside the root can hold nothing that was read.
    pub(super) fn new(paths: &[PathBuf], root: &Path, current: &Path) -> Result<Self> {
        let mut parts = Vec::new();
        for path in paths {
            let real = load::resolve(&current.join(path))?;
            let below = real.strip_prefix(root).map_err(|_| {
                Error::new(format!("`{}` is not in the archive at `{}`", path.display(), root.display()))
                    .help("name the archive with `--root`")
            })?;
            let names: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            parts.push(names.join("/"));
        }
        let named: Vec<_> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
        Ok(Self { parts, named: named.join(" or ") })
    }

    /// True when no path was named.
    pub(super) fn is_everything(&self) -> bool {
        self.parts.is_empty()
    }

    /// True when a path of the archive is meant.
    pub(super) fn holds(&self, path: &str) -> bool {
        self.is_everything() || self.parts.iter().any(|part| is_below(path, part))
    }

    /// The error for paths without a document.
    pub(super) fn empty(&self) -> Error {
        Error::new(format!("there is no postmortem in {}", self.named)).help(
            "templates, READMEs and other files that describe a folder are not taken for postmortems; `--root` names another archive",
        )
    }
}

fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path == folder || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_below_its_folder_and_not_below_one_that_begins_alike() {
        assert!(is_below("a/b.md", "a") && is_below("a/b.md", "a/b.md") && is_below("a/b.md", ""));
        assert!(!is_below("ab/c.md", "a") && !is_below("a/b.md", "a/b"));
    }
}
