//! Error budgets: what each incident cost of an objective, and what is left.
//!
//! The budget of an objective is what its target leaves: of 30 days at 99.9 %, 0.1 %, which is 43.2 minutes
//! (Beyer et al., *Site Reliability Engineering*, 2016, chapter 3; *The Site Reliability Workbook*, 2018, chapters 2 and
//! 5). An incident costs the bad minutes that its postmortem states. Where it states none, they are computed, and marked
//! so: the minutes of impact, times the error rate where that is stated. Impact is the union of the impact windows of the
//! objective's service, or lasts from `started` to `ended` where there are none. What cannot be computed is unknown, and
//! counted, and never zero.
//!
//! The whole cost counts on the day on which the incident began. A rolling window of `n` days holds a day and the `n - 1`
//! days before it. A month is over its budget when it cost more than its own days allow.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};

use crate::{
    aggregate::{Month, end, step::Step},
    config::{Config, Slo},
    model::{Milestone, Origin, Postmortem, SloCost, archive::merged},
};

/// Bad minutes, and how they came to be known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Minutes {
    /// As the postmortem states them.
    Stated(f64),
    /// From the length of the impact, times the error rate where one is stated.
    Computed(f64),
    /// The objective was missed, and nothing says by how much.
    Unknown,
}

impl Minutes {
    /// How many, where they are known.
    pub const fn known(self) -> Option<f64> {
        match self {
            Self::Stated(minutes) | Self::Computed(minutes) => Some(minutes),
            Self::Unknown => None,
        }
    }

    /// The key in exports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Stated(_) => "stated",
            Self::Computed(_) => "computed",
            Self::Unknown => "unknown",
        }
    }

    /// What a postmortem says that it cost of an objective; of one that the configuration does not know, only what is
    /// stated is known.
    pub fn of(postmortem: &Postmortem, cost: &SloCost, slo: Option<&Slo>, config: &Config) -> Self {
        if let Some(minutes) = cost.bad_minutes.filter(|minutes| minutes.is_finite() && *minutes >= 0.0) {
            return Self::Stated(minutes);
        }
        let rate = cost.error_rate.unwrap_or(1.0);
        match slo.and_then(|slo| impact(postmortem, slo, config)) {
            Some(minutes) if (0.0..=1.0).contains(&rate) => Self::Computed(minutes * rate),
            _ => Self::Unknown,
        }
    }
}

/// What an incident cost of an objective.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cost {
    /// The place of the postmortem in the archive.
    pub postmortem: usize,
    /// The day on which it counts; none where the postmortem has no date.
    pub day: Option<NaiveDate>,
    /// How much.
    pub minutes: Minutes,
}

/// What a month cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MonthCost {
    /// The month.
    pub month: Month,
    /// Bad minutes, as far as they are known.
    pub burned: f64,
    /// What its days allow.
    pub allowed: f64,
    /// How many incidents are in it.
    pub n: usize,
    /// Of those, the ones whose cost is unknown.
    pub unknown: usize,
}

impl MonthCost {
    /// True when it cost more than its days allow.
    pub fn is_over(&self) -> bool {
        self.burned > self.allowed
    }
}

/// An objective and what was spent of its error budget.
#[derive(Debug, Clone, PartialEq)]
pub struct Budget {
    /// The id of the objective.
    pub slo: String,
    /// The id of the service that promises it.
    pub service: Option<String>,
    /// The share of good minutes that is promised, in per cent.
    pub target: f64,
    /// The length of a window in days.
    pub window_days: u32,
    /// Bad minutes that one window allows.
    pub allowed: f64,
    /// What each incident cost, the latest first.
    pub costs: Vec<Cost>,
    /// Every month from that of the first cost to today's.
    pub months: Vec<MonthCost>,
    /// What was left at the end of each day on which that changed, the earliest first, today last.
    pub left: Vec<(NaiveDate, f64)>,
    /// Postmortems about the service that do not name the objective: whether it was missed is not known.
    pub silent: Vec<usize>,
}

impl Budget {
    /// What is left today, below zero when more was spent than is allowed.
    pub fn left_today(&self) -> f64 {
        self.left.last().map_or(self.allowed, |(_, left)| *left)
    }

    /// What the window that ends today has cost, as far as that is known.
    pub fn burned_today(&self) -> f64 {
        self.allowed - self.left_today()
    }

    /// How many incidents cost nobody knows how much.
    pub fn unknown(&self) -> usize {
        self.costs.iter().filter(|cost| cost.minutes == Minutes::Unknown).count()
    }

    /// How many months are over.
    pub fn months_over(&self) -> usize {
        self.months.iter().filter(|month| month.is_over()).count()
    }

    /// What it is after a step. `costs` and `silent` are those before it.
    fn follow((costs, silent): (&[Cost], &[usize]), slo: &Slo, step: Step<'_>) -> Self {
        let service = slo.service.as_ref().map(|service| service_id(step.config, service));
        let is_about = |postmortem: &Postmortem, id: &String| {
            postmortem.services.iter().any(|service| service.value == *id)
        };
        let is_silent = |postmortem: &Postmortem| {
            of_slo(postmortem, slo).next().is_none()
                && service.as_ref().is_some_and(|id| is_about(postmortem, id))
        };
        let kept = costs
            .iter()
            .filter_map(|cost| Some(Cost { postmortem: step.moves.to(cost.postmortem)?, ..*cost }));
        let fresh = step.fresh().flat_map(|(place, postmortem)| {
            of_slo(postmortem, slo).map(move |cost| Cost {
                postmortem: place,
                day: postmortem.date.as_ref().map(|date| date.value),
                minutes: Minutes::of(postmortem, cost, Some(slo), step.config),
            })
        });
        let by_place = |one: &Cost, other: &Cost| one.postmortem.cmp(&other.postmortem);
        let costs = merged(kept.collect(), fresh.collect(), by_place);
        Self {
            months: months(slo, &costs, step.today),
            left: left(slo, &costs, step.today),
            slo: slo.id.clone(),
            target: slo.target,
            window_days: slo.window_days,
            allowed: slo.allowed_minutes(slo.window_days),
            costs,
            silent: step.follow(silent, is_silent),
            service,
        }
    }
}

/// The budgets of all objectives after a step, in the order of the configuration. `before` are those before it, none of
/// an archive that is added up for the first time.
pub(super) fn follow(before: &[Budget], step: Step<'_>) -> Vec<Budget> {
    let slos = step.config.slos.iter().enumerate();
    slos.map(|(at, slo)| {
        let before = before.get(at).map(|before| (&*before.costs, &*before.silent));
        Budget::follow(before.unwrap_or_default(), slo, step)
    })
    .collect()
}

/// What a postmortem says that it cost of an objective.
fn of_slo<'a>(postmortem: &'a Postmortem, slo: &'a Slo) -> impl Iterator<Item = &'a SloCost> {
    postmortem.impact.slo.iter().filter(|cost| cost.slo == slo.id)
}

fn service_id(config: &Config, name: &str) -> String {
    config.service(name).map_or(name, |service| &service.id).to_owned()
}

/// The known costs by the day on which they count.
fn by_day(costs: &[Cost], today: NaiveDate) -> BTreeMap<NaiveDate, f64> {
    let mut days = BTreeMap::new();
    for cost in costs {
        if let (Some(day), Some(minutes)) = (cost.day.filter(|day| *day <= today), cost.minutes.known()) {
            *days.entry(day).or_default() += minutes;
        }
    }
    days
}

fn left(slo: &Slo, costs: &[Cost], today: NaiveDate) -> Vec<(NaiveDate, f64)> {
    let allowed = slo.allowed_minutes(slo.window_days);
    let window = Days::new(u64::from(slo.window_days));
    let spent = by_day(costs, today);
    let gone = spent.keys().filter_map(|day| day.checked_add_days(window)).filter(|day| *day < today);
    let mut days: Vec<NaiveDate> = spent.keys().copied().chain(gone).chain([today]).collect();
    days.sort_unstable();
    days.dedup();
    let burned = |day: NaiveDate| -> f64 {
        let first = day.checked_sub_days(window).and_then(|day| day.succ_opt()).unwrap_or(NaiveDate::MIN);
        spent.range(first..=day).map(|(_, minutes)| minutes).sum()
    };
    days.into_iter().map(|day| (day, allowed - burned(day))).collect()
}

fn months(slo: &Slo, costs: &[Cost], today: NaiveDate) -> Vec<MonthCost> {
    // A misread year must not fill a table with centuries.
    const MOST: usize = 1_200;
    let month_of = |day: NaiveDate| Month { year: day.year(), month: day.month() };
    let dated =
        || costs.iter().filter_map(|cost| Some((cost, month_of(cost.day.filter(|day| *day <= today)?))));
    let Some(first) = dated().map(|(_, month)| month).min() else { return Vec::new() };
    let last = month_of(today);
    std::iter::successors(Some(last), |month| Some(month.previous()))
        .take_while(|month| *month >= first)
        .take(MOST)
        .map(|month| {
            let own: Vec<&Cost> = dated().filter(|(_, of)| *of == month).map(|(cost, _)| cost).collect();
            let known: Vec<f64> = own.iter().filter_map(|cost| cost.minutes.known()).collect();
            MonthCost {
                month,
                burned: known.iter().sum(),
                allowed: slo.allowed_minutes(month.days()),
                n: own.len(),
                unknown: own.len() - known.len(),
            }
        })
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect()
}

/// The minutes of impact on an objective's service.
fn impact(postmortem: &Postmortem, slo: &Slo, config: &Config) -> Option<f64> {
    let service = slo.service.as_ref().map(|service| service_id(config, service));
    let windows = &postmortem.impact.windows;
    let of = |name: Option<&String>| name.map(|name| service_id(config, name));
    let own: Vec<_> = match &service {
        Some(service) => {
            windows.iter().filter(|window| of(window.service.as_ref()).as_ref() == Some(service)).collect()
        }
        None => windows.iter().collect(),
    };
    let own =
        if own.is_empty() { windows.iter().filter(|window| window.service.is_none()).collect() } else { own };
    if !own.is_empty() {
        let spans = own.iter().map(|window| {
            let (start, end) = (window.start.as_ref()?.instant()?, window.end.as_ref()?.instant()?);
            (start <= end).then_some((start, end))
        });
        return spans.collect::<Option<Vec<_>>>().map(union);
    }
    let moment = |milestone| end(postmortem, milestone).filter(|end| end.at.origin != Origin::Inferred);
    let seconds = moment(Milestone::Started)?.at.value.seconds_until(&moment(Milestone::Ended)?.at.value)?;
    (seconds >= 0).then(|| minutes(seconds))
}

/// The minutes that are in any of the spans of time.
fn union(mut spans: Vec<(DateTime<Utc>, DateTime<Utc>)>) -> f64 {
    spans.sort_unstable();
    let mut seconds = 0;
    let mut until = DateTime::<Utc>::MIN_UTC;
    for (start, end) in spans {
        seconds += (end - start.max(until)).num_seconds().max(0);
        until = until.max(end);
    }
    minutes(seconds)
}

#[expect(clippy::cast_precision_loss, reason = "seconds of incidents are far below 2^52")]
fn minutes(seconds: i64) -> f64 {
    seconds as f64 / 60.0
}
