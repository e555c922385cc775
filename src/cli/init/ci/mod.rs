//! What `--ci` writes: the files that make a forge, a hook or a reviewer run Afterword.
//!
//! Each file stands beside this one as it is written, but for what has a name in braces. Whatever such a file calls is held
//! against the program by `tests/suite/wiring.rs`. Where Afterword is installed from stands in one line of each: the
//! crate of this version, which a team with an own copy changes to the address of that.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use regex::escape;

/// A system that can run Afterword.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(super) enum Ci {
    /// Checks pull requests: annotations, a summary, one comment
    Github,
    /// Publishes the site on GitHub Pages
    GithubPages,
    /// Checks merge requests: the Code Quality and test widgets
    Gitlab,
    /// Publishes the site on GitLab Pages
    GitlabPages,
    /// Checks before each commit, with pre-commit
    PreCommit,
    /// Review comments on pull requests, with reviewdog
    Reviewdog,
}

/// One thing to be there afterwards. Paths are seen from the top of the repository.
pub(super) enum Piece {
    /// A file of Afterword's own.
    Own {
        /// Where.
        path: &'static str,
        /// What.
        text: String,
    },
    /// A few lines in a file that other tools have a part in.
    Shared {
        /// Where.
        path: &'static str,
        /// The line below which they stand.
        below: &'static str,
        /// The lines.
        lines: String,
        /// What shows that they are there.
        sign: &'static str,
    },
}

/// Where the archive is, seen from the top of its repository; `.` is that top.
pub(super) struct Home {
    root: String,
    /// The folders of its documents.
    folders: Vec<String>,
}

const GITLAB: &str = ".gitlab-ci.yml";

impl Ci {
    /// What the system needs.
    pub(super) fn pieces(self, home: &Home) -> Vec<Piece> {
        let own = |path, text| Piece::Own { path, text: home.fill(text) };
        let included = |path, sign| Piece::Shared {
            path: GITLAB,
            below: "include:",
            lines: format!("  - local: {path}\n"),
            sign,
        };
        match self {
            Self::Github => vec![
                own(".github/workflows/afterword.yml", include_str!("github.yml")),
                own(".github/afterword.sh", include_str!("github.sh")),
            ],
            Self::GithubPages => {
                vec![own(".github/workflows/afterword-pages.yml", include_str!("github-pages.yml"))]
            }
            Self::Gitlab => vec![
                own(".gitlab/afterword.yml", include_str!("gitlab.yml")),
                included(".gitlab/afterword.yml", "/afterword.yml"),
            ],
            Self::GitlabPages => vec![
                own(".gitlab/afterword-pages.yml", include_str!("gitlab-pages.yml")),
                included(".gitlab/afterword-pages.yml", "/afterword-pages.yml"),
            ],
            Self::PreCommit => vec![Piece::Shared {
                path: ".pre-commit-config.yaml",
                below: "repos:",
                lines: home.fill(include_str!("pre-commit.yaml")),
                sign: "afterword-check",
            }],
            Self::Reviewdog => {
                vec![own(".github/workflows/afterword-reviewdog.yml", include_str!("reviewdog.yml"))]
            }
        }
    }
}

impl Piece {
    /// Where it is.
    pub(super) const fn path(&self) -> &'static str {
        match self {
            Self::Own { path, .. } | Self::Shared { path, .. } => path,
        }
    }
}

impl Home {
    /// The root of an archive and its folders, all with their links followed. A folder outside of the repository is none
    /// that a change in it could touch.
    pub(super) fn new(top: &Path, root: &Path, folders: &[PathBuf]) -> Self {
        let seen = |folder: &Path| {
            let below = folder.strip_prefix(top).ok()?;
            let names: Vec<_> = below.iter().map(|name| name.to_string_lossy()).collect();
            Some(if names.is_empty() { ".".to_owned() } else { names.join("/") })
        };
        Self {
            root: seen(root).unwrap_or_else(|| ".".to_owned()),
            folders: folders.iter().filter_map(|folder| seen(folder)).collect(),
        }
    }

    fn fill(&self, template: &str) -> String {
        template
            .replace("{{ install }}\n", include_str!("github-install.yml"))
            .replace("{{ version }}", env!("CARGO_PKG_VERSION"))
            .replace("{{ root }}", &scalar(&self.root))
            .replace("{{ entry }}", &scalar(&format!("afterword check --root {}", quoted(&self.root))))
            .replace("{{ files }}", &scalar(&self.files()))
    }

    /// The pattern of the files about which a hook asks: the documents, and the configuration.
    fn files(&self) -> String {
        let endings = r"\.(markdown|md|mdown|mdx|mkd|qmd|rmd)$";
        let root = if self.root == "." { String::new() } else { format!("{}/", escape(&self.root)) };
        if self.folders.iter().any(|folder| folder == ".") {
            return format!("(?i){endings}|^{root}book\\.toml$");
        }
        let folders: Vec<String> = self.folders.iter().map(|folder| escape(folder)).collect();
        format!("(?i)^({})/.*{endings}|^{root}book\\.toml$", folders.join("|"))
    }
}

/// A word for the shell.
pub(super) fn quoted(word: &str) -> String {
    let is_plain = word.chars().all(|letter| letter.is_alphanumeric() || "-_./".contains(letter));
    if is_plain { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

/// A text as a value in YAML.
fn scalar(text: &str) -> String {
    let is_plain = text.chars().all(|letter| letter.is_alphanumeric() || "-_./ ".contains(letter));
    if is_plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(root: &str, folders: &[&str]) -> Home {
        let below = |path: &str| Path::new("/team").join(path);
        let folders: Vec<PathBuf> = folders.iter().map(|folder| below(folder)).collect();
        Home::new(&below(""), &below(root), &folders)
    }

    #[test]
    fn a_hook_asks_for_the_documents_and_the_configuration() {
        let files = |root: &str, folders: &[&str]| home(root, folders).files();
        let endings = r"\.(markdown|md|mdown|mdx|mkd|qmd|rmd)$";
        assert_eq!(files("", &[""]), format!(r"(?i){endings}|^book\.toml$"));
        assert_eq!(
            files("our kb", &["our kb/a+b", "docs", "/elsewhere"]),
            format!(r"(?i)^(our kb/a\+b|docs)/.*{endings}|^our kb/book\.toml$")
        );
    }

    #[test]
    fn names_are_quoted_for_the_shell_and_for_yaml() {
        let home = home("it's: #1", &[""]);
        assert_eq!(
            home.fill("{{ root }}\n{{ entry }}\n"),
            "'it''s: #1'\n'afterword check --root ''it''\\''''s: #1'''\n"
        );
    }
}
