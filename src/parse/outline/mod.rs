//! The parts of a document: headings, bold labels and what stands below each.

mod labels;
#[cfg(test)]
mod tests;

pub(crate) use labels::label;

use crate::{
    model::{ActionStatus, Kinds, Section, SectionForm, SectionKind, anchor::Anchor},
    parse::{
        blocks::{Block, Body, Kind},
        inline::Inline,
        locale::Lexicon,
        text::with_remark,
        times,
    },
    source::Span,
};

/// A section with its content.
#[derive(Debug)]
pub(crate) struct Part<'b> {
    pub(crate) section: Section,
    /// What stands on the line of a label.
    pub(crate) lead: Option<Inline>,
    /// Everything below, subsections included.
    pub(crate) blocks: &'b [Block],
    /// How many of the blocks stand above the first subsection.
    pub(crate) own: usize,
}

impl<'b> Part<'b> {
    /// The blocks above the first subsection.
    pub(crate) fn own(&self) -> &'b [Block] {
        self.blocks.get(..self.own).unwrap_or(self.blocks)
    }

    pub(crate) fn is(&self, kind: SectionKind) -> bool {
        self.section.is(kind)
    }

    /// The bytes of the heading or label and of everything below.
    pub(crate) fn whole(&self) -> Span {
        self.section.heading.join(self.section.body)
    }
}

/// How far the sections reach that have been begun.
#[derive(Debug, Default)]
struct Inside {
    /// The end of the last timeline or list of actions: what stands below one groups its entries.
    entries: usize,
    /// The end of the last section below the title.
    section: usize,
    /// The end of the last section whose heading is a known name.
    named: usize,
    /// The level of the headings of sections: that of the first one whose name is known.
    usual_level: Option<u8>,
}

impl Inside {
    fn enter(&mut self, section: &Section) {
        if holds_entries(section.kinds) {
            self.entries = self.entries.max(section.body.end);
        }
        // The labels of a list in the summary are those of the whole document.
        let is_summary = section.kinds.only() == Some(SectionKind::Summary);
        if (section.form != SectionForm::Heading(1) || section.is_known()) && !is_summary {
            self.section = self.section.max(section.body.end);
        }
        if let SectionForm::Heading(level) = section.form
            && section.is_known()
        {
            self.named = self.named.max(section.body.end);
            self.usual_level.get_or_insert(level);
        }
    }
}

/// The sections of a body, in the order of the document. `end` is the end of the body.
pub(crate) fn parts<'b>(body: &'b Body, words: &Lexicon, end: usize) -> Vec<Part<'b>> {
    let mut parts = Vec::new();
    let mut inside = Inside::default();
    let title = title_heading(&body.blocks, words);
    for (index, block) in body.blocks.iter().enumerate() {
        match &block.kind {
            Kind::Heading { level, text, anchor } => {
                let name = text.one_line();
                let kinds = match title {
                    Some(title) if title == index => words.exact_section(&whole(&name)).into_iter().collect(),
                    _ if block.span.start < inside.entries || is_moment(&name, words) => Kinds::default(),
                    _ if block.span.start < inside.named => words.sections_within(&name),
                    _ => words.sections(&name),
                };
                let kinds =
                    if is_to_come(kinds, &name, words) { SectionKind::ActionItems.into() } else { kinds };
                let rest = body.blocks.get(index + 1..).unwrap_or_default();
                let slipped = inside.usual_level.filter(|usual| holds_entries(kinds) && level < usual);
                let is_timeline = kinds.only() == Some(SectionKind::Timeline);
                let ends = |next: &Block| {
                    level_of(next).is_some_and(|other| {
                        other <= *level && !(is_timeline && other == *level && is_day(next, words))
                            || slipped.is_some_and(|usual| other <= usual && is_named(next, words))
                    })
                };
                let length = rest.iter().position(ends);
                let below = rest.get(..length.unwrap_or(rest.len())).unwrap_or_default();
                let own = below.iter().position(|block| level_of(block).is_some()).unwrap_or(below.len());
                let to = rest.get(below.len()).map_or(end, |next| next.span.start);
                let section = Section {
                    kinds,
                    anchor: Anchor::new(anchor, &name),
                    title: name,
                    form: SectionForm::Heading(*level),
                    heading: block.span,
                    body: Span::new(block.span.end, to),
                    is_empty: !below.iter().any(has_text),
                };
                inside.enter(&section);
                parts.push(Part { section, lead: None, blocks: below, own });
            }
            _ => labels::sections(body, index, words, (end, &inside), &mut parts),
        }
    }
    settle(&mut parts, words);
    parts
}

/// Settles what a section with a name of two meanings is about: the first of them, unless another section is that.
fn settle(parts: &mut [Part<'_>], words: &Lexicon) {
    open_chapters(parts);
    let says = |part: &Part<'_>, kind| part.is(kind) && !part.section.is_empty;
    for at in 0..parts.len() {
        let Some((before, [part, behind @ ..])) = parts.split_at_mut_checked(at) else { continue };
        let Some(first) = part.section.kinds.only() else { continue };
        // Hardly any document has two sections of one kind, and names need not be asked where it has not.
        if !before.iter().chain(behind.iter()).any(|other| says(other, first)) {
            continue;
        }
        let Some(second) = words.second_section(&part.section.title) else { continue };
        let is_clear = |part: &&Part<'_>| words.second_section(&part.section.title).is_none();
        let mut others = before.iter().chain(behind.iter().filter(is_clear));
        if others.any(|other| says(other, first)) {
            part.section.kinds = second.into();
        }
    }
}

/// A heading that could be a summary and has nothing but other sections below it is a chapter: `Overview`.
fn open_chapters(parts: &mut [Part<'_>]) {
    let is_summary = |part: &Part<'_>| part.section.kinds.only() == Some(SectionKind::Summary);
    for at in 0..parts.len() {
        let Some((part, behind)) = parts.get_mut(at..).and_then(<[Part<'_>]>::split_first_mut) else {
            continue;
        };
        if !is_summary(part) || part.own().iter().any(has_text) {
            continue;
        }
        let end = part.section.body.end;
        let within = || behind.iter().take_while(|inner| inner.section.heading.start < end);
        if within().count() >= 2 && within().all(|inner| inner.section.is_known() && !is_summary(inner)) {
            part.section.kinds = Kinds::default();
        }
    }
}

/// True for a resolution that a remark says is still to come: `The fix (planned, not yet done)`.
fn is_to_come(kinds: Kinds, name: &str, words: &Lexicon) -> bool {
    if kinds.only() != Some(SectionKind::Resolution) {
        return false;
    }
    let first = with_remark(name).and_then(|(_, remark)| remark.split([',', ';']).next());
    let status = first.and_then(|word| words.action_status(word));
    matches!(status, Some(ActionStatus::Open | ActionStatus::Proposed))
}

/// True for a timeline or a list of actions, and nothing else.
fn holds_entries(kinds: Kinds) -> bool {
    let entries = [SectionKind::Timeline, SectionKind::ActionItems];
    !kinds.is_empty() && kinds.into_iter().all(|kind| entries.contains(&kind))
}

/// True for a heading that is the name of a section.
fn is_named(block: &Block, words: &Lexicon) -> bool {
    match &block.kind {
        Kind::Heading { text, .. } => words.exact_section(&text.one_line()).is_some(),
        _ => false,
    }
}

/// True for a heading that begins with a time of day: what it says is said of an event.
fn is_moment(name: &str, words: &Lexicon) -> bool {
    times::lead(words, name).is_some_and(|stamp| stamp.clock.is_some())
}

/// True for a heading that is nothing but a day: one of a timeline's, though it stands on the level of the timeline's own.
fn is_day(block: &Block, words: &Lexicon) -> bool {
    match &block.kind {
        Kind::Heading { text, .. } => {
            times::whole(words, &text.one_line()).is_some_and(|stamp| stamp.is_day_only())
        }
        _ => false,
    }
}

/// The heading that is the document's title: the first one, when it is of the first level, or all others are below it, or
/// the document begins with it and it is the name of no section.
pub(crate) fn title_heading(blocks: &[Block], words: &Lexicon) -> Option<usize> {
    let first = blocks.iter().position(|block| level_of(block).is_some())?;
    let Kind::Heading { level, text, .. } = &blocks.get(first)?.kind else { return None };
    let others = || blocks.iter().skip(first + 1).filter_map(level_of);
    let begins = || blocks.iter().take(first).all(|block| matches!(block.kind, Kind::Html | Kind::Rule));
    let is_title = *level == 1
        || others().next().is_some() && others().all(|other| other > *level)
        || begins() && others().all(|other| other >= *level) && words.sections(&text.one_line()).is_empty();
    is_title.then_some(first)
}

/// The text of a title with nothing of it set apart: what stands behind a colon or a dash is a remark about a section,
/// and the better part of a title. `# Post-incident review: slow search` is not a section of lessons.
pub(crate) fn whole(title: &str) -> String {
    title.replace([':', '：', '–', '—'], " ").replace(" - ", " ")
}

fn level_of(block: &Block) -> Option<u8> {
    match block.kind {
        Kind::Heading { level, .. } => Some(level),
        _ => None,
    }
}

/// True when a block holds anything that is said.
fn has_text(block: &Block) -> bool {
    match &block.kind {
        Kind::Paragraph(text) => is_said(text),
        Kind::List(items) => items.iter().any(|item| item.blocks.iter().any(has_text)),
        Kind::Table { rows, .. } => rows.iter().any(|row| row.cells.iter().any(|cell| !cell.is_blank())),
        Kind::Quote(blocks) => blocks.iter().any(has_text),
        Kind::Code => true,
        Kind::Heading { .. } | Kind::Html | Kind::Rule => false,
    }
}

/// False for what a template asks for: a text all in italics, or a question in brackets.
fn is_said(text: &Inline) -> bool {
    let question = text.text.trim().strip_prefix('[').and_then(|text| text.strip_suffix("?]"));
    let is_asked = question.is_some_and(|question| !question.contains(['[', ']']));
    !text.is_blank() && !is_asked && !text.is_all(|style| style.italic)
}
