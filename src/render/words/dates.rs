//! Days, months and quarters.

use chrono::{Datelike, NaiveDate};

use crate::render::words::Words;

impl Words {
    /// `14 March 2026`.
    pub fn day(&self, date: NaiveDate) -> String {
        self.date("date.day", date, "month")
    }

    /// `14 Mar 2026`.
    pub fn short_day(&self, date: NaiveDate) -> String {
        self.date("date.short", date, "month-short")
    }

    /// `Saturday 14 March 2026`.
    pub fn long_day(&self, date: NaiveDate) -> String {
        let weekday = self.of("weekday", &date.weekday().number_from_monday().to_string());
        self.fill("date.long", &[("weekday", &weekday), ("date", &self.day(date))])
    }

    /// `14 Mar`.
    pub fn day_of_year(&self, date: NaiveDate) -> String {
        self.date("date.axis", date, "month-short")
    }

    fn date(&self, key: &str, date: NaiveDate, months: &str) -> String {
        let month = self.of(months, &date.month().to_string());
        self.fill(key, &[("day", &date.day()), ("month", &month), ("year", &date.year())])
    }

    /// `March 2026`.
    pub fn month_of(&self, year: i32, month: u32) -> String {
        let month = self.of("month", &month.to_string());
        self.fill("date.month", &[("month", &month), ("year", &year)])
    }

    /// `Mar 2026`.
    pub fn short_month_of(&self, year: i32, month: u32) -> String {
        self.fill("date.month", &[("month", &self.short_month(month)), ("year", &year)])
    }

    /// `Q2 2026`.
    pub fn quarter(&self, year: i32, quarter: u32) -> String {
        self.fill("date.quarter", &[("quarter", &quarter), ("year", &year)])
    }

    /// `Mar`, for 1 to 12.
    pub fn short_month(&self, month: u32) -> &str {
        self.of("month-short", &month.to_string())
    }

    /// `Mon`, 0 for Monday.
    pub fn short_weekday(&self, day: usize) -> &str {
        self.of("weekday-short", &(day + 1).to_string())
    }
}
