//! The page of charts: how often, how long, found by whom, why, what became of the follow-up, and where luck helped.

mod causes;
mod follow_up;
mod registers;
mod times;

use crate::render::{
    pages::{data, list},
    site::Cx,
    urls,
    view::{DataFile, InsightsView, Link},
};

pub(super) fn view(cx: &Cx<'_>) -> InsightsView {
    let sentence = list::span_of_time(cx);
    let view = InsightsView {
        page: cx.page(urls::INSIGHTS, urls::INSIGHTS, cx.words.say("insights.title"), &sentence),
        sentence,
        is_empty: cx.cards.is_empty(),
        contents: Vec::new(),
        months: times::monthly(cx),
        durations: times::durations(cx),
        detection: times::detection(cx),
        detection_by_year: times::detection_by_year(cx),
        hours: times::hours(cx),
        factors: causes::factors(cx),
        factors_by_year: causes::factors_by_year(cx),
        returns: causes::returns(cx),
        chains: causes::chains(cx),
        triggers: causes::triggers(cx),
        services: causes::services(cx),
        closing: follow_up::closing(cx),
        budgets: registers::budgets(cx),
        lucky: registers::lucky(cx),
        near_misses: registers::near_misses(cx),
        data: data::File::ALL
            .map(|file| DataFile { href: file.path(), about: cx.words.of("data", file.key()).to_owned() })
            .to_vec(),
    };
    InsightsView { contents: contents(cx, &view), ..view }
}

/// The parts of the page that there is something in, to be jumped to.
fn contents(cx: &Cx<'_>, view: &InsightsView) -> Vec<Link> {
    [
        ("months", "insights.months-link", true),
        ("durations", "insights.durations-link", true),
        ("detection", "insights.detection-link", true),
        ("hours", "insights.hours-link", true),
        ("factors", "insights.factors", true),
        ("triggers", "insights.triggers-link", view.triggers.is_some()),
        ("services", "insights.services", true),
        ("closing", "insights.closing", view.closing.is_some()),
        ("budgets", "insights.budgets", !view.budgets.is_empty()),
        ("lucky", "insights.lucky-link", !view.lucky.rows.is_empty()),
        ("near-misses", "insights.near-misses", !view.near_misses.rows.is_empty()),
        ("data", "data.title", true),
    ]
    .into_iter()
    .filter(|(_, _, is_there)| *is_there)
    .map(|(anchor, key, _)| Link::to(format!("#{anchor}"), cx.words.say(key)))
    .collect()
}
