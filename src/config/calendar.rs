//! `[[calendar]]`: the hours in which somebody is at work, for measures that count only those.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de::Error as _};

use crate::{
    config::{Day, ZoneName},
    model::Moment,
};

/// The longest time that is counted day by day; a longer one rests on a misread year.
const LONGEST: TimeDelta = TimeDelta::days(40_000);

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "they are what they are called")]
pub enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// From when to when, on one day: `09:00-17:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// When they begin.
    pub from: NaiveTime,
    /// When they end, later than they begin.
    pub to: NaiveTime,
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let clock = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
        text.split_once('-')
            .and_then(|(from, to)| Some(Self { from: clock(from)?, to: clock(to)? }))
            .filter(|hours| hours.from < hours.to)
            .ok_or_else(|| D::Error::custom(format!("`{text}` are not hours of a day; write `09:00-17:00`")))
    }
}

impl JsonSchema for Hours {
    fn schema_name() -> Cow<'static, str> {
        "Hours".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": "From when to when, on one day: `09:00-17:00`." })
    }
}

/// One entry of `[[calendar]]`: when somebody is at work.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Calendar {
    /// The name by which a measure chooses it.
    pub id: String,
    /// The days of the week.
    pub days: Vec<Weekday>,
    /// The hours of each of them.
    pub hours: Hours,
    /// The zone of the hours; without one, that of the site.
    pub zone: Option<ZoneName>,
    /// Days that do not count.
    pub holidays: Vec<Day>,
}

impl Default for Calendar {
    fn default() -> Self {
        let clock = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        Self {
            id: String::new(),
            days: vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri],
            hours: Hours { from: clock(9), to: clock(17) },
            zone: None,
            holidays: Vec::new(),
        }
    }
}

impl Calendar {
    /// The seconds of its hours between two moments, none where they are too far apart to be meant.
    pub fn seconds_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Option<i64> {
        if to - from > LONGEST {
            return None;
        }
        // A day of the calendar may begin a day earlier or later than that of UTC.
        let first = from.date_naive().checked_sub_days(Days::new(1))?;
        let last = to.date_naive().checked_add_days(Days::new(1))?;
        let days = first.iter_days().take_while(|day| *day <= last).filter(|day| self.is_open(*day));
        let open = days.filter_map(|day| {
            let begin = self.instant(day, self.hours.from)?.max(from);
            let end = self.instant(day, self.hours.to)?.min(to);
            Some((end - begin).num_seconds().max(0))
        });
        Some(open.sum())
    }

    fn is_open(&self, day: NaiveDate) -> bool {
        let weekday = day.weekday().num_days_from_monday();
        self.days.iter().any(|open| *open as u32 == weekday) && !self.holidays.contains(&Day(day))
    }

    fn instant(&self, day: NaiveDate, clock: NaiveTime) -> Option<DateTime<Utc>> {
        Moment::new(day, clock, self.zone.as_ref().map(|zone| zone.0.clone())).instant()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config::Config, source::SourceFile};

    fn seconds(calendar: &str, from: &str, to: &str) -> Option<i64> {
        let (config, findings) = Config::parse(&SourceFile::new(
            "book.toml",
            format!("[[calendar]]\nid = \"office\"\n{calendar}"),
        ));
        assert_eq!(findings, []);
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        config.calendars[0].seconds_between(at(from), at(to))
    }

    #[test]
    fn only_the_hours_of_open_days_count() {
        // From a Friday afternoon to a Monday morning.
        let (from, to) = ("2026-03-13T16:30:00Z", "2026-03-16T09:10:00Z");
        assert_eq!(seconds("", from, to), Some(40 * 60));
        assert_eq!(seconds("holidays = [2026-03-16]", from, to), Some(30 * 60));
        assert_eq!(seconds("days = [\"sat\", \"sun\"]\nhours = \"10:00-11:30\"", from, to), Some(3 * 3600));
        assert_eq!(seconds("", "2026-03-14T09:00:00Z", "2026-03-14T17:00:00Z"), Some(0));
        assert_eq!(seconds("", "0202-03-14T09:00:00Z", "2026-03-14T17:00:00Z"), None);
    }

    #[test]
    fn hours_are_those_of_the_zone_before_and_after_its_clocks_change() {
        let oslo = "zone = \"Europe/Oslo\"";
        assert_eq!(seconds(oslo, "2026-03-27T07:00:00Z", "2026-03-27T09:00:00Z"), Some(3600));
        assert_eq!(seconds(oslo, "2026-03-30T06:00:00Z", "2026-03-30T08:00:00Z"), Some(3600));
    }

    #[test]
    fn hours_that_end_before_they_begin_are_a_mistake() {
        let (_, findings) = Config::parse(&SourceFile::new(
            "book.toml",
            "[[calendar]]\nid = \"night\"\nhours = \"22:00-06:00\"\n",
        ));
        assert_eq!(findings.len(), 1);
        assert!(findings[0].message.contains("write `09:00-17:00`"), "{}", findings[0].message);
    }
}
