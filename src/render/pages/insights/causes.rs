//! What contributed, what set it off, what was affected, and what comes back.

use std::cmp::Reverse;

use crate::{
    aggregate::{Distribution, FactorsOverTime, Group},
    model::{Postmortem, SectionKind},
    render::{
        charts::{
            bars::{self, Bar, BarsView},
            matrix::{self, MatrixView},
            stacks::{self, Series, StacksView},
        },
        pages::chains,
        passages,
        site::{Cx, severity},
        urls::{self, Kind},
        view::{ChainView, Link, Return},
    },
};

/// How many rows a list of shares has.
const ROWS: usize = 12;
/// How often a factor is named before it counts as coming back, and how many such factors are told.
const REPEATED: usize = 2;
const RETURNS: usize = 6;
/// How many chains of incidents are told.
const CHAINS: usize = 4;

/// What contributed, the most frequent first.
pub(super) fn factors(cx: &Cx<'_>) -> BarsView {
    let used = used(cx, Kind::Factor);
    let bar = |group: &&Group| Bar {
        label: group.name.clone(),
        href: urls::from("", &Kind::Factor.page(group)),
        count: group.postmortems.len(),
    };
    bars::bars(
        &bars::Input {
            title: cx.words.say("insights.factors").to_owned(),
            heading: cx.words.of("kind", "factors").to_owned(),
            unit: cx.words.say("insights.postmortems").to_owned(),
            bars: used.iter().take(ROWS).map(bar).collect(),
            n: cx.cards.len(),
            silent: cx.cards.len() - told(&used),
        },
        cx.words,
    )
}

/// What contributed, year by year: the most frequent factors, and all others together; none when all are of one year, or
/// too few name one.
pub(super) fn factors_by_year(cx: &Cx<'_>) -> Option<StacksView> {
    let over_time = FactorsOverTime::new(&cx.site.summary.groups);
    let n: usize = over_time.years.iter().flat_map(|(_, counts)| counts).sum();
    let enough = over_time.years.len() > 1 && n >= Distribution::ENOUGH;
    let names = over_time.factors.iter().map(|group| group.name.clone());
    let series = names.chain([cx.words.say("insights.factors-other").to_owned()]).zip(1..);
    let bar = |(year, counts): &(&Group, Vec<usize>)| stacks::Bar {
        label: year.name.clone(),
        href: urls::from("", &Kind::Year.page(year)),
        counts: counts.clone(),
    };
    enough.then(|| {
        stacks::stacks(
            &stacks::Input {
                title: cx.words.say("insights.factors-by-year").to_owned(),
                heading: cx.words.of("kind", "years").to_owned(),
                unit: cx.words.say("insights.factors-unit").to_owned(),
                series: series
                    .map(|(name, number)| Series { name, class: format!("series-{number}") })
                    .collect(),
                bars: over_time.years.iter().rev().map(bar).collect(),
                n,
                note: cx.words.say("insights.factors-by-year-note").to_owned(),
            },
            cx.words,
        )
    })
}

/// What was affected, the most frequent first, and how badly.
pub(super) fn services(cx: &Cx<'_>) -> StacksView {
    let used = used(cx, Kind::Service);
    let severities = &cx.site.summary.frequency.severities;
    let place = |at: usize| {
        let (postmortem, _) = cx.at(at)?;
        let id = postmortem.severity_id.as_deref().unwrap_or_default();
        severities.iter().position(|share| share.id == id)
    };
    let series = severities.iter().map(|share| {
        if share.id.is_empty() {
            return Series {
                name: cx.words.say("filter.no-severity").to_owned(),
                class: "sev-none".to_owned(),
            };
        }
        let severity = severity(cx.site.config, &share.id);
        Series { name: severity.word, class: severity.class }
    });
    let told = told(&used);
    stacks::stacks(
        &stacks::Input {
            title: cx.words.say("insights.services-title").to_owned(),
            heading: cx.words.of("kind", "services").to_owned(),
            unit: cx.words.say("insights.services-unit").to_owned(),
            series: series.collect(),
            bars: used
                .iter()
                .take(ROWS)
                .map(|group| stacks::Bar {
                    label: group.name.clone(),
                    href: urls::from("", &Kind::Service.page(group)),
                    counts: group.split(severities.len(), place),
                })
                .collect(),
            n: told,
            note: cx.words.say("insights.several").to_owned(),
        },
        cx.words,
    )
}

/// What set incidents off against what contributed; none when too few state both.
pub(super) fn triggers(cx: &Cx<'_>) -> Option<MatrixView> {
    let kinds = &cx.site.config.triggers;
    let of: Vec<Option<usize>> = cx
        .site
        .archive
        .postmortems()
        .iter()
        .map(|postmortem| {
            let text = trigger(cx, postmortem)?;
            // What is of no known kind is another one.
            Some(cx.site.config.trigger_of(&text).unwrap_or(kinds.len()))
        })
        .collect();
    let with_both =
        of.iter().zip(cx.site.archive.postmortems()).filter(|(at, p)| at.is_some() && !p.factors.is_empty());
    let n = with_both.count();
    if n < Distribution::ENOUGH {
        return None;
    }
    let mut columns: Vec<String> = kinds.iter().map(|kind| kind.title().to_owned()).collect();
    columns.push(cx.words.say("insights.trigger-other").to_owned());
    let lines = used(cx, Kind::Factor).into_iter().take(ROWS).map(|group| matrix::Line {
        label: group.name.clone(),
        href: urls::from("", &Kind::Factor.page(group)),
        counts: group.split(columns.len(), |place| of.get(place).copied().flatten()),
    });
    Some(matrix::matrix(
        &matrix::Input {
            title: cx.words.say("insights.triggers-title").to_owned(),
            headings: (
                cx.words.of("kind", "factors").to_owned(),
                cx.words.say("insights.trigger").to_owned(),
            ),
            lines: lines.collect(),
            columns,
            unit: cx.words.say("insights.triggers-unit").to_owned(),
            n,
            note: cx.words.say("insights.triggers-note").to_owned(),
        },
        cx.words,
    ))
}

/// What set an incident off, in the words of the document.
fn trigger(cx: &Cx<'_>, postmortem: &Postmortem) -> Option<String> {
    if let Some(trigger) = &postmortem.root_cause.trigger {
        return Some(trigger.value.clone());
    }
    let section = postmortem.section(SectionKind::Trigger)?;
    let source = cx.site.sources.file(&postmortem.path)?;
    passages::texts(postmortem, source, section.body).into_iter().next()
}

/// The factors that came back, the most frequent first.
pub(super) fn returns(cx: &Cx<'_>) -> Vec<Return> {
    used(cx, Kind::Factor)
        .into_iter()
        .filter(|group| group.postmortems.len() >= REPEATED)
        .take(RETURNS)
        .filter_map(|group| {
            let (last, card) = cx.at(*group.postmortems.first()?)?;
            let open: usize =
                group.postmortems.iter().filter_map(|at| cx.at(*at)).map(|(_, card)| card.unfinished).sum();
            Some(Return {
                factor: Link::to(urls::from("", &Kind::Factor.page(group)), group.name.as_str()),
                times: cx.words.count("count.postmortems", group.postmortems.len(), &[]),
                last: Link::to(urls::from("", &card.page), last.title.value.as_str()),
                date: cx.words.fill("insights.last", &[("day", &cx.short_day_of(last))]),
                open: match open {
                    0 => cx.words.say("insights.nothing-open").to_owned(),
                    open => cx.words.count("insights.open", open, &[]),
                },
            })
        })
        .collect()
}

/// The incidents that came back, stated repeats before likenesses, of each the latest first.
pub(super) fn chains(cx: &Cx<'_>) -> Vec<ChainView> {
    let mut found = cx.site.summary.related.chains(cx.site.archive);
    found.sort_by_key(|chain| !chain.is_stated);
    found.iter().take(CHAINS).map(|chain| chains::view(cx, chain, None, "")).collect()
}

/// The groups of a kind that have postmortems, the largest first.
fn used<'a>(cx: &Cx<'a>, kind: Kind) -> Vec<&'a Group> {
    let groups = kind.groups(&cx.site.summary.groups);
    let mut used: Vec<_> = groups.iter().filter(|group| !group.postmortems.is_empty()).collect();
    used.sort_by_key(|group| (Reverse(group.postmortems.len()), group.name.clone()));
    used
}

/// How many postmortems are in any of the groups.
fn told(groups: &[&Group]) -> usize {
    let mut places: Vec<usize> = groups.iter().flat_map(|group| group.postmortems.iter().copied()).collect();
    places.sort_unstable();
    places.dedup();
    places.len()
}
