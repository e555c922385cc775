//! What the rules about action items share: which items are asked, where they are underlined, and how many lines a
//! list that lacks something everywhere gets.

use crate::{
    check::rule::{Document, first_line},
    diagnostic::Finding,
    model::ActionItem,
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

/// Reports items that lack something: one by one when they are few, else all of them in one finding, so that a list
/// that lacks it everywhere is one line of a report.
pub(super) fn report_lacking(
    document: &Document<'_>,
    rule: &'static str,
    what: &str,
    help: &str,
    has: impl Fn(&ActionItem) -> bool,
    findings: &mut Vec<Finding>,
) {
    const FEW: usize = 2;
    const SHOWN: usize = 4;
    let items = unfinished(document);
    let lacking: Vec<&&ActionItem> = items.iter().filter(|item| !has(item)).collect();
    if lacking.len() <= FEW {
        findings.extend(lacking.iter().map(|item| {
            let message = format!("action item `{}` has no {what}", shorten(&item.title));
            Finding::new(rule, place(document, item), message).help(help)
        }));
        return;
    }
    let (all, some) = (items.len(), lacking.len());
    let message = if some == all {
        format!("none of the {all} open action items has {} {what}", article(what))
    } else {
        format!("{some} of the {all} open action items have no {what}")
    };
    let Some((first, others)) = lacking.split_first() else { return };
    let finding = Finding::new(rule, place(document, first), message).help(help);
    findings.push(
        others.iter().take(SHOWN).fold(finding, |finding, item| finding.also(place(document, item), "")),
    );
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
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
