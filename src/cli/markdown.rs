//! Tables in the Markdown of forges. Nothing that a cell holds is a link, a mention or HTML there.

use crate::report::inert;

/// The head of a table.
pub(super) fn head(names: &[&str]) -> String {
    format!("| {} |\n|{}\n", names.join(" | "), "---|".repeat(names.len()))
}

/// One line of it.
pub(super) fn line(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| inert(cell)).collect();
    format!("| {} |\n", cells.join(" | "))
}
