//! What site generators put between the Markdown and above it: shortcodes, template tags, fences of colons, admonitions,
//! components.
//!
//! It says nothing about an incident, and a plain reader of Markdown takes it for text or code. So it is blanked: what is
//! left is Markdown of the same length, in which every byte stands where it stood. Only the words go that speak to the
//! generator; a title or a caption stays, and so does everything in code. What cannot be told for sure is left alone.

mod blank;
mod exports;
mod lines;
mod marks;
pub(crate) mod metadata;
#[cfg(test)]
mod tests;

use std::{ops::Range, sync::LazyLock};

use aho_corasick::{AhoCorasick, MatchKind};

use blank::Blank;

/// What every mark but a component holds, by the kind of search that looks at many bytes at once.
static SIGNS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let signs = ["<%", "{{", "{%", "{/*", ":::", "!!! ", "??? ", "???+ "];
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(signs).ok()
});

/// The text without the marks of generators; none when it has no such mark.
pub(super) fn without_marks(text: &str) -> Option<String> {
    let body = body(text);
    let begins_as_mdx = || text.get(body..).is_some_and(|text| exports::length(text.trim_start()).is_some());
    let is_mdx = marks::has_components(text) || begins_as_mdx();
    let metadata = metadata::entries(text).map(|(_, end)| end);
    if !is_mdx && metadata.is_none() && !SIGNS.as_ref().is_some_and(|signs| signs.is_match(text)) {
        return None;
    }
    let mut blank = Blank::new(text);
    if let Some(end) = metadata {
        blank.all_but(0..end, &[]);
    }
    let code = lines::read(text, body, is_mdx, &mut blank);
    marks::read(text, body, &code, &mut blank);
    blank.finish()
}

/// Where the text begins behind the front matter, in which nothing is changed.
fn body(text: &str) -> usize {
    let mut lines = Lines { text, at: 0 };
    let fence = lines.next().and_then(|line| text.get(line)).unwrap_or_default().trim_end();
    if !matches!(fence, "---" | "+++") {
        return 0;
    }
    let end = lines.find(|line| text.get(line.clone()).is_some_and(|line| line.trim_end() == fence));
    end.map_or(0, |line| line.end)
}

/// The lines of a text from a place on, with their line ends.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        self.at += rest.find('\n').map_or(rest.len(), |at| at + 1);
        Some(start..self.at)
    }
}

/// The parts of what a mark says that are for readers: texts in quotes, behind a key that stands for text or, with
/// spaces in them, without a key. `inner` begins at `base`.
fn texts(inner: &str, base: usize) -> Vec<Range<usize>> {
    const KEYS: [&str; 8] = ["alt", "caption", "content", "description", "label", "summary", "text", "title"];
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = inner.get(at..).and_then(|rest| rest.find(['"', '\''])).map(|found| at + found) {
        let quote = inner.get(open..=open).unwrap_or_default();
        let Some(length) = inner.get(open + 1..).and_then(|rest| rest.find(quote)) else { break };
        let (start, end) = (open + 1, open + 1 + length);
        let before = inner.get(..open).unwrap_or_default().trim_end();
        let key = before.strip_suffix(['=', ':']).map(|before| {
            let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
            before.trim_end().rsplit(|c| !is_name(c)).next().unwrap_or_default()
        });
        let has_words = inner.get(start..end).is_some_and(|text| text.trim().contains(' '));
        if key.map_or(has_words, |key| KEYS.contains(&key)) {
            found.push(base + start..base + end);
        }
        at = end + 1;
    }
    found
}
