//! The page of charts: how often, how long, found by whom, why, and where luck helped.

use chrono::{Datelike, Timelike};

use crate::{
    aggregate::{Group, MeasureSummary, Reading, Share},
    model::{Milestone, Origin, Postmortem, SectionKind},
    render::{
        charts::{
            bars::{self, Bar, BarsView},
            dots::{self, DotsView},
            months::{self, Month, MonthsView, Series},
            punch_card::{self, PunchCardView},
        },
        pages::numbers::decimal,
        passages,
        site::{Cx, severity},
        urls::{self, Kind},
        view::{Budget, BudgetRow, InsightsView, Lucky},
        words,
    },
};

/// How many rows a list of shares has.
const ROWS: usize = 12;
/// How many strokes of luck the register shows, and how much of each.
const LUCKY: usize = 12;
const LUCKY_TEXTS: usize = 3;

pub(super) fn view(cx: &Cx<'_>) -> InsightsView {
    let total = cx.cards.len();
    let sentence = super::list::span_of_time(cx);
    InsightsView {
        page: cx.page(urls::INSIGHTS, urls::INSIGHTS, "Insights", &sentence),
        sentence,
        empty: if total == 0 {
            "There is nothing to compare yet. This page fills with the first postmortems that state their times.".to_owned()
        } else {
            String::new()
        },
        months: monthly(cx),
        durations: durations(cx),
        detection: detection(cx),
        hours: hours(cx),
        factors: groups(cx, Kind::Factor, "What contributed"),
        services: groups(cx, Kind::Service, "What was affected"),
        budgets: budgets(cx),
        lucky: lucky(cx),
        near_misses: cx
            .site
            .summary
            .frequency
            .near_misses
            .iter()
            .filter_map(|place| cx.entry(*place, "", false))
            .collect(),
    }
}

fn monthly(cx: &Cx<'_>) -> MonthsView {
    let frequency = &cx.site.summary.frequency;
    let series = frequency.severities.iter().map(|share| {
        if share.id.is_empty() {
            return Series { name: "no known severity".to_owned(), class: "sev-none".to_owned() };
        }
        let severity = severity(cx.site.config, &share.id);
        Series { name: severity.word, class: severity.class }
    });
    let month = |(month, counts): &(crate::aggregate::Month, Vec<usize>)| Month {
        year: month.year,
        month: month.month,
        counts: counts.clone(),
    };
    months::months(&months::Input {
        id: "months".to_owned(),
        title: "Postmortems by month and severity".to_owned(),
        series: series.collect(),
        months: frequency.months.iter().map(month).collect(),
        undated: frequency.undated,
        dated_by_text: frequency.dated_by_text,
    })
}

fn durations(cx: &Cx<'_>) -> DotsView {
    let measure = |summary: &MeasureSummary| {
        let values = summary.readings.iter().enumerate().filter_map(|(place, reading)| {
            let (postmortem, _) = cx.at(place)?;
            Some((reading.recorded()?, postmortem.title.value.clone()))
        });
        dots::Measure {
            name: summary.measure.name.clone(),
            values: values.collect(),
            median: summary.distribution.median(),
            p90: summary.distribution.p90(),
            inferred: summary.count(Reading::is_inferred),
            missing: summary.count(|reading| reading == Reading::Missing),
            pending: summary.count(|reading| reading == Reading::Pending),
            invalid: summary.count(|reading| reading == Reading::Invalid),
        }
    };
    dots::dots(&dots::Input {
        id: "durations".to_owned(),
        title: "How long everything took".to_owned(),
        measures: cx.site.summary.measures.iter().map(measure).collect(),
    })
}

fn detection(cx: &Cx<'_>) -> BarsView {
    let shares = &cx.site.summary.frequency.detected_by;
    let silent = shares.iter().filter(|share| share.id.is_empty()).map(|share| share.count).sum();
    let bar =
        |share: &Share| Bar { label: words::capitalised(&share.id), href: String::new(), count: share.count };
    bars::bars(&bars::Input {
        title: "Who noticed first".to_owned(),
        heading: "Who".to_owned(),
        unit: "Postmortems".to_owned(),
        bars: shares.iter().filter(|share| !share.id.is_empty()).map(bar).collect(),
        n: cx.cards.len(),
        silent,
    })
}

fn hours(cx: &Cx<'_>) -> PunchCardView {
    let began = |postmortem: &Postmortem| {
        // A beginning that is concluded from words is in no figure.
        let started = postmortem.times.get(&Milestone::Started);
        let moment = &started.filter(|fact| fact.origin != Origin::Inferred)?.value;
        let (date, clock) = (moment.date?, moment.clock?);
        Some((date.weekday().num_days_from_monday() as usize, clock.hour() as usize))
    };
    let starts: Vec<_> = cx.site.archive.postmortems().iter().filter_map(|one| began(one)).collect();
    punch_card::punch_card(&punch_card::Input {
        id: "hours".to_owned(),
        title: "When it began".to_owned(),
        untimed: cx.cards.len() - starts.len(),
        starts,
        clock: "on the clock of each document".to_owned(),
    })
}

fn groups(cx: &Cx<'_>, kind: Kind, title: &str) -> BarsView {
    let groups = kind.groups(&cx.site.summary.groups);
    let mut used: Vec<_> = groups.iter().filter(|group| !group.postmortems.is_empty()).collect();
    used.sort_by_key(|group| (std::cmp::Reverse(group.postmortems.len()), group.name.clone()));
    let mut places: Vec<usize> = used.iter().flat_map(|group| group.postmortems.iter().copied()).collect();
    places.sort_unstable();
    places.dedup();
    let bar = |group: &&Group| Bar {
        label: group.name.clone(),
        href: urls::from("", &kind.page(group)),
        count: group.postmortems.len(),
    };
    bars::bars(&bars::Input {
        title: title.to_owned(),
        heading: words::capitalised(kind.word()),
        unit: "Postmortems".to_owned(),
        bars: used.iter().take(ROWS).map(bar).collect(),
        n: cx.cards.len(),
        silent: cx.cards.len() - places.len(),
    })
}

fn budgets(cx: &Cx<'_>) -> Vec<Budget> {
    let budget = |slo: &crate::config::Slo| {
        let allowed = f64::from(slo.window_days) * 1_440.0 * (100.0 - slo.target) / 100.0;
        let rows: Vec<BudgetRow> = (0..cx.cards.len())
            .filter_map(|place| {
                let (postmortem, card) = cx.at(place)?;
                let cost = postmortem.impact.slo.iter().find(|cost| cost.slo == slo.id)?;
                let cost = match (cost.bad_minutes, cost.error_rate) {
                    (Some(minutes), _) if allowed > 0.0 => format!(
                        "{} bad minutes, {} % of the budget",
                        decimal(minutes),
                        decimal(minutes / allowed * 100.0)
                    ),
                    (Some(minutes), _) => format!("{} bad minutes", decimal(minutes)),
                    (None, Some(rate)) => format!("{} % of requests failed", decimal(rate * 100.0)),
                    (None, None) => return None,
                };
                Some(BudgetRow {
                    href: urls::from("", &card.page),
                    title: postmortem.title.value.clone(),
                    date: postmortem
                        .date
                        .as_ref()
                        .map(|date| words::short_day(date.value))
                        .unwrap_or_default(),
                    cost,
                })
            })
            .collect();
        Budget {
            name: slo.id.clone(),
            allows: format!(
                "{} % over {} days allows {} bad minutes",
                slo.target,
                slo.window_days,
                decimal(allowed)
            ),
            rows,
        }
    };
    cx.site.config.slos.iter().map(budget).filter(|budget| !budget.rows.is_empty()).collect()
}

fn lucky(cx: &Cx<'_>) -> Vec<Lucky> {
    (0..cx.cards.len())
        .filter_map(|place| {
            let (postmortem, card) = cx.at(place)?;
            let section = postmortem.section(SectionKind::GotLucky)?;
            let source = cx.site.sources.file(&postmortem.path)?;
            let texts: Vec<String> =
                passages::texts(postmortem, source, section.body).into_iter().take(LUCKY_TEXTS).collect();
            let page = urls::from("", &card.page);
            (!texts.is_empty()).then(|| Lucky {
                href: if section.anchor.is_empty() {
                    page
                } else {
                    format!("{page}#{}", urls::encoded(&section.anchor))
                },
                title: postmortem.title.value.clone(),
                date: postmortem.date.as_ref().map(|date| words::short_day(date.value)).unwrap_or_default(),
                texts,
            })
        })
        .take(LUCKY)
        .collect()
}
