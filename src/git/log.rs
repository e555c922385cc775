//! The history of files along the main line: what each commit brought to it, a merge all that it merged.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{Blob, FILE, RAW, Repository, changes::Record, changes::fields, must, must_hear, run, text};
use crate::error::Result;

/// Begins the head of a commit in the output.
const MARK: char = '\u{1e}';

/// So many commits are compared by one process of git, several of which work at a time.
const PIECE: usize = 4_000;

/// A commit that touched files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its id in full hexadecimal.
    pub id: String,
    /// The day on which it was made, where it was made.
    pub day: NaiveDate,
    /// The files that it touched.
    pub files: Vec<Touched>,
}

/// What a commit did to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// What it was before; none for a new file.
    pub before: Option<Blob>,
    /// What it is after; none for one that is gone.
    pub now: Option<Blob>,
}

impl Repository {
    /// The commit that is checked out; none before the first one.
    pub fn head(&self) -> Option<String> {
        let output = run(&self.folder, &["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).ok()?;
        output.status.success().then(|| text(&output.stdout).trim().to_owned())
    }

    /// Where something can be kept beside the history, out of everybody's way.
    pub fn private_folder(&self) -> Option<PathBuf> {
        let output = run(&self.folder, &["rev-parse", "--git-path", "afterword"]).ok()?;
        let path = text(&output.stdout);
        let path = path.strip_suffix('\n').unwrap_or(&path);
        (output.status.success() && !path.is_empty()).then(|| self.folder.join(path))
    }

    /// True when a commit is on the main line of what is checked out.
    pub fn is_on_main_line(&self, commit: &str) -> bool {
        let range = format!("{commit}..HEAD");
        let count = run(&self.folder, &["rev-list", "--first-parent", "--count", &range]).ok();
        let count = count.filter(|output| output.status.success()).map(|output| text(&output.stdout));
        let at = count.and_then(|count| {
            let revision = format!("HEAD~{}", count.trim());
            run(&self.folder, &["rev-parse", "--verify", "--quiet", &revision]).ok()
        });
        at.is_some_and(|at| text(&at.stdout).trim() == commit)
    }

    /// The commits of the main line that touched files below some folders, the oldest first; those behind a commit, when
    /// one is given.
    pub fn log(&self, after: Option<&str>, folders: &[PathBuf]) -> Result<Vec<Commit>> {
        let range = after.map_or_else(|| "HEAD".to_owned(), |after| format!("{after}..HEAD"));
        let line = text(&must(&self.folder, JOB, &["rev-list", "--first-parent", "--reverse", &range])?);
        let line: Vec<&str> = line.lines().collect();
        let folders: Vec<String> = folders.iter().map(|folder| folder.display().to_string()).collect();
        let mut arguments = vec!["--literal-pathspecs", "diff-tree", "--stdin", "--root", "-r", FORMAT];
        arguments.push(NO_MODULES);
        arguments.extend(RAW);
        arguments.push("--");
        arguments.extend(folders.iter().map(String::as_str));
        // `git log` with these folders compares each commit twice, and on one processor.
        let pieces = line.par_chunks(PIECE).enumerate().map(|(nth, piece)| {
            let before = (nth * PIECE).checked_sub(1).and_then(|at| line.get(at)).copied().or(after);
            let parents = std::iter::once(before).chain(piece.iter().copied().map(Some));
            let asked = piece.iter().zip(parents).map(|(commit, parent)| match parent {
                Some(parent) => format!("{commit} {parent}\n"),
                None => format!("{commit}\n"),
            });
            let asked: String = asked.collect();
            Ok(self.commits(&must_hear(&self.folder, JOB, &arguments, &asked)?))
        });
        Ok(pieces.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    }

    /// The folders in which files stood before some commits moved them into these folders.
    pub fn origins(&self, commits: &[&str], folders: &[PathBuf]) -> Result<Vec<PathBuf>> {
        if commits.is_empty() {
            return Ok(Vec::new());
        }
        let mut arguments =
            vec!["show", "--diff-filter=R", FORMAT, "--first-parent", "-m", "--no-show-signature"];
        arguments.push(NO_MODULES);
        arguments.extend(RAW);
        arguments.extend(commits);
        arguments.push("--");
        let is_inside = |file: &Touched| {
            let now = file.now.as_ref().map(|blob| place(&self.folder, &blob.path));
            now.is_some_and(|now| folders.iter().any(|folder| now.starts_with(folder)))
        };
        let moved = self.commits(&must(&self.folder, JOB, &arguments)?);
        let moved = moved.into_iter().flat_map(|commit| commit.files).filter(is_inside);
        let before = moved.filter_map(|file| Some(place(&self.folder, &file.before?.path)));
        let mut origins: Vec<PathBuf> =
            before.filter_map(|path| path.parent().map(Path::to_path_buf)).collect();
        origins.sort();
        origins.dedup();
        Ok(origins)
    }

    fn commits(&self, output: &[u8]) -> Vec<Commit> {
        let mut fields = fields(output);
        let mut commits: Vec<Commit> = Vec::new();
        while let Some(field) = fields.next() {
            let field = field.trim_start_matches('\n');
            if let Some(head) = field.strip_prefix(MARK) {
                let (id, day) = head.split_once(' ').unwrap_or((head, ""));
                let day = day.trim().parse().unwrap_or_default();
                commits.push(Commit { id: id.to_owned(), day, files: Vec::new() });
            } else if field.starts_with(':')
                && let Some(record) = Record::read(field, &mut fields)
                && let Some(commit) = commits.last_mut()
            {
                commit.files.push(self.touched(record));
            }
        }
        commits
    }

    fn touched(&self, record: Record) -> Touched {
        let [was_file, is_file] = record.modes.each_ref().map(|mode| mode.starts_with(FILE));
        let [was, is] = record.ids;
        let now = record.renamed.as_ref().unwrap_or(&record.path);
        let blob =
            |path: &str, id| Blob { path: self.seen_from_root(path), top: self.top().to_path_buf(), id };
        Touched { before: was_file.then(|| blob(&record.path, was)), now: is_file.then(|| blob(now, is)) }
    }
}

/// Where a path leads that is seen from a folder.
fn place(folder: &Path, seen: &str) -> PathBuf {
    let up = seen.split('/').take_while(|part| *part == "..").count();
    let from = folder.ancestors().nth(up).unwrap_or(folder);
    from.join(seen.trim_start_matches("../"))
}

const JOB: &str = "ask git for the history";

/// How a commit is said.
const FORMAT: &str = "--format=%x1e%H %cs";

/// Repositories within this one are none of its files.
const NO_MODULES: &str = "--ignore-submodules=all";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_are_told_from_the_files_that_they_touched() {
        let repository = Repository { folder: PathBuf::from("/r/kb"), prefix: "kb/".to_owned() };
        let (zero, one, two) = ("0".repeat(40), "1".repeat(40), "2".repeat(40));
        let output = format!(
            "\u{1e}{one} 2026-03-14\0\n:000000 100644 {zero} {two} A\0kb/a\nb.md\0\
             \u{1e}{two} 2026-03-15\0\n:100644 100644 {two} {one} R090\0kb/a\nb.md\0kb/c.md\0\
             :100644 000000 {two} {zero} D\0other/d.md\0"
        );
        let blob = |path: &str, id: &str| Blob {
            path: path.to_owned(),
            top: PathBuf::from("/r"),
            id: id.to_owned(),
        };
        assert_eq!(
            repository.commits(output.as_bytes()),
            [
                Commit {
                    id: one.clone(),
                    day: NaiveDate::from_ymd_opt(2026, 3, 14).unwrap(),
                    files: vec![Touched { before: None, now: Some(blob("a\nb.md", &two)) }],
                },
                Commit {
                    id: two.clone(),
                    day: NaiveDate::from_ymd_opt(2026, 3, 15).unwrap(),
                    files: vec![
                        Touched { before: Some(blob("a\nb.md", &two)), now: Some(blob("c.md", &one)) },
                        Touched { before: Some(blob("../other/d.md", &two)), now: None },
                    ],
                },
            ]
        );
    }
}
