//! YAML to a tree with places.
//!
//! The scanner stops at its first error. Then the place is repaired or blanked out, at the same length so that every
//! other place stays what it was, and the text is read again: see `repair`.

mod repair;
mod scalar;
mod tree;

use granit_parser::{ErrorKind, ScanError};

use repair::line_around;

use crate::{
    data::{Kind, Node, Problem, Value},
    source::Span,
};

/// How often a text is repaired before the rest of it is given up.
const ROUNDS: usize = 20;

/// Reads a YAML text that begins `base` bytes into its file.
pub fn parse(text: &str, base: usize) -> (Node, Vec<Problem>) {
    let mut repair = repair::Repair::new(text);
    let mut problems = Vec::new();
    let mut last = None;
    for _ in 0..ROUNDS {
        let mut tree = tree::Builder::new(text, base, repair.stand_ins());
        let error = tree.read(repair.working());
        let (node, found) = tree.finish();
        let Some(error) = error else {
            problems.extend(found);
            problems.sort_by_key(|problem: &Problem| problem.span);
            return (node, problems);
        };
        let problem = problem(&error, text, base, repair.working());
        let progress = repair.apply(&error);
        if progress.is_new {
            problems.push(problem);
        }
        last = Some((node, found));
        if !progress.changed {
            break;
        }
    }
    let (node, found) = last.unwrap_or_else(|| (Node::new(Span::empty(base), Value::Null), Vec::new()));
    problems.extend(found);
    problems.sort_by_key(|problem| problem.span);
    (node, problems)
}

/// What the scanner says, in words that name what was expected.
fn problem(error: &ScanError, text: &str, base: usize, working: &str) -> Problem {
    let at = place(error, text);
    let line = line_around(working, at);
    let tab = working
        .get(line.clone())
        .map(|line| &line[..line.len() - line.trim_start().len()])
        .and_then(|indent| indent.find('\t'));
    if let Some(tab) = tab {
        let start = line.start + tab;
        return tab_problem(Span::new(start, start + 1).shift(base));
    }
    let (message, help) = words(error, text, at);
    let end = text.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |c| at + c.len_utf8());
    let span = Span::new(at, if text.get(at..end) == Some("\n") { at } else { end }).shift(base);
    Problem { span, path: String::new(), kind: Kind::Syntax { message, help } }
}

/// The byte of an error, never within a character.
fn place(error: &ScanError, text: &str) -> usize {
    let mut at = error.marker().byte_offset().unwrap_or_default().min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    match error.kind() {
        // The scanner points at the scalar that the line with the tab would continue.
        ErrorKind::TabInPlainScalar => leading_tab(text, at).unwrap_or(at),
        _ => at,
    }
}

/// The first tab after `from` with nothing but white space before it on its line.
fn leading_tab(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    rest.match_indices('\t')
        .map(|(at, _)| from + at)
        .find(|at| text.get(line_around(text, *at).start..*at).is_some_and(|before| before.trim().is_empty()))
}

fn tab_problem(span: Span) -> Problem {
    let kind = Kind::Syntax {
        message: "expected spaces as indentation, found a tab".to_owned(),
        help: Some("YAML allows no tabs in front of a line's text: put spaces there".to_owned()),
    };
    Problem { span, path: String::new(), kind }
}

fn words(error: &ScanError, text: &str, at: usize) -> (String, Option<String>) {
    let found = text.get(at..).and_then(|rest| rest.chars().next());
    let (message, help) = match error.kind() {
        ErrorKind::MappingValueNotAllowed => (
            "expected one `key: value` on a line, found a second `: `".to_owned(),
            Some("put quotes around a value that holds `: `, or align this key with the one above"),
        ),
        ErrorKind::UnexpectedCharacter { character } => (
            format!("expected a value, found `{}`, which cannot begin one", character.escape_debug()),
            Some("put quotes around the value"),
        ),
        ErrorKind::UnknownAnchor => (
            "expected a value, found a reference `*…` to an anchor that is not there".to_owned(),
            Some("put quotes around a value that begins with `*`"),
        ),
        ErrorKind::MissingAnchorOrAliasName => (
            format!("expected a name after `{}`", found.unwrap_or('*')),
            Some("put quotes around a value that begins with `*` or `&`"),
        ),
        ErrorKind::UnclosedFlowCollection { open } => {
            let close = if *open == '[' { ']' } else { '}' };
            (format!("expected `{close}` for this `{open}`, found the end"), None)
        }
        ErrorKind::InvalidColonPlacement
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::ExpectedFlowMappingSeparator => {
            ("expected `,` or the closing bracket of the list above".to_owned(), None)
        }
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => {
            ("expected the closing quote of the text above".to_owned(), Some("close the quote on its line"))
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar => (
            "expected the end of the line after the closing `'`".to_owned(),
            Some("write `''` for an apostrophe within single quotes"),
        ),
        ErrorKind::InvalidTrailingDoubleQuotedScalar => (
            "expected the end of the line after the closing `\"`".to_owned(),
            Some("write `\\\"` for a quote within double quotes"),
        ),
        ErrorKind::UnknownQuotedScalarEscape => (
            "expected a known escape after `\\` in this text".to_owned(),
            Some("write `\\\\` for a backslash, or use single quotes"),
        ),
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::SimpleKeyExpected => (
            "expected `key: value`".to_owned(),
            Some("a line of this block is `key: value`; a list needs a key of its own above it"),
        ),
        ErrorKind::ExpectedBlockSequenceEntry => (
            "expected a list item that begins with `- `".to_owned(),
            Some("a block is a list or has keys, not both"),
        ),
        ErrorKind::BlockSequenceEntryNotAllowed => (
            "expected a value on the key's line, found a list".to_owned(),
            Some("begin the list on the next line, or write `[a, b]`"),
        ),
        ErrorKind::InvalidIndentation | ErrorKind::ExpectedDocumentStart => {
            ("expected the same indentation as the keys above".to_owned(), Some("align keys of one table"))
        }
        ErrorKind::RecursionLimitExceeded => ("expected less nesting".to_owned(), None),
        _ => (error.info(), None),
    };
    (message, help.map(str::to_owned))
}
