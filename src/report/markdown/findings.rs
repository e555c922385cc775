//! The findings of a page, the loudest first; what is many or quiet is folded.

use crate::{
    check::Reach,
    diagnostic::{Diagnostic, Level},
    report::{
        Report, RuleCount,
        inert::{code, inert},
        page::Page,
        word,
    },
    source::Unit,
    words::Count,
};

/// The longest text of a document or of a message, in characters.
const LENGTH: usize = 300;

/// More findings than this are also summed up by rule.
const MANY: usize = 30;

/// How many findings a page lists.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    /// Errors and warnings that are to be seen at once.
    open: usize,
    /// Others of the same level, which unfold.
    folded: usize,
}

impl Shown {
    /// In a comment that somebody reads.
    pub(super) const COMMENT: Self = Self { open: 8, folded: 40 };
    /// On a page that is opened on purpose.
    pub(super) const STEP: Self = Self { open: 50, folded: 500 };
}

/// Writes them, and gives how many are left out.
pub(super) fn write(report: &Report<'_>, shown: Shown, page: &mut Page) -> usize {
    let mut left = 0;
    let mut open = shown.open;
    let file = only_file(report);
    for level in [Level::Error, Level::Warning, Level::Info] {
        let own = (0..).zip(report.diagnostics).filter(|(_, found)| found.level == level);
        let mut lines: Vec<String> = own.map(|(at, found)| line(report, at, found, file)).collect();
        if lines.is_empty() {
            continue;
        }
        let count = Count(lines.len(), word(level));
        let file =
            file.map(|path| format!(" in {}", code(&report.repository.path(path)))).unwrap_or_default();
        let seen = if level == Level::Info { 0 } else { open.min(lines.len()) };
        open -= seen;
        let folded = lines.split_off(seen);
        if seen > 0 {
            page.line(&format!("**{count}**{file}\n"));
            left += page.lines(&lines, super::SPARE);
            page.line("");
        }
        let rest = folded.len().saturating_sub(shown.folded);
        let name = if seen > 0 { format!("{} more", folded.len()) } else { count.to_string() };
        if let Some(folded) = folded.get(..folded.len() - rest).filter(|folded| !folded.is_empty()) {
            left += page.folded(&name, folded, super::SPARE) + rest;
        }
    }
    if report.diagnostics.len() > MANY {
        let rules = report.by_rule().into_iter().map(|RuleCount { rule, level, count }| {
            format!("| {} | {} | {count} |", rule_link(report, rule), word(level))
        });
        let head = "| rule | level | findings |\n|---|---|---:|".to_owned();
        let lines: Vec<String> = [head].into_iter().chain(rules).collect();
        page.folded("All findings by rule", &lines, super::SPARE);
    }
    left
}

/// The file that all findings are in, which then need not name it.
fn only_file<'a>(report: &Report<'a>) -> Option<&'a str> {
    let (first, others) = report.diagnostics.split_first()?;
    others.iter().all(|found| found.path == first.path).then_some(&*first.path)
}

/// Where it is, which rule says so, what is wrong, and what to do.
fn line(report: &Report<'_>, at: usize, found: &Diagnostic, only_file: Option<&str>) -> String {
    let place = report.place(found, found.finding.span, Unit::Scalars);
    let place = match only_file {
        Some(_) => format!("line {}", place.line),
        None => format!("{}:{}", report.repository.path(&found.path), place.line),
    };
    let reach = report.touched(at).map(|touched| touched.reach);
    let elsewhere = if reach == Some(Reach::Elsewhere) { "because of the change: " } else { "" };
    let help = found.finding.help.as_ref();
    let help = help.map(|help| format!("<br>→ {}", inert(&shortened(help)))).unwrap_or_default();
    format!(
        "- {} {elsewhere}{} ({}){help}",
        code(&place),
        inert(&shortened(&found.finding.message)),
        rule_link(report, found.finding.rule)
    )
}

fn rule_link(report: &Report<'_>, rule: &str) -> String {
    match report.pages.address(rule) {
        Some(address) => format!("[{rule}](<{address}>)"),
        None => rule.to_owned(),
    }
}

/// A text that is not longer than anybody reads in a comment.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}
