//! Code in a timeline: lines of it may be the events, else it belongs to the event above.

use super::reader::Reader;
use crate::{
    model::Markdown,
    parse::{
        inline::{Inline, Style, one_line},
        times::{self, Stamp},
    },
    source::Span,
};

impl Reader<'_> {
    /// A timeline that was set as code, so that its lines stay apart. Code below an event is that event's.
    pub(super) fn lines_of_code(&mut self, span: Span) {
        let code = self.document.get(span.start..span.end).unwrap_or_default();
        let mut at = span.start;
        let mut lines = Vec::new();
        for line in code.split_inclusive('\n') {
            let text = line.trim();
            let indent = line.len() - line.trim_start().len();
            let start = at + indent;
            at += line.len();
            if !text.is_empty() && !["```", "~~~"].iter().any(|fence| text.starts_with(fence)) {
                let place = Span::new(start, start + text.len());
                let mut inline = Inline::new(place);
                inline.push(text, place, None, Style::default());
                let stamp = times::lead(self.words, text).or_else(|| self.day_in_column(text));
                lines.push((stamp, inline, indent));
            }
        }
        // What a program has written has seconds, and is never about a time.
        let is_by_hand =
            lines.iter().any(|(stamp, ..)| stamp.as_ref().is_some_and(|stamp| stamp.approximate));
        let is_entry = |stamp: &Stamp| {
            stamp
                .clock
                .is_some_and(|clock| stamp.separated || is_by_hand || chrono::Timelike::second(&clock) == 0)
        };
        let is_timed = |stamp: &Option<Stamp>| stamp.as_ref().is_some_and(is_entry);
        let timed = lines.iter().filter(|(stamp, ..)| is_timed(stamp)).count();
        // What stands further to the right goes on with the entry above. The first line of an indented block has no indent
        // of its own.
        let edges = lines.iter().skip(1).filter(|(stamp, ..)| is_timed(stamp)).map(|(_, _, indent)| *indent);
        let edge = edges.min().unwrap_or_default();
        let entries = lines.iter().filter(|(_, _, indent)| *indent <= edge).count();
        if timed < 2 || timed * 2 <= entries {
            return;
        }
        // Among entries with their day and their clock, one may have the day alone.
        let are_dated = lines
            .iter()
            .filter(|(stamp, ..)| is_timed(stamp))
            .all(|(stamp, ..)| stamp.as_ref().is_some_and(|stamp| stamp.date.is_some()));
        for (stamp, line, indent) in &lines {
            let is_day = |stamp: &Stamp| are_dated && stamp.is_day_only() && *indent <= edge;
            match stamp {
                Some(stamp) if is_entry(stamp) || is_day(stamp) => {
                    self.push(stamp, line, &line.from(stamp.rest), line.span);
                }
                _ => self.continue_text(line),
            }
        }
        self.open = false;
    }

    /// The day in front of a gap: `14 Mar     The limit is known to be low`.
    fn day_in_column(&self, line: &str) -> Option<Stamp> {
        let (day, rest) = line.split_once("  ")?;
        let stamp = times::whole(self.words, day).filter(Stamp::is_day_only)?;
        Some(Stamp { rest: line.len() - rest.trim_start().len(), ..stamp })
    }

    /// Code belongs to the event above; it is all that the event says when that is only a time.
    pub(super) fn code(&mut self, span: Span) {
        self.extend(span);
        if !self.wants_text {
            return;
        }
        let code = self.document.get(span.start..span.end).unwrap_or_default();
        let line = code.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with(['`', '~']));
        if let (Some(line), Some(event)) = (line, self.found.events.last_mut()) {
            event.text = one_line(line);
            event.markdown = Markdown::new(format!("`{}`", event.text.replace('`', "'")), &event.text);
        }
        self.wants_text = false;
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::timeline::tests::events;

    #[test]
    fn lines_of_code_may_go_on_further_to_the_right_and_have_the_day_alone() {
        let code = "## Timeline\n\nIn UTC.\n\n    14 Mar       The limit of the queue is known\n                 to be low.\n    \
                    15 Mar 13:02 Search is slow, and\n                 nobody knows why.\n                 It is Sunday.\n    \
                    15 Mar 13:40 Kim restarts it\n";
        assert_eq!(
            events(code),
            [
                "2026-03-14 The limit of the queue is known to be low.",
                "2026-03-15T13:02Z Search is slow, and nobody knows why. It is Sunday.",
                "2026-03-15T13:40Z Kim restarts it"
            ]
        );
    }

    #[test]
    fn lines_of_code_with_seconds_are_entries_where_one_of_them_is_about_a_time() {
        let code = "## Timeline\n\n```\n13:02:06  Search is slow,\n          and nobody knows why\n~13:10    Kim restarts it\n13:11:07  It is fast\n```\n";
        assert_eq!(
            events(code),
            [
                "2026-03-14T13:02:06 Search is slow, and nobody knows why",
                "2026-03-14T13:10 Kim restarts it",
                "2026-03-14T13:11:07 It is fast"
            ]
        );
        assert_eq!(events(&code.replace("~13:10   ", "13:10:09 ")), Vec::<String>::new());
    }
}
