//! Marks that are lines: fences of colons, the heads of admonitions, imports. Also where the code is.

use std::ops::Range;

use super::{Lines, blank::Blank, exports, texts};

/// A longer line is no mark.
const LONGEST: usize = 500;

/// How far the text of an admonition is indented.
const INDENT: usize = 4;

/// Blanks the lines, and gives the parts of the text that are code.
pub(super) fn read(text: &str, body: usize, is_mdx: bool, blank: &mut Blank) -> Vec<Range<usize>> {
    let mut code = Vec::new();
    let mut fence: Option<(char, usize)> = None;
    // The indent of the admonition that the lines are in.
    let mut admonition: Option<usize> = None;
    // Where the statement ends that the lines are in.
    let mut statement = body;
    for place in (Lines { text, at: body }) {
        if place.start < statement {
            continue;
        }
        let line = text.get(place.clone()).unwrap_or_default();
        let indent = indent(line);
        let words = line.trim();
        if let Some(outer) = admonition {
            if words.is_empty() {
                continue;
            }
            if indent >= outer + INDENT || line.get(outer..).is_some_and(|rest| rest.starts_with('\t')) {
                blank.put(place.start + outer, b'>');
            } else {
                admonition = None;
                fence = None;
            }
        }
        let run = words.chars().next().map_or(0, |first| words.chars().take_while(|c| *c == first).count());
        match (fence, words.chars().next()) {
            (Some((sign, length)), first) => {
                code.push(place.clone());
                if first == Some(sign) && run >= length && words.len() == run {
                    fence = None;
                }
            }
            (None, Some(sign @ ('`' | '~')))
                if run >= 3 && !words.get(run..).unwrap_or_default().contains('`') =>
            {
                fence = Some((sign, run));
                code.push(place.clone());
            }
            // So far inside, it is code, or belongs to a list: nobody can tell from the line.
            (None, _) if indent >= INDENT && admonition.is_none() => code.push(place.clone()),
            (None, _) => {
                let start = place.start + indent;
                let part = start..start + words.len();
                if let Some(kept) = colons(words, start) {
                    blank.all_but(part, &kept);
                } else if let Some(kept) = head(words, start) {
                    let behind = text.get(place.end..).unwrap_or_default();
                    let next = behind.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
                    if self::indent(next) >= indent + INDENT || next.starts_with('\t') {
                        blank.put(start, b'>');
                        blank.all_but(start + 1..part.end, &kept);
                        admonition = Some(indent);
                    }
                } else if is_mdx
                    && indent == 0
                    && let Some(length) = text.get(start..).and_then(exports::length)
                {
                    statement = start + length;
                    blank.all_but(start..statement, &[]);
                }
            }
        }
    }
    code
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// The title on a fence of colons, `:::note[Title]` or `::: {.callout-note title="Title"}`; none for any other line.
fn colons(words: &str, start: usize) -> Option<Vec<Range<usize>>> {
    let rest = words.trim_start_matches(':');
    if words.len() - rest.len() < 3 || words.len() > LONGEST {
        return None;
    }
    let rest = rest.trim_start();
    if !rest.is_empty() && !rest.starts_with(|c: char| c == '{' || c.is_alphabetic()) {
        return None;
    }
    let base = start + words.len() - rest.len();
    let name = rest.find(|c: char| c == '{' || c == '[' || c.is_whitespace()).unwrap_or(rest.len());
    let mut kept = Vec::new();
    let mut at = name;
    while let Some(next) = rest.get(at..).filter(|next| !next.trim().is_empty()) {
        let space = next.len() - next.trim_start().len();
        let (next, from) = (next.trim_start(), at + space);
        let within =
            |end: char| next.find(end).map(|end| (next.get(1..end).unwrap_or_default(), from + end + 1));
        at = match next.chars().next() {
            Some('{') if let Some((inner, end)) = within('}') => {
                kept.extend(texts(inner, base + from + 1));
                end
            }
            Some('[') if let Some((inner, end)) = within(']') => {
                kept.push(base + from + 1..base + from + 1 + inner.len());
                end
            }
            _ => {
                // An attribute list that is not closed is text.
                let end = next.get(1..).and_then(|rest| rest.find('{')).map_or(next.len(), |at| at + 1);
                kept.push(base + from..base + from + end);
                from + end
            }
        };
    }
    Some(kept)
}

/// The title in the head of an admonition, `!!! note "Title"` or `??? tip`; none for any other line.
fn head(words: &str, start: usize) -> Option<Vec<Range<usize>>> {
    let rest = ["!!! ", "???+ ", "??? "].iter().find_map(|sign| words.strip_prefix(sign))?;
    let (kind, title) = rest.split_once('"').map_or((rest, None), |(kind, title)| (kind, Some(title)));
    let is_kind = kind.starts_with(|c: char| c.is_ascii_alphabetic())
        && kind.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        && (title.is_some() || kind.split_whitespace().count() <= 3);
    let title = match title {
        None => Vec::new(),
        Some(title) => {
            let title = title.strip_suffix('"')?;
            let from = start + words.len() - title.len() - 1;
            std::iter::once(from..from + title.len()).collect()
        }
    };
    is_kind.then_some(title)
}
