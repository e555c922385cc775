//! One line a finding, in the form that editors and `grep` know: `path:line:column: level[rule]: message`.

use std::fmt::Write as _;

use crate::{
    diagnostic::Level,
    report::{Look, Report, visible, word},
    source::Position,
};

pub(super) fn text(report: &Report<'_>, look: Look) -> String {
    let mut out = String::new();
    for diagnostic in report.diagnostics {
        if look.quiet && diagnostic.level != Level::Error {
            continue;
        }
        let at = report
            .sources
            .get(&*diagnostic.path)
            .map_or(Position { line: 1, column: 1 }, |source| source.position(diagnostic.finding.span.start));
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            out,
            "{}:{at}: {}[{}]: {}",
            visible(&report.here.path(&diagnostic.path)),
            word(diagnostic.level),
            diagnostic.finding.rule,
            visible(&diagnostic.finding.message)
        );
    }
    out
}
