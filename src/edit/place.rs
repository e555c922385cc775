//! Where among its neighbours a new line stands, in TOML and YAML alike.

use super::{
    order::rank,
    text::{line_start, next_line},
};
use crate::{
    data::{Entry, Node, Value as Read},
    source::{Edit, Span},
};

/// True for a list or table in brackets that may have a comment between them, which would go with them.
pub(super) fn holds_comment(text: &str, node: &Node) -> bool {
    matches!(node.value, Read::List(_) | Read::Table(_))
        && text.get(node.span.start..node.span.end).is_some_and(|written| written.contains('#'))
}

/// Behind which of its neighbours a key comes: behind the last that it usually follows, else before the first that
/// usually follows it; none in a table without plain keys.
pub(super) fn place(
    text: &str,
    entries: &[&Entry],
    table: Option<&str>,
    key: &str,
    end: impl Fn(&Entry) -> usize,
) -> Option<usize> {
    let own = rank(table, key);
    let is_known = |entry: &&&Entry| rank(table, &entry.key) != usize::MAX;
    let before = entries.iter().filter(|entry| rank(table, &entry.key) < own && own != usize::MAX);
    if let Some(before) = before.max_by_key(|entry| rank(table, &entry.key)) {
        return Some(next_line(text, end(before)));
    }
    if let Some(after) = entries.iter().filter(is_known).find(|entry| rank(table, &entry.key) > own) {
        let at = line_start(text, after.key_span.start);
        let above = text.get(..at)?.lines().next_back().unwrap_or_default();
        let stands_alone =
            text.get(at..after.key_span.start)?.trim_start_matches(['"', '\'']).trim().is_empty();
        if stands_alone && !above.trim_start().starts_with('#') {
            return Some(at);
        }
    }
    entries.iter().map(|entry| next_line(text, end(entry))).max()
}

/// Behind the comments that a text opens with, when a blank line sets them off; else its beginning.
pub(super) fn behind_opening_comments(text: &str) -> usize {
    let mut at = 0;
    while let Some(line) = text.get(at..next_line(text, at)).filter(|line| !line.is_empty()) {
        if line.trim().is_empty() {
            return at + line.len();
        }
        if !line.trim_start().starts_with('#') {
            return 0;
        }
        at += line.len();
    }
    at
}

/// Takes a key away from a table in braces, with the comma beside it; none where a comment would go with it.
pub(super) fn out_of_braces(
    text: &str,
    table: &Node,
    entry: &Entry,
    end: impl Fn(&Entry) -> usize,
) -> Option<Edit> {
    let Read::Table(entries) = &table.value else { return None };
    if !text.get(table.span.start..)?.starts_with('{') {
        return None;
    }
    let at = entries.iter().position(|other| other.key_span == entry.key_span)?;
    let before = at.checked_sub(1).and_then(|at| entries.get(at));
    let cut = match (entries.get(at + 1), before) {
        (Some(next), _) => Span::new(entry.key_span.start, next.key_span.start),
        (None, Some(before)) => Span::new(end(before), end(entry)),
        (None, None) => Span::new(entry.key_span.start, end(entry)),
    };
    let kept = |from: usize, to: usize| text.get(from..to).is_some_and(|between| !between.contains('#'));
    (kept(cut.start, entry.key_span.start.max(cut.start)) && kept(end(entry), cut.end.max(end(entry))))
        .then(|| Edit::delete(cut))
}

/// Takes the lines from the byte `start` to the byte `end` away, when nothing but a comment stands beside it there.
pub(super) fn own_lines(text: &str, start: usize, end: usize) -> Option<Edit> {
    let (first, next) = (line_start(text, start), next_line(text, end));
    let before = text.get(first..start)?.trim_start_matches(['"', '\'']);
    let behind = text.get(end..next)?.trim();
    let is_alone = before.trim().is_empty() && (behind.is_empty() || behind.starts_with('#'));
    is_alone.then(|| Edit::delete(Span::new(first, next)))
}

/// Inserts a line before the byte `at`, which begins one or ends the text.
pub(super) fn line(text: &str, at: usize, new: &str) -> Edit {
    let is_joined = text.get(..at).is_some_and(|above| !above.is_empty() && !above.ends_with('\n'));
    Edit::insert(at, format!("{}{new}\n", if is_joined { "\n" } else { "" }))
}
