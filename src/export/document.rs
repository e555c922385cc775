//! A postmortem as one JSON object, and all of them in one. Their form is a promise, and apart from the model, so that
//! the model may change.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::{
    Entries, Input, origins,
    parts::{
        Action, Event, Impact, Measured, RootCause, Section, Time, action, day, events, impact, line, moment,
        text, texts,
    },
};
use crate::{model::Postmortem, source::SourceFile};

/// The whole archive.
#[derive(Serialize)]
pub struct Export<'a> {
    version: u8,
    /// The day for which `overdue` holds.
    today: String,
    /// Why `history` is made of the days that documents state; null when it is that of the repository.
    history_remark: Option<String>,
    postmortems: Documents<'a>,
}

/// The postmortems, each made when it is written.
struct Documents<'a>(Input<'a>);

impl Serialize for Documents<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.documents())
    }
}

impl<'a> Export<'a> {
    /// All postmortems, the newest first.
    pub fn new(input: Input<'a>) -> Self {
        Self {
            version: 1,
            today: input.summary.today.to_string(),
            history_remark: input.ledger.and_then(|ledger| ledger.basis.remark()),
            postmortems: Documents(input),
        }
    }

    /// One object a postmortem, for a line each.
    pub fn each(input: Input<'a>) -> impl Iterator<Item = Document<'a>> {
        input.documents()
    }
}

/// The sections of a postmortem that say something. No table has them, so they are made when they are written.
pub(super) struct Sections<'a> {
    postmortem: &'a Postmortem,
    source: Option<&'a SourceFile>,
}

impl Serialize for Sections<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sections = self.postmortem.sections.iter().filter(|section| !section.is_empty);
        serializer.collect_seq(sections.flat_map(|section| {
            section.kinds.into_iter().map(|kind| Section {
                kind: kind.key(),
                title: &section.title,
                anchor: section.anchor(),
                line: line(self.source, section.heading),
            })
        }))
    }
}

/// One postmortem.
#[derive(Serialize)]
pub struct Document<'a> {
    pub(super) path: &'a str,
    /// The source that it comes from, where the archive has several.
    pub(super) source: Option<&'a str>,
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) date: Option<String>,
    pub(super) status: Option<&'static str>,
    /// As written.
    pub(super) severity: Option<&'a str>,
    /// As the configuration names it.
    pub(super) severity_id: Option<&'a str>,
    pub(super) zone: Option<String>,
    pub(super) services: Vec<&'a str>,
    pub(super) teams: Vec<&'a str>,
    pub(super) tags: Vec<&'a str>,
    pub(super) factors: Vec<&'a str>,
    pub(super) authors: Vec<&'a str>,
    pub(super) repeat_of: Vec<&'a str>,
    pub(super) related: Vec<&'a str>,
    pub(super) detected_by: Option<&'static str>,
    pub(super) visibility: Option<&'static str>,
    pub(super) near_miss: bool,
    pub(super) times: BTreeMap<&'static str, Time>,
    pub(super) measures: Vec<Measured<'a>>,
    pub(super) impact: Impact<'a>,
    pub(super) root_cause: RootCause<'a>,
    pub(super) timeline: Vec<Event<'a>>,
    /// Events of which neither the day nor the clock could be read.
    pub(super) untimed: Vec<Event<'a>>,
    pub(super) actions: Vec<Action<'a>>,
    pub(super) sections: Sections<'a>,
    #[serde(serialize_with = "origins::of_postmortem")]
    pub(super) origins: &'a Postmortem,
}

impl<'a> Document<'a> {
    /// The object of the postmortem at a place of the archive.
    pub fn one(input: Input<'a>, at: usize, postmortem: &'a Postmortem) -> Self {
        Self::new(&input, &input.entries(), at, postmortem)
    }

    pub(super) fn new(
        input: &Input<'a>,
        entries: &Entries<'a>,
        at: usize,
        postmortem: &'a Postmortem,
    ) -> Self {
        let source = input.sources.file(&postmortem.path);
        let measures = input.summary.measures.iter().filter_map(|measure| {
            let reading = *measure.readings.get(at)?;
            Some(Measured {
                name: &measure.measure.name,
                from: measure.measure.from.key(),
                to: measure.measure.to.key(),
                state: reading.key(),
                seconds: reading.seconds(),
                reading,
            })
        });
        let actions = postmortem.actions.iter().enumerate().map(|(nth, item)| {
            let history = input.ledger.and_then(|ledger| ledger.at(at, nth));
            action(item, entries.get(&(at, nth)).copied(), history, source)
        });
        Self {
            path: &postmortem.path,
            source: postmortem.source.as_deref(),
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
            repeat_of: texts(&postmortem.repeat_of),
            related: texts(&postmortem.related),
            detected_by: postmortem.detected_by.as_ref().map(|by| by.value.key()),
            visibility: postmortem.visibility.as_ref().map(|visibility| visibility.value.key()),
            near_miss: postmortem.near_miss,
            times: postmortem.times.iter().map(|(milestone, time)| (milestone.key(), moment(time))).collect(),
            measures: measures.collect(),
            impact: impact(postmortem, input.config),
            root_cause: RootCause {
                summary: text(postmortem.root_cause.summary.as_ref()),
                trigger: text(postmortem.root_cause.trigger.as_ref()),
                why: texts(&postmortem.root_cause.why),
            },
            timeline: events(&postmortem.timeline, source, true),
            untimed: events(&postmortem.timeline, source, false),
            actions: actions.collect(),
            sections: Sections { postmortem, source },
            origins: postmortem,
        }
    }
}
