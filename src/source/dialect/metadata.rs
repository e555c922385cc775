//! What a page says of itself in lines above its text, without fences: Pelican and `MkDocs` read it so, and Nikola in a
//! comment.
//!
//! People write such lines too, and theirs are facts of the incident. A generator's are known by a key that only it needs;
//! beside a key that it does not know nothing is taken for its own.

use std::ops::Range;

use super::Lines;

/// Keys that only a generator needs.
const OF_PAGE: [&str; 7] = ["categories", "category", "layout", "permalink", "save_as", "slug", "template"];
/// Keys that it knows beside these.
const KNOWN: [&str; 21] = [
    "author",
    "authors",
    "comments",
    "date",
    "description",
    "draft",
    "excerpt",
    "image",
    "keywords",
    "lang",
    "modified",
    "published",
    "series",
    "status",
    "subtitle",
    "summary",
    "tags",
    "title",
    "translation",
    "updated",
    "url",
];

/// A key and where its value stands.
pub(crate) type Entry<'t> = (&'t str, Range<usize>);

/// The lines of a generator that a text begins with, and where they end; none where it begins with anything else.
pub(crate) fn entries(text: &str) -> Option<(Vec<Entry<'_>>, usize)> {
    commented(text).or_else(|| bare(text))
}

/// Those of Nikola, `.. title: Search was slow` in a comment.
fn commented(text: &str) -> Option<(Vec<Entry<'_>>, usize)> {
    let (open, close) = ("<!--", "-->");
    let inner = text.strip_prefix(open)?.split_once(close)?.0;
    let end = open.len() + inner.len();
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for line in (Lines { text, at: open.len() }).take_while(|line| line.start < end) {
        let written = text.get(line.start..line.end.min(end))?.trim_end();
        if written.trim().is_empty() {
            continue;
        }
        let (key, value) = written.strip_prefix(".. ")?.split_once(':')?;
        let start = line.start + written.len() - value.trim_start().len();
        entries.push((key, start..line.start + written.len()));
    }
    let has = |key: &str| entries.iter().any(|(known, _)| *known == key);
    (has("title") && has("slug")).then_some((entries, end + close.len()))
}

fn bare(text: &str) -> Option<(Vec<Entry<'_>>, usize)> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut end = 0;
    for line in (Lines { text, at: 0 }) {
        let written = text.get(line.clone())?.trim_end();
        if written.is_empty() {
            break;
        }
        end = line.start + written.len();
        // A value may go on in the next line.
        if !entries.is_empty() && written.starts_with([' ', '\t']) {
            continue;
        }
        let (key, value) = written.split_once(':')?;
        let start = line.start + written.len() - value.trim_start().len();
        entries.push((key, start..end));
    }
    let is = |keys: &[&str], key: &str| keys.iter().any(|known| known.eq_ignore_ascii_case(key.trim()));
    let are_known = entries.iter().all(|(key, _)| is(&OF_PAGE, key) || is(&KNOWN, key));
    let begins = entries.iter().any(|(key, _)| is(&["title"], key));
    (are_known && begins && entries.iter().any(|(key, _)| is(&OF_PAGE, key))).then_some((entries, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys with their values, and what stands behind them.
    fn read(page: &str) -> Option<(Vec<(&str, &str)>, &str)> {
        let (entries, end) = entries(page)?;
        Some((entries.into_iter().map(|(key, at)| (key, &page[at])).collect(), &page[end..]))
    }

    #[test]
    fn a_comment_may_hold_them() {
        let page = "<!--\n.. title: Search was slow\n.. tags:\n.. slug: slow\n.. date: 2026-03-16 11:58\n-->\n\nText.\n";
        let expected =
            [("title", "Search was slow"), ("tags", ""), ("slug", "slow"), ("date", "2026-03-16 11:58")];
        assert_eq!(read(page), Some((expected.to_vec(), "\n\nText.\n")));
        for other in [
            "<!-- .. title: Search\n.. slug: slow\n-->\n",
            "<!--\n.. title: Search\n-->\n",
            "<!--\nSee .. title: Search\n.. slug: slow\n-->\n",
            "<!--\n.. title: Search\n.. slug: slow\n",
        ] {
            assert_eq!(entries(other), None, "{other}");
        }
    }

    #[test]
    fn lines_are_those_of_a_generator_by_a_key_that_only_it_needs() {
        let page = "Title: Search was slow\nSlug: slow\nDate: 2026-03-16 11:58\nSummary: A queue\n    without a limit\n\nText.\n";
        let expected = [
            ("Title", "Search was slow"),
            ("Slug", "slow"),
            ("Date", "2026-03-16 11:58"),
            ("Summary", "A queue"),
        ];
        assert_eq!(read(page), Some((expected.to_vec(), "\n\nText.\n")));
        for other in [
            "Title: Search was slow\nDate: 2026-03-16\n\nText.\n",
            "Title: Search was slow\nSlug: slow\nSeverity: high\n\nText.\n",
            "Slug: slow\nDate: 2026-03-16\n\nText.\n",
            "# Search was slow\n\nSlug: slow\n",
            "",
        ] {
            assert_eq!(entries(other), None, "{other}");
        }
    }
}
