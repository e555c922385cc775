//! How often, how bad, found by whom.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::{
    aggregate::{step::Step, tally::Way},
    config::Config,
    model::{DetectedBy, Due, Postmortem, Status},
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
    counts: Counts,
}

/// How many postmortems have what, of all of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Counts {
    severities: BTreeMap<String, usize>,
    /// Of each month, by severity.
    months: BTreeMap<Month, BTreeMap<String, usize>>,
    detected_by: BTreeMap<String, usize>,
    statuses: BTreeMap<String, usize>,
    undated: usize,
    dated_by_text: usize,
}

impl Counts {
    fn count(&mut self, postmortem: &Postmortem, way: Way) {
        let severity = postmortem.severity_id.as_deref().unwrap_or_default();
        way.of(&mut self.severities, severity);
        let detected_by = postmortem.detected_by.as_ref().map(|fact| fact.value.key());
        way.of(&mut self.detected_by, detected_by.unwrap_or_default());
        let status = postmortem.status.as_ref().map(|fact| fact.value.key());
        way.of(&mut self.statuses, status.unwrap_or_default());
        way.one(&mut self.undated, postmortem.date.is_none());
        way.one(&mut self.dated_by_text, postmortem.is_date_inferred());
        let Some(date) = &postmortem.date else { return };
        let month = Month::of(date.value);
        let counts = self.months.entry(month).or_default();
        way.of(counts, severity);
        if counts.is_empty() {
            self.months.remove(&month);
        }
    }
}

impl Frequency {
    /// What it is after a step. `self` is what it was before it.
    pub(super) fn follow(&self, step: Step<'_>) -> Self {
        let mut counts = self.counts.clone();
        step.gone().for_each(|(_, postmortem)| counts.count(postmortem, Way::Out));
        step.fresh().for_each(|(_, postmortem)| counts.count(postmortem, Way::In));
        let severities = severities(&counts.severities, step.config);
        let months = counts.months.iter().map(|(month, counts)| {
            let count = |share: &Share| counts.get(&share.id).copied().unwrap_or_default();
            (*month, severities.iter().map(count).collect())
        });
        Self {
            months: without_gaps(months.collect(), severities.len()),
            detected_by: shares(&counts.detected_by, DetectedBy::ALL.map(DetectedBy::key)),
            statuses: shares(&counts.statuses, Status::ALL.map(Status::key)),
            near_misses: step.follow(&self.near_misses, |postmortem| postmortem.near_miss),
            undated: counts.undated,
            dated_by_text: counts.dated_by_text,
            severities,
            counts,
        }
    }
}

fn severities(counts: &BTreeMap<String, usize>, config: &Config) -> Vec<Share> {
    let mut shares: Vec<_> =
        counts.iter().map(|(id, count)| Share { id: id.clone(), count: *count }).collect();
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

/// Those of these values that occur, in their order, then those without one.
fn shares<const N: usize>(counts: &BTreeMap<String, usize>, values: [&str; N]) -> Vec<Share> {
    let share = |id: &str| Some(Share { id: id.to_owned(), count: *counts.get(id)? });
    values.into_iter().chain([""]).filter_map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        aggregate::aggregate,
        model::{Archive, fixture::postmortem},
    };

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
        let frequency = aggregate(&archive, &Config::default(), NaiveDate::MIN).frequency;
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
        assert_eq!(aggregate(&archive, &Config::default(), NaiveDate::MIN).frequency.months.len(), 1);
    }
}
