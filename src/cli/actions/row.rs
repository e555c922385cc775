//! An action item as programs, spreadsheets and tables get it.

use serde::Serialize;

use crate::{
    aggregate::ActionEntry,
    cli::csv,
    model::{ActionItem, Postmortem},
    pipeline::Analysis,
    source::Span,
};

/// An action item as programs get it.
#[derive(Debug, Serialize)]
pub(super) struct Row<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) status: &'static str,
    pub(super) overdue: bool,
    pub(super) due: Option<String>,
    due_is_derived: bool,
    pub(super) priority: Option<&'a str>,
    pub(super) owner: Option<&'a str>,
    pub(super) team: Option<&'a str>,
    #[serde(rename = "type")]
    pub(super) kind: Option<&'static str>,
    pub(super) opened: Option<String>,
    pub(super) closed: Option<String>,
    pub(super) age_days: Option<i64>,
    pub(super) trackers: Vec<&'a str>,
    pub(super) evidence: Option<&'a str>,
    postmortem: &'a str,
    pub(super) postmortem_title: &'a str,
    pub(super) severity: Option<&'a str>,
    services: Vec<&'a str>,
    pub(super) path: &'a str,
    pub(super) line: usize,
    pub(super) column: usize,
}

impl<'a> Row<'a> {
    /// `place` is where the item is to be looked for in its document.
    pub(super) fn new(
        entry: &'a ActionEntry,
        (postmortem, item): (&'a Postmortem, &'a ActionItem),
        place: Span,
        analysis: &Analysis,
    ) -> Self {
        let source = analysis.sources.file(&postmortem.path);
        let (line, column) = source.map_or((1, 1), |source| {
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
            path: &postmortem.path,
            line,
            column,
        }
    }

    /// The state in a word, lateness first.
    pub(super) fn state(&self) -> &'static str {
        if self.overdue { super::OVERDUE } else { self.status }
    }

    /// Who answers for it, as far as that is known.
    pub(super) fn answers(&self) -> Option<&'a str> {
        self.owner.or(self.team)
    }
}

/// All items as comma-separated values, with a head.
pub(super) fn to_csv(rows: &[Row<'_>]) -> String {
    let mut out = csv::line(&[
        "id",
        "title",
        "status",
        "overdue",
        "due",
        "priority",
        "owner",
        "team",
        "type",
        "opened",
        "closed",
        "age_days",
        "trackers",
        "evidence",
        "postmortem",
        "severity",
        "services",
        "path",
        "line",
    ]);
    for row in rows {
        out.push_str(&csv::line(&[
            row.id,
            row.title,
            row.status,
            if row.overdue { "yes" } else { "no" },
            row.due.as_deref().unwrap_or_default(),
            row.priority.unwrap_or_default(),
            row.owner.unwrap_or_default(),
            row.team.unwrap_or_default(),
            row.kind.unwrap_or_default(),
            row.opened.as_deref().unwrap_or_default(),
            row.closed.as_deref().unwrap_or_default(),
            &row.age_days.map(|days| days.to_string()).unwrap_or_default(),
            &row.trackers.join(" "),
            row.evidence.unwrap_or_default(),
            row.postmortem,
            row.severity.unwrap_or_default(),
            &row.services.join(" "),
            row.path,
            &row.line.to_string(),
        ]));
    }
    out
}
