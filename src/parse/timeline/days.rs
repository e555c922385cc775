//! Days on a line of their own: that of what comes next, or of what is said below them.

use super::{holds_times, reader::Reader, tells_times};
use crate::parse::{
    blocks::{Block, Kind},
    inline::Inline,
    times::{self, Stamp},
};

impl Reader<'_> {
    /// A paragraph and what stands behind it: a day with nothing but words below it is an event of that day.
    pub(super) fn paragraph_above(&mut self, text: &Inline, behind: &[Block]) {
        let lines = text.lines();
        let day = lines.split_first().and_then(|(first, more)| {
            let stamp = times::whole(self.words, first.text.trim()).filter(Stamp::is_day_only)?;
            self.said(first, &stamp).is_blank().then_some((stamp, first, more))
        });
        let Some((stamp, first, more)) = day else {
            self.paragraph(text);
            return;
        };
        let ends = |block: &Block| match &block.kind {
            Kind::Heading { .. } | Kind::Rule => true,
            Kind::Paragraph(text) => times::lead(self.words, &text.text).is_some(),
            _ => false,
        };
        let own = behind.iter().position(ends).unwrap_or(behind.len());
        let (own, next) = behind.split_at_checked(own).unwrap_or_default();
        let tells_more = !more.is_empty() || own.iter().any(|block| matches!(block.kind, Kind::List(_)));
        let is_timed = more.iter().any(|line| self.lead(&line.text).is_some())
            || own.iter().any(|block| tells_times(self.words, block))
            || next.first().is_some_and(|block| !more.is_empty() && holds_times(self.words, block));
        if !tells_more || is_timed {
            self.paragraph(text);
            return;
        }
        self.push(&stamp, first, &first.from(first.text.len()), text.span);
        self.wants_text = true;
        for line in more {
            if self.wants_text { self.give_text(line) } else { self.continue_text(line) }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::timeline::tests::events;

    #[test]
    fn a_day_above_words_without_times_is_an_event() {
        let days = "## Timeline\n\n14.03.2026\nThe limit is set\n[Commit](https://example.com/1)\n\n\
                    16.03.2026\nKim looks at it\n";
        assert_eq!(events(days), ["2026-03-14 The limit is set Commit", "2026-03-16 Kim looks at it"]);
        let times =
            "## Timeline\n\n14.03.2026\nAll by hand\n\n13:02 The limit is set\n\n13:40 Kim looks at it\n";
        assert_eq!(events(times), ["2026-03-14T13:02 The limit is set", "2026-03-14T13:40 Kim looks at it"]);
    }

    #[test]
    fn a_doubt_about_a_time_is_not_what_happened() {
        let doubt = "## Timeline\n\n### 2026-03-14 13:02 (maybe earlier?)\n\nThe limit is set\n\n\
                     ### 13:40:57-58\n\nKim looks at it\n";
        assert_eq!(
            events(doubt),
            ["2026-03-14T13:02 The limit is set", "2026-03-14T13:40:57 Kim looks at it"]
        );
    }
}
