//! What the rules about action items share: which items are asked, where they are underlined, and how many lines a
//! list that lacks something everywhere gets.

use crate::{
    check::rule::{Document, first_line},
    diagnostic::Finding,
    model::{ActionItem, SectionKind},
    source::Span,
};

/// Where an item is underlined: its title where that stands word for word, else the first line of the item.
pub(super) fn place(document: &Document<'_>, item: &ActionItem) -> Span {
    let text = document.text(item.span);
    let title = item.title.lines().next().unwrap_or_default();
    match text.find(title).filter(|_| !title.is_empty()) {
        Some(at) => Span::new(item.span.start + at, item.span.start + at + title.len()),
        None => first_line(document.source, item.span),
    }
}

/// Items that are committed to and not finished: what owners, due dates and trackers are for.
pub(super) fn unfinished<'a>(document: &Document<'a>) -> Vec<&'a ActionItem> {
    document.postmortem.actions.iter().filter(|item| item.status.value.is_unfinished()).collect()
}

/// Reports items that lack something. When every one of several does, the list is reported once, not line by line.
pub(super) fn report_lacking(
    document: &Document<'_>,
    rule: &'static str,
    items: &[&ActionItem],
    what: &str,
    help: &str,
    has: impl Fn(&ActionItem) -> bool,
    findings: &mut Vec<Finding>,
) {
    let lacking: Vec<&&ActionItem> = items.iter().filter(|item| !has(item)).collect();
    if lacking.len() > 1 && lacking.len() == items.len() {
        let message = format!("none of the {} open action items has {what}", items.len());
        let section = document.postmortem.section(SectionKind::ActionItems).map(|section| section.heading);
        let first = lacking.first().map_or(Span::default(), |item| place(document, item));
        let span = section.map_or(first, |heading| first_line(document.source, heading));
        findings.push(Finding::new(rule, span, message).help(help));
        return;
    }
    for item in lacking {
        let message = format!(
            "action item `{}` has no {}",
            shorten(&item.title),
            what.trim_start_matches("an ").trim_start_matches("a ")
        );
        findings.push(Finding::new(rule, place(document, item), message).help(help));
    }
}

/// A title that fits a message.
pub(super) fn shorten(title: &str) -> String {
    const MOST: usize = 60;
    let line = title.lines().next().unwrap_or_default().trim();
    if line.chars().count() <= MOST {
        return line.to_owned();
    }
    let short: String = line.chars().take(MOST - 1).collect();
    format!("{}…", short.trim_end())
}
