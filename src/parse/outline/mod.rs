//! The parts of a document: headings, bold labels and what stands below each.

#[cfg(test)]
mod tests;

use crate::{
    model::{Kinds, Section, SectionForm, SectionKind, anchor::Anchor},
    parse::{
        blocks::{Block, Body, Item, Kind},
        inline::Inline,
        locale::{Lexicon, Meaning},
        times,
    },
    source::Span,
};

/// A label is at most this many words; more is a sentence that happens to be bold.
const LABEL_WORDS: usize = 7;

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
                    _ if block.span.start < inside.entries => Kinds::default(),
                    _ if block.span.start < inside.named => words.sections_within(&name),
                    _ => words.sections(&name),
                };
                let rest = body.blocks.get(index + 1..).unwrap_or_default();
                let slipped = inside.usual_level.filter(|usual| holds_entries(kinds) && level < usual);
                let ends = |next: &Block| {
                    level_of(next).is_some_and(|other| {
                        other <= *level
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
            _ => labels(body, index, words, (end, &inside), &mut parts),
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

/// The label sections that begin with one block of the top level.
fn labels<'b>(
    body: &'b Body,
    index: usize,
    words: &Lexicon,
    (end, inside): (usize, &Inside),
    parts: &mut Vec<Part<'b>>,
) {
    let Some(block) = body.blocks.get(index) else { return };
    match &block.kind {
        Kind::Paragraph(text) => {
            let pieces = labelled_pieces(text);
            for (at, piece) in pieces.iter().enumerate() {
                // Among the entries of a timeline most lines that end with a colon are said of an event.
                let counts = |(_, label, _): &(SectionKind, Inline, Inline)| {
                    block.span.start >= inside.entries || words.exact_section(&label.text).is_some()
                };
                let label = bold_label(piece, words).or_else(|| plain_label(piece, words).filter(counts));
                let Some((kind, label, rest)) = label else { continue };
                // Among the lines of facts, one that is a fact is no section: `**Affected services:** search`.
                let is_fact = || {
                    let meaning = words.meaning(&label.text);
                    meaning.is_some_and(|meaning| !matches!(meaning, Meaning::Time(_)))
                };
                if pieces.len() > 1 && is_fact() {
                    continue;
                }
                let behind = || up_to(body, index, ends_label, end);
                let (below, to) = pieces.get(at + 1).map_or_else(behind, |next| (&[][..], next.span.start));
                parts.push(label_part(kind, &label, rest, below, to));
            }
        }
        // A bullet label in a section is a remark in it, unless it heads a list; below the title it is a section.
        Kind::List(items) if block.span.start >= inside.entries => {
            let is_within = block.span.start < inside.section;
            let behind = (!is_within).then(|| below_last(body, index, words, end));
            for (at, item) in items.iter().enumerate() {
                let behind = behind.filter(|_| at + 1 == items.len());
                let heads_a_list = || item.blocks.iter().any(|below| matches!(below.kind, Kind::List(_)));
                let part = item_label(item, words, behind);
                parts.extend(part.filter(|part| !is_within || part.lead.is_none() && heads_a_list()));
            }
        }
        _ => {}
    }
}

/// A paragraph cut before each of its lines that begins with a bold label.
fn labelled_pieces(text: &Inline) -> Vec<Inline> {
    let mut starts = vec![0];
    let breaks = text.text.match_indices('\n').map(|(at, _)| at + 1);
    starts.extend(breaks.filter(|at| {
        let line = text.text.get(*at..).and_then(|rest| rest.split('\n').next()).unwrap_or_default();
        label(&text.slice(*at..*at + line.len())).is_some()
    }));
    let ends = starts.iter().skip(1).copied().chain([text.text.len()]);
    starts.iter().zip(ends).map(|(start, end)| text.slice(*start..end)).collect()
}

/// The blocks behind a list up to the next heading, label or list of labels, and where they end. What the last label of
/// a list names may stand there, without the indent that would put it into the list.
fn below_last<'b>(body: &'b Body, index: usize, words: &Lexicon, end: usize) -> (&'b [Block], usize) {
    let begins_labels = |block: &Block| match &block.kind {
        Kind::List(items) => items.first().is_some_and(|item| item_label(item, words, None).is_some()),
        _ => ends_label(block),
    };
    up_to(body, index, begins_labels, end)
}

/// The blocks behind one up to the first that ends them, and where they end.
fn up_to(body: &Body, index: usize, ends: impl Fn(&Block) -> bool, end: usize) -> (&[Block], usize) {
    let behind = body.blocks.get(index + 1..).unwrap_or_default();
    let length = behind.iter().position(ends).unwrap_or(behind.len());
    (behind.get(..length).unwrap_or_default(), behind.get(length).map_or(end, |next| next.span.start))
}

/// The section of a list item that begins with a label. `behind` are the blocks behind the list, for its last item.
fn item_label<'b>(item: &'b Item, words: &Lexicon, behind: Option<(&'b [Block], usize)>) -> Option<Part<'b>> {
    let (first, below) = item.blocks.split_first()?;
    let Kind::Paragraph(text) = &first.kind else { return None };
    let (kind, label, rest) = bold_label(text, words)?;
    let (below, end) =
        behind.filter(|_| below.is_empty() && rest.is_blank()).unwrap_or((below, item.span.end));
    Some(label_part(kind, &label, rest, below, end))
}

fn bold_label(text: &Inline, words: &Lexicon) -> Option<(SectionKind, Inline, Inline)> {
    let (label, rest) = label(text)?;
    // `**Detection:** 14 March, 09:10` is a moment.
    let is_moment = matches!(words.meaning(&label.text), Some(Meaning::Time(_)))
        && times::whole(words, &rest.text).is_some();
    let kind = words.exact_section(&label.one_line()).filter(|_| !is_moment && !is_task(text, words))?;
    Some((kind, label, rest))
}

fn label_part<'b>(
    kind: SectionKind,
    label: &Inline,
    rest: Inline,
    below: &'b [Block],
    end: usize,
) -> Part<'b> {
    let is_empty = rest.is_blank() && !below.iter().any(has_text);
    let from = if rest.is_blank() { label.span.end } else { rest.span.start };
    let title = label.one_line().trim_end_matches(':').to_owned();
    let section = Section {
        kinds: kind.into(),
        anchor: Anchor::new("", &title),
        title,
        form: SectionForm::Label,
        heading: label.span,
        body: Span::new(from, end),
        is_empty,
    };
    Part { section, lead: (!rest.is_blank()).then_some(rest), blocks: below, own: below.len() }
}

/// The bold label that a text begins with, and what follows it: `**Impact:** nobody noticed`.
pub(crate) fn label(text: &Inline) -> Option<(Inline, Inline)> {
    let end = text.bold_lead()?;
    let bold = text.slice(0..end);
    let after = text.text.get(end..).unwrap_or_default().trim_start();
    let marked = bold.text.ends_with([':', '：', '?']) || after.starts_with([':', '：']) || after.is_empty();
    if !marked || bold.text.split_whitespace().nth(LABEL_WORDS).is_some() {
        return None;
    }
    let skip = text.text.len() - after.len()
        + after.chars().next().filter(|c| matches!(c, ':' | '：')).map_or(0, char::len_utf8);
    Some((bold, text.from(skip)))
}

/// True for one task with its state in front, which is no name for a list of them: `**TODO**: cap the queue`.
fn is_task(text: &Inline, words: &Lexicon) -> bool {
    let parts = text.text.split_once([':', '：']);
    parts.is_some_and(|(state, rest)| !rest.trim().is_empty() && words.action_status(state).is_some())
}

/// A line that is nothing but the known name of a section: `Action items`, or `User impact:` above a list or in front of
/// the lines of a paragraph.
fn plain_label(text: &Inline, words: &Lexicon) -> Option<(SectionKind, Inline, Inline)> {
    if let Some((head, _)) = text.text.split_once('\n')
        && let Some(name) = head.trim_end().strip_suffix([':', '：'])
        && let Some(kind) = words
            .exact_section(name)
            .filter(|_| name.starts_with(char::is_alphabetic) && !name.contains([':', '：']))
    {
        return Some((kind, text.slice(0..head.len()), text.from(head.len() + 1)));
    }
    let line = text.text.trim();
    let colon = line.ends_with([':', '：']);
    let has_word = |nth: usize| line.split_whitespace().nth(nth).is_some();
    if has_word(LABEL_WORDS)
        || !(colon || has_word(1))
        || line.contains('\n')
        || line.contains(": ")
        || is_task(text, words)
    {
        return None;
    }
    // "Our recommendations are to:" begins a sentence, and of `Prebuilt detection:` a single word is known.
    let exact = words.exact_section(line);
    let kind = exact.or_else(|| {
        let told = words.sections_within(line).into_iter().next();
        told.filter(|kind| colon && *kind != SectionKind::ActionItems && !words.is_unfinished(line))
    })?;
    Some((kind, text.clone(), Inline::new(Span::empty(text.span.end))))
}

/// True for a block at which the section of a label ends.
fn ends_label(block: &Block) -> bool {
    match &block.kind {
        Kind::Heading { .. } | Kind::Rule => true,
        Kind::Paragraph(text) => {
            label(text).is_some_and(|(label, rest)| label.text.ends_with([':', '：']) || rest.is_blank())
        }
        _ => false,
    }
}

/// True when a block holds anything that is said.
fn has_text(block: &Block) -> bool {
    match &block.kind {
        // A paragraph all in italics is what a template asks for.
        Kind::Paragraph(text) => !text.is_blank() && !text.is_all(|style| style.italic),
        Kind::List(items) => items.iter().any(|item| item.blocks.iter().any(has_text)),
        Kind::Table { rows, .. } => rows.iter().any(|row| row.cells.iter().any(|cell| !cell.is_blank())),
        Kind::Quote(blocks) => blocks.iter().any(has_text),
        Kind::Code => true,
        Kind::Heading { .. } | Kind::Html | Kind::Rule => false,
    }
}
