//! What changes from year to year: what contributed, and who noticed.

use crate::{
    aggregate::{Group, Groups},
    model::{Archive, DetectedBy},
};

/// Who noticed first, year by year, the latest first: a count for each of [`DetectedBy::ALL`]. Years in which nobody says
/// it are absent.
pub fn noticed<'a>(archive: &Archive, groups: &'a Groups) -> Vec<(&'a Group, Vec<usize>)> {
    let by = |place: usize| {
        let by = archive.postmortems().get(place)?.detected_by.as_ref()?.value;
        DetectedBy::ALL.iter().position(|known| *known == by)
    };
    let years = groups.years.iter().map(|year| (year, year.split(DetectedBy::ALL.len(), by)));
    years.filter(|(_, counts)| counts.iter().any(|count| *count > 0)).collect()
}

/// How often each of the most frequent factors was named in each year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactorsOverTime<'a> {
    /// The factors that are told apart, the most frequent first.
    pub factors: Vec<&'a Group>,
    /// The years that name any, the latest first: a count for each factor, and one for all others together.
    pub years: Vec<(&'a Group, Vec<usize>)>,
}

impl<'a> FactorsOverTime<'a> {
    /// More than these could not be told apart by their colours.
    const MOST: usize = 4;

    /// From the groups of an archive. A postmortem counts once for each factor that it names.
    pub fn new(groups: &'a Groups) -> Self {
        let mut factors: Vec<&Group> =
            groups.factors.iter().filter(|group| !group.postmortems.is_empty()).collect();
        factors.sort_by(|a, b| b.postmortems.len().cmp(&a.postmortems.len()).then_with(|| a.id.cmp(&b.id)));
        let others = factors.split_off(factors.len().min(Self::MOST));
        let years = groups.years.iter().map(|year| {
            let told = factors.iter().map(|factor| factor.in_common(year));
            let rest = others.iter().map(|factor| factor.in_common(year)).sum();
            (year, told.chain([rest]).collect::<Vec<usize>>())
        });
        let years = years.filter(|(_, counts)| counts.iter().any(|count| *count > 0)).collect();
        Self { factors, years }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::{
        aggregate::aggregate,
        config::Config,
        model::{Postmortem, fixture::*},
    };

    #[test]
    fn the_most_frequent_factors_are_told_apart_and_the_others_counted_together() {
        let of = |id: &str, date: &str, factors: &[&str]| Postmortem {
            factors: factors.iter().map(|factor| fact((*factor).to_owned())).collect(),
            ..postmortem(id, date)
        };
        let archive = Archive::new([
            of("a", "2024-01-01", &["w", "x", "y", "z", "v"]),
            of("b", "2025-01-01", &["w", "x", "y", "z"]),
            of("c", "2025-02-01", &["w", "u"]),
            of("d", "2023-02-01", &[]),
        ]);
        let groups = aggregate(&archive, &Config::default(), NaiveDate::MIN).groups;
        let over_time = FactorsOverTime::new(&groups);
        let factors: Vec<&str> = over_time.factors.iter().map(|group| group.id.as_str()).collect();
        assert_eq!(factors, ["w", "x", "y", "z"]);
        let years: Vec<_> =
            over_time.years.iter().map(|(year, counts)| (year.id.as_str(), counts.clone())).collect();
        assert_eq!(years, [("2025", vec![2, 1, 1, 1, 1]), ("2024", vec![1, 1, 1, 1, 1])]);
    }

    #[test]
    fn who_noticed_is_counted_in_years_that_say_it() {
        let of = |id: &str, date: &str, by: Option<DetectedBy>| Postmortem {
            detected_by: by.map(fact),
            ..postmortem(id, date)
        };
        let archive = Archive::new([
            of("a", "2024-01-01", None),
            of("b", "2025-01-01", Some(DetectedBy::Customer)),
            of("c", "2025-02-01", Some(DetectedBy::Alert)),
            of("d", "2025-03-01", Some(DetectedBy::Customer)),
        ]);
        let groups = aggregate(&archive, &Config::default(), NaiveDate::MIN).groups;
        let years: Vec<_> =
            noticed(&archive, &groups).into_iter().map(|(year, counts)| (year.id.as_str(), counts)).collect();
        assert_eq!(years, [("2025", vec![1, 2, 0, 0, 0])]);
    }
}
