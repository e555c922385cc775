//! The part of an archive that a command line names.

use std::path::{Path, PathBuf};

use crate::{
    error::{Error, Result},
    load,
};

/// Files and folders below a root; everything when none is named.
pub(super) struct Scope {
    parts: Vec<Part>,
}

/// One of them.
struct Part {
    /// As the archive knows it.
    path: String,
    /// As it was typed.
    named: String,
    is_file: bool,
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
            parts.push(Part {
                path: names.join("/"),
                named: format!("`{}`", path.display()),
                is_file: load::is_file(&real),
            });
        }
        Ok(Self { parts })
    }

    /// True when no path was named.
    pub(super) fn is_everything(&self) -> bool {
        self.parts.is_empty()
    }

    /// True when a path of the archive is meant.
    pub(super) fn holds(&self, path: &str) -> bool {
        self.is_everything() || self.parts.iter().any(|part| is_below(path, &part.path))
    }

    /// The named files that `is_read` does not know. A caller who names files, such as a hook that passes on all that
    /// changed, need not know which of them are postmortems; for folders alone there is [`Scope::empty`].
    pub(super) fn passed_over(&self, is_read: impl Fn(&str) -> bool) -> Vec<&str> {
        let files = self.parts.iter().filter(|part| part.is_file && !is_read(&part.path));
        files.map(|part| part.named.as_str()).collect()
    }

    /// True when nothing but files was named.
    pub(super) fn is_files(&self) -> bool {
        !self.parts.is_empty() && self.parts.iter().all(|part| part.is_file)
    }

    /// The error for paths without a document.
    pub(super) fn empty(&self) -> Error {
        let named: Vec<&str> = self.parts.iter().map(|part| part.named.as_str()).collect();
        Error::new(format!("there is no postmortem in {}", named.join(" or "))).help(
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
