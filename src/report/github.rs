//! Workflow commands of GitHub Actions: annotations beside the lines of a pull request, and the log of the step.
//!
//! A step shows ten errors, ten warnings and ten notices and drops the others without a word. So the first ten of each
//! are commands, and the rest are plain lines in a group of the log; [`summary`](super::summary) counts them all.
//! Whatever the runner could take for a command in text out of a document is broken up.

use std::fmt::Write as _;

use crate::{
    diagnostic::{Diagnostic, Level},
    report::{Report, place::advice, short, visible},
    source::Unit,
    words::Count,
};

/// How many annotations of a level a step shows.
const SHOWN: usize = 10;

pub(super) fn text(report: &Report<'_>) -> String {
    annotations(report) + &plain(&report.conclusion())
}

/// The commands, and the findings that get none.
pub(super) fn annotations(report: &Report<'_>) -> String {
    let mut out = String::new();
    let mut rest = Vec::new();
    for (level, command) in [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Info, "notice")] {
        for (at, diagnostic) in report.diagnostics.iter().filter(|found| found.level == level).enumerate() {
            if at < SHOWN {
                out.push_str(&annotation(report, diagnostic, command));
            } else {
                rest.push(diagnostic);
            }
        }
    }
    if !rest.is_empty() {
        let title = format!("{} without an annotation", Count(rest.len(), "more finding"));
        // Writing to a `String` cannot fail.
        let _ = writeln!(out, "::group::{title}");
        for diagnostic in rest {
            out.push_str(&plain(&short::line(report, diagnostic)));
        }
        out.push_str("::endgroup::\n");
    }
    out
}

fn annotation(report: &Report<'_>, diagnostic: &Diagnostic, command: &str) -> String {
    let place = report.place(diagnostic, diagnostic.finding.span, Unit::Scalars);
    let rule = diagnostic.finding.rule;
    let file = property(&visible(&report.repository.path(&diagnostic.path)));
    // A column says something within one line only.
    let columns = if place.line == place.end_line {
        format!(",col={},endColumn={}", place.column, place.end_column)
    } else {
        String::new()
    };
    let mut message = advice(diagnostic);
    if let Some(address) = report.pages.address(rule) {
        message = format!("{message}\n{address}");
    }
    format!(
        "::{command} file={file},line={},endLine={}{columns},title={rule}::{}\n",
        place.line,
        place.end_line,
        data(&message)
    )
}

/// A text after the second `::` of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value before it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A line that is no command. The runner knows two forms: `::name` where a line begins, and `##[name]` anywhere in it.
fn plain(line: &str) -> String {
    let line = line.replace("##[", "# #[");
    let lead = if line.trim_start().starts_with("::") { "./" } else { "" };
    format!("{lead}{}\n", if lead.is_empty() { &line } else { line.trim_start() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diagnostic::Finding,
        report::testing::{crowd, report},
        source::{SourceFile, Span},
    };

    #[test]
    fn an_annotation_stands_at_its_lines_and_columns() {
        let source = SourceFile::new("a,b:c.md", "# Tåke\nsecond\n");
        let diagnostic = |level, span, message: &str| Diagnostic {
            path: "a,b:c.md".to_owned(),
            level,
            finding: Finding::new("rule", span, message).help("do this"),
        };
        let diagnostics = [
            diagnostic(Level::Warning, Span::new(2, 7), "100 % `::error::x`\n::stop-commands::y"),
            diagnostic(Level::Error, Span::new(2, 10), "two lines"),
        ];
        assert_eq!(
            text(&report(&source, &diagnostics)),
            "::error file=a%2Cb%3Ac.md,line=1,endLine=2,title=rule::two lines%0Ahelp: do this\n\
             ::warning file=a%2Cb%3Ac.md,line=1,endLine=1,col=3,endColumn=7,title=rule\
             ::100 %25 `::error::x` ::stop-commands::y%0Ahelp: do this\n\
             1 error, 1 warning in `a,b:c.md`\n"
        );
    }

    #[test]
    fn no_more_are_annotations_than_a_step_shows_and_the_rest_is_in_the_log() {
        let (source, diagnostics) = crowd(300);
        let text = text(&report(&source, &diagnostics));
        let count = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
        assert_eq!((count("::error "), count("::warning "), count("::notice ")), (10, 10, 10));
        assert!(text.contains("\n::group::270 more findings without an annotation\n"), "{text}");
        assert_eq!(count("a.md:"), 270);
    }

    #[test]
    fn a_plain_line_is_never_a_command() {
        assert_eq!(plain(" ::error::x"), "./::error::x\n");
        assert_eq!(plain("a ##[error]x"), "a # #[error]x\n");
        assert_eq!(plain("a.md:1:1: x ::error::"), "a.md:1:1: x ::error::\n");
    }
}
