//! The archive as one JSON object. Its form is a promise, and apart from the model, so that the model may change.

use std::collections::BTreeMap;

use serde::Serialize;

use super::origins::{self, Basis, Origins};
use crate::{
    aggregate::{ActionEntry, Reading},
    model::{ActionItem, Fact, Moment, Origin, Postmortem, TimelineEvent},
    pipeline::Analysis,
    source::{SourceFile, Span},
};

#[derive(Serialize)]
pub(super) struct Export<'a> {
    version: u8,
    /// The day for which `overdue` holds.
    today: String,
    postmortems: Vec<Document<'a>>,
}

#[derive(Serialize)]
pub(super) struct Document<'a> {
    path: &'a str,
    id: &'a str,
    title: &'a str,
    date: Option<String>,
    status: Option<&'static str>,
    /// As written.
    severity: Option<&'a str>,
    /// As the configuration names it.
    severity_id: Option<&'a str>,
    zone: Option<String>,
    services: Vec<&'a str>,
    teams: Vec<&'a str>,
    tags: Vec<&'a str>,
    factors: Vec<&'a str>,
    authors: Vec<&'a str>,
    related: Vec<&'a str>,
    detected_by: Option<&'static str>,
    visibility: Option<&'static str>,
    near_miss: bool,
    times: BTreeMap<&'static str, Time>,
    measures: Vec<Measured<'a>>,
    impact: Impact<'a>,
    root_cause: RootCause<'a>,
    timeline: Vec<Event<'a>>,
    /// Events of which neither the day nor the clock could be read.
    untimed: Vec<Event<'a>>,
    actions: Vec<Action<'a>>,
    sections: Vec<Section<'a>>,
    origins: Origins,
}

#[derive(Serialize)]
struct Time {
    at: String,
    approximate: bool,
    /// How it came to be known: `front-matter`, `section`, `label`, `file-name` or `inferred`.
    origin: Origin,
    basis: Basis,
}

#[derive(Serialize)]
struct Measured<'a> {
    name: &'a str,
    from: &'static str,
    to: &'static str,
    /// `recorded`, `inferred`, `missing`, `pending` or `invalid`.
    state: &'static str,
    seconds: Option<i64>,
}

#[derive(Serialize)]
struct Impact<'a> {
    summary: Option<&'a str>,
    users: Option<&'a str>,
    requests: Option<&'a str>,
    failed_requests: Option<&'a str>,
    revenue: Option<&'a str>,
    data_loss: Option<&'a str>,
    slo: Vec<SloCost<'a>>,
}

#[derive(Serialize)]
struct SloCost<'a> {
    slo: &'a str,
    bad_minutes: Option<f64>,
    error_rate: Option<f64>,
}

#[derive(Serialize)]
struct RootCause<'a> {
    summary: Option<&'a str>,
    trigger: Option<&'a str>,
    why: Vec<&'a str>,
}

#[derive(Serialize)]
struct Event<'a> {
    /// As much as is known; absent in the list of untimed events.
    #[serde(skip_serializing_if = "String::is_empty")]
    at: String,
    end: Option<String>,
    approximate: bool,
    text: &'a str,
    milestone: Option<&'static str>,
    kind: Option<&'a str>,
    service: Option<&'a str>,
    links: Vec<&'a str>,
    internal: bool,
    line: usize,
    origin: Origin,
    basis: Basis,
}

#[derive(Serialize)]
struct Action<'a> {
    id: &'a str,
    text: &'a str,
    status: &'static str,
    owner: Option<&'a str>,
    team: Option<&'a str>,
    #[serde(rename = "type")]
    kind: Option<&'static str>,
    priority: Option<&'a str>,
    due: Option<String>,
    due_is_derived: bool,
    overdue: bool,
    opened: Option<String>,
    closed: Option<String>,
    age_days: Option<i64>,
    /// Tracker keys and addresses as written.
    links: Vec<&'a str>,
    evidence: Option<&'a str>,
    group: Option<&'a str>,
    internal: bool,
    line: usize,
    origins: Origins,
}

#[derive(Serialize)]
struct Section<'a> {
    kind: &'static str,
    title: &'a str,
    anchor: &'a str,
    line: usize,
}

impl<'a> Export<'a> {
    pub(super) fn new(analysis: &'a Analysis) -> Self {
        let entries = entries(analysis);
        let postmortems = analysis
            .archive
            .postmortems()
            .iter()
            .enumerate()
            .map(|(at, postmortem)| document(analysis, &entries, at, postmortem))
            .collect();
        Self { version: 1, today: analysis.summary.today.to_string(), postmortems }
    }
}

/// The object of one postmortem.
pub(super) fn one<'a>(analysis: &'a Analysis, at: usize, postmortem: &'a Postmortem) -> Document<'a> {
    document(analysis, &entries(analysis), at, postmortem)
}

/// The action items by their place.
fn entries(analysis: &Analysis) -> BTreeMap<(usize, usize), &ActionEntry> {
    let entries = analysis.summary.actions.entries.iter();
    entries.map(|entry| ((entry.postmortem, entry.action), entry)).collect()
}

fn document<'a>(
    analysis: &'a Analysis,
    entries: &BTreeMap<(usize, usize), &'a ActionEntry>,
    at: usize,
    postmortem: &'a Postmortem,
) -> Document<'a> {
    let source = analysis.sources.file(&postmortem.path);
    let measures = analysis.summary.measures.iter().filter_map(|measure| {
        let reading: Reading = *measure.readings.get(at)?;
        Some(Measured {
            name: &measure.measure.name,
            from: measure.measure.from.key(),
            to: measure.measure.to.key(),
            state: reading.key(),
            seconds: reading.seconds(),
        })
    });
    let actions = postmortem
        .actions
        .iter()
        .enumerate()
        .map(|(nth, item)| action(item, entries.get(&(at, nth)).copied(), source));
    let sections = postmortem.sections.iter().filter(|section| !section.is_empty).flat_map(|section| {
        section.kinds.iter().map(|kind| Section {
            kind: kind.key(),
            title: &section.title,
            anchor: &section.anchor,
            line: line(source, section.heading),
        })
    });
    Document {
        path: &postmortem.path,
        id: &postmortem.id.value,
        title: &postmortem.title.value,
        date: day(postmortem.date.as_ref()),
        status: postmortem.status.as_ref().map(|status| status.value.key()),
        severity: text(postmortem.severity.as_ref()),
        severity_id: postmortem.severity_id.as_deref(),
        zone: postmortem.zone.as_ref().map(|zone| zone.value.to_string()),
        services: texts(&postmortem.services),
        teams: texts(&postmortem.teams),
        tags: texts(&postmortem.tags),
        factors: texts(&postmortem.factors),
        authors: texts(&postmortem.authors),
        related: texts(&postmortem.related),
        detected_by: postmortem.detected_by.as_ref().map(|by| by.value.key()),
        visibility: postmortem.visibility.as_ref().map(|visibility| visibility.value.key()),
        near_miss: postmortem.near_miss,
        times: postmortem.times.iter().map(|(milestone, time)| (milestone.key(), moment(time))).collect(),
        measures: measures.collect(),
        impact: impact(postmortem),
        root_cause: RootCause {
            summary: text(postmortem.root_cause.summary.as_ref()),
            trigger: text(postmortem.root_cause.trigger.as_ref()),
            why: texts(&postmortem.root_cause.why),
        },
        timeline: events(&postmortem.timeline, source, true),
        untimed: events(&postmortem.timeline, source, false),
        actions: actions.collect(),
        sections: sections.collect(),
        origins: origins::of_postmortem(postmortem),
    }
}

fn impact(postmortem: &Postmortem) -> Impact<'_> {
    let impact = &postmortem.impact;
    Impact {
        summary: text(impact.summary.as_ref()),
        users: text(impact.users.as_ref()),
        requests: text(impact.requests.as_ref()),
        failed_requests: text(impact.failed_requests.as_ref()),
        revenue: text(impact.revenue.as_ref()),
        data_loss: text(impact.data_loss.as_ref()),
        slo: impact
            .slo
            .iter()
            .map(|cost| SloCost {
                slo: &cost.slo,
                bad_minutes: cost.bad_minutes,
                error_rate: cost.error_rate,
            })
            .collect(),
    }
}

/// The events that have a place in time, or those that have none. An event of which neither the day nor the clock is
/// known can be put into no order and no chart; it has a list of its own, so that it is neither in the way nor lost.
fn events<'a>(events: &'a [TimelineEvent], source: Option<&SourceFile>, timed: bool) -> Vec<Event<'a>> {
    events.iter().filter(|item| item.at.is_unknown() != timed).map(|item| event(item, source)).collect()
}

fn event<'a>(event: &'a TimelineEvent, source: Option<&SourceFile>) -> Event<'a> {
    Event {
        at: event.at.iso(),
        end: event.end.as_ref().and_then(iso),
        approximate: event.at.approximate,
        text: &event.text,
        milestone: event.milestone.map(crate::model::Milestone::key),
        kind: event.kind.as_deref(),
        service: event.service.as_deref(),
        links: event.links.iter().map(String::as_str).collect(),
        internal: event.internal,
        line: line(source, event.span),
        origin: event.origin,
        basis: Basis::of(&event.at),
    }
}

fn action<'a>(
    item: &'a ActionItem,
    entry: Option<&'a ActionEntry>,
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
        evidence: text(item.evidence.as_ref()),
        group: item.group.as_deref(),
        internal: item.internal,
        line: line(source, item.span),
        origins: origins::of_action(item),
    }
}

fn moment(time: &Fact<Moment>) -> Time {
    Time {
        at: time.value.iso(),
        approximate: time.value.approximate,
        origin: time.origin,
        basis: Basis::of(&time.value),
    }
}

/// As much as is known; nothing when nothing is.
fn iso(moment: &Moment) -> Option<String> {
    Some(moment.iso()).filter(|text| !text.is_empty())
}

fn day(day: Option<&Fact<chrono::NaiveDate>>) -> Option<String> {
    day.map(|day| day.value.to_string())
}

fn text(fact: Option<&Fact<String>>) -> Option<&str> {
    fact.map(|fact| fact.value.as_str())
}

fn texts(facts: &[Fact<String>]) -> Vec<&str> {
    facts.iter().map(|fact| fact.value.as_str()).collect()
}

fn line(source: Option<&SourceFile>, span: Span) -> usize {
    source.map_or(1, |source| source.position(span.start).line)
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
