//! Structured data with places: front matter and `book.toml`, in TOML or YAML, read by one mechanism.
//!
//! [`toml`] and [`yaml`] turn a text into one tree of [`Node`]s, [`read()`] turns a tree into a typed value. Neither stops
//! at the first problem: each [`Problem`] says where it is, and everything else is still read. What a key means is not
//! known here.

mod de;
mod parts;
mod problem;
mod read;
mod spanned;
pub mod toml;
mod words;
pub mod yaml;

#[cfg(test)]
mod tests;

pub use problem::{Kind, Problem, is_same_word, meant, nearest};
pub use read::read;
pub use spanned::{OneOrMany, Spanned, Text};

use crate::source::Span;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The bytes of the value. For a TOML table under a `[header]` that is the header.
    pub span: Span,
    /// What stands there.
    pub value: Value,
    /// A number, a truth value or a date as it is written, so that a version `1.10` stays `1.10`; empty for all else.
    pub written: String,
}

/// What TOML and YAML have in common.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, as in `key:` or `key: null` (YAML only).
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction, an infinity or not-a-number.
    Float(f64),
    /// Text.
    String(String),
    /// A date, a time or both, as written (TOML only; YAML dates are text).
    Datetime(String),
    /// A list.
    List(Vec<Node>),
    /// A table; in YAML's words, a mapping.
    Table(Vec<Entry>),
}

/// One key of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// Its value.
    pub value: Node,
}

impl Node {
    /// A value at a place.
    pub fn new(span: Span, value: Value) -> Self {
        Self { span, value, written: String::new() }
    }

    /// The source text of a scalar, a string's without its quotes; `None` for null, lists and tables.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) | Value::Datetime(text) => Some(text),
            Value::Bool(_) | Value::Integer(_) | Value::Float(_) => Some(&self.written),
            Value::Null | Value::List(_) | Value::Table(_) => None,
        }
    }

    /// The value of a key, when this is a table that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The entries of a table in the order of the text; empty for all else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// What a message calls this value: "the number `3`", "a list".
    pub fn describe(&self) -> String {
        match &self.value {
            Value::Null => "nothing".to_owned(),
            Value::Bool(value) => format!("`{value}`"),
            Value::Integer(_) | Value::Float(_) => format!("the number `{}`", self.written),
            Value::String(text) if text.is_empty() => "an empty text".to_owned(),
            Value::String(text) => format!("the text `{}`", shorten(text)),
            Value::Datetime(text) => format!("the date `{text}`"),
            Value::List(_) => "a list".to_owned(),
            Value::Table(_) => "a table".to_owned(),
        }
    }
}

/// The first line of a text, cut to a length that fits a message.
fn shorten(text: &str) -> String {
    const MOST: usize = 40;
    let line = text.lines().next().unwrap_or_default();
    let short: String = line.chars().take(MOST).collect();
    if short.len() < text.len() { format!("{}…", short.trim_end()) } else { short }
}
