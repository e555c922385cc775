//! Registers: what error budgets were spent on, where luck helped, what nearly happened.

use crate::{
    aggregate::{self, Cost, Groups, Minutes},
    render::{
        charts::{percent, share},
        pages::{levels, register},
        site::Cx,
        urls::{self, Kind},
        view::{Budget, BudgetRow, EntryView, Link, Lucky, Register},
    },
};

/// How many rows of a register stand among the charts.
const ROWS: usize = 24;

/// What error budgets were spent on, as postmortems state it or as it is computed from their impact.
pub(super) fn budgets(cx: &Cx<'_>) -> Vec<Budget> {
    let budgets = cx.site.summary.budgets.iter();
    budgets
        .zip(1..)
        .map(|(of, number)| budget(cx, of, number))
        .filter(|budget| !budget.spent.rows.is_empty())
        .collect()
}

fn budget(cx: &Cx<'_>, of: &aggregate::Budget, number: usize) -> Budget {
    let allowed = of.allowed;
    // All bars of an objective have one scale: its budget, or what went beyond it.
    let longest = of.costs.iter().filter_map(|cost| cost.minutes.known()).fold(allowed, f64::max);
    let row = |cost: &Cost| {
        let (postmortem, card) = cx.at(cost.postmortem)?;
        let minutes = cost.minutes.known();
        let said = minutes.map(|minutes| cx.words.decimal(minutes)).unwrap_or_default();
        let of_all = minutes.map(|minutes| cx.words.decimal(minutes / allowed * 100.0)).unwrap_or_default();
        let with: [(&str, &dyn std::fmt::Display); 2] = [("minutes", &said), ("share", &of_all)];
        let is_computed = matches!(cost.minutes, Minutes::Computed(_));
        let text = match (minutes.is_some(), allowed > 0.0, is_computed) {
            (false, ..) => cx.words.say("insights.budget-unknown").to_owned(),
            (true, true, false) => cx.words.fill("insights.budget-share", &with),
            (true, true, true) => cx.words.fill("insights.budget-share-computed", &with),
            (true, false, false) => cx.words.fill("insights.budget-minutes", &with),
            (true, false, true) => cx.words.fill("insights.budget-minutes-computed", &with),
        };
        Some(BudgetRow {
            href: urls::from("", &card.page),
            title: postmortem.title.value.clone(),
            date: cx.short_day_of(postmortem),
            cost: text,
            width: minutes.map(|minutes| percent(share(minutes, longest))).unwrap_or_default(),
            is_over: minutes.is_some_and(|minutes| minutes > allowed),
        })
    };
    Budget {
        name: of.slo.clone(),
        allows: levels::allows(cx, of),
        left: levels::budget(cx, of, &format!("budget-{number}")),
        limit: percent(share(allowed, longest)),
        spent: Register {
            rows: of.costs.iter().filter_map(row).take(ROWS).collect(),
            all: (of.costs.len() > ROWS).then(|| all_of(cx, of)),
        },
    }
}

/// The page that lists what an objective was spent on and much besides: that of its service, else of all postmortems.
fn all_of(cx: &Cx<'_>, of: &aggregate::Budget) -> Link {
    let service = of.service.as_ref().and_then(|id| Groups::find(&cx.site.summary.groups.services, id));
    let path = service.map_or_else(|| urls::POSTMORTEMS.to_owned(), |service| Kind::Service.page(service));
    Link::to(urls::from("", &path), cx.words.fill("count.all", &[("n", &cx.words.whole(of.costs.len()))]))
}

/// Where luck helped, the latest first.
pub(super) fn lucky(cx: &Cx<'_>) -> Register<Lucky> {
    register(cx, register::Kind::Luck, register::lucky)
}

/// Incidents that did no harm, the latest first.
pub(super) fn near_misses(cx: &Cx<'_>) -> Register<EntryView> {
    register(cx, register::Kind::NearMisses, |cx, place| cx.entry(place, "", false))
}

/// The first rows, and the way to all.
fn register<T>(cx: &Cx<'_>, kind: register::Kind, row: impl Fn(&Cx<'_>, usize) -> Option<T>) -> Register<T> {
    let places = kind.places(cx);
    let rows = places.iter().take(ROWS).filter_map(|place| row(cx, *place)).collect();
    let all = (!places.is_empty())
        .then(|| Link::to(kind.path(0), cx.words.fill("count.all", &[("n", &cx.words.whole(places.len()))])));
    Register { rows, all }
}
