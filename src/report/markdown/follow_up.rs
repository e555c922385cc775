//! Follow-up work: what a change adds, closes and puts off; and earlier incidents like these, with what is still open.

use std::collections::BTreeMap;

use super::{About, Described};
use crate::{
    aggregate::{ActionEntry, Reason, Related},
    change::ActionChange,
    model::{ActionItem, ActionStatus, Postmortem},
    report::{
        Report,
        inert::{code, inert},
        markdown::findings::shortened,
    },
    words::Count,
};

/// So many items of a kind are listed.
const ITEMS: usize = 10;

/// So many earlier incidents of a document are named, with so many of their open items.
const SIMILAR: usize = 3;
const OPEN: usize = 4;

/// Beyond so many documents, likenesses would fill the page.
const DOCUMENTS: usize = 5;

/// The action items of a change; without a change, the unfinished ones of the documents.
pub(super) fn lines(report: &Report<'_>, about: &About<'_>, described: &[Described<'_>]) -> Vec<String> {
    let several = described.len() > 1;
    let of = |postmortem: &Postmortem| {
        if several { format!(", in {}", inert(&shortened(&postmortem.title.value))) } else { String::new() }
    };
    let Some(since) = &report.since else {
        let places: Vec<usize> = described.iter().map(|one| one.place).collect();
        let open: Vec<String> = entries(about, &places)
            .into_iter()
            .filter(|entry| entry.status.is_unfinished())
            .filter_map(|entry| {
                let (postmortem, item) = entry.item(about.archive)?;
                Some(format!("- {}{}", item_words(item, Some(entry)), of(postmortem)))
            })
            .collect();
        return section("unfinished", open, "**Action items:**");
    };
    let changes: Vec<ActionChange<'_>> = since.base.actions(about.archive);
    let in_scope = |change: &&ActionChange<'_>| {
        let held = change.now.or(change.before);
        held.is_some_and(|held| change.now.is_none() || report.documents.contains(&*held.postmortem.path))
    };
    let counted: BTreeMap<&str, &ActionEntry> = about
        .summary
        .actions
        .entries
        .iter()
        .filter_map(|entry| Some((entry.item(about.archive)?.1.id.as_str(), entry)))
        .collect();
    let mut groups: Vec<(&str, Vec<String>)> =
        ["new", "closed", "reopened", "put off", "gone"].map(|word| (word, Vec::new())).into();
    for change in changes.iter().filter(in_scope) {
        let Some(held) = change.now.or(change.before) else { continue };
        let entry = change.now.and_then(|now| counted.get(now.item.id.as_str()).copied());
        let (word, note) = match change {
            ActionChange { before: None, .. } => ("new", String::new()),
            ActionChange { now: None, .. } => ("gone", String::new()),
            _ if change.is_closed() && held.item.status.value == ActionStatus::WontDo => {
                ("closed", " as won't do".to_owned())
            }
            _ if change.is_closed() => ("closed", String::new()),
            _ if change.is_reopened() => ("reopened", String::new()),
            _ => match change.slip() {
                Some((from, to)) => ("put off", format!(" from {from} to {to}")),
                None => continue,
            },
        };
        if let Some((_, lines)) = groups.iter_mut().find(|(name, _)| *name == word) {
            lines.push(format!("- {word}{note}: {}{}", item_words(held.item, entry), of(held.postmortem)));
        }
    }
    let counts: Vec<String> = groups
        .iter()
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(word, lines)| format!("{} {word}", lines.len()))
        .collect();
    if counts.is_empty() {
        return Vec::new();
    }
    let head = format!("**Action items:** {}\n", counts.join(", "));
    let listed = groups.into_iter().flat_map(|(word, lines)| cut(lines, word));
    [head].into_iter().chain(listed).chain([String::new()]).collect()
}

/// Earlier incidents that the documents resemble, and what is still to be done about them.
pub(super) fn similar(about: &About<'_>, described: &[Described<'_>]) -> Vec<String> {
    let mut lines = Vec::new();
    for one in described.iter().take(DOCUMENTS) {
        let related = about.summary.related.of(about.archive, one.place);
        let earlier = related.iter().filter_map(|related| {
            let other = about.archive.postmortems().get(related.postmortem)?;
            (is_earlier(other, one.postmortem) && is_likeness(related)).then_some((related, other))
        });
        let earlier: Vec<String> =
            earlier.take(SIMILAR).flat_map(|(related, other)| likeness(about, related, other)).collect();
        if earlier.is_empty() {
            continue;
        }
        let of = if described.len() > 1 {
            format!(" {}", inert(&shortened(&one.postmortem.title.value)))
        } else {
            " this one".to_owned()
        };
        lines.push(format!("**Similar incidents before{of}:**\n"));
        lines.extend(earlier);
        lines.push(String::new());
    }
    lines
}

fn is_earlier(other: &Postmortem, this: &Postmortem) -> bool {
    let day = |postmortem: &Postmortem| postmortem.date.as_ref().map(|date| date.value);
    day(other) < day(this)
}

/// One thing in common is too little to bother a reader with, unless a document says so.
fn is_likeness(related: &Related) -> bool {
    related.reasons.len() > 1 || related.is_stated()
}

fn likeness(about: &About<'_>, related: &Related, other: &Postmortem) -> Vec<String> {
    let mut open = entries(about, &[related.postmortem]);
    open.retain(|entry| entry.status.is_unfinished());
    let head = format!(
        "- **{}** ({}, {}): {}; {}",
        inert(&shortened(&other.title.value)),
        other.date_text(),
        code(&other.id.value),
        reasons(related),
        match open.len() {
            0 => "no action item is open".to_owned(),
            1 => "1 action item is still open:".to_owned(),
            more => format!("{} are still open:", Count(more, "action item")),
        }
    );
    let items: Vec<String> = open
        .into_iter()
        .filter_map(|entry| Some(format!("  - {}", item_words(entry.item(about.archive)?.1, Some(entry)))))
        .collect();
    let more = items.len().saturating_sub(OPEN);
    let more = (more > 0).then(|| format!("  - and {more} more"));
    [head].into_iter().chain(items.into_iter().take(OPEN)).chain(more).collect()
}

/// Why they belong together: `this document names it; the same factors Capacity and Expiry; the same service Ledger`.
fn reasons(related: &Related) -> String {
    Reason::told(&related.reasons, |reason, name| match reason {
        Reason::Alert(_) | Reason::Error(_) | Reason::Name(_) => code(&shortened(name)),
        _ => inert(&shortened(name)),
    })
}

/// The items of the postmortems at these places, the most pressing first.
fn entries<'a>(about: &About<'a>, places: &[usize]) -> Vec<&'a ActionEntry> {
    about.summary.actions.entries.iter().filter(|entry| places.contains(&entry.postmortem)).collect()
}

/// What is to be done, how urgent, by whom, until when.
fn item_words(item: &ActionItem, entry: Option<&ActionEntry>) -> String {
    let due = entry.and_then(|entry| entry.due).or(item.due.as_ref().map(|due| due.value));
    let overdue = if entry.is_some_and(|entry| entry.is_overdue) { ", overdue" } else { "" };
    let owner = item.owner.as_ref().map(|owner| inert(&shortened(&owner.value)));
    let is_unfinished = item.status.value.is_unfinished();
    let facts = [
        item.priority.as_ref().map(|priority| inert(&shortened(&priority.value))),
        owner.or_else(|| is_unfinished.then(|| "no owner".to_owned())),
        due.filter(|_| is_unfinished).map(|due| format!("due {due}{overdue}")),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let title = inert(&shortened(&item.title));
    if facts.is_empty() { title } else { format!("{title} ({})", facts.join(", ")) }
}

fn section(word: &'static str, lines: Vec<String>, head: &str) -> Vec<String> {
    if lines.is_empty() {
        return Vec::new();
    }
    let head = format!("{head} {} {word}\n", lines.len());
    [head].into_iter().chain(cut(lines, word)).chain([String::new()]).collect()
}

fn cut(mut lines: Vec<String>, word: &str) -> Vec<String> {
    let more = lines.len().saturating_sub(ITEMS);
    lines.truncate(ITEMS);
    lines.extend((more > 0).then(|| format!("- and {more} more {word}")));
    lines
}
