//! What a result shows: bundles of titles, and one file with the text of each document.
//!
//! Titles stand together because neighbours in time are often shown together; texts stand alone because each is loaded
//! for one visible result, and because an old one then never changes.

use crate::search::encode::{Shard, shard};
use crate::search::part::Entry;
use crate::search::{Document, Facet, IndexFile, Options, Weight};
use serde::Serialize;
use std::fmt::Write as _;

/// Documents in one bundle; the reader knows this number.
const BUNDLE: usize = 16;
/// The facets, from the first, whose values stand beside a title.
const FACTS: usize = 2;
/// How many ranks look different; the rest looks like the last of them.
const RANKS: usize = 5;
/// A summary is cut at a word after about this many letters.
const SUMMARY: usize = 220;

/// What a result shows before its snippet is there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Listed {
    /// First, because documents are numbered in this order.
    pub(crate) date: Option<String>,
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) summary: String,
}

impl Listed {
    pub(crate) fn new(document: &Document) -> Self {
        Self {
            date: document.date.clone(),
            id: document.id.clone(),
            title: one_line(&document.title, usize::MAX),
            url: document.url.clone(),
            summary: one_line(&document.summary, SUMMARY),
        }
    }
}

#[derive(Serialize)]
struct Row<'a> {
    title: &'a str,
    url: &'a str,
    date: &'a str,
    summary: &'a str,
    /// Of the file of its text; empty when there is none.
    name: &'a str,
    /// Values of the first facets, each with its place in an order from 1, or 0.
    facts: Vec<(&'a str, usize)>,
}

/// The bundles of titles of `entries`, which are in order; `names` are the names of their text files.
pub(crate) fn bundles(entries: &[&Entry], names: &[String], options: &Options) -> Vec<Shard> {
    let bundles = entries.chunks(BUNDLE).zip(names.chunks(BUNDLE)).enumerate();
    bundles
        .map(|(key, (entries, names))| {
            let rows: Vec<Row<'_>> =
                entries.iter().zip(names).map(|(entry, name)| row(entry, name, options)).collect();
            shard("d", key, &[&serde_json::to_vec(&rows).unwrap_or_default()])
        })
        .collect()
}

fn row<'a>(entry: &'a Entry, name: &'a str, options: &Options) -> Row<'a> {
    let listed = &entry.listed;
    let values = |facet: &Facet| entry.facets.get(&facet.key).into_iter().flatten();
    let rank = |facet: &Facet, value: &String| {
        facet.order.iter().position(|placed| placed == value).map_or(0, |at| RANKS.min(at + 1))
    };
    Row {
        title: &listed.title,
        url: &listed.url,
        date: listed.date.as_deref().unwrap_or_default(),
        summary: &listed.summary,
        name,
        facts: options
            .facets
            .iter()
            .take(FACTS)
            .flat_map(|facet| values(facet).map(|value| (value.as_str(), rank(facet, value))))
            .collect(),
    }
}

/// The file that shows `document`'s text.
pub(crate) fn text_file(document: &Document) -> IndexFile {
    let shown = document.blocks.iter().filter(|block| !matches!(block.weight, Weight::Key | Weight::Name));
    let texts: Vec<&str> = shown.map(|block| block.text.trim()).filter(|text| !text.is_empty()).collect();
    let text = texts.join("\n\n");
    let name = file_name(&document.id);
    let mut bytes = Vec::with_capacity(text.len() + text.len() / 32 + name.len() + 64);
    bytes.extend(text_head(&name).into_bytes());
    // As plain text: deflating ten thousand documents here would cost more than all the rest of the index, and any
    // server that compresses does it as well. Writing to memory cannot fail.
    let _ = serde_json::to_writer(&mut bytes, &text);
    bytes.extend_from_slice(b");\n");
    bytes.shrink_to_fit();
    IndexFile { path: text_path(&name), bytes }
}

/// `file`, which is named `from`, under the name `to`.
pub(crate) fn rename_text(file: IndexFile, from: &str, to: &str) -> IndexFile {
    let mut bytes = text_head(to).into_bytes();
    bytes.extend(file.bytes.into_iter().skip(text_head(from).len()));
    IndexFile { path: text_path(to), bytes }
}

fn text_path(name: &str) -> String {
    format!("search/x/{name}.js")
}

fn text_head(name: &str) -> String {
    format!("AfterwordSearch.add(\"x\",\"{name}\",\"\",")
}

/// `id` as the name of a file on any system: everything but ASCII letters, digits, `-` and `_` written as `~` and its
/// number.
pub(crate) fn file_name(id: &str) -> String {
    id.chars().fold(String::with_capacity(id.len()), |mut name, letter| {
        if letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_') {
            name.push(letter);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(name, "~{:x}", u32::from(letter));
        }
        name
    })
}

/// `text` with single spaces for all white space, cut at a word when it has more than `limit` letters.
fn one_line(text: &str, limit: usize) -> String {
    let mut line = String::new();
    let mut letters = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if letters + length > limit && !line.is_empty() {
            line.push('…');
            return line;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        letters += length + 1;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{file_name, one_line};

    #[test]
    fn any_id_is_a_safe_file_name() {
        assert_eq!(
            ["2026-03-14-checkout", "../etc/passwd", "a b", "nøkkel"].map(file_name),
            ["2026-03-14-checkout", "~2e~2e~2fetc~2fpasswd", "a~20b", "n~f8kkel"]
        );
    }

    #[test]
    fn summaries_are_one_line_and_end_at_a_word() {
        assert_eq!(one_line("  The pool\n  filled. ", 100), "The pool filled.");
        assert_eq!(one_line("The pool filled", 10), "The pool…");
    }
}
