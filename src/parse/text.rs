//! Plain text: out of Markdown that stands in the front matter, out of blocks, and what stands in it.

use super::blocks::{self, Block, Kind};

/// Where the first of some marks stands in a text. Most marks are rare, and one walk looks for all of them.
pub(crate) fn first_of(text: &str, marks: &[&str]) -> Option<usize> {
    // The bytes that they begin with: most bytes of a text begin none, and are asked once.
    let mut first = [false; 256];
    for byte in marks.iter().filter_map(|mark| mark.as_bytes().first()) {
        if let Some(is_first) = first.get_mut(usize::from(*byte)) {
            *is_first = true;
        }
    }
    let begins = |(at, byte): &(usize, u8)| {
        let rest = || text.as_bytes().get(*at..).unwrap_or_default();
        let stands_here = |mark: &&str| match (mark.as_bytes(), rest()) {
            // Most are a space and a sign, and most spaces have none behind them.
            ([_, sign, ..], [_, next, ..]) if sign != next => false,
            (mark, rest) => rest.starts_with(mark),
        };
        first.get(usize::from(*byte)) == Some(&true) && marks.iter().any(stands_here)
    };
    text.bytes().enumerate().find(begins).map(|(at, _)| at)
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
        let begun = rest.get(beginning(rest, true)..)?;
        let (word, behind) = begun.split_at_checked(beginning(begun, false))?;
        rest = behind;
        (!word.is_empty()).then_some(word)
    })
}

/// The length of what a text begins with that is white space, or that is none.
fn beginning(text: &str, of_space: bool) -> usize {
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        let (is_space, length) = if byte.is_ascii() {
            (matches!(byte, b'\t'..=b'\r' | b' '), 1)
        } else {
            let letter = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
            (letter.is_whitespace(), letter.len_utf8())
        };
        if is_space != of_space {
            break;
        }
        at += length;
    }
    at
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
    }

    #[test]
    fn pairs_are_found_at_both_ends() {
        let is_gap = |one, next| one == b' ' && next == b' ';
        let found = ["  a", "a  ", "a b ", "", " "].map(|text| has_pair(text, is_gap));
        assert_eq!(found, [true, true, false, false, false]);
    }
}
