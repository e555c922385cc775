//! Reports for the tests of the formats.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostic::{Diagnostic, Finding, Level},
    report::{Here, Report, RulePages},
    source::{SourceFile, Span},
};

/// A report on the document `a.md`, of two that were checked.
pub(super) fn report<'a>(source: &'a SourceFile, diagnostics: &'a [Diagnostic]) -> Report<'a> {
    Report {
        diagnostics,
        sources: BTreeMap::from([(source.path.as_str(), source)]),
        documents: BTreeSet::from(["a.md", "other.md"]),
        accepted: 0,
        here: Here::default(),
        repository: Here::default(),
        pages: RulePages::default(),
        denied: Level::Error,
        since: None,
        about: None,
    }
}

/// A document and so many findings in it, in the order of reports: a third of each level.
pub(super) fn crowd(size: usize) -> (SourceFile, Vec<Diagnostic>) {
    let line = "line with a secret\n";
    let levels = [Level::Info, Level::Warning, Level::Error];
    let rules = ["named-individual", "vague-action", "secret"];
    let diagnostics = (0..size)
        .map(|at| Diagnostic {
            path: "a.md".to_owned(),
            level: levels[(at + 2) % 3],
            finding: Finding::new(
                rules[(at + 2) % 3],
                Span::new(at * line.len(), at * line.len() + 4),
                format!("number `{at}` is here"),
            ),
        })
        .collect();
    (SourceFile::new("a.md", line.repeat(size)), diagnostics)
}
