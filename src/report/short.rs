//! One line a finding, in the form that editors and `grep` know: `path:line:column: level[rule]: message`.

use crate::{
    diagnostic::{Applicability, Diagnostic, Level},
    report::{Look, Report, visible, word},
    source::Unit,
};

pub(super) fn text(report: &Report<'_>, look: Look) -> String {
    let is_shown = |diagnostic: &&Diagnostic| !look.quiet || diagnostic.level == Level::Error;
    report.diagnostics.iter().filter(is_shown).map(|diagnostic| line(report, diagnostic) + "\n").collect()
}

/// A finding on one line, without its end.
pub(super) fn line(report: &Report<'_>, diagnostic: &Diagnostic) -> String {
    let at = report.place(diagnostic, diagnostic.finding.span, Unit::Scalars);
    format!(
        "{}:{}:{}: {}[{}]: {}{}",
        visible(&report.here.path(&diagnostic.path)),
        at.line,
        at.column,
        word(diagnostic.level),
        diagnostic.finding.rule,
        visible(&diagnostic.finding.message),
        match diagnostic.finding.fix.as_deref().map(|fix| fix.applicability) {
            Some(Applicability::Safe) => " [fixable]",
            Some(Applicability::Unsafe) => " [fixable, unsafe]",
            None => "",
        }
    )
}
