//! What the archive was at a revision, and what has changed since: the value that `check --since`, the rules about
//! change and the comment on a pull request look at.
//!
//! Pure. The texts come from git, but nothing here knows that; `pipeline` puts a [`Base`] together.

mod actions;
mod lines;
mod renames;

use std::collections::{BTreeMap, BTreeSet};

pub use actions::{ActionChange, Held};
pub use lines::Lines;
pub use renames::likeness;

use crate::{
    aggregate::Summary,
    diagnostic::Diagnostic,
    model::{Archive, Postmortem},
    source::Sources,
};

/// The archive as it was at a revision: with the texts, the configuration and the files of then, and with the day of
/// now, so that nothing differs because time has passed.
#[derive(Debug, Clone)]
pub struct Base {
    /// The revision that the user named: `origin/main`.
    pub revision: String,
    /// The commit at which the history of the revision and that of the work tree part, in full hexadecimal.
    pub commit: String,
    /// What was there. The paths are those of then, below the root of now.
    pub sources: Sources,
    /// The documents of then.
    pub archive: Archive,
    /// What they said together, as of the day of now.
    pub summary: Summary,
    /// What was wrong with them, in the order of reports. What a baseline accepts is among it.
    pub diagnostics: Vec<Diagnostic>,
    /// Which files are not as they were.
    pub changes: Changes,
}

/// The files that are not as they were, among those that the archive reads.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// New, changed and renamed files, by their path of now.
    pub files: BTreeMap<String, FileChange>,
    /// The paths of then of files that are gone; a renamed one is not.
    pub removed: BTreeSet<String>,
}

/// How a file that is there has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// The path of then; none for a new file.
    pub before: Option<String>,
    /// The lines of now that are new or not as they were.
    pub lines: Lines,
}

impl Changes {
    /// The path of then of a file of now; none for a new file.
    pub fn before<'p>(&'p self, path: &'p str) -> Option<&'p str> {
        match self.files.get(path) {
            Some(change) => change.before.as_deref(),
            None => Some(path),
        }
    }

    /// The renamed files: from the path of then to the path of now.
    pub fn renamed(&self) -> BTreeMap<&str, &str> {
        let pairs = self.files.iter().filter_map(|(now, change)| Some((change.before.as_deref()?, &**now)));
        pairs.filter(|(before, now)| before != now).collect()
    }
}

impl Base {
    /// What a postmortem of now was; none for a new one. Of a file that holds several, the one with the same id or, when
    /// the id is another, the same title.
    pub fn before<'b>(&'b self, now: &Postmortem) -> Option<&'b Postmortem> {
        let path = self.changes.before(&now.path)?;
        let all = || self.archive.in_file(path);
        if !self.archive.is_log(path) {
            return all().next();
        }
        all()
            .find(|before| before.id.value == now.id.value)
            .or_else(|| all().find(|before| before.title.value == now.title.value))
    }

    /// True for a file that is there and is new, changed or renamed.
    pub fn is_changed(&self, path: &str) -> bool {
        self.changes.files.contains_key(path)
    }

    /// True for a file that is new, changed, renamed or gone.
    pub fn is_touched(&self, path: &str) -> bool {
        self.is_changed(path) || self.changes.removed.contains(path)
    }
}
