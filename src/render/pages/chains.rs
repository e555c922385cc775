//! Incidents that are the same thing again, or look like it, in the words of the page.

use chrono::Datelike;

use crate::{
    aggregate::Chain,
    render::{
        site::Cx,
        urls,
        view::{ChainLink, ChainView},
    },
};

/// A chain as a page with this root shows it. `here` is the place of the postmortem that the page is about.
pub(super) fn view(cx: &Cx<'_>, chain: &Chain, here: Option<usize>, root: &str) -> ChainView {
    let first = chain.postmortems.iter().find_map(|at| cx.at(*at)?.0.date.as_ref());
    let month =
        first.map(|date| cx.words.month_of(date.value.year(), date.value.month())).unwrap_or_default();
    let (n, since): (_, [(&str, &dyn std::fmt::Display); 1]) = (chain.postmortems.len(), [("month", &month)]);
    let title = match (chain.is_stated, first) {
        (true, Some(_)) => cx.words.count("chain.repeats-since", n, &since),
        (true, None) => cx.words.count("chain.repeats", n, &[]),
        (false, Some(_)) => cx.words.count("chain.alike-since", n, &since),
        (false, None) => cx.words.count("chain.alike", n, &[]),
    };
    let links = chain.postmortems.iter().filter_map(|at| {
        let (postmortem, card) = cx.at(*at)?;
        let is_here = here == Some(*at);
        Some(ChainLink {
            href: if is_here { String::new() } else { urls::from(root, &card.page) },
            text: if is_here {
                cx.words.say("chain.this").to_owned()
            } else {
                postmortem.title.value.clone()
            },
            day: cx.short_day_of(postmortem),
        })
    });
    let note = if chain.is_stated { cx.words.say("chain.stated") } else { cx.words.say("chain.concluded") };
    ChainView { title, note: note.to_owned(), links: links.collect() }
}
