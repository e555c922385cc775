//! Paths as whoever reads a report can use them: from the folder that they are in, not from the root of the archive.
//! Formats for programs keep the paths of the archive, which are the same wherever the program runs.

use std::path::{Component, Path};

use crate::source::relative;

/// Where the root of the archive is, seen from the current folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Here {
    /// What stands before a path; empty at the root and inside of it.
    before: String,
    /// The current folder below the root, with `/`; empty at the root and outside of it.
    inside: String,
}

impl Here {
    /// The way from the current folder to the root. Both are absolute, with links followed.
    pub fn new(root: &Path, current: &Path) -> Self {
        if let Ok(inside) = current.strip_prefix(root) {
            return Self { before: String::new(), inside: slashed(inside) };
        }
        let before = root.strip_prefix(current).map_or_else(|_| slashed(root), slashed);
        Self { before: format!("{}/", before.trim_end_matches('/')), inside: String::new() }
    }

    /// A path of the archive as it is seen from here.
    pub fn path(&self, path: &str) -> String {
        if self.inside.is_empty() {
            return format!("{}{path}", self.before);
        }
        relative(&self.inside, path)
    }
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .filter(|part| !matches!(part, Component::RootDir))
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    let lead = if path.has_root() { "/" } else { "" };
    format!("{lead}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(root: &str, current: &str, path: &str) -> String {
        Here::new(Path::new(root), Path::new(current)).path(path)
    }

    #[test]
    fn a_path_leads_from_the_current_folder_to_the_file() {
        assert_eq!(seen("/kb", "/kb", "a/b.md"), "a/b.md");
        assert_eq!(seen("/kb", "/kb/a", "a/b.md"), "b.md");
        assert_eq!(seen("/kb", "/kb/a/c", "a/b.md"), "../b.md");
        assert_eq!(seen("/kb", "/kb/x/y", "a/b.md"), "../../a/b.md");
        assert_eq!(seen("/home/kb", "/home", "a/b.md"), "kb/a/b.md");
        assert_eq!(seen("/srv/kb", "/home", "a/b.md"), "/srv/kb/a/b.md");
        assert_eq!(seen("/", "/home", "a/b.md"), "../a/b.md");
        assert_eq!(Here::default().path("a/b.md"), "a/b.md");
    }
}
