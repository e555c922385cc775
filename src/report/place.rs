//! Places as consumers count them, and the texts that every format needs of a finding.

use serde::Serialize;

use crate::{
    diagnostic::{Diagnostic, Level},
    report::{Report, visible},
    source::{Position, SourceFile, Span, Unit},
};

/// From where to where: lines and columns from 1, the end one past the last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

impl<'a> Report<'a> {
    /// The text that a finding is about; none for a file that could not be read.
    pub(super) fn source(&self, diagnostic: &Diagnostic) -> Option<&'a SourceFile> {
        self.sources.get(&*diagnostic.path).copied()
    }

    /// Where a span of the finding's file is. A file without text has one place, its beginning.
    pub(super) fn place(&self, diagnostic: &Diagnostic, span: Span, unit: Unit) -> Place {
        let beginning = Position { line: 1, column: 1 };
        let (start, end) = self.source(diagnostic).map_or((beginning, beginning), |source| {
            (source.position_in(unit, span.start), source.position_in(unit, span.end))
        });
        Place { line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }

    /// At the most `most` findings: the loudest of all, in the order of the report.
    /// Each with its place in that order.
    pub(super) fn loudest(&self, most: usize) -> Vec<(usize, &'a Diagnostic)> {
        let mut chosen: Vec<(usize, &Diagnostic)> = self.diagnostics.iter().enumerate().collect();
        chosen.sort_by_key(|(at, diagnostic)| (std::cmp::Reverse(diagnostic.level), *at));
        chosen.truncate(most);
        chosen.sort_by_key(|(at, _)| *at);
        chosen
    }

    /// True when findings of this level make the check fail.
    pub fn fails(&self, level: Level) -> bool {
        level >= self.denied
    }
}

/// What is wrong and what to do next, on one line each, safe for a terminal.
pub(super) fn advice(diagnostic: &Diagnostic) -> String {
    let message = visible(&diagnostic.finding.message);
    match &diagnostic.finding.help {
        Some(help) => format!("{message}\nhelp: {}", visible(help)),
        None => message,
    }
}
