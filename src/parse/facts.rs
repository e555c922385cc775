//! Facts that stand in the body: rows of key/value tables, bold labels, lines of `Key: value`, headings with one line
//! below them.

use super::{
    blocks::{Block, Body, Item, Kind, Row},
    inline::Inline,
    locale::{Lexicon, Meaning},
    outline::{self, Part},
    ranges::Ranges,
};
use crate::model::SectionKind;

/// A label is at most this long, in characters.
const LABEL: usize = 40;

/// A labelled value.
#[derive(Debug, Clone)]
pub(crate) struct Labelled {
    pub(crate) meaning: Meaning,
    pub(crate) value: Inline,
}

/// All labelled values of a body, in its order. Timelines and lists of action items have labels of their own.
pub(crate) fn read(words: &Lexicon, body: &Body, parts: &[Part<'_>]) -> Vec<Labelled> {
    let apart = parts
        .iter()
        .filter(|part| part.is(SectionKind::Timeline) || part.is(SectionKind::ActionItems))
        .map(Part::whole)
        .collect();
    let apart = Ranges::new(apart);
    let mut reader = Reader { words, found: Vec::new(), preamble_end: preamble_end(&body.blocks) };
    for (index, block) in body.blocks.iter().enumerate() {
        if !apart.contains(block.span) {
            reader.block(block, body.blocks.get(index + 1));
        }
    }
    reader.found
}

/// Where the first section below the title begins: above it, plain lines of `Key: value` are facts.
fn preamble_end(blocks: &[Block]) -> usize {
    let title = outline::title_heading(blocks);
    let section = |(index, block): (usize, &Block)| {
        (matches!(block.kind, Kind::Heading { .. }) && title != Some(index)).then_some(block.span.start)
    };
    blocks.iter().enumerate().find_map(section).unwrap_or(usize::MAX)
}

struct Reader<'l> {
    words: &'l Lexicon,
    found: Vec<Labelled>,
    preamble_end: usize,
}

impl Reader<'_> {
    fn block(&mut self, block: &Block, next: Option<&Block>) {
        match &block.kind {
            Kind::Paragraph(text) => self.paragraph(text, next),
            Kind::List(items) => items.iter().for_each(|item| self.item(item)),
            Kind::Table { head, rows } => self.table(head, rows),
            Kind::Quote(blocks) => {
                for (index, block) in blocks.iter().enumerate() {
                    self.block(block, blocks.get(index + 1));
                }
            }
            Kind::Heading { text, .. } => self.heading(text, next),
            Kind::Code | Kind::Html | Kind::Rule => {}
        }
    }

    fn paragraph(&mut self, text: &Inline, next: Option<&Block>) {
        for line in text.lines() {
            match outline::label(&line) {
                Some((label, value)) if value.is_blank() => {
                    if let Some(Kind::Paragraph(value)) = next.map(|next| &next.kind) {
                        self.add(&label.text, value);
                    }
                }
                Some((label, value)) => self.add(&label.text, &value),
                None if line.span.start < self.preamble_end => self.plain(&line),
                None => {}
            }
        }
    }

    fn item(&mut self, item: &Item) {
        let Some(Kind::Paragraph(text)) = item.blocks.first().map(|block| &block.kind) else { return };
        let Some(line) = text.lines().into_iter().next() else { return };
        match outline::label(&line) {
            Some((label, value)) => self.add(&label.text, &value),
            None => self.plain(&line),
        }
    }

    /// `Key: value` without bold type; only keys that can be nothing else count.
    fn plain(&mut self, line: &Inline) {
        let Some(colon) = line.text.find([':', '：']) else { return };
        let behind =
            colon + line.text.get(colon..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        let label = line.text.get(..colon).unwrap_or_default();
        let clear = !matches!(self.words.meaning(label), Some(Meaning::Time(_)))
            || line.span.start < self.preamble_end;
        if clear {
            self.add(label, &line.from(behind));
        }
    }

    /// `## Status`, and one line below it.
    fn heading(&mut self, text: &Inline, next: Option<&Block>) {
        if let Some(Kind::Paragraph(value)) = next.map(|next| &next.kind) {
            match self.words.meaning(&text.one_line()) {
                Some(Meaning::Date) => {
                    for line in value.lines() {
                        self.plain(&line);
                    }
                    self.add(&text.one_line(), value);
                }
                Some(_) if value.lines().len() == 1 => self.add(&text.one_line(), value),
                _ => {}
            }
        }
    }

    fn table(&mut self, head: &[Inline], rows: &[Row]) {
        let meanings = head.iter().filter(|cell| self.words.meaning(&cell.text).is_some()).count();
        if let ([row], true) = (rows, meanings >= 2) {
            for (name, value) in head.iter().zip(&row.cells) {
                self.add(&name.text, value);
            }
            return;
        }
        let header = std::iter::once(head);
        for cells in header.chain(rows.iter().map(|row| row.cells.as_slice())) {
            if let [name, value] = cells {
                self.add(&name.text, value);
            }
        }
    }

    fn add(&mut self, label: &str, value: &Inline) {
        let label = label.trim();
        if value.is_blank() || label.chars().count() > LABEL {
            return;
        }
        if let Some(meaning) = self.words.meaning(label) {
            self.found.push(Labelled { meaning, value: value.slice(0..value.text.len()) });
        }
    }
}
