//! Marks that say which milestone an event is: `[detected]` at either end, or a bold word in front.

use std::borrow::Cow;

use crate::{
    model::Milestone,
    parse::{inline::Inline, locale::Lexicon, text::first_of},
    source::floor_boundary,
};

/// A name of a milestone is at most this long, in bytes.
const LONGEST_NAME: usize = 60;

/// Takes the mark in square brackets off one end of a text, if it has one.
pub(super) fn take_mark<'t>(words: &Lexicon, text: &'t Inline) -> (Cow<'t, Inline>, Option<Milestone>) {
    let whole = text.text.trim_end();
    if let Some(start) = whole.strip_suffix(']').and_then(|inner| inner.rfind('['))
        && let Some(milestone) = whole.get(start + 1..whole.len() - 1).and_then(|mark| words.milestone(mark))
    {
        return (Cow::Owned(text.slice(0..start)), Some(milestone));
    }
    if let Some(end) = whole.strip_prefix('[').and_then(|inner| inner.find(']'))
        && let Some(milestone) = whole.get(1..end + 1).and_then(|mark| words.milestone(mark))
    {
        return (Cow::Owned(text.from(end + 2)), Some(milestone));
    }
    (Cow::Borrowed(text), None)
}

/// The milestone that a word for where things stand names.
pub(super) fn named(words: &Lexicon, label: &Inline) -> Option<Milestone> {
    words.milestone(label.text.trim_end_matches([':', '：', ' ']))
}

/// The milestone that the words in front of a colon or a dash name, or bold words at the beginning of a text:
/// `Detected: the pager`. A text that is nothing but such words tells it rather than marks it.
pub(super) fn own_mark(words: &Lexicon, text: &Inline) -> Option<Milestone> {
    let line = text.text.lines().next()?;
    let near = line.get(..floor_boundary(line, LONGEST_NAME + " — ".len())).unwrap_or_default();
    let head = || first_of(near, &[":", "：", " - ", " – ", " — "]);
    [text.bold_lead(), head().filter(|end| *end <= LONGEST_NAME)]
        .into_iter()
        .flatten()
        .find_map(|end| words.milestone(line.get(..end)?.trim_end_matches([':', '：', ' '])))
}
