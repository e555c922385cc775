//! Where ids and supplied HTML go, when the caller names them by their place in the file.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque, btree_map::Entry},
    ops::Range,
};

use pulldown_cmark::{Event, Tag};

use crate::source::Span;

/// A request for an id, a class or both on the block that holds the first byte of `span`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// Where the fact stands in the file.
    pub span: Span,
    /// The id, unique in the page; empty for none.
    pub id: String,
    /// The class; empty for none.
    pub class: &'static str,
}

/// HTML of the caller between the blocks of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insertion {
    /// A stretch of the file, for instance the body of a section.
    pub span: Span,
    /// True when the HTML stands in the place of the blocks that begin in `span`, false when it follows them.
    pub replace: bool,
    /// Trusted HTML: it is not sanitised.
    pub html: String,
}

impl Insertion {
    /// The byte that the HTML stands before.
    pub(crate) fn place(&self) -> usize {
        if self.replace { self.span.start } else { self.span.end }
    }
}

/// An event of the parser with its bytes.
pub(crate) type Located<'a> = (Event<'a>, Range<usize>);

/// The anchors of a document, by the event that gets them.
#[derive(Debug, Default)]
pub(crate) struct Places<'a> {
    blocks: BTreeMap<usize, &'a str>,
    classes: BTreeMap<usize, &'static str>,
    inline: BTreeMap<usize, Vec<&'a str>>,
    placed: BTreeSet<&'a str>,
}

impl<'a> Places<'a> {
    /// Finds the innermost list item, table row, heading, paragraph or code block of each anchor. The first anchor of a
    /// block becomes the id of the block; further ones are put before the text they name.
    pub(crate) fn find(events: &[Located<'_>], text: &str, base: usize, anchors: &'a [Anchor]) -> Self {
        let mut starts: Vec<(usize, &'a str, &'static str)> = anchors
            .iter()
            .map(|anchor| {
                let start = skip_space(text, anchor.span.start.saturating_sub(base));
                (start, anchor.id.as_str(), anchor.class)
            })
            .collect();
        starts.sort_unstable();
        if starts.is_empty() {
            return Self::default();
        }
        let mut block_of: Vec<Option<usize>> = vec![None; starts.len()];
        let mut previous_item = None;
        for (index, (event, range)) in events.iter().enumerate() {
            let Event::Start(tag) = event else {
                previous_item = None;
                continue;
            };
            let first_of_item = previous_item == Some(index.wrapping_sub(1)) && matches!(tag, Tag::Paragraph);
            if matches!(tag, Tag::Item) {
                previous_item = Some(index);
            }
            if first_of_item || !can_carry(tag) {
                continue;
            }
            let from = starts.partition_point(|(start, ..)| *start < range.start);
            let to = starts.partition_point(|(start, ..)| *start < range.end);
            for block in block_of.iter_mut().take(to).skip(from) {
                *block = Some(index);
            }
        }
        let mut places = Self::default();
        for ((start, id, class), block) in starts.into_iter().zip(block_of) {
            let Some(block) = block else { continue };
            if !class.is_empty() {
                places.classes.insert(block, class);
            }
            if id.is_empty() {
                continue;
            }
            if let Entry::Vacant(free) = places.blocks.entry(block) {
                free.insert(id);
                places.placed.insert(id);
            } else if let Some(at) = inline_after(events, block, start) {
                places.inline.entry(at).or_default().push(id);
                places.placed.insert(id);
            }
        }
        places
    }

    /// The id of the block that begins at an event.
    pub(crate) fn block(&self, event: usize) -> Option<&'a str> {
        self.blocks.get(&event).copied()
    }

    /// The class of the block that begins at an event; empty for none.
    pub(crate) fn class(&self, event: usize) -> &'static str {
        self.classes.get(&event).copied().unwrap_or_default()
    }

    /// True when the page has this id.
    pub(crate) fn holds(&self, id: &str) -> bool {
        self.placed.contains(id)
    }

    /// The ids that stand before the text of an event.
    pub(crate) fn inline(&self, event: usize) -> &[&'a str] {
        self.inline.get(&event).map_or(&[], Vec::as_slice)
    }
}

fn can_carry(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Item | Tag::TableRow | Tag::Heading { .. } | Tag::Paragraph | Tag::CodeBlock(_))
}

/// The first text or inline tag of a block at or after a byte.
fn inline_after(events: &[Located<'_>], block: usize, start: usize) -> Option<usize> {
    let end = events.get(block)?.1.end;
    events
        .iter()
        .enumerate()
        .skip(block + 1)
        .take_while(|(_, (_, range))| range.start < end)
        .find(|(_, (event, range))| {
            range.end > start
                && matches!(
                    event,
                    Event::Text(_)
                        | Event::Code(_)
                        | Event::Start(Tag::Strong | Tag::Emphasis | Tag::Link { .. })
                )
        })
        .map(|(index, _)| index)
}

fn skip_space(text: &str, start: usize) -> usize {
    text.get(start..).map_or(start, |rest| start + rest.len() - rest.trim_start().len())
}

/// Insertions in the order in which they are met.
pub(crate) fn in_order(insertions: &[Insertion]) -> VecDeque<&Insertion> {
    let mut sorted: Vec<&Insertion> = insertions.iter().collect();
    sorted.sort_by_key(|insertion| insertion.place());
    sorted.into()
}
