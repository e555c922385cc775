//! Where in a YAML text a key is set.

use super::{
    Step, Value,
    front_matter::{find, find_entry, table_name},
    place::{behind_opening_comments, holds_comment, line, out_of_braces, own_lines, place},
    text::{line_start, next_line},
    value::yaml_text,
};
use crate::{
    data::{Entry, Node, Value as Read},
    model::Format,
    source::Edit,
};

/// How far a new table is indented.
const INDENT: &str = "  ";

/// The edit that sets a key; none for a form that is not known here.
pub(super) fn edit(text: &str, root: &Node, path: &[Step<'_>], value: &Value) -> Option<Edit> {
    if let Some(node) = find(root, path) {
        return replacement(text, root, path, node, value);
    }
    let (Step::Key(key), way) = path.split_last()? else { return None };
    let table = table_name(way);
    match (find(root, way), way) {
        (Some(node), _) if node.value == Read::Null && way.is_empty() => {
            let at = behind_opening_comments(text);
            Some(line(text, at, &entry(text, root, "", key, value)))
        }
        (Some(node), [.., Step::Key(_)]) if node.value == Read::Null => {
            let holder = find_entry(root, way)?;
            let indent = format!("{}{INDENT}", indent(text, holder.key_span.start)?);
            Some(line(text, next_line(text, holder.key_span.end), &entry(text, root, &indent, key, value)))
        }
        (Some(node), _) => into_table(text, root, node, table, key, value),
        (None, [Step::Key(name)]) => {
            let inner = entry(text, root, INDENT, key, value);
            let at = place(text, &block(text, root)?, None, name, |entry| end(text, entry));
            let at = at.unwrap_or_else(|| behind_opening_comments(text));
            Some(line(text, at, &format!("{name}:\n{inner}")))
        }
        (None, _) => None,
    }
}

/// The edit that takes a key away with its line, or out of the braces in which it stands; none where it shares its line
/// with something else.
pub(super) fn removal(text: &str, root: &Node, path: &[Step<'_>]) -> Option<Edit> {
    let entry = find_entry(root, path)?;
    let within = || {
        let (_, way) = path.split_last()?;
        out_of_braces(text, find(root, way)?, entry, |entry| entry.value.span.end)
    };
    own_lines(text, entry.key_span.start, end(text, entry)).or_else(within)
}

/// Another value for a key that is there.
fn replacement(text: &str, root: &Node, path: &[Step<'_>], node: &Node, value: &Value) -> Option<Edit> {
    let is_block =
        |node: &Node| !text.get(node.span.start..).is_some_and(|rest| rest.starts_with(['[', '{']));
    match &node.value {
        Read::Null if node.span.is_empty() => {
            let key = find_entry(root, path)?.key_span;
            let colon = key.end + text.get(key.end..)?.find(':')? + 1;
            Some(Edit::insert(colon, format!(" {}", value.written(Format::Yaml))))
        }
        Read::Table(_) => None,
        Read::List(_) if is_block(node) || holds_comment(text, node) => None,
        _ => Some(Edit::new(node.span, value.written(Format::Yaml))),
    }
}

fn into_table(
    text: &str,
    root: &Node,
    node: &Node,
    table: Option<&str>,
    key: &str,
    value: &Value,
) -> Option<Edit> {
    let Read::Table(entries) = &node.value else { return None };
    if text.get(node.span.start..)?.starts_with('{') {
        let new = format!("{}: {}", yaml_text(key, true), value.written(Format::Yaml));
        return Some(match entries.last() {
            Some(last) => Edit::insert(end(text, last), format!(", {new}")),
            None if holds_comment(text, node) => return None,
            None => Edit::new(node.span, format!("{{{new}}}")),
        });
    }
    let entries = block(text, node)?;
    let indent = indent(text, entries.first()?.key_span.start)?;
    let at = place(text, &entries, table, key, |entry| end(text, entry))?;
    Some(line(text, at, &entry(text, root, &indent, key, value)))
}

/// The entries of a table that stand one on a line; none when the table is only referred to here.
fn block<'n>(text: &str, node: &'n Node) -> Option<Vec<&'n Entry>> {
    let is_here = node.entries().iter().all(|entry| node.span.contains(entry.key_span));
    let is_block = !text.get(node.span.start..)?.starts_with('{');
    (is_here && is_block).then(|| node.entries().iter().collect())
}

/// Where an entry ends; the blank lines behind a block of text are not its own.
fn end(text: &str, entry: &Entry) -> usize {
    let value = text.get(..entry.value.span.end).unwrap_or_default().trim_end().len();
    value.max(entry.key_span.end)
}

/// What a line must begin with for its key to stand under the one at `at`.
fn indent(text: &str, at: usize) -> Option<String> {
    let before = text.get(line_start(text, at)..at)?;
    Some(" ".repeat(before.chars().count()))
}

/// A key with its value; a list in the shape that the lists of the text have.
fn entry(text: &str, root: &Node, indent: &str, key: &str, value: &Value) -> String {
    match value {
        Value::List(items)
            if !items.is_empty()
                && let Some(shape) = list_indent(text, root) =>
        {
            let item = |item: &String| format!("\n{indent}{shape}- {}", yaml_text(item, false));
            format!("{indent}{key}:{}", items.iter().map(item).collect::<String>())
        }
        _ => format!("{indent}{key}: {}", value.written(Format::Yaml)),
    }
}

/// How far the items of the first list of the text are indented below its key; none when it is written in brackets.
fn list_indent(text: &str, root: &Node) -> Option<&'static str> {
    let list = root
        .entries()
        .iter()
        .find(|entry| matches!(&entry.value.value, Read::List(items) if !items.is_empty()))?;
    let start = list.value.span.start;
    let line = text.get(line_start(text, start)..start)?;
    line.trim_start().starts_with('-').then(|| if line.starts_with(' ') { INDENT } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_take_the_shape_of_those_that_are_there() {
        let shape = |text: &str| list_indent(text, &crate::data::yaml::parse(text, 0).0);
        assert_eq!(shape("a: [1]\n"), None);
        assert_eq!(shape("a:\n  - 1\n"), Some("  "));
        assert_eq!(shape("a:\n- 1\n"), Some(""));
        assert_eq!(shape("a: 1\n"), None);
    }
}
