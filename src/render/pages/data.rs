//! Files for other programs: what the lists show as JSON, with addresses relative to the site, and the exports that people
//! subscribe to or scrape. The whole archive as JSON is not among them: it would be larger than the site.

use serde::Serialize;

use super::machine::json;
use crate::{
    error::Result,
    export::{self, ActionList, Input},
    model::Fact,
    render::{
        site::{Cx, severity_id},
        urls,
    },
};

/// A file for other programs.
#[derive(Debug, Clone, Copy)]
pub(super) enum File {
    /// Every postmortem with its facts, as lists show them.
    Postmortems,
    /// Every action item.
    Actions,
    /// The same for spreadsheets.
    ActionsCsv,
    /// The days on which something is expected, for calendars.
    Calendar,
    /// Figures, for monitoring.
    Metrics,
    /// Everything, for questions of the team's own.
    Database,
}

impl File {
    /// All of them.
    pub(super) const ALL: [Self; 6] =
        [Self::Postmortems, Self::Actions, Self::ActionsCsv, Self::Calendar, Self::Metrics, Self::Database];

    /// Where it stands.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Postmortems => urls::POSTMORTEMS_JSON,
            Self::Actions => urls::ACTIONS_JSON,
            Self::ActionsCsv => urls::ACTIONS_CSV,
            Self::Calendar => urls::CALENDAR,
            Self::Metrics => urls::METRICS,
            Self::Database => urls::DATABASE,
        }
    }

    /// The key of the words about it.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Postmortems => "postmortems",
            Self::Actions => "actions",
            Self::ActionsCsv => "spreadsheet",
            Self::Calendar => "calendar",
            Self::Metrics => "metrics",
            Self::Database => "database",
        }
    }

    /// What it holds.
    pub(super) fn bytes(self, cx: &Cx<'_>) -> Result<Vec<u8>> {
        let input = exported(cx);
        let text = match self {
            Self::Postmortems => postmortems(cx)?,
            Self::Actions => {
                json(&ActionList::all(input, &|postmortem, anchor| Some(urls::place(postmortem, anchor))))?
            }
            Self::ActionsCsv => export::all_actions_csv(input),
            // A calendar is read far from the site: only a whole address leads back.
            Self::Calendar => {
                export::ics(input, &|postmortem, anchor| urls::full_place(cx.site.config, postmortem, anchor))
            }
            Self::Metrics => export::openmetrics(input),
            Self::Database => return Ok(export::sqlite(input)),
        };
        Ok(text.into_bytes())
    }
}

#[derive(Serialize)]
struct Postmortem<'a> {
    id: &'a str,
    title: &'a str,
    url: String,
    path: &'a str,
    source: Option<&'a str>,
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
    actions: ActionCounts,
}

#[derive(Serialize)]
struct Measure<'a> {
    name: &'a str,
    state: &'static str,
    seconds: Option<i64>,
}

#[derive(Serialize)]
struct ActionCounts {
    committed: usize,
    unfinished: usize,
    overdue: usize,
}

fn postmortems(cx: &Cx<'_>) -> Result<String> {
    let postmortems: Vec<_> = (0..cx.cards.len())
        .filter_map(|place| {
            let (postmortem, card) = cx.at(place)?;
            Some(Postmortem {
                id: &postmortem.id.value,
                title: &postmortem.title.value,
                url: urls::encoded(&card.page),
                path: &postmortem.path,
                source: postmortem.source.as_deref(),
                date: postmortem.date.as_ref().map(|date| date.value.to_string()),
                status: postmortem.status.as_ref().map(|status| status.value.key()),
                severity: severity_id(postmortem),
                near_miss: postmortem.near_miss,
                services: texts(&postmortem.services),
                teams: texts(&postmortem.teams),
                factors: texts(&postmortem.factors),
                tags: texts(&postmortem.tags),
                detected_by: postmortem.detected_by.as_ref().map(|by| by.value.key()),
                summary: cx.text(place),
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
                actions: ActionCounts {
                    committed: card.committed,
                    unfinished: card.unfinished,
                    overdue: card.overdue,
                },
            })
        })
        .collect();
    json(&postmortems)
}

fn exported<'a>(cx: &Cx<'a>) -> Input<'a> {
    let site = cx.site;
    Input {
        archive: site.archive,
        summary: site.summary,
        config: site.config,
        sources: site.sources,
        ledger: site.ledger,
    }
}

fn texts(facts: &[Fact<String>]) -> Vec<&str> {
    facts.iter().map(|fact| fact.value.as_str()).collect()
}
