//! From when to when it lasted, under one key that teams have for it: `incident_window: 2026-03-14T13:02Z → 14:20`.

use super::put;
use crate::{
    data::{Entry, Value},
    parse::{
        locale::{Lexicon, Meaning},
        times,
    },
    source::Span,
};

/// What stands between the two ends beside the words of every language.
const BETWEEN: [&str; 6] = [" → ", " -> ", " – ", " — ", " - ", "/"];
/// In how many places the second end is looked for.
const PLACES: usize = 16;

/// Makes the two ends out of a key that has the name of such a fact. Only moments that are written in full count; a key
/// that has none stays as it is.
pub(super) fn adapt(words: &Lexicon, entries: &mut Vec<Entry>) {
    let named = |entry: &Entry| words.meaning(&entry.key.replace(['_', '-'], " ")) == Some(Meaning::Window);
    let Some(at) = entries.iter().position(|entry| named(entry) && ends(words, entry).0.is_some()) else {
        return;
    };
    let entry = entries.remove(at);
    let (started, ended) = ends(words, &entry);
    for (key, end) in [("times.started", started), ("times.ended", ended)] {
        if let Some(end) = end {
            put(words, entries, key, end);
        }
    }
}

/// The two ends of a window, each as an entry of its own.
fn ends(words: &Lexicon, entry: &Entry) -> (Option<Entry>, Option<Entry>) {
    let Value::String(text) = &entry.value.value else { return (None, None) };
    let end = |from: usize| {
        // The word between the two is no part of the second.
        let from = if begins_with_between(words, text.get(from..)?) {
            from + text.get(from..)?.find(char::is_whitespace)? + 1
        } else {
            from
        };
        let stamp = times::lead(words, text.get(from..)?)?;
        let is_whole = stamp.date.is_some_and(times::Written::has_year) && stamp.clock.is_some();
        let (start, end) = (from + stamp.start, from + stamp.end);
        let mut entry = entry.clone();
        entry.value.value = Value::String(text.get(start..end).filter(|_| is_whole)?.to_owned());
        // The marks around a text are no part of what it says.
        let marks = (entry.value.span.end - entry.value.span.start).saturating_sub(text.len()) / 2;
        let place = entry.value.span.start + marks;
        entry.value.span = Span::new(place + start, place + end);
        Some(entry)
    };
    let mut behind: Vec<usize> = text
        .match_indices(char::is_whitespace)
        .map(|(at, _)| at + 1)
        .filter(|at| begins_with_between(words, text.get(*at..).unwrap_or_default()))
        .chain(BETWEEN.iter().flat_map(|mark| text.match_indices(mark)).map(|(at, mark)| at + mark.len()))
        .take(PLACES)
        .collect();
    behind.sort_unstable();
    (end(0), behind.into_iter().find_map(end))
}

/// True for a text that begins with a word between two ends: `to`, `bis`. A time may follow.
fn begins_with_between(words: &Lexicon, text: &str) -> bool {
    text.split_once(char::is_whitespace).is_some_and(|(word, _)| words.times.is_between(&word.to_lowercase()))
}
