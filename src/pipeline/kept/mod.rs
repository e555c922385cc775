//! What documents said when they were read, kept on the disk so that the next run need not read them again.
//!
//! What is kept stands under a name made of the path and the very text of its document: one with another text is not
//! found. All of it belongs to one program and to one way of reading. It may be deleted, cut off, damaged or replaced at
//! any time: what is not as it was written is not used, and the document is read anew.

mod finding;
mod sealed;
#[cfg(test)]
mod tests;

use std::{
    io::{self, Write},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use crate::{
    diagnostic::Finding,
    load::Parts,
    model::Postmortem,
    parse::Evidence,
    source::{SourceFile, Span},
};
use finding::Kept as KeptFinding;
use sealed::seal;
pub(super) use sealed::{Name, last as sealed_value, write as write_sealed};

/// What an earlier run has kept.
#[derive(Debug)]
pub(super) struct Kept {
    program: Name,
    /// The documents, and behind them the table, its length and its seal. Ten thousand documents are some 60 MB: they are
    /// asked for one by one.
    from: Box<dyn Parts>,
    table: Table,
}

/// What is known of all documents at once.
#[derive(Debug, Serialize, Deserialize)]
struct Table {
    settings: Name,
    order: String,
    /// Sorted by name.
    entries: Vec<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    name: Name,
    evidence: Evidence,
    place: Span,
    seal: Name,
}

/// How documents were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Manner {
    /// What was configured.
    pub(super) settings: Name,
    /// Whether the day or the month comes first.
    pub(super) order: String,
}

/// What a document said.
type Said = (Vec<Arc<Postmortem>>, Vec<Finding>);

/// A document, to be kept.
pub(super) struct Page<'d> {
    pub(super) source: &'d SourceFile,
    pub(super) evidence: Evidence,
    pub(super) postmortems: &'d [Arc<Postmortem>],
    pub(super) findings: &'d [Finding],
}

/// The name of a document. Equal texts may come from different bytes, of which one was not UTF-8.
pub(super) fn name(source: &SourceFile) -> Name {
    let mut hasher = blake3::Hasher::new();
    hasher.update(source.path.as_bytes()).update(&[0]);
    hasher.update(format!("{:?}\0", source.invalid_utf8).as_bytes());
    hasher.update(source.text.as_bytes());
    *hasher.finalize().as_bytes()
}

impl Kept {
    /// What lies in a file, when this program has written it.
    pub(super) fn open(program: Name, from: Box<dyn Parts>) -> Option<Self> {
        let table = sealed::last(&program, &*from)?;
        Some(Self { program, from, table })
    }

    /// True when documents were read under these settings.
    pub(super) fn is_of(&self, settings: &Name) -> bool {
        self.table.settings == *settings
    }

    /// True when their days and months were read in this order.
    pub(super) fn has_order(&self, order: &str) -> bool {
        self.table.order == order
    }

    fn entry(&self, name: &Name) -> Option<&Entry> {
        let at = self.table.entries.binary_search_by(|entry| entry.name.cmp(name)).ok()?;
        self.table.entries.get(at)
    }

    /// What the dates of a document show, when it is here.
    pub(super) fn evidence(&self, name: &Name) -> Option<Evidence> {
        self.entry(name).map(|entry| entry.evidence)
    }

    /// What a document said, when it is here and whole.
    pub(super) fn said(&self, name: &Name) -> Option<Said> {
        let entry = self.entry(name)?;
        let bytes = self.from.part(entry.place)?;
        if seal(&self.program, &bytes) != entry.seal {
            return None;
        }
        let (postmortems, findings): (Vec<Postmortem>, Vec<KeptFinding>) =
            postcard::from_bytes(&bytes).ok()?;
        let postmortems = postmortems.into_iter().map(Arc::new).collect();
        Some((postmortems, findings.into_iter().map(KeptFinding::finding).collect::<Option<_>>()?))
    }
}

/// A document as it is kept.
pub(super) struct Written {
    name: Name,
    evidence: Evidence,
    bytes: Vec<u8>,
    seal: Name,
}

/// Writes what a document said; none when it could not be had back.
pub(super) fn written(program: &Name, page: &Page<'_>) -> Option<Written> {
    let Page { source, evidence, postmortems, findings } = page;
    let findings = findings.iter().map(KeptFinding::of).collect::<Option<Vec<_>>>()?;
    let postmortems: Vec<&Postmortem> = postmortems.iter().map(|one| &**one).collect();
    let bytes = postcard::to_stdvec(&(postmortems, findings)).ok()?;
    Some(Written { name: name(source), evidence: *evidence, seal: seal(program, &bytes), bytes })
}

/// Writes documents one after another, and behind them what is known of all.
pub(super) struct Writer<'w> {
    program: &'w Name,
    table: Table,
    end: usize,
    to: &'w mut dyn Write,
}

impl<'w> Writer<'w> {
    pub(super) fn new(program: &'w Name, manner: Manner, to: &'w mut dyn Write) -> Self {
        let Manner { settings, order } = manner;
        Self { program, table: Table { settings, order, entries: Vec::new() }, end: 0, to }
    }

    pub(super) fn put(&mut self, written: &Written) -> io::Result<()> {
        let Written { name, evidence, bytes, seal } = written;
        let place = Span::new(self.end, self.end + bytes.len());
        self.end = place.end;
        self.table.entries.push(Entry { name: *name, evidence: *evidence, place, seal: *seal });
        self.to.write_all(bytes)
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.table.entries.sort_unstable_by_key(|entry| entry.name);
        sealed::write(self.program, &self.table, self.to)
    }
}
