//! Plain text: out of Markdown that stands in the front matter, out of blocks, and what stands in it.

use super::blocks::{self, Block, Kind};

/// Where the first of some marks stands in a text. Most marks are rare, and one walk looks for all of them.
pub(crate) fn first_of(text: &str, marks: &[&str]) -> Option<usize> {
    // A bit for the byte that each begins with: most bytes of a text begin none, and are asked once.
    let bit = |byte: &u8| 1_u128 << (byte & 0x7f);
    let first = marks.iter().filter_map(|mark| mark.as_bytes().first()).fold(0, |all, byte| all | bit(byte));
    let begins = |(at, byte): &(usize, u8)| {
        let rest = || text.as_bytes().get(*at..).unwrap_or_default();
        let stands_here = |mark: &&str| match (mark.as_bytes(), rest()) {
            // Most are a space and a sign, and most spaces have none behind them.
            ([_, sign, ..], [_, next, ..]) if sign != next => false,
            (mark, rest) => rest.starts_with(mark),
        };
        first & bit(byte) != 0 && marks.iter().any(stands_here)
    };
    text.bytes().enumerate().find(begins).map(|(at, _)| at)
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
