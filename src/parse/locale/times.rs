//! The words of dates and times.

use ahash::{HashMap, HashSet};
use chrono::Weekday;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Locale,
    beginnings::{Beginnings, ByLetter},
    phrases::{Phrases, for_any_case},
    tables::first_wins,
};
use crate::pattern::Many;

/// Shorter names of days of the week are too often other words.
const DAY_LETTERS: usize = 5;

/// What a word around the parts of a time says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeWord {
    /// A day of the week.
    Weekday(Weekday),
    /// The time is approximate.
    Approximate,
    /// Nothing of its own.
    Before,
    /// What follows is a time of day.
    Clock,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "their names say it")]
pub(super) enum Day {
    Monday = 0,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// A month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "their names say it")]
pub(super) enum Month {
    January = 1,
    February,
    March,
    April,
    May,
    June,
    July,
    August,
    September,
    October,
    November,
    December,
}

/// A unit of time, by its seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "their names say it")]
pub(super) enum Unit {
    Seconds = 1,
    Minutes = 60,
    Hours = 3_600,
    Days = 86_400,
}

/// The words of dates and times of all languages.
#[derive(Debug)]
pub(crate) struct TimeWords {
    months: HashMap<String, u32>,
    around: HashMap<String, TimeWord>,
    of: HashSet<String>,
    ordinals: HashSet<String>,
    between: HashSet<String>,
    versions: HashSet<String>,
    /// By their first letters, the longest first.
    behind: ByLetter,
    parts: HashSet<String>,
    /// The seconds of a unit.
    units: HashMap<String, f64>,
    next: ByLetter,
    unknown: ByLetter,
    /// How months begin, and how all of the words with which a time may begin.
    months_begin: Beginnings,
    times_begin: Beginnings,
    notes: Phrases<()>,
    zone_notes: Phrases<()>,
    exceptions: Phrases<()>,
    yesterday: Phrases<()>,
    since: Phrases<()>,
    /// The same and the names of days of the week.
    days: Many,
}

impl TimeWords {
    pub(super) fn new(locales: &[&Locale]) -> Self {
        let months = locales.iter().flat_map(|locale| &locale.times.months);
        let months = months.flat_map(|(month, words)| words.iter().map(|word| (lower(word), *month as u32)));
        let around = locales.iter().flat_map(|locale| {
            let times = &locale.times;
            let kinds = [
                (TimeWord::Clock, &times.clock),
                (TimeWord::Approximate, &times.approximate),
                (TimeWord::Before, &times.before),
            ];
            let weekdays = times.weekdays.iter().filter_map(|(day, words)| {
                Some((TimeWord::Weekday(Weekday::try_from(*day as u8).ok()?), words))
            });
            let all = kinds.into_iter().chain(weekdays);
            all.flat_map(|(kind, words)| words.iter().map(move |word| (lower(word), kind)))
        });
        let units = locales.iter().flat_map(|locale| &locale.times.units);
        let units =
            units.flat_map(|(unit, words)| words.iter().map(|word| (lower(word), f64::from(*unit as u32))));
        let set = |words: fn(&Locale) -> &Vec<String>| all(locales, words).collect::<HashSet<_>>();
        let phrases =
            |words: fn(&Locale) -> &Vec<String>| Phrases::new(all(locales, words).map(|text| (text, ())));
        let is_day = |(word, kind): (&String, &TimeWord)| {
            (matches!(kind, TimeWord::Weekday(_)) && word.len() >= DAY_LETTERS).then(|| word.clone())
        };
        let (months, around): (HashMap<String, u32>, HashMap<String, TimeWord>) =
            (first_wins(months), first_wins(around));
        let parts = set(|locale| &locale.times.parts);
        let unknown: Vec<String> = all(locales, |locale| &locale.times.unknown).collect();
        let next: Vec<String> = all(locales, |locale| &locale.times.next).collect();
        let zones = ["utc", "gmt"].map(str::to_owned);
        let opening =
            months.keys().chain(around.keys()).chain(&parts).chain(&unknown).chain(&next).chain(&zones);
        Self {
            days: Many::in_any_case(
                &all(locales, |locale| &locale.times.yesterday)
                    .chain(around.iter().filter_map(is_day))
                    .collect::<Vec<_>>(),
            ),
            months_begin: Beginnings::of(months.keys()),
            times_begin: Beginnings::of(opening),
            months,
            around,
            of: set(|locale| &locale.times.of),
            ordinals: set(|locale| &locale.times.ordinals),
            between: set(|locale| &locale.times.between),
            versions: set(|locale| &locale.times.versions),
            behind: ByLetter::new(all(locales, |locale| &locale.times.behind)),
            parts,
            units: first_wins(units),
            next: ByLetter::new(next.into_iter()),
            unknown: ByLetter::new(unknown.into_iter()),
            notes: phrases(|locale| &locale.times.notes),
            zone_notes: phrases(|locale| &locale.times.zone_notes),
            exceptions: phrases(|locale| &locale.times.exceptions),
            yesterday: phrases(|locale| &locale.times.yesterday),
            since: phrases(|locale| &locale.times.since),
        }
    }

    /// False for a text that begins with a word which is no month for sure.
    pub(crate) fn may_be_month(&self, text: &str) -> bool {
        self.months_begin.may_begin(text)
    }

    /// False for a text that begins with a word with which no time begins for sure.
    pub(crate) fn may_be_time(&self, text: &str) -> bool {
        self.times_begin.may_begin(text)
    }

    /// The number of a month, 1 to 12, by a word in lower case.
    pub(crate) fn month(&self, word: &str) -> Option<u32> {
        self.months.get(word).copied()
    }

    /// What a word in lower case says around a time.
    pub(crate) fn around(&self, word: &str) -> Option<TimeWord> {
        self.around.get(word).copied()
    }

    /// True for a word between a day and its month, in lower case.
    pub(crate) fn is_of(&self, word: &str) -> bool {
        self.of.contains(word)
    }

    /// True for what is put behind the number of a day, in lower case.
    pub(crate) fn is_ordinal(&self, word: &str) -> bool {
        self.ordinals.contains(word)
    }

    /// The seconds of a unit, by a word in lower case.
    pub(crate) fn unit(&self, word: &str) -> Option<f64> {
        self.units.get(word).copied()
    }

    /// True for a word between the two ends of a range, in lower case.
    pub(crate) fn is_between(&self, word: &str) -> bool {
        self.between.contains(word)
    }

    /// True for a word in front of the number of a version, in lower case.
    pub(crate) fn is_version(&self, word: &str) -> bool {
        self.versions.contains(word)
    }

    /// Words behind a time that belong to it, of those that begin with a letter in lower case.
    pub(crate) fn behind(&self, first: char) -> &[String] {
        self.behind.beginning_with(first)
    }

    /// True for a text with a word for the day before that of the writing.
    pub(crate) fn tells_of_yesterday(&self, text: &str) -> bool {
        self.yesterday.any_in(text)
    }

    /// True for a text with a word that stands in front of a beginning: `since`.
    pub(crate) fn tells_since(&self, text: &str) -> bool {
        self.since.any_in(text)
    }

    /// The day of the week that a word names which is no other word.
    pub(crate) fn weekday(&self, word: &str) -> Option<Weekday> {
        match self.around(&word.to_lowercase()).filter(|_| word.len() >= DAY_LETTERS)? {
            TimeWord::Weekday(day) => Some(day),
            _ => None,
        }
    }

    /// False for a text that names neither the day before that of the writing nor one of the week for sure.
    pub(crate) fn may_tell_of_a_day(&self, text: &str) -> bool {
        self.days.any_in(&for_any_case(text))
    }

    /// True for a part of a day, in lower case.
    pub(crate) fn is_part(&self, word: &str) -> bool {
        self.parts.contains(word)
    }

    /// Words for the day behind the one before, of those that begin with a letter in lower case.
    pub(crate) fn next(&self, first: char) -> &[String] {
        self.next.beginning_with(first)
    }

    /// What stands where a time is not known, of that which begins with a letter in lower case.
    pub(crate) fn unknown(&self, first: char) -> &[String] {
        self.unknown.beginning_with(first)
    }

    /// True for a line of a timeline that may say what holds for all of its times.
    pub(crate) fn is_note(&self, line: &str) -> bool {
        self.notes.any_in(line)
    }

    /// True for such a line that holds for all times which do not say otherwise.
    pub(crate) fn allows_exceptions(&self, line: &str) -> bool {
        self.exceptions.any_in(line)
    }

    /// True for a line that may say what holds for all times, wherever it stands.
    pub(crate) fn is_zone_note(&self, line: &str) -> bool {
        self.zone_notes.any_in(line)
    }
}

fn lower(word: &str) -> String {
    word.trim().to_lowercase()
}

fn all<'l>(
    locales: &'l [&'l Locale],
    words: fn(&Locale) -> &Vec<String>,
) -> impl Iterator<Item = String> + 'l {
    locales.iter().flat_map(move |locale| words(locale)).map(|word| lower(word))
}
