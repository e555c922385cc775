//! The anchors of headings, the same that GitHub gives, so that a link works in both places.

use std::{
    borrow::Cow,
    collections::{BTreeMap, btree_map::Entry},
};

use serde::{Deserialize, Serialize};

/// GitHub's anchor of a heading: lower case, spaces become hyphens, everything but letters, digits, hyphens and
/// underscores goes. Letters of every script stay as they are.
pub fn slug(heading: &str) -> String {
    if heading.is_ascii() {
        return String::from_utf8(ascii_slug(heading).collect()).unwrap_or_default();
    }
    let mut slug = String::with_capacity(heading.len());
    for letter in heading.trim().chars() {
        match letter {
            ' ' => slug.push('-'),
            '-' | '_' => slug.push(letter),
            letter if letter.is_ascii_alphanumeric() => slug.push(letter.to_ascii_lowercase()),
            letter => slug.extend(letter.to_lowercase().filter(|letter| letter.is_alphanumeric())),
        }
    }
    slug
}

/// The letters of the slug of a heading in ASCII.
fn ascii_slug(heading: &str) -> impl Iterator<Item = u8> {
    heading.trim().bytes().filter_map(|letter| match letter {
        b' ' => Some(b'-'),
        b'-' | b'_' => Some(letter),
        _ => letter.is_ascii_alphanumeric().then(|| letter.to_ascii_lowercase()),
    })
}

/// A name that is safe in a file name and in an address on every system: ASCII letters, digits and single hyphens for
/// text that has them, else the [`slug`]. Never empty, never a dot.
pub fn file_slug(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for letter in name.trim().chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            out.push(letter);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { "untitled".to_owned() } else { out.to_owned() }
}

/// Hands out anchors that are unique within one page, numbering repeats as GitHub does: `impact`, `impact-1`, …
#[derive(Debug, Default, Clone)]
pub struct Anchors {
    used: BTreeMap<String, usize>,
}

impl Anchors {
    /// The anchor for the next heading with this text.
    pub fn next(&mut self, heading: &str) -> String {
        let base = slug(heading);
        let base = if base.is_empty() { "section".to_owned() } else { base };
        if let Entry::Vacant(entry) = self.used.entry(base.clone()) {
            entry.insert(0);
            return base;
        }
        let mut anchor = base.clone();
        while self.used.contains_key(&anchor) {
            let count = self.used.entry(base.clone()).or_default();
            *count += 1;
            anchor = format!("{base}-{count}");
        }
        self.used.insert(anchor.clone(), 0);
        anchor
    }
}

/// The anchor of one heading. Nearly all are the [`slug`] of the heading, and are not written down a second time.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Anchor(Option<Box<str>>);

impl Anchor {
    /// That of a heading.
    pub fn new(anchor: &str, heading: &str) -> Self {
        let is_slug =
            if heading.is_ascii() { ascii_slug(heading).eq(anchor.bytes()) } else { slug(heading) == anchor };
        Self((!is_slug).then(|| anchor.into()))
    }

    /// The anchor as text, beside the heading that it was made from.
    pub fn of(&self, heading: &str) -> Cow<'_, str> {
        self.0.as_deref().map_or_else(|| slug(heading).into(), Cow::Borrowed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_those_of_github() {
        assert_eq!(slug("What went well?"), "what-went-well");
        assert_eq!(slug("Timeline (all times UTC)"), "timeline-all-times-utc");
        assert_eq!(slug("C++ / C#"), "c--c");
        assert_eq!(slug("原因"), "原因");
    }

    #[test]
    fn repeated_headings_are_numbered() {
        let mut anchors = Anchors::default();
        let given: Vec<_> =
            ["Impact", "Impact", "Impact 1", "Impact", "…"].iter().map(|h| anchors.next(h)).collect();
        assert_eq!(given, ["impact", "impact-1", "impact-1-1", "impact-2", "section"]);
    }

    #[test]
    fn an_anchor_is_that_of_its_heading_or_one_of_its_own() {
        for (anchor, heading) in
            [("impact", "Impact"), ("impact-1", "Impact"), ("section", "…"), ("", "Impact")]
        {
            assert_eq!(Anchor::new(anchor, heading).of(heading), anchor);
        }
        assert_eq!(Anchor::new("impact", "Impact"), Anchor::default());
    }

    #[test]
    fn file_names_are_never_empty_nor_a_way_out() {
        assert_eq!(file_slug("../../Etc/Passwd"), "etc-passwd");
        assert_eq!(file_slug(".."), "untitled");
        assert_eq!(file_slug("Config change"), "config-change");
    }
}
