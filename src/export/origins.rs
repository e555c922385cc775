//! How the facts of an exported postmortem came to be known, beside their values.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::model::{ActionItem, Carried, Carrier, Fact, Moment, Origin, Postmortem};

/// The origin of each fact that is there, by its field: `front-matter`, `section`, `label`, `file-name`, `inferred`. No
/// table has them, so they are collected when they are written.
pub(super) fn of_postmortem<S: Serializer>(postmortem: &Postmortem, to: S) -> Result<S::Ok, S::Error> {
    let first = |facts: &[Fact<String>]| facts.first().map(|fact| fact.origin);
    let impact = &postmortem.impact;
    let cause = &postmortem.root_cause;
    collect([
        ("id", Some(postmortem.id.origin)),
        ("title", Some(postmortem.title.origin)),
        ("date", origin(postmortem.date.as_ref())),
        ("status", origin(postmortem.status.as_ref())),
        ("severity", origin(postmortem.severity.as_ref())),
        ("zone", origin(postmortem.zone.as_ref())),
        ("detected_by", origin(postmortem.detected_by.as_ref())),
        ("visibility", origin(postmortem.visibility.as_ref())),
        ("services", first(&postmortem.services)),
        ("teams", first(&postmortem.teams)),
        ("tags", first(&postmortem.tags)),
        ("factors", first(&postmortem.factors)),
        ("authors", first(&postmortem.authors)),
        ("repeat_of", first(&postmortem.repeat_of)),
        ("related", first(&postmortem.related)),
        ("impact.summary", origin(impact.summary.as_ref())),
        ("impact.users", origin(impact.users.as_ref())),
        ("impact.requests", origin(impact.requests.as_ref())),
        ("impact.failed_requests", origin(impact.failed_requests.as_ref())),
        ("impact.revenue", origin(impact.revenue.as_ref())),
        ("impact.data_loss", origin(impact.data_loss.as_ref())),
        ("root_cause.summary", origin(cause.summary.as_ref())),
        ("root_cause.trigger", origin(cause.trigger.as_ref())),
        ("root_cause.why", first(&cause.why)),
    ])
    .serialize(to)
}

/// The same for an action item.
pub(super) fn of_action<S: Serializer>(item: &ActionItem, to: S) -> Result<S::Ok, S::Error> {
    collect([
        ("text", Some(item.origin)),
        ("status", Some(item.status.origin)),
        ("owner", origin(item.owner.as_ref())),
        ("type", origin(item.kind.as_ref())),
        ("priority", origin(item.priority.as_ref())),
        ("due", origin(item.due.as_ref())),
        ("opened", origin(item.opened.as_ref())),
        ("closed", origin(item.closed.as_ref())),
        ("links", item.trackers.first().map(|tracker| tracker.origin)),
        ("evidence", origin(item.evidence.as_deref())),
    ])
    .serialize(to)
}

fn origin<T>(fact: Option<&Fact<T>>) -> Option<Origin> {
    fact.map(|fact| fact.origin)
}

fn collect<const N: usize>(origins: [(&'static str, Option<Origin>); N]) -> BTreeMap<&'static str, Origin> {
    origins.into_iter().filter_map(|(field, origin)| Some((field, origin?))).collect()
}

/// What the parts of a moment were taken from that its own words do not say; null for those that they say.
#[derive(Serialize)]
pub(super) struct Basis {
    day: Option<Carrier>,
    year: Option<Carrier>,
    zone: Option<Carrier>,
    /// True when the clock went back, and the day is therefore a later one than that of the carrier.
    past_midnight: bool,
    /// True when the clock says no half of the day, and is in the afternoon as the one before it is.
    afternoon: bool,
    /// True when the document states how long it was after an earlier time.
    elapsed: bool,
}

impl Basis {
    pub(super) fn of(moment: &Moment) -> Self {
        let by = |carried: Carried| carried.is_elsewhere().then_some(carried.by);
        let basis = moment.basis;
        Self {
            day: by(basis.day),
            year: by(basis.year),
            zone: by(basis.zone),
            past_midnight: basis.midnights > 0,
            afternoon: basis.afternoon,
            elapsed: basis.elapsed,
        }
    }
}
