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

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};

use crate::{
    aggregate::{Month, end},
    config::{Config, Slo},
    model::{Archive, Milestone, Origin, Postmortem, SloCost},
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

    fn new(slo: &Slo, archive: &Archive, config: &Config, today: NaiveDate) -> Self {
        let service = slo.service.as_ref().map(|service| service_id(config, service));
        let mut costs = Vec::new();
        let mut silent = Vec::new();
        for (place, postmortem) in (0..).zip(archive.postmortems()) {
            let own = postmortem.impact.slo.iter().filter(|cost| cost.slo == slo.id);
            let before = costs.len();
            costs.extend(own.map(|cost| Cost {
                postmortem: place,
                day: postmortem.date.as_ref().map(|date| date.value),
                minutes: Minutes::of(postmortem, cost, Some(slo), config),
            }));
            let is_about = |id: &String| postmortem.services.iter().any(|service| service.value == *id);
            if costs.len() == before && service.as_ref().is_some_and(is_about) {
                silent.push(place);
            }
        }
        Self {
            months: months(slo, &costs, today),
            left: left(slo, &costs, today),
            slo: slo.id.clone(),
            service,
            target: slo.target,
            window_days: slo.window_days,
            allowed: slo.allowed_minutes(slo.window_days),
            costs,
            silent,
        }
    }
}

/// The budgets of all objectives, in the order of the configuration.
pub(super) fn budgets(archive: &Archive, config: &Config, today: NaiveDate) -> Vec<Budget> {
    config.slos.iter().map(|slo| Budget::new(slo, archive, config, today)).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{ImpactWindow, fixture::*},
        source::{SourceFile, Span},
    };

    fn config() -> Config {
        let text = "[[service]]\nid = \"pay\"\naliases = [\"payments\"]\n[[slo]]\nid = \"pay-ok\"\nservice = \"pay\"\ntarget = 99.9\nwindow-days = 30\n";
        let (config, findings) = Config::parse(&SourceFile::new("book.toml", text));
        assert_eq!(findings, []);
        config
    }

    fn costing(id: &str, date: &str, bad_minutes: Option<f64>, error_rate: Option<f64>) -> Postmortem {
        let mut postmortem = postmortem(id, date);
        postmortem.impact.slo =
            vec![SloCost { slo: "pay-ok".to_owned(), bad_minutes, error_rate, span: Span::default() }];
        postmortem
    }

    fn window(service: &str, start: &str, end: &str) -> ImpactWindow {
        ImpactWindow {
            service: Some(service.to_owned()),
            start: Some(at(start)),
            end: Some(at(end)),
            ..ImpactWindow::default()
        }
    }

    fn budget(postmortems: Vec<Postmortem>) -> Budget {
        budgets(&Archive::new(postmortems), &config(), day("2026-04-20")).remove(0)
    }

    fn about(expected: f64, found: f64) {
        assert!((expected - found).abs() < 1e-9, "{found} is not {expected}");
    }

    #[test]
    fn thirty_days_at_three_nines_allow_forty_three_minutes_and_twelve_seconds() {
        let budget = budget(vec![costing("a", "2026-04-01", Some(10.0), None)]);
        about(43.2, budget.allowed);
        about(33.2, budget.left_today());
        about(10.0, budget.burned_today());
    }

    #[test]
    fn a_cost_leaves_the_window_after_its_days_and_months_stand_by_themselves() {
        let budget = budget(vec![
            costing("a", "2026-02-10", Some(50.0), None),
            costing("b", "2026-03-01", Some(20.0), None),
            costing("c", "2026-03-02", None, None),
        ]);
        let left: Vec<String> = budget.left.iter().map(|(day, left)| format!("{day} {left:.1}")).collect();
        assert_eq!(
            left,
            ["2026-02-10 -6.8", "2026-03-01 -26.8", "2026-03-12 23.2", "2026-03-31 43.2", "2026-04-20 43.2",]
        );
        let months: Vec<_> = budget
            .months
            .iter()
            .map(|month| (month.month.to_string(), month.n, month.unknown, month.is_over()))
            .collect();
        assert_eq!(
            months,
            [
                ("2026-02".to_owned(), 1, 0, true),
                ("2026-03".to_owned(), 2, 1, false),
                ("2026-04".to_owned(), 0, 0, false),
            ]
        );
        about(44.64, budget.months[1].allowed);
        assert_eq!((budget.months_over(), budget.unknown()), (1, 1));
    }

    #[test]
    fn what_is_not_stated_is_computed_from_the_windows_of_the_service_then_from_milestones() {
        let mut windows = costing("a", "2026-03-01", None, Some(0.5));
        windows.impact.windows = vec![
            window("payments", "2026-03-01 10:00", "2026-03-01 10:30"),
            window("pay", "2026-03-01 10:20", "2026-03-01 11:00"),
            window("other", "2026-03-01 08:00", "2026-03-01 20:00"),
        ];
        let times = [(Milestone::Started, "2026-03-01 10:00"), (Milestone::Resolved, "2026-03-01 10:42")];
        let milestones = with_times(costing("b", "2026-03-02", None, None), &times);
        let mut inferred = with_times(costing("c", "2026-03-03", None, None), &times);
        inferred.times.get_mut(&Milestone::Started).unwrap().origin = Origin::Inferred;
        let wrong_rate = with_times(costing("d", "2026-03-04", None, Some(21.0)), &times);
        let open = {
            let mut open = costing("e", "2026-03-05", None, None);
            open.impact.windows =
                vec![ImpactWindow { end: None, ..window("pay", "2026-03-05 10:00", "2026-03-05 10:30") }];
            with_times(open, &times)
        };
        let found: Vec<Minutes> = budget(vec![windows, milestones, inferred, wrong_rate, open])
            .costs
            .iter()
            .rev()
            .map(|cost| cost.minutes)
            .collect();
        assert_eq!(
            found,
            [
                Minutes::Computed(30.0),
                Minutes::Computed(42.0),
                Minutes::Unknown,
                Minutes::Unknown,
                Minutes::Unknown
            ]
        );
    }

    #[test]
    fn postmortems_about_the_service_that_say_nothing_are_named() {
        let mut silent = postmortem("silent", "2026-03-01");
        silent.services = vec![fact("pay".to_owned())];
        let budget = budget(vec![costing("a", "2026-02-01", Some(1.0), None), silent]);
        assert_eq!((budget.silent, budget.costs.len()), (vec![0], 1));
    }
}
