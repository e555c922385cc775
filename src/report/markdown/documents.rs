//! The documents of a change: what is new and what has changed, and the times that follow from their clocks.

use super::{About, DESCRIBED, Described};
use crate::{
    aggregate::Reading,
    config::Measure,
    model::Postmortem,
    report::{
        Report,
        inert::{code, inert},
        markdown::findings::shortened,
    },
    words::{Count, duration},
};

/// So many measures fit beside each other: the built-in ones stand first.
const MEASURES: usize = 4;

/// A table with a line for each document, and what is gone.
pub(super) fn lines(report: &Report<'_>, about: &About<'_>, described: &[Described<'_>]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut measures = about.config.all_measures();
    measures.truncate(MEASURES);
    if !described.is_empty() {
        let names: Vec<String> = measures.iter().map(|measure| inert(&measure.name)).collect();
        lines.push(format!("| Document | {} |\n|---|{}", names.join(" | "), "---|".repeat(measures.len())));
        lines.extend(described.iter().take(DESCRIBED).map(|one| row(report, one.postmortem, &measures)));
        lines.push(String::new());
    }
    if let Some(more) = described.len().checked_sub(DESCRIBED).filter(|more| *more > 0) {
        lines.push(format!("and {}\n", Count(more, "more document")));
    }
    let gone = report.since.iter().flat_map(|since| &since.base.changes.removed);
    let gone: Vec<String> = gone.map(|path| code(&report.repository.path(path))).collect();
    if !gone.is_empty() {
        let shown = gone.iter().take(DESCRIBED).cloned().collect::<Vec<_>>().join(", ");
        let more = if gone.len() > DESCRIBED { ", …" } else { "" };
        lines.push(format!("Gone: {shown}{more}\n"));
    }
    lines
}

fn row(report: &Report<'_>, postmortem: &Postmortem, measures: &[Measure]) -> String {
    let before = report.since.as_ref().map(|since| since.base.before(postmortem));
    let state = match before {
        None => "",
        Some(None) => " (new)",
        Some(Some(before)) if before.path != postmortem.path => " (renamed)",
        Some(Some(_)) => " (changed)",
    };
    let facts = [
        postmortem.severity.as_ref().map(|severity| inert(&shortened(&severity.value))),
        postmortem.status.as_ref().map(|status| status.value.words().to_lowercase()),
        postmortem.date.as_ref().map(|date| date.value.to_string()),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let facts = if facts.is_empty() { String::new() } else { format!("<br>{}", facts.join(", ")) };
    let readings: Vec<String> = measures
        .iter()
        .map(|measure| {
            let was = before.flatten().map(|before| Reading::of(before, measure));
            cell(postmortem, measure, was)
        })
        .collect();
    format!(
        "| **{}**{state}<br>{}{facts} | {} |",
        inert(&shortened(&postmortem.title.value)),
        code(&report.repository.path(&postmortem.path)),
        readings.join(" | ")
    )
}

/// A duration and what it was; the state of one that there is not.
fn cell(postmortem: &Postmortem, measure: &Measure, was: Option<Reading>) -> String {
    let now = Reading::of(postmortem, measure);
    let words = |reading: Reading| match reading {
        Reading::Recorded(seconds) => duration(seconds),
        Reading::Inferred(seconds) => format!("{} (inferred)", duration(seconds)),
        Reading::Missing => "N/A".to_owned(),
        Reading::Pending | Reading::Invalid => reading.key().to_owned(),
    };
    let was = was.filter(|was| *was != now && was.seconds().is_some());
    let was = was.map(|was| format!(", was {}", words(was))).unwrap_or_default();
    format!("{}{was}", words(now))
}
