//! Plain text: out of Markdown that stands in the front matter, out of blocks, and what stands in it.

use std::ops::Range;

use super::blocks::{self, Block, Kind};

/// The dashes that part two texts of a line; without the spaces they join two words.
pub(crate) const DASHES: [&str; 3] = [" - ", " – ", " — "];

/// Where the first of some marks stands in a text. Most marks are rare, and one walk looks for all of them.
pub(crate) fn first_of(text: &str, marks: &[&str]) -> Option<usize> {
    // Most bytes of a text begin none of them, and most spaces have no sign behind them.
    let (mut alone, mut first, mut second) = (Bytes::default(), Bytes::default(), Bytes::default());
    for mark in marks {
        match mark.as_bytes() {
            [byte] => alone.insert(*byte),
            [byte, next, ..] => {
                first.insert(*byte);
                second.insert(*next);
            }
            [] => {}
        }
    }
    let bytes = text.as_bytes();
    let stands_at = |at: usize| {
        let rest = bytes.get(at..).unwrap_or_default();
        rest.get(1).is_some_and(|next| second.contains(*next))
            && marks.iter().any(|mark| rest.starts_with(mark.as_bytes()))
    };
    let mut places = bytes.iter().enumerate();
    let found = places.find(|(at, byte)| alone.contains(**byte) || first.contains(**byte) && stands_at(*at));
    found.map(|(at, _)| at)
}

/// The same, and which of the marks it is.
pub(crate) fn first_mark<'m>(text: &str, marks: &[&'m str]) -> Option<(usize, &'m str)> {
    let at = first_of(text, marks)?;
    let mark = marks.iter().find(|mark| text.get(at..).is_some_and(|rest| rest.starts_with(**mark)))?;
    Some((at, mark))
}

/// A set of bytes.
#[derive(Default)]
struct Bytes([u64; 4]);

impl Bytes {
    fn contains(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte >> 6)).is_some_and(|bits| bits >> (byte & 63) & 1 == 1)
    }

    fn insert(&mut self, byte: u8) {
        if let Some(bits) = self.0.get_mut(usize::from(byte >> 6)) {
            *bits |= 1 << (byte & 63);
        }
    }
}

/// What a sentence may end with.
pub(crate) const SENTENCE_ENDS: [char; 4] = ['.', '!', '?', '。'];

/// True unless the sign in front stands within a name: `example.org`.
pub(crate) fn ends_sentence(text: &str, behind: usize) -> bool {
    !text.get(behind..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

/// The places of the sentences of a text.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let marks = text.match_indices(SENTENCE_ENDS).map(|(at, mark)| at + mark.len());
    let mut start = 0;
    marks.filter(|behind| ends_sentence(text, *behind)).chain([text.len()]).map(move |end| {
        let place = start..end;
        start = end;
        place
    })
}

/// True for a text in which such a byte stands. All of it is asked, so that many bytes are looked at together.
pub(crate) fn has_byte(text: &str, is_one: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(false, |any, byte| any | is_one(byte))
}

/// True for a text in which such bytes stand next to each other. All of it is asked, so that many bytes are looked at
/// together.
pub(crate) fn has_pair(text: &str, is_one: impl Fn(u8, u8) -> bool) -> bool {
    let (bytes, behind) = (text.as_bytes(), text.as_bytes().get(1..).unwrap_or_default());
    bytes.iter().zip(behind).fold(false, |any, (one, next)| any | is_one(*one, *next))
}

/// The words of a text, which white space is between. That of ASCII is told by its bytes, in a third of the time that
/// its letters take.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        // Nearly always it is a single space that stands between two.
        let is_begun = rest.bytes().next().is_some_and(|byte| (b'!'..=b'\x7f').contains(&byte));
        let begun = if is_begun { rest } else { rest.trim_start() };
        let (word, behind) = begun.split_at_checked(word_length(begun))?;
        rest = behind.strip_prefix(' ').unwrap_or(behind);
        (!word.is_empty()).then_some(word)
    })
}

/// The length of what a text begins with that is no white space.
fn word_length(text: &str) -> usize {
    let mut length = 0;
    loop {
        let rest = text.as_bytes().get(length..).unwrap_or_default();
        length += rest.iter().take_while(|byte| (b'!'..=b'\x7f').contains(*byte)).count();
        match text.get(length..).and_then(|rest| rest.chars().next()) {
            Some(letter) if !letter.is_whitespace() => length += letter.len_utf8(),
            _ => return length,
        }
    }
}

/// What stands in front of the brackets at the end of a text, and in them.
pub(crate) fn with_remark(text: &str) -> Option<(&str, &str)> {
    text.trim_end().strip_suffix(')')?.rsplit_once('(')
}

/// A line of Markdown as plain text.
pub(crate) fn plain(markdown: &str) -> String {
    let markdown = markdown.trim();
    if !markdown.contains(['*', '_', '`', '[', '~', '<', '\\', '&']) {
        return super::inline::one_line(markdown);
    }
    let body = blocks::read(markdown, 0);
    let mut texts = Vec::new();
    collect(&body.blocks, &mut |text, _| texts.push(text.one_line()));
    let text = texts.join(" ");
    if text.is_empty() { super::inline::one_line(markdown) } else { text }
}

/// Calls `each` with every text of the blocks, and whether it is a heading.
pub(crate) fn collect(blocks: &[Block], each: &mut impl FnMut(&super::inline::Inline, bool)) {
    for block in blocks {
        match &block.kind {
            Kind::Heading { text, .. } => each(text, true),
            Kind::Paragraph(text) => each(text, false),
            Kind::List(items) => items.iter().for_each(|item| collect(&item.blocks, each)),
            Kind::Table { head, rows } => {
                let cells = rows.iter().flat_map(|row| &row.cells);
                head.iter().chain(cells).for_each(|cell| each(cell, false));
            }
            Kind::Quote(inner) => collect(inner, each),
            Kind::Code | Kind::Html | Kind::Rule => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_every_white_space() {
        for text in ["", "  ", "one", " a\u{b}b\r\n c\u{a0}d\u{3000}é \u{2028}", "日本 語", "\u{1c}x"] {
            assert_eq!(
                words(text).collect::<Vec<_>>(),
                text.split_whitespace().collect::<Vec<_>>(),
                "{text:?}"
            );
        }
    }

    #[test]
    fn the_first_of_several_marks_is_found_wherever_it_stands() {
        let marks = [":", "：", " - ", " – "];
        for (text, at) in [
            ("a: b", Some(1)),
            ("a - b: c", Some(1)),
            ("a -b – c", Some(4)),
            ("é：", Some(2)),
            ("a b-c", None),
        ] {
            assert_eq!(first_of(text, &marks), at, "{text}");
        }
        assert_eq!(first_mark("a – b: c", &marks), Some((1, " – ")));
    }

    #[test]
    fn pairs_are_found_at_both_ends() {
        let is_gap = |one, next| one == b' ' && next == b' ';
        let found = ["  a", "a  ", "a b ", "", " "].map(|text| has_pair(text, is_gap));
        assert_eq!(found, [true, true, false, false, false]);
    }
}
