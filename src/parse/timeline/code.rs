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
            let start = at + (line.len() - line.trim_start().len());
            at += line.len();
            if !text.is_empty() && !text.starts_with(['`', '~']) {
                let place = Span::new(start, start + text.len());
                let mut inline = Inline::new(place);
                inline.push(text, place, None, Style::default());
                lines.push((times::lead(self.words, text), inline));
            }
        }
        // What a program has written has seconds.
        let is_entry = |stamp: &Stamp| {
            stamp.clock.is_some_and(|clock| stamp.separated || chrono::Timelike::second(&clock) == 0)
        };
        let timed = lines.iter().filter(|(stamp, _)| stamp.as_ref().is_some_and(is_entry)).count();
        if timed < 2 || timed * 2 <= lines.len() {
            return;
        }
        for (stamp, line) in &lines {
            match stamp {
                Some(stamp) if is_entry(stamp) => self.push(stamp, line, &line.from(stamp.rest), line.span),
                _ => self.continue_text(line),
            }
        }
        self.open = false;
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
