//! What goes without saying about a time: its day, its year, its zone. Each is kept with the place it was taken from.

#[cfg(test)]
mod tests;

use chrono::{Datelike, Days, Duration, NaiveDate, NaiveTime};

use crate::{
    model::{Basis, Carried, Carrier, Fact, Moment, Zone},
    parse::times::{Order, Stamp, Written, elapsed::Beginning, halves::Halves},
    source::Span,
};

/// A clock that is this much earlier than the one before it belongs to the next day; less is a slip in the order.
const MIDNIGHT: Duration = Duration::hours(6);
/// A clock this near to the one before the last goes on from there: the last one slipped in out of order.
const NEXT: Duration = Duration::minutes(10);
/// A day of the week is meant that is at most so many days away.
const NEAR_DAYS: i64 = 3;

/// A value that holds for times which do not say it, and what says it for them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Given<T> {
    pub(crate) value: T,
    pub(crate) from: Carried,
}

impl<T> Given<T> {
    /// A value and the bytes that say it.
    pub(crate) fn new(value: T, by: Carrier, span: Span) -> Self {
        Self { value, from: Carried::new(by, span) }
    }

    /// The value as a fact of the document.
    pub(crate) fn into_fact(self) -> Fact<T> {
        Fact::new(self.value, self.from.span(), self.from.by.origin())
    }
}

/// The day of the times that follow.
#[derive(Debug, Clone, Copy)]
struct Day {
    date: NaiveDate,
    from: Carried,
    /// What the year was taken from, when it is not written.
    year: Carried,
    midnights: u8,
}

/// The day that times without one belong to, as reading goes on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Calendar {
    pub(crate) order: Order,
    /// The zone of times that name none.
    pub(crate) zone: Option<Given<Zone>>,
    day: Option<Day>,
    last: Option<NaiveTime>,
    /// The clock before the last, of the same day.
    before: Option<NaiveTime>,
    halves: Halves,
    /// The day of all times that do not state another one.
    noted: Option<Day>,
    near: Option<Given<NaiveDate>>,
    /// From where entries may count how long after it something was.
    pub(crate) beginning: Beginning,
}

impl Calendar {
    /// A calendar that begins on the day of the document. Days and months without a year are near it.
    pub(crate) fn new(order: Order, day: Option<Given<NaiveDate>>, zone: Option<Given<Zone>>) -> Self {
        let first = day.as_ref().map(|day| Day {
            date: day.value,
            from: day.from,
            year: Carried::default(),
            midnights: 0,
        });
        Self {
            order,
            zone,
            day: first,
            last: None,
            before: None,
            halves: Halves::default(),
            noted: None,
            near: day,
            beginning: Beginning::default(),
        }
    }

    /// The same calendar, for a document of which no more than the year is known.
    pub(crate) fn in_year(mut self, year: Option<Given<i32>>) -> Self {
        let middle = || {
            let year = year?;
            Some(Given { value: NaiveDate::from_ymd_opt(year.value, 7, 1)?, from: year.from })
        };
        self.near = self.near.or_else(middle);
        self
    }

    /// Sets the day for the times that follow. False when the date does not exist.
    pub(crate) fn turn_to(&mut self, date: Written, from: Carried) -> bool {
        let Some(found) = self.date(date) else { return false };
        self.day = Some(Day { date: found, from, year: self.year_of(date), midnights: 0 });
        self.near = Some(Given { value: found, from });
        (self.last, self.before) = (None, None);
        true
    }

    /// Says whether the day that was just set is that of all times which do not state another one, or of those that
    /// follow up to the next one.
    pub(crate) fn hold(&mut self, holds: bool) {
        self.noted = self.day.filter(|_| holds);
    }

    /// The day that a written date means.
    fn date(&self, date: Written) -> Option<NaiveDate> {
        let near = self.near.as_ref().map(|near| near.value);
        date.resolve(self.order, self.day.map(|day| day.date).or(near))
    }

    /// What the year of a date is taken from that is written without one.
    fn year_of(&self, date: Written) -> Carried {
        if date.has_year() {
            return Carried::default();
        }
        let near = self.near.as_ref().map(|near| near.from);
        self.day.map(|day| day.from).or(near).unwrap_or_default()
    }

    /// The moment, and the end of a range, that a stamp means. `place` is where it is written.
    pub(crate) fn read(&mut self, stamp: &Stamp, place: Span) -> (Moment, Option<Moment>) {
        if let Some(elapsed) = stamp.elapsed {
            return (self.since_the_beginning(elapsed, stamp.approximate), None);
        }
        let day = stamp.date.map_or(self.day.map(|day| day.date), |date| self.date(date));
        let moved = self.halves.in_the_afternoon(stamp, day);
        let stamp = moved.as_ref().unwrap_or(stamp);
        let (mut start, end) = self.place(stamp, place);
        start.basis.afternoon = moved.is_some();
        self.halves.note(stamp, start.date);
        self.beginning.note(&start, place);
        (start, end)
    }

    /// A moment so long after the first one of its list or table; not known where that says no time of day.
    fn since_the_beginning(&mut self, elapsed: Duration, approximate: bool) -> Moment {
        let Some(mut moment) = self.beginning.moment_after(elapsed) else { return Moment::default() };
        moment.approximate |= approximate;
        if let Some(date) = moment.date {
            self.day = Some(Day { date, from: moment.basis.day, year: moment.basis.year, midnights: 0 });
        }
        (self.last, self.before) = (moment.clock, None);
        moment
    }

    fn place(&mut self, stamp: &Stamp, place: Span) -> (Moment, Option<Moment>) {
        let mut basis = Basis::default();
        if let Some(earlier) = self.before_the_stated_day(stamp) {
            let basis =
                Basis { year: stamp.date.map(|date| self.year_of(date)).unwrap_or_default(), ..basis };
            return (self.moment(stamp, Some(earlier), None, basis), None);
        }
        if let Some(date) = stamp.date {
            let from = stamp.date_from.unwrap_or(Carried::new(Carrier::Earlier, place));
            if !self.turn_to(date, from) {
                return (self.moment(stamp, None, stamp.clock, basis), None);
            }
            basis.day = stamp.date_from.unwrap_or_default();
        } else {
            if !self.turn_to_weekday(stamp, place) {
                self.roll_over(stamp.clock.or(stamp.hour));
            }
            basis.day = self.day.map(|day| day.from).unwrap_or_default();
        }
        if stamp.says_clock() {
            self.before = self.last;
            self.last = stamp.clock.or(stamp.hour);
        }
        // Under a heading or in a table that says the day, a time that is not known still has its day.
        let day = self.day.filter(|day| {
            !stamp.unknown || matches!(day.from.by, Carrier::Heading | Carrier::Column) && day.midnights == 0
        });
        if let Some(day) = day {
            basis = Basis { year: day.year, midnights: day.midnights, ..basis };
        } else {
            basis = Basis::default();
        }
        let start = self.moment(stamp, day.map(|day| day.date), stamp.clock, basis);
        let end = stamp.until.map(|(date, clock)| self.until(stamp, place, basis, (date, clock)));
        // Who states an earlier day speaks of this one time.
        let is_before =
            |noted: &Day| stamp.date.is_some() && self.day.is_some_and(|day| day.date < noted.date);
        if let Some(noted) = self.noted.filter(is_before) {
            (self.day, self.last, self.before) = (Some(noted), None, None);
        } else if let Some(last) = end.as_ref().and_then(|end| end.date).filter(|_| !stamp.says_clock()) {
            // What stands below a range of days came after it.
            self.day = self.day.map(|day| Day { date: day.date.max(last), ..day });
        }
        (start, end)
    }

    /// The day of an entry that says no more than a day before the one that is stated for all: what led up to it. The
    /// times behind it are of the stated day.
    fn before_the_stated_day(&self, stamp: &Stamp) -> Option<NaiveDate> {
        let day = self.day.filter(|day| {
            matches!(day.from.by, Carrier::Heading | Carrier::Note | Carrier::Label | Carrier::FrontMatter)
        })?;
        let is_aside = !stamp.says_clock() && stamp.date_from.is_none() && stamp.until.is_none();
        self.date(stamp.date.filter(|_| is_aside)?).filter(|date| *date < day.date)
    }

    /// The end of a range that begins as `start` says.
    fn until(
        &self,
        stamp: &Stamp,
        place: Span,
        start: Basis,
        (date, clock): (Option<Written>, Option<NaiveTime>),
    ) -> Moment {
        if let Some(date) = date {
            let basis = Basis { year: self.year_of(date), ..Basis::default() };
            return self.moment(stamp, self.date(date), clock, basis);
        }
        let Some(day) = self.day else { return self.moment(stamp, None, clock, Basis::default()) };
        // The end has the day of the beginning, wherever that stands.
        let from = if start.day.is_elsewhere() { start.day } else { Carried::new(Carrier::Earlier, place) };
        let mut basis = Basis { day: from, ..start };
        let mut date = Some(day.date);
        if clock < stamp.clock {
            date = day.date.checked_add_days(Days::new(1));
            basis.midnights = basis.midnights.saturating_add(1);
        }
        self.moment(stamp, date, clock, basis)
    }

    /// Turns to the day of the week that a clock has in front. Among events time goes on, and below a heading with a date;
    /// the day of a whole document may be that of its writing, near which the events are. False when nothing says which
    /// week it is.
    fn turn_to_weekday(&mut self, stamp: &Stamp, place: Span) -> bool {
        let (Some(weekday), Some(day)) = (stamp.weekday, self.day) else { return false };
        let behind = i64::from(weekday.days_since(day.date.weekday()));
        let goes_on = self.last.is_some()
            || matches!(day.from.by, Carrier::Heading | Carrier::Line | Carrier::Column | Carrier::Note);
        let days = if goes_on || behind <= NEAR_DAYS { behind } else { behind - 7 };
        let Some(date) = day.date.checked_add_signed(Duration::days(days)) else { return false };
        if days != 0 {
            let from = Carried::new(Carrier::Earlier, place);
            self.day = Some(Day { date, from, year: day.from, midnights: 0 });
            self.near = Some(Given { value: date, from });
        }
        true
    }

    /// True for a clock that goes on from here, where it would be one of the next day behind what `other` has read since.
    pub(crate) fn goes_on_at(&self, clock: NaiveTime, other: &Self) -> bool {
        let would_roll_over = other.last.is_some_and(|last| last - clock > MIDNIGHT);
        would_roll_over && self.last.is_some_and(|last| last <= clock)
    }

    /// Midnight has passed when the clock has gone back by hours, and not to where it was before.
    fn roll_over(&mut self, clock: Option<NaiveTime>) {
        if let (Some(last), Some(clock)) = (self.last, clock)
            && last - clock > MIDNIGHT
            && self.before.is_none_or(|before| clock < before || clock - before > NEXT)
        {
            self.last = None;
            self.day = self.day.and_then(|day| {
                let date = day.date.checked_add_days(Days::new(1))?;
                Some(Day { date, midnights: day.midnights.saturating_add(1), ..day })
            });
        }
    }

    fn moment(
        &self,
        stamp: &Stamp,
        date: Option<NaiveDate>,
        clock: Option<NaiveTime>,
        basis: Basis,
    ) -> Moment {
        let (zone, from) = match (&stamp.zone, &self.zone) {
            (Some(zone), _) => (Some(zone.clone()), Carried::default()),
            (None, Some(given)) => (Some(given.value.clone()), given.from),
            (None, None) => (None, Carried::default()),
        };
        Moment { date, clock, zone, approximate: stamp.approximate, basis: Basis { zone: from, ..basis } }
    }
}
