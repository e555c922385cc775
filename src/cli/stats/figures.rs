//! The figures of an archive for programs. Durations are in seconds, budgets in minutes; what is not known is null, never
//! 0.

use serde::Serialize;

use super::over_time::OverTime;
use crate::{
    aggregate::{
        self, Closing, Cost, Group, Ledger, MeasureSummary, MonthCost, Outcome, Reading, Share, Summary,
    },
    export::rounded,
    model::Archive,
};

/// All of them.
#[derive(Serialize)]
pub(super) struct Figures<'a> {
    version: u8,
    today: String,
    postmortems: usize,
    first: Option<String>,
    last: Option<String>,
    undated: usize,
    /// Those whose date is that of an event or of a mention.
    dated_by_text: usize,
    severities: Vec<Part<'a>>,
    statuses: Vec<Part<'a>>,
    detected_by: Vec<Part<'a>>,
    months: Vec<Month<'a>>,
    years: Vec<Part<'a>>,
    services: Vec<Part<'a>>,
    factors: Vec<Part<'a>>,
    measures: Vec<Measure<'a>>,
    actions: Actions,
    closing: Closed,
    budgets: Vec<Budget<'a>>,
    over_time: OverTime<'a>,
}

#[derive(Serialize)]
struct Part<'a> {
    /// Null for those that do not say.
    id: Option<&'a str>,
    count: usize,
}

#[derive(Serialize)]
struct Month<'a> {
    month: String,
    severities: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Measure<'a> {
    name: &'a str,
    from: &'static str,
    to: &'static str,
    n: usize,
    /// False when there are too few to say anything about others.
    enough: bool,
    median: Option<i64>,
    p90: Option<i64>,
    /// The middle half lies between these.
    p25: Option<i64>,
    p75: Option<i64>,
    shortest: Option<i64>,
    longest: Option<i64>,
    /// Durations that rest on a milestone which the words of a timeline suggest; they are not among `n`.
    inferred: usize,
    missing: usize,
    pending: usize,
    invalid: usize,
}

#[derive(Serialize)]
struct Actions {
    unfinished: usize,
    overdue: usize,
    unowned: usize,
    by_status: std::collections::BTreeMap<&'static str, usize>,
}

impl<'a> Figures<'a> {
    pub(super) fn new(archive: &'a Archive, summary: &'a Summary, ledger: &Ledger) -> Self {
        let frequency = &summary.frequency;
        let (first, last) = super::days(archive).unzip();
        let months = frequency.months.iter().map(|(month, counts)| Month {
            month: month.to_string(),
            severities: frequency
                .severities
                .iter()
                .zip(counts)
                .filter(|(_, count)| **count > 0)
                .map(|(share, count)| Part { count: *count, ..Part::of(share) })
                .collect(),
        });
        Self {
            version: 1,
            today: summary.today.to_string(),
            postmortems: archive.postmortems().len(),
            first,
            last,
            undated: frequency.undated,
            dated_by_text: frequency.dated_by_text,
            severities: frequency.severities.iter().map(Part::of).collect(),
            statuses: frequency.statuses.iter().map(Part::of).collect(),
            detected_by: frequency.detected_by.iter().map(Part::of).collect(),
            months: months.collect(),
            years: summary.groups.years.iter().map(Part::group).collect(),
            services: used(&summary.groups.services),
            factors: used(&summary.groups.factors),
            measures: summary.measures.iter().map(Measure::of).collect(),
            closing: Closed::new(&Closing::new(archive, &summary.actions)),
            over_time: OverTime::new(archive, summary, ledger),
            budgets: summary.budgets.iter().map(|budget| Budget::new(budget, archive)).collect(),
            actions: Actions {
                unfinished: summary.actions.unfinished,
                overdue: summary.actions.overdue,
                unowned: summary.actions.unowned,
                by_status: summary
                    .actions
                    .by_status
                    .iter()
                    .map(|(status, count)| (status.key(), *count))
                    .collect(),
            },
        }
    }
}

/// What became of committed action items.
#[derive(Serialize)]
struct Closed {
    in_time: usize,
    late: usize,
    /// Done, without a due day or a day of closing.
    done: usize,
    dropped: usize,
    open: usize,
    overdue: usize,
    undated: usize,
    /// Seconds from opening to closing of those that say both days.
    took_n: usize,
    took_median: Option<i64>,
    took_p90: Option<i64>,
}

impl Closed {
    fn new(closing: &Closing) -> Self {
        let count = |outcome: Outcome| {
            closing.cohorts.iter().filter_map(|cohort| cohort.outcomes.get(outcome as usize)).sum()
        };
        Self {
            in_time: count(Outcome::InTime),
            late: count(Outcome::Late),
            done: count(Outcome::Done),
            dropped: count(Outcome::Dropped),
            open: count(Outcome::Open),
            overdue: count(Outcome::Overdue),
            undated: closing.undated,
            took_n: closing.took.n(),
            took_median: closing.took.median(),
            took_p90: closing.took.p90(),
        }
    }
}

/// The error budget of an objective. Minutes are bad ones.
#[derive(Serialize)]
struct Budget<'a> {
    slo: &'a str,
    service: Option<&'a str>,
    target: f64,
    window_days: u32,
    allowed: f64,
    /// In the window that ends today.
    burned: f64,
    left: f64,
    incidents: usize,
    /// Incidents whose cost is not known; they are in no sum.
    unknown: usize,
    /// Postmortems about the service that do not name the objective.
    silent: Vec<&'a str>,
    months_over: usize,
    costs: Vec<Spent<'a>>,
    /// What was left at the end of each day on which that changed.
    left_over_time: Vec<Left>,
    months: Vec<MonthSpent>,
}

#[derive(Serialize)]
struct Spent<'a> {
    postmortem: &'a str,
    date: Option<String>,
    minutes: Option<f64>,
    /// `stated`, `computed` or `unknown`.
    state: &'static str,
}

#[derive(Serialize)]
struct Left {
    date: String,
    left: f64,
}

#[derive(Serialize)]
struct MonthSpent {
    month: String,
    burned: f64,
    allowed: f64,
    over: bool,
    incidents: usize,
    unknown: usize,
}

impl<'a> Budget<'a> {
    fn new(budget: &'a aggregate::Budget, archive: &'a Archive) -> Self {
        let id = |place: usize| {
            archive.postmortems().get(place).map_or("", |postmortem| postmortem.id.value.as_str())
        };
        let spent = |cost: &Cost| Spent {
            postmortem: id(cost.postmortem),
            date: cost.day.map(|day| day.to_string()),
            minutes: cost.minutes.known().map(rounded),
            state: cost.minutes.key(),
        };
        let month = |month: &MonthCost| MonthSpent {
            month: month.month.to_string(),
            burned: rounded(month.burned),
            allowed: rounded(month.allowed),
            over: month.is_over(),
            incidents: month.n,
            unknown: month.unknown,
        };
        Self {
            slo: &budget.slo,
            service: budget.service.as_deref(),
            target: budget.target,
            window_days: budget.window_days,
            allowed: rounded(budget.allowed),
            burned: rounded(budget.burned_today()),
            left: rounded(budget.left_today()),
            incidents: budget.costs.len(),
            unknown: budget.unknown(),
            silent: budget.silent.iter().map(|place| id(*place)).collect(),
            months_over: budget.months_over(),
            costs: budget.costs.iter().map(spent).collect(),
            left_over_time: budget
                .left
                .iter()
                .map(|(day, left)| Left { date: day.to_string(), left: rounded(*left) })
                .collect(),
            months: budget.months.iter().map(month).collect(),
        }
    }
}

/// The groups that have postmortems.
fn used(groups: &[Group]) -> Vec<Part<'_>> {
    groups.iter().filter(|group| !group.postmortems.is_empty()).map(Part::group).collect()
}

impl<'a> Part<'a> {
    fn group(group: &'a Group) -> Self {
        Self { id: Some(&group.id), count: group.postmortems.len() }
    }

    fn of(share: &'a Share) -> Self {
        Self { id: Some(share.id.as_str()).filter(|id| !id.is_empty()), count: share.count }
    }
}

impl<'a> Measure<'a> {
    fn of(summary: &'a MeasureSummary) -> Self {
        let spread = &summary.distribution;
        let count = |state: Reading| summary.count(|reading| reading == state);
        Self {
            name: &summary.measure.name,
            from: summary.measure.from.key(),
            to: summary.measure.to.key(),
            n: spread.n(),
            enough: spread.is_enough(),
            median: spread.median(),
            p90: spread.p90(),
            p25: spread.middle_half().map(|half| half.0),
            p75: spread.middle_half().map(|half| half.1),
            shortest: spread.range().map(|range| range.0),
            longest: spread.range().map(|range| range.1),
            inferred: summary.count(Reading::is_inferred),
            missing: count(Reading::Missing),
            pending: count(Reading::Pending),
            invalid: count(Reading::Invalid),
        }
    }
}
