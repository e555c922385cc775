//! What stands around a time and is no part of it: signs in front, remarks behind, what sets it off from its text.

use std::borrow::Cow;

use super::{Stamp, clock, cursor::Cursor, read, zone};
use crate::parse::locale::{TimeWord, TimeWords};

/// A remark about a time is at most this long, in bytes.
const REMARK: usize = 32;

/// Skips what may stand in front of a time: brackets, bullets, emoji, signs of doubt, how long it is since the beginning.
pub(super) fn decorations(cursor: &mut Cursor<'_>, stamp: &mut Stamp) {
    while let Some(c) = cursor.peek() {
        match c {
            '~' | '≈' | '〜' => stamp.approximate = true,
            '+' | 'T' if skip_elapsed(cursor) => continue,
            ':' if shortcode(cursor) => continue,
            '\n' | '#' | '+' | '<' | '$' | '/' | '\\' | '?' => return,
            c if c.is_alphanumeric() => return,
            _ => {}
        }
        cursor.at += c.len_utf8();
    }
}

/// Skips the name of a sign: `:fire:`.
fn shortcode(cursor: &mut Cursor<'_>) -> bool {
    let mut trial = *cursor;
    trial.skip(':');
    let is_named = trial.peek().is_some_and(|c| c.is_ascii_lowercase() || c == '+')
        && trial.skip_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-')) > 1
        && trial.skip(':');
    if is_named {
        *cursor = trial;
    }
    is_named
}

/// Skips how long it is since the beginning, or how many days, beside a time that says when: `T+7m`, `+1h30m`, `T+0:07`,
/// `J+1`. Where no time stands beside it, [`super::elapsed()`] reads it.
fn skip_elapsed(cursor: &mut Cursor<'_>) -> bool {
    let mut trial = *cursor;
    trial.one_of(&['T', 't', 'D', 'J']);
    if trial.one_of(&['+', '-', '−']).is_none() || trial.digits(1, 5).is_none() {
        return false;
    }
    trial.skip_while(|c| c.is_ascii_alphanumeric() || c == ':');
    let ends = |c: char| c.is_whitespace() || matches!(c, ')' | '）' | ']' | ',' | '|' | '*');
    let is_one = trial.peek().is_none_or(ends);
    if is_one {
        *cursor = trial;
    }
    is_one
}

/// Reads the zone in front of a clock: `UTC 13:02`.
pub(super) fn zone_in_front(cursor: &mut Cursor<'_>, stamp: &mut Stamp) {
    if !cursor.peek().is_some_and(|c| c.is_ascii_uppercase()) {
        return;
    }
    let mut trial = *cursor;
    if let Some(zone) = zone::read(&mut trial, false)
        && trial.spaces() > 0
        && clock::read(&mut trial.clone(), false).is_some()
    {
        *cursor = trial;
        stamp.zone = Some(zone);
    }
}

/// Skips a remark about a time: `(approx.)`, `(Sat)`, `(T+7m)`, `(+1)`, the same in another zone, `(14:02 CET)`, or by the
/// clock of half a day, `(1:02PM)`.
pub(super) fn remark(words: &TimeWords, cursor: &mut Cursor<'_>, stamp: &mut Stamp) -> bool {
    let mut trial = *cursor;
    trial.spaces();
    let close = match trial.peek() {
        Some('(') => ')',
        Some('（') => '）',
        Some('/') if stamp.zone.is_some() => return in_another_zone(cursor, trial),
        _ => return false,
    };
    trial.at += trial.peek().map_or(0, char::len_utf8);
    let Some(said) = trial.rest().find(close).filter(|length| *length <= REMARK).and_then(|length| {
        let said = trial.rest().get(..length)?;
        trial.at += length + close.len_utf8();
        Some(said.trim())
    }) else {
        return false;
    };
    let inside = Cursor::new(said);
    let mut kinds = said
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| words.around(&word.to_lowercase()));
    let is_doubt = kinds.clone().all(|kind| kind == Some(TimeWord::Approximate));
    stamp.approximate |= is_doubt;
    let weekday = match (kinds.next().flatten(), kinds.next()) {
        (Some(TimeWord::Weekday(day)), None) => Some(day),
        _ => None,
    };
    stamp.weekday = stamp.weekday.or(weekday);
    let is_remark = is_doubt
        || weekday.is_some()
        || skip_elapsed(&mut inside.clone())
        || one_of(words.behind(first_letter(&inside)), inside).is_some_and(|end| end.rest().is_empty())
        || one_of(words.next(first_letter(&inside)), inside).is_some_and(|end| end.rest().is_empty())
        || read(words, said, false).is_some_and(|other| {
            let is_same = other.clock.is_some() && other.clock == stamp.clock;
            is_same || other.clock.is_some() && other.zone.is_some() && other.rest == said.len()
        });
    if is_remark {
        *cursor = trial;
    }
    is_remark
}

/// Skips a slash and the same time in another zone.
fn in_another_zone<'t>(cursor: &mut Cursor<'t>, mut trial: Cursor<'t>) -> bool {
    trial.skip('/');
    trial.spaces();
    let is_time = clock::read(&mut trial, false).is_some() && {
        trial.spaces();
        zone::read(&mut trial, false).is_some()
    };
    if is_time {
        *cursor = trial;
    }
    is_time
}

/// Skips the name of a part of a day, with words such as `early` in front.
pub(super) fn part_of_day(words: &TimeWords, cursor: &mut Cursor<'_>) -> bool {
    let mut trial = *cursor;
    for _ in 0..3 {
        if !words.may_be_time(trial.rest()) {
            return false;
        }
        let Some(word) = joined(words, &mut trial).map(Cow::Owned).or_else(|| trial.word()) else {
            return false;
        };
        if words.is_part(&word) {
            let mut behind = trial;
            let goes_on = behind.skip('-') && behind.peek().is_some_and(char::is_alphabetic);
            *cursor = trial;
            return trial.at_boundary() && !goes_on;
        }
        if !matches!(words.around(&word), Some(TimeWord::Approximate | TimeWord::Before)) {
            return false;
        }
        trial.spaces();
    }
    false
}

/// Two words with a hyphen that are the name of a part of a day: `mid-day`.
fn joined(words: &TimeWords, cursor: &mut Cursor<'_>) -> Option<String> {
    let mut trial = *cursor;
    let first = trial.word()?;
    let word = trial.skip('-').then(|| format!("{first}-{}", trial.word().unwrap_or_default()))?;
    words.is_part(&word).then(|| {
        *cursor = trial;
        word
    })
}

/// Skips a word or two that belong to the time: `13:02 and onwards`, in short `13:02+`.
pub(super) fn trailer(words: &TimeWords, cursor: &mut Cursor<'_>) {
    if let Some(rest) = cursor.rest().strip_prefix('+')
        && !rest.starts_with(|c: char| c.is_ascii_digit())
        && !zone::is_signed(cursor.rest())
    {
        cursor.skip('+');
    }
    let mut start = *cursor;
    start.spaces();
    if let Some(end) = one_of(words.behind(first_letter(&start)), start) {
        *cursor = end;
    }
}

/// Skips the words for the day behind the one before: `The next day`.
pub(super) fn next_day(words: &TimeWords, cursor: &mut Cursor<'_>) -> bool {
    let end = one_of(words.next(first_letter(cursor)), *cursor);
    if let Some(end) = end {
        *cursor = end;
    }
    end.is_some()
}

/// The first character that stands next, in lower case.
fn first_letter(cursor: &Cursor<'_>) -> char {
    cursor.peek().and_then(|c| c.to_lowercase().next()).unwrap_or_default()
}

/// The place behind the first of the texts that stands next and is not the beginning of a longer word.
fn one_of<'t>(texts: &[String], start: Cursor<'t>) -> Option<Cursor<'t>> {
    texts.iter().find_map(|text| {
        let mut trial = start;
        let ends = |trial: &Cursor<'_>| trial.at_boundary() || !text.ends_with(|c: char| c.is_ascii());
        (trial.literal(text) && ends(&trial)).then_some(trial)
    })
}

/// Skips what stands between a time and its text; true when that is more than a space.
pub(super) fn separators(cursor: &mut Cursor<'_>) -> bool {
    let start = cursor.at;
    cursor.skip_while(|c| c.is_whitespace() || matches!(c, ']' | ')' | '}' | '*' | '_' | '）' | '】'));
    let before = cursor.at;
    if cursor.skip_while(|c| {
        matches!(
            c,
            ':' | '-' | '–' | '—' | '|' | ',' | ';' | '=' | '>' | '→' | '：' | '・' | '、' | '.' | '…'
        ) || matches!(c, '〜' | '～')
    }) > 0
    {
        cursor.skip_while(char::is_whitespace);
        return true;
    }
    let closed =
        cursor.text.get(start..before).is_some_and(|skipped| skipped.contains([']', ')', '）', '】']));
    closed || cursor.rest().starts_with('\n')
}

/// Reads what stands where a time is not known.
pub(super) fn not_known(words: &TimeWords, cursor: &mut Cursor<'_>) -> bool {
    let rest = cursor.rest();
    let first = first_letter(cursor);
    let token = if first.is_alphabetic() { "" } else { rest };
    let token = token.split([' ', '|', ']', ')', '\n']).next().unwrap_or_default().trim_end_matches(':');
    let masked = token.contains('?')
        && token.chars().any(|c| c == '-' || c == ':' || c == '/')
        && token.chars().all(|c| c.is_ascii_digit() || matches!(c, '?' | '-' | ':' | '/' | '.'));
    if masked {
        cursor.at += token.len();
        return true;
    }
    let end = one_of(words.unknown(first), *cursor);
    if let Some(end) = end {
        *cursor = end;
    }
    end.is_some()
}
