//! Marks within text: the tags of template languages, shortcodes, components.

use std::{collections::BTreeSet, ops::Range};

use super::{blank::Blank, texts};
use crate::source::floor_boundary;

/// A mark that is not closed within so many bytes is none.
const LONGEST: usize = 2000;

/// The beginning and the end of a mark, the longer beginnings first.
const MARKS: [(&str, &str); 6] =
    [("<%", "%>"), ("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}"), ("{/*", "*/}")];

/// Outputs of a template: `{{ site.url }}` is one, `{{ .Values.image }}` in a text is somebody's subject.
const OUTPUTS: [&str; 3] = ["site.", "page.", "include."];

/// Blanks the marks in the text from `body` on, outside of code.
pub(super) fn read(text: &str, body: usize, code: &[Range<usize>], blank: &mut Blank) {
    let closed: BTreeSet<&str> =
        text.match_indices("</").filter_map(|(at, open)| name(text.get(at + open.len()..)?)).collect();
    let mut code = code.iter().peekable();
    let mut at = body;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(['`', '<', '{'])).map(|found| at + found)
    {
        while code.next_if(|part| part.end <= found).is_some() {}
        if let Some(part) = code.peek().filter(|part| part.start <= found) {
            at = part.end;
            continue;
        }
        let rest = text.get(found..).unwrap_or_default();
        at = if rest.starts_with('`') {
            found + code_span(rest)
        } else if let Some((length, kept)) =
            mark(text, found, rest).or_else(|| component(found, rest, &closed))
        {
            blank.all_but(found..found + length, &kept);
            found + length
        } else {
            found + 1
        };
    }
}

/// The length of the code that begins here; that of its backticks when they are not closed in the paragraph.
fn code_span(rest: &str) -> usize {
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    let near = near(rest, ticks);
    let paragraph = near.find("\n\n").unwrap_or(near.len());
    let mut at = ticks;
    while let Some(found) = rest.get(at..paragraph).and_then(|rest| rest.find('`')).map(|found| at + found) {
        let run = rest.get(found..).map_or(0, |rest| rest.len() - rest.trim_start_matches('`').len());
        if run == ticks {
            return found + run;
        }
        at = found + run;
    }
    ticks
}

/// The length of the mark that begins here, and what stays of it.
fn mark(text: &str, at: usize, rest: &str) -> Option<(usize, Vec<Range<usize>>)> {
    let (open, close) = MARKS.into_iter().find(|(open, _)| rest.starts_with(open))?;
    let inner = inner(rest, open.len(), close)?;
    let words = inner.trim_matches(|c: char| c.is_whitespace() || c == '-' || c == '=');
    let is_output = OUTPUTS.iter().any(|name| words.starts_with(name)) || words.starts_with(['"', '\'']);
    if open == "{{" && !is_output {
        return None;
    }
    let base = at + open.len();
    let before = text.get(..at).unwrap_or_default().trim_end();
    let kept = if before.ends_with("](") { target(words, inner, base) } else { texts(inner, base) };
    Some((open.len() + inner.len() + close.len(), kept))
}

/// The text as far as an end is looked for that should stand behind `start`.
fn near(rest: &str, start: usize) -> &str {
    rest.get(..floor_boundary(rest, start + LONGEST)).unwrap_or(rest)
}

/// What stands between the ends of a mark, in one paragraph.
fn inner<'t>(rest: &'t str, start: usize, close: &str) -> Option<&'t str> {
    let inner = near(rest, start).get(start..)?;
    let inner = inner.get(..inner.find(close)?)?;
    (!inner.contains("\n\n")).then_some(inner)
}

/// Where a link leads that a mark makes: the text in quotes, or what stands behind `link` and `post_url`.
fn target(words: &str, inner: &str, base: usize) -> Vec<Range<usize>> {
    let quoted = words.split(['"', '\'']).nth(1).filter(|_| words.matches(['"', '\'']).count() >= 2);
    let named = || words.strip_prefix("link ").or_else(|| words.strip_prefix("post_url ")).map(str::trim);
    let found = quoted.or_else(named).and_then(|target| Some((inner.find(target)?, target.len())));
    found.map(|(from, length)| base + from..base + from + length).into_iter().collect()
}

/// True when there may be components in a text: a tag whose name begins with a capital.
pub(super) fn has_components(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_uppercase))
}

/// The name of a component that a text begins with.
fn name(text: &str) -> Option<&str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '.';
    let name = text.get(..text.find(|c| !is_name(c))?)?;
    name.starts_with(|c: char| c.is_ascii_uppercase()).then_some(name)
}

/// The length of the component's tag that begins here, and what stays of it. `<Host>` alone is no component but a gap to
/// be filled in: there must be a tag that closes it.
fn component(at: usize, rest: &str, closed: &BTreeSet<&str>) -> Option<(usize, Vec<Range<usize>>)> {
    let start = if rest.starts_with("</") { 2 } else { 1 };
    let name = name(rest.get(start..)?)?;
    let inner = inner(rest, start + name.len(), ">")?;
    let attributes = inner.strip_suffix('/').unwrap_or(inner);
    let is_closed =
        attributes.len() < inner.len() && (attributes.is_empty() || attributes.contains(['=', ' ']));
    if !is_closed && !closed.contains(name) || attributes.contains('<') {
        return None;
    }
    let base = at + start + name.len();
    Some((start + name.len() + inner.len() + 1, texts(attributes, base)))
}
