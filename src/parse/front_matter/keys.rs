//! The keys of the front matter. The doc comment of a field is its description in the JSON Schema.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    data::{OneOrMany, Spanned, Text},
    model::{ActionStatus, ActionType, DetectedBy, Milestone, Status, Visibility},
};

type Words = OneOrMany<Spanned<Text>>;

/// The front matter of a postmortem. Every key is optional.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Metadata {
    /// The title; without it, the first heading.
    pub title: Option<Spanned<Text>>,
    /// A name that never changes; without it, the file's name.
    pub id: Option<Spanned<Text>>,
    /// The day on which the incident began; without it, the day of `times.started`.
    pub date: Option<Spanned<Text>>,
    /// How far the writing has come.
    pub status: Option<Spanned<Status>>,
    /// The severity, by id or alias.
    pub severity: Option<Spanned<Text>>,
    /// The services that were affected.
    pub services: Words,
    /// The teams that were involved.
    pub teams: Words,
    /// Words to find it by.
    pub tags: Words,
    /// The contributing factors, from the taxonomy.
    pub factors: Words,
    /// Who noticed first.
    pub detected_by: Option<Spanned<DetectedBy>>,
    /// Who wrote it.
    pub authors: Words,
    /// Who may read it.
    pub visibility: Option<Spanned<Visibility>>,
    /// The ids of the postmortems of which this one is a repeat: the same thing has happened again.
    #[serde(alias = "repeat-of")]
    pub repeat_of: Words,
    /// The ids of related postmortems.
    pub related: Words,
    /// True for an incident that did no harm.
    pub near_miss: Option<Spanned<bool>>,
    /// The milestones.
    pub times: Times,
    /// What users felt.
    pub impact: ImpactKeys,
    /// Why it happened.
    pub root_cause: RootCauseKeys,
    /// True when there are keys that only other tools read: what the page says of itself may be for them.
    #[serde(skip)]
    pub is_of_page: bool,
    /// What happened, moment by moment.
    pub timeline: Vec<Spanned<EventKeys>>,
    /// The follow-up work.
    pub action_items: Vec<Spanned<ActionKeys>>,
}

/// The milestones: RFC 3339, or local time in `zone`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Times {
    /// The zone of times that state none: `UTC`, an offset or a name such as `Europe/Oslo`.
    #[serde(alias = "timezone", alias = "time_zone")]
    pub zone: Option<Spanned<Text>>,
    /// The latent trigger came into the world.
    pub introduced: Option<Spanned<Text>>,
    /// Impact begins.
    #[serde(alias = "start")]
    pub started: Option<Spanned<Text>>,
    /// A person or an alert notices.
    pub detected: Option<Spanned<Text>>,
    /// A responder takes it.
    pub acknowledged: Option<Spanned<Text>>,
    /// It is declared an incident.
    pub declared: Option<Spanned<Text>>,
    /// The cause is known.
    pub identified: Option<Spanned<Text>>,
    /// The worst is over.
    pub mitigated: Option<Spanned<Text>>,
    /// Impact ends.
    #[serde(alias = "end")]
    pub ended: Option<Spanned<Text>>,
    /// Systems are back to normal.
    pub resolved: Option<Spanned<Text>>,
    /// Work on the incident is over.
    pub closed: Option<Spanned<Text>>,
    /// Users are told.
    #[serde(alias = "public-notice")]
    pub public_notice: Option<Spanned<Text>>,
    /// The postmortem is published.
    pub published: Option<Spanned<Text>>,
}

impl Times {
    /// The milestones that are stated, in their usual order.
    pub(super) fn stated(&self) -> impl Iterator<Item = (Milestone, &Spanned<Text>)> {
        [
            (Milestone::Introduced, &self.introduced),
            (Milestone::Started, &self.started),
            (Milestone::Detected, &self.detected),
            (Milestone::Acknowledged, &self.acknowledged),
            (Milestone::Declared, &self.declared),
            (Milestone::Identified, &self.identified),
            (Milestone::Mitigated, &self.mitigated),
            (Milestone::Ended, &self.ended),
            (Milestone::Resolved, &self.resolved),
            (Milestone::Closed, &self.closed),
            (Milestone::PublicNotice, &self.public_notice),
            (Milestone::Published, &self.published),
        ]
        .into_iter()
        .filter_map(|(milestone, text)| Some((milestone, text.as_ref()?)))
    }
}

/// What users felt.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ImpactKeys {
    /// In a sentence.
    pub summary: Option<Spanned<Text>>,
    /// How many users felt it.
    pub users: Option<Spanned<Text>>,
    /// Requests in the time of impact.
    pub requests: Option<Spanned<Text>>,
    /// Requests that failed.
    pub failed_requests: Option<Spanned<Text>>,
    /// Money.
    pub revenue: Option<Spanned<Text>>,
    /// Lost data.
    pub data_loss: Option<Spanned<Text>>,
    /// When which service or region was affected.
    #[serde(alias = "window")]
    pub windows: Vec<Spanned<WindowKeys>>,
    /// What it cost of the error budgets.
    pub slo: Vec<Spanned<SloKeys>>,
}

/// One stretch of impact on one service or region.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct WindowKeys {
    /// The service.
    pub service: Option<Text>,
    /// The region.
    pub region: Option<Text>,
    /// When it began.
    pub start: Option<Spanned<Text>>,
    /// When it ended.
    pub end: Option<Spanned<Text>>,
    /// The severity of this window.
    pub severity: Option<Text>,
    /// What it was like.
    pub description: Option<Text>,
}

/// What the incident cost of one error budget.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SloKeys {
    /// The id of the objective.
    pub slo: Text,
    /// Minutes in which the promise was broken.
    #[serde(default)]
    pub bad_minutes: Option<f64>,
    /// The share of failed requests over the window, 0 to 1.
    #[serde(default)]
    pub error_rate: Option<f64>,
}

/// Why it happened.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RootCauseKeys {
    /// The condition that made the incident possible.
    pub summary: Option<Spanned<Text>>,
    /// The event that set it off.
    pub trigger: Option<Spanned<Text>>,
    /// Five whys: each answer asks the next.
    pub why: Words,
}

/// One event of the timeline.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EventKeys {
    /// When.
    pub at: Spanned<Text>,
    /// Until when, for what lasted.
    #[serde(default)]
    pub end: Option<Spanned<Text>>,
    /// What happened, as Markdown.
    #[serde(alias = "text", alias = "description", alias = "what")]
    pub event: Text,
    /// The milestone that it marks.
    #[serde(default)]
    pub milestone: Option<Milestone>,
    /// What sort of event it is: `alert`, `deploy`, `decision`, …
    #[serde(default)]
    pub kind: Option<Text>,
    /// The service that it concerns.
    #[serde(default)]
    pub service: Option<Text>,
    /// Evidence: dashboards, logs, changes.
    #[serde(default, alias = "link", alias = "evidence")]
    pub links: OneOrMany<Text>,
    /// True when the time is not exact.
    #[serde(default)]
    pub approximate: bool,
    /// True when it must not leave the company.
    #[serde(default)]
    pub internal: bool,
}

/// The schema of a table for which a text may stand.
fn or_text(schema: &mut schemars::Schema) {
    let table = std::mem::take(schema);
    *schema = schemars::json_schema!({ "anyOf": [{ "type": "string" }, table] });
}

/// One action item. A text alone is its title.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "$afterword::Titled")]
#[schemars(rename = "ActionKeys", transform = or_text)]
pub struct ActionKeys {
    /// A name that never changes, unique within the document.
    #[serde(default)]
    pub id: Option<Text>,
    /// What is to be done, as Markdown.
    #[serde(alias = "action", alias = "description", alias = "text")]
    pub title: Text,
    /// The person or team that answers for it.
    #[serde(default)]
    pub owner: Option<Spanned<Text>>,
    /// What it is for.
    #[serde(default, rename = "type", alias = "kind")]
    pub kind: Option<Spanned<ActionType>>,
    /// How urgent it is.
    #[serde(default)]
    pub priority: Option<Spanned<Text>>,
    /// How far it has come.
    #[serde(default)]
    pub status: Option<Spanned<ActionStatus>>,
    /// A day, a month (`2026-04`) or a quarter (`2026-Q2`).
    #[serde(default)]
    pub due: Option<Spanned<Text>>,
    /// The day on which it was opened.
    #[serde(default)]
    pub opened: Option<Spanned<Text>>,
    /// The day on which it was closed.
    #[serde(default)]
    pub closed: Option<Spanned<Text>>,
    /// Tracker keys or addresses.
    #[serde(default, alias = "trackers", alias = "ticket", alias = "issue", alias = "links")]
    pub tracker: Words,
    /// What shows that it is done.
    #[serde(default)]
    pub evidence: Option<Spanned<Text>>,
    /// True when it must not leave the company.
    #[serde(default)]
    pub internal: bool,
}
