//! What is written of a point in time. What goes without saying is for a [`Calendar`](super::Calendar) to add.

use chrono::{Duration, NaiveTime, Weekday};

use super::Written;
use crate::model::{Carried, Zone};

/// What a clock says of the half of the day that it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Meridiem {
    /// Its hour says it, of 24.
    #[default]
    Plain,
    /// `9:05 am`.
    Am,
    /// `9:05 pm`.
    Pm,
    /// `9:05`, which may be of 24 hours or of twelve.
    Unsaid,
}

/// A point in time as far as it is written, and where in the text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Stamp {
    pub(crate) date: Option<Written>,
    /// The day of the week in front of a clock, or in brackets behind it, where no date is written.
    pub(crate) weekday: Option<Weekday>,
    /// Where the date stands, when it is not among the words of the time: in a column of its own.
    pub(crate) date_from: Option<Carried>,
    pub(crate) clock: Option<NaiveTime>,
    /// The half of the day of the clock.
    pub(crate) meridiem: Meridiem,
    /// The hour of a clock whose minute is not written: `13:0x`.
    pub(crate) hour: Option<NaiveTime>,
    /// How long after the beginning it was, where that stands in place of a time: `T+10m`.
    pub(crate) elapsed: Option<Duration>,
    pub(crate) zone: Option<Zone>,
    /// The second end of a range.
    pub(crate) until: Option<(Option<Written>, Option<NaiveTime>)>,
    pub(crate) approximate: bool,
    /// Written as not known: `??:??`, `TBC`.
    pub(crate) unknown: bool,
    /// True when more than a space stands between it and the text.
    pub(crate) separated: bool,
    /// Where the time begins.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
    /// Where the text behind it and its separators begins.
    pub(crate) rest: usize,
}

impl Stamp {
    /// True when it says a day or a time of day.
    pub(crate) fn says_when(&self) -> bool {
        self.date.is_some() || self.says_clock()
    }

    /// True when it says a time of day, if only the hour of one.
    pub(crate) fn says_clock(&self) -> bool {
        self.clock.is_some() || self.hour.is_some()
    }

    /// True when it says a day and nothing else.
    pub(crate) fn is_day_only(&self) -> bool {
        self.date.is_some() && !self.says_clock() && !self.unknown
    }
}
