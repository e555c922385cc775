//! Fixes: which of them are made together, and whether they did what they were meant to do.
//!
//! A finding brings its [`Fix`] along. [`plan`] chooses fixes that do not get in each other's way, [`made`] makes them in a
//! text, and [`judge`] compares what the document says before and after: whatever no fix names has to be the same, the
//! finding has to be gone, and nothing louder may have come. Reading, checking and writing happen elsewhere.

mod meaning;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

pub use meaning::same;

use crate::{
    diagnostic::{Applicability, Aspect, Diagnostic, Fix, Level},
    edit,
    model::Postmortem,
    source::Edit,
};

/// A finding whose fix is to be made.
#[derive(Debug, Clone, Copy)]
pub struct Step<'d> {
    /// The finding.
    pub diagnostic: &'d Diagnostic,
    /// Its fix.
    pub fix: &'d Fix,
}

/// Why a fix was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refused {
    /// Its edits do not fit the text.
    Misplaced,
    /// With it, something that it does not mean to change would be read in another way.
    Entangled,
    /// With it, another document would be read in another way.
    FarReaching,
    /// The finding would still be there.
    Useless,
    /// A louder finding would come instead.
    Worse(&'static str),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Misplaced => f.write_str("its edits do not fit the text"),
            Self::Entangled => f.write_str("with it, other facts would be read in another way"),
            Self::FarReaching => f.write_str("with it, other documents would be read in another way"),
            Self::Useless => f.write_str("the finding would still be there"),
            Self::Worse(rule) => write!(f, "with it, the document would have a finding of `{rule}`"),
        }
    }
}

/// True when the fix of a finding may be made.
pub fn is_allowed(diagnostic: &Diagnostic, allowed: Applicability) -> bool {
    diagnostic.finding.fix.as_ref().is_some_and(|fix| fix.applicability <= allowed)
}

/// The fixes that can be made together, by file: in the order of the findings, each that touches none before it.
pub fn plan<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> BTreeMap<&'d str, Vec<Step<'d>>> {
    let mut by_path: BTreeMap<&str, Vec<Step<'d>>> = BTreeMap::new();
    let mut taken: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
    for diagnostic in diagnostics {
        let Some(fix) = diagnostic.finding.fix.as_deref() else { continue };
        let path = diagnostic.path.as_str();
        let taken = taken.entry(path).or_default();
        let touches =
            |one: &Edit, other: &Edit| one.span.start <= other.span.end && other.span.start <= one.span.end;
        if fix.edits.iter().any(|edit| taken.iter().any(|other| touches(edit, other))) {
            continue;
        }
        taken.extend(&fix.edits);
        by_path.entry(path).or_default().push(Step { diagnostic, fix });
    }
    by_path
}

/// The text with some fixes made.
pub fn made(text: &str, steps: &[Step<'_>]) -> Result<String, Refused> {
    let edits: Vec<Edit> = steps.iter().flat_map(|step| step.fix.edits.iter().cloned()).collect();
    edit::apply(text, &edits).ok_or(Refused::Misplaced)
}

/// What is known of one file before or after its fixes.
#[derive(Debug, Clone, Copy)]
pub struct State<'a> {
    /// Its postmortems, in the order of the file.
    pub postmortems: &'a [&'a Postmortem],
    /// Its findings.
    pub diagnostics: &'a [&'a Diagnostic],
}

/// Whether fixes did what they were meant to do, and nothing else.
pub fn judge(before: State<'_>, after: State<'_>, steps: &[Step<'_>]) -> Result<(), Refused> {
    let changes: BTreeSet<Aspect> = steps.iter().flat_map(|step| step.fix.changes.iter().copied()).collect();
    if before.postmortems.len() != after.postmortems.len()
        || !before.postmortems.iter().zip(after.postmortems).all(|(old, new)| same(old, new, &changes))
    {
        return Err(Refused::Entangled);
    }
    let alike = |state: State<'_>, found: &Diagnostic| {
        let same = |other: &&&Diagnostic| {
            other.finding.rule == found.finding.rule && other.finding.message == found.finding.message
        };
        state.diagnostics.iter().filter(same).count()
    };
    if steps.iter().any(|step| alike(after, step.diagnostic) >= alike(before, step.diagnostic)) {
        return Err(Refused::Useless);
    }
    let loudest = steps.iter().map(|step| step.diagnostic.level).max().unwrap_or(Level::Allow);
    let expected: BTreeSet<&str> = steps.iter().flat_map(|step| step.fix.leaves).copied().collect();
    let (before, after) = (by_rule(before), by_rule(after));
    let worse = after.into_iter().find(|((rule, level), count)| {
        let had: usize = before.iter().filter(|((name, _), _)| name == rule).map(|(_, count)| count).sum();
        *level > loudest && *count > had && !expected.contains(rule)
    });
    worse.map_or(Ok(()), |((rule, _), _)| Err(Refused::Worse(rule)))
}

fn by_rule(state: State<'_>) -> BTreeMap<(&'static str, Level), usize> {
    let mut counts = BTreeMap::new();
    for found in state.diagnostics {
        *counts.entry((found.finding.rule, found.level)).or_default() += 1;
    }
    counts
}
