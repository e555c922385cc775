//! Days and times of day as numbers, for what is kept on disk: there are thirty of them in a document, and as texts they
//! would take longer to read than all the rest of it.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A day as the number of days since the beginning of the calendar.
pub(super) mod day {
    use super::{Datelike, Deserialize, Deserializer, Error, NaiveDate, Serialize, Serializer};

    #[expect(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "serde hands it over like this"
    )]
    pub(in crate::model) fn serialize<S: Serializer>(
        day: &Option<NaiveDate>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        day.map(|day| day.num_days_from_ce()).serialize(to)
    }

    pub(in crate::model) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<NaiveDate>, D::Error> {
        let number = Option::<i32>::deserialize(from)?;
        let day = |number| {
            NaiveDate::from_num_days_from_ce_opt(number).ok_or_else(|| D::Error::custom("not a day"))
        };
        number.map(day).transpose()
    }
}

/// A time of day as seconds since midnight, and what is left of a second.
pub(super) mod clock {
    use super::{Deserialize, Deserializer, Error, NaiveTime, Serialize, Serializer, Timelike};

    #[expect(clippy::ref_option, reason = "serde hands it over like this")]
    pub(in crate::model) fn serialize<S: Serializer>(
        clock: &Option<NaiveTime>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        clock.map(|clock| (clock.num_seconds_from_midnight(), clock.nanosecond())).serialize(to)
    }

    pub(in crate::model) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<NaiveTime>, D::Error> {
        let parts = Option::<(u32, u32)>::deserialize(from)?;
        let clock = |(seconds, nanos)| {
            NaiveTime::from_num_seconds_from_midnight_opt(seconds, nanos)
                .ok_or_else(|| D::Error::custom("not a time of day"))
        };
        parts.map(clock).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Moment, Zone};

    #[test]
    fn a_moment_is_the_same_after_it_was_kept() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 14);
        // The last second of a day with one more.
        let clock = NaiveTime::from_hms_nano_opt(23, 59, 59, 1_250_000_000);
        let oslo = Some(Zone::at(chrono_tz::Europe::Oslo));
        let moments = [
            Moment::default(),
            Moment { date: day, approximate: true, ..Moment::default() },
            Moment { clock, zone: Some(Zone::utc()), ..Moment::default() },
            Moment {
                date: NaiveDate::MIN.into(),
                clock: Some(NaiveTime::MIN),
                zone: oslo,
                ..Moment::default()
            },
        ];
        let kept = postcard::to_stdvec(&moments).unwrap();
        assert_eq!(postcard::from_bytes::<[Moment; 4]>(&kept).unwrap(), moments);
        let impossible = postcard::to_stdvec(&(Some(i32::MAX), None::<(u32, u32)>)).unwrap();
        assert!(postcard::from_bytes::<Moment>(&impossible).is_err());
    }
}
