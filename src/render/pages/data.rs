//! `postmortems.json` and `actions.json`: what the lists show, for programs. Addresses are relative to the site.

use serde::Serialize;

use super::machine::json;
use crate::{
    error::Result,
    model::Fact,
    render::{
        site::{Cx, severity_id},
        urls,
    },
};

#[derive(Serialize)]
struct Postmortem<'a> {
    id: &'a str,
    title: &'a str,
    url: String,
    source: &'a str,
    date: Option<String>,
    status: Option<&'static str>,
    severity: Option<&'a str>,
    near_miss: bool,
    services: Vec<&'a str>,
    teams: Vec<&'a str>,
    factors: Vec<&'a str>,
    tags: Vec<&'a str>,
    detected_by: Option<&'static str>,
    summary: &'a str,
    measures: Vec<Measure<'a>>,
    actions: Actions,
}

#[derive(Serialize)]
struct Measure<'a> {
    name: &'a str,
    state: &'static str,
    seconds: Option<i64>,
}

#[derive(Serialize)]
struct Actions {
    committed: usize,
    unfinished: usize,
    overdue: usize,
}

#[derive(Serialize)]
struct Action<'a> {
    id: &'a str,
    title: &'a str,
    url: String,
    postmortem: &'a str,
    status: &'static str,
    overdue: bool,
    owner: Option<&'a str>,
    team: Option<&'a str>,
    #[serde(rename = "type")]
    kind: Option<&'static str>,
    priority: Option<&'a str>,
    due: Option<String>,
    opened: Option<String>,
    closed: Option<String>,
    age_days: Option<i64>,
    trackers: Vec<&'a str>,
}

pub(super) fn postmortems(cx: &Cx<'_>) -> Result<String> {
    let postmortems: Vec<_> = (0..cx.cards.len())
        .filter_map(|place| {
            let (postmortem, card) = cx.at(place)?;
            Some(Postmortem {
                id: &postmortem.id.value,
                title: &postmortem.title.value,
                url: urls::encoded(&card.page),
                source: &postmortem.path,
                date: postmortem.date.as_ref().map(|date| date.value.to_string()),
                status: postmortem.status.as_ref().map(|status| status.value.key()),
                severity: severity_id(postmortem),
                near_miss: postmortem.near_miss,
                services: texts(&postmortem.services),
                teams: texts(&postmortem.teams),
                factors: texts(&postmortem.factors),
                tags: texts(&postmortem.tags),
                detected_by: postmortem.detected_by.as_ref().map(|by| by.value.key()),
                summary: &card.text,
                measures: cx
                    .site
                    .summary
                    .measures
                    .iter()
                    .filter_map(|summary| {
                        let reading = summary.readings.get(place)?;
                        let name = &summary.measure.name;
                        Some(Measure { name, state: reading.key(), seconds: reading.seconds() })
                    })
                    .collect(),
                actions: Actions {
                    committed: card.committed,
                    unfinished: card.unfinished,
                    overdue: card.overdue,
                },
            })
        })
        .collect();
    json(&postmortems)
}

pub(super) fn actions(cx: &Cx<'_>) -> Result<String> {
    let actions: Vec<_> = cx
        .site
        .summary
        .actions
        .entries
        .iter()
        .filter_map(|entry| {
            let (postmortem, item) = entry.item(cx.site.archive)?;
            let (_, card) = cx.at(entry.postmortem)?;
            Some(Action {
                id: &item.id,
                title: &item.title,
                url: format!("{}#{}", urls::encoded(&card.page), urls::encoded(&item.anchor())),
                postmortem: &postmortem.id.value,
                status: entry.status.key(),
                overdue: entry.is_overdue,
                owner: item.owner.as_ref().map(|owner| owner.value.as_str()),
                team: entry.team.as_deref(),
                kind: item.kind.as_ref().map(|kind| kind.value.key()),
                priority: item.priority.as_ref().map(|priority| priority.value.as_str()),
                due: entry.due.map(|due| due.to_string()),
                opened: item.opened.as_ref().map(|day| day.value.to_string()),
                closed: item.closed.as_ref().map(|day| day.value.to_string()),
                age_days: entry.age_days,
                trackers: texts(&item.trackers),
            })
        })
        .collect();
    json(&actions)
}

fn texts(facts: &[Fact<String>]) -> Vec<&str> {
    facts.iter().map(|fact| fact.value.as_str()).collect()
}
