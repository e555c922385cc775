//! What becomes of one entry: an event, a further line of one, the day of those that follow.

use super::{Labelled, reader::Reader, tags};
use crate::{
    diagnostic::Finding,
    model::{Carried, Carrier, Markdown, Milestone, Moment, Origin, TimelineEvent, Zone},
    parse::{
        inline::{Inline, one_line},
        locale::Meaning,
        times::{self, Given, Stamp, Written},
    },
    source::Span,
};

/// The longest label in front of a time, in words.
pub(super) const LABEL_WORDS: usize = 6;
/// The longest line that may be a label and a time, in bytes.
const LABEL_LINE: usize = 400;
/// An event that says more than this, in bytes, is cut; its place still covers all of it.
const LONGEST: usize = 4_000;

/// An event with the texts that every layout finds in its own way.
pub(super) fn event(
    document: &str,
    at: Moment,
    text: &Inline,
    span: Span,
    at_span: Span,
    milestone: Option<Milestone>,
) -> TimelineEvent {
    let line = text.one_line();
    TimelineEvent {
        markdown: Markdown::new(text.markdown(document), &line),
        text: line,
        milestone,
        span,
        at_span,
        ..TimelineEvent::new(at, Origin::Section)
    }
}

/// What stands in front of the time at the end of a line.
pub(super) fn label_before(line: &Inline, stamp: &Stamp) -> Inline {
    let label = line.slice(0..stamp.start);
    label.slice(0..label.text.trim_end_matches([':', '：', '-', '–', '—', ' ', '(', '[', ',']).len())
}

/// How an event was written, for when its time is read once more.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) stamp: Stamp,
    /// The day that holds where it stands.
    pub(super) turn: Option<(Written, Carried)>,
    /// The zone that holds where it stands.
    pub(super) zone: Option<Given<Zone>>,
}

impl Reader<'_> {
    /// Remembers a moment that has its label in front.
    pub(super) fn labelled(&mut self, line: &Inline) {
        let Some(stamp) = Some(&line.text)
            .filter(|text| text.len() <= LABEL_LINE)
            .and_then(|text| times::tail(self.words, text))
        else {
            return;
        };
        let label = label_before(line, &stamp);
        let words = label.text.split_whitespace().count();
        if words == 0 || words > LABEL_WORDS {
            return;
        }
        let at_span = line.source(stamp.start..stamp.end);
        // What a list of milestones says of its days holds for the list, not for the events behind it.
        let (at, _) = self.labels.get_or_insert_with(|| self.calendar.clone()).read(&stamp, at_span);
        // A list of milestones may begin with the day of all of them.
        if stamp.is_day_only()
            && matches!(self.words.meaning(&label.text), Some(Meaning::Date | Meaning::Day))
        {
            return;
        }
        let milestone = self.words.milestone(&label.text);
        self.found.labelled.push(Labelled { label, at, at_span, milestone, span: line.span });
    }

    /// Adds the event of a heading that ends with its time: `Phase 1: detection (13:02 UTC)`.
    pub(super) fn timed_heading(&mut self, text: &Inline) -> bool {
        let Some(stamp) = times::tail(self.words, &text.text).filter(|stamp| stamp.clock.is_some()) else {
            return false;
        };
        let label = label_before(text, &stamp);
        self.push(&stamp, text, &label, text.span);
        true
    }

    /// Adds an event whose time stands between a label and the text: `Detected: 13:02 UTC - the pager goes off`.
    pub(super) fn labelled_entry(&mut self, line: &Inline, span: Span) -> bool {
        let Some((label, behind)) = line.text.split_once([':', '：']) else { return false };
        let is_label =
            label.starts_with(char::is_alphabetic) && label.split_whitespace().nth(LABEL_WORDS).is_none();
        if !is_label {
            return false;
        }
        let behind = line.from(line.text.len() - behind.len());
        let Some(stamp) = times::lead(self.words, &behind.text)
            .filter(|stamp| stamp.clock.is_some() && stamp.separated && stamp.rest < behind.text.len())
        else {
            return false;
        };
        let text = line.slice(0..label.len()).followed_by(": ", &behind.from(stamp.rest));
        self.push(&stamp, &behind, &text, span);
        true
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
        let milestone = self.mark.take().or(mark).or_else(|| tags::own_mark(self.words, &text));
        let mut event = event(self.document, at, &text, span, at_span, milestone);
        event.end = end.map(Box::new);
        event.add_links(self.targets(&text));
        self.found.events.push(event);
        self.labels = None;
        self.pending.push(Pending {
            stamp: stamp.clone(),
            turn: self.turn,
            zone: self.calendar.zone.clone(),
        });
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

    pub(super) fn turn_day(&mut self, stamp: &Stamp, text: &Inline, by: Carrier) {
        if let Some(date) = stamp.date {
            self.turn_to(date, by, text.source(stamp.start..stamp.end));
        }
    }

    pub(super) fn turn_to(&mut self, date: Written, by: Carrier, span: Span) {
        let from = Carried::new(by, span);
        if self.calendar.turn_to(date, from) {
            self.calendar.hold(false);
            self.turn = Some((date, from));
        } else if date == Written::Never {
            let written = self.document.get(span.start..span.end).unwrap_or_default();
            self.found.findings.push(no_such_day(written, span));
        }
    }

    /// The text under a heading that was only a time.
    pub(super) fn give_text(&mut self, text: &Inline) {
        let (text, mark) = tags::take_mark(self.words, text);
        let links = self.targets(&text);
        if let Some(event) = self.found.events.last_mut() {
            event.text = text.one_line();
            event.markdown = Markdown::new(text.markdown(self.document), &event.text);
            event.milestone = event.milestone.or(mark).or_else(|| tags::own_mark(self.words, &text));
            event.add_links(links);
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
        let markdown = one_line(&format!("{} {}", event.markdown(), line.markdown(self.document)));
        event.text = one_line(&format!("{} {}", event.text, line.text));
        event.markdown = Markdown::new(markdown, &event.text);
        event.milestone = event.milestone.or(mark);
        event.add_links(links);
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

#[cfg(test)]
mod tests {
    use crate::parse::timeline::tests::events;

    #[test]
    fn a_label_may_stand_in_front_of_the_time_and_its_text() {
        assert_eq!(
            events(
                "## Timeline\n\n- **Start:** 13:02 UTC — Index rebuilt\n- Detected: 13:09 UTC - the pager\n- Note: 14 hosts - all\n"
            ),
            [
                "2026-03-14T13:02Z Start: Index rebuilt [started]",
                "2026-03-14T13:09Z Detected: the pager [detected]"
            ]
        );
    }

    #[test]
    fn a_heading_may_end_with_its_time() {
        assert_eq!(
            events(
                "## Timeline\n\n### Phase 1: detection (13:02 UTC)\n\nThe pager.\n\n### Phase 2 (13:09 UTC)\n\n- 13:10 Index rebuilt\n"
            ),
            ["2026-03-14T13:02Z Phase 1: detection", "2026-03-14T13:10Z Index rebuilt"]
        );
    }

    #[test]
    fn a_heading_with_the_range_of_the_entries_below_it_is_none_and_tells_their_half_of_the_day() {
        assert_eq!(
            events(
                "# x\n\nDate: 16 March 2026\n\n## Timeline\n\n### March 14, 2026: our timeline\n\nSome of us met.\n\n\
                 ### 10:45-11:57 AM: Looking\n\n- 10:45: Pages\n- 11:57: Found\n- 1:17: Mended\n\n\
                 ### 1:42-1:59 PM: Rolling out\n\n- 1:42: First host\n- 1:59: Last host\n\n### 4:00 PM: Over\n"
            ),
            [
                "2026-03-14T10:45 Pages",
                "2026-03-14T11:57 Found",
                "2026-03-14T13:17 Mended",
                "2026-03-14T13:42 First host",
                "2026-03-14T13:59 Last host",
                "2026-03-14T16:00 Over"
            ]
        );
    }

    #[test]
    fn four_digits_that_are_set_off_begin_an_entry_and_years_do_not() {
        assert_eq!(
            events("## Timeline (UTC)\n\n- 0745: Pages\n- 2010 - Index rebuilt\n"),
            ["2026-03-14T07:45Z Pages", "2026-03-14T20:10Z Index rebuilt"]
        );
        assert_eq!(
            events(
                "## Timeline (UTC)\n\n2026-03-14:\n\n* 1955: Pages\n\n2026-03-15:\n\n* 0900: Index rebuilt\n"
            ),
            ["2026-03-14T19:55Z Pages", "2026-03-15T09:00Z Index rebuilt"]
        );
        assert_eq!(
            events("## Timeline\n\n- 2019: the index grows\n- 2020: it is cut\n"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_line_may_name_two_zones_of_which_the_first_is_that_of_the_first_clocks() {
        assert_eq!(
            events("## Timeline\n\nUTC/ACDT\n\n03:16 - Pages\n\n03:20 - Index rebuilt\n"),
            ["2026-03-14T03:16Z Pages", "2026-03-14T03:20Z Index rebuilt"]
        );
    }

    #[test]
    fn brackets_and_bold_type_set_a_time_off_wherever_it_stands() {
        let expected = ["2026-03-14T13:02 Index rebuilt", "2026-03-14T13:09 Pages All hosts."];
        for text in [
            "[March 14, 2026 1:02 PM] Index rebuilt\n\n[March 14, 2026 1:09 PM] Pages\nAll hosts.\n",
            "**13:02** Index rebuilt\n\n**March 14, 13:09** Pages\nAll hosts.\n",
        ] {
            assert_eq!(events(&format!("## From the provider\n\n{text}")), expected, "{text}");
        }
        let prose = "**13:02 was bad** for search.\n\n**13:09 was worse** for us.\n";
        assert_eq!(events(&format!("## From the provider\n\n{prose}")), Vec::<String>::new());
    }

    #[test]
    fn a_day_holds_for_all_times_that_do_not_say_otherwise() {
        let list = "- 2026-03-11 23:55: Disk fills\n- 01:02: Pages\n- 01:09: Index rebuilt\n";
        let noted = "Unless otherwise noted, all of this was on 2026-03-12, and times are in UTC.";
        assert_eq!(
            events(&format!("## Timeline\n\n{noted}\n\n{list}")),
            ["2026-03-11T23:55Z Disk fills", "2026-03-12T01:02Z Pages", "2026-03-12T01:09Z Index rebuilt"]
        );
    }

    #[test]
    fn a_day_with_words_for_the_timeline_heads_the_times_below_it() {
        for line in [
            "2026-03-12: our timeline (all times in UTC):",
            "2026年3月12日のタイムライン：（時間はすべてUTC）：",
        ] {
            let text = format!("## Timeline\n\n{line}\n\n- 01:02 Pages\n");
            assert_eq!(events(&text), ["2026-03-12T01:02Z Pages"], "{line}");
        }
    }

    #[test]
    fn prose_that_begins_with_a_time_is_no_entry_outside_of_timelines() {
        let list = "- 13:02 UTC Pages\n- 13:09 UTC Index rebuilt\n";
        let prose = "Between 13:02 UTC and 13:40 UTC on 14 March 2026, searches failed.";
        let expected = ["2026-03-14T13:02Z Pages", "2026-03-14T13:09Z Index rebuilt"];
        assert_eq!(events(&format!("## From the provider\n\n{prose}\n\n{list}")), expected);
    }

    #[test]
    fn a_list_of_moments_is_a_timeline_where_nothing_else_is() {
        let seen = "## Evidence\n\n- First seen: 2026-03-14T13:02Z\n- Seen again: 2026-03-14T13:09Z\n";
        assert_eq!(events(seen), ["2026-03-14T13:02Z First seen [detected]", "2026-03-14T13:09Z Seen again"]);
        assert_eq!(
            events(&format!("{seen}\n## Timeline\n\n- 13:20 UTC Quiet\n")),
            ["2026-03-14T13:20Z Quiet"]
        );
    }

    #[test]
    fn four_digits_are_times_in_any_section_where_they_cannot_be_years() {
        let fixed = "## How was it fixed\n\n### Sat 14 March 2026\n\n1738: Index rebuilt\n\n[1923](https://chat.example/1): Pages\n\n~2012: Quiet\n";
        assert_eq!(
            events(fixed),
            ["2026-03-14T17:38 Index rebuilt", "2026-03-14T19:23 Pages", "2026-03-14T20:12 Quiet"]
        );
        let years = "## How it came about\n\n2012: Built\n\n2019: Moved\n\n2023: Forgotten\n";
        assert_eq!(events(years), Vec::<String>::new());
    }

    #[test]
    fn a_day_above_headings_of_times_is_theirs() {
        assert_eq!(
            events(
                "## March 13, 2026 (America/Chicago)\n\n### 7:51:22 PM — Index rebuilt\n\nBy hand.\n\n### 7:59 PM — Pages\n\nBy mail.\n"
            ),
            ["2026-03-13T19:51:22-05:00 Index rebuilt", "2026-03-13T19:59-05:00 Pages"]
        );
    }

    #[test]
    fn behind_a_time_may_stand_the_same_by_the_clock_of_half_a_day() {
        assert_eq!(
            events("## Updates\n\n* 15:23 (3:23PM): Search is slow\n* 17:00 (5:00PM): It is fast\n"),
            ["2026-03-14T15:23 Search is slow", "2026-03-14T17:00 It is fast"]
        );
    }
}
