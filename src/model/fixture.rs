//! Postmortems for tests, said in few words.

use chrono::{NaiveDate, NaiveTime};

use crate::{
    model::{
        ActionItem, ActionStatus, Due, Fact, Impact, Milestone, Moment, Origin, Postmortem, RootCause, Zone,
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
