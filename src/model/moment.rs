//! A point in time as a document states it.

use std::fmt::{self, Write as _};

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, Timelike, Utc};
use serde::{Deserialize, Serialize};

use crate::model::{
    Basis, compact,
    zone::{Instant, Zone, offset_text},
};

/// A point in time, never converted: the author's date and clock, as much of them as is known, in the author's zone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Moment {
    /// The day, when it is known.
    #[serde(with = "compact::day")]
    pub date: Option<NaiveDate>,
    /// The time of day, when it is known.
    #[serde(with = "compact::clock")]
    pub clock: Option<NaiveTime>,
    /// The zone, when the document or the configuration states one.
    pub zone: Option<Zone>,
    /// Written as `~13:05`, `around 13:05`.
    pub approximate: bool,
    /// What the parts were taken from that its own words do not say.
    pub basis: Basis,
}

impl Moment {
    /// A day without a time.
    pub fn day(date: NaiveDate) -> Self {
        Self { date: Some(date), ..Self::default() }
    }

    /// A day and a time in a zone.
    pub fn new(date: NaiveDate, clock: NaiveTime, zone: Option<Zone>) -> Self {
        Self { date: Some(date), clock: Some(clock), zone, ..Self::default() }
    }

    /// True when neither the day nor the time is known: `??:??`, `TBC`.
    pub fn is_unknown(&self) -> bool {
        self.date.is_none() && self.clock.is_none()
    }

    /// The moment in UTC; none unless both day and time are known. Three conventions, all documented to readers:
    /// a moment without a zone counts as UTC (differences within one document are right all the same), a time that
    /// occurred twice counts as the first, and a time that the clocks skipped counts as if they had not yet changed.
    pub fn instant(&self) -> Option<DateTime<Utc>> {
        let local = self.date?.and_time(self.clock?);
        let Some(zone) = &self.zone else { return Some(local.and_utc()) };
        match zone.instant(local) {
            Instant::One(moment) | Instant::Twice(moment, _) => Some(moment),
            Instant::Never => match zone.instant(local - Duration::hours(1)) {
                Instant::One(moment) | Instant::Twice(moment, _) => Some(moment + Duration::hours(1)),
                Instant::Never => None,
            },
        }
    }

    /// Whole seconds from this moment to `later`, negative when it is earlier; none unless both are fully known.
    pub fn seconds_until(&self, later: &Self) -> Option<i64> {
        Some((later.instant()? - self.instant()?).num_seconds())
    }

    /// The ISO 8601 form of what is known: `2026-03-14T13:02Z`, `2026-03-14`, `13:02`, with seconds when they are not
    /// zero and the offset when the zone is known. Empty when nothing is known.
    pub fn iso(&self) -> String {
        let mut text = String::with_capacity(ISO);
        if let Some(date) = self.date {
            push_date(&mut text, date);
        }
        if let Some(clock) = self.clock {
            text.push_str(if self.date.is_some() { "T" } else { "" });
            push_clock(&mut text, clock);
        }
        if let (Some(date), Some(clock), Some(zone)) = (self.date, self.clock, &self.zone)
            && let Some(minutes) = zone.offset_minutes(date.and_time(clock))
        {
            text.push_str(&offset_text(minutes));
        }
        text
    }

    /// As [`Moment::iso`], and always with an offset: what can be told in any zone. None unless day, time and zone are
    /// known. A time that the clocks skipped or showed twice is told in UTC, by the conventions of [`Moment::instant`].
    pub fn instant_iso(&self) -> Option<String> {
        let (local, zone) = (self.date?.and_time(self.clock?), self.zone.as_ref()?);
        match zone.offset_minutes(local) {
            Some(_) => Some(self.iso()),
            None => Some(Self::new_utc(self.instant()?).iso()),
        }
    }

    fn new_utc(at: DateTime<Utc>) -> Self {
        Self::new(at.date_naive(), at.time(), Some(Zone::utc()))
    }
}

/// The length of the longest: `2026-03-14T13:02:10+02:00`.
const ISO: usize = 25;

/// `13:02`, or `13:02:10` when there are seconds.
pub fn clock_text(clock: NaiveTime) -> String {
    let mut text = String::with_capacity(8);
    push_clock(&mut text, clock);
    text
}

/// [`clock_text`] at the end of a text. A page has hundreds of them, and a pattern of chrono would be read anew for each.
fn push_clock(text: &mut String, clock: NaiveTime) {
    let seconds = Some(clock.second()).filter(|seconds| *seconds != 0);
    let parts = [Some(clock.hour()), Some(clock.minute()), seconds];
    for (place, part) in parts.into_iter().flatten().enumerate() {
        text.push_str(if place > 0 { ":" } else { "" });
        push_two(text, part);
    }
}

/// `2026-03-14` at the end of a text, as chrono writes it.
fn push_date(text: &mut String, date: NaiveDate) {
    let Some(year) = u32::try_from(date.year()).ok().filter(|year| *year < 10_000) else {
        // Writing to a string cannot fail.
        let _ = write!(text, "{date}");
        return;
    };
    push_two(text, year / 100);
    push_two(text, year % 100);
    for part in [date.month(), date.day()] {
        text.push('-');
        push_two(text, part);
    }
}

fn push_two(text: &mut String, number: u32) {
    for digit in [number / 10, number % 10] {
        text.push(char::from_digit(digit, 10).unwrap_or_default());
    }
}

impl fmt::Display for Moment {
    /// For people: `2026-03-14 13:02 UTC`, `~13:02`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_unknown() {
            return f.write_str("unknown");
        }
        if self.approximate {
            f.write_str("~")?;
        }
        if let Some(date) = self.date {
            write!(f, "{date}")?;
        }
        if let Some(clock) = self.clock {
            let gap = if self.date.is_some() { " " } else { "" };
            write!(f, "{gap}{}", clock_text(clock))?;
            if let Some(zone) = &self.zone {
                write!(f, " {zone}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(day: u32, hour: u32, minute: u32, zone: Zone) -> Moment {
        Moment::new(
            NaiveDate::from_ymd_opt(2026, 3, day).unwrap(),
            NaiveTime::from_hms_opt(hour, minute, 0).unwrap(),
            Some(zone),
        )
    }

    #[test]
    fn the_clock_is_as_written_and_the_offset_stands_behind_it() {
        assert_eq!(moment(14, 13, 2, Zone::utc()).iso(), "2026-03-14T13:02Z");
        assert_eq!(moment(30, 13, 2, Zone::at(chrono_tz::Europe::Oslo)).iso(), "2026-03-30T13:02+02:00");
        assert_eq!(moment(14, 13, 2, Zone::utc()).to_string(), "2026-03-14 13:02 UTC");
        let date = |year| Moment::day(NaiveDate::from_ymd_opt(year, 3, 4).unwrap()).iso();
        assert_eq!([-1, 7, 10_000].map(date), ["-0001-03-04", "0007-03-04", "+10000-03-04"]);
        assert_eq!(Moment::default().iso(), "");
        assert_eq!(Moment::default().to_string(), "unknown");
    }

    #[test]
    fn what_can_be_told_in_any_zone_has_an_offset() {
        let oslo = Zone::at(chrono_tz::Europe::Oslo);
        assert_eq!(moment(14, 13, 2, oslo.clone()).instant_iso().as_deref(), Some("2026-03-14T13:02+01:00"));
        // The clocks went from two to three.
        assert_eq!(moment(29, 2, 30, oslo).instant_iso().as_deref(), Some("2026-03-29T01:30Z"));
        let without_zone = Moment { zone: None, ..moment(14, 13, 2, Zone::utc()) };
        assert_eq!(without_zone.instant_iso(), None);
    }

    #[test]
    fn differences_hold_across_zones_and_changes_of_clocks() {
        let oslo = Zone::at(chrono_tz::Europe::Oslo);
        let before = moment(29, 1, 59, oslo.clone());
        let after = moment(29, 3, 1, oslo.clone());
        assert_eq!(before.seconds_until(&after), Some(120));
        assert_eq!(
            moment(14, 13, 0, Zone::utc()).seconds_until(&moment(14, 14, 30, oslo.clone())),
            Some(1800)
        );
        // 02:30 did not occur; it is read as half an hour after the jump.
        assert_eq!(before.seconds_until(&moment(29, 2, 30, oslo)), Some(31 * 60));
    }
}
