//! Which files are not as they were at a commit: changed, new, renamed and removed ones, committed or not.

use std::path::Path;

use crate::{
    error::Result,
    git::{FILE, RAW, Repository, blobs::Blob, must},
};

/// One file that is not as it was. Paths are seen from the root of the archive, with `/` between their parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it is now; none when it was removed.
    pub path: Option<String>,
    /// What it was; none when it is new.
    pub before: Option<Blob>,
}

/// The mode of a repository within this one.
const REPOSITORY: &str = "160000";

impl Repository {
    /// All files in which the work tree differs from a commit, sorted by where they are or were. Renames are followed,
    /// and so are repositories within this one (submodules). What git ignores is not among them.
    pub fn changes(&self, commit: &str) -> Result<Vec<Change>> {
        let mut changes = Vec::new();
        self.collect(self.top(), commit, "", &mut changes)?;
        changes.sort_by(|a, b| place(a).cmp(place(b)));
        Ok(changes)
    }

    /// Adds what has changed in a work tree; `lead` is the way to it from the top of the outermost one.
    fn collect(&self, top: &Path, commit: &str, lead: &str, changes: &mut Vec<Change>) -> Result<()> {
        let job = "ask git what has changed";
        let at = |path: &str| self.seen_from_root(&format!("{lead}{path}"));
        for record in records(&must(
            top,
            job,
            &[&["diff"], &RAW[..], &["--ignore-submodules=none", commit, "--"]].concat(),
        )?) {
            let [id, _] = &record.ids;
            if record.modes.iter().all(|mode| mode == REPOSITORY) {
                let inside = format!("{lead}{}/", record.path);
                self.collect(&top.join(&record.path), id, &inside, changes)?;
                continue;
            }
            let [was_file, is_file] = record.modes.each_ref().map(|mode| mode.starts_with(FILE));
            let blob = || Blob { path: at(&record.path), top: top.to_path_buf(), id: id.clone() };
            let change = Change {
                path: is_file.then(|| at(record.renamed.as_deref().unwrap_or(&record.path))),
                before: was_file.then(blob),
            };
            if change.path.is_some() || change.before.is_some() {
                changes.push(change);
            }
        }
        let others = must(top, job, &["ls-files", "--others", "--exclude-standard", "-z"])?;
        // What ends in a slash is another repository, which this one knows nothing of.
        let others = fields(&others).filter(|path| !path.is_empty() && !path.ends_with('/'));
        changes.extend(others.map(|path| Change { path: Some(at(&path)), before: None }));
        Ok(())
    }
}

fn place(change: &Change) -> &str {
    let before = || change.before.as_ref().map(|blob| blob.path.as_str());
    change.path.as_deref().or_else(before).unwrap_or_default()
}

/// One record of `git diff --raw -z` or `git log --raw -z`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// Before and after.
    pub(super) modes: [String; 2],
    /// The objects before and after; all zero for none, and for what is in the work tree alone.
    pub(super) ids: [String; 2],
    pub(super) path: String,
    /// The new path of a file that has another name.
    pub(super) renamed: Option<String>,
}

impl Record {
    /// Reads a record whose first field is `head`. None where it only says that a file has a conflict, for which there
    /// is a second record.
    pub(super) fn read(head: &str, fields: &mut impl Iterator<Item = String>) -> Option<Self> {
        let mut words = head.trim_start_matches(':').split(' ').map(str::to_owned);
        let (modes, ids) = ([words.next()?, words.next()?], [words.next()?, words.next()?]);
        let state = words.next().unwrap_or_default();
        let path = fields.next()?;
        let renamed = if state.starts_with(['R', 'C']) { fields.next() } else { None };
        (state != "U").then_some(Self { modes, ids, path, renamed })
    }
}

fn records(output: &[u8]) -> Vec<Record> {
    let mut fields = fields(output);
    let mut records = Vec::new();
    while let Some(head) = fields.next() {
        if !head.is_empty() {
            records.extend(Record::read(&head, &mut fields));
        }
    }
    records
}

pub(super) fn fields(output: &[u8]) -> impl Iterator<Item = String> {
    output.split(|byte| *byte == 0).map(|field| String::from_utf8_lossy(field).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_has_one_path_or_two_with_any_letter_in_them() {
        let (zero, id) = ("0".repeat(40), "1".repeat(40));
        let output = format!(
            ":100644 100644 {id} {zero} M\0a \"b\"\n.md\0:100644 100644 {id} {id} R086\0old.md\0ny/Tåke.md\0\
             :000000 000000 {zero} {zero} U\0c.md\0"
        );
        let record = |path: &str, after: &str, renamed: Option<&str>| Record {
            modes: ["100644".to_owned(), "100644".to_owned()],
            ids: [id.clone(), after.to_owned()],
            path: path.to_owned(),
            renamed: renamed.map(str::to_owned),
        };
        assert_eq!(
            records(output.as_bytes()),
            [record("a \"b\"\n.md", &zero, None), record("old.md", &id, Some("ny/Tåke.md"))]
        );
    }
}
