//! Numbers, days and durations in English, for the pages that do not speak other languages yet.

use chrono::{Datelike, NaiveDate};

use crate::words::Count;
pub use crate::words::list;

/// Keeps a number and its unit on one line.
const JOINT: char = '\u{a0}';

/// As [`crate::words::duration`], each number on one line with its unit.
pub fn duration(seconds: i64) -> String {
    crate::words::duration(seconds).replace(' ', "\u{a0}")
}

/// `14 March 2026`.
pub fn day(date: NaiveDate) -> String {
    format!("{}{JOINT}{} {}", date.day(), month(date.month()), date.year())
}

/// `14 Mar 2026`.
pub fn short_day(date: NaiveDate) -> String {
    format!("{}{JOINT}{}{JOINT}{}", date.day(), short_month(date.month()), date.year())
}

/// `Saturday 14 March 2026`.
pub fn long_day(date: NaiveDate) -> String {
    format!("{} {}", date.format("%A"), day(date))
}

/// The name of a month, 1 to 12.
pub const fn month(number: u32) -> &'static str {
    match number {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

/// The first three letters of a month's name.
pub fn short_month(number: u32) -> &'static str {
    month(number).get(..3).unwrap_or_default()
}

/// As [`Count`], the number on one line with its noun.
pub fn count(number: usize, noun: &'static str) -> String {
    Count(number, noun).to_string().replacen(' ', "\u{a0}", 1)
}

/// A number as documents write it, its digits in groups of three: `12_400` → `12 400`. Any other text stays as it is.
pub fn number(written: &str) -> String {
    let digits: String = written.chars().filter(|letter| *letter != '_').collect();
    if digits.len() < 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits } else { written.to_owned() };
    }
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}
