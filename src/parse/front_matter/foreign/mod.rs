//! Front matter that was written for another tool: what it says is used, what concerns only that tool is passed over.
//!
//! `tools.toml` has the keys, `tools` moves them; `status_page` knows the issues of a status page, `lists` the ways to
//! write several names. Nothing here knows what a key of ours means.

mod lists;
mod status_page;
mod tools;
mod windows;

pub(in crate::parse) use tools::meaning;

#[cfg(test)]
mod tests;

use crate::{
    data::{Entry, Node, Value},
    parse::{locale::Lexicon, times},
};

/// The keys of ours that hold several names.
const LISTS: [&str; 6] = ["services", "teams", "tags", "factors", "authors", "related"];

/// Turns the keys of other tools into ours. `document` is the text in which the node has its places.
pub(super) fn adapt(words: &Lexicon, node: &mut Node, document: &str) {
    let Value::Table(entries) = &mut node.value else { return };
    // Jekyll takes the words of one text for several tags; `layout` tells that it is the reader.
    let by_space = has(entries, "layout");
    let tidy = |entries: &mut Vec<Entry>| {
        tools::same_case(entries);
        lists::tidy(entries, document, by_space);
    };
    tidy(entries);
    status_page::adapt(words, entries);
    draft(entries);
    tools::lift(words, entries, tidy);
    tools::translate(words, entries);
    windows::adapt(words, entries);
    summaries(entries);
}

/// What is told of a cause or an impact in a sentence or a list, and not in a table of its parts, is its summary. A single
/// word for the impact is a level of somebody else's.
fn summaries(entries: &mut [Entry]) {
    for entry in entries.iter_mut().filter(|entry| ["impact", "root_cause"].contains(&entry.key.as_str())) {
        let text = match &entry.value.value {
            Value::String(text) => Some(text.clone()),
            Value::List(parts) => {
                parts.iter().map(Node::text).collect::<Option<Vec<_>>>().map(|parts| parts.join(", "))
            }
            _ => None,
        };
        let is_level = |text: &String| entry.key == "impact" && !text.trim().contains(char::is_whitespace);
        let Some(text) = text.filter(|text| !is_level(text)) else { continue };
        let summary = Node::new(entry.value.span, Value::String(text));
        let key = Entry { key: "summary".to_owned(), key_span: entry.key_span, value: summary };
        entry.value = Node::new(entry.value.span, Value::Table(vec![key]));
    }
}

fn has(entries: &[Entry], key: &str) -> bool {
    entries.iter().any(|entry| entry.key == key)
}

/// Hugo, Zola, Jekyll, Docusaurus: a draft is not published.
fn draft(entries: &mut Vec<Entry>) {
    let Some(at) = entries.iter().position(|entry| entry.key == "draft") else { return };
    let mut entry = entries.remove(at);
    if entry.value.value == Value::Bool(true) && !has(entries, "status") {
        "status".clone_into(&mut entry.key);
        entry.value.value = Value::String("draft".to_owned());
        entries.push(entry);
    }
}

/// Puts a value under a key of ours, which may be one of `times`. Names are added to those that are there; of all else
/// what is there stays. Gives back what is no time where one belongs.
fn put(words: &Lexicon, entries: &mut Vec<Entry>, key: &str, mut entry: Entry) -> Option<Entry> {
    if let Some(milestone) = key.strip_prefix("times.") {
        if milestone != "zone" && !entry.value.text().is_some_and(|text| is_time(words, text)) {
            return Some(entry);
        }
        milestone.clone_into(&mut entry.key);
        let time = entry;
        match entries.iter_mut().find(|entry| entry.key == "times").map(|entry| &mut entry.value.value) {
            Some(Value::Table(times)) if !has(times, milestone) => times.push(time),
            Some(_) => {}
            None => entries.push(Entry {
                key: "times".to_owned(),
                key_span: time.key_span,
                value: Node::new(time.value.span, Value::Table(vec![time])),
            }),
        }
        return None;
    }
    let held = entries.iter_mut().find(|held| held.key == key);
    match held {
        Some(held) if LISTS.contains(&key) => {
            let mut names =
                items(std::mem::replace(&mut held.value, Node::new(entry.value.span, Value::Null)));
            names.extend(items(entry.value));
            held.value = Node::new(held.key_span, Value::List(names));
        }
        Some(_) => {}
        None => {
            key.clone_into(&mut entry.key);
            entries.push(entry);
        }
    }
    None
}

fn items(node: Node) -> Vec<Node> {
    match node.value {
        Value::List(items) => items,
        Value::Null => Vec::new(),
        _ => vec![node],
    }
}

/// True for a text that begins with a day or a clock.
fn is_time(words: &Lexicon, text: &str) -> bool {
    times::lead(words, text).is_some_and(|stamp| stamp.says_when())
}
