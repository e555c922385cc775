//! How often, how bad, found by whom.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{Datelike, NaiveDate};

use crate::{
    config::Config,
    model::{Archive, DetectedBy, Due, Postmortem, Status},
};

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// The month behind this one.
    #[must_use]
    pub const fn next(self) -> Self {
        if self.month == 12 {
            Self { year: self.year + 1, month: 1 }
        } else {
            Self { year: self.year, month: self.month + 1 }
        }
    }
}

impl Month {
    /// The month before this one.
    #[must_use]
    pub const fn previous(self) -> Self {
        if self.month <= 1 {
            Self { year: self.year - 1, month: 12 }
        } else {
            Self { year: self.year, month: self.month - 1 }
        }
    }

    /// How many days it has.
    pub fn days(self) -> u32 {
        Due::Month { year: self.year, month: self.month }.last_day().day()
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{:02}", self.year, self.month)
    }
}

/// How many postmortems share something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// What they share: an id, a key; empty for those that do not say.
    pub id: String,
    /// How many.
    pub count: usize,
}

/// How often, how bad, found by whom. Near misses count as postmortems.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frequency {
    /// The severities that occur, the worst first; those that the configuration does not know come last, by name.
    /// An empty text stands for documents that state none.
    pub severities: Vec<Share>,
    /// Every month from the first postmortem's to the last one's, those without one included, and in each one count
    /// for every entry of [`Frequency::severities`], in its order.
    pub months: Vec<(Month, Vec<usize>)>,
    /// Who noticed first, in a fixed order, then those that do not say under an empty id.
    pub detected_by: Vec<Share>,
    /// By status, in a fixed order, then those that do not say under an empty id.
    pub statuses: Vec<Share>,
    /// Incidents that did no harm.
    pub near_misses: Vec<usize>,
    /// Postmortems without a date; they are in no month.
    pub undated: usize,
    /// Postmortems whose date is that of an event or of a mention, since they state none.
    pub dated_by_text: usize,
}

impl Frequency {
    pub(super) fn new(archive: &Archive, config: &Config) -> Self {
        let postmortems = archive.postmortems();
        let severities = severities(postmortems, config);
        let place: BTreeMap<&str, usize> =
            severities.iter().enumerate().map(|(at, share)| (share.id.as_str(), at)).collect();
        let mut by_month: BTreeMap<Month, Vec<usize>> = BTreeMap::new();
        for postmortem in postmortems {
            let (Some(date), Some(at)) = (&postmortem.date, place.get(severity_of(postmortem))) else {
                continue;
            };
            let month = Month::of(date.value);
            let counts = by_month.entry(month).or_insert_with(|| vec![0; severities.len()]);
            if let Some(count) = counts.get_mut(*at) {
                *count += 1;
            }
        }
        let detected = by_value(postmortems, |one| one.detected_by.as_ref().map(|fact| fact.value.key()));
        let statuses = by_value(postmortems, |one| one.status.as_ref().map(|fact| fact.value.key()));
        Self {
            months: without_gaps(by_month, severities.len()),
            detected_by: shares(&detected, DetectedBy::ALL.map(DetectedBy::key)),
            statuses: shares(&statuses, Status::ALL.map(Status::key)),
            near_misses: (0..).zip(postmortems).filter(|(_, p)| p.near_miss).map(|(at, _)| at).collect(),
            undated: count(postmortems, |postmortem| postmortem.date.is_none()),
            dated_by_text: count(postmortems, Postmortem::is_date_inferred),
            severities,
        }
    }
}

fn severity_of(postmortem: &Postmortem) -> &str {
    postmortem.severity_id.as_deref().unwrap_or_default()
}

fn severities(postmortems: &[Arc<Postmortem>], config: &Config) -> Vec<Share> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for postmortem in postmortems {
        *counts.entry(severity_of(postmortem)).or_default() += 1;
    }
    let mut shares: Vec<_> =
        counts.into_iter().map(|(id, count)| Share { id: id.to_owned(), count }).collect();
    shares.sort_by_key(|share| (share.id.is_empty(), config.severity_rank(&share.id), share.id.clone()));
    shares
}

fn without_gaps(mut by_month: BTreeMap<Month, Vec<usize>>, severities: usize) -> Vec<(Month, Vec<usize>)> {
    // A misread year must not fill a chart with centuries: a gap of more than ten years ends the row of months.
    const LONGEST_GAP: usize = 120;
    let mut months: Vec<(Month, Vec<usize>)> = Vec::new();
    while let Some((month, counts)) = by_month.pop_last() {
        let missing: Vec<_> = months.last().map_or_else(Vec::new, |(newer, _)| {
            let newer = *newer;
            std::iter::successors(Some(month.next()), |between| Some(between.next()))
                .take_while(|between| *between < newer)
                .take(LONGEST_GAP + 1)
                .collect()
        });
        if missing.len() > LONGEST_GAP {
            break;
        }
        months.extend(missing.into_iter().rev().map(|between| (between, vec![0; severities])));
        months.push((month, counts));
    }
    months.reverse();
    months
}

fn count(postmortems: &[Arc<Postmortem>], is: impl Fn(&Postmortem) -> bool) -> usize {
    postmortems.iter().filter(|postmortem| is(postmortem)).count()
}

/// How many postmortems have each value; those without one under an empty text.
fn by_value(
    postmortems: &[Arc<Postmortem>],
    value: impl Fn(&Postmortem) -> Option<&'static str>,
) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for postmortem in postmortems {
        *counts.entry(value(postmortem).unwrap_or_default()).or_default() += 1;
    }
    counts
}

/// Those of these values that occur, in their order, then those without one.
fn shares<const N: usize>(counts: &BTreeMap<&str, usize>, values: [&str; N]) -> Vec<Share> {
    let share = |id: &str| Some(Share { id: id.to_owned(), count: *counts.get(id)? });
    values.into_iter().chain([""]).filter_map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::postmortem;

    fn of(id: &str, date: &str, severity: &str) -> Postmortem {
        let mut postmortem = postmortem(id, date);
        postmortem.severity_id = (!severity.is_empty()).then(|| severity.to_owned());
        postmortem
    }

    #[test]
    fn months_without_incidents_are_in_the_row() {
        let archive = Archive::new(vec![
            of("a", "2025-11-02", "SEV2"),
            of("b", "2026-01-30", "SEV1"),
            of("c", "2026-01-02", ""),
            of("d", "", "SEV1"),
        ]);
        let frequency = Frequency::new(&archive, &Config::default());
        let rows: Vec<_> =
            frequency.months.iter().map(|(month, counts)| (month.to_string(), counts.clone())).collect();
        assert_eq!(
            rows,
            [
                ("2025-11".to_owned(), vec![0, 1, 0]),
                ("2025-12".to_owned(), vec![0, 0, 0]),
                ("2026-01".to_owned(), vec![1, 0, 1]),
            ]
        );
        let severities: Vec<_> = frequency.severities.iter().map(|s| (s.id.as_str(), s.count)).collect();
        assert_eq!(severities, [("SEV1", 2), ("SEV2", 1), ("", 1)]);
        assert_eq!(frequency.undated, 1);
    }

    #[test]
    fn a_misread_year_does_not_stretch_the_row_over_centuries() {
        let archive = Archive::new(vec![of("a", "0202-11-02", ""), of("b", "2026-01-30", "")]);
        assert_eq!(Frequency::new(&archive, &Config::default()).months.len(), 1);
    }
}
