//! What happened on this day of earlier years.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

use crate::{aggregate::step::Step, model::Postmortem};

/// How many days before and after a day are around it.
const AROUND: i64 = 3;

/// Postmortems of a day of the year, in earlier years; the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Anniversaries {
    /// Of the very day.
    pub on_the_day: Vec<usize>,
    /// Of the three days before and after it.
    pub around_it: Vec<usize>,
}

impl Anniversaries {
    /// What they are after a step. `self` is what they were before it.
    pub(super) fn follow(&self, step: Step<'_>) -> Self {
        let is_near = |postmortem: &Postmortem, days: RangeInclusive<i64>| {
            let distance = postmortem.date.as_ref().and_then(|date| distance(date.value, step.today));
            distance.is_some_and(|distance| days.contains(&distance.abs()))
        };
        Self {
            on_the_day: step.follow(&self.on_the_day, |postmortem| is_near(postmortem, 0..=0)),
            around_it: step.follow(&self.around_it, |postmortem| is_near(postmortem, 1..=AROUND)),
        }
    }
}

/// Days from the nearest anniversary of an earlier day to `today`; none when there has not been one yet.
fn distance(day: NaiveDate, today: NaiveDate) -> Option<i64> {
    (-1..=1)
        .filter_map(|years| {
            let year = today.year() + years;
            // The 29th of February is remembered on the 28th where there is none.
            let anniversary = day.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 2, 28))?;
            (year > day.year()).then(|| (today - anniversary).num_days())
        })
        .min_by_key(|days| days.abs())
}

#[cfg(test)]
mod tests {
    use crate::{
        aggregate::aggregate,
        config::Config,
        model::{
            Archive,
            fixture::{day, postmortem},
        },
    };

    fn found(days: &[&str], today: &str) -> (Vec<usize>, Vec<usize>) {
        let days = days.iter().enumerate();
        let postmortems: Vec<_> = days.map(|(at, day)| postmortem(&format!("p{at}"), day)).collect();
        let archive = Archive::new(postmortems);
        let found = aggregate(&archive, &Config::default(), day(today)).anniversaries;
        (found.on_the_day, found.around_it)
    }

    #[test]
    fn a_day_is_remembered_in_later_years_only() {
        assert_eq!(found(&["2026-11-21", "2025-11-21", "2025-11-25"], "2026-11-21"), (vec![2], vec![]));
        assert_eq!(found(&["2026-11-20", "2024-11-19", ""], "2026-11-21"), (vec![], vec![1]));
    }

    #[test]
    fn the_days_around_new_year_belong_to_two_years() {
        assert_eq!(found(&["2024-12-31"], "2026-01-02"), (vec![], vec![0]));
        assert_eq!(found(&["2025-01-01"], "2026-12-30"), (vec![], vec![0]));
        assert_eq!(found(&["2026-01-01"], "2026-12-30"), (vec![], vec![0]));
    }

    #[test]
    fn a_leap_day_is_remembered_every_year() {
        assert_eq!(found(&["2024-02-29"], "2026-02-28"), (vec![0], vec![]));
    }
}
