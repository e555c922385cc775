//! An action item as programs and lists get it.

use serde::Serialize;

use crate::{
    aggregate::ActionEntry,
    model::{ActionItem, Postmortem},
    source::{Sources, Span},
};

/// An action item as programs get it.
#[derive(Debug, Serialize)]
pub struct Row<'a> {
    /// Unique within the archive.
    pub id: &'a str,
    /// What is to be done, as plain text.
    pub title: &'a str,
    /// The key of its state.
    pub status: &'static str,
    /// True when it is committed to, unfinished, and its last day is over.
    pub overdue: bool,
    /// A day, a month (`2026-04`) or a quarter (`2026-Q2`).
    pub due: Option<String>,
    /// True when the due day follows from the configuration, not from the document.
    pub due_is_derived: bool,
    /// As written.
    pub priority: Option<&'a str>,
    /// As written.
    pub owner: Option<&'a str>,
    /// The team that answers for it.
    pub team: Option<&'a str>,
    /// The key of what it is for.
    #[serde(rename = "type")]
    pub kind: Option<&'static str>,
    /// The day on which it was opened.
    pub opened: Option<String>,
    /// The day on which it was closed.
    pub closed: Option<String>,
    /// How long an unfinished item has been open.
    pub age_days: Option<i64>,
    /// Tracker keys and addresses as written.
    pub trackers: Vec<&'a str>,
    /// What shows that it is done.
    pub evidence: Option<&'a str>,
    /// The id of its postmortem.
    pub postmortem: &'a str,
    /// The title of its postmortem.
    pub postmortem_title: &'a str,
    /// The severity of its postmortem.
    pub severity: Option<&'a str>,
    /// The services of its postmortem.
    pub services: Vec<&'a str>,
    /// The source of its postmortem, where the archive has several.
    pub source: Option<&'a str>,
    /// The document.
    pub path: &'a str,
    /// Where in the document, from 1.
    pub line: usize,
    /// Where in the line, from 1.
    pub column: usize,
    /// Where it is on the site; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl<'a> Row<'a> {
    /// `place` is where the item is to be looked for in its document.
    pub fn new(
        entry: &'a ActionEntry,
        (postmortem, item): (&'a Postmortem, &'a ActionItem),
        place: Span,
        sources: &Sources,
    ) -> Self {
        let (line, column) = sources.file(&postmortem.path).map_or((1, 1), |source| {
            let at = source.position(place.start);
            (at.line, at.column)
        });
        Self {
            id: &item.id,
            title: &item.title,
            status: entry.status.key(),
            overdue: entry.is_overdue,
            due: entry.due.map(|due| due.to_string()),
            due_is_derived: entry.due_is_derived,
            priority: item.priority.as_ref().map(|priority| priority.value.as_str()),
            owner: item.owner.as_ref().map(|owner| owner.value.as_str()),
            team: entry.team.as_deref(),
            kind: item.kind.as_ref().map(|kind| kind.value.key()),
            opened: item.opened.as_ref().map(|day| day.value.to_string()),
            closed: item.closed.as_ref().map(|day| day.value.to_string()),
            age_days: entry.age_days,
            trackers: item.trackers.iter().map(|tracker| tracker.value.as_str()).collect(),
            evidence: item.evidence.as_ref().map(|evidence| evidence.value.as_str()),
            postmortem: &postmortem.id.value,
            postmortem_title: &postmortem.title.value,
            severity: postmortem.severity_id.as_deref(),
            services: postmortem.services.iter().map(|service| service.value.as_str()).collect(),
            source: postmortem.source.as_deref(),
            path: &postmortem.path,
            line,
            column,
            url: None,
        }
    }

    /// The same with its address on a site.
    #[must_use]
    pub(super) fn at(self, url: Option<String>) -> Self {
        Self { url, ..self }
    }

    /// Who answers for it, as far as that is known.
    pub fn answers(&self) -> Option<&'a str> {
        self.owner.or(self.team)
    }
}
