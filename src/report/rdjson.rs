//! The Reviewdog Diagnostic Format, one `DiagnosticResult`: for `reviewdog -f=rdjson`, which comments on the lines that
//! a pull request changes, on any forge.
//!
//! Columns count bytes of UTF-8, as the format demands; paths are those that reviewdog sees from the current folder.

use serde::Serialize;

use crate::{
    diagnostic::{Diagnostic, Level},
    report::{Report, encode::to_json, place::advice},
    source::{Span, Unit},
};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DiagnosticResult {
    source: Source,
    diagnostics: Vec<Item>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

/// A `Diagnostic` of the format.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    message: String,
    location: Location,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
}

/// What comes in place of a range. Reviewdog takes several for alternatives, so a fix of several edits has none.
#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Related {
    message: String,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: At,
    end: At,
}

#[derive(Serialize)]
struct At {
    line: usize,
    column: usize,
}

pub(super) fn text(report: &Report<'_>) -> String {
    to_json(&DiagnosticResult {
        source: Source { name: "afterword" },
        diagnostics: report.diagnostics.iter().map(|diagnostic| item(report, diagnostic)).collect(),
    })
}

fn item(report: &Report<'_>, diagnostic: &Diagnostic) -> Item {
    let finding = &diagnostic.finding;
    let location =
        |span| Location { path: report.here.path(&diagnostic.path), range: range(report, diagnostic, span) };
    Item {
        message: advice(diagnostic),
        location: location(finding.span),
        severity: match diagnostic.level {
            Level::Error => "ERROR",
            Level::Warning => "WARNING",
            Level::Info | Level::Allow => "INFO",
        },
        code: Code { value: finding.rule, url: report.pages.address(finding.rule) },
        related_locations: finding
            .others
            .iter()
            .map(|other| Related {
                message: crate::report::visible(&other.text),
                location: location(other.span),
            })
            .collect(),
        suggestions: match finding.fix.as_deref().map(|fix| fix.edits.as_slice()) {
            Some([edit]) => {
                vec![Suggestion {
                    range: range(report, diagnostic, edit.span),
                    text: edit.replacement.clone(),
                }]
            }
            _ => Vec::new(),
        },
    }
}

fn range(report: &Report<'_>, diagnostic: &Diagnostic, span: Span) -> Range {
    let place = report.place(diagnostic, span, Unit::Bytes);
    Range {
        start: At { line: place.line, column: place.column },
        end: At { line: place.end_line, column: place.end_column },
    }
}
