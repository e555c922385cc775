//! Facts that stand in the body: rows of key/value tables, bold labels, lines of `Key: value`, headings with one line
//! below them.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use memchr::memmem;

use crate::{
    model::SectionKind,
    parse::{
        blocks::{Block, Body, Item, Kind, Row},
        inline::Inline,
        locale::{Lexicon, Meaning},
        outline::{self, Part},
        ranges::Ranges,
        text::{DASHES, first_mark},
        times::{self, Stamp, Written},
        windows,
    },
    source::floor_boundary,
};

/// A label is at most this long, in characters.
const LABEL: usize = 40;

/// The name of a day is at most this long, in bytes.
const DAY_LABEL: usize = 24;

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
    let mut reader = Reader { words, found: Vec::new(), preamble_end: preamble_end(&body.blocks, words) };
    for (index, block) in body.blocks.iter().enumerate() {
        if apart.contains(block.span) {
            reader.among_entries(block);
        } else {
            reader.block(block, body.blocks.get(index + 1));
        }
    }
    reader.found.extend(windows::title(words, &body.blocks));
    reader.found
}

/// Where the first section below the title begins: above it, plain lines of `Key: value` are facts.
fn preamble_end(blocks: &[Block], words: &Lexicon) -> usize {
    let title = outline::title_heading(blocks, words);
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

    /// How long all of it lasted may stand below the events: `**Duration:** 13:02 - 14:20`.
    fn among_entries(&mut self, block: &Block) {
        let Kind::Paragraph(text) = &block.kind else { return };
        for line in text.lines() {
            if let Some((label, value)) = outline::label(&line)
                && self.words.meaning(&label.text) == Some(Meaning::Window)
            {
                self.add(&label, &value);
            }
        }
    }

    fn paragraph(&mut self, text: &Inline, next: Option<&Block>) {
        let lines = text.lines();
        let is_list = is_list_of_facts(&lines);
        let pieces: Vec<Cow<'_, Inline>> = lines.into_iter().flat_map(|line| self.pieces(line)).collect();
        for (at, line) in pieces.iter().enumerate() {
            match outline::label(line) {
                // What it says stands on the next line, or else in the next paragraph.
                Some((label, value)) if value.is_blank() => {
                    let below = match (pieces.get(at + 1), next.map(|next| &next.kind)) {
                        (Some(line), _) => Some(&**line),
                        (None, Some(Kind::Paragraph(text))) => Some(text),
                        _ => None,
                    };
                    if let Some(value) = below.filter(|value| outline::label(value).is_none()) {
                        self.add(&label, value);
                    }
                }
                Some((label, value)) => self.add(&label, &value),
                None if is_list || line.span.start < self.preamble_end => self.plain(line),
                None if at == 0 && self.states_when(line) => self.plain(line),
                None => {}
            }
        }
    }

    fn item(&mut self, item: &Item) {
        let Some(text) = item.text() else { return };
        let Some(line) = text.first_line() else { return };
        for line in self.pieces(line) {
            let is_bare = line.text.trim_end().ends_with([':', '：']);
            let bare = || is_bare.then(|| key_and_value(&line))?.filter(|(_, value)| value.is_blank());
            match outline::label(&line).or_else(bare) {
                // What it says stands in the list below it.
                Some((label, value)) if value.is_blank() => {
                    if let Some(value) = self.said_below(&label, item) {
                        self.add(&label, &value);
                    }
                }
                Some((label, value)) => self.add(&label, &value),
                None => self.plain(&line),
            }
        }
    }

    /// What the list below an item says of the label that it is: the first line, of names all of them.
    fn said_below(&self, label: &Inline, item: &Item) -> Option<Inline> {
        use Meaning::{Authors, Factors, Services, Tags, Teams};
        let Kind::List(items) = &item.blocks.get(1)?.kind else { return None };
        let is_of_names =
            matches!(self.words.meaning(&label.text)?, Authors | Factors | Services | Tags | Teams);
        let mut lines = items.iter().filter_map(|item| item.text()?.first_line());
        let first = lines.next()?.into_owned();
        let others = lines.filter(|_| is_of_names);
        Some(others.fold(first, |names, line| names.followed_by("\n", &line)))
    }

    /// A line cut into the facts that stand on it side by side: `**Date:** 14 March | **Severity:** SEV2`.
    fn pieces<'i>(&self, line: Cow<'i, Inline>) -> Vec<Cow<'i, Inline>> {
        const MARKS: [&str; 3] = [" | ", " · ", " • "];
        // Above the first section a fact may be a sentence of its own.
        const STOP: [&str; 1] = [". "];
        // Hardly any line may have one, and each of them is looked for on its own.
        let may_have_one = line.text.contains('|') || !line.text.is_ascii();
        let marks = MARKS.iter().filter(|_| may_have_one);
        let stop = STOP.iter().filter(|_| line.span.start < self.preamble_end);
        let behind = marks
            .chain(stop)
            .flat_map(|mark| memmem::find_iter(line.text.as_bytes(), mark).map(|at| at + mark.len()));
        let mut starts = line.bold_starts();
        starts.extend(behind);
        starts.retain(|at| *at > 0 && self.begins_fact(&line, *at));
        if starts.is_empty() {
            return vec![line];
        }
        starts.push(0);
        starts.sort_unstable();
        starts.dedup();
        let ends = starts.iter().skip(1).copied().chain([line.text.len()]);
        let piece = |(start, end): (&usize, usize)| {
            let text = line.text.get(*start..end).unwrap_or_default();
            let said = text.trim_end_matches([' ', '|', '·', '•', ',', ';']);
            Cow::Owned(line.slice(*start..start + said.len()))
        };
        starts.iter().zip(ends).map(piece).collect()
    }

    /// True for a line that goes on with the name of a fact and a colon at a place. Hardly any place does, and no more
    /// than a little is looked at.
    fn begins_fact(&self, line: &Inline, at: usize) -> bool {
        let near = |length: usize| at..floor_boundary(&line.text, at + length);
        let has_colon = line.text.get(near(2 * LABEL)).is_some_and(|text| text.contains([':', '：']));
        has_colon && self.is_fact(&line.slice(near(4 * LABEL)))
    }

    /// True for a text that begins with the name of a fact and a colon.
    fn is_fact(&self, text: &Inline) -> bool {
        let bold = outline::label(text).filter(|(_, value)| !value.is_blank()).map(|(label, _)| label);
        let key = bold.or_else(|| key_and_value(text).map(|(key, _)| key));
        key.is_some_and(|key| key.text.len() <= LABEL && self.words.meaning(&key.text).is_some())
    }

    /// True for a line that says the day in full behind its name: `Date: 14 March 2026`. No prose begins like that.
    fn states_when(&self, line: &Inline) -> bool {
        // Most prose has no colon near its beginning.
        let near = line.text.as_bytes().get(..DAY_LABEL.min(line.text.len())).unwrap_or_default();
        let Some((key, value)) = memchr::memchr(b':', near).and_then(|_| key_and_value(line)) else {
            return false;
        };
        let names_day = || {
            let meaning = self.words.meaning(&key.text);
            matches!(meaning, Some(Meaning::Date | Meaning::Day | Meaning::Window))
        };
        let is_day = |stamp: Stamp| stamp.date.is_some_and(Written::has_year);
        names_day() && times::lead(self.words, &value.text).is_some_and(is_day)
    }

    /// `Key: value` without bold type; only keys that can be nothing else count, and moments that are written out.
    fn plain(&mut self, line: &Inline) {
        let Some((label, value)) = key_and_value(line) else { return };
        let clear = !matches!(self.words.meaning(&label.text), Some(Meaning::Time(_)))
            || line.span.start < self.preamble_end
            || times::lead(self.words, &value.text).is_some_and(|stamp| stamp.clock.is_some());
        if clear {
            self.add(&label, &value);
        }
    }

    /// `## Severity: SEV2`, any `## Date: 14 March 2026` with nothing below it, or `## Status` and one line below it.
    fn heading(&mut self, text: &Inline, next: Option<&Block>) {
        let is_bare = next.is_none_or(|next| matches!(next.kind, Kind::Heading { .. } | Kind::Rule));
        let counts = |label: &Inline| match self.words.meaning(&label.text) {
            Some(Meaning::Severity) => true,
            meaning => meaning.is_some() && is_bare,
        };
        if let Some((label, value)) = key_and_value(text).filter(|(label, _)| counts(label)) {
            return self.add(&label, &value);
        }
        if let Some(Kind::Paragraph(value)) = next.map(|next| &next.kind) {
            match self.words.meaning(&text.one_line()) {
                Some(Meaning::Date | Meaning::Day) => {
                    for line in value.lines() {
                        self.plain(&line);
                    }
                    self.add(text, value);
                }
                Some(_) if value.lines().len() == 1 => self.add(text, value),
                _ => {}
            }
        }
    }

    fn table(&mut self, head: &[Inline], rows: &[Row]) {
        if self.are_pairs(head) {
            for cells in std::iter::once(head).chain(rows.iter().map(|row| row.cells.as_slice())) {
                self.pairs(cells);
            }
            return;
        }
        let meanings = head.iter().filter(|cell| self.words.meaning(&cell.text).is_some()).count();
        if let ([row], true) = (rows, meanings >= 2) {
            for (name, value) in head.iter().zip(&row.cells) {
                self.add(name, value);
            }
            return;
        }
        let before = self.found.len();
        for cells in std::iter::once(head).chain(rows.iter().map(|row| row.cells.as_slice())) {
            match cells {
                [name, value] => self.add(name, value),
                // Behind a moment there may be columns of remarks.
                [name, value, ..] if matches!(self.words.meaning(&name.text), Some(Meaning::Time(_))) => {
                    self.add(name, value);
                }
                _ => {}
            }
        }
        // The header of the column of moments says their zone.
        let is_moment = |labelled: &Labelled| matches!(labelled.meaning, Meaning::Time(_));
        if self.found.get(before..).is_some_and(|found| found.iter().any(is_moment))
            && let Some(cell) = head.get(1).filter(|cell| times::find_zone(&cell.text).is_some())
        {
            self.found.push(Labelled { meaning: Meaning::Zone, value: cell.clone() });
        }
    }

    /// True for a row of names with their values behind each: `| Date | 14 March | Severity | SEV2 |`.
    fn are_pairs(&self, cells: &[Inline]) -> bool {
        let is_name = |cell: &Inline| {
            self.words.meaning(&cell.text).is_some_and(|meaning| !matches!(meaning, Meaning::Time(_)))
        };
        let is_pair = |pair: &[Inline]| match pair {
            [name, value] => is_name(name) && !is_name(value),
            _ => false,
        };
        cells.len() >= 4 && cells.chunks(2).all(is_pair)
    }

    fn pairs(&mut self, cells: &[Inline]) {
        for pair in cells.chunks(2) {
            if let [name, value] = pair {
                self.add(name, value);
            }
        }
    }

    fn add(&mut self, label: &Inline, value: &Inline) {
        let name = label.text.trim();
        if value.is_blank() || length(name) > LABEL {
            return;
        }
        // `Resolution` is a moment or a section, whose text may well begin with some time.
        let is_moment = || {
            let line = value.text.lines().next().unwrap_or_default();
            self.words.exact_section(name).is_none() || times::whole(self.words, line).is_some()
        };
        let Some(meaning) = self.words.meaning(name) else { return };
        // Below the first heading of a section `Event` and `Title` name something else.
        if meaning == Meaning::Title && label.span.start >= self.preamble_end {
            return;
        }
        if matches!(meaning, Meaning::Time(_)) && !is_moment() {
            return;
        }
        self.found.push(Labelled { meaning, value: value.slice(0..value.text.len()) });
        let is_time = matches!(meaning, Meaning::Time(_) | Meaning::Window);
        if is_time && name.contains(['(', '（']) && times::find_zone(name).is_some() {
            self.found.push(Labelled { meaning: Meaning::Zone, value: label.clone() });
        }
    }
}

/// How long a label is without a remark in brackets: `Severity (see our handbook)`.
fn length(label: &str) -> usize {
    label.split(['(', '（']).next().unwrap_or_default().trim_end().chars().count()
}

/// The two sides of the first colon of a line, or of its first dash where a dash stands near its beginning.
fn key_and_value(line: &Inline) -> Option<(Inline, Inline)> {
    let near = line.text.get(..floor_boundary(&line.text, LABEL)).unwrap_or_default();
    let dash = || first_mark(near, &DASHES).map(|(at, dash)| (at, dash.len()));
    let colon = || {
        let colon = line.text.find([':', '：'])?;
        Some((colon, line.text.get(colon..)?.chars().next().map_or(1, char::len_utf8)))
    };
    let fits = |(at, _): &(usize, usize)| line.text.get(..*at).is_some_and(|key| length(key) <= LABEL);
    let (at, mark) = colon().filter(fits).or_else(dash)?;
    Some((line.slice(0..at), line.from(at + mark)))
}

/// True for several lines of which each begins with a short name and a colon.
fn is_list_of_facts(lines: &[Cow<'_, Inline>]) -> bool {
    lines.len() > 1
        && lines.iter().all(|line| {
            let head = line.text.find(": ").or_else(|| line.text.find('：'));
            head.is_some_and(|colon| colon > 0 && colon <= LABEL)
        })
}
