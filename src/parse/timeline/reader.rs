//! Goes through the blocks of a timeline and collects its events.

use std::borrow::Cow;

use super::{
    Timeline,
    dotted::{self, Clocks},
    entry::Pending,
    heads_times, heads_update, holds_times, is_note, lead_of_entry, opens_entry, order, tags, tells_times,
    update::{self, Update},
};
use crate::{
    model::{Carried, Carrier, Link, Milestone, SectionKind, Zone},
    parse::{
        blocks::{Block, Body, Item, Kind},
        inline::Inline,
        locale::Lexicon,
        outline::{self, Part},
        times::{self, Beginning, Calendar, Given, Stamp, Written},
    },
    source::Span,
};

/// The state of reading one document's timelines.
pub(super) struct Reader<'d> {
    pub(super) words: &'d Lexicon,
    pub(super) document: &'d str,
    pub(super) links: &'d [Link],
    /// What was known before reading began.
    first: Calendar,
    pub(super) calendar: Calendar,
    /// The same for moments with labels in front, from the first of a run of them on.
    pub(super) labels: Option<Calendar>,
    pub(super) found: Timeline,
    /// How each event was written.
    pub(super) pending: Vec<Pending>,
    /// The day that a heading or a line gave to what follows.
    pub(super) turn: Option<(Written, Carried)>,
    /// True while what follows belongs to the last event.
    pub(super) open: bool,
    /// True outside of sections that are called timelines: prose there may well begin with a time.
    pub(super) strict: bool,
    /// What the lines of the section may begin with.
    clocks: Clocks,
    /// The milestone that a heading says the next event to be.
    pub(super) mark: Option<Milestone>,
    /// True while the last event still wants its text: a heading or a line that is only a time.
    pub(super) wants_text: bool,
}

impl<'d> Reader<'d> {
    pub(super) fn new(words: &'d Lexicon, document: &'d str, body: &'d Body, calendar: Calendar) -> Self {
        Self {
            words,
            document,
            links: &body.links,
            first: calendar.clone(),
            calendar,
            labels: None,
            found: Timeline::default(),
            pending: Vec::new(),
            turn: None,
            open: false,
            strict: false,
            clocks: Clocks::Plain,
            mark: None,
            wants_text: false,
        }
    }

    pub(super) fn finish(mut self) -> Timeline {
        order::settle(&self.first, &self.pending, &mut self.found.events);
        self.found
    }

    /// Reads a whole section.
    pub(super) fn part(&mut self, part: &Part<'_>) {
        self.heading_of(part);
        self.clocks = dotted::clocks_of(part.blocks);
        self.blocks(part.blocks);
    }

    /// Reads a section without its subsections.
    pub(super) fn part_own(&mut self, part: &Part<'_>) {
        self.heading_of(part);
        self.blocks(part.own());
    }

    /// What the heading of a section says of all times below it.
    pub(super) fn heading_of(&mut self, part: &Part<'_>) {
        self.open = false;
        self.state_zone(&part.section.title, Carrier::Heading, part.section.heading);
        if let Some((date, _)) = times::find_date(self.words, &part.section.title) {
            self.turn_to(date, Carrier::Heading, part.section.heading);
        }
        self.notes(part.blocks);
        if let Some(lead) = &part.lead {
            self.paragraph(lead);
        }
    }

    /// Lines that say what holds for all times: `All times in UTC, on 14 March`.
    fn notes(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                Kind::Paragraph(text)
                    if times::lead(self.words, &text.text).is_none() && is_note(self.words, &text.text) =>
                {
                    self.state_zone(&text.text, Carrier::Note, text.span);
                    if let Some((date, _)) = times::find_date(self.words, &text.text) {
                        self.turn_to(date, Carrier::Note, text.span);
                        self.calendar.hold(self.words.times.allows_exceptions(&text.text));
                    }
                }
                Kind::Quote(inner) => self.notes(inner),
                _ => {}
            }
        }
    }

    fn state_zone(&mut self, text: &str, by: Carrier, span: Span) {
        if let Some(zone) = times::find_zone(text) {
            self.set_zone(zone, by, span);
        }
    }

    pub(super) fn set_zone(&mut self, zone: Zone, by: Carrier, span: Span) {
        let zone = Given::new(zone, by, span);
        self.calendar.zone = Some(zone.clone());
        self.found.zone.get_or_insert(zone);
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for (index, block) in blocks.iter().enumerate() {
            match &block.kind {
                Kind::Heading { text, .. } => {
                    self.heading(text, blocks.get(index + 1..).unwrap_or_default());
                }
                Kind::Paragraph(text) => {
                    self.paragraph_above(text, blocks.get(index + 1..).unwrap_or_default());
                }
                Kind::List(items) => self.list(items),
                Kind::Table { head, rows } => {
                    self.table_above(head, rows, blocks.get(index + 1..).unwrap_or_default());
                }
                Kind::Quote(inner) => self.blocks(inner),
                Kind::Code if self.open || self.wants_text => self.code(block.span),
                Kind::Code => self.lines_of_code(block.span),
                Kind::Html => self.extend(block.span),
                Kind::Rule => self.open = false,
            }
        }
    }

    fn heading(&mut self, text: &Inline, behind: &[Block]) {
        self.wants_text = false;
        let own = behind.iter().position(|block| matches!(block.kind, Kind::Heading { .. }));
        let own = behind.get(..own.unwrap_or(behind.len())).unwrap_or_default();
        let Some(stamp) = times::lead(self.words, &text.text) else {
            if self.update(update::read_heading(self.words, text), text.span)
                || !own.iter().any(|block| tells_times(self.words, block)) && self.timed_heading(text)
            {
                return;
            }
            self.open = false;
            if heads_update(self.words, text, own) {
                self.mark = tags::named(self.words, text);
            } else if let Some((date, _)) = times::find_date(self.words, &text.text) {
                self.turn_to(date, Carrier::Heading, text.span);
            }
            return;
        };
        let rest = self.said(text, &stamp);
        // A day with nothing to say of itself is the day of what comes next.
        let says_nothing = own.is_empty() && rest.is_blank() && !behind.is_empty();
        let heads = || {
            own.iter().any(|block| holds_times(self.words, block))
                || self.words.mentions(SectionKind::Timeline, &rest.text)
        };
        if stamp.is_day_only() && (says_nothing || heads()) {
            self.open = false;
            self.state_zone(&text.text, Carrier::Heading, text.span);
            self.turn_day(&stamp, text, Carrier::Heading);
            return;
        }
        // `10:07-10:29 AM: Coordination` above the entries of that time is said of them.
        if stamp.until.is_some() && own.iter().any(|block| lists_times(self.words, block)) {
            self.open = false;
            self.calendar.read(&stamp, text.span);
            return;
        }
        // `22:52 (maybe earlier?)` says nothing of what happened, what stands below does.
        let doubts = rest.text.trim().strip_prefix('(').is_some_and(|rest| rest.ends_with("?)"));
        let is_doubt = doubts && own.iter().any(|block| matches!(block.kind, Kind::Paragraph(_)));
        let stamp = Stamp { approximate: stamp.approximate || is_doubt, ..stamp };
        self.push(&stamp, text, &rest, text.span);
        self.wants_text = rest.is_blank() || is_doubt;
    }

    pub(super) fn lead(&self, text: &str) -> Option<Stamp> {
        lead_of_entry(self.words, text, self.is_clocked())
            .or_else(|| self.clocks.lead(self.words, text))
            .or_else(|| self.elapsed(text))
    }

    /// How long after the first moment of this list or table something was, as far as that says its time of day.
    pub(super) fn elapsed(&self, text: &str) -> Option<Stamp> {
        times::elapsed(self.words, text).filter(|_| self.calendar.beginning.is_known())
    }

    /// Begins a list or a table of these entries. They count from its beginning unless one of them goes back, by which
    /// each may count from the one before.
    pub(super) fn begin<'t>(&mut self, entries: impl Iterator<Item = &'t str>) {
        let mut elapsed = entries.filter_map(|entry| times::elapsed(self.words, entry)?.elapsed).peekable();
        let counts = elapsed.peek().is_some() && elapsed.is_sorted();
        self.calendar.beginning = if counts { Beginning::Wanted } else { Beginning::Unused };
    }

    /// True when the last event says its time of day.
    fn is_clocked(&self) -> bool {
        self.found.events.last().is_some_and(|event| event.at.clock.is_some())
    }

    /// Adds a status update; false when there is none.
    fn update(&mut self, update: Option<Update>, span: Span) -> bool {
        let Some(update) = update else { return false };
        self.push(&update.stamp, &update.whole, &update.text, span);
        self.wants_text = update.text.is_blank();
        let mark = tags::named(self.words, &update.label);
        if let (Some(mark), Some(event)) = (mark, self.last()) {
            event.milestone.get_or_insert(mark);
        }
        true
    }

    /// What stands behind a time, remarks apart that hold for all times: `14 March (all times in UTC)`.
    pub(super) fn said(&mut self, line: &Inline, stamp: &Stamp) -> Inline {
        let rest = line.from(stamp.rest);
        let is_remark = rest.text.trim_start().starts_with(['(', '（']) && is_note(self.words, &rest.text);
        if stamp.is_day_only() && is_remark && times::find_zone(&rest.text).is_some() {
            self.state_zone(&rest.text, Carrier::Note, rest.span);
            return Inline::new(Span::empty(rest.span.end));
        }
        rest
    }

    pub(super) fn paragraph(&mut self, text: &Inline) {
        if self.update(update::read(self.words, text), text.span) {
            return;
        }
        let lines = text.lines();
        let leads: Vec<Option<Stamp>> = lines.iter().map(|line| self.lead(&line.text)).collect();
        let separated = |stamp: &Option<Stamp>| stamp.as_ref().is_some_and(|stamp| stamp.separated);
        let first = leads.first().cloned().flatten();
        let opens = |line: &Cow<'_, Inline>| opens_entry(self.words, line, self.is_clocked());
        let is_prose = self.strict && !lines.first().is_some_and(opens);
        let is_timed =
            !is_prose && first.is_some() || leads.iter().filter(|lead| separated(lead)).count() >= 2;
        if !is_timed {
            self.plain(text, &lines);
            return;
        }
        // A line of prose may happen to begin with a time; where times are set off, it has to be as well.
        let strict = separated(&first) || first.is_none();
        for (line, lead) in lines.iter().zip(leads) {
            match lead {
                Some(stamp) if stamp.separated || !strict => {
                    let rest = self.said(line, &stamp);
                    if stamp.is_day_only() && (rest.is_blank() || heads_times(self.words, &rest)) {
                        self.state_zone(&rest.text, Carrier::Note, rest.span);
                        self.open = false;
                        self.turn_day(&stamp, line, Carrier::Line);
                    } else {
                        self.push(&stamp, line, &rest, line.span);
                        self.wants_text = rest.is_blank();
                    }
                }
                _ if self.wants_text => self.give_text(line),
                _ => self.continue_text(line),
            }
        }
    }

    /// A paragraph without a time of its own in front.
    fn plain(&mut self, text: &Inline, lines: &[Cow<'_, Inline>]) {
        if self.wants_text {
            self.give_text(text);
        } else if self.open {
            self.extend(text.span);
        }
        for line in lines {
            self.labelled(line);
        }
    }

    pub(super) fn item(&mut self, item: &Item) {
        let Some((first, below)) = item.blocks.split_first() else { return };
        let Kind::Paragraph(text) = &first.kind else {
            self.blocks(&item.blocks);
            return;
        };
        if self.update(update::read(self.words, text), item.span) {
            self.blocks(below);
            return;
        }
        let (text, mark) = tags::take_mark(self.words, text);
        let lines = text.lines();
        let Some(line) = lines.first() else { return };
        let below_is_timed = below.iter().any(|block| holds_times(self.words, block));
        // A day of which only words are said is an event; else it is the day of what comes next.
        let tells_more = lines.len() > 1
            || (!below.is_empty() && !below.iter().any(|block| tells_times(self.words, block)));
        match self.lead(&line.text) {
            Some(stamp)
                if stamp.is_day_only()
                    && (below_is_timed || (!tells_more && self.said(line, &stamp).is_blank())) =>
            {
                self.open = false;
                self.turn_day(&stamp, line, Carrier::Line);
            }
            Some(stamp) => {
                let span = if below_is_timed { first.span } else { item.span };
                let rest = line.from(stamp.rest);
                self.push(&stamp, line, &rest, span);
                if let (Some(mark), Some(event)) = (mark, self.found.events.last_mut()) {
                    event.milestone.get_or_insert(mark);
                }
                self.wants_text = rest.is_blank();
                self.further_lines(&lines, span);
            }
            None if self.wants_text => self.give_text(&text),
            None if self.labelled_entry(line, if below_is_timed { first.span } else { item.span }) => {
                self.further_lines(&lines, item.span);
            }
            None => {
                self.labelled(line);
                if below_is_timed {
                    self.open = false;
                    if let Some((date, _)) = times::find_date(self.words, &line.text) {
                        self.turn_to(date, Carrier::Line, line.span);
                    }
                } else if outline::label(line)
                    .is_some_and(|(label, _)| self.words.milestone(&label.text).is_some())
                {
                    // What tells of another moment, if without its time, is no part of the event above.
                    self.open = false;
                } else {
                    self.extend(item.span);
                }
            }
        }
        if below_is_timed || self.wants_text {
            self.blocks(below);
        } else {
            self.labelled_below(below);
        }
    }

    /// The lines of an item behind its first: its text goes on, or a new entry begins that lacks its bullet.
    fn further_lines(&mut self, lines: &[Cow<'_, Inline>], span: Span) {
        for line in lines.iter().skip(1) {
            match times::lead(self.words, &line.text).filter(|stamp| stamp.separated && stamp.clock.is_some())
            {
                Some(stamp) => {
                    self.push(&stamp, line, &line.from(stamp.rest), Span::new(line.span.start, span.end));
                }
                None if self.wants_text => self.give_text(line),
                None => self.continue_text(line),
            }
        }
    }

    fn labelled_below(&mut self, blocks: &[Block]) {
        for block in blocks {
            if let Kind::List(items) = &block.kind {
                for item in items {
                    if let Some(text) = item.text() {
                        text.lines().iter().for_each(|line| self.labelled(line));
                    }
                }
            }
        }
    }
}

/// True for a list all of whose items begin with a time of day.
fn lists_times(words: &Lexicon, block: &Block) -> bool {
    let is_timed = |item: &Item| {
        item.text()
            .is_some_and(|text| times::lead(words, &text.text).is_some_and(|stamp| stamp.clock.is_some()))
    };
    matches!(&block.kind, Kind::List(items) if items.len() >= 2 && items.iter().all(is_timed))
}
