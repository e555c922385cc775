//! The parts of an exported postmortem.

use std::borrow::Cow;

use serde::Serialize;

use super::origins::{self, Basis};
use crate::{
    aggregate::{self, ActionEntry, Minutes, Reading},
    config::Config,
    model::{ActionItem, ActionStatus, Fact, Milestone, Moment, Origin, Postmortem, TimelineEvent},
    source::{SourceFile, Span},
};

#[derive(Serialize)]
pub(super) struct Time {
    pub(super) at: String,
    pub(super) approximate: bool,
    /// How it came to be known: `front-matter`, `section`, `label`, `file-name` or `inferred`.
    pub(super) origin: Origin,
    pub(super) basis: Basis,
}

#[derive(Serialize)]
pub(super) struct Measured<'a> {
    pub(super) name: &'a str,
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    /// `recorded`, `inferred`, `missing`, `pending` or `invalid`.
    pub(super) state: &'static str,
    pub(super) seconds: Option<i64>,
    #[serde(skip)]
    pub(super) reading: Reading,
}

#[derive(Serialize)]
pub(super) struct Impact<'a> {
    pub(super) summary: Option<&'a str>,
    pub(super) users: Option<&'a str>,
    pub(super) requests: Option<&'a str>,
    pub(super) failed_requests: Option<&'a str>,
    pub(super) revenue: Option<&'a str>,
    pub(super) data_loss: Option<&'a str>,
    pub(super) windows: Vec<Window<'a>>,
    pub(super) slo: Vec<SloCost<'a>>,
}

#[derive(Serialize)]
pub(super) struct Window<'a> {
    pub(super) service: Option<&'a str>,
    pub(super) region: Option<&'a str>,
    pub(super) start: Option<String>,
    pub(super) end: Option<String>,
    /// As written.
    pub(super) severity: Option<&'a str>,
    pub(super) description: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct SloCost<'a> {
    pub(super) slo: &'a str,
    pub(super) bad_minutes: Option<f64>,
    pub(super) error_rate: Option<f64>,
    /// Bad minutes, stated or computed from the impact.
    pub(super) minutes: Option<f64>,
    /// `stated`, `computed` or `unknown`.
    pub(super) minutes_state: &'static str,
}

#[derive(Serialize)]
pub(super) struct RootCause<'a> {
    pub(super) summary: Option<&'a str>,
    pub(super) trigger: Option<&'a str>,
    pub(super) why: Vec<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Event<'a> {
    /// As much as is known; absent in the list of untimed events.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) at: String,
    pub(super) end: Option<String>,
    pub(super) approximate: bool,
    pub(super) text: &'a str,
    pub(super) milestone: Option<&'static str>,
    pub(super) kind: Option<&'a str>,
    pub(super) service: Option<&'a str>,
    pub(super) links: Vec<&'a str>,
    pub(super) internal: bool,
    pub(super) line: usize,
    pub(super) origin: Origin,
    pub(super) basis: Basis,
}

#[derive(Serialize)]
pub(super) struct Action<'a> {
    pub(super) id: &'a str,
    pub(super) text: &'a str,
    pub(super) status: &'static str,
    pub(super) owner: Option<&'a str>,
    pub(super) team: Option<&'a str>,
    #[serde(rename = "type")]
    pub(super) kind: Option<&'static str>,
    pub(super) priority: Option<&'a str>,
    pub(super) due: Option<String>,
    pub(super) due_is_derived: bool,
    pub(super) overdue: bool,
    pub(super) opened: Option<String>,
    pub(super) closed: Option<String>,
    pub(super) age_days: Option<i64>,
    /// Tracker keys and addresses as written.
    pub(super) links: Vec<&'a str>,
    pub(super) evidence: Option<&'a str>,
    pub(super) group: Option<&'a str>,
    pub(super) internal: bool,
    pub(super) line: usize,
    /// What became of it: `opened`, `status`, `due`, with the day and the commit.
    pub(super) history: &'a [aggregate::Event],
    #[serde(serialize_with = "origins::of_action")]
    pub(super) origins: &'a ActionItem,
    #[serde(skip)]
    pub(super) state: ActionStatus,
}

#[derive(Serialize)]
pub(super) struct Section<'a> {
    pub(super) kind: &'static str,
    pub(super) title: &'a str,
    pub(super) anchor: Cow<'a, str>,
    pub(super) line: usize,
}

pub(super) fn impact<'a>(postmortem: &'a Postmortem, config: &Config) -> Impact<'a> {
    let impact = &postmortem.impact;
    let minutes = |cost: &crate::model::SloCost| Minutes::of(postmortem, cost, config.slo(&cost.slo), config);
    Impact {
        summary: text(impact.summary.as_ref()),
        users: text(impact.users.as_ref()),
        requests: text(impact.requests.as_ref()),
        failed_requests: text(impact.failed_requests.as_ref()),
        revenue: text(impact.revenue.as_ref()),
        data_loss: text(impact.data_loss.as_ref()),
        windows: impact
            .windows
            .iter()
            .map(|window| Window {
                service: window.service.as_deref(),
                region: window.region.as_deref(),
                start: window.start.as_ref().and_then(iso),
                end: window.end.as_ref().and_then(iso),
                severity: window.severity.as_deref(),
                description: window.description.as_deref(),
            })
            .collect(),
        slo: impact
            .slo
            .iter()
            .map(|cost| SloCost {
                slo: &cost.slo,
                bad_minutes: cost.bad_minutes,
                error_rate: cost.error_rate,
                minutes: minutes(cost).known().map(rounded),
                minutes_state: minutes(cost).key(),
            })
            .collect(),
    }
}

/// The events that have a place in time, or those that have none. An event of which neither the day nor the clock is
/// known can be put into no order and no chart; it has a list of its own, so that it is neither in the way nor lost.
pub(super) fn events<'a>(
    events: &'a [TimelineEvent],
    source: Option<&SourceFile>,
    timed: bool,
) -> Vec<Event<'a>> {
    events.iter().filter(|item| item.at.is_unknown() != timed).map(|item| event(item, source)).collect()
}

pub(super) fn event<'a>(event: &'a TimelineEvent, source: Option<&SourceFile>) -> Event<'a> {
    Event {
        at: event.at.iso(),
        end: event.end.as_deref().and_then(iso),
        approximate: event.at.approximate,
        text: &event.text,
        milestone: event.milestone.map(Milestone::key),
        kind: event.details().kind.as_deref(),
        service: event.details().service.as_deref(),
        links: event.details().links.iter().map(String::as_str).collect(),
        internal: event.internal,
        line: line(source, event.span),
        origin: event.origin,
        basis: Basis::of(&event.at),
    }
}

pub(super) fn action<'a>(
    item: &'a ActionItem,
    entry: Option<&'a ActionEntry>,
    history: Option<&'a aggregate::History>,
    source: Option<&SourceFile>,
) -> Action<'a> {
    Action {
        id: &item.id,
        text: &item.title,
        status: item.status.value.key(),
        owner: text(item.owner.as_ref()),
        team: entry.and_then(|entry| entry.team.as_deref()),
        kind: item.kind.as_ref().map(|kind| kind.value.key()),
        priority: text(item.priority.as_ref()),
        due: entry.and_then(|entry| entry.due).map(|due| due.to_string()),
        due_is_derived: entry.is_some_and(|entry| entry.due_is_derived),
        overdue: entry.is_some_and(|entry| entry.is_overdue),
        opened: day(item.opened.as_ref()),
        closed: day(item.closed.as_ref()),
        age_days: entry.and_then(|entry| entry.age_days),
        links: texts(&item.trackers),
        evidence: text(item.evidence.as_deref()),
        group: item.group.as_deref(),
        internal: item.internal,
        line: line(source, item.span),
        history: history.map(|history| history.events.as_slice()).unwrap_or_default(),
        origins: item,
        state: item.status.value,
    }
}

pub(super) fn moment(time: &Fact<Moment>) -> Time {
    Time {
        at: time.value.iso(),
        approximate: time.value.approximate,
        origin: time.origin,
        basis: Basis::of(&time.value),
    }
}

/// Three decimals: what a computation leaves behind them says nothing.
pub fn rounded(minutes: f64) -> f64 {
    // No minus before a zero.
    (minutes * 1_000.0).round() / 1_000.0 + 0.0
}

/// As much as is known; nothing when nothing is.
pub(super) fn iso(moment: &Moment) -> Option<String> {
    Some(moment.iso()).filter(|text| !text.is_empty())
}

pub(super) fn day(day: Option<&Fact<chrono::NaiveDate>>) -> Option<String> {
    day.map(|day| day.value.to_string())
}

pub(super) fn text(fact: Option<&Fact<String>>) -> Option<&str> {
    fact.map(|fact| fact.value.as_str())
}

pub(super) fn texts(facts: &[Fact<String>]) -> Vec<&str> {
    facts.iter().map(|fact| fact.value.as_str()).collect()
}

pub(super) fn line(source: Option<&SourceFile>, span: Span) -> usize {
    source.map_or(1, |source| source.line_number(span.start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::Config,
        parse::{Context, parse},
    };

    #[test]
    fn events_of_which_no_time_is_known_have_a_list_of_their_own() {
        let sources = [SourceFile::new(
            "a.md",
            "# A\n\n## Timeline\n\n- ??:??: The pool fills up\n- 13:02 First timeouts\n- 2026-05-04 Rolled back\n",
        )];
        let config = Config::default();
        let parsed = parse(&sources[0], &Context::new(&config, &sources));
        let timeline = &parsed.postmortem.timeline;
        let read: Vec<&str> = timeline.iter().map(|event| event.text.as_str()).collect();
        assert_eq!(read, ["The pool fills up", "First timeouts", "Rolled back"]);
        let exported: Vec<(String, usize)> =
            events(timeline, sources.first(), true).into_iter().map(|event| (event.at, event.line)).collect();
        assert_eq!(exported, [("13:02".to_owned(), 6), ("2026-05-04".to_owned(), 7)]);
        let untimed: Vec<&str> =
            events(timeline, sources.first(), false).into_iter().map(|event| event.text).collect();
        assert_eq!(untimed, ["The pool fills up"]);
    }
}
