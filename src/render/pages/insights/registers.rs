//! Registers: what error budgets were spent on, where luck helped, what nearly happened.

use crate::{
    config::Slo,
    model::SectionKind,
    render::{
        charts::{percent, share},
        pages::numbers::decimal,
        passages,
        site::Cx,
        urls,
        view::{Budget, BudgetRow, Lucky, Register},
        words,
    },
};

/// How many rows a register shows, and how much of each.
const ROWS: usize = 24;
const TEXTS: usize = 3;

/// What error budgets were spent on, as postmortems state it.
pub(super) fn budgets(cx: &Cx<'_>) -> Vec<Budget> {
    cx.site.config.slos.iter().map(|slo| budget(cx, slo)).filter(|budget| !budget.rows.is_empty()).collect()
}

fn budget(cx: &Cx<'_>, slo: &Slo) -> Budget {
    let allowed = f64::from(slo.window_days) * 1_440.0 * (100.0 - slo.target) / 100.0;
    let cost_of = |place: usize| {
        let (postmortem, _) = cx.at(place)?;
        postmortem.impact.slo.iter().find(|cost| cost.slo == slo.id)
    };
    // All bars of an objective have one scale: its budget, or what went beyond it.
    let longest = (0..cx.cards.len()).filter_map(|place| cost_of(place)?.bad_minutes).fold(allowed, f64::max);
    let row = |place: usize| {
        let (postmortem, card) = cx.at(place)?;
        let cost = cost_of(place)?;
        let text = match (cost.bad_minutes, cost.error_rate) {
            (Some(minutes), _) if allowed > 0.0 => {
                format!(
                    "{} bad minutes, {} % of the budget",
                    decimal(minutes),
                    decimal(minutes / allowed * 100.0)
                )
            }
            (Some(minutes), _) => format!("{} bad minutes", decimal(minutes)),
            (None, Some(rate)) => format!("{} % of requests failed", decimal(rate * 100.0)),
            (None, None) => return None,
        };
        Some(BudgetRow {
            href: urls::from("", &card.page),
            title: postmortem.title.value.clone(),
            date: postmortem.date.as_ref().map(|date| words::short_day(date.value)).unwrap_or_default(),
            cost: text,
            width: cost.bad_minutes.map(|minutes| percent(share(minutes, longest))).unwrap_or_default(),
            is_over: cost.bad_minutes.is_some_and(|minutes| minutes > allowed),
        })
    };
    Budget {
        name: slo.id.clone(),
        allows: format!(
            "{} % over {} days allows {} bad minutes",
            slo.target,
            slo.window_days,
            decimal(allowed)
        ),
        limit: percent(share(allowed, longest)),
        rows: (0..cx.cards.len()).filter_map(row).collect(),
    }
}

/// Where luck helped, the latest first.
pub(super) fn lucky(cx: &Cx<'_>) -> Register<Lucky> {
    register((0..cx.cards.len()).filter_map(|place| {
        let (postmortem, card) = cx.at(place)?;
        let section = postmortem.section(SectionKind::GotLucky)?;
        let source = cx.site.sources.file(&postmortem.path)?;
        let texts: Vec<String> =
            passages::texts(postmortem, source, section.body).into_iter().take(TEXTS).collect();
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
    }))
}

/// Incidents that did no harm, the latest first.
pub(super) fn near_misses(cx: &Cx<'_>) -> Register<crate::render::view::EntryView> {
    let places = cx.site.summary.frequency.near_misses.iter();
    register(places.filter_map(|place| cx.entry(*place, "", false)))
}

/// The first rows, and how many there are besides.
fn register<T>(all: impl Iterator<Item = T>) -> Register<T> {
    let mut rows: Vec<T> = all.collect();
    let more = rows.len().saturating_sub(ROWS);
    rows.truncate(ROWS);
    let more = if more == 0 {
        String::new()
    } else {
        format!("The latest {ROWS}; {more} earlier ones are left out here.")
    };
    Register { rows, more }
}
