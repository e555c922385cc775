//! The page of charts: how often, how long, found by whom, why.

use crate::render::{site::Cx, urls, view::InsightsView, words};

pub(super) fn view(cx: &Cx<'_>) -> InsightsView {
    let sentence =
        format!("{}{}.", words::count(cx.cards.len(), "postmortem"), super::list::span_of_time(cx));
    InsightsView { page: cx.page(urls::INSIGHTS, urls::INSIGHTS, "Insights", &sentence), sentence }
}
