//! Moments that labelled values state: one, from when to when, or several with their names on one line.

use chrono::NaiveDate;

use super::{
    assemble::Labels,
    facts::Labelled,
    inline::Inline,
    locale::{Lexicon, Meaning},
    times::{self, Calendar, Given, Stamp},
    windows::{is_one_of_several, range, word_starts},
};
use crate::model::{Fact, Milestone, Moment, Origin, Zone};

/// The name of a moment within a line is at most this many words.
const NAME_WORDS: usize = 5;
/// And at most this many letters.
const NAME_LETTERS: usize = 100;
/// What the clauses of a line of facts end with.
const MARKS: [char; 10] = [',', ';', '.', '|', '·', '(', ')', '\n', '，', '→'];

/// A moment that a value states.
type Stated = (Milestone, Fact<Moment>);

impl Labels<'_> {
    /// Milestones that labels state.
    pub(super) fn times(
        &self,
        zone: Option<&Given<Zone>>,
        day: Option<&Given<NaiveDate>>,
        year: Option<&Given<i32>>,
    ) -> Vec<Stated> {
        let values = self.values(zone, day, year);
        let stated = self.labelled.iter().flat_map(|Labelled { meaning, value }| match meaning {
            Meaning::Time(milestone) => values.moments(*milestone, value),
            Meaning::Window | Meaning::Date | Meaning::Day => values.windows(*meaning, value),
            Meaning::DetectedBy => {
                values.told(Milestone::Detected, value).map(|(stated, _)| stated).into_iter().collect()
            }
            _ => Vec::new(),
        });
        stated.collect()
    }

    /// The minute that a label for the day has, or one for the time: nobody states that of the writing, so that impact
    /// began then where nothing says otherwise. Beside the name of a time, digits alone may say how long it lasted.
    pub(super) fn minute(
        &self,
        zone: Option<&Given<Zone>>,
        day: Option<&Given<NaiveDate>>,
        year: Option<&Given<i32>>,
    ) -> Option<Fact<Moment>> {
        let values = self.values(zone, day, year);
        let minute = |meaning: Meaning| {
            let value = &self.labelled.iter().find(|labelled| labelled.meaning == meaning)?.value;
            let stamp = times::lead(values.words, &value.text)?;
            Some((value, stamp)).filter(|(_, stamp)| stamp.clock.is_some() && stamp.until.is_none())
        };
        let of_day = || minute(Meaning::Date).filter(|(_, stamp)| stamp.date.is_some());
        let of_time = || {
            let is_alone = |value: &Inline| times::whole(values.words, &value.text).is_some();
            minute(Meaning::Window)
                .filter(|(value, stamp)| (stamp.date.is_some() || stamp.zone.is_some()) && is_alone(value))
        };
        let (value, stamp) = of_day().or_else(of_time)?;
        let (_, fact) = values.stated(Milestone::Started, value, 0, &stamp);
        Some(Fact { origin: Origin::Inferred, ..fact })
    }

    fn values(
        &self,
        zone: Option<&Given<Zone>>,
        day: Option<&Given<NaiveDate>>,
        year: Option<&Given<i32>>,
    ) -> Values<'_> {
        let calendar = Calendar::new(self.context.order(), day.cloned(), zone.cloned());
        Values { words: self.context.words(), calendar: calendar.in_year(year.cloned()) }
    }
}

struct Values<'l> {
    words: &'l Lexicon,
    calendar: Calendar,
}

impl Values<'_> {
    /// The moment of a milestone, and those behind it on the same line that have a name of their own:
    /// `13:02 UTC, detected: 13:09, resolved: 14:20`.
    fn moments(&self, milestone: Milestone, value: &Inline) -> Vec<Stated> {
        let first = times::lead(self.words, &value.text).filter(Stamp::says_when);
        let first = first.map(|stamp| (self.stated(milestone, value, 0, &stamp), stamp.rest));
        let Some((first, rest)) = first.or_else(|| self.told(milestone, value)) else { return Vec::new() };
        std::iter::once(first).chain(self.named(value, rest)).collect()
    }

    /// A moment that words stand in front of: `by the pager, at 13:09`. And where the text behind it begins.
    fn told(&self, milestone: Milestone, value: &Inline) -> Option<(Stated, usize)> {
        word_starts(&value.text).find_map(|at| {
            let text = value.text.get(at..)?;
            let word = text.split(|c: char| !c.is_alphabetic()).next()?.to_lowercase();
            self.words.times.around(&word)?;
            let stamp = times::lead(self.words, text).filter(|stamp| stamp.clock.is_some())?;
            Some((self.stated(milestone, value, at, &stamp), at + stamp.rest))
        })
    }

    /// From when to when something lasted: `14 March, 13:02 – 14:20 UTC`. Else the moments with a name of their own, of
    /// which one without is the beginning: `14 March, 13:02, fixed 14:20`.
    fn windows(&self, meaning: Meaning, value: &Inline) -> Vec<Stated> {
        // Behind a day, a range that is about something else may stand in brackets: `14 March (rollout 13:02-13:09)`.
        let is_plain = |stamp: &Stamp, at: usize| {
            let written = value.text.get(at + stamp.start..at + stamp.end).unwrap_or_default();
            let before = value.text.get(..at + stamp.start).unwrap_or_default();
            let remark = before.rsplit_once(['(', '（']).map(|(_, remark)| remark);
            let said = remark.filter(|remark| !remark.contains([')', '）'])).unwrap_or_default();
            let mut said = said.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
            let opens_clock = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit() || c == '~');
            meaning == Meaning::Window
                || written.split('(').skip(1).all(opens_clock)
                    && said.all(|word| self.words.times.around(&word.to_lowercase()).is_some())
        };
        if let Some((stamp, at)) = range(self.words, value).filter(|(stamp, at)| is_plain(stamp, *at)) {
            if is_one_of_several(self.words, value, &stamp, at) {
                return Vec::new();
            }
            let place = value.source(at + stamp.start..at + stamp.end);
            let (start, end) = self.calendar.clone().read(&stamp, place);
            let ends = [(Milestone::Started, Some(start)), (Milestone::Ended, end)];
            return ends
                .into_iter()
                .filter_map(|(milestone, moment)| {
                    let moment = moment.filter(|moment| moment.clock.is_some())?;
                    Some((milestone, Fact::new(moment, place, Origin::Label)))
                })
                .collect();
        }
        let named = self.named(value, 0);
        let first = times::lead(self.words, &value.text).filter(|stamp| stamp.clock.is_some());
        let is_named = |stamp: &Stamp| {
            let place = value.source(stamp.start..stamp.end);
            named.iter().any(|(_, fact)| fact.span == place)
        };
        let is_day = |stamp: &Stamp| meaning == Meaning::Day && stamp.date.is_some();
        let first = first.filter(|stamp| !is_named(stamp) && (!named.is_empty() || is_day(stamp)));
        first
            .map(|stamp| self.stated(Milestone::Started, value, 0, &stamp))
            .into_iter()
            .chain(named)
            .collect()
    }

    /// The moments of a line, from a place on, that have a name in front or in brackets behind.
    fn named(&self, value: &Inline, from: usize) -> Vec<Stated> {
        let mut found = Vec::new();
        // Behind the last digit no moment begins. Asked once: a value may have thousands of commas.
        let last = value.text.rfind(|char: char| char.is_ascii_digit());
        let mut next = Some(from);
        while let Some(at) = next.filter(|at| last.is_some_and(|last| *at <= last)) {
            let Some(text) = value.text.get(at..) else { return found };
            let read = self.name_and_stamp(text).or_else(|| self.stamp_and_name(text));
            next = match read {
                Some((milestones, stamp, length)) => {
                    let stated = |milestone| self.stated(milestone, value, at, &stamp);
                    found.extend(milestones.into_iter().map(stated));
                    Some(at + length)
                }
                None => text.find(MARKS).and_then(|mark| {
                    let is_between = |char: char| MARKS.contains(&char) || char.is_whitespace();
                    Some(value.text.len() - text.get(mark..)?.trim_start_matches(is_between).len())
                }),
            };
        }
        found
    }

    /// `fixed at 14:20`: milestones, the stamp with its place in the text, and where the text behind it begins.
    fn name_and_stamp(&self, text: &str) -> Option<(Vec<Milestone>, Stamp, usize)> {
        // A name behind the next mark is found when reading goes on there.
        let start = text.find(|char: char| char.is_alphanumeric() || MARKS.contains(&char))?;
        if !text.get(start..)?.starts_with(char::is_alphabetic) {
            return None;
        }
        let letters = text.get(start..)?.char_indices().take(NAME_LETTERS);
        let ends = letters.filter(|(_, char)| [' ', ':', '：'].contains(char)).map(|(at, _)| start + at);
        ends.take(NAME_WORDS).find_map(|end| {
            let milestones = self.milestones(text.get(start..end)?);
            let mut stamp = times::lead(self.words, text.get(end..)?)
                .filter(|stamp| stamp.says_when() && !milestones.is_empty())?;
            (stamp.start, stamp.end, stamp.rest) = (stamp.start + end, stamp.end + end, stamp.rest + end);
            let rest = stamp.rest;
            Some((milestones, stamp, rest))
        })
    }

    /// `14:20 UTC (fixed)`, the same.
    fn stamp_and_name(&self, text: &str) -> Option<(Vec<Milestone>, Stamp, usize)> {
        let stamp = times::lead(self.words, text).filter(|stamp| stamp.clock.is_some())?;
        let behind = text.get(stamp.end..)?.trim_start();
        let behind = behind.strip_prefix(['(', '（'])?;
        let end = behind.find(['(', '（', ')', '）'])?;
        let (name, rest) = behind.split_at(end);
        let rest = rest.strip_prefix([')', '）'])?;
        let milestones = Some(self.milestones(name)).filter(|milestones| !milestones.is_empty())?;
        Some((milestones, stamp, text.len() - rest.len()))
    }

    /// The milestones that words name: `found and fixed` are two.
    fn milestones(&self, name: &str) -> Vec<Milestone> {
        if let Some(milestone) = self.words.milestone(name) {
            return vec![milestone];
        }
        let names = name.split(" and ").flat_map(|name| name.split(['/', '&', '+']));
        let milestones: Option<Vec<Milestone>> = names.map(|name| self.words.milestone(name)).collect();
        milestones.unwrap_or_default()
    }

    fn stated(&self, milestone: Milestone, value: &Inline, at: usize, stamp: &Stamp) -> Stated {
        let place = value.source(at + stamp.start..at + stamp.end);
        let (moment, _) = self.calendar.clone().read(stamp, place);
        (milestone, Fact::new(moment, place, Origin::Label))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use crate::parse::tests::read;

    /// The milestones that a document states, as `started 03-14T09:00`, and its day.
    pub(in crate::parse) fn stated(facts: &str) -> String {
        let postmortem = read("search.md", &format!("# Search was slow\n\n{facts}")).postmortem;
        let day = postmortem.date.iter().map(|day| day.value.to_string());
        let moments = postmortem.times.iter().map(|(milestone, fact)| {
            format!("{} {}", milestone.key(), fact.value.iso().trim_start_matches("2026-"))
        });
        moments.chain(day).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn the_minute_of_a_label_for_the_day_is_the_beginning_where_nothing_says_it() {
        let date = "**Date:** 2026-03-14, ~09:00 UTC\n";
        assert_eq!(stated(date), "started 03-14T09:00Z, 2026-03-14");
        assert_eq!(
            stated(&format!("{date}\n## Timeline\n\n- 08:50 Errors begin\n- 09:00 Kim restarts it\n")),
            "started 03-14T08:50Z, 2026-03-14"
        );
        assert_eq!(stated(&format!("{date}**Detected:** 08:55 UTC\n")), "detected 03-14T08:55Z, 2026-03-14");
        let beside = "**Date:** 2026-03-14\n**Time:** 09:00 UTC\n";
        assert_eq!(stated(beside), "started 03-14T09:00Z, 2026-03-14");
        assert_eq!(stated(&beside.replace("Time:** 09:00 UTC", "Duration:** 1:30")), "2026-03-14");
    }

    #[test]
    fn a_line_of_facts_names_its_moments() {
        for (facts, expected) in [
            (
                "**When:** 14 March 2026, 09:00 UTC. Found and fixed 16 March 2026, 07:30.\n",
                "started 03-14T09:00Z, detected 03-16T07:30Z, resolved 03-16T07:30Z, 2026-03-14",
            ),
            (
                "**When:** 14 March 2026, 09:00, fixed 09:40\n",
                "started 03-14T09:00, resolved 03-14T09:40, 2026-03-14",
            ),
            (
                "**Date:** 2026-03-14\n**Time:** started 09:00 UTC, detected 09:05 UTC, resolved at 09:40 UTC\n",
                "started 03-14T09:00Z, detected 03-14T09:05Z, resolved 03-14T09:40Z, 2026-03-14",
            ),
            (
                "**Date:** 2026-03-14\n**Time:** 09:00 UTC (start), 09:05 UTC (detected), 09:40 UTC (resolved)\n",
                "started 03-14T09:00Z, detected 03-14T09:05Z, resolved 03-14T09:40Z, 2026-03-14",
            ),
            (
                "**Date:** 2026-03-14\n**Detected:** by the pager at 09:05, on all hosts\n",
                "detected 03-14T09:05, 2026-03-14",
            ),
            (
                "**Date:** 2026-03-14\n**Detected by:** Kim, around 09:05\n",
                "detected 03-14T09:05, 2026-03-14",
            ),
            ("**Date of incident:** 14 March 2026, 09:00\n", "started 03-14T09:00, 2026-03-14"),
            ("**Date:** 14 March 2026, 09:00\n", "started 03-14T09:00, 2026-03-14"),
            ("**Date:** 14 March 2026 (rollout 09:00-09:40)\n", "2026-03-14"),
            (
                "**Date:** 2026-03-14\n**Duration:** 4 h (pager ~20:20 UTC → recovery ~00:20 UTC 2026-03-15)\n",
                "resolved 03-15T00:20Z, 2026-03-14",
            ),
        ] {
            assert_eq!(stated(facts), expected, "{facts}");
        }
    }

    #[test]
    fn a_value_of_thousands_of_clauses_is_read_once() {
        for clause in ["a, ", "1, ", "a,", ", ", "14:20 (, ", "at: "] {
            let facts = format!("**When:** {}fixed at 09:40 on 14 March 2026\n", clause.repeat(20_000));
            assert!(stated(&facts).len() < 200, "{clause}");
        }
    }
}
