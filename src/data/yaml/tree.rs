//! Builds the tree from the parser's events.
//!
//! Block collections have no extent of their own there: theirs is that of their children. Aliases are replaced by what
//! they stand for, within a budget, so that a small text cannot become a big tree.

use std::collections::BTreeMap;

use granit_parser::{Event, Parser, ScalarStyle, ScanError};

use super::scalar;
use crate::{
    data::{Entry, Kind, Node, Problem, Value},
    source::Span,
};

/// How many nodes all aliases of a text may add together.
const ALIAS_BUDGET: usize = 2_000;

/// A tree in the making.
pub(super) struct Builder<'t> {
    text: &'t str,
    base: usize,
    stand_ins: BTreeMap<usize, String>,
    open: Vec<Open>,
    root: Option<Node>,
    anchors: BTreeMap<usize, Node>,
    budget: usize,
    problems: Vec<Problem>,
    closed: bool,
}

/// A collection whose end has not come yet.
struct Open {
    node: Node,
    anchor: usize,
    key: Option<(String, Span)>,
    /// The keys of a table so far.
    keys: BTreeMap<String, Span>,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str, base: usize, stand_ins: BTreeMap<usize, String>) -> Self {
        Self {
            text,
            base,
            stand_ins,
            open: Vec::new(),
            root: None,
            anchors: BTreeMap::new(),
            budget: ALIAS_BUDGET,
            problems: Vec::new(),
            closed: false,
        }
    }

    /// Reads a text; what stands before the error that it returns is in the tree.
    pub(super) fn read(&mut self, working: &str) -> Option<ScanError> {
        for next in Parser::new_from_str(working) {
            let (event, place) = match next {
                Ok(event) => event,
                Err(error) => return Some(error),
            };
            let span = place.byte_range().map(Span::from).unwrap_or_default();
            match event {
                Event::DocumentStart(..) if self.closed => {
                    self.syntax(span, "expected the end, found a second YAML document");
                    return None;
                }
                Event::DocumentEnd => self.closed = true,
                Event::Scalar(text, style, anchor, tag) => {
                    let as_text = tag.as_deref().and_then(|tag| tag.core_suffix()) == Some("str");
                    let node = self.scalar(&text, style, as_text, span);
                    self.remember(anchor, &node);
                    self.put(node);
                }
                Event::SequenceStart(_, anchor, _) => self.begin(Value::List(Vec::new()), span, anchor),
                Event::MappingStart(_, anchor, _) => self.begin(Value::Table(Vec::new()), span, anchor),
                Event::SequenceEnd | Event::MappingEnd => self.end(span),
                Event::Alias(anchor) => self.alias(anchor, span),
                _ => {}
            }
        }
        None
    }

    /// The tree as far as it was read, and what is wrong with it beside the syntax.
    pub(super) fn finish(mut self) -> (Node, Vec<Problem>) {
        while !self.open.is_empty() {
            self.end(Span::default());
        }
        let root = self.root.unwrap_or_else(|| Node::new(Span::empty(self.base), Value::Null));
        (root, self.problems)
    }

    fn scalar(&self, text: &str, style: ScalarStyle, as_text: bool, span: Span) -> Node {
        let place = span.shift(self.base);
        if let Some(original) = self.stand_ins.get(&span.start) {
            return Node::new(place, Value::String(original.clone()));
        }
        if style != ScalarStyle::Plain || as_text {
            return Node::new(place, Value::String(text.to_owned()));
        }
        let value = scalar::plain(text);
        let written = match value {
            Value::Bool(_) | Value::Integer(_) | Value::Float(_) => text.to_owned(),
            _ => String::new(),
        };
        Node { span: place, value, written }
    }

    fn begin(&mut self, value: Value, span: Span, anchor: usize) {
        self.open.push(Open {
            node: Node::new(span.shift(self.base), value),
            anchor,
            key: None,
            keys: BTreeMap::new(),
        });
    }

    fn end(&mut self, span: Span) {
        let Some(mut open) = self.open.pop() else { return };
        if let Some((key, key_span)) = open.key.take() {
            self.add_entry(&mut open, key, key_span, Node::new(Span::empty(key_span.end), Value::Null));
        }
        let first = match &open.node.value {
            Value::List(items) => items.first().map(|item| item.span.start),
            Value::Table(entries) => entries.first().map(|entry| entry.key_span.start),
            _ => None,
        };
        let last = match &open.node.value {
            Value::List(items) => items.last().map(|item| item.span.end),
            Value::Table(entries) => entries.last().map(|entry| entry.value.span.end.max(entry.key_span.end)),
            _ => None,
        };
        // The brackets of a flow collection belong to it.
        let from = if open.node.span.is_empty() { first } else { Some(open.node.span.start) };
        let to = if span.is_empty() { last } else { Some(span.shift(self.base).end) };
        let start = from.unwrap_or(open.node.span.start);
        open.node.span = Span::new(start, to.unwrap_or(open.node.span.end).max(open.node.span.end));
        self.remember(open.anchor, &open.node);
        self.put(open.node);
    }

    fn alias(&mut self, anchor: usize, span: Span) {
        let place = span.shift(self.base);
        let target = self.anchors.get(&anchor).cloned();
        let size = target.as_ref().map_or(0, size);
        let node = match target {
            Some(mut target) if size <= self.budget => {
                self.budget -= size;
                target.span = place;
                target
            }
            _ => {
                self.syntax(span, "expected less repetition: the references in this text expand to too much");
                Node::new(place, Value::Null)
            }
        };
        self.put(node);
    }

    fn remember(&mut self, anchor: usize, node: &Node) {
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
    }

    /// Puts a finished node where the parser stands: as a key, a value, an item or the root.
    fn put(&mut self, node: Node) {
        let Some(mut open) = self.open.pop() else {
            self.root.get_or_insert(node);
            return;
        };
        match (&mut open.node.value, open.key.take()) {
            (Value::List(items), _) => items.push(node),
            (Value::Table(_), None) => {
                self.check_indent(node.span);
                if matches!(node.value, Value::List(_) | Value::Table(_)) {
                    let expected = "a word as the key".to_owned();
                    let kind = Kind::BadValue { expected, found: node.describe(), nearest: None };
                    self.problems.push(Problem { span: node.span, path: String::new(), kind });
                }
                let key = node.text().unwrap_or_default().to_owned();
                open.key = Some((key, node.span));
            }
            (Value::Table(_), Some((key, key_span))) => {
                self.add_entry(&mut open, key, key_span, node);
            }
            _ => {}
        }
        self.open.push(open);
    }

    fn add_entry(&mut self, open: &mut Open, key: String, key_span: Span, value: Node) {
        let Value::Table(entries) = &mut open.node.value else { return };
        if let Some(first) = open.keys.get(&key) {
            let kind = Kind::DuplicateKey { key, first: Some(*first) };
            self.problems.push(Problem { span: key_span, path: String::new(), kind });
            return;
        }
        open.keys.insert(key.clone(), key_span);
        entries.push(Entry { key, key_span, value });
    }

    /// The parser accepts a tab in front of the first key of a block, other YAML readers do not.
    fn check_indent(&mut self, key: Span) {
        let at = key.start.saturating_sub(self.base);
        let line = super::repair::line_around(self.text, at);
        let before = self.text.get(line.start..at).unwrap_or_default();
        if let (Some(tab), true) = (before.find('\t'), before.trim().is_empty()) {
            let start = line.start + tab + self.base;
            self.problems.push(super::tab_problem(Span::new(start, start + 1)));
        }
    }

    fn syntax(&mut self, span: Span, message: &str) {
        let kind = Kind::Syntax { message: message.to_owned(), help: None };
        self.problems.push(Problem { span: span.shift(self.base), path: String::new(), kind });
    }
}

/// How many nodes a tree has.
fn size(node: &Node) -> usize {
    1 + match &node.value {
        Value::List(items) => items.iter().map(size).sum(),
        Value::Table(entries) => entries.iter().map(|entry| size(&entry.value)).sum::<usize>(),
        _ => 0,
    }
}
