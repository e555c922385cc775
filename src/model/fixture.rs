//! Postmortems for tests, said in few words.

use chrono::{NaiveDate, NaiveTime};

use crate::{
    model::{
        ActionItem, ActionStatus, Due, Fact, Markdown, Milestone, Moment, Origin, Postmortem, TimelineEvent,
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
        title: fact(id.to_owned()),
        date: (!date.is_empty()).then(|| fact(day(date))),
        ..Postmortem::new(&format!("{id}.md"), fact(id.to_owned()), Span::default())
    }
}

pub(crate) fn at(text: &str) -> Moment {
    let (date, clock) = text.split_once(' ').unwrap();
    let clock = NaiveTime::parse_from_str(clock, "%H:%M").unwrap();
    Moment::new(day(date), clock, Some(Zone::utc()))
}

pub(crate) fn with_times(mut postmortem: Postmortem, times: &[(Milestone, &str)]) -> Postmortem {
    postmortem.times = times.iter().map(|(milestone, text)| (*milestone, Box::new(fact(at(text))))).collect();
    postmortem
}

pub(crate) fn action(id: &str, status: ActionStatus, due: &str) -> ActionItem {
    ActionItem {
        id: id.to_owned(),
        has_own_id: true,
        title: id.to_owned(),
        markdown: Markdown::default(),
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

pub(crate) fn event(at: Moment, text: &str) -> TimelineEvent {
    TimelineEvent { text: text.to_owned(), ..TimelineEvent::new(at, Origin::FrontMatter) }
}
