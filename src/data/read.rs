//! Reads a typed value out of a tree and never lets one wrong key cost the others.
//!
//! Serde stops at its first error. So the part at fault is reported, taken out of the tree, and the rest is read again.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::{
    Entry, Kind, Node, Problem, Value,
    de::{Fault, Reader, Reason},
    nearest,
    problem::in_backticks,
};
use crate::source::Span;

/// How often a tree is read again before the rest is given up. Only a text made to be wrong gets there.
const ROUNDS: usize = 100;

/// The value that the tree holds, with the default for whatever is missing or wrong, and everything that is wrong.
pub fn read<T: DeserializeOwned + Default>(mut node: Node) -> (T, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut gone = Gone::default();
    if node.value == Value::Null {
        return (T::default(), problems);
    }
    for _ in 0..ROUNDS {
        match T::deserialize(Reader(&node)) {
            Ok(value) => {
                problems.sort_by_key(|problem: &Problem| problem.span);
                return (value, problems);
            }
            Err(fault) => {
                if !report_and_remove(&mut node, fault, &mut problems, &mut gone) {
                    break;
                }
            }
        }
    }
    problems.sort_by_key(|problem| problem.span);
    (T::default(), problems)
}

/// Adds a problem, unless it says that something is missing which was there and has been reported.
fn report(problems: &mut Vec<Problem>, new: Problem) {
    if let Kind::Missing { key } = &new.kind {
        let mut path = new.path.clone();
        push_key(&mut path, key);
        if problems.iter().any(|problem| problem.path == path) {
            return;
        }
    }
    problems.push(new);
}

/// The items that were taken out of each list, in order, so that those behind them keep the number that they have in the
/// text.
#[derive(Default)]
struct Gone(BTreeMap<String, Vec<usize>>);

impl Gone {
    /// The number that an item of a list had at first.
    fn number(&self, list: &str, index: usize) -> usize {
        let gone = self.0.get(list).map_or(&[][..], Vec::as_slice);
        gone.iter().fold(index, |number, gone| number + usize::from(*gone <= number))
    }

    fn add(&mut self, list: &str, number: usize) {
        let gone = self.0.entry(list.to_owned()).or_default();
        gone.insert(gone.partition_point(|other| *other < number), number);
    }
}

/// Says what the fault is and takes it out of the tree; false when the root itself is at fault.
fn report_and_remove(
    root: &mut Node,
    mut fault: Fault,
    problems: &mut Vec<Problem>,
    gone: &mut Gone,
) -> bool {
    let Some(last) = (!fault.steps.is_empty()).then(|| fault.steps.remove(0)) else {
        problems.push(problem(String::new(), root, root.span, fault.reason));
        return false;
    };
    let mut path = String::new();
    let mut parent = root;
    for step in fault.steps.into_iter().rev() {
        push_step(&mut path, parent, step, gone);
        match child(parent, step) {
            Some(next) => parent = next,
            None => return false,
        }
    }
    match (&mut parent.value, fault.reason) {
        (Value::Table(entries), Reason::UnknownKey { allowed, .. }) if fault.in_key => {
            entries.retain(|entry| {
                let known = allowed.contains(&entry.key.as_str());
                if !known {
                    problems.push(unknown_key(&path, entry, allowed));
                }
                known
            });
            true
        }
        // The word of a vocabulary as a key: the table has no such key.
        (Value::Table(entries), Reason::UnknownWord { allowed }) if fault.in_key && last < entries.len() => {
            problems.push(unknown_key(&path, &entries.remove(last), allowed));
            true
        }
        (Value::Table(entries), reason) => {
            if last >= entries.len() {
                return false;
            }
            let entry = entries.remove(last);
            let span = if fault.in_key { entry.key_span } else { entry.value.span };
            let first = match &reason {
                Reason::Duplicate { .. } => Some(entry.key_span),
                _ => None,
            };
            push_key(&mut path, &entry.key);
            report(problems, problem(path, &entry.value, first.unwrap_or(span), reason));
            true
        }
        (Value::List(items), reason) => {
            if last >= items.len() {
                return false;
            }
            let number = gone.number(&path, last);
            gone.add(&path, number);
            push_index(&mut path, number);
            let item = items.remove(last);
            report(problems, problem(path, &item, item.span, reason));
            true
        }
        _ => false,
    }
}

fn child(node: &mut Node, step: usize) -> Option<&mut Node> {
    match &mut node.value {
        Value::Table(entries) => entries.get_mut(step).map(|entry| &mut entry.value),
        Value::List(items) => items.get_mut(step),
        _ => None,
    }
}

fn push_step(path: &mut String, parent: &Node, step: usize, gone: &Gone) {
    let Value::Table(entries) = &parent.value else {
        return push_index(path, gone.number(path, step));
    };
    if let Some(entry) = entries.get(step) {
        push_key(path, &entry.key);
    }
}

fn push_index(path: &mut String, index: usize) {
    path.push('[');
    path.push_str(&index.to_string());
    path.push(']');
}

fn push_key(path: &mut String, key: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(key);
}

fn unknown_key(table: &str, entry: &Entry, allowed: &[&str]) -> Problem {
    let mut path = table.to_owned();
    push_key(&mut path, &entry.key);
    let kind = Kind::UnknownKey {
        key: entry.key.clone(),
        nearest: nearest(&entry.key, allowed.iter().copied()).map(str::to_owned),
        allowed: allowed.iter().map(|key| (*key).to_owned()).collect(),
    };
    Problem { span: entry.key_span, path, kind }
}

fn problem(path: String, node: &Node, span: Span, reason: Reason) -> Problem {
    let kind = match reason {
        Reason::UnknownKey { key, allowed } => Kind::UnknownKey {
            nearest: nearest(&key, allowed.iter().copied()).map(str::to_owned),
            allowed: allowed.iter().map(|key| (*key).to_owned()).collect(),
            key,
        },
        Reason::UnknownWord { allowed } => Kind::BadValue {
            expected: match allowed {
                [] => "nothing".to_owned(),
                [only] => format!("`{only}`"),
                more => format!("one of {}", in_backticks(more)),
            },
            found: node.describe(),
            nearest: node.text().and_then(|word| nearest(word, allowed.iter().copied())).map(str::to_owned),
        },
        Reason::Wrong { expected } => Kind::BadValue { expected, found: node.describe(), nearest: None },
        Reason::Missing { key } => Kind::Missing { key: key.to_owned() },
        Reason::Duplicate { key } => Kind::DuplicateKey { key: key.to_owned(), first: None },
        Reason::Refused { message } => Kind::Refused { message },
    };
    Problem { span, path, kind }
}
