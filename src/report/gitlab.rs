//! Code Quality of GitLab: an array that a job hands over as `artifacts:reports:codequality`, shown in merge requests.
//!
//! GitLab compares the fingerprints of two branches to say what is new and what is fixed. It knows five severities, of
//! which the two loudest are left to tools that know what blocks a release.

use serde::Serialize;

use crate::{
    check,
    diagnostic::{Diagnostic, Level},
    report::{Report, encode::to_json, place::advice},
    source::Unit,
};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    positions: Positions,
}

#[derive(Serialize)]
struct Positions {
    begin: At,
    end: At,
}

#[derive(Serialize)]
struct At {
    line: usize,
    column: usize,
}

pub(super) fn text(report: &Report<'_>) -> String {
    let fingerprints = check::fingerprints(report.diagnostics, |path| report.sources.get(path).copied());
    let issues = report.diagnostics.iter().zip(fingerprints);
    to_json(
        &issues.map(|(diagnostic, fingerprint)| issue(report, diagnostic, fingerprint)).collect::<Vec<_>>(),
    )
}

fn issue<'a>(report: &Report<'_>, diagnostic: &'a Diagnostic, fingerprint: String) -> Issue<'a> {
    let place = report.place(diagnostic, diagnostic.finding.span, Unit::Scalars);
    Issue {
        description: advice(diagnostic).replace('\n', "; "),
        check_name: diagnostic.finding.rule,
        fingerprint,
        severity: match diagnostic.level {
            Level::Error => "major",
            Level::Warning => "minor",
            Level::Info | Level::Allow => "info",
        },
        location: Location {
            path: report.repository.path(&diagnostic.path),
            positions: Positions {
                begin: At { line: place.line, column: place.column },
                end: At { line: place.end_line, column: place.end_column },
            },
        },
    }
}
