//! The XML of Checkstyle, which Jenkins, reviewdog and most review tools of the Java world read.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    diagnostic::{Diagnostic, Level},
    report::{
        Report,
        place::advice,
        visible,
        xml::{legal, to_xml},
    },
    source::Unit,
};

#[derive(Serialize)]
struct Checkstyle {
    #[serde(rename = "@version")]
    version: &'static str,
    file: Vec<File>,
}

#[derive(Serialize)]
struct File {
    #[serde(rename = "@name")]
    name: String,
    error: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    #[serde(rename = "@line")]
    line: usize,
    #[serde(rename = "@column")]
    column: usize,
    #[serde(rename = "@severity")]
    severity: &'static str,
    #[serde(rename = "@message")]
    message: String,
    #[serde(rename = "@source")]
    source: String,
}

pub(super) fn text(report: &Report<'_>) -> String {
    let mut files: BTreeMap<&str, Vec<Item>> = BTreeMap::new();
    for diagnostic in report.diagnostics {
        files.entry(&diagnostic.path).or_default().push(item(report, diagnostic));
    }
    let file = |(path, error)| File { name: legal(&visible(&report.here.path(path))), error };
    // The version is that of the form: consumers were written when Checkstyle was at 4.3.
    to_xml("checkstyle", &Checkstyle { version: "4.3", file: files.into_iter().map(file).collect() })
}

fn item(report: &Report<'_>, diagnostic: &Diagnostic) -> Item {
    let place = report.place(diagnostic, diagnostic.finding.span, Unit::Scalars);
    Item {
        line: place.line,
        column: place.column,
        severity: match diagnostic.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info | Level::Allow => "info",
        },
        message: legal(&advice(diagnostic).replace('\n', "; ")),
        source: format!("afterword.{}", diagnostic.finding.rule),
    }
}
