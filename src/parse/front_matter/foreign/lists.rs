//! Several names under one key: as a list, as one text with commas, as tables that have a name.

use super::{LISTS, status_page, tools};
use crate::{
    data::{Entry, Node, Value},
    source::Span,
};

/// Where a table has the name of what it describes: an author, or a tag with its page.
const NAMES: [&str; 3] = ["name", "label", "title"];

/// Makes lists of names of whatever way they are written in. With `by_space`, the words of a text are tags.
pub(super) fn tidy(entries: &mut [Entry], document: &str, by_space: bool) {
    for entry in entries {
        let ours = tools::meaning(&entry.key).unwrap_or(&entry.key);
        let by_space = by_space && ours == "tags";
        if LISTS.contains(&ours) || status_page::AFFECTED.contains(&ours) {
            names(&mut entry.value, document, by_space);
        }
    }
}

fn names(node: &mut Node, document: &str, by_space: bool) {
    match &mut node.value {
        Value::String(text) => {
            let parts = split(text, node.span, document, by_space);
            if parts.len() > 1 {
                node.value = Value::List(parts);
            }
        }
        Value::List(items) => items.iter_mut().for_each(name_of),
        Value::Table(_) => name_of(node),
        _ => {}
    }
}

/// The name of a table in its place; what has none stays, and is a finding.
fn name_of(node: &mut Node) {
    let name = NAMES.iter().find_map(|key| node.get(key).filter(|name| name.text().is_some()));
    if let Some(name) = name.cloned() {
        *node = name;
    }
}

/// The parts of a text between commas or, without any, between spaces; each with its place.
fn split(text: &str, span: Span, document: &str, by_space: bool) -> Vec<Node> {
    let parts: Vec<&str> = match text.contains(',') {
        true => text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect(),
        false if by_space => text.split_whitespace().collect(),
        false => vec![text],
    };
    let mut from = span.start;
    parts
        .into_iter()
        .map(|part| {
            let written = document.get(from..span.end).unwrap_or_default();
            let place = written.find(part).map_or(span, |at| Span::new(from + at, from + at + part.len()));
            from = if place == span { from } else { place.end };
            Node::new(place, Value::String(part.to_owned()))
        })
        .collect()
}
