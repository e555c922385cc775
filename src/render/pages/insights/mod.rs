//! The page of charts: how often, how long, found by whom, why, what became of the follow-up, and where luck helped.

mod causes;
mod follow_up;
mod registers;
mod times;

use crate::render::{
    pages::list,
    site::Cx,
    urls,
    view::{InsightsView, Link},
};

pub(super) fn view(cx: &Cx<'_>) -> InsightsView {
    let total = cx.cards.len();
    let sentence = list::span_of_time(cx);
    let view = InsightsView {
        page: cx.page(urls::INSIGHTS, urls::INSIGHTS, "Insights", &sentence),
        sentence,
        empty: if total == 0 {
            "There is nothing to compare yet. This page fills with the first postmortems that state their times.".to_owned()
        } else {
            String::new()
        },
        contents: Vec::new(),
        months: times::monthly(cx),
        durations: times::durations(cx),
        detection: times::detection(cx),
        detection_by_year: times::detection_by_year(cx),
        hours: times::hours(cx),
        factors: causes::factors(cx),
        returns: causes::returns(cx),
        triggers: causes::triggers(cx),
        services: causes::services(cx),
        closing: follow_up::closing(cx),
        budgets: registers::budgets(cx),
        lucky: registers::lucky(cx),
        near_misses: registers::near_misses(cx),
    };
    InsightsView { contents: contents(&view), ..view }
}

/// The parts of the page that there is something in, to be jumped to.
fn contents(view: &InsightsView) -> Vec<Link> {
    [
        ("months", "How often", true),
        ("durations", "How long", true),
        ("detection", "Who noticed", true),
        ("hours", "When", true),
        ("factors", "What contributed", true),
        ("triggers", "What set it off", view.triggers.is_some()),
        ("services", "What was affected", true),
        ("closing", "What became of the actions", view.closing.is_some()),
        ("budgets", "Error budgets", !view.budgets.is_empty()),
        ("lucky", "Luck", !view.lucky.rows.is_empty()),
        ("near-misses", "Near misses", !view.near_misses.rows.is_empty()),
    ]
    .into_iter()
    .filter(|(_, _, is_there)| *is_there)
    .map(|(anchor, text, _)| Link::to(format!("#{anchor}"), text))
    .collect()
}
