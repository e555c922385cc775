//! TOML to a tree with places.
//!
//! The parser reports every error at once and repairs what it can; its repairs are not kept, because a made-up value is
//! worse than a missing one. Only an unquoted word is taken as the text that it plainly is.

use ::toml::de::{DeArray, DeTable, DeValue, Error};

use super::{Entry, Kind, Node, Problem, Value};
use crate::source::Span;

/// How many errors of a text are reported; only a text made to be wrong has more.
const ERRORS: usize = 100;
/// How often a text is parsed again after a value that swallowed the lines below it was blanked out.
const ROUNDS: usize = 8;
const UNQUOTED: &str = "string values must be quoted";

/// Reads a TOML text that begins `base` bytes into its file.
pub fn parse(text: &str, base: usize) -> (Node, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut working = text.to_owned();
    for _ in 0..ROUNDS {
        let (table, errors) = DeTable::parse_recoverable(&working);
        let swallowed =
            errors.iter().take(ERRORS).find_map(|error| swallowing_line(&working, table.get_ref(), error));
        let Some((line, error)) = swallowed else {
            problems
                .extend(errors.iter().take(ERRORS).map(|error| problem(error, text, base, table.get_ref())));
            let mut spans: Vec<_> = errors.iter().filter(|error| !is_unquoted(error)).map(place).collect();
            spans.sort_unstable();
            let tree = Tree { text, base, errors: &spans };
            let node =
                Node::new(Span::new(base, base + text.len()), Value::Table(tree.entries(table.get_ref())));
            problems.sort_by_key(|problem| problem.span);
            return (node, problems);
        };
        problems.push(problem(error, text, base, table.get_ref()));
        blank(&mut working, line);
    }
    problems.sort_by_key(|problem| problem.span);
    (Node::new(Span::new(base, base + text.len()), Value::Table(Vec::new())), problems)
}

/// The line that opens a value which is never closed, when lines below it were read as a part of it.
fn swallowing_line<'e>(
    text: &str,
    table: &DeTable<'_>,
    error: &'e Error,
) -> Option<(std::ops::Range<usize>, &'e Error)> {
    let at = place(error);
    let open = values(table).find(|span| span.start < at.start && at.start <= span.end)?;
    let line = line_around(text, open.start);
    (at.start > line.end).then_some((line, error))
}

/// The places of all values that stand behind a key, nested tables' too.
fn values<'t>(table: &'t DeTable<'_>) -> Box<dyn Iterator<Item = Span> + 't> {
    Box::new(table.iter().flat_map(|(_, value)| {
        let span = Span::from(value.span());
        match value.get_ref() {
            DeValue::Table(inner) => Box::new(std::iter::once(span).chain(values(inner))),
            DeValue::Array(items) => {
                let inner = items.iter().filter_map(|item| item.get_ref().as_table()).flat_map(values);
                Box::new(std::iter::once(span).chain(inner)) as Box<dyn Iterator<Item = Span>>
            }
            _ => Box::new(std::iter::once(span)),
        }
    }))
}

fn line_around(text: &str, at: usize) -> std::ops::Range<usize> {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let end = text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |length| at + length);
    start..end
}

/// Overwrites a line with spaces, so that every other place stays what it was.
fn blank(text: &mut String, line: std::ops::Range<usize>) {
    let spaces = " ".repeat(line.len());
    if text.get(line.clone()).is_some() {
        text.replace_range(line, &spaces);
    }
}

fn place(error: &Error) -> Span {
    error.span().map(Span::from).unwrap_or_default()
}

fn is_unquoted(error: &Error) -> bool {
    error.message().starts_with(UNQUOTED)
}

fn problem(error: &Error, text: &str, base: usize, table: &DeTable<'_>) -> Problem {
    let span = place(error);
    let found = text.get(span.start..span.end).unwrap_or_default();
    let kind = if error.message() == "duplicate key" {
        let first = keys(table).filter(|(key, at)| *key == found && at.start < span.start).map(|(_, at)| at);
        Kind::DuplicateKey { key: found.to_owned(), first: first.last().map(|at| at.shift(base)) }
    } else if is_unquoted(error) {
        Kind::Syntax {
            message: format!("expected quotes around the text `{found}`"),
            help: Some(format!("write `\"{found}\"`")),
        }
    } else {
        let (message, help) = words(error.message());
        Kind::Syntax { message, help: Some(help.to_owned()) }
    };
    Problem { span: span.shift(base), path: String::new(), kind }
}

/// What the parser says, in words for somebody who has never read the grammar of TOML, and the next step.
fn words(message: &str) -> (String, &'static str) {
    const TEXT: &str = "a text begins and ends with `\"` on one line, or with `\"\"\"` on several";
    if message.starts_with("invalid basic string") {
        return ("expected a `\"` at the end of the text".to_owned(), TEXT);
    }
    if message.starts_with("invalid literal string") {
        return ("expected a `'` at the end of the text".to_owned(), TEXT);
    }
    let help = if message.starts_with("key with no value") {
        "a line of TOML is `key = value`, with text in quotes"
    } else {
        "correct it here; what stands on other lines is read all the same"
    };
    (message.to_owned(), help)
}

/// All keys of a table and of the tables in it.
fn keys<'t>(table: &'t DeTable<'_>) -> Box<dyn Iterator<Item = (&'t str, Span)> + 't> {
    Box::new(table.iter().flat_map(|(key, value)| {
        let here = std::iter::once((key.get_ref().as_ref(), Span::from(key.span())));
        let below: Box<dyn Iterator<Item = (&str, Span)>> = match value.get_ref() {
            DeValue::Table(inner) => keys(inner),
            DeValue::Array(items) => {
                Box::new(items.iter().filter_map(|item| item.get_ref().as_table()).flat_map(keys))
            }
            _ => Box::new(std::iter::empty()),
        };
        here.chain(below)
    }))
}

/// Turns the parser's tree into ours.
struct Tree<'t> {
    text: &'t str,
    base: usize,
    errors: &'t [Span],
}

impl Tree<'_> {
    fn entries(&self, table: &DeTable<'_>) -> Vec<Entry> {
        let mut entries: Vec<Entry> = table
            .iter()
            .filter_map(|(key, value)| {
                Some(Entry {
                    key: key.get_ref().clone().into_owned(),
                    key_span: Span::from(key.span()).shift(self.base),
                    value: self.node(value.get_ref(), value.span().into())?,
                })
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_span);
        entries
    }

    fn items(&self, items: &DeArray<'_>) -> Vec<Node> {
        items.iter().filter_map(|item| self.node(item.get_ref(), item.span().into())).collect()
    }

    /// `None` for a value that the parser made up.
    fn node(&self, value: &DeValue<'_>, span: Span) -> Option<Node> {
        let written = self.text.get(span.start..span.end)?;
        let scalar = !matches!(value, DeValue::Table(_) | DeValue::Array(_));
        let first = self.errors.partition_point(|error| error.start < span.start);
        let near =
            self.errors.get(first..).unwrap_or_default().iter().take_while(|error| error.start <= span.end);
        let broken = near.take(ERRORS).any(|error| error.end <= span.end);
        if scalar && (span.is_empty() || broken) {
            return None;
        }
        let keep = |value| Node { span: span.shift(self.base), value, written: written.to_owned() };
        let plain = |value| Node::new(span.shift(self.base), value);
        Some(match value {
            DeValue::String(text) => plain(Value::String(text.clone().into_owned())),
            // Too big for any number that is read here; as text it gets a message of its own.
            DeValue::Integer(number) => keep(
                i64::from_str_radix(number.as_str(), number.radix())
                    .map_or_else(|_| Value::String(written.to_owned()), Value::Integer),
            ),
            DeValue::Float(number) => keep(Value::Float(number.as_str().parse().ok()?)),
            DeValue::Boolean(value) => keep(Value::Bool(*value)),
            DeValue::Datetime(_) => keep(Value::Datetime(written.to_owned())),
            DeValue::Array(items) => plain(Value::List(self.items(items))),
            DeValue::Table(table) => plain(Value::Table(self.entries(table))),
        })
    }
}
