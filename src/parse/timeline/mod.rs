//! What happened, moment by moment.
//!
//! Teams write timelines as lists, tables, sub-headings, paragraphs or labelled moments, and mix them. One [`Reader`]
//! goes through the blocks of a section in order; layouts differ only in where a time and its text stand.

mod code;
mod days;
mod dotted;
mod entry;
mod list;
mod order;
mod reader;
mod table;
mod tags;
mod update;

#[cfg(test)]
mod tests;

use crate::{
    diagnostic::Finding,
    model::{Milestone, Moment, SectionForm, SectionKind, TimelineEvent, Zone},
    parse::{
        blocks::{Block, Body, Item, Kind},
        inline::Inline,
        locale::Lexicon,
        outline::{self, Part},
        times::{self, Calendar, Given, Stamp, Written},
    },
    source::Span,
};
use reader::Reader;

/// A moment with a label in front: `First detected: 2023-08-04 09:14`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Labelled {
    /// The label as written.
    pub(crate) label: Inline,
    /// When.
    pub(crate) at: Moment,
    /// The bytes of the time.
    pub(crate) at_span: Span,
    /// The milestone that the label names.
    pub(crate) milestone: Option<Milestone>,
    /// The bytes of label and time.
    pub(crate) span: Span,
}

/// What the timelines of a document say.
#[derive(Debug, Default)]
pub(crate) struct Timeline {
    pub(crate) events: Vec<TimelineEvent>,
    /// Moments with a label in front, whether they are events or not.
    pub(crate) labelled: Vec<Labelled>,
    /// The zone that a heading, a note or a table header states.
    pub(crate) zone: Option<Given<Zone>>,
    pub(crate) findings: Vec<Finding>,
    /// The headings of sections that are timelines though their names do not say so.
    pub(crate) promoted: Vec<Span>,
}

/// Reads the timelines of a document. `calendar` knows the document's day and zone.
pub(crate) fn read(
    words: &Lexicon,
    document: &str,
    body: &Body,
    parts: &[Part<'_>],
    calendar: &Calendar,
) -> Timeline {
    let mut reader = Reader::new(words, document, body, calendar.clone());
    let mut begun = false;
    for part in outermost(parts, |part| {
        // A heading that slipped to the level of the timeline's own is still one of its events.
        let slipped =
            begun && times::lead(words, &part.section.title).is_some_and(|stamp| stamp.clock.is_some());
        begun |= part.is(SectionKind::Timeline);
        part.is(SectionKind::Timeline) || slipped
    }) {
        if part.is(SectionKind::Timeline) {
            reader.part(part);
        } else {
            reader.blocks(with_heading(body, part));
        }
    }
    let mut timeline = reader.finish();
    if timeline.events.is_empty() {
        let elsewhere = timed_elsewhere(words, document, body, parts, calendar);
        if elsewhere.events.is_empty() {
            if timeline.labelled.is_empty() {
                timeline.labelled = labelled_elsewhere(words, document, body, parts, calendar);
            }
            timeline.events = timeline.labelled.iter().map(|labelled| labelled.event(document)).collect();
        } else {
            let before = std::mem::replace(&mut timeline, elsewhere);
            timeline.labelled.splice(0..0, before.labelled);
            timeline.zone = before.zone.or(timeline.zone);
            timeline.findings.splice(0..0, before.findings);
        }
    }
    timeline
}

/// The blocks of a part, and its heading before them.
fn with_heading<'b>(body: &'b Body, part: &Part<'_>) -> &'b [Block] {
    let at = body.blocks.partition_point(|block| block.span.start < part.section.heading.start);
    body.blocks.get(at..=at + part.blocks.len()).unwrap_or_default()
}

/// The parts that fit, without those that lie within another one that does.
fn outermost<'p, 'b>(
    parts: &'p [Part<'b>],
    mut fits: impl FnMut(&Part<'b>) -> bool,
) -> impl Iterator<Item = &'p Part<'b>> {
    let mut end = 0;
    parts.iter().filter(move |part| fits(part)).filter(move |part| {
        let inside = part.section.heading.start < end;
        end = end.max(part.section.body.end);
        !inside
    })
}

/// Lists of times in sections that are not called timelines, and above the first section.
fn timed_elsewhere(
    words: &Lexicon,
    document: &str,
    body: &Body,
    parts: &[Part<'_>],
    calendar: &Calendar,
) -> Timeline {
    let mut reader = Reader::new(words, document, body, calendar.clone());
    reader.strict = true;
    let mut promoted = Vec::new();
    let first = body.blocks.iter().position(|block| matches!(block.kind, Kind::Heading { .. }));
    let preamble = body.blocks.get(..first.unwrap_or(body.blocks.len())).unwrap_or_default();
    // A label within what was read has been read with it.
    let mut end = 0;
    if is_timed(words, preamble) || is_announced(words, preamble) {
        reader.blocks(preamble);
        end = preamble.last().map_or(end, |block| block.span.end);
    }
    let level = level_of_entries(words, body, parts);
    for part in parts.iter().filter(|part| !part.is(SectionKind::ActionItems)) {
        let is_above = |level: u8| matches!(part.section.form, SectionForm::Heading(outer) if outer < level);
        if level.is_some_and(is_above)
            && times::lead(words, &part.section.title).is_some_and(|stamp| stamp.is_day_only())
        {
            reader.heading_of(part);
        } else if level.is_some_and(|level| part.section.form == SectionForm::Heading(level)) {
            // Among updates with their times of day, one may have the day alone.
            let is_day = || times::whole(words, &part.section.title).is_some_and(|stamp| stamp.is_day_only());
            if is_stamped(words, body, part) || is_day() && !part.section.is_empty {
                reader.blocks(with_heading(body, part));
            }
        } else if part.section.heading.start >= end
            && (is_timed(words, part.own()) || is_announced(words, part.own()))
        {
            end = part.own().last().map_or(end, |block| block.span.end);
            reader.part_own(part);
            promoted.push(part.section.heading);
        }
    }
    let mut timeline = reader.finish();
    timeline.promoted = promoted;
    timeline
}

/// Lists of nothing but moments with their day and a label in front, in any section: `First seen: 2026-03-14 13:02`.
fn labelled_elsewhere(
    words: &Lexicon,
    document: &str,
    body: &Body,
    parts: &[Part<'_>],
    calendar: &Calendar,
) -> Vec<Labelled> {
    let mut reader = Reader::new(words, document, body, calendar.clone());
    let title = outline::title_heading(&body.blocks, words).and_then(|index| body.blocks.get(index));
    let is_title = |part: &&Part<'_>| title.is_some_and(|title| title.span == part.section.heading);
    let is_whole = |text: &Inline| {
        times::tail(words, &text.text).is_some_and(|stamp| stamp.date.is_some() && stamp.clock.is_some())
    };
    for block in parts.iter().filter(|part| !is_title(part)).flat_map(Part::own) {
        if let Kind::List(items) = &block.kind
            && items.len() >= 2
            && items.iter().all(|item| item.text().is_some_and(is_whole))
        {
            items.iter().filter_map(Item::text).for_each(|text| reader.labelled(text));
        }
    }
    reader.finish().labelled
}

/// The level of headings that are mostly times of day, when there are at least two of them.
fn level_of_entries(words: &Lexicon, body: &Body, parts: &[Part<'_>]) -> Option<u8> {
    (1..=6).find(|level| {
        let headings = parts.iter().filter(|part| part.section.form == SectionForm::Heading(*level));
        let (stamped, others): (Vec<_>, Vec<_>) = headings.partition(|part| is_stamped(words, body, part));
        stamped.len() >= 2 && stamped.len() >= others.len()
    })
}

/// True for a section whose heading begins with a time of day or is that of an update.
fn is_stamped(words: &Lexicon, body: &Body, part: &Part<'_>) -> bool {
    match with_heading(body, part) {
        [Block { kind: Kind::Heading { text, .. }, .. }, below @ ..] => {
            times::lead(words, &text.text).is_some_and(|stamp| stamp.clock.is_some())
                || update::read_heading(words, text).is_some()
                || heads_update(words, text, below)
        }
        _ => false,
    }
}

/// True for the heading of an update whose time stands on the line below it: `### Investigating`, `13:02 UTC`.
fn heads_update(words: &Lexicon, heading: &Inline, below: &[Block]) -> bool {
    let is_time = |line: &Inline| times::whole(words, &line.text).is_some_and(|stamp| stamp.clock.is_some());
    match below.first().map(|block| &block.kind) {
        Some(Kind::Paragraph(text)) => {
            words.is_update(&heading.text) && text.first_line().is_some_and(|line| is_time(&line))
        }
        _ => false,
    }
}

/// True for blocks that are mostly entries that begin with a time of day, at least two of them.
fn is_timed(words: &Lexicon, blocks: &[Block]) -> bool {
    let mut timed = 0;
    let mut all = 0;
    let mut is_clocked = false;
    let mut count = |text: &Inline| {
        all += 1;
        let is_entry = is_entry(words, text) || lead_of_digits(words, &text.text, is_clocked).is_some();
        is_clocked |= is_entry;
        timed += usize::from(is_entry);
    };
    for block in blocks {
        match &block.kind {
            Kind::List(items) => {
                items
                    .iter()
                    .filter(|item| says_more_than_when(words, item))
                    .filter_map(Item::text)
                    .for_each(&mut count);
            }
            Kind::Table { rows, .. } => {
                for row in rows {
                    if let Some(cell) = row.cells.first() {
                        count(cell);
                    }
                }
            }
            Kind::Paragraph(text) if is_bold_moment(words, text) => return true,
            Kind::Paragraph(text) => {
                let lines = text.lines();
                if lines.first().is_some_and(|line| opens_entry(words, line, true)) {
                    for line in &lines {
                        count(line);
                    }
                } else if update::read(words, text).is_some() {
                    count(text);
                }
            }
            _ => {}
        }
    }
    timed >= 2 && timed * 2 >= all
}

/// True for a line that begins with a time which is set off from its text. A sentence may well begin with `At 13:02`; an
/// entry begins with the time itself, or with a bracket or bold type around it.
fn opens_entry(words: &Lexicon, line: &Inline, is_clocked: bool) -> bool {
    let begins_with_number = || line.text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_numeric);
    let bold = line.bold_lead();
    (bold.is_some() || line.text.starts_with('[') || begins_with_number())
        && lead_of_entry(words, &line.text, is_clocked).is_some_and(|stamp| {
            stamp.separated || bold.is_some_and(|end| (stamp.end..=stamp.rest).contains(&end))
        })
        || is_bold_moment(words, line)
}

/// The time that an entry begins with.
fn lead_of_entry(words: &Lexicon, text: &str, is_clocked: bool) -> Option<Stamp> {
    times::lead(words, text).or_else(|| lead_of_digits(words, text, is_clocked))
}

/// Four digits in front of an entry are its time where they are set off, and where they may be a year only behind an entry
/// with a time of day.
fn lead_of_digits(words: &Lexicon, text: &str, is_clocked: bool) -> Option<Stamp> {
    let number = text.trim_start_matches(['~', '≈']);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    // In the years up to 1959, which could be clocks, nothing ran that is told of.
    let may_be_year = number.starts_with("20");
    let is_time = digits == 4 && (is_clocked || !may_be_year);
    is_time.then(|| times::lead_of_clock(words, text)).flatten().filter(|stamp| stamp.separated)
}

/// True for a whole moment in bold type on a line of its own: an update, even where it is the only one. So is a day with
/// the number of the update: `**2026-03-14 Update 2**`.
fn is_bold_moment(words: &Lexicon, text: &Inline) -> bool {
    // The colon behind it may be plain.
    let said = text.text.trim_end();
    let before_colon =
        said.ends_with([':', '：']).then(|| text.slice(0..said.trim_end_matches([':', '：']).len()));
    let text = before_colon.as_ref().unwrap_or(text);
    if !text.is_all(|style| style.bold) {
        return false;
    }
    if update::read(words, text).is_some_and(|update| update::is_bold_heading(text, &update)) {
        return true;
    }
    times::lead(words, &text.text).is_some_and(|stamp| {
        let behind = text.text.get(stamp.rest..).unwrap_or_default().trim();
        let label = behind.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '#' | '.'));
        let is_numbered = label.len() < behind.len() && words.is_update(label);
        let is_whole = behind.is_empty() && stamp.clock.is_some();
        (is_whole || is_numbered) && stamp.date.is_some_and(Written::has_year) && stamp.until.is_none()
    })
}

/// True for blocks with a list of days below a sentence that calls it a timeline.
fn is_announced(words: &Lexicon, blocks: &[Block]) -> bool {
    let is_dated = |text: &Inline| times::lead(words, &text.text).is_some_and(|stamp| stamp.separated);
    blocks.windows(2).any(|pair| match pair {
        [Block { kind: Kind::Paragraph(text), .. }, Block { kind: Kind::List(items), .. }] => {
            let dated = || items.iter().filter(|item| item.text().is_some_and(is_dated)).count();
            text.text.trim_end().ends_with([':', '：'])
                && words.mentions(SectionKind::Timeline, &text.text)
                && items.len() >= 2
                && dated() * 2 > items.len()
        }
        _ => false,
    })
}

/// False for an item that is a time, and nothing else: `13:02 - 14:10 UTC`.
fn says_more_than_when(words: &Lexicon, item: &Item) -> bool {
    item.blocks.len() > 1 || item.text().is_none_or(|text| times::whole(words, &text.text).is_none())
}

/// True for a text that begins with a time of day, or is a status update.
fn is_entry(words: &Lexicon, text: &Inline) -> bool {
    times::lead(words, &text.text).is_some_and(|stamp| stamp.says_clock())
        || update::read(words, text).is_some()
}

/// True for what stands behind a day on a line that announces the times of that day: `14 March: the timeline (UTC):`.
fn heads_times(words: &Lexicon, rest: &Inline) -> bool {
    rest.text.trim_end().ends_with([':', '：']) && words.mentions(SectionKind::Timeline, &rest.text)
}

/// True for a line that says what holds for all times.
fn is_note(words: &Lexicon, text: &str) -> bool {
    text.chars().count() < 240 && words.times.is_note(text)
}

/// True for a block with an entry that begins with a time of day.
fn holds_times(words: &Lexicon, block: &Block) -> bool {
    // A time that is not known stands for one all the same.
    let timed = |text: &Inline| times::lead(words, &text.text).is_some_and(|stamp| !stamp.is_day_only());
    let is_entry = |text: &Inline| {
        timed(text) || is_entry(words, text) || lead_of_digits(words, &text.text, false).is_some()
    };
    match &block.kind {
        Kind::Paragraph(text) => is_entry(text),
        Kind::List(items) => items.iter().any(|item| {
            item.blocks.iter().any(|block| match &block.kind {
                Kind::Paragraph(text) => is_entry(&tags::take_mark(words, text).0),
                Kind::List(_) => holds_times(words, block),
                _ => false,
            })
        }),
        Kind::Table { rows, .. } => rows.iter().any(|row| row.cells.iter().take(2).any(timed)),
        Kind::Quote(blocks) => blocks.iter().any(|block| holds_times(words, block)),
        Kind::Heading { .. } | Kind::Code | Kind::Html | Kind::Rule => false,
    }
}

/// True for a block with a time in an entry, in front or behind a label.
fn tells_times(words: &Lexicon, block: &Block) -> bool {
    let labelled = |text: &Inline| {
        text.lines()
            .iter()
            .any(|line| times::tail(words, &line.text).is_some_and(|stamp| stamp.clock.is_some()))
    };
    let below = match &block.kind {
        Kind::List(items) => items.iter().flat_map(|item| &item.blocks).any(|block| match &block.kind {
            Kind::Paragraph(text) => labelled(text),
            _ => tells_times(words, block),
        }),
        _ => false,
    };
    below || holds_times(words, block)
}

impl Labelled {
    fn event(&self, document: &str) -> TimelineEvent {
        entry::event(document, self.at.clone(), &self.label, self.span, self.at_span, self.milestone)
    }
}
