//! What the archive says as a whole: archive → summary.
//!
//! Pure: `today` is a parameter, every list is sorted, and positions refer to [`Archive::postmortems`]. Nothing here
//! ranks or scores a person; owners are counted only as the answer to "whose turn is it".

pub mod actions;
pub mod distribution;
pub mod frequency;
pub mod groups;
pub mod measures;
pub mod related;

pub use actions::{ActionEntry, ActionSummary, AgeBand};
pub use distribution::Distribution;
pub use frequency::{Frequency, Month, Share};
pub use groups::{Group, Groups};
pub use measures::{MeasureSummary, Reading};
pub use related::{Reason, Related};

use chrono::{Datelike, NaiveDate};

use crate::{config::Config, model::Archive};

/// Everything that is known only by looking at all postmortems together.
#[derive(Debug, Clone)]
pub struct Summary {
    /// The day for which it holds.
    pub today: NaiveDate,
    /// The measures, built-in ones first.
    pub measures: Vec<MeasureSummary>,
    /// Action items across the archive.
    pub actions: ActionSummary,
    /// How often, how bad, found by whom.
    pub frequency: Frequency,
    /// Services, teams, tags, factors, years.
    pub groups: Groups,
    /// For each postmortem, those it resembles, the nearest first.
    pub related: Vec<Vec<Related>>,
    /// Postmortems of this day in earlier years.
    pub on_this_day: Vec<usize>,
}

/// Looks at all postmortems together.
pub fn aggregate(archive: &Archive, config: &Config, today: NaiveDate) -> Summary {
    let groups = Groups::new(archive, config);
    Summary {
        today,
        measures: measures::measure(archive, config),
        actions: ActionSummary::new(archive, config, today),
        frequency: Frequency::new(archive, config),
        related: related::relate(archive, &groups),
        groups,
        on_this_day: on_this_day(archive, today),
    }
}

fn on_this_day(archive: &Archive, today: NaiveDate) -> Vec<usize> {
    let same = |date: NaiveDate| {
        date.month() == today.month() && date.day() == today.day() && date.year() < today.year()
    };
    (0..)
        .zip(archive.postmortems())
        .filter(|(_, postmortem)| postmortem.date.as_ref().is_some_and(|date| same(date.value)))
        .map(|(at, _)| at)
        .collect()
}

#[cfg(test)]
pub(crate) mod fixture {
    //! Postmortems for tests, said in few words.

    use chrono::{NaiveDate, NaiveTime};

    use crate::{
        model::{
            ActionItem, ActionStatus, Due, Fact, Impact, Milestone, Moment, Origin, Postmortem, RootCause,
            Zone,
        },
        source::Span,
    };

    pub(crate) fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    pub(crate) fn fact<T>(value: T) -> Fact<T> {
        Fact::new(value, Span::default(), Origin::FrontMatter)
    }

    pub(crate) fn postmortem(id: &str, date: &str) -> Postmortem {
        Postmortem {
            path: format!("{id}.md"),
            id: fact(id.to_owned()),
            title: fact(id.to_owned()),
            date: (!date.is_empty()).then(|| fact(day(date))),
            status: None,
            severity: None,
            severity_id: None,
            services: Vec::new(),
            teams: Vec::new(),
            tags: Vec::new(),
            factors: Vec::new(),
            detected_by: None,
            authors: Vec::new(),
            visibility: None,
            related: Vec::new(),
            near_miss: false,
            zone: None,
            times: std::collections::BTreeMap::new(),
            impact: Impact::default(),
            root_cause: RootCause::default(),
            timeline: Vec::new(),
            actions: Vec::new(),
            sections: Vec::new(),
            links: Vec::new(),
            comments: Vec::new(),
            internal: Vec::new(),
            front_matter: None,
            body: Span::default(),
        }
    }

    pub(crate) fn at(text: &str) -> Moment {
        let (date, clock) = text.split_once(' ').unwrap();
        let clock = NaiveTime::parse_from_str(clock, "%H:%M").unwrap();
        Moment::new(day(date), clock, Some(Zone::utc()))
    }

    pub(crate) fn with_times(mut postmortem: Postmortem, times: &[(Milestone, &str)]) -> Postmortem {
        postmortem.times = times.iter().map(|(milestone, text)| (*milestone, fact(at(text)))).collect();
        postmortem
    }

    pub(crate) fn action(id: &str, status: ActionStatus, due: &str) -> ActionItem {
        ActionItem {
            id: id.to_owned(),
            has_own_id: true,
            title: id.to_owned(),
            markdown: id.to_owned(),
            owner: None,
            kind: None,
            priority: None,
            status: fact(status),
            due: (!due.is_empty()).then(|| fact(Due::Day(day(due)))),
            opened: None,
            closed: None,
            trackers: Vec::new(),
            evidence: None,
            group: None,
            internal: false,
            span: Span::default(),
            origin: Origin::FrontMatter,
        }
    }
}
