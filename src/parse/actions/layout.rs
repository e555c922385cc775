//! Which blocks below a heading of action items are items, and which only explain one.

use std::{borrow::Cow, collections::BTreeSet};

use super::{Context, fields, is_group_line, is_list};
use crate::{
    model::SectionKind,
    parse::{
        blocks::{Block, Item, Kind},
        inline::Inline,
        locale::{ActionColumn, Lexicon},
        outline::{self, Part},
        times,
    },
};

/// The lists among some blocks, and what can only be known of one beside the others.
#[derive(Debug)]
pub(super) struct Lists {
    /// The number of the first item of each block that is a numbered list.
    numbers: Vec<Option<u32>>,
    /// The number of the last numbered list above each block.
    above: Vec<Option<u32>>,
    /// The greatest number of any list below each block.
    below: Vec<Option<u32>>,
    /// How many of the blocks are lists or tables.
    count: usize,
}

impl Lists {
    /// Looks at the blocks once: a section may have thousands of lists, each of which asks for its neighbours.
    pub(super) fn new(document: &str, blocks: &[Block]) -> Self {
        let numbers: Vec<Option<u32>> = blocks.iter().map(|block| number(document, block)).collect();
        let above = numbers.iter().scan(None, |last, number| {
            let before = *last;
            *last = number.or(*last);
            Some(before)
        });
        let mut below: Vec<Option<u32>> = numbers
            .iter()
            .rev()
            .scan(None, |greatest, number| {
                let behind = *greatest;
                *greatest = (*greatest).max(*number);
                Some(behind)
            })
            .collect();
        below.reverse();
        let count = blocks.iter().filter(|block| is_list(&block.kind)).count();
        Self { above: above.collect(), below, count, numbers }
    }

    /// True for a list that explains the item above it, or the words that a table uses.
    pub(super) fn explains(&self, words: &Lexicon, blocks: &[Block], index: usize) -> bool {
        let Some(Kind::List(items)) = blocks.get(index).map(|block| &block.kind) else { return false };
        let above = index.checked_sub(1).and_then(|above| blocks.get(above));
        above.is_some_and(announces) || self.interrupts(index) || self.count == 1 && is_legend(words, items)
    }

    /// True for bullets between two numbers of one list: they lost the indent that would make them part of an item.
    fn interrupts(&self, index: usize) -> bool {
        let at = |numbers: &[Option<u32>]| numbers.get(index).copied().flatten();
        at(&self.numbers).is_none()
            && at(&self.above)
                .is_some_and(|above| above > 1 || at(&self.below).is_some_and(|below| below > above))
    }
}

/// True for a list below a line that says what else its items are: choices, conditions, causes, features, what is to be
/// done each time.
pub(super) fn is_announced_otherwise(words: &Lexicon, blocks: &[Block], index: usize) -> bool {
    let above = index.checked_sub(1).and_then(|above| blocks.get(above));
    match above.map(|block| &block.kind) {
        Some(Kind::Paragraph(text)) => {
            let line = last_sentence(text);
            line.ends_with([':', '：']) && words.announces_no_work(line)
                || is_group_line(text)
                    && (words.deeds.is_standing(&text.text) || words.heads_a_choice(&text.text))
        }
        _ => false,
    }
}

/// True for a list that begins with where to go: the steps of one piece of work.
pub(super) fn is_procedure(words: &Lexicon, items: &[Item]) -> bool {
    let first = items.first().and_then(Item::text);
    items.len() >= 2 && first.is_some_and(|text| words.begins_a_procedure(&text.text))
}

/// True for a heading that says that what stands below it is told, though it slipped in among the work: `What went well`.
pub(super) fn heads_an_account(words: &Lexicon, title: &str) -> bool {
    use SectionKind::{GotLucky, WentWell, WentWrong};
    words.exact_section(title).is_some_and(|kind| [WentWell, WentWrong, GotLucky].contains(&kind))
}

/// The last sentence of a paragraph.
pub(super) fn last_sentence(text: &Inline) -> &str {
    let text = text.text.trim_end();
    // A dot within a word is part of a name: `mybinder.org`.
    let ends = |(at, mark): (usize, &str)| {
        let behind = text.get(at + mark.len()..)?;
        (mark == "。" || behind.starts_with(char::is_whitespace)).then_some(behind.trim_start())
    };
    let mut rests = text.rmatch_indices(['.', '!', '?', '。']).filter_map(ends);
    rests.next().unwrap_or(text)
}

/// True for a list whose last item ends with a colon.
fn announces(block: &Block) -> bool {
    let Kind::List(items) = &block.kind else { return false };
    match items.last().and_then(|item| item.blocks.last()).map(|block| &block.kind) {
        Some(Kind::Paragraph(text)) => text.text.trim_end().ends_with([':', '：']),
        _ => false,
    }
}

/// The number of the first item of a numbered list.
pub(super) fn number(document: &str, block: &Block) -> Option<u32> {
    let Kind::List(items) = &block.kind else { return None };
    let text = document.get(items.first()?.span.start..)?.trim_start();
    text.get(..text.find(|c: char| !c.is_ascii_digit())?)?.parse().ok()
}

/// True for a list of what types, states or priorities mean, beside a table that uses them: `**P1**: within a day`. Words
/// that stand in front of work come again, or have no mark behind them: `**HIGH** Cap the queue`.
fn is_legend<'i>(words: &Lexicon, items: &'i [Item]) -> bool {
    let mut seen = BTreeSet::new();
    let names_a_word = |item: &'i Item| {
        let Some(text) = item.text() else { return false };
        let Some((label, said)) = text.bold_lead().and_then(|end| text.text.split_at_checked(end)) else {
            return false;
        };
        let word = label.trim_end_matches([':', '：', ' ']);
        let is_marked = word.len() < label.trim_end().len()
            || said.trim_start().starts_with([':', '：', '-', '–', '—', '=', '(']);
        // A word with a list below it heads that.
        let is_explained = item.blocks.len() == 1 && said.contains(char::is_alphanumeric);
        is_explained
            && is_marked
            && seen.insert(word)
            && (words.action_type(word).is_some()
                || fields::status(words, word).is_some()
                || fields::is_priority(words, word))
    };
    items.len() >= 2 && items.iter().all(names_a_word)
}

/// True for a list of named fields only: `owner: kim`, `due: 2026-12`.
pub(super) fn holds_fields(words: &Lexicon, block: &Block) -> bool {
    let Kind::List(items) = &block.kind else { return false };
    items.iter().all(|item| {
        let Some(text) = item.text() else { return false };
        let name = text.text.split_once([':', '：']).map(|(name, _)| name);
        name.is_some_and(|name| words.action_column(name).is_some())
    })
}

/// True for a list of named remarks on one item, its state, owner or day among them: `Scope: …`, `Status: done`.
pub(super) fn tells_of_one(words: &Lexicon, block: &Block) -> bool {
    let Kind::List(items) = &block.kind else { return false };
    let mut is_followed = false;
    items.iter().all(|item| {
        let Some(text) = item.text() else { return false };
        let Some((label, _)) = outline::label(text) else { return false };
        let column = words.action_column(&label.text);
        is_followed |= matches!(column, Some(ActionColumn::Status | ActionColumn::Owner | ActionColumn::Due));
        true
    }) && is_followed
}

/// True for a bold line that names the item of which the list below it tells.
pub(super) fn names_one(words: &Lexicon, blocks: &[Block], index: usize) -> bool {
    match blocks.get(index..).unwrap_or_default() {
        [Block { kind: Kind::Paragraph(text), .. }, list, ..] => {
            text.is_all(|style| style.bold) && tells_of_one(words, list)
        }
        _ => false,
    }
}

/// Where the table of the items is, when its headers name at least two columns of one.
pub(super) fn table_of_items(words: &Lexicon, blocks: &[Block]) -> Option<usize> {
    blocks.iter().position(|block| match &block.kind {
        Kind::Table { head, .. } => {
            head.iter().filter(|cell| words.action_column(&cell.text).is_some()).count() >= 2
        }
        _ => false,
    })
}

/// True for a table whose headers name anything of an item.
pub(super) fn names_a_column(words: &Lexicon, head: &[Inline]) -> bool {
    head.iter().any(|cell| words.action_column(&cell.text).is_some())
}

/// True for a section within what was done during the incident.
pub(super) fn is_within_response(parts: &[Part<'_>], part: &Part<'_>) -> bool {
    parts.iter().any(|outer| {
        (outer.is(SectionKind::Resolution) || outer.is(SectionKind::Response))
            && !outer.is(SectionKind::ActionItems)
            && outer.section.body.contains(part.section.heading)
    })
}

/// The bold lines that stand above lists, or have lists below them.
pub(super) fn group_lines(blocks: &[Block]) -> Vec<String> {
    let bold = |block: &Block| match &block.kind {
        Kind::Paragraph(text) if text.is_all(|style| style.bold) => Some(text.one_line()),
        _ => None,
    };
    let mut lines = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        if let Kind::List(items) = &block.kind {
            let above = index.checked_sub(1).and_then(|above| blocks.get(above));
            lines.extend(above.and_then(bold));
            let nested = items.iter().filter(|item| item.blocks.len() > 1);
            lines.extend(nested.filter_map(|item| item.blocks.first().and_then(bold)));
        }
    }
    lines
}

/// True for an item that begins with what is to be done.
pub(super) fn asks_for_work(words: &Lexicon, item: &Item) -> bool {
    item.text().is_some_and(|text| words.asks_for_work(&text.text))
}

/// True for a line that is more than a theme, although a colon announces what explains it.
pub(super) fn is_said_in_full(text: &Inline) -> bool {
    const THEME_LETTERS: usize = 16;
    let line = text.text.trim();
    let unspaced = !line.is_ascii() && line.chars().filter(|c| *c >= '\u{3000}').count() >= THEME_LETTERS;
    line.ends_with([':', '：']) && (unspaced || line.contains(". "))
}

/// True for a line that is a whole sentence.
fn is_sentence(line: &Inline) -> bool {
    line.text.trim_start().starts_with(char::is_uppercase) && line.text.trim_end().ends_with(['.', '!'])
}

/// The sentences of a paragraph with a line for each, where some say what will be done and the others why. Where any is
/// put as a task, all of them are items.
pub(super) fn sentences_that_ask(context: &Context<'_>, text: &Inline) -> Option<Vec<Inline>> {
    if !text.has_lines() {
        return None;
    }
    let lines = text.lines();
    let wants = |line: &Inline| context.words.wants_work(&line.text);
    let asking = lines.iter().filter(|line| wants(line)).count();
    let is_prose =
        |line: &Inline| is_sentence(line) && (wants(line) || !context.words.asks_for_work(&line.text));
    (asking > 0 && asking < lines.len() && lines.iter().all(|line| is_prose(line)))
        .then(|| lines.into_iter().map(Cow::into_owned).filter(wants).collect())
}

/// True for a paragraph of fields about the document or its review, of which one is a day: `**Reviewed by:** Kim` above
/// `**Last updated:** 2026-03-14`. Fields of an item name the work.
pub(super) fn is_record(words: &Lexicon, text: &Inline) -> bool {
    text.has_lines() && are_of_a_record(words, text.lines().iter().map(|line| &**line))
}

/// True for a list of such fields.
pub(super) fn lists_a_record(words: &Lexicon, items: &[Item]) -> bool {
    let is_line = |item: &Item| item.checked.is_none() && item.blocks.len() == 1 && item.text().is_some();
    items.len() >= 2
        && items.iter().all(is_line)
        && are_of_a_record(words, items.iter().filter_map(Item::text))
}

fn are_of_a_record<'t>(words: &Lexicon, lines: impl Iterator<Item = &'t Inline>) -> bool {
    const VALUE: usize = 4;
    let field = |line: &'t Inline| {
        let (label, value) = line.text.split_at_checked(line.bold_lead()?)?;
        let is_field = label.trim_end().ends_with(':') || value.trim_start().starts_with(':');
        is_field.then_some((label.trim_matches([':', ' ']), value.trim_start_matches([':', ' '])))
    };
    let Some(fields) = lines.map(field).collect::<Option<Vec<(&str, &str)>>>() else { return false };
    let names_work = |(label, _): &(&str, &str)| {
        words.action_column(label) == Some(ActionColumn::Title) || words.heads_the_list(label)
    };
    // `**Index:** 3 replicas` is work.
    let is_day = |value: &str| times::whole(words, value).is_some_and(|stamp| stamp.date.is_some());
    let is_short = |(_, value): &&(&str, &str)| {
        let said = value.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
        (said.count() <= VALUE || is_day(value)) && !words.asks_for_work(value)
    };
    fields.iter().any(|(_, value)| is_day(value))
        && !fields.iter().any(names_work)
        && fields.iter().filter(is_short).count() * 4 >= fields.len() * 3
}

/// The lines of a paragraph that are an item each: every one begins anew and is whole.
pub(super) fn lines_of_items(context: &Context<'_>, text: &Inline) -> Option<Vec<Inline>> {
    if !text.has_lines() {
        return None;
    }
    let lines = text.lines();
    let begins = |line: &Inline| {
        let written = line.text.trim_start();
        let link = line.links().first().and_then(|link| context.links.get(*link));
        let word = written.split([' ', ':']).next().unwrap_or_default();
        let is_state = word.chars().all(char::is_uppercase) && fields::status(context.words, word).is_some();
        is_state
            || written.starts_with(['[', '•', '–', '@'])
            || fields::status_sign(written).is_some_and(|sign| sign.at == 0)
            || fields::keys(written).first().is_some_and(|key| key.start == 0)
            || link.is_some_and(|link| fields::is_tracker(&link.target) && written.starts_with(&link.text))
    };
    let each = lines.iter().all(|line| begins(line))
        || (lines.len() >= 3 && lines.iter().all(|line| is_sentence(line)));
    each.then(|| lines.into_iter().map(Cow::into_owned).collect())
}
