//! What a change is answerable for: the findings on its lines, and those elsewhere that were not there before.

use std::collections::BTreeMap;

use crate::{
    change::Base,
    check::identity::{Identity, LINES, identities},
    diagnostic::{Diagnostic, Level},
    source::SourceFile,
};

/// Why a finding belongs to a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// It is on a line that is new or not as it was.
    Line,
    /// The line is as it was; the finding was not there, or was quieter.
    Elsewhere,
}

/// How a finding belongs to a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touched {
    /// Why it belongs to it.
    pub reach: Reach,
    /// True when it was not there before, or was quieter.
    pub is_new: bool,
}

/// For each finding of now how it belongs to the change, in their order; none for one that stands as it did. `source` has
/// the texts that were analysed.
pub fn touched<'s>(
    base: &Base,
    diagnostics: &[Diagnostic],
    source: impl Fn(&str) -> Option<&'s SourceFile>,
) -> Vec<Option<Touched>> {
    let mut before = counts(base);
    let found: Vec<(&Diagnostic, Identity, Reach)> = diagnostics
        .iter()
        .zip(identities(diagnostics, &source))
        .map(|(found, identity)| {
            let on_line = is_on_changed_line(base, found, source(&found.path));
            (found, identity, if on_line { Reach::Line } else { Reach::Elsewhere })
        })
        .collect();
    let mut touched = vec![None; found.len()];
    // Of two that are alike, the one whose line is as it was is the one that was there.
    for turn in [Reach::Elsewhere, Reach::Line] {
        for ((found, identity, reach), touched) in found.iter().zip(&mut touched) {
            if *reach != turn {
                continue;
            }
            // The site's own look is not part of what was analysed then.
            let is_comparable = source(&found.path).is_some() || base.is_touched(&found.path);
            let is_new = is_comparable && !take(&mut before, identity, found.level);
            if is_new || turn == Reach::Line {
                *touched = Some(Touched { reach: turn, is_new });
            }
        }
    }
    touched
}

/// The levels of the findings of then, by their identities of now, the loudest last.
fn counts(base: &Base) -> BTreeMap<Identity, Vec<Level>> {
    let renamed = base.changes.renamed();
    let identities = identities(&base.diagnostics, |path| base.sources.file(path));
    let mut counts: BTreeMap<Identity, Vec<Level>> = BTreeMap::new();
    for (identity, found) in identities.into_iter().zip(&base.diagnostics) {
        let identity = match renamed.get(&*found.path) {
            Some(path) => identity.moved_to(path),
            None => identity,
        };
        counts.entry(identity).or_default().push(found.level);
    }
    for levels in counts.values_mut() {
        levels.sort();
    }
    counts
}

/// Takes the loudest of the findings of then that are the same; true when it was as loud as now.
fn take(before: &mut BTreeMap<Identity, Vec<Level>>, identity: &Identity, level: Level) -> bool {
    before.get_mut(identity).and_then(Vec::pop).is_some_and(|was| was >= level)
}

fn is_on_changed_line(base: &Base, found: &Diagnostic, source: Option<&SourceFile>) -> bool {
    let (Some(change), Some(source)) = (base.changes.files.get(&found.path), source) else { return false };
    let span = found.finding.span;
    let first = source.position(span.start).line;
    let last = source.position(span.end.saturating_sub(1).max(span.start)).line;
    let last = if last - first < LINES { last } else { first };
    change.lines.touch(first, last)
}
