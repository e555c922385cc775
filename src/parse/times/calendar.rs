//! What goes without saying about a time: its day, its year, its zone.

use chrono::{Days, Duration, NaiveDate, NaiveTime};

use super::{Order, Stamp, Written};
use crate::model::{Moment, Zone};

/// A clock that is this much earlier than the one before it belongs to the next day; less is a slip in the order.
const MIDNIGHT: Duration = Duration::hours(6);

/// The day that times without one belong to, as reading goes on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Calendar {
    pub(crate) order: Order,
    /// The zone of times that name none.
    pub(crate) zone: Option<Zone>,
    day: Option<NaiveDate>,
    last: Option<NaiveTime>,
    near: Option<NaiveDate>,
}

impl Calendar {
    /// A calendar that begins on the day of the document. Days and months without a year are near it.
    pub(crate) fn new(order: Order, day: Option<NaiveDate>, zone: Option<Zone>) -> Self {
        Self { order, zone, day, last: None, near: day }
    }

    /// The same calendar, for a document of which no more than the year is known.
    pub(crate) fn in_year(mut self, year: Option<i32>) -> Self {
        self.near = self.near.or_else(|| NaiveDate::from_ymd_opt(year?, 7, 1));
        self
    }

    /// Sets the day for the times that follow. False when the date does not exist.
    pub(crate) fn turn_to(&mut self, date: Written) -> bool {
        match self.date(date) {
            Some(date) => {
                self.day = Some(date);
                self.near = Some(date);
                self.last = None;
                true
            }
            None => false,
        }
    }

    /// The day that a written date means.
    pub(crate) fn date(&self, date: Written) -> Option<NaiveDate> {
        date.resolve(self.order, self.day.or(self.near))
    }

    /// The moment, and the end of a range, that a stamp means.
    pub(crate) fn read(&mut self, stamp: &Stamp) -> (Moment, Option<Moment>) {
        match stamp.date {
            Some(date) => {
                if !self.turn_to(date) {
                    return (self.moment(stamp, None, stamp.clock), None);
                }
            }
            None => self.roll_over(stamp.clock),
        }
        if stamp.clock.is_some() {
            self.last = stamp.clock;
        }
        let day = if stamp.unknown { None } else { self.day };
        let start = self.moment(stamp, day, stamp.clock);
        let end = stamp.until.map(|(date, clock)| {
            let day = match date {
                Some(date) => self.date(date),
                None if clock < stamp.clock => day.and_then(|day| day.checked_add_days(Days::new(1))),
                None => day,
            };
            self.moment(stamp, day, clock)
        });
        (start, end)
    }

    /// Midnight has passed when the clock has gone back by hours.
    fn roll_over(&mut self, clock: Option<NaiveTime>) {
        if let (Some(last), Some(clock)) = (self.last, clock)
            && last - clock > MIDNIGHT
        {
            self.day = self.day.and_then(|day| day.checked_add_days(Days::new(1)));
        }
    }

    fn moment(&self, stamp: &Stamp, date: Option<NaiveDate>, clock: Option<NaiveTime>) -> Moment {
        let zone = stamp.zone.clone().or_else(|| self.zone.clone());
        Moment { date, clock, zone, approximate: stamp.approximate }
    }
}
