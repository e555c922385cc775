//! Where in a TOML text a key is set.

use super::{
    Step, Value,
    front_matter::{find, find_entry, table_name},
    order::rank,
    place::{behind_opening_comments, holds_comment, line, out_of_braces, own_lines, place},
    text::{line_start, next_line},
};
use crate::{
    data::{Entry, Node, Value as Read},
    model::Format,
    source::Edit,
};

/// The edit that sets a key; none for a form that is not known here.
pub(super) fn edit(text: &str, root: &Node, path: &[Step<'_>], value: &Value) -> Option<Edit> {
    let written = value.written(Format::Toml);
    if let Some(node) = find(root, path) {
        let replaceable = !matches!(node.value, Read::Table(_))
            && !is_under_header(text, node)
            && !holds_comment(text, node);
        return replaceable.then(|| Edit::new(node.span, written));
    }
    let (Step::Key(key), way) = path.split_last()? else { return None };
    let name = match way.last() {
        Some(Step::Key(name)) => Some(*name),
        _ => None,
    };
    match find(root, way) {
        Some(table) => into_table(text, root, table, table_name(way), key, &written),
        // Only a table at the top can be begun.
        None => name.filter(|_| way.len() == 1).map(|name| new_table(text, root, name, key, &written)),
    }
}

/// The edit that takes a key away with its line, or out of the braces in which it stands; none where it shares its line
/// with something else.
pub(super) fn removal(text: &str, root: &Node, path: &[Step<'_>]) -> Option<Edit> {
    let entry = find_entry(root, path)?;
    let within = || {
        let (_, way) = path.split_last()?;
        out_of_braces(text, find(root, way)?, entry, |entry| end(&entry.value))
    };
    own_lines(text, entry.key_span.start, end(&entry.value))
        .filter(|_| !is_under_header(text, &entry.value))
        .or_else(within)
}

/// True for a table with a `[header]`, and for a list of such tables.
fn is_under_header(text: &str, node: &Node) -> bool {
    let begins = |node: &Node| text.get(node.span.start..).is_some_and(|rest| rest.starts_with('['));
    match &node.value {
        Read::Table(_) => begins(node),
        Read::List(items) => {
            items.first().is_some_and(|item| matches!(item.value, Read::Table(_)) && begins(item))
        }
        _ => false,
    }
}

/// The last byte that belongs to a value, that of tables in it included.
fn end(node: &Node) -> usize {
    let inner = match &node.value {
        Read::Table(entries) => entries.iter().map(|entry| end(&entry.value)).max(),
        Read::List(items) => items.iter().map(end).max(),
        _ => None,
    };
    node.span.end.max(inner.unwrap_or_default())
}

fn into_table(
    text: &str,
    root: &Node,
    table: &Node,
    name: Option<&str>,
    key: &str,
    written: &str,
) -> Option<Edit> {
    let Read::Table(entries) = &table.value else { return None };
    let is_root = table.span == root.span;
    let opening = text.get(table.span.start..)?.chars().next();
    if !is_root && opening == Some('{') {
        return Some(match entries.last() {
            Some(last) => Edit::insert(end(&last.value), format!(", {key} = {written}")),
            None if holds_comment(text, table) => return None,
            None => Edit::new(table.span, format!("{{ {key} = {written} }}")),
        });
    }
    if !is_root && opening != Some('[') {
        // `times.started = …`: the next line begins in the same way.
        let last = entries.last()?;
        let before = text.get(line_start(text, last.key_span.start)..last.key_span.start)?;
        return Some(line(text, next_line(text, end(&last.value)), &format!("{before}{key} = {written}")));
    }
    let plain: Vec<&Entry> = entries.iter().filter(|entry| !is_under_header(text, &entry.value)).collect();
    let new = format!("{key} = {written}");
    let Some(at) = place(text, &plain, name, key, |entry| end(&entry.value)) else {
        let at = if is_root { behind_opening_comments(text) } else { next_line(text, table.span.end) };
        let new = if is_root && at < text.len() { format!("{new}\n") } else { new };
        return Some(line(text, at, &new));
    };
    Some(line(text, at, &new))
}

/// Begins a table, at its place among the others.
fn new_table(text: &str, root: &Node, name: &str, key: &str, written: &str) -> Edit {
    let own = rank(None, name);
    let follows = root
        .entries()
        .iter()
        .filter(|entry| is_under_header(text, &entry.value))
        .find(|entry| rank(None, &entry.key) > own);
    let before = root
        .entries()
        .iter()
        .filter(|entry| follows.is_none_or(|next| entry.key_span.start < next.key_span.start))
        .map(|entry| end(&entry.value))
        .max();
    let at = match (follows, before) {
        (Some(_), Some(before)) => next_line(text, before),
        (Some(next), None) => line_start(text, next.value.span.start),
        (None, _) => text.len(),
    };
    let (above, below) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
    let is_blank = |line: Option<&str>| line.is_none_or(|line| line.trim().is_empty());
    let gap = |is_there: bool| if is_there { "" } else { "\n" };
    let (first, last) = (gap(is_blank(above.lines().next_back())), gap(is_blank(below.lines().next())));
    line(text, at, &format!("{first}[{name}]\n{key} = {written}{last}"))
}
