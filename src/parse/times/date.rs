//! Dates as people write them.

use chrono::NaiveDate;

use super::{Order, around::part_of_day, cursor::Cursor};
use crate::parse::locale::TimeWords;

/// A date as far as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// A whole date, and no doubt.
    Day(NaiveDate),
    /// A day and a month; the year is to be found elsewhere.
    DayOfMonth { month: u32, day: u32 },
    /// The form of a date, and no such day: `2026-02-30`.
    Never,
    /// The day behind the one before: `the next day`.
    NextDay,
    /// Two numbers, of which one is the day and one the month: `03/04/2026`, `3/4`.
    Either { first: u32, second: u32, year: Option<i32> },
}

impl Written {
    /// The date, when `near` helps with the year; `None` for a date that does not exist.
    pub(crate) fn resolve(self, order: Order, near: Option<NaiveDate>) -> Option<NaiveDate> {
        match self {
            Self::Day(date) => Some(date),
            Self::Never => None,
            Self::DayOfMonth { month, day } => nearest(month, day, near?),
            Self::NextDay => near?.succ_opt(),
            Self::Either { first, second, year } => {
                let order = match (first > 12, second > 12) {
                    (true, _) => Order::DayFirst,
                    (_, true) => Order::MonthFirst,
                    _ => order,
                };
                let (day, month) = match order {
                    Order::DayFirst | Order::Assumed => (first, second),
                    Order::MonthFirst => (second, first),
                };
                match year {
                    Some(year) => NaiveDate::from_ymd_opt(year, month, day),
                    None => nearest(month, day, near?),
                }
            }
        }
    }

    /// True when the year is written.
    pub(crate) const fn has_year(self) -> bool {
        !matches!(self, Self::DayOfMonth { .. } | Self::NextDay | Self::Either { year: None, .. })
    }

    /// The order that this date shows beyond doubt.
    pub(crate) fn evidence(self) -> Option<Order> {
        match self {
            Self::Either { first, second, .. } if first > 12 && second <= 12 => Some(Order::DayFirst),
            Self::Either { first, second, .. } if second > 12 && first <= 12 => Some(Order::MonthFirst),
            _ => None,
        }
    }
}

/// The day and month in the year that brings them nearest to a date.
fn nearest(month: u32, day: u32, near: NaiveDate) -> Option<NaiveDate> {
    use chrono::Datelike;
    (near.year() - 1..=near.year() + 1)
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .min_by_key(|date| (*date - near).num_days().abs())
}

/// Reads a date.
pub(super) fn read(words: &TimeWords, cursor: &mut Cursor<'_>) -> Option<Written> {
    let first = cursor.peek()?;
    if first.is_ascii_punctuation() {
        return None;
    }
    if first.is_alphabetic() {
        let mut trial = *cursor;
        let date = name_and_day(words, &mut trial)?;
        *cursor = trial;
        return Some(date);
    }
    // Most numbers that are asked about are the hour of a clock, of which none of the forms is the beginning.
    if let [b'0'..=b'9', b':', b'0'..=b'9', ..] | [b'0'..=b'9', b'0'..=b'9', b':', b'0'..=b'9', ..] =
        cursor.rest().as_bytes()
    {
        return None;
    }
    let readers: [fn(&TimeWords, &mut Cursor<'_>) -> Option<Written>; 6] = [
        |_, cursor| iso(cursor),
        |_, cursor| compact(cursor),
        |_, cursor| east_asian(cursor),
        day_and_name,
        |_, cursor| numbers(cursor),
        month_and_day,
    ];
    for reader in readers {
        let mut trial = *cursor;
        if let Some(date) = reader(words, &mut trial) {
            *cursor = trial;
            return Some(date);
        }
    }
    None
}

/// `2026-03-14`, `2026/3/14`, `2026.03.14`. A year with a digit too many or too few is no year.
fn iso(cursor: &mut Cursor<'_>) -> Option<Written> {
    let year = cursor.digits(4, 5)?;
    let separator = cursor.one_of(&['-', '/', '.', '‐', '‑', '–'])?;
    let month = cursor.number(1, 2)?;
    if !cursor.skip(separator) {
        return None;
    }
    let day = cursor.number(1, 2)?;
    if !(cursor.at_boundary() || matches!(cursor.peek(), Some('T' | 't'))) {
        return None;
    }
    match year.len() {
        4 => Some(day_or_never(year.parse().ok()?, month, day)),
        _ => exists(month, day).then_some(Written::DayOfMonth { month, day }),
    }
}

/// The basic form of ISO 8601 with a clock behind it, `20260314T130200` or `20260314 1302`; alone it is any number.
fn compact(cursor: &mut Cursor<'_>) -> Option<Written> {
    let digits = cursor.digits(8, 8)?;
    let number = |at: std::ops::Range<usize>| digits.get(at)?.parse().ok();
    let year = i32::try_from(number(0..4)?).ok().filter(|year| (1990..2200).contains(year))?;
    let day = NaiveDate::from_ymd_opt(year, number(4..6)?, number(6..8)?)?;
    let mut clock = *cursor;
    clock.one_of(&['T', ' '])?;
    let clock = clock.digits(4, 6).filter(|clock| clock.len() != 5)?;
    let is_below = |at: std::ops::Range<usize>, most: u32| {
        clock.get(at).and_then(|number| number.parse().ok()).is_some_and(|number: u32| number < most)
    };
    (is_below(0..2, 24) && is_below(2..4, 60)).then_some(Written::Day(day))
}

/// `2026年3月14日`, `3月14日`, `2026년 3월 14일`.
fn east_asian(cursor: &mut Cursor<'_>) -> Option<Written> {
    let mut number = |most: usize, sign: [char; 2]| {
        let mut trial = *cursor;
        trial.spaces();
        let number = trial.number(1, most).filter(|_| trial.one_of(&sign).is_some())?;
        *cursor = trial;
        Some(number)
    };
    let year = number(4, ['年', '년']);
    let first = number(2, ['月', '월'])?;
    let day = number(2, ['日', '일'])?;
    if let Some(year) = year {
        return Some(day_or_never(i32::try_from(year).ok()?, first, day));
    }
    exists(first, day).then_some(Written::DayOfMonth { month: first, day })
}

/// `14 Mar 2026`, `14. mars`, `6th of November 2023`, `14/mar`.
fn day_and_name(words: &TimeWords, cursor: &mut Cursor<'_>) -> Option<Written> {
    let day = cursor.number(1, 2)?;
    ordinal(words, cursor);
    last_day(words, cursor);
    cursor.skip('.');
    let dashed = cursor.spaces() == 0 && cursor.one_of(&['-', '/']).is_some();
    of(words, cursor);
    let month = words.month(&cursor.word()?)?;
    with_year(words, cursor, (month, day), dashed)
}

/// `March 14th, 2026`, `Mar 14`.
fn name_and_day(words: &TimeWords, cursor: &mut Cursor<'_>) -> Option<Written> {
    if !words.may_be_month(cursor.rest()) {
        return None;
    }
    let month = words.month(&cursor.word()?)?;
    cursor.skip('.');
    if cursor.spaces() == 0 && !cursor.skip('-') {
        return None;
    }
    let day = cursor.number(1, 2)?;
    ordinal(words, cursor);
    days_to(words, cursor, day);
    if !cursor.at_boundary() || cursor.peek() == Some(':') && !cursor.rest().starts_with(": ") {
        return None;
    }
    // `des 12. Januar` begins with an article, which is a month elsewhere.
    let mut behind = *cursor;
    behind.skip('.');
    if behind.spaces() > 0
        && words.may_be_month(behind.rest())
        && behind.word().is_some_and(|word| words.month(&word).is_some())
    {
        return None;
    }
    with_year(words, cursor, (month, day), false)
}

/// Skips what is put behind the number of a day.
fn ordinal(words: &TimeWords, cursor: &mut Cursor<'_>) {
    let mut trial = *cursor;
    trial.skip_while(|c| matches!(c, ':' | 'º' | 'ª'));
    if trial.word().is_some_and(|word| words.is_ordinal(&word)) {
        *cursor = trial;
    }
}

/// Skips the last of several days of one month: `7-13th Nov`.
fn last_day(words: &TimeWords, cursor: &mut Cursor<'_>) {
    let mut trial = *cursor;
    trial.spaces();
    let dash = trial.one_of(&['-', '–', '—']).is_some();
    trial.spaces();
    if dash && trial.number(1, 2).is_some() && !trial.peek().is_some_and(|c| matches!(c, ':' | '.' | '-')) {
        ordinal(words, &mut trial);
        *cursor = trial;
    }
}

/// Skips the last of several days behind the name of their month: `July 23-28`, `Nov 7--9th, 2026`. Where a space stands
/// around the dash, what follows is what happened.
fn days_to(words: &TimeWords, cursor: &mut Cursor<'_>, first: u32) {
    let mut trial = *cursor;
    let dash = trial.skip('–')
        || trial.skip('-') && {
            trial.skip('-');
            true
        };
    if dash && trial.number(1, 2).is_some_and(|last| (first..=31).contains(&last)) {
        ordinal(words, &mut trial);
        let ends = |c: char| c.is_whitespace() || matches!(c, ',' | ':' | ')' | ']' | '*');
        if trial.peek().is_none_or(ends) && !starts_a_clock(&trial) {
            *cursor = trial;
        }
    }
}

/// Skips the word between a day and its month, or a month and its year.
fn of(words: &TimeWords, cursor: &mut Cursor<'_>) {
    let mut trial = *cursor;
    if trial.word().is_some_and(|word| words.is_of(&word)) && trial.spaces() > 0 {
        *cursor = trial;
    }
}

/// The year behind a month and a day, if it is there; with dashes between all parts its last two digits do.
fn with_year(
    words: &TimeWords,
    cursor: &mut Cursor<'_>,
    (month, day): (u32, u32),
    dashed: bool,
) -> Option<Written> {
    if !(1..=31).contains(&day) {
        return None;
    }
    let mut trial = *cursor;
    trial.skip('.');
    trial.skip(',');
    let joined = trial.spaces() == 0;
    if !joined || trial.one_of(&['-', '/']).is_some() {
        let mut year = trial;
        of(words, &mut year);
        if let Some(number) = full_year(&mut year).or_else(|| short_year(&mut year, joined && dashed))
            && year.at_boundary()
            && !starts_a_clock(&year)
        {
            *cursor = year;
            return Some(day_or_never(i32::try_from(number).ok()?, month, day));
        }
    }
    Some(if exists(month, day) { Written::DayOfMonth { month, day } } else { Written::Never })
}

fn full_year(cursor: &mut Cursor<'_>) -> Option<u32> {
    let mut trial = *cursor;
    let year = trial.number(4, 4).filter(|year| (1970..2200).contains(year))?;
    *cursor = trial;
    Some(year)
}

/// The last two digits of a year, behind the sign that others are left out, `’26`, or behind a dash, `14-Mar-26`.
fn short_year(cursor: &mut Cursor<'_>, dashed: bool) -> Option<u32> {
    let mut trial = *cursor;
    let may_be_short = dashed || trial.one_of(&['’', '\'', '‘']).is_some();
    let year = may_be_short.then(|| trial.number(2, 2)).flatten()?;
    *cursor = trial;
    Some(2000 + year)
}

/// `14.03.2026`, `03/14/26`, `3/14`, `14.3.`, `03-14 13:02`.
pub(super) fn numbers(cursor: &mut Cursor<'_>) -> Option<Written> {
    let start = cursor.at;
    let first = cursor.number(1, 2)?;
    let separator = cursor.one_of(&['.', '/', '-'])?;
    let second = cursor.number(1, 2)?;
    let is_short = cursor.at - start < "dd.mm".len();
    let mut trial = *cursor;
    let year = trial.skip(separator).then(|| trial.digits(2, 5)).flatten();
    let year = match year {
        Some(digits) => {
            *cursor = trial;
            let number: i32 = digits.parse().ok()?;
            match digits.len() {
                // `2.4.49` is a version, unless a clock says that it is a day.
                2 if separator == '.' && is_short && !precedes_a_clock(cursor) => return None,
                2 => Some(2000 + number),
                4 => Some(number),
                _ => None,
            }
        }
        // Without a year only the forms that are nothing else: a slash, or a dot behind each number.
        None if separator == '/' => None,
        None if separator == '.'
            && cursor.skip('.')
            && !cursor.peek().is_some_and(|c| c.is_ascii_digit()) =>
        {
            None
        }
        // Two numbers with a dash are mostly a range; with a clock behind, `08-15 22:00`, they are the end of an ISO date.
        None if separator == '-' && exists(first, second) && precedes_a_clock(cursor) => {
            return Some(Written::DayOfMonth { month: first, day: second });
        }
        None => return None,
    };
    if !cursor.at_boundary() || starts_a_clock(cursor) || goes_on_as_a_version(cursor, separator) {
        return None;
    }
    let plausible = |day: u32, month: u32| (1..=31).contains(&day) && (1..=12).contains(&month);
    if !plausible(first, second) && !plausible(second, first) {
        return None;
    }
    match (separator, year) {
        ('.', Some(year)) => Some(day_or_never(year, second, first)),
        ('.', None) => exists(second, first).then_some(Written::DayOfMonth { month: second, day: first }),
        _ => Some(Written::Either { first, second, year }),
    }
}

/// The end of an ISO date with a part of the day behind it: `03-14 afternoon`.
fn month_and_day(words: &TimeWords, cursor: &mut Cursor<'_>) -> Option<Written> {
    let date = short_iso(cursor)?;
    let mut trial = *cursor;
    (trial.spaces() > 0 && part_of_day(words, &mut trial)).then_some(date)
}

/// The end of an ISO date: `03-14`.
pub(super) fn short_iso(cursor: &mut Cursor<'_>) -> Option<Written> {
    let month = cursor.number(2, 2)?;
    let day = cursor.skip('-').then(|| cursor.number(2, 2)).flatten()?;
    (exists(month, day) && cursor.at_boundary()).then_some(Written::DayOfMonth { month, day })
}

/// True when a further number or an addition stands right behind numbers with dots: `10.12.2023.4`, `10.12.23-rc1`.
fn goes_on_as_a_version(cursor: &Cursor<'_>, separator: char) -> bool {
    let mut rest = cursor.rest().chars();
    separator == '.'
        && match rest.next() {
            Some('.') => rest.next().is_some_and(|c| c.is_ascii_digit()),
            Some('-' | '+' | '_') => rest.next().is_some_and(|c| c.is_ascii_alphabetic()),
            _ => false,
        }
}

/// True when a space and a time of day in full, `22:00` or `~22:00`, stand next.
fn precedes_a_clock(cursor: &Cursor<'_>) -> bool {
    let mut trial = *cursor;
    trial.spaces() > 0
        && trial.skip_while(|c| matches!(c, '~' | '≈')) <= '≈'.len_utf8()
        && trial.number(2, 2).is_some_and(|hour| hour < 24)
        && trial.skip(':')
        && trial.number(2, 2).is_some_and(|minute| minute < 60)
        && trial.at_boundary()
}

/// True when what was read is the hour of a clock rather than a part of a date.
fn starts_a_clock(cursor: &Cursor<'_>) -> bool {
    let rest = cursor.rest();
    rest.strip_prefix(':').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn day_or_never(year: i32, month: u32, day: u32) -> Written {
    NaiveDate::from_ymd_opt(year, month, day).map_or(Written::Never, Written::Day)
}

fn exists(month: u32, day: u32) -> bool {
    // 2000 had every day that a year can have.
    NaiveDate::from_ymd_opt(2000, month, day).is_some()
}
