//! The front matter of a document, changed key by key.
//!
//! Each change is an edit of a few bytes that is made, read back and compared with what it was meant to be. A form that
//! the editor does not understand is therefore refused, never damaged.

use std::fmt;

use super::{Value, apply, line_end, toml, yaml};
use crate::{
    data::{self, Kind, Node, Problem, Value as Read},
    model::{Format, FrontMatter},
    source::{Edit, Span},
};

/// One step on the way to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'k> {
    /// The value of a key.
    Key(&'k str),
    /// An item of a list, from 0: `action_items`, 2, `status`.
    Item(usize),
}

/// Why nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The front matter has errors; what it means is not certain.
    Broken,
    /// It is written in a form that cannot be extended there without rewriting it.
    Form,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Broken => "the front matter has errors",
            Self::Form => "the front matter is written in a form that cannot be extended in place",
        })
    }
}

/// A front matter under change; the document itself is not touched.
#[derive(Debug, Clone)]
pub struct FrontMatterEditor {
    format: Format,
    /// Where it stands in the document: the bytes between the fences, or the place of a new one.
    place: Span,
    is_new: bool,
    line_end: &'static str,
    content: String,
    tree: Node,
}

impl FrontMatterEditor {
    /// The front matter of a document.
    pub fn open(document: &str, place: FrontMatter) -> Result<Self, Refused> {
        let content = document.get(place.content.start..place.content.end).ok_or(Refused::Broken)?;
        let tree = read(content, place.format)?;
        Ok(Self {
            format: place.format,
            place: place.content,
            is_new: false,
            line_end: line_end(document),
            content: content.to_owned(),
            tree,
        })
    }

    /// A front matter for a document that has none. It comes first, behind a byte-order mark if there is one.
    pub fn create(document: &str, format: Format) -> Result<Self, Refused> {
        let at = if document.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Ok(Self {
            format,
            place: Span::empty(at),
            is_new: true,
            line_end: line_end(document),
            content: String::new(),
            tree: read("", format)?,
        })
    }

    /// True when a key is not there, or says nothing: `tags = []`, `severity: ""`, `times:`.
    pub fn is_blank(&self, path: &[Step<'_>]) -> bool {
        find(&self.tree, path).is_none_or(|node| match &node.value {
            Read::Null => true,
            Read::String(text) => text.trim().is_empty(),
            Read::List(items) => items.is_empty(),
            Read::Table(entries) => entries.is_empty(),
            _ => false,
        })
    }

    /// Sets a key, which is added, with the table that it stands in, when it is not there.
    pub fn set(&mut self, path: &[Step<'_>], value: &Value) -> Result<(), Refused> {
        let edit = match self.format {
            Format::Toml => toml::edit(&self.content, &self.tree, path, value),
            Format::Yaml => yaml::edit(&self.content, &self.tree, path, value),
        };
        let mut meant = self.tree.clone();
        let expected = value.expected(self.format).ok_or(Refused::Form)?;
        put(&mut meant, path, expected).ok_or(Refused::Form)?;
        self.change(edit, meant)
    }

    /// Takes a key away, with its line.
    pub fn remove(&mut self, path: &[Step<'_>]) -> Result<(), Refused> {
        let edit = match self.format {
            Format::Toml => toml::removal(&self.content, &self.tree, path),
            Format::Yaml => yaml::removal(&self.content, &self.tree, path),
        };
        let mut meant = self.tree.clone();
        take(&mut meant, path).ok_or(Refused::Form)?;
        self.change(edit, meant)
    }

    /// Makes an edit, if the front matter then reads as it is meant to.
    fn change(&mut self, edit: Option<Edit>, meant: Node) -> Result<(), Refused> {
        let edit = self.with_line_ends(edit.ok_or(Refused::Form)?);
        let content = apply(&self.content, &[edit]).ok_or(Refused::Form)?;
        let tree = read(&content, self.format)?;
        if unplaced(meant) != unplaced(tree.clone()) {
            return Err(Refused::Form);
        }
        (self.content, self.tree) = (content, tree);
        Ok(())
    }

    /// The one edit of the document that makes all changes; it lies within the front matter.
    pub fn finish(&self) -> Edit {
        if !self.is_new {
            return Edit::new(self.place, self.content.clone());
        }
        let (fence, end) = (
            match self.format {
                Format::Toml => "+++",
                Format::Yaml => "---",
            },
            self.line_end,
        );
        Edit::new(self.place, format!("{fence}{end}{}{fence}{end}{end}", self.content))
    }

    fn with_line_ends(&self, mut edit: Edit) -> Edit {
        if self.line_end != "\n" {
            edit.replacement = edit.replacement.replace('\n', self.line_end);
        }
        edit
    }
}

/// Reads a content that must be right; what it means is the business of others.
fn read(content: &str, format: Format) -> Result<Node, Refused> {
    let (tree, problems): (Node, Vec<Problem>) = match format {
        Format::Toml => data::toml::parse(content, 0),
        Format::Yaml => data::yaml::parse(content, 0),
    };
    let is_broken =
        |problem: &Problem| matches!(problem.kind, Kind::Syntax { .. } | Kind::DuplicateKey { .. });
    if problems.iter().any(is_broken) || !matches!(tree.value, Read::Table(_) | Read::Null) {
        return Err(Refused::Broken);
    }
    Ok(tree)
}

/// The value at the end of a path.
pub(super) fn find<'n>(node: &'n Node, path: &[Step<'_>]) -> Option<&'n Node> {
    let [first, rest @ ..] = path else { return Some(node) };
    let next = match (first, &node.value) {
        (Step::Key(key), _) => node.get(key)?,
        (Step::Item(index), Read::List(items)) => items.get(*index)?,
        _ => return None,
    };
    find(next, rest)
}

/// The entry at the end of a path.
pub(super) fn find_entry<'n>(root: &'n Node, path: &[Step<'_>]) -> Option<&'n data::Entry> {
    let (Step::Key(key), way) = path.split_last()? else { return None };
    find(root, way)?.entries().iter().find(|entry| entry.key == *key)
}

/// The key under which the table at the end of a path stands, alone or in a list; none at the top.
pub(super) fn table_name<'k>(way: &[Step<'k>]) -> Option<&'k str> {
    way.iter().rev().find_map(|step| match step {
        Step::Key(name) => Some(*name),
        Step::Item(_) => None,
    })
}

/// Takes the entry at the end of a path away.
fn take(node: &mut Node, path: &[Step<'_>]) -> Option<()> {
    let [first, rest @ ..] = path else { return None };
    match (first, &mut node.value) {
        (Step::Key(key), Read::Table(entries)) => {
            let at = entries.iter().position(|entry| entry.key == *key)?;
            if rest.is_empty() {
                entries.remove(at);
                return Some(());
            }
            take(&mut entries.get_mut(at)?.value, rest)
        }
        (Step::Item(index), Read::List(items)) => take(items.get_mut(*index)?, rest),
        _ => None,
    }
}

/// Puts a value where a path leads, as an edit of the text is meant to do.
fn put(node: &mut Node, path: &[Step<'_>], value: Node) -> Option<()> {
    let [first, rest @ ..] = path else {
        *node = value;
        return Some(());
    };
    if node.value == Read::Null {
        node.value = Read::Table(Vec::new());
    }
    match (first, &mut node.value) {
        (Step::Key(key), Read::Table(entries)) => {
            if let Some(entry) = entries.iter_mut().find(|entry| entry.key == *key) {
                return put(&mut entry.value, rest, value);
            }
            let mut new = Node::new(Span::default(), Read::Null);
            put(&mut new, rest, value)?;
            entries.push(data::Entry { key: (*key).to_owned(), key_span: Span::default(), value: new });
            Some(())
        }
        (Step::Item(index), Read::List(items)) => put(items.get_mut(*index)?, rest, value),
        _ => None,
    }
}

/// A tree that equals every other tree with the same values, wherever and in which order they stand.
fn unplaced(mut node: Node) -> Node {
    node.span = Span::default();
    node.value = match node.value {
        Read::List(items) => Read::List(items.into_iter().map(unplaced).collect()),
        Read::Table(mut entries) => {
            entries.sort_by(|a, b| a.key.cmp(&b.key));
            let bare = |entry: data::Entry| data::Entry {
                key_span: Span::default(),
                value: unplaced(entry.value),
                ..entry
            };
            Read::Table(entries.into_iter().map(bare).collect())
        }
        // Not-a-number equals nothing; as it is written it does.
        Read::Float(_) => Read::String(node.written.clone()),
        other => other,
    };
    node
}
