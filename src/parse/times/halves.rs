//! Clocks of twelve hours that do not say in which half of the day they are: those above them tell.

use chrono::{NaiveDate, NaiveTime, TimeDelta, Timelike};

use super::stamp::{Meridiem, Stamp};

const NOON: u32 = 12;
/// A clock that no half of the day was said for is no further behind the one above it than this.
const NEAR: TimeDelta = TimeDelta::hours(6);

/// What the clocks that were read say of the halves of those that follow.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Halves {
    /// The last clock, when those behind it may be in the afternoon.
    last: Option<Last>,
    /// True once any clock has said its half: there are twelve hours.
    are_said: bool,
}

#[derive(Debug, Clone, Copy)]
struct Last {
    day: Option<NaiveDate>,
    clock: NaiveTime,
    /// False for one that may be in either half: of the hour of noon, or in the morning.
    is_afternoon: bool,
}

impl Halves {
    /// Takes note of a stamp, and of the day that was found for it.
    pub(super) fn note(&mut self, stamp: &Stamp, day: Option<NaiveDate>) {
        let Some(clock) = stamp.clock else { return };
        self.are_said |= matches!(stamp.meridiem, Meridiem::Am | Meridiem::Pm);
        let is_afternoon = stamp.meridiem == Meridiem::Pm;
        let may_be_behind = is_afternoon
            || stamp.meridiem == Meridiem::Unsaid && clock.hour() == NOON
            || self.are_said && matches!(stamp.meridiem, Meridiem::Am | Meridiem::Unsaid);
        self.last = may_be_behind.then_some(Last { day, clock, is_afternoon });
    }

    /// A clock that would go back behind one of its day, and says no half of it, is in the afternoon: `1:34 pm`, `2:00`.
    /// Behind one of the hour of noon, or where others say their halves, so it is for the next hours: `12:56`, `1:00`;
    /// `11:57 am`, `1:17`. `day` is the day of the stamp.
    pub(super) fn in_the_afternoon(&self, stamp: &Stamp, day: Option<NaiveDate>) -> Option<Stamp> {
        let last = self.last.filter(|last| stamp.meridiem == Meridiem::Unsaid && last.day == day)?;
        let later = |clock: NaiveTime| clock.with_hour(clock.hour() + 12);
        let clock = stamp.clock.filter(|clock| *clock < last.clock)?;
        let moved = later(clock)
            .filter(|moved| *moved >= last.clock && (last.is_afternoon || *moved - last.clock < NEAR))?;
        let until = stamp.until.map(|(date, end)| {
            let end = end.map(|end| later(end).filter(|_| date.is_none() && end >= clock).unwrap_or(end));
            (date, end)
        });
        Some(Stamp { clock: Some(moved), meridiem: Meridiem::Pm, until, ..stamp.clone() })
    }
}
