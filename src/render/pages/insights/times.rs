//! How often, how long, at which hour, and who noticed.

use chrono::{Datelike, Timelike};

use crate::{
    aggregate::{Group, MeasureSummary, Reading, Share, noticed},
    model::{DetectedBy, Milestone, Origin, Postmortem},
    render::{
        charts::{
            bars::{self, Bar, BarsView},
            dots::{self, DotsView},
            months::{self, Month, MonthsView, Series},
            punch_card::{self, PunchCardView},
            stacks::{self, StacksView},
        },
        site::{Cx, severity},
        urls::{self, Kind},
        words::capitalised,
    },
};

pub(super) fn monthly(cx: &Cx<'_>) -> MonthsView {
    let frequency = &cx.site.summary.frequency;
    let series = frequency.severities.iter().map(|share| {
        if share.id.is_empty() {
            return Series {
                name: cx.words.say("filter.no-severity").to_owned(),
                class: "sev-none".to_owned(),
            };
        }
        let severity = severity(cx.site.config, &share.id);
        Series { name: severity.word, class: severity.class }
    });
    let month = |(month, counts): &(crate::aggregate::Month, Vec<usize>)| Month {
        year: month.year,
        month: month.month,
        counts: counts.clone(),
    };
    months::months(
        &months::Input {
            id: "months".to_owned(),
            title: cx.words.say("months.title").to_owned(),
            series: series.collect(),
            months: frequency.months.iter().map(month).collect(),
            undated: frequency.undated,
            dated_by_text: frequency.dated_by_text,
        },
        cx.words,
    )
}

pub(super) fn durations(cx: &Cx<'_>) -> DotsView {
    let measure = |summary: &MeasureSummary| {
        let values = summary.readings.iter().enumerate().filter_map(|(place, reading)| {
            let (postmortem, _) = cx.at(place)?;
            Some((reading.recorded()?, postmortem.title.value.clone()))
        });
        dots::Measure {
            name: cx.words.measure(&summary.measure),
            values: values.collect(),
            median: summary.distribution.median(),
            p90: summary.distribution.p90(),
            inferred: summary.count(Reading::is_inferred),
            missing: summary.count(|reading| reading == Reading::Missing),
            pending: summary.count(|reading| reading == Reading::Pending),
            invalid: summary.count(|reading| reading == Reading::Invalid),
        }
    };
    dots::dots(
        &dots::Input {
            id: "durations".to_owned(),
            title: cx.words.say("insights.durations").to_owned(),
            measures: cx.site.summary.measures.iter().map(measure).collect(),
        },
        cx.words,
    )
}

pub(super) fn detection(cx: &Cx<'_>) -> BarsView {
    let shares = &cx.site.summary.frequency.detected_by;
    let silent = shares.iter().filter(|share| share.id.is_empty()).map(|share| share.count).sum();
    let bar = |share: &Share| Bar { label: who(cx, &share.id), href: String::new(), count: share.count };
    bars::bars(
        &bars::Input {
            title: cx.words.say("insights.detection").to_owned(),
            heading: cx.words.say("insights.who").to_owned(),
            unit: cx.words.say("insights.postmortems").to_owned(),
            bars: shares.iter().filter(|share| !share.id.is_empty()).map(bar).collect(),
            n: cx.cards.len(),
            silent,
        },
        cx.words,
    )
}

/// The word for who noticed.
fn who(cx: &Cx<'_>, key: &str) -> String {
    capitalised(cx.words.of("detected-by", key))
}

/// Who noticed first, year by year; none when all are of one year, or too few say it.
pub(super) fn detection_by_year(cx: &Cx<'_>) -> Option<StacksView> {
    let years = noticed(cx.site.archive, &cx.site.summary.groups);
    let bar = |(year, counts): (&Group, Vec<usize>)| stacks::Bar {
        label: year.name.clone(),
        href: urls::from("", &Kind::Year.page(year)),
        counts,
    };
    let bars: Vec<stacks::Bar> = years.into_iter().rev().map(bar).collect();
    let n: usize = bars.iter().flat_map(|bar| &bar.counts).sum();
    let enough = bars.len() > 1 && n >= crate::aggregate::Distribution::ENOUGH;
    enough.then(|| {
        stacks::stacks(
            &stacks::Input {
                title: cx.words.say("insights.detection-by-year").to_owned(),
                heading: cx.words.of("kind", "years").to_owned(),
                unit: cx.words.say("insights.detection-unit").to_owned(),
                series: DetectedBy::ALL
                    .iter()
                    .zip(1..)
                    .map(|(by, number)| stacks::Series {
                        name: who(cx, by.key()),
                        class: format!("series-{number}"),
                    })
                    .collect(),
                bars,
                n,
                note: String::new(),
            },
            cx.words,
        )
    })
}

pub(super) fn hours(cx: &Cx<'_>) -> PunchCardView {
    let began = |postmortem: &Postmortem| {
        // A beginning that is concluded from words is in no figure.
        let started = postmortem.times.get(&Milestone::Started);
        let moment = &started.filter(|fact| fact.origin != Origin::Inferred)?.value;
        let (date, clock) = (moment.date?, moment.clock?);
        Some((date.weekday().num_days_from_monday() as usize, clock.hour() as usize))
    };
    let starts: Vec<_> = cx.site.archive.postmortems().iter().filter_map(|one| began(one)).collect();
    punch_card::punch_card(
        &punch_card::Input {
            id: "hours".to_owned(),
            title: cx.words.say("hours.title").to_owned(),
            untimed: cx.cards.len() - starts.len(),
            starts,
        },
        cx.words,
    )
}
