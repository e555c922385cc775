//! What changes over time: action items month by month, who noticed and what contributed year by year.

use serde::Serialize;

use super::text;
use crate::{
    aggregate::{self, Group, Ledger, Summary, noticed},
    cli::Io,
    model::{Archive, DetectedBy},
    report::visible,
};

/// So many months are printed for people.
const MONTHS: usize = 12;

/// For programs.
#[derive(Serialize)]
pub(super) struct OverTime<'a> {
    /// Every month from that of the first action item to today's.
    actions: Vec<MonthOfActions>,
    /// Why `actions` is made of the days that documents state; null when it is from the history of the repository.
    actions_remark: Option<String>,
    /// By year, who noticed first.
    detected_by: Vec<Year<'a>>,
    /// By year, every factor that a postmortem names.
    factors: Vec<Year<'a>>,
}

#[derive(Serialize)]
struct MonthOfActions {
    month: String,
    opened: usize,
    closed: usize,
    /// How often one was put off.
    slipped: usize,
    /// At the end of the month.
    open: usize,
}

#[derive(Serialize)]
struct Year<'a> {
    year: &'a str,
    counts: Vec<Count<'a>>,
}

#[derive(Serialize)]
struct Count<'a> {
    id: &'a str,
    count: usize,
}

impl<'a> OverTime<'a> {
    pub(super) fn new(archive: &Archive, summary: &'a Summary, ledger: &Ledger) -> Self {
        let flow = ledger.flow(summary.today);
        let month = |(month, work): (&aggregate::Month, &aggregate::ledger::MonthOfWork)| MonthOfActions {
            month: month.to_string(),
            opened: work.opened,
            closed: work.closed,
            slipped: work.slipped,
            open: work.open,
        };
        let year = |year: &'a Group, ids: Vec<&'a str>, counts: Vec<usize>| Year {
            year: &year.id,
            counts: ids
                .into_iter()
                .zip(counts)
                .filter(|(_, count)| *count > 0)
                .map(|(id, count)| Count { id, count })
                .collect(),
        };
        let groups = &summary.groups;
        let noticed = noticed(archive, groups).into_iter();
        let noticed =
            noticed.map(|(of, counts)| year(of, DetectedBy::ALL.map(DetectedBy::key).to_vec(), counts));
        let factors = groups.years.iter().map(|of| {
            let ids = groups.factors.iter().map(|factor| factor.id.as_str()).collect();
            year(of, ids, groups.factors.iter().map(|factor| factor.in_common(of)).collect())
        });
        Self {
            actions: flow.iter().map(month).collect(),
            actions_remark: ledger.basis.remark(),
            detected_by: noticed.collect(),
            factors: factors.filter(|year| !year.counts.is_empty()).collect(),
        }
    }
}

/// The last months of action items, for people.
pub(super) fn months(summary: &Summary, ledger: &Ledger, io: &Io<'_>) -> String {
    let flow = ledger.flow(summary.today);
    if flow.is_empty() {
        return String::new();
    }
    let rows = flow.iter().skip(flow.len().saturating_sub(MONTHS)).map(|(month, work)| {
        let counts = [work.opened, work.closed, work.slipped, work.open].map(|count| count.to_string());
        let [opened, closed, slipped, open] = counts;
        [month.to_string(), opened, closed, slipped, open, String::new()]
    });
    let head = ["", "opened", "closed", "put off", "open at its end", ""];
    let mut out = text::figures(io, head, rows.collect());
    if let Some(remark) = ledger.basis.remark() {
        out.push_str("\n  ");
        out.push_str(&visible(&remark));
    }
    out
}
