//! Sections whose name is a label: bold in front of a text or a list, or a line of its own.

use super::{Inside, Part, has_text, is_said};
use crate::{
    model::{Section, SectionForm, SectionKind, anchor::Anchor},
    parse::{
        blocks::{Block, Body, Item, Kind},
        inline::Inline,
        locale::{Lexicon, Meaning},
        text::{DASHES, with_remark},
        times,
    },
    source::Span,
};

/// A label is at most this many words; more is a sentence that happens to be bold.
const LABEL_WORDS: usize = 7;

/// So many items of a list that are names of sections are the sections of the document.
const NAMED_ITEMS: usize = 3;
/// The longest of these names, in bytes.
const NAME: usize = 60;

/// The label sections that begin with one block of the top level.
pub(super) fn sections<'b>(
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
                let bold = || bold_label(piece, words).or_else(|| run_in_label(piece, words));
                let label = bold().or_else(|| plain_label(piece, words).filter(counts));
                let Some((kind, label, rest)) = label else { continue };
                // Among the lines of facts, one that is a fact is no section: `**Affected services:** search`.
                let is_fact = || {
                    let meaning = words.meaning(&label.text);
                    meaning.is_some_and(|meaning| !matches!(meaning, Meaning::Time(_)))
                };
                if pieces.len() > 1 && !rest.is_blank() && is_fact() {
                    continue;
                }
                let behind = || up_to(body, index, |block| ends_label(block, words), end);
                let (below, to) = pieces.get(at + 1).map_or_else(behind, |next| (&[][..], next.span.start));
                parts.push(label_part(kind, &label, rest, below, to));
            }
        }
        // A bullet label in a section is a remark in it, unless it heads a list; below the title it is a section.
        Kind::List(items) if block.span.start >= inside.entries => {
            let is_within = block.span.start < inside.section;
            // Hardly any item is short and has something below it.
            let is_named = |item: &&Item| {
                let name = item.text().filter(|text| item.blocks.len() > 1 && text.text.len() <= NAME);
                name.is_some_and(|text| words.exact_section(&text.text).is_some())
            };
            let are_named = !is_within && items.iter().filter(is_named).count() >= NAMED_ITEMS;
            let behind = (!is_within).then(|| below_last(body, index, words, end));
            for (at, item) in items.iter().enumerate() {
                let behind = behind.filter(|_| at + 1 == items.len());
                let heads_a_list = || item.blocks.iter().any(|below| matches!(below.kind, Kind::List(_)));
                let named = || named_item(item, words).filter(|_| are_named);
                let part = item_label(item, words, behind).or_else(named);
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
        _ => ends_label(block, words),
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

/// The section of a list item that is the name of one, with what it says below.
fn named_item<'b>(item: &'b Item, words: &Lexicon) -> Option<Part<'b>> {
    let (_, below) = item.blocks.split_first().filter(|(_, below)| !below.is_empty())?;
    let name = item.text()?;
    let kind = words.sections(&name.text).into_iter().next()?;
    Some(label_part(kind, name, name.from(name.text.len()), below, item.span.end))
}

fn bold_label(text: &Inline, words: &Lexicon) -> Option<(SectionKind, Inline, Inline)> {
    let (label, rest) = label(text).or_else(|| sentence_label(text, words))?;
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
    let is_empty = !is_said(&rest) && !below.iter().any(has_text);
    let from = if rest.is_blank() { label.span.end } else { rest.span.start };
    let title = label.one_line().trim_end_matches([':', '.']).to_owned();
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

/// A name of a section that is a bold sentence of its own in front of a text: `**Impact.** Nobody noticed`.
fn sentence_label(text: &Inline, words: &Lexicon) -> Option<(Inline, Inline)> {
    let end = text.bold_lead()?;
    let bold = text.slice(0..end);
    let name = bold.text.trim_end().strip_suffix('.')?;
    words.exact_section(name)?;
    let rest = text.text.get(end..).unwrap_or_default();
    Some((bold, text.from(text.text.len() - rest.trim_start().len())))
}

/// The same in bold type alone, in front of a sentence or a dash, or with a remark: `**Impact** Nobody noticed`,
/// `**Impact** — nobody noticed`, `**Timeline** (UTC)`.
fn run_in_label(text: &Inline, words: &Lexicon) -> Option<(SectionKind, Inline, Inline)> {
    let end = text.bold_lead().filter(|end| *end <= NAME)?;
    let label = text.slice(0..end);
    let behind = text.text.get(end..)?.strip_prefix([' ', '\n'])?.trim_start();
    let from = text.text.len() - behind.len();
    let is_remark =
        behind.starts_with('(') && behind.trim_end().find(')') == Some(behind.trim_end().len() - 1);
    let dash = DASHES.iter().find_map(|dash| behind.strip_prefix(dash.trim_start()));
    if is_remark {
        let kind = words.exact_section(&label.one_line()).filter(|_| !ends_in_moment(behind, words))?;
        return Some((kind, text.clone(), text.from(text.text.len())));
    }
    let said = match dash {
        Some(said) => said.trim_start(),
        None if from == end + 1 && behind.starts_with(char::is_uppercase) => behind,
        None => return None,
    };
    let kind = words.exact_section(&label.one_line()).filter(|_| !is_task(text, words))?;
    Some((kind, label, text.from(text.text.len() - said.len())))
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
        || ends_in_moment(line, words)
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

/// True for a text with a moment in brackets behind it, `Detection (13:02)`, which tells when rather than what.
fn ends_in_moment(text: &str, words: &Lexicon) -> bool {
    with_remark(text).is_some_and(|(_, remark)| times::whole(words, remark.trim()).is_some())
}

/// True for a block at which the section of a label ends.
fn ends_label(block: &Block, words: &Lexicon) -> bool {
    match &block.kind {
        Kind::Heading { .. } | Kind::Rule => true,
        Kind::Paragraph(text) => {
            label(text).is_some_and(|(label, rest)| label.text.ends_with([':', '：']) || rest.is_blank())
                || sentence_label(text, words).is_some()
                || run_in_label(text, words).is_some()
        }
        _ => false,
    }
}
