//! Goes through the blocks of a timeline and collects its events.

use super::{Labelled, Timeline, holds_times, is_note, tags};
use crate::{
    diagnostic::Finding,
    model::{Carried, Carrier, Link, Milestone, Moment, Origin, TimelineEvent, Zone},
    parse::{
        blocks::{Block, Body, Item, Kind},
        inline::{Inline, one_line},
        locale::Lexicon,
        outline::Part,
        times::{self, Calendar, Given, Stamp, Written},
    },
    source::Span,
};

/// The longest label in front of a time, in words.
const LABEL_WORDS: usize = 6;
/// The longest line that may be a label and a time, in bytes.
const LABEL_LINE: usize = 400;
/// An event that says more than this, in bytes, is cut; its place still covers all of it.
const LONGEST: usize = 4_000;

/// The state of reading one document's timelines.
pub(super) struct Reader<'d> {
    pub(super) words: &'d Lexicon,
    pub(super) document: &'d str,
    links: &'d [Link],
    pub(super) calendar: Calendar,
    found: Timeline,
    /// True while what follows belongs to the last event.
    open: bool,
    /// True while the last event still wants its text: it is a heading that is only a time.
    wants_text: bool,
}

/// An event with the texts that every layout finds in its own way.
pub(super) fn event(
    document: &str,
    at: Moment,
    text: &Inline,
    span: Span,
    at_span: Span,
    milestone: Option<Milestone>,
) -> TimelineEvent {
    TimelineEvent {
        at,
        end: None,
        text: text.one_line(),
        markdown: text.markdown(document),
        milestone,
        kind: None,
        service: None,
        links: Vec::new(),
        internal: false,
        span,
        at_span,
        origin: Origin::Section,
    }
}

impl<'d> Reader<'d> {
    pub(super) fn new(words: &'d Lexicon, document: &'d str, body: &'d Body, calendar: Calendar) -> Self {
        Self {
            words,
            document,
            links: &body.links,
            calendar,
            found: Timeline::default(),
            open: false,
            wants_text: false,
        }
    }

    pub(super) fn finish(self) -> Timeline {
        self.found
    }

    /// Reads a whole section.
    pub(super) fn part(&mut self, part: &Part<'_>) {
        self.heading_of(part);
        self.blocks(part.blocks);
    }

    /// Reads a section without its subsections.
    pub(super) fn part_own(&mut self, part: &Part<'_>) {
        self.heading_of(part);
        self.blocks(part.own());
    }

    fn heading_of(&mut self, part: &Part<'_>) {
        self.open = false;
        self.state_zone(&part.section.title, Carrier::Heading, part.section.heading);
        if let Some((date, _)) = times::find_date(self.words, &part.section.title) {
            self.calendar.turn_to(date, Carried::new(Carrier::Heading, part.section.heading));
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
                        self.calendar.turn_to(date, Carried::new(Carrier::Note, text.span));
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
                    let rest = blocks.get(index + 1..).unwrap_or_default();
                    let below = rest.iter().position(|block| matches!(block.kind, Kind::Heading { .. }));
                    self.heading(text, rest.get(..below.unwrap_or(rest.len())).unwrap_or_default());
                }
                Kind::Paragraph(text) => self.paragraph(text),
                Kind::List(items) => items.iter().for_each(|item| self.item(item)),
                Kind::Table { head, rows } => self.table(head, rows),
                Kind::Quote(inner) => self.blocks(inner),
                Kind::Code | Kind::Html => self.extend(block.span),
                Kind::Rule => self.open = false,
            }
        }
    }

    fn heading(&mut self, text: &Inline, below: &[Block]) {
        self.wants_text = false;
        let Some(stamp) = times::lead(self.words, &text.text) else {
            self.open = false;
            if let Some((date, _)) = times::find_date(self.words, &text.text) {
                self.turn_to(date, Carrier::Heading, text.span);
            }
            return;
        };
        let rest = text.from(stamp.rest);
        if stamp.is_day_only() && below.iter().any(|block| holds_times(self.words, block)) {
            self.open = false;
            self.turn_day(&stamp, text, Carrier::Heading);
            return;
        }
        self.push(&stamp, text, &rest, text.span);
        self.wants_text = rest.is_blank();
    }

    pub(super) fn paragraph(&mut self, text: &Inline) {
        let lines = text.lines();
        let leads: Vec<Option<Stamp>> =
            lines.iter().map(|line| times::lead(self.words, &line.text)).collect();
        let separated = |stamp: &Option<Stamp>| stamp.as_ref().is_some_and(|stamp| stamp.separated);
        let first = leads.first().cloned().flatten();
        let is_timed = first.is_some() || leads.iter().filter(|lead| separated(lead)).count() >= 2;
        if !is_timed {
            self.plain(text, &lines);
            return;
        }
        // A line of prose may happen to begin with a time; where times are set off, it has to be as well.
        let strict = separated(&first) || first.is_none();
        for (line, lead) in lines.iter().zip(leads) {
            match lead {
                Some(stamp) if stamp.separated || !strict => {
                    let rest = line.from(stamp.rest);
                    if stamp.is_day_only() && rest.is_blank() {
                        self.open = false;
                        self.turn_day(&stamp, line, Carrier::Line);
                    } else {
                        self.push(&stamp, line, &rest, line.span);
                    }
                }
                _ => self.continue_text(line),
            }
        }
    }

    /// A paragraph without a time of its own in front.
    fn plain(&mut self, text: &Inline, lines: &[Inline]) {
        if self.wants_text {
            self.give_text(text);
        } else if self.open {
            self.extend(text.span);
        }
        for line in lines {
            self.labelled(line);
        }
    }

    fn item(&mut self, item: &Item) {
        let Some((first, below)) = item.blocks.split_first() else { return };
        let Kind::Paragraph(text) = &first.kind else {
            self.blocks(&item.blocks);
            return;
        };
        let (text, mark) = tags::take_mark(self.words, text);
        let lines = text.lines();
        let Some(line) = lines.first() else { return };
        let below_is_timed = below.iter().any(|block| holds_times(self.words, block));
        match times::lead(self.words, &line.text) {
            Some(stamp) if stamp.is_day_only() && (line.from(stamp.rest).is_blank() || below_is_timed) => {
                self.open = false;
                self.turn_day(&stamp, line, Carrier::Line);
            }
            Some(stamp) => {
                let span = if below_is_timed { first.span } else { item.span };
                self.push(&stamp, line, &line.from(stamp.rest), span);
                if let (Some(mark), Some(event)) = (mark, self.found.events.last_mut()) {
                    event.milestone.get_or_insert(mark);
                }
                self.further_lines(&lines, span);
            }
            None => {
                self.labelled(line);
                if below_is_timed {
                    self.open = false;
                    if let Some((date, _)) = times::find_date(self.words, &line.text) {
                        self.turn_to(date, Carrier::Line, line.span);
                    }
                } else {
                    self.extend(item.span);
                }
            }
        }
        if below_is_timed {
            self.blocks(below);
        } else {
            self.labelled_below(below);
        }
    }

    /// The lines of an item behind its first: its text goes on, or a new entry begins that lacks its bullet.
    fn further_lines(&mut self, lines: &[Inline], span: Span) {
        for line in lines.iter().skip(1) {
            match times::lead(self.words, &line.text).filter(|stamp| stamp.separated && stamp.clock.is_some())
            {
                Some(stamp) => {
                    self.push(&stamp, line, &line.from(stamp.rest), Span::new(line.span.start, span.end));
                }
                None => self.continue_text(line),
            }
        }
    }

    fn labelled_below(&mut self, blocks: &[Block]) {
        for block in blocks {
            if let Kind::List(items) = &block.kind {
                for item in items {
                    if let Some(Kind::Paragraph(text)) = item.blocks.first().map(|block| &block.kind) {
                        text.lines().iter().for_each(|line| self.labelled(line));
                    }
                }
            }
        }
    }

    /// Remembers a moment that has its label in front.
    fn labelled(&mut self, line: &Inline) {
        let Some(stamp) = Some(&line.text)
            .filter(|text| text.len() <= LABEL_LINE)
            .and_then(|text| times::tail(self.words, text))
        else {
            return;
        };
        let label = line.slice(0..stamp.start);
        let label = label.slice(0..label.text.trim_end_matches([':', '：', '-', '–', ' ', '(']).len());
        let words = label.text.split_whitespace().count();
        if words == 0 || words > LABEL_WORDS {
            return;
        }
        let at_span = line.source(stamp.start..stamp.end);
        let (at, _) = self.calendar.read(&stamp, at_span);
        let milestone = self.words.milestone(&label.text);
        self.found.labelled.push(Labelled { label, at, at_span, milestone, span: line.span });
    }

    /// Adds an event. `whole` is the text that the stamp was read from, `rest` what stands behind it.
    pub(super) fn push(&mut self, stamp: &Stamp, whole: &Inline, rest: &Inline, span: Span) {
        let at_span = whole.source(stamp.start..stamp.end);
        self.report_no_such_day(stamp, at_span, &whole.text);
        let (at, end) = self.calendar.read(stamp, at_span);
        if let Some(zone) = &stamp.zone
            && self.found.zone.is_none()
        {
            self.found.zone = Some(Given::new(zone.clone(), Carrier::Earlier, at_span));
        }
        let (text, mark) = tags::take_mark(self.words, rest);
        let milestone = mark.or_else(|| tags::bold_mark(self.words, &text));
        let mut event = event(self.document, at, &text, span, at_span, milestone);
        event.end = end;
        event.links = self.targets(&text);
        self.found.events.push(event);
        self.open = true;
        self.wants_text = false;
    }

    fn report_no_such_day(&mut self, stamp: &Stamp, span: Span, text: &str) {
        let until = stamp.until.and_then(|(date, _)| date);
        if stamp.date == Some(Written::Never) || until == Some(Written::Never) {
            let written = text.get(stamp.start..stamp.end).unwrap_or_default();
            self.found.findings.push(no_such_day(written, span));
        }
    }

    fn targets(&self, text: &Inline) -> Vec<String> {
        text.links()
            .into_iter()
            .filter_map(|link| self.links.get(link))
            .map(|link| link.target.clone())
            .collect()
    }

    fn turn_day(&mut self, stamp: &Stamp, text: &Inline, by: Carrier) {
        if let Some(date) = stamp.date {
            self.turn_to(date, by, text.source(stamp.start..stamp.end));
        }
    }

    fn turn_to(&mut self, date: Written, by: Carrier, span: Span) {
        if !self.calendar.turn_to(date, Carried::new(by, span)) && date == Written::Never {
            let written = self.document.get(span.start..span.end).unwrap_or_default();
            self.found.findings.push(no_such_day(written, span));
        }
    }

    /// The text under a heading that was only a time.
    fn give_text(&mut self, text: &Inline) {
        let (text, mark) = tags::take_mark(self.words, text);
        let links = self.targets(&text);
        if let Some(event) = self.found.events.last_mut() {
            event.text = text.one_line();
            event.markdown = text.markdown(self.document);
            event.milestone = event.milestone.or(mark).or_else(|| tags::bold_mark(self.words, &text));
            event.links.extend(links);
            event.span = event.span.join(text.span);
        }
        self.wants_text = false;
    }

    /// A further line of the last event's text.
    pub(super) fn continue_text(&mut self, line: &Inline) {
        let (line, mark) = tags::take_mark(self.words, line);
        let links = self.targets(&line);
        let Some(event) = self.found.events.last_mut().filter(|_| self.open) else { return };
        event.span = event.span.join(line.span);
        if event.text.len() > LONGEST {
            return;
        }
        event.text = one_line(&format!("{} {}", event.text, line.text));
        event.markdown = one_line(&format!("{} {}", event.markdown, line.markdown(self.document)));
        event.milestone = event.milestone.or(mark);
        event.links.extend(links);
    }

    /// What follows an event belongs to it.
    pub(super) fn extend(&mut self, span: Span) {
        if let Some(event) = self.found.events.last_mut().filter(|_| self.open) {
            event.span = event.span.join(span);
        }
    }

    /// The last event, while what follows may still change it.
    pub(super) fn last(&mut self) -> Option<&mut TimelineEvent> {
        self.found.events.last_mut()
    }
}

/// The finding for a date that looks right and is on no calendar.
pub(crate) fn no_such_day(written: &str, span: Span) -> Finding {
    Finding::new("bad-value", span, format!("there is no day `{}`", written.trim()))
        .label("no such day")
        .help("correct the date; until then the event has no day")
}
