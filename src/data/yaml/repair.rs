//! Repairs a YAML text around an error without moving a byte, so that the rest of it can be read.
//!
//! The commonest error by far is a value that should have quotes (`title: a: b`): it is read as the text that it plainly
//! is. Otherwise the line is blanked out, and when that does not help the whole top-level entry around it.

use std::{collections::BTreeMap, ops::Range};

use granit_parser::{ErrorKind, ScanError};

/// A text under repair.
pub(super) struct Repair {
    working: String,
    /// Where a value was overwritten, and what it says.
    stand_ins: BTreeMap<usize, String>,
    /// The top-level entries that were worked on.
    touched: Vec<usize>,
}

/// What a repair did.
pub(super) struct Progress {
    /// False when nothing is left to repair.
    pub(super) changed: bool,
    /// False when the error is an echo of one in the same entry.
    pub(super) is_new: bool,
}

impl Repair {
    pub(super) fn new(text: &str) -> Self {
        Self { working: text.to_owned(), stand_ins: BTreeMap::new(), touched: Vec::new() }
    }

    pub(super) fn working(&self) -> &str {
        &self.working
    }

    /// The values that were overwritten, by where they begin.
    pub(super) fn stand_ins(&self) -> BTreeMap<usize, String> {
        self.stand_ins.clone()
    }

    /// Takes the cause of an error out of the text.
    pub(super) fn apply(&mut self, error: &ScanError) -> Progress {
        let at = super::place(error, &self.working);
        if let Some(value) = self.unquoted_value(error, at) {
            let text = self.working.get(value.clone()).unwrap_or_default().to_owned();
            self.working.replace_range(value.clone(), &"x".repeat(value.len()));
            self.stand_ins.insert(value.start, text);
            return Progress { changed: true, is_new: true };
        }
        let chunk = self.chunk_at_fault(at, error.kind());
        let is_new = !self.touched.contains(&chunk.start);
        self.touched.push(chunk.start);
        let line = line_around(&self.working, at);
        let changed = if is_new && !reaches_back(error.kind()) && self.blank(line) {
            true
        } else {
            self.blank(chunk) || self.blank(at..self.working.len())
        };
        Progress { changed, is_new }
    }

    /// The value on the line of the error, when quotes around it would make it right.
    fn unquoted_value(&self, error: &ScanError, at: usize) -> Option<Range<usize>> {
        let wants_quotes = matches!(
            error.kind(),
            ErrorKind::MappingValueNotAllowed
                | ErrorKind::UnexpectedCharacter { .. }
                | ErrorKind::UnknownAnchor
                | ErrorKind::MissingAnchorOrAliasName
        );
        let line = line_around(&self.working, at);
        let text = self.working.get(line.clone())?;
        let colon = text.find(": ")?;
        let behind = text.get(colon + 1..)?;
        let value = behind.trim();
        let start = line.start + colon + 1 + (behind.len() - behind.trim_start().len());
        let plain = !value.starts_with(['"', '\'', '[', '{', '|', '>', '#']);
        (wants_quotes && plain && !value.is_empty() && at >= start && !self.stand_ins.contains_key(&start))
            .then(|| start..start + value.len())
    }

    /// The top-level entry that caused an error: the one around it, or the one above that was never closed.
    fn chunk_at_fault(&self, at: usize, kind: &ErrorKind) -> Range<usize> {
        let here = self.chunk_around(at);
        let above =
            here.start.checked_sub(1).filter(|_| reaches_back(kind)).map(|above| self.chunk_around(above));
        match above {
            Some(above) if self.working.get(above.clone()).is_some_and(is_open) => above,
            _ => here,
        }
    }

    /// The lines from one that begins in the first column to the next such line.
    fn chunk_around(&self, at: usize) -> Range<usize> {
        let mut chunk = 0..self.working.len();
        let mut start = 0;
        for line in self.working.split_inclusive('\n') {
            let top = line.chars().next().is_some_and(|c| !c.is_whitespace() && c != '#');
            if top && start <= at {
                chunk.start = start;
            } else if top {
                chunk.end = start;
                break;
            }
            start += line.len();
        }
        chunk
    }

    /// Overwrites with spaces, line ends excepted; false when there was nothing but white space.
    fn blank(&mut self, range: Range<usize>) -> bool {
        let Some(old) = self.working.get(range.clone()) else { return false };
        if old.trim().is_empty() {
            return false;
        }
        let blanked: String = old.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        self.working.replace_range(range, &blanked);
        true
    }
}

/// True for a text with a bracket or a quote that is not closed in it.
fn is_open(text: &str) -> bool {
    let count = |wanted: &[char]| text.matches(wanted).count();
    count(&['[', '{']) > count(&[']', '}']) || count(&['"']) % 2 == 1 || count(&['\'']) % 2 == 1
}

/// True for errors that are seen only below the line that caused them.
fn reaches_back(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnclosedQuotedScalar
            | ErrorKind::InvalidQuotedScalarIndent
            | ErrorKind::DocumentIndicatorInQuotedScalar
            | ErrorKind::UnclosedFlowCollection { .. }
            | ErrorKind::InvalidColonPlacement
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::ExpectedFlowMappingSeparator
    )
}

/// The line that holds a byte, without its line end.
pub(super) fn line_around(text: &str, at: usize) -> Range<usize> {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let end = text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |length| at + length);
    start..end
}
