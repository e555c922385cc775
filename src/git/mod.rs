//! git, called as a program: what has changed since a revision, what stood there, and the history of files. The edge that asks it.
//!
//! Nothing is written, no hook is run, and no setting of the user changes an answer. What git refuses is explained in
//! words that fit the question (`trouble`). Nothing here knows what a document is.

#![expect(clippy::disallowed_methods, reason = "this is the edge that calls git")]

mod blobs;
mod changes;
mod log;
mod trouble;

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
};

pub use blobs::Blob;
pub use changes::Change;
pub use log::{Commit, Touched};

use crate::{
    error::{Error, Result},
    source::relative,
};

/// What git tells the programs that it starts about their repository. Here the folder alone says which one is meant.
const INHERITED: [&str; 14] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG_PARAMETERS",
    "GIT_DIFF_OPTS",
    "GIT_DIR",
    "GIT_EXTERNAL_DIFF",
    "GIT_INDEX_FILE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_TRACE",
    "GIT_WORK_TREE",
];

/// How differences are said, whatever the settings of the user.
const RAW: [&str; 10] = [
    "--raw",
    "-z",
    "--no-abbrev",
    "-M",
    "-l2000",
    "-O/dev/null",
    "--no-relative",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
];

/// How the mode of a regular file begins, with any permissions.
const FILE: &str = "100";

/// The work tree that an archive is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// The root of the archive.
    folder: PathBuf,
    /// The way from the top of the work tree to the root, with a `/` at its end; empty at the top.
    prefix: String,
}

impl Repository {
    /// The work tree that a folder is in. The folder is absolute, with links followed.
    pub fn find(folder: &Path) -> Result<Self> {
        let output = run(folder, &["rev-parse", "--show-prefix"])?;
        if !output.status.success() {
            return Err(trouble::no_repository(folder, &said(&output)));
        }
        let prefix = text(&output.stdout);
        let prefix = prefix.strip_suffix('\n').unwrap_or(&prefix).to_owned();
        Ok(Self { folder: folder.to_path_buf(), prefix })
    }

    /// The commit at which the history of `revision` and that of the work tree part: what a pull request is compared
    /// with. In full, in hexadecimal.
    pub fn merge_base(&self, revision: &str) -> Result<String> {
        if revision.is_empty() || revision.starts_with('-') {
            return Err(trouble::no_revision(revision));
        }
        let output = run(&self.folder, &["merge-base", revision, "HEAD"])?;
        if output.status.success() {
            return Ok(text(&output.stdout).trim().to_owned());
        }
        Err(self.why_no_merge_base(revision, &said(&output)))
    }

    /// Asks what is missing, so that the answer is the next step and not only a refusal.
    fn why_no_merge_base(&self, revision: &str, said: &str) -> Error {
        let holds = |name: &str| {
            let commit = format!("{name}^{{commit}}");
            run(&self.folder, &["rev-parse", "--verify", "--quiet", &commit])
                .is_ok_and(|output| output.status.success())
        };
        if !holds("HEAD") {
            return trouble::no_commit(revision);
        }
        let is_shallow = self.is_shallow();
        if holds(revision) {
            return trouble::no_common_commit(revision, is_shallow);
        }
        let there = format!("origin/{revision}");
        let there = Some(there).filter(|name| holds(name));
        trouble::unknown_revision(revision, said, there.as_deref(), is_shallow)
    }

    /// True when the history is cut off: a clone of the last commits only.
    pub fn is_shallow(&self) -> bool {
        run(&self.folder, &["rev-parse", "--is-shallow-repository"])
            .is_ok_and(|output| text(&output.stdout).trim() == "true")
    }

    /// The top of the work tree of which this one is a submodule.
    pub fn outer(&self) -> Option<PathBuf> {
        let output = run(&self.folder, &["rev-parse", "--show-superproject-working-tree"]).ok()?;
        let path = text(&output.stdout);
        let path = path.strip_suffix('\n').unwrap_or(&path);
        (output.status.success() && !path.is_empty()).then(|| PathBuf::from(path))
    }

    /// The folder from which it is seen.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The top of the work tree.
    pub fn top(&self) -> &Path {
        let depth = self.prefix.matches('/').count();
        self.folder.ancestors().nth(depth).unwrap_or(&self.folder)
    }

    /// A path from the top of the work tree as it is seen from the root of the archive.
    fn seen_from_root(&self, path: &str) -> String {
        relative(&self.prefix, path)
    }
}

/// git with these arguments in a folder, not yet started.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    for name in INHERITED {
        command.env_remove(name);
    }
    command
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C")
        .args(["--no-pager", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false"])
        .args(["-c", "core.hooksPath=/dev/null"])
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Result<Output> {
    command(folder, arguments).output().map_err(trouble::not_started)
}

/// The same, where nothing but success is expected; `job` says what for.
fn must(folder: &Path, job: &str, arguments: &[&str]) -> Result<Vec<u8>> {
    let output = run(folder, arguments)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(trouble::failed(job, &said(&output)))
}

/// The same, of what it is told line by line.
fn must_hear(folder: &Path, job: &str, arguments: &[&str], told: &str) -> Result<Vec<u8>> {
    let mut child = command(folder, arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(trouble::not_started)?;
    let input = child.stdin.take();
    // Both ends at once, because neither pipe holds everything.
    let output = thread::scope(|scope| {
        scope.spawn(move || input.map(|mut input| input.write_all(told.as_bytes())));
        child.wait_with_output()
    });
    let output = output.map_err(trouble::not_started)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(trouble::failed(job, &said(&output)))
}

/// What git printed about what is wrong, without its own hints.
fn said(output: &Output) -> String {
    let text = text(&output.stderr);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let line = lines.clone().find(|line| line.starts_with("fatal:")).or_else(|| lines.next());
    line.map_or_else(|| "nothing".to_owned(), |line| line.trim_start_matches("fatal:").trim().to_owned())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_the_repository_is_seen_from_the_root_of_the_archive() {
        let seen = |prefix: &str, path: &str| {
            let repository = Repository { folder: PathBuf::from("/r/a/b"), prefix: prefix.to_owned() };
            (repository.top().to_path_buf(), repository.seen_from_root(path))
        };
        let is = |top: &str, path: &str| (PathBuf::from(top), path.to_owned());
        assert_eq!(seen("", "x y/z.md"), is("/r/a/b", "x y/z.md"));
        assert_eq!(seen("a/b/", "a/b/x.md"), is("/r", "x.md"));
        assert_eq!(seen("a/b/", "a/c/x.md"), is("/r", "../c/x.md"));
        assert_eq!(seen("a/b/", "x.md"), is("/r", "../../x.md"));
    }
}
