//! The issues of a status page that is made of Markdown, such as those of cState and of what came from it: which
//! services an incident affects, how badly, from when to when.
//!
//! Such a page counts the downtime from `date` to the moment of the resolution; so a `date` with a clock is where the
//! impact begins.

use super::{has, is_time, put};
use crate::{
    data::{Entry, Node, Value},
    parse::{locale::Lexicon, times},
};

/// The keys of the services.
pub(super) const AFFECTED: [&str; 2] = ["affected", "affectedsystems"];
const RESOLVED: [&str; 3] = ["resolvedWhen", "resolvedDate", "resolved_on"];
/// The keys of the list of updates, and those of the time and the words of one.
const UPDATES: [&str; 4] = ["updates", "incident_updates", "status_updates", "incident_states"];
const AT: [&str; 6] = ["date", "time", "at", "timestamp", "created_at", "when"];
const SAYS: [&str; 6] = ["content", "body", "message", "text", "description", "update"];
const SEVERITY: [&str; 1] = ["max_severity"];

/// What concerns only the page. Its `status` is that of the incident, not of the text.
const PAGE: [&str; 10] = [
    "section",
    "resolved",
    "status",
    "informational",
    "pin",
    "pinned",
    "current_severity",
    "duration",
    "twitterFeed",
    "enableComments",
];

/// Turns the keys of a status page into ours, where this is one.
pub(super) fn adapt(words: &Lexicon, entries: &mut Vec<Entry>) {
    if !is_issue(entries) {
        return;
    }
    let date = entries.iter().find(|entry| entry.key == "date").cloned();
    let clock = |entry: &Entry| {
        entry
            .value
            .text()
            .and_then(|text| times::lead(words, text))
            .is_some_and(|stamp| stamp.clock.is_some())
    };
    // A page that was written when all was over has the end for its day.
    let is_the_end = |date: &Entry| {
        let mut ends = entries.iter().filter(|entry| RESOLVED.contains(&entry.key.as_str()));
        ends.any(|end| end.value.text() == date.value.text())
    };
    if let Some(date) = date.filter(|date| clock(date) && !is_the_end(date)) {
        put(words, entries, "times.started", date);
    }
    let moves = [(&AFFECTED[..], "services"), (&RESOLVED[..], "times.resolved"), (&SEVERITY[..], "severity")];
    for (keys, ours) in moves {
        while let Some(at) = entries.iter().position(|entry| keys.contains(&entry.key.as_str())) {
            let entry = entries.remove(at);
            put(words, entries, ours, entry);
        }
    }
    entries.retain(|entry| !PAGE.contains(&entry.key.as_str()));
    updates(words, entries);
}

/// Makes a timeline of the list of updates; one without a time of its own says no moment.
fn updates(words: &Lexicon, entries: &mut [Entry]) {
    if has(entries, "timeline") {
        return;
    }
    let Some(entry) = entries.iter_mut().find(|entry| is_updates(entry)) else { return };
    let Value::List(items) = &entry.value.value else { return };
    let events: Vec<Node> = items.iter().filter_map(|item| update(words, item)).collect();
    if !events.is_empty() {
        "timeline".clone_into(&mut entry.key);
        entry.value.value = Value::List(events);
    }
}

/// The event that an update is.
fn update(words: &Lexicon, item: &Node) -> Option<Node> {
    let part = |keys: &[&str], key: &str| {
        let entry = item.entries().iter().find(|entry| keys.contains(&entry.key.as_str()))?;
        entry.value.text()?;
        Some(Entry { key: key.to_owned(), ..entry.clone() })
    };
    let (at, event) = (part(&AT, "at")?, part(&SAYS, "event")?);
    let is_moment = at.value.text().is_some_and(|text| is_time(words, text));
    is_moment.then(|| Node::new(item.span, Value::Table(vec![at, event])))
}

/// True for a list of tables, the first with the words of an update.
fn is_updates(entry: &Entry) -> bool {
    let says = |item: &Node| item.entries().iter().any(|entry| SAYS.contains(&entry.key.as_str()));
    UPDATES.contains(&entry.key.as_str())
        && matches!(&entry.value.value, Value::List(items) if items.first().is_some_and(says))
}

/// True where at least two of the four marks of such an issue stand.
fn is_issue(entries: &[Entry]) -> bool {
    let any = |keys: &[&str]| keys.iter().any(|key| has(entries, key));
    let is_section = entries
        .iter()
        .any(|entry| entry.key == "section" && entry.value.value == Value::String("issue".to_owned()));
    let is_resolved = any(&RESOLVED)
        || entries.iter().any(|entry| entry.key == "resolved" && matches!(entry.value.value, Value::Bool(_)));
    let has_updates = entries.iter().any(is_updates);
    [is_section, is_resolved, any(&AFFECTED), has_updates].into_iter().filter(|mark| *mark).count() >= 2
}
