//! Times of day as people write them.

use chrono::NaiveTime;

use super::{cursor::Cursor, stamp::Meridiem};

/// A time of day, and whether it says which half of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    hour: u32,
    minute: u32,
    second: u32,
    /// True for `02:10`: the day has 24 hours there.
    padded: bool,
    /// `am` or `pm`, when it is written.
    pub(super) half: Option<Half>,
}

/// Which half of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Am,
    Pm,
}

impl Clock {
    /// The time; `None` for one that does not exist. `13:02 pm` is 13:02.
    pub(super) fn time(self) -> Option<NaiveTime> {
        let hour = match (self.half, self.hour) {
            (Some(Half::Am), 12) => 0,
            (Some(Half::Pm), hour) if hour < 12 => hour + 12,
            (_, hour) => hour,
        };
        NaiveTime::from_hms_opt(hour, self.minute, self.second)
    }

    /// The same time in a half of the day, when it does not say one itself.
    pub(super) fn in_half(self, half: Half) -> Self {
        Self { half: self.half.or(Some(half)), ..self }
    }

    /// What it says of the half of the day.
    pub(super) const fn meridiem(self) -> Meridiem {
        match self.half {
            Some(Half::Am) => Meridiem::Am,
            // `20:56 pm` counts to 24, whatever stands behind.
            Some(Half::Pm) if self.hour <= 12 => Meridiem::Pm,
            None if self.may_have_half() => Meridiem::Unsaid,
            Some(Half::Pm) | None => Meridiem::Plain,
        }
    }

    /// True when a half of the day makes sense for it.
    pub(super) const fn may_have_half(self) -> bool {
        self.half.is_none() && !self.padded && self.hour >= 1 && self.hour <= 12
    }
}

/// Reads a time of day. A dot between hour and minute is a clock only where something else shows that it is one:
/// `certain` says that it does.
pub(super) fn read(cursor: &mut Cursor<'_>, certain: bool) -> Option<Clock> {
    // Most words that are tried are no clock, and their first letter shows it.
    let first = cursor.peek()?;
    if !(first.is_ascii_digit() || first.is_whitespace() || !first.is_ascii()) {
        return None;
    }
    let mut trial = *cursor;
    let clock = hours_and_minutes(&mut trial, certain)
        .or_else(|| {
            trial = *cursor;
            hour_alone(&mut trial, certain)
        })
        .or_else(|| {
            trial = *cursor;
            east_asian(&mut trial)
        })
        .or_else(|| {
            trial = *cursor;
            four_digits(&mut trial, certain)
        })
        .or_else(|| {
            trial = *cursor;
            six_digits(&mut trial, certain)
        })?;
    clock.time()?;
    *cursor = trial;
    Some(clock)
}

/// What stands in front of a clock and says which half of the day it is in.
const HALVES: [(&str, Half); 10] = [
    ("午前", Half::Am),
    ("오전", Half::Am),
    ("새벽", Half::Am),
    ("上午", Half::Am),
    ("早上", Half::Am),
    ("凌晨", Half::Am),
    ("午後", Half::Pm),
    ("오후", Half::Pm),
    ("下午", Half::Pm),
    ("晚上", Half::Pm),
];

/// Reads a clock whose minute is not written, and gives its hour: `13:0x`, `13:??`, `13:xx`.
pub(super) fn hour_of_masked(cursor: &mut Cursor<'_>) -> Option<NaiveTime> {
    let mut trial = *cursor;
    let hour = trial.number(2, 2).filter(|_| trial.skip(':'))?;
    trial.one_of(&['0', '1', '2', '3', '4', '5', 'x', 'X', '?'])?;
    trial.one_of(&['x', 'X', '?'])?;
    let ends = trial.at_boundary() || matches!(trial.peek(), Some('z' | 'Z'));
    *cursor = if ends { trial } else { return None };
    NaiveTime::from_hms_opt(hour, 0, 0)
}

/// `13時02分`, `午後1時2分`, `오후 1:02`, `下午1:02`, `13时02分`.
fn east_asian(cursor: &mut Cursor<'_>) -> Option<Clock> {
    let half = HALVES.iter().find_map(|(word, half)| cursor.literal(word).then_some(*half));
    cursor.spaces();
    let start = cursor.at;
    if half.is_some()
        && let Some(clock) = hours_and_minutes(cursor, true)
    {
        return Some(Clock { half, ..clock });
    }
    cursor.at = start;
    let hour = cursor.number(1, 2)?;
    // `2時間` is how long, not when.
    if cursor.one_of(&['時', '시', '时', '点', '點']).is_none()
        || matches!(cursor.peek(), Some('間' | '간' | '间'))
    {
        return None;
    }
    let mut trial = *cursor;
    trial.spaces();
    let minute = match trial.number(1, 2) {
        Some(minute) if trial.one_of(&['分', '분']).is_some() => {
            *cursor = trial;
            minute
        }
        _ if cursor.skip('半') => 30,
        _ => 0,
    };
    Some(Clock { hour, minute, second: 0, padded: true, half })
}

/// `0930 UTC`, and `0930` where it can be nothing else.
fn four_digits(cursor: &mut Cursor<'_>, certain: bool) -> Option<Clock> {
    let digits = cursor.digits(4, 4)?;
    let (hour, minute) = (digits.get(..2)?.parse().ok()?, digits.get(2..)?.parse().ok()?);
    let mut zone = *cursor;
    let spaced = zone.spaces() > 0;
    let has_zone = super::zone::read(&mut zone, !spaced).is_some();
    let set_off = cursor.rest().trim_start().chars().next().is_none_or(|c| ":-–—|,;)(→".contains(c));
    // `2022-05-??` is a day that is not known.
    let mut month = *cursor;
    let is_year = month.skip('-') && month.digits(1, 2).is_some() && month.at_boundary();
    // `1302 hrs: …` says when, `1302 hours of work` how long.
    let mut hours = *cursor;
    hours.spaces();
    let named = ["hrs", "hours", "hr", "h"].iter().any(|word| hours.literal(word) && hours.at_boundary());
    let has_hours = named && hours.rest().trim_start().starts_with([':', '-', '–', '—', '|']);
    (has_zone || has_hours || certain && set_off && !is_year).then_some(Clock {
        hour,
        minute,
        second: 0,
        padded: true,
        half: None,
    })
}

/// `130257` behind a date.
fn six_digits(cursor: &mut Cursor<'_>, certain: bool) -> Option<Clock> {
    let digits = cursor.digits(6, 6).filter(|_| certain)?;
    let number = |at: std::ops::Range<usize>| digits.get(at)?.parse().ok();
    let ends = cursor.at_boundary() || matches!(cursor.peek(), Some('Z' | 'z'));
    ends.then_some(Clock {
        hour: number(0..2)?,
        minute: number(2..4)?,
        second: number(4..6)?,
        padded: true,
        half: None,
    })
}

fn hours_and_minutes(cursor: &mut Cursor<'_>, certain: bool) -> Option<Clock> {
    let start = cursor.at;
    let hour = cursor.number(1, 2)?;
    let two_digits = cursor.at - start == 2;
    let separator = cursor.one_of(&[':', '.', '：', 'h', 'H']).or_else(|| spaced_h(cursor))?;
    // `2h30` is more often how long than when.
    if matches!(separator, 'h' | 'H') && !two_digits {
        return None;
    }
    let minute = cursor.number(2, 2)?;
    let mut second = 0;
    let mut trial = *cursor;
    if trial.one_of(&[':', '.', '：']).is_some()
        && let Some(seconds) = trial.number(2, 2)
    {
        second = seconds;
        *cursor = trial;
        let mut fraction = *cursor;
        if fraction.one_of(&['.', ',']).is_some() && fraction.digits(1, 9).is_some() {
            *cursor = fraction;
        }
    }
    let half = half(cursor);
    let more_digits = cursor.peek() == Some('.') && separator == '.' && {
        let mut after = *cursor;
        after.skip('.');
        after.peek().is_some_and(|c| c.is_ascii_digit())
    };
    let clear = separator != '.' || certain || two_digits || half.is_some();
    let padded = two_digits && hour < 10;
    (clear && !more_digits && ends(cursor)).then_some(Clock {
        hour,
        minute,
        second: second.min(59),
        padded,
        half,
    })
}

/// `13 h 02`, and not `13 h 20 min`, which is how long.
fn spaced_h(cursor: &mut Cursor<'_>) -> Option<char> {
    let mut trial = *cursor;
    let is_h = trial.spaces() > 0 && trial.skip('h') && trial.spaces() > 0;
    let mut behind = trial;
    let is_minute = is_h && behind.number(2, 2).is_some_and(|minute| minute < 60);
    behind.spaces();
    if !is_minute || behind.peek().is_some_and(char::is_alphabetic) {
        return None;
    }
    *cursor = trial;
    Some('h')
}

/// `9am`, `12 PM`; `19h` where it can be nothing else, since more often it says how long.
fn hour_alone(cursor: &mut Cursor<'_>, certain: bool) -> Option<Clock> {
    let hour = cursor.number(1, 2)?;
    if cursor.skip('h') {
        let mut zone = *cursor;
        let has_zone = zone.spaces() > 0 && super::zone::read(&mut zone, false).is_some();
        let is_clock = (certain || has_zone) && hour < 24 && cursor.at_boundary();
        return is_clock.then_some(Clock { hour, minute: 0, second: 0, padded: true, half: None });
    }
    let half = half(cursor).filter(|_| (1..=12).contains(&hour))?;
    ends(cursor).then_some(Clock { hour, minute: 0, second: 0, padded: false, half: Some(half) })
}

/// True when the number does not go on as something else: `13:02abc`, `10:20:30:40`, `12:30%`.
fn ends(cursor: &Cursor<'_>) -> bool {
    let rest = cursor.rest();
    let goes_on =
        rest.starts_with([':', '.', '：']) && rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let ascii_letter = cursor.peek().is_some_and(|c| c.is_ascii_alphabetic());
    let is_about = about(&mut cursor.clone());
    let short_zone = ascii_letter && matches!(cursor.peek(), Some('Z' | 'z' | 'h' | 'U' | 'u'));
    !goes_on
        && !rest.starts_with('%')
        && (!ascii_letter || short_zone || is_about)
        && !rest.starts_with(|c: char| c.is_ascii_digit())
}

/// Skips what says that a clock is not exact: `13:02ish`.
pub(super) fn about(cursor: &mut Cursor<'_>) -> bool {
    let mut trial = *cursor;
    trial.skip('-');
    let is_about = trial.literal("ish") && trial.at_boundary();
    if is_about {
        *cursor = trial;
    }
    is_about
}

fn half(cursor: &mut Cursor<'_>) -> Option<Half> {
    let mut trial = *cursor;
    trial.spaces();
    let half = match trial.peek()? {
        'a' | 'A' => Half::Am,
        'p' | 'P' => Half::Pm,
        _ => return None,
    };
    let spaced = trial.at != cursor.at;
    trial.one_of(&['a', 'A', 'p', 'P'])?;
    trial.skip('.');
    let whole = trial.one_of(&['m', 'M']).is_some();
    if whole {
        trial.skip('.');
    }
    // `9:06a` is a time, `9:06 a server fell` is not one with a half.
    if !trial.at_boundary() || (!whole && spaced) {
        return None;
    }
    *cursor = trial;
    Some(half)
}
