//! How long after the beginning something was, where a timeline says that in place of a time: `T+10m`, `+1.5 hours`.

use chrono::Duration;

use super::{Stamp, around::separators, cursor::Cursor};
use crate::{
    model::{Basis, Carried, Carrier, Moment},
    parse::locale::Lexicon,
    source::Span,
};

/// Nothing that is told of lasts longer, in seconds; a number this large is something else.
const LONGEST: f64 = 400.0 * 86_400.0;

/// The first moment of a list or a table, if its entries tell how long after it they were.
#[derive(Debug, Clone, Default)]
pub(crate) enum Beginning {
    /// None of them does, or it is not clear from when they count.
    #[default]
    Unused,
    /// Some do, and no time of day has been met.
    Wanted,
    /// The moment, and where it is written.
    At(Moment, Span),
}

impl Beginning {
    /// True when there is something to count from.
    pub(crate) fn is_known(&self) -> bool {
        matches!(self, Self::At(..))
    }

    /// Takes the first moment with a time of day. Behind a second one nobody knows from which of them is counted.
    pub(super) fn note(&mut self, moment: &Moment, place: Span) {
        match self {
            Self::Wanted if moment.clock.is_some() => *self = Self::At(moment.clone(), place),
            Self::At(..) if moment.clock.is_some() => *self = Self::Unused,
            Self::Unused | Self::Wanted | Self::At(..) => {}
        }
    }

    /// The moment so long after it.
    pub(super) fn moment_after(&self, elapsed: Duration) -> Option<Moment> {
        let Self::At(first, place) = self else { return None };
        let (clock, seconds) = first.clock?.overflowing_add_signed(elapsed);
        let date = first.date.and_then(|date| date.checked_add_signed(Duration::seconds(seconds)));
        let day = Carried::new(Carrier::Earlier, *place);
        let basis = Basis { day, elapsed: true, ..first.basis };
        Some(Moment { date, clock: Some(clock), basis, ..first.clone() })
    }
}

/// Reads how long after the beginning a text says that it was. What is nothing but `T+0` is the beginning.
pub(crate) fn elapsed(words: &Lexicon, text: &str) -> Option<Stamp> {
    // Most entries begin with a time, and none of them is read twice.
    memchr::memchr(b'+', text.as_bytes()).filter(|at| *at < 16)?;
    let mut cursor = Cursor::new(text);
    cursor.skip_while(|c| !c.is_alphanumeric() && !matches!(c, '+' | '\n'));
    let start = cursor.at;
    let approximate = text.get(..start)?.contains(['~', '≈']);
    cursor.one_of(&['T', 't']);
    cursor.spaces();
    if !cursor.skip('+') {
        return None;
    }
    cursor.spaces();
    let mut seconds = 0.0;
    let mut is_first = true;
    while let Some((number, unit)) = part(words, &mut cursor, is_first) {
        seconds += number * unit;
        is_first = false;
    }
    if is_first || seconds > LONGEST || !cursor.at_boundary() {
        return None;
    }
    let end = cursor.at;
    let separated = separators(&mut cursor) || cursor.rest().trim().is_empty();
    #[expect(clippy::cast_possible_truncation, reason = "the longest is far below the limit")]
    let elapsed = Duration::seconds(seconds.round() as i64);
    let rest = cursor.at;
    Some(Stamp { elapsed: Some(elapsed), approximate, separated, start, end, rest, ..Stamp::default() })
}

/// A number and the seconds of its unit. Nought needs none.
fn part(words: &Lexicon, cursor: &mut Cursor<'_>, is_first: bool) -> Option<(f64, f64)> {
    let mut trial = *cursor;
    trial.skip_while(|c| c == ' ');
    let from = trial.at;
    trial.digits(1, 5)?;
    let whole = trial;
    if trial.one_of(&['.', ',']).is_none() || trial.digits(1, 2).is_none() {
        trial = whole;
    }
    let number: f64 = trial.text.get(from..trial.at)?.replace(',', ".").parse().ok()?;
    let behind = trial;
    trial.spaces();
    let unit = trial.word().and_then(|word| words.times.unit(&word));
    let Some(unit) = unit else {
        let is_nought = is_first && number == 0.0 && !behind.rest().starts_with(':');
        *cursor = if is_nought { behind } else { *cursor };
        return is_nought.then_some((0.0, 0.0));
    };
    trial.skip('.');
    *cursor = trial;
    Some((number, unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::tests::read;
    #[test]
    fn a_number_with_its_unit_is_how_long_it_was_and_nothing_else_is() {
        let minutes = |text: &str| {
            let stamp = elapsed(Lexicon::built_in(), text)?;
            Some((stamp.elapsed?.num_minutes(), text.get(stamp.rest..)?.to_owned()))
        };
        for (text, expected) in [
            ("+10 minutes", Some((10, ""))),
            ("[+6.5 hrs]", Some((390, ""))),
            ("**T+1h30m**: Pages", Some((90, "Pages"))),
            ("T + 2 Std. — Pages", Some((120, "Pages"))),
            ("T+0 Slow", Some((0, "Slow"))),
            ("T+0:07", None),
            ("+2 Business Days Later", None),
            ("+49 30 123", None),
            ("C++ 3 hours", None),
            ("+ 3 hosts", None),
        ] {
            let expected = expected.map(|(minutes, rest)| (minutes, rest.to_owned()));
            assert_eq!(minutes(text), expected, "{text}");
        }
    }

    /// The moments of a timeline of 12 July 2026.
    fn events(list: &str) -> Vec<String> {
        let text = format!("# Search\n\n## Timeline\n\n{list}");
        let timeline = read("2026-07-12-search.md", &text).postmortem.timeline;
        timeline.iter().map(|event| event.at.iso()).collect()
    }

    #[test]
    fn what_was_so_long_after_the_beginning_has_its_time() {
        let table = |rows: &str| events(&format!("| Time (UTC) | Event |\n|---|---|\n{rows}"));
        let begun = "| 11:30 PM | Slow |\n| \\[+1.5 hrs] | Down |\n| +2 Business Days Later | Over |\n| 04:00 | Closed |\n";
        assert_eq!(table(begun), ["2026-07-12T23:30Z", "2026-07-13T01:00Z", "", "2026-07-13T04:00Z"]);
        assert_eq!(
            events("- **14:05** Slow\n- **T+5m**: Down\n- **T+1h**: Over\n"),
            ["2026-07-12T14:05", "2026-07-12T14:10", "2026-07-12T15:05"]
        );
        // Without a time of day for the beginning nothing is known, nor where an entry may count from the one before.
        assert_eq!(table("| T+0 | Slow |\n| T+5min | Down |\n"), ["", ""]);
        assert_eq!(
            table("| 14:05 | Slow |\n| +20 min | Down |\n| +5 min | Over |\n"),
            ["2026-07-12T14:05Z", "", ""]
        );
        assert_eq!(events("- 14:05 Slow\n\nLater\n\n1. +5 min: Down\n"), ["2026-07-12T14:05"]);
        assert_eq!(
            table("| 14:05 | Slow |\n| +5 min | Down |\n| 14:20 | Pages |\n| +10 min | Over |\n"),
            ["2026-07-12T14:05Z", "2026-07-12T14:10Z", "2026-07-12T14:20Z", ""]
        );
    }
}
