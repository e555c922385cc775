//! From when to when something lasted, as values of labels, titles and sentences say it.

mod prose;

pub(super) use prose::{Window, opening, told};

use crate::parse::{
    blocks::{Block, Kind},
    facts::Labelled,
    inline::Inline,
    locale::{Lexicon, Meaning},
    outline,
    times::{self, Stamp},
};

/// How far into a value a moment is looked for, in bytes.
const NEAR: usize = 200;
/// A remark between the two ends of a range is at most this long, in bytes.
const REMARK: usize = 80;

/// What a title says of it: `Search was down, 2026-03-14 13:02 - 14:20 UTC`.
pub(super) fn title(words: &Lexicon, blocks: &[Block]) -> Option<Labelled> {
    let title = outline::title_heading(blocks, words).and_then(|index| blocks.get(index))?;
    let Kind::Heading { text, .. } = &title.kind else { return None };
    let is_whole = |stamp: &Stamp| {
        stamp.date.is_some() && stamp.clock.is_some() && stamp.until.is_some_and(|(_, end)| end.is_some())
    };
    // Hardly any title has two clocks.
    let may_be_one = text.text.matches(':').nth(1).is_some();
    let is_window = may_be_one && range(words, text).is_some_and(|(stamp, _)| is_whole(&stamp));
    is_window.then(|| Labelled { meaning: Meaning::Window, value: text.clone() })
}

/// The first range of a value that has a clock or a day on both sides.
pub(super) fn range(words: &Lexicon, value: &Inline) -> Option<(Stamp, usize)> {
    word_starts(&value.text).find_map(|at| {
        let text = value.text.get(at..)?;
        let stamp = lead(words, text);
        // Four digits are a clock where a range of them stands behind the name of one.
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let stamp = stamp.or_else(|| {
            times::lead_of_clock(words, text).filter(|stamp| digits == 4 && stamp.until.is_some())
        })?;
        Some((stamp, at))
    })
}

/// The range that a text begins with.
fn lead(words: &Lexicon, text: &str) -> Option<Stamp> {
    times::lead(words, text).and_then(|stamp| match stamp.until {
        Some(_) => Some(stamp),
        None => to_another(words, text, &stamp),
    })
}

/// True for a range behind which one of another length stands: which of them users felt is not plain. The same range in
/// another zone is as long.
pub(super) fn is_one_of_several(words: &Lexicon, value: &Inline, stamp: &Stamp, at: usize) -> bool {
    let length = |stamp: &Stamp| stamp.until.and_then(|(_, end)| Some(end? - stamp.clock?));
    let behind = range(words, &value.from(at + stamp.end));
    behind.is_some_and(|(other, _)| length(&other).is_some() && length(&other) != length(stamp))
}

/// A moment, maybe with a remark, and the one up to which it lasted: `13:02 (release 12) through 14:20`, and
/// `14 March (13:02) to 15 March (14:20)`.
fn to_another(words: &Lexicon, text: &str, stamp: &Stamp) -> Option<Stamp> {
    let behind = text.get(stamp.end..)?.trim_start();
    let past_remark = behind.strip_prefix('(').and_then(|remark| remark.split_once(')'));
    let behind = match past_remark {
        Some((remark, behind)) if remark.len() < REMARK => behind,
        Some(_) => return None,
        None => behind.trim_start_matches(')'),
    };
    let behind = behind.trim_start();
    let signs = behind.trim_start_matches(['-', '–', '—', '→', '>', '〜', '~']);
    let word = behind.split(' ').next().unwrap_or_default();
    let rest = if signs.len() < behind.len() {
        signs
    } else {
        behind.get(word.len()..).filter(|_| words.times.is_between(&word.to_lowercase()))?
    };
    let other = times::lead(words, rest)?;
    let end = text.len() - rest.len() + other.end;
    let is_range = stamp.clock.is_some() && other.clock.is_some();
    is_range.then(|| Stamp {
        until: Some((other.date, other.clock)),
        zone: stamp.zone.clone().or(other.zone),
        end,
        rest: end,
        ..stamp.clone()
    })
}

/// Where words begin in the first line of a text.
pub(super) fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let line = text.split('\n').next().unwrap_or_default();
    let behind = line.match_indices([' ', '(', '（']).map(|(at, mark)| at + mark.len());
    std::iter::once(0).chain(behind).take_while(|at| *at < NEAR)
}

#[cfg(test)]
mod tests {
    use crate::parse::{stated::tests::stated, tests::read};

    #[test]
    fn a_range_is_a_window_wherever_it_stands_in_its_value() {
        for (facts, expected) in [
            (
                "**Date:** 2026-03-14\n**Duration:** ~40 minutes, from 09:00 to 09:40\n",
                "started 03-14T09:00, ended 03-14T09:40, resolved 03-14T09:40, 2026-03-14",
            ),
            (
                "**Date:** 2026-03-14\n\n| Time | 0900-0940 (UTC) |\n|---|---|\n| Team | web |\n",
                "started 03-14T09:00Z, ended 03-14T09:40Z, resolved 03-14T09:40Z, 2026-03-14",
            ),
            (
                "**Duration:** 2026-03-13 late evening → 2026-03-14 ~05:05 UTC (repair)\n",
                "ended 03-14T05:05Z, resolved 03-14T05:05Z, 2026-03-13",
            ),
            ("**Date:** 2026-03-14\n**Duration:** 2h - 3h, of 0900 requests\n", "2026-03-14"),
            (
                "**Date:** 2026-03-14\n**Impact time:** 3 h unseen (06:00-09:00), felt 40 min (09:00-09:40)\n",
                "2026-03-14",
            ),
            (
                "**Date:** 2026-03-14\n**Impact time:** 09:00-09:40 UTC (10:00-10:40 CET)\n",
                "started 03-14T09:00Z, ended 03-14T09:40Z, resolved 03-14T09:40Z, 2026-03-14",
            ),
        ] {
            assert_eq!(stated(facts), expected, "{facts}");
        }
    }

    #[test]
    fn clocks_of_a_range_may_stand_in_brackets_behind_their_days() {
        let expected = "started 03-14T09:00, ended 03-15T09:40, resolved 03-15T09:40, 2026-03-14";
        for facts in [
            "**Date:** 14 March 2026 (~0900) to 15 March 2026 (~0940) (~25 hours)\n",
            "**Date:** 14 March 2026 (09:00) - 15 March 2026 (09:40)\n",
            "## Summary\n\nDate: 14 March 2026 09:00 to 15 March 2026 09:40\n",
        ] {
            assert_eq!(stated(facts).replace('~', ""), expected, "{facts}");
        }
        assert_eq!(stated("## Summary\n\nDate: none of 09:00 to 09:40 fits\n"), "");
    }

    #[test]
    fn a_title_says_from_when_to_when() {
        let times = |title: &str| {
            let times = read("search.md", &format!("# {title}\n\nIt was down.\n")).postmortem.times;
            let times =
                times.iter().map(|(milestone, fact)| format!("{} {}", milestone.key(), fact.value.iso()));
            times.collect::<Vec<_>>().join(", ")
        };
        assert_eq!(
            times("Search was down, 2026-03-14 09:00 - 2026-03-15 09:40 UTC"),
            "started 2026-03-14T09:00Z, ended 2026-03-15T09:40Z, resolved 2026-03-15T09:40Z"
        );
        assert_eq!(times("Search was down, 2026-03-14: 09:00"), "");
    }
}
