//! Clocks with a dot and one digit for the hour: `9.06 Kim restarts it`. A number looks the same, so they count only where
//! several lines of a timeline begin in this way, none earlier than the one before; behind noon they may begin anew.

use crate::parse::{
    blocks::{Block, Item, Kind},
    inline::Inline,
    locale::Lexicon,
    times::{self, Stamp},
};

/// So many lines are no accident.
const LINES: usize = 3;

/// The clocks of a section that only where they stand tells to be clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clocks {
    /// None.
    Plain,
    /// Those with a dot.
    Dotted,
}

impl Clocks {
    /// Such a clock in front of an entry.
    pub(super) fn lead(self, words: &Lexicon, text: &str) -> Option<Stamp> {
        let may_lead = self == Self::Dotted && clock(text).is_some();
        may_lead.then(|| times::lead_of_clock(words, text)).flatten()
    }
}

/// What the lines of a section may begin with.
pub(super) fn clocks_of(blocks: &[Block]) -> Clocks {
    let texts = blocks.iter().flat_map(|block| match &block.kind {
        Kind::Paragraph(text) => vec![text],
        Kind::List(items) => items.iter().filter_map(Item::text).collect(),
        _ => Vec::new(),
    });
    let clocks: Vec<_> = texts.flat_map(clocks).collect();
    let are_usual = clocks.len() >= LINES
        && clocks.iter().any(|(hour, _)| *hour < 10)
        && clocks.iter().all(|(hour, minute)| *hour < 24 && *minute < 60)
        && clocks.is_sorted_by(|one, next| one <= next || one.0 == 12 && (1..12).contains(&next.0));
    if are_usual { Clocks::Dotted } else { Clocks::Plain }
}

/// What the lines of a text begin with, as hours and minutes.
fn clocks(text: &Inline) -> Vec<(u8, u8)> {
    text.text.lines().filter_map(clock).collect()
}

fn clock(line: &str) -> Option<(u8, u8)> {
    let (number, _) = line.split_once(' ')?;
    let (hour, minute) = number.split_once('.')?;
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_clock = hour.len() <= 2 && minute.len() == 2 && is_number(hour) && is_number(minute);
    Some((hour.parse().ok()?, minute.parse().ok()?)).filter(|_| is_clock)
}

#[cfg(test)]
mod tests {
    use crate::parse::timeline::tests::events;

    #[test]
    fn numbers_with_a_dot_are_clocks_where_several_lines_begin_with_them_in_order() {
        assert_eq!(
            events("## Timeline\n\n8.48 New index<br>\nan alert\n\n08.52 Kim looks\n\n9.06 All well\n"),
            [
                "2026-03-14T08:48 New index an alert",
                "2026-03-14T08:52 Kim looks",
                "2026-03-14T09:06 All well"
            ]
        );
        let versions = "## Timeline\n\n9.06 is released\n\n8.48 is withdrawn\n\n9.07 is released\n";
        assert_eq!(events(versions), Vec::<String>::new());
        assert_eq!(
            events("## Timeline\n\n11.55 Slow\n\n12.56 Down\n\n1.00 Rebuilt\n\n1.02 All well\n"),
            [
                "2026-03-14T11:55 Slow",
                "2026-03-14T12:56 Down",
                "2026-03-14T13:00 Rebuilt",
                "2026-03-14T13:02 All well"
            ]
        );
        assert_eq!(events("## Timeline\n\n2.50 seconds later\n\n8.48 more\n"), Vec::<String>::new());
    }
}
