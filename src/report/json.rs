//! The report for programs. Its form is a promise: `version` changes when a field changes its meaning or goes; new
//! fields may come at any time.
//!
//! ```json
//! { "version": 1, "documents": 18, "errors": 1, "warnings": 0, "hints": 0, "accepted": 0,
//!   "since": { "revision": "origin/main", "commit": "…", "standing": 40 },
//!   "findings": [ { "path": "postmortems/a.md", "line": 3, "column": 9, "end_line": 3, "end_column": 21,
//!     "rule": "invalid-date", "level": "error", "message": "…", "label": null, "help": "…",
//!     "on_changed_line": true,
//!     "others": [ { "line": 9, "column": 1, "end_line": 9, "end_column": 7, "text": "…" } ],
//!     "fix": { "applicability": "safe", "title": "…", "edits": [ { "line": 3, …, "text": "…" } ] } } ] }
//! ```
//!
//! `fix` is null where there is none. The `text` of an edit comes in place of what stands there; the edits of a fix
//! belong together.
//!
//! `since` and `on_changed_line` are null unless the report is about a change; a finding that is not on a changed line is
//! there because of the change, and `standing` counts those that are as they were and not listed.
//!
//! Lines and columns count from 1, columns in Unicode scalar values; the end is one past the last character.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use crate::{
    check::Reach,
    diagnostic::{Applicability, Diagnostic, Level},
    report::{
        Report, Since,
        encode::{to_json, write_json},
        place::Place,
        since::Compared,
    },
    source::Unit,
};

#[derive(Serialize)]
struct Document<'r, 'a> {
    version: u8,
    documents: usize,
    errors: usize,
    warnings: usize,
    hints: usize,
    accepted: usize,
    since: Option<Compared<'a>>,
    findings: Findings<'r, 'a>,
}

/// All findings, each made when it is written: a large archive has tens of thousands.
struct Findings<'r, 'a>(&'r Report<'a>);

impl Serialize for Findings<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(findings(self.0))
    }
}

/// A finding as programs get it.
#[derive(Serialize)]
pub(super) struct Finding<'a> {
    path: &'a str,
    #[serde(flatten)]
    place: Place,
    rule: &'static str,
    level: Level,
    message: &'a str,
    label: Option<&'a str>,
    help: Option<&'a str>,
    on_changed_line: Option<bool>,
    others: Vec<Other<'a>>,
    fix: Option<Fix<'a>>,
}

#[derive(Serialize)]
struct Fix<'a> {
    applicability: Applicability,
    title: &'a str,
    edits: Vec<Other<'a>>,
}

#[derive(Serialize)]
struct Other<'a> {
    #[serde(flatten)]
    place: Place,
    text: &'a str,
}

pub(super) fn text(report: &Report<'_>) -> String {
    to_json(&document(report))
}

/// Writes the same as it is made: the report of a large archive is as long as a tenth of its documents.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_json(&document(report), out)
}

fn document<'r, 'a>(report: &'r Report<'a>) -> Document<'r, 'a> {
    Document {
        version: 1,
        documents: report.documents.len(),
        errors: report.count(Level::Error),
        warnings: report.count(Level::Warning),
        hints: report.count(Level::Info),
        accepted: report.accepted,
        since: report.since.as_ref().map(Since::compared),
        findings: Findings(report),
    }
}

/// The findings as programs get them, in the order of the report.
pub(super) fn findings<'a>(report: &Report<'a>) -> impl Iterator<Item = Finding<'a>> {
    (0..).zip(report.diagnostics).map(|(at, diagnostic)| finding(report, at, diagnostic))
}

fn finding<'a>(report: &Report<'a>, at: usize, diagnostic: &'a Diagnostic) -> Finding<'a> {
    let finding = &diagnostic.finding;
    let place = |span| report.place(diagnostic, span, Unit::Scalars);
    Finding {
        path: &diagnostic.path,
        place: place(finding.span),
        rule: finding.rule,
        level: diagnostic.level,
        message: &finding.message,
        label: Some(finding.label.as_str()).filter(|label| !label.is_empty()),
        help: finding.help.as_deref(),
        on_changed_line: report.touched(at).map(|touched| touched.reach == Reach::Line),
        others: finding
            .others
            .iter()
            .map(|other| Other { place: place(other.span), text: &other.text })
            .collect(),
        fix: finding.fix.as_deref().map(|fix| Fix {
            applicability: fix.applicability,
            title: &fix.title,
            edits: fix
                .edits
                .iter()
                .map(|edit| Other { place: place(edit.span), text: &edit.replacement })
                .collect(),
        }),
    }
}
