//! Whether the day or the month comes first in dates of two numbers: `03/04/2026`.

use std::cell::LazyCell;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Written, cursor::Cursor, date};

/// Which of two numbers is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Order {
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
    /// Day, month, year, for want of anything that tells.
    #[default]
    Assumed,
}

/// What dates of two numbers and a year show of their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Evidence {
    /// How many can only be read with the day first.
    pub day_first: usize,
    /// How many can only be read with the month first.
    pub month_first: usize,
    /// How many can be read either way.
    pub either: usize,
}

impl Evidence {
    /// The order that most of the telling dates show; the day comes first where they show nothing.
    pub(crate) fn order(self) -> Order {
        match self.day_first.cmp(&self.month_first) {
            std::cmp::Ordering::Greater => Order::DayFirst,
            std::cmp::Ordering::Less => Order::MonthFirst,
            std::cmp::Ordering::Equal => Order::Assumed,
        }
    }
}

impl std::ops::Add for Evidence {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            day_first: self.day_first + other.day_first,
            month_first: self.month_first + other.month_first,
            either: self.either + other.either,
        }
    }
}

/// What the dates of a document show. One that can be read either way is likely that of the file's name when it is in one
/// of the two ways.
pub(crate) fn evidence(path: &str, text: &str) -> Evidence {
    let mut found = Evidence::default();
    let named = LazyCell::new(|| path.rsplit('/').find_map(iso_day));
    for (_, date) in dates_with_a_year(text) {
        let reads_as_named = |order: &Order| named.is_some() && date.resolve(*order, None) == *named;
        let one_way = || {
            let mut ways = [Order::DayFirst, Order::MonthFirst].into_iter().filter(reads_as_named);
            ways.next().filter(|_| ways.next().is_none())
        };
        match date.evidence().or_else(one_way) {
            Some(Order::DayFirst) => found.day_first += 1,
            Some(Order::MonthFirst) => found.month_first += 1,
            Some(Order::Assumed) | None => found.either += 1,
        }
    }
    found
}

/// The day that a name states in full: `2026-03-04-search.md`. All else that a name may be read as needs the order that is
/// looked for here.
fn iso_day(name: &str) -> Option<NaiveDate> {
    const DAY: usize = "2026-03-04".len();
    name.match_indices('-')
        .filter_map(|(dash, _)| name.get(dash.checked_sub(4)?..)?.get(..DAY))
        .find_map(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok())
}

/// The dates of a text that are two numbers and a year with a separator between them, and where each begins.
fn dates_with_a_year(text: &str) -> impl Iterator<Item = (usize, Written)> {
    memchr::memchr2_iter(b'/', b'-', text.as_bytes())
        .filter_map(|at| number_before(text.as_bytes(), at))
        .filter_map(move |at| Some((at, date::numbers(&mut Cursor { text, at })?)))
        .filter(|(_, date)| matches!(date, Written::Either { year: Some(_), .. }))
}

/// Where the number of one or two digits begins that ends before a byte, when nothing stands before it that it could be
/// a part of.
fn number_before(bytes: &[u8], end: usize) -> Option<usize> {
    let is_digit = |at: &usize| bytes.get(*at).is_some_and(u8::is_ascii_digit);
    let last = end.checked_sub(1).filter(is_digit)?;
    let start = last.checked_sub(1).filter(is_digit).unwrap_or(last);
    let before = start.checked_sub(1).and_then(|before| bytes.get(before));
    let is_part =
        |before: &u8| before.is_ascii_alphanumeric() || matches!(before, b'.' | b'/' | b'-' | b':' | b'_');
    (!before.is_some_and(is_part)).then_some(start)
}

/// True when the date of a text, or that a text begins with, could be read either way and would then be another day.
pub(crate) fn reads_either_way(text: &str) -> bool {
    let first = dates_with_a_year(text).next().map(|(_, date)| date);
    match first.or_else(|| date::numbers(&mut Cursor { text, at: 0 })) {
        Some(date @ Written::Either { first, second, .. }) => date.evidence().is_none() && first != second,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_can_be_read_one_way_tell_the_order_of_the_others() {
        let found = evidence(
            "search.md",
            "14/03/2026, 03/04/2026 and 31-01-2026; 2026-03-14, v1/2/2026 and 03/04 are none",
        );
        assert_eq!(found, Evidence { day_first: 2, month_first: 0, either: 1 });
        assert_eq!(found.order(), Order::DayFirst);
        assert_eq!(evidence("search.md", "03/14/2026").order(), Order::MonthFirst);
        assert_eq!(Evidence::default().order(), Order::Assumed);
    }

    #[test]
    fn the_name_of_a_file_shows_the_order_of_a_date_that_is_its_day() {
        let order = |path: &str, text: &str| evidence(path, text).order();
        assert_eq!(order("2026/2026-03-04-search.md", "date: 03-04-2026 01:40"), Order::MonthFirst);
        assert_eq!(order("2026-04-03-search.md", "date: 03-04-2026"), Order::DayFirst);
        assert_eq!(order("2026-04-05-search.md", "date: 03-04-2026"), Order::Assumed);
        assert_eq!(order("2026-04-04-search.md", "date: 04-04-2026"), Order::Assumed);
        assert_eq!(order("a-b-2026-04.md", "date: 03-04-2026"), Order::Assumed);
    }

    #[test]
    fn a_date_that_is_the_same_day_either_way_is_in_no_doubt() {
        let either = ["## 03/04/2026", "3/4 13:02", "04/04/2026", "14/03/2026", "3 April 2026", "none"];
        assert_eq!(either.map(reads_either_way), [true, true, false, false, false, false]);
    }
}
