//! The issues of a status page that is made of Markdown, such as those of cState and of what came from it: which
//! services an incident affects, how badly, from when to when.
//!
//! Such a page counts the downtime from `date` to the moment of the resolution; so a `date` with a clock is where the
//! impact begins.

use super::{has, put};
use crate::{
    data::{Entry, Value},
    parse::{locale::Lexicon, times},
};

/// The keys of the services.
pub(super) const AFFECTED: [&str; 2] = ["affected", "affectedsystems"];
const RESOLVED: [&str; 2] = ["resolvedWhen", "resolved_on"];
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
}

/// True where at least two of the three marks of such an issue stand.
fn is_issue(entries: &[Entry]) -> bool {
    let any = |keys: &[&str]| keys.iter().any(|key| has(entries, key));
    let is_section = entries
        .iter()
        .any(|entry| entry.key == "section" && entry.value.value == Value::String("issue".to_owned()));
    let is_resolved = any(&RESOLVED)
        || entries.iter().any(|entry| entry.key == "resolved" && matches!(entry.value.value, Value::Bool(_)));
    [is_section, is_resolved, any(&AFFECTED)].into_iter().filter(|mark| *mark).count() >= 2
}
