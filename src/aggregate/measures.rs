//! Durations between milestones, with honest states: what is missing is not zero, what is inverted is not negative, and
//! what is concluded from words is no record.

use rayon::prelude::*;

use crate::{
    aggregate::{Distribution, step::Step},
    config::{Measure, Which},
    model::{Fact, Milestone, Moment, Origin, Postmortem, Status},
};

/// What one postmortem says of one measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    /// Both moments are stated: so many seconds.
    Recorded(i64),
    /// So many seconds, but a milestone was concluded from the words of the timeline. It is shown on the page of the
    /// postmortem, marked as such, and enters no figure about the archive.
    Inferred(i64),
    /// The document is final, and a moment is missing or has no time of day.
    Missing,
    /// The document is still being written, and the later moment is not there yet.
    Pending,
    /// The later moment comes before the earlier one.
    Invalid,
}

/// A milestone and its moment, as a measure uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End<'p> {
    /// The milestone; another one than asked for where it stands in.
    pub milestone: Milestone,
    /// When.
    pub at: &'p Fact<Moment>,
}

/// The moment that a postmortem has for one end of a measure.
pub fn end(postmortem: &Postmortem, milestone: Milestone) -> Option<End<'_>> {
    // Many teams write one moment for the end of impact and the end of the incident.
    let stand_in = match milestone {
        Milestone::Resolved => Some(Milestone::Ended),
        Milestone::Ended => Some(Milestone::Resolved),
        _ => None,
    };
    [Some(milestone), stand_in]
        .into_iter()
        .flatten()
        .find_map(|milestone| Some(End { milestone, at: postmortem.times.get(&milestone)?.as_ref() }))
}

impl Reading {
    /// The seconds of a recorded reading, for figures about the archive.
    pub const fn recorded(self) -> Option<i64> {
        match self {
            Self::Recorded(seconds) => Some(seconds),
            Self::Inferred(_) | Self::Missing | Self::Pending | Self::Invalid => None,
        }
    }

    /// The seconds of a recorded or an inferred reading, for the postmortem itself.
    pub const fn seconds(self) -> Option<i64> {
        match self {
            Self::Recorded(seconds) | Self::Inferred(seconds) => Some(seconds),
            Self::Missing | Self::Pending | Self::Invalid => None,
        }
    }

    /// True when a milestone was concluded from words.
    pub const fn is_inferred(self) -> bool {
        matches!(self, Self::Inferred(_))
    }

    /// All keys in exports.
    pub const KEYS: [&str; 5] = ["recorded", "inferred", "missing", "pending", "invalid"];

    /// The key in exports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Recorded(_) => "recorded",
            Self::Inferred(_) => "inferred",
            Self::Missing => "missing",
            Self::Pending => "pending",
            Self::Invalid => "invalid",
        }
    }

    /// Reads one measure off one postmortem.
    pub fn of(postmortem: &Postmortem, measure: &Measure) -> Self {
        let from = chosen(postmortem, measure.from, measure.from_which);
        let to = chosen(postmortem, measure.to, measure.to_which);
        let is_inferred = [from, to].into_iter().flatten().any(|(_, origin)| origin == Origin::Inferred);
        match from.zip(to).and_then(|((from, _), (to, _))| seconds(from, to, measure)) {
            Some(seconds) if seconds < 0 => Self::Invalid,
            Some(seconds) if is_inferred => Self::Inferred(seconds),
            Some(seconds) => Self::Recorded(seconds),
            None if from.is_some() && to.is_none() && is_unfinished(postmortem) => Self::Pending,
            None => Self::Missing,
        }
    }
}

/// The moment of a milestone that a measure means, and how it came to be known.
fn chosen(postmortem: &Postmortem, milestone: Milestone, which: Which) -> Option<(&Moment, Origin)> {
    let stated = end(postmortem, milestone).map(|end| (&end.at.value, end.at.origin));
    let tagged = postmortem.timeline.iter().filter(|event| event.milestone == Some(milestone));
    let timed = || {
        let tagged = tagged.map(|event| (&event.at, event.origin));
        stated.into_iter().chain(tagged).filter(|(at, _)| at.instant().is_some())
    };
    match which {
        Which::Stated => stated,
        Which::First => timed().min_by_key(|(at, _)| at.instant()).or(stated),
        Which::Last => timed().max_by_key(|(at, _)| at.instant()).or(stated),
    }
}

/// Negative where the later moment comes first, by whatever calendar.
fn seconds(from: &Moment, to: &Moment, measure: &Measure) -> Option<i64> {
    let all = from.seconds_until(to)?;
    match &measure.hours {
        Some(calendar) if all >= 0 => calendar.seconds_between(from.instant()?, to.instant()?),
        _ => Some(all),
    }
}

fn is_unfinished(postmortem: &Postmortem) -> bool {
    postmortem.status.as_ref().is_some_and(|status| status.value != Status::Final)
}

/// One measure over the whole archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureSummary {
    /// Its name and milestones.
    pub measure: Measure,
    /// One reading a postmortem, in the order of the archive.
    pub readings: Vec<Reading>,
    /// The recorded ones.
    pub distribution: Distribution,
}

impl MeasureSummary {
    /// How many readings are in the state that `is` tells.
    pub fn count(&self, is: impl Fn(Reading) -> bool) -> usize {
        self.readings.iter().filter(|reading| is(**reading)).count()
    }
}

/// The measures after a step; `before` are those before it, none of an archive that is added up for the first time.
pub(super) fn follow(before: &[MeasureSummary], step: Step<'_>) -> Vec<MeasureSummary> {
    let nothing = Distribution::default();
    let measures = step.config.all_measures().into_iter().enumerate();
    measures
        .map(|(at, measure)| match before.get(at) {
            Some(before) => next(measure, (&before.readings, &before.distribution), step),
            None => next(measure, (&[], &nothing), step),
        })
        .collect()
}

fn next(measure: Measure, before: (&[Reading], &Distribution), step: Step<'_>) -> MeasureSummary {
    let (before, distribution) = before;
    let fresh: Vec<(usize, Reading)> =
        step.par_fresh().map(|(at, postmortem)| (at, Reading::of(postmortem, &measure))).collect();
    let kept = before.iter().enumerate().filter_map(|(at, reading)| Some((step.moves.to(at)?, *reading)));
    let mut readings = vec![Reading::Missing; step.archive.postmortems().len()];
    for (at, reading) in kept.chain(fresh.iter().copied()) {
        if let Some(slot) = readings.get_mut(at) {
            *slot = reading;
        }
    }
    let gone = step.moves.gone().iter().filter_map(|at| before.get(*at)?.recorded()).collect();
    let fresh = fresh.into_iter().filter_map(|(_, reading)| reading.recorded()).collect();
    MeasureSummary { measure, readings, distribution: distribution.follow(gone, fresh) }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::{
        aggregate::aggregate,
        config::Config,
        model::{
            Archive, TimelineEvent,
            fixture::{at, event, fact, postmortem, with_times},
        },
        source::SourceFile,
    };

    #[test]
    fn each_state_is_what_the_document_says() {
        use Milestone::{Detected, Mitigated, Resolved, Started};
        let started = (Started, "2026-03-14 13:02");
        let read =
            |postmortem: &Postmortem, from, to| Reading::of(postmortem, &Measure::between("", from, to));
        let whole = with_times(
            postmortem("a", "2026-03-14"),
            &[started, (Detected, "2026-03-14 13:09"), (Mitigated, "2026-03-14 12:41")],
        );
        assert_eq!(read(&whole, Started, Detected), Reading::Recorded(420));
        assert_eq!(read(&whole, Started, Mitigated), Reading::Invalid);
        assert_eq!(read(&whole, Started, Resolved), Reading::Missing);

        let mut draft = with_times(postmortem("b", "2026-03-14"), &[started]);
        draft.status = Some(fact(Status::Draft));
        assert_eq!(read(&draft, Started, Resolved), Reading::Pending);
        assert_eq!(read(&draft, Detected, Resolved), Reading::Missing);
    }

    #[test]
    fn the_first_or_the_last_of_several_moments_counts_where_the_measure_says_so() {
        let tagged = |text: &str| TimelineEvent {
            milestone: Some(Milestone::Mitigated),
            ..event(at(text), "The pool is back")
        };
        let mut twice = with_times(
            postmortem("a", "2026-03-14"),
            &[(Milestone::Started, "2026-03-14 13:00"), (Milestone::Mitigated, "2026-03-14 14:00")],
        );
        twice.timeline = vec![tagged("2026-03-14 13:30"), tagged("2026-03-14 15:00")];
        let read = |to_which| {
            let measure =
                Measure { to_which, ..Measure::between("", Milestone::Started, Milestone::Mitigated) };
            Reading::of(&twice, &measure)
        };
        assert_eq!(
            [Which::Stated, Which::First, Which::Last].map(read),
            [3600, 1800, 7200].map(Reading::Recorded)
        );
    }

    #[test]
    fn a_measure_by_a_calendar_counts_its_hours_in_the_zone_of_the_site_and_is_never_negative() {
        let text = "[book]\nzone = \"Europe/Oslo\"\n[[calendar]]\nid = \"office\"\n[[measure]]\nname = \"Work\"\nfrom = \"started\"\nto = \"resolved\"\ncalendar = \"office\"\n";
        let (config, findings) = Config::parse(&SourceFile::new("book.toml", text));
        assert_eq!(findings, []);
        let of = |from: &str, to: &str| {
            let times = [(Milestone::Started, from), (Milestone::Resolved, to)];
            let archive = Archive::new([with_times(postmortem("a", "2026-03-13"), &times)]);
            aggregate(&archive, &config, NaiveDate::MIN).measures.remove(4).readings.remove(0)
        };
        // Friday, half past four in Oslo, to Monday, ten past nine.
        assert_eq!(of("2026-03-13 15:30", "2026-03-16 08:10"), Reading::Recorded(40 * 60));
        assert_eq!(of("2026-03-14 10:00", "2026-03-14 09:00"), Reading::Invalid);
    }

    #[test]
    fn the_end_of_impact_stands_in_for_a_missing_resolution() {
        let ended = with_times(
            postmortem("a", "2026-03-14"),
            &[(Milestone::Started, "2026-03-14 13:00"), (Milestone::Ended, "2026-03-14 14:00")],
        );
        let resolve = Measure::between("", Milestone::Started, Milestone::Resolved);
        assert_eq!(Reading::of(&ended, &resolve), Reading::Recorded(3600));
    }

    #[test]
    fn what_is_concluded_from_words_enters_no_figure_about_the_archive() {
        let times = [(Milestone::Started, "2026-01-02 10:00"), (Milestone::Detected, "2026-01-02 10:05")];
        let stated = with_times(postmortem("stated", "2026-01-02"), &times);
        let mut concluded = with_times(postmortem("concluded", "2026-01-01"), &times);
        if let Some(detected) = concluded.times.get_mut(&Milestone::Detected) {
            detected.origin = Origin::Inferred;
        }
        let archive = Archive::new(vec![stated, concluded]);
        let measures = aggregate(&archive, &Config::default(), NaiveDate::MIN).measures;
        assert_eq!(measures[0].readings, [Reading::Recorded(300), Reading::Inferred(300)]);
        assert_eq!(measures[0].distribution, Distribution::new(vec![300]));
        assert_eq!(measures[0].count(Reading::is_inferred), 1);
    }

    #[test]
    fn only_recorded_readings_enter_the_distribution() {
        let archive = Archive::new(vec![
            postmortem("none", "2026-01-01"),
            with_times(
                postmortem("one", "2026-01-02"),
                &[(Milestone::Started, "2026-01-02 10:00"), (Milestone::Detected, "2026-01-02 10:05")],
            ),
        ]);
        let measures = aggregate(&archive, &Config::default(), NaiveDate::MIN).measures;
        let names: Vec<_> = measures.iter().map(|summary| summary.measure.name.as_str()).collect();
        assert_eq!(names, ["Time to detect", "Time to acknowledge", "Time to mitigate", "Time to resolve"]);
        assert_eq!(measures[0].distribution, Distribution::new(vec![300]));
        assert_eq!(measures[0].count(|reading| reading == Reading::Missing), 1);
    }
}
