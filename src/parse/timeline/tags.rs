//! Marks that say which milestone an event is: `[detected]` at either end, or a bold word in front.

use crate::{
    model::Milestone,
    parse::{inline::Inline, labels},
};

/// Takes the mark in square brackets off one end of a text.
pub(super) fn take_mark(text: &Inline) -> (Inline, Option<Milestone>) {
    let whole = text.text.trim_end();
    if let Some(start) = whole.strip_suffix(']').and_then(|inner| inner.rfind('['))
        && let Some(milestone) = whole.get(start + 1..whole.len() - 1).and_then(mark)
    {
        return (text.slice(0..start), Some(milestone));
    }
    if let Some(end) = whole.strip_prefix('[').and_then(|inner| inner.find(']'))
        && let Some(milestone) = whole.get(1..end + 1).and_then(mark)
    {
        return (text.from(end + 2), Some(milestone));
    }
    (text.clone(), None)
}

fn mark(word: &str) -> Option<Milestone> {
    labels::milestone(word)
}

/// The milestone that the bold words at the beginning of a text name: `**Detected**: the pager`.
pub(super) fn bold_mark(text: &Inline) -> Option<Milestone> {
    let end = text.bold_lead()?;
    labels::milestone(text.text.get(..end)?.trim_end_matches([':', '：', ' ']))
}
