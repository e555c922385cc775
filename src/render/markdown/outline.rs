//! The headings of a document: their anchors, their levels in the page, the table of contents.

use std::{borrow::Cow, collections::HashMap};

use crate::{model::anchor::slug, source::Span};

/// A heading as it stands in the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The level in the document, 1 to 6.
    pub level: u8,
    /// The level in the page, 2 to 6: the page has its one `h1`, and no level is skipped on the way down.
    pub page_level: u8,
    /// The text without markup.
    pub text: String,
    /// The id in the page.
    pub anchor: String,
    /// Where it stands in the file.
    pub span: Span,
}

/// A line of a table of contents.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct TocEntry {
    /// The text of the heading.
    pub text: String,
    /// Its id in the page.
    pub anchor: String,
    /// The headings one level below.
    pub children: Vec<TocEntry>,
}

/// The headings at page levels 2 and 3.
pub fn table_of_contents(headings: &[Heading]) -> Vec<TocEntry> {
    let mut entries: Vec<TocEntry> = Vec::new();
    for heading in headings {
        let entry =
            TocEntry { text: heading.text.clone(), anchor: heading.anchor.clone(), children: Vec::new() };
        match (heading.page_level, entries.last_mut()) {
            (3, Some(parent)) => parent.children.push(entry),
            (2 | 3, _) => entries.push(entry),
            _ => {}
        }
    }
    entries
}

/// Gives each heading its level in the page.
#[derive(Debug, Default)]
pub(crate) struct Levels {
    open: Vec<u8>,
}

impl Levels {
    /// The page level of the next heading.
    pub(crate) fn next(&mut self, level: u8) -> u8 {
        while self.open.last().is_some_and(|open| *open >= level) {
            self.open.pop();
        }
        self.open.push(level);
        u8::try_from(self.open.len() + 1).unwrap_or(6).min(6)
    }
}

/// The ids of one page; each is given out once.
#[derive(Debug, Default)]
pub(crate) struct Ids<'a> {
    taken: HashMap<Cow<'a, str>, usize, ahash::RandomState>,
}

impl<'a> Ids<'a> {
    /// Ids that the page uses already.
    pub(crate) fn reserving(ids: impl IntoIterator<Item = &'a str>) -> Self {
        Self { taken: ids.into_iter().map(|id| (Cow::Borrowed(id), 0)).collect() }
    }

    /// The anchor of a heading.
    pub(crate) fn anchor(&mut self, heading: &str) -> String {
        let anchor = slug(heading);
        self.unique(if anchor.trim_matches('-').is_empty() { "section" } else { &anchor })
    }

    /// `wanted`, or `wanted-1`, `wanted-2` … when it is taken: as GitHub counts.
    pub(crate) fn unique(&mut self, wanted: &str) -> String {
        let Some(mut count) = self.taken.get(wanted).copied() else {
            self.taken.insert(wanted.to_owned().into(), 0);
            return wanted.to_owned();
        };
        loop {
            count += 1;
            let candidate = format!("{wanted}-{count}");
            if !self.taken.contains_key(&*candidate) {
                self.taken.insert(wanted.to_owned().into(), count);
                self.taken.insert(candidate.clone().into(), 0);
                return candidate;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_given_once() {
        let mut ids = Ids::reserving(["timeline"]);
        let given: Vec<_> = ["a", "a", "a-1", "a", "timeline"].map(|wanted| ids.unique(wanted)).into();
        assert_eq!(given, ["a", "a-1", "a-1-1", "a-2", "timeline-1"]);
    }

    #[test]
    fn no_level_is_skipped_in_the_page() {
        let mut levels = Levels::default();
        let page: Vec<u8> = [3, 5, 5, 4, 3, 2, 6, 1, 2].into_iter().map(|level| levels.next(level)).collect();
        assert_eq!(page, [2, 3, 3, 3, 2, 2, 3, 2, 3]);
    }

    #[test]
    fn the_contents_nest_two_levels() {
        let heading = |page_level, text: &str| Heading {
            level: page_level,
            page_level,
            text: text.into(),
            anchor: slug(text),
            span: Span::empty(0),
        };
        let toc = table_of_contents(&[heading(2, "A"), heading(3, "B"), heading(4, "C"), heading(2, "D")]);
        let entry = |text: &str, children| TocEntry { text: text.into(), anchor: slug(text), children };
        assert_eq!(toc, [entry("A", vec![entry("B", vec![])]), entry("D", vec![])]);
    }
}
