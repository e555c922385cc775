//! Points in time as people write them: in any of many formats, whole or in part, sure or not.
//!
//! Reading is one thing, knowing the day is another: a [`Stamp`] holds what is written, a [`Calendar`] adds what goes
//! without saying.

mod around;
mod calendar;
mod clock;
mod cursor;
mod date;
mod elapsed;
mod halves;
mod order;
mod stamp;
mod version;
mod zone;

#[cfg(test)]
mod tests;

pub(crate) use calendar::{Calendar, Given};
pub(crate) use date::Written;
pub(crate) use elapsed::{Beginning, elapsed};
pub use order::Evidence;
pub(crate) use order::{Order, evidence, reads_either_way};
pub(crate) use stamp::Stamp;
pub(crate) use zone::{at_clocks as zones_at_clocks, find as find_zone};

use chrono::{NaiveTime, Timelike as _};

use crate::parse::locale::{Lexicon, TimeWord, TimeWords};
use around::{decorations, next_day, not_known, part_of_day, remark, separators, trailer, zone_in_front};
use cursor::Cursor;

/// Reads the time that a text begins with.
pub(crate) fn lead(words: &Lexicon, text: &str) -> Option<Stamp> {
    lead_where(words, text, false)
}

/// The same where a time has to stand, such as in a column of that name: `0930` and `9.30` are clocks there.
pub(crate) fn lead_of_clock(words: &Lexicon, text: &str) -> Option<Stamp> {
    lead(words, text).or_else(|| lead_where(words, text, true))
}

/// The same where a day has to stand: `03-14` is one there.
pub(crate) fn lead_of_day(words: &Lexicon, text: &str) -> Option<Stamp> {
    lead(words, text).or_else(|| {
        let mut cursor = Cursor::new(text.trim());
        let date = date::short_iso(&mut cursor).filter(|_| cursor.rest().is_empty())?;
        Some(Stamp {
            date: Some(date),
            separated: true,
            end: text.len(),
            rest: text.len(),
            ..Stamp::default()
        })
    })
}

fn lead_where(words: &Lexicon, text: &str, certain: bool) -> Option<Stamp> {
    read(&words.times, text, certain)
}

fn read(words: &TimeWords, text: &str, certain: bool) -> Option<Stamp> {
    let mut cursor = Cursor::new(text);
    let mut stamp = Stamp::default();
    let mut reader = Reader { words, half: None, first: None, certain };
    decorations(&mut cursor, &mut stamp);
    if !words.may_be_time(cursor.rest()) {
        return None;
    }
    stamp.start = cursor.at;
    zone_in_front(&mut cursor, &mut stamp);
    if !reader.component(&mut cursor, &mut stamp, true) {
        if !part_of_day(words, &mut cursor) {
            return None;
        }
        stamp.approximate = true;
    }
    stamp.end = cursor.at;
    while reader.component(&mut cursor, &mut stamp, false) {
        stamp.end = cursor.at;
    }
    reader.part_of_day(&mut cursor, &mut stamp);
    if reader.until(&mut cursor, &mut stamp) {
        stamp.end = cursor.at;
        while reader.component(&mut cursor, &mut stamp, false) {
            stamp.end = cursor.at;
        }
    }
    while remark(words, &mut cursor, &mut stamp) {}
    trailer(words, &mut cursor);
    let at_end = cursor.rest().trim().is_empty();
    stamp.separated = separators(&mut cursor) || at_end;
    stamp.rest = cursor.at;
    // Numbers alone, or the word for not knowing, make a time only where something sets them off.
    let weak = !stamp.says_clock()
        && matches!(stamp.date, None | Some(Written::Either { year: None, .. } | Written::DayOfMonth { .. }));
    // The day behind the one before says when only with a clock.
    let is_vague = stamp.date == Some(Written::NextDay) && stamp.clock.is_none();
    (!is_vague && (!weak || stamp.separated || cursor.rest().trim().is_empty())).then_some(stamp)
}

/// Reads a text that is nothing but a time, a remark in brackets apart.
pub(crate) fn whole(words: &Lexicon, text: &str) -> Option<Stamp> {
    let stamp = lead(words, text)?;
    let rest = text.get(stamp.rest..).unwrap_or_default().trim();
    (rest.is_empty() || rest.starts_with('(')).then_some(stamp)
}

/// Reads the time that a text ends with: `First detected: 2023-08-04 09:14`. Its `start` is where it begins.
pub(crate) fn tail(words: &Lexicon, text: &str) -> Option<Stamp> {
    // A date or a clock has a digit; most lines have none, and are done with.
    let last_digit = last_digit(text)?;
    let mut at = 0;
    loop {
        let next = text.get(at..)?.find(char::is_whitespace)?;
        at += next;
        at += text.get(at..)?.find(|c: char| !c.is_whitespace())?;
        if at > last_digit {
            return None;
        }
        if let Some(mut stamp) = whole(words, text.get(at..)?)
            && (stamp.clock.is_some() || stamp.date.is_some())
        {
            stamp.start += at;
            stamp.end += at;
            stamp.rest += at;
            return Some(stamp);
        }
    }
}

/// The first date anywhere in a text, with a year or with the name of a month, and where it stands.
pub(crate) fn find_date(words: &Lexicon, text: &str) -> Option<(Written, std::ops::Range<usize>)> {
    let last_digit = last_digit(text)?;
    let mut cursor = Cursor::new(text);
    while cursor.at <= last_digit {
        let starts =
            !cursor.before().is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | ':'));
        if starts && cursor.peek().is_some_and(char::is_alphanumeric) {
            let mut trial = cursor;
            if let Some(date) = date::read(&words.times, &mut trial)
                && !matches!(date, Written::Either { year: None, .. })
                && !version::is_one(&words.times, text, cursor.at..trial.at)
            {
                return Some((date, cursor.at..trial.at));
            }
        }
        cursor.at += cursor.peek().map_or(1, char::len_utf8);
    }
    None
}

fn last_digit(text: &str) -> Option<usize> {
    text.bytes().rposition(|byte| byte.is_ascii_digit())
}

/// What was learnt on the way through one time.
struct Reader<'l> {
    words: &'l TimeWords,
    half: Option<clock::Half>,
    first: Option<clock::Clock>,
    /// True once something shows that numbers with a dot between them are a clock.
    certain: bool,
}

impl Reader<'_> {
    /// Reads one part of a time that is not there yet: date, clock, zone, or that it is not known.
    fn component(&mut self, cursor: &mut Cursor<'_>, stamp: &mut Stamp, first: bool) -> bool {
        // An offset stands right behind its clock, and its sign is no dash.
        if stamp.says_clock()
            && stamp.zone.is_none()
            && let Some(zone) = zone::read(cursor, true)
        {
            stamp.zone = Some(zone);
            return true;
        }
        let mut trial = *cursor;
        let mut approximate = stamp.approximate;
        let mut weekday = stamp.weekday;
        let mut certain = self.certain || stamp.date.is_some();
        for _ in 0..6 {
            let near = trial.at == cursor.at;
            if !first || !near {
                Self::gap(&mut trial, stamp, &mut approximate);
            }
            let before = trial.at;
            if self.part(&mut trial, stamp, near, certain) {
                stamp.approximate |= approximate;
                stamp.weekday = weekday;
                self.certain = certain;
                *cursor = trial;
                return true;
            }
            trial.at = before;
            // Words between the parts: `14 March at around 13:02`. Most words begin what happened then.
            if !self.words.may_be_time(trial.rest()) {
                return false;
            }
            let Some(word) = trial.word() else { return false };
            match self.words.around(&word) {
                Some(TimeWord::Approximate) => approximate = true,
                Some(TimeWord::Clock) => certain = true,
                Some(TimeWord::Weekday(day)) => weekday = Some(day),
                Some(TimeWord::Before) => {}
                None => return false,
            }
            trial.skip('.');
            trial.skip(',');
            if trial.at_boundary() {
                trial.spaces();
            }
        }
        false
    }

    /// Skips what may stand between two parts of one time.
    fn gap(cursor: &mut Cursor<'_>, stamp: &Stamp, approximate: &mut bool) {
        if stamp.date.is_some() && stamp.clock.is_none() {
            let mut iso = *cursor;
            let is_joined = iso.one_of(&['T', 't', '/', '_']).is_some();
            // `2026-03-14T~13:00Z`
            let is_about = iso.skip('~');
            if is_joined && iso.peek().is_some_and(|c| c.is_ascii_digit()) {
                *approximate |= is_about;
                *cursor = iso;
                return;
            }
        }
        loop {
            match cursor.peek() {
                Some('~' | '≈') => *approximate = true,
                // A bar or a dash may also end the time; then no part follows and nothing is skipped.
                Some(
                    ' ' | '\t' | '\u{a0}' | ',' | '(' | '[' | '-' | '–' | '—' | '|' | '@' | ':' | '.' | ')',
                ) => {}
                _ => return,
            }
            cursor.at += cursor.peek().map_or(1, char::len_utf8);
        }
    }

    fn part(&mut self, cursor: &mut Cursor<'_>, stamp: &mut Stamp, near: bool, certain: bool) -> bool {
        let nothing = !stamp.says_when() && !stamp.unknown;
        if stamp.date.is_none() && !stamp.unknown {
            let mut trial = *cursor;
            if let Some(date) = date::read(self.words, &mut trial) {
                let alone = matches!(date, Written::Either { year: None, .. });
                if nothing || !alone {
                    stamp.date = Some(date);
                    *cursor = trial;
                    return true;
                }
            }
            if nothing && next_day(self.words, cursor) {
                stamp.date = Some(Written::NextDay);
                return true;
            }
        }
        if !stamp.says_clock() && !stamp.unknown {
            if let Some(clock) = clock::read(cursor, certain) {
                stamp.clock = clock.time();
                stamp.meridiem = clock.meridiem();
                stamp.approximate |= clock::about(cursor);
                self.half = clock.half;
                self.first = Some(clock);
                return true;
            }
            if let Some(hour) = clock::hour_of_masked(cursor) {
                (stamp.hour, stamp.approximate) = (Some(hour), true);
                return true;
            }
            if not_known(self.words, cursor) {
                stamp.unknown = stamp.date.is_none();
                return true;
            }
        }
        if stamp.zone.is_none() && !nothing {
            let direct = near && cursor.before().is_some_and(|c| c.is_ascii_digit());
            if let Some(zone) = zone::read(cursor, direct || stamp.says_clock()) {
                stamp.zone = Some(zone);
                return true;
            }
        }
        false
    }

    /// Reads the part of a day behind a date that has no clock: `14 March, late evening`.
    fn part_of_day(&self, cursor: &mut Cursor<'_>, stamp: &mut Stamp) {
        if !stamp.is_day_only() {
            return;
        }
        let mut part = *cursor;
        part.skip_while(|c| matches!(c, ' ' | ',' | '('));
        let ends = |part: Cursor<'_>| part.rest().trim().is_empty() || separators(&mut part.clone());
        if part_of_day(self.words, &mut part) && ends(part) {
            stamp.approximate = true;
            stamp.end = part.at;
            *cursor = part;
        }
    }

    /// Reads the second end of a range.
    fn until(&mut self, cursor: &mut Cursor<'_>, stamp: &mut Stamp) -> bool {
        if stamp.unknown {
            return false;
        }
        let mut trial = *cursor;
        if let Some(end) = stamp.clock.and_then(|clock| until_second(cursor, clock)) {
            stamp.until = Some((None, Some(end)));
            return true;
        }
        trial.spaces();
        let mark = trial.skip_while(|c| matches!(c, '-' | '–' | '—' | '〜' | '~' | '→' | '‐' | '～'));
        if mark > 0 {
            trial.skip('>');
        }
        if mark == 0 && !trial.word().is_some_and(|word| self.words.is_between(&word)) {
            return false;
        }
        trial.spaces();
        trial.skip('~');
        let mut behind = trial;
        let about = behind.word().and_then(|word| self.words.around(&word));
        if about == Some(TimeWord::Approximate) {
            trial = behind;
            trial.spaces();
        }
        let mut end = Stamp::default();
        let mut reader = Self { words: self.words, half: None, first: None, certain: self.certain };
        let found = reader.part(&mut trial, &mut end, false, self.certain);
        if !found || end.unknown {
            return false;
        }
        if end.date.is_some() {
            let mut more = trial;
            if reader.component(&mut more, &mut end, false) {
                trial = more;
            }
        }
        if stamp.clock.is_some() && end.clock.is_none() || stamp.clock.is_none() && end.date.is_none() {
            return false;
        }
        // `2:10 – 2:30 PM`: the half of the day is said once for both.
        if let (Some(first), Some(half)) = (self.first.filter(|first| first.may_have_half()), reader.half) {
            let earlier = first.in_half(half).time();
            if earlier <= end.clock {
                stamp.clock = earlier;
                stamp.meridiem = first.in_half(half).meridiem();
            }
        }
        stamp.zone = stamp.zone.take().or_else(|| end.zone.take());
        // `from 13:02 UTC to 14:20 UTC on 14 March`: the zone is said for both.
        let mut same = trial;
        same.spaces();
        if stamp.zone.is_some() && zone::read(&mut same, true) == stamp.zone {
            trial = same;
        }
        // `4pm 14.03.2026 till 11am 16.03.2026`: a whole day behind the second clock is the second day. `5/6` of the hosts is
        // none.
        let (mut behind, mut last) = (trial, Stamp::default());
        if stamp.date.is_some()
            && end.date.is_none()
            && reader.component(&mut behind, &mut last, false)
            && last.date.is_some_and(Written::has_year)
        {
            end.date = last.date;
            trial = behind;
        }
        stamp.until = Some((end.date, end.clock));
        *cursor = trial;
        true
    }
}

/// No zone is further from Greenwich, in hours.
const LARGEST_OFFSET: u32 = 14;

/// The second end of a range within a minute: `-58` behind `13:02:57`.
fn until_second(cursor: &mut Cursor<'_>, from: NaiveTime) -> Option<NaiveTime> {
    let before = cursor.text.get(..cursor.at)?;
    let written = before.rsplit(|c: char| !c.is_ascii_digit() && c != ':').next()?;
    let second = cursor.rest().strip_prefix(['-', '–']).filter(|_| written.split(':').count() == 3)?;
    let digits = second.bytes().take_while(u8::is_ascii_digit).count();
    let goes_on = |rest: &str| rest.starts_with([':', '.', '-']) || rest.starts_with(char::is_alphanumeric);
    let number = second.get(..digits).filter(|number| number.len() == 2)?;
    // A smaller number may be that of a zone: `13:02:00-05`.
    let number = number.parse().ok().filter(|second| *second > LARGEST_OFFSET)?;
    let end = from.with_second(number).filter(|end| *end > from)?;
    second.get(digits..).filter(|rest| !goes_on(rest))?;
    cursor.at = cursor.text.len() - second.len() + digits;
    Some(end)
}
