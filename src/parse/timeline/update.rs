//! Status updates: `Update 14:05 UTC: …`, and those whose time stands at their end, `*Resolved* - … 2026-03-14 14:05`.
//!
//! Status pages write what is known at the moment, each update under a word for where things stand.

use crate::parse::{
    inline::Inline,
    locale::Lexicon,
    times::{self, Stamp},
};

/// The longest label, in words.
const LABEL_WORDS: usize = 2;

/// One update.
#[derive(Debug)]
pub(super) struct Update {
    pub(super) stamp: Stamp,
    /// The text that the stamp was read from.
    pub(super) whole: Inline,
    /// The word for where things stand.
    pub(super) label: Inline,
    /// What it says.
    pub(super) text: Inline,
}

/// Reads a text that is an update; one that begins with its time is none.
pub(super) fn read(words: &Lexicon, text: &Inline) -> Option<Update> {
    labelled(words, text).filter(|update| !update.text.is_blank())
}

/// Reads a line that stands above the text of an update: `### Investigating (13:02 UTC)`.
pub(super) fn read_heading(words: &Lexicon, text: &Inline) -> Option<Update> {
    labelled(words, text)
}

/// A label, and a time behind it, at the end or on the last line.
fn labelled(words: &Lexicon, text: &Inline) -> Option<Update> {
    let end = label(words, text)?;
    let label = text.slice(0..end);
    let behind = text.from(end);
    if let Some(stamp) = times::lead(words, &behind.text).filter(|stamp| stamp.clock.is_some()) {
        let text = behind.from(stamp.rest);
        return Some(Update { stamp, whole: behind, label, text });
    }
    let lines = behind.lines();
    let (last, _) = lines.split_last()?;
    let whole = times::whole(words, &last.text).filter(|stamp| stamp.clock.is_some());
    // Behind a sentence only a moment that is complete is the time of the update.
    let stamp = whole.or_else(|| {
        times::tail(words, &last.text).filter(|stamp| stamp.clock.is_some() && stamp.date.is_some())
    })?;
    let text = behind.slice(0..behind.text.len().saturating_sub(last.text.len()) + stamp.start);
    Some(Update { stamp, whole: last.clone(), label, text: without_separator(&text) })
}

/// The end of the label that a text begins with.
fn label(words: &Lexicon, text: &Inline) -> Option<usize> {
    let mut end = 0;
    let mut found = None;
    for word in text.text.split_inclusive(char::is_whitespace).take(LABEL_WORDS) {
        let whole = end + word.trim_end().len();
        end += word.len();
        let name = text.text.get(..whole)?.trim_end_matches([':', '-', '–', '—', ' ']);
        if name.ends_with(char::is_alphabetic) && words.is_update(name) {
            found = Some(name.len());
        }
    }
    found
}

fn without_separator(text: &Inline) -> Inline {
    let said = text.text.trim_start_matches([' ', ':', '-', '–', '—', '|']);
    text.from(text.text.len() - said.len())
}
