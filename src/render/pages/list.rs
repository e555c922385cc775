//! The list of every postmortem, and the fields of its filter.

use std::collections::BTreeMap;

use crate::{
    model::{Status, anchor::file_slug},
    render::{
        site::{Cx, severity_key, status_key},
        urls::{self, Kind},
        view::{Choice, Link, Option, PostmortemsView},
    },
};

/// The most postmortems on one page. Beyond it a browser takes seconds to lay the page out; the pages of years hold the
/// older ones, and the search, with the same choices, looks at all.
pub(super) const MOST: usize = 2_000;

/// From this many items on, a list is laid out only where it is looked at.
pub(super) const LONG: usize = 500;

pub(super) fn view(cx: &Cx<'_>) -> PostmortemsView {
    let total = cx.cards.len();
    let root = urls::root(urls::POSTMORTEMS);
    let sentence = span_of_time(cx);
    PostmortemsView {
        page: {
            let mut page =
                cx.page(urls::POSTMORTEMS, urls::POSTMORTEMS, cx.words.say("postmortems.title"), &sentence);
            page.scripts.push("list.js".to_owned());
            page
        },
        count: cx.words.count("count.postmortems", total, &[]),
        is_long: total > LONG,
        older: older(cx, total, &root),
        choices: choices(cx),
        open: cx.cards.iter().take(MOST).filter(|card| card.unfinished > 0).count(),
        entries: (0..total.min(MOST)).filter_map(|place| cx.entry(place, &root, true)).collect(),
        sentence,
    }
}

fn older(cx: &Cx<'_>, total: usize, root: &str) -> Vec<Link> {
    if total <= MOST {
        return Vec::new();
    }
    vec![
        Link::to(
            urls::from(root, &Kind::Year.index()),
            cx.words.count("postmortems.older", total - MOST, &[]),
        ),
        Link::to(urls::from(root, urls::SEARCH), cx.words.say("postmortems.search-older")),
    ]
}

/// `18 postmortems from March 2024 to November 2026.`, as far as they have dates.
pub(super) fn span_of_time(cx: &Cx<'_>) -> String {
    let months = &cx.site.summary.frequency.months;
    let said = |month: crate::aggregate::Month| cx.words.month_of(month.year, month.month);
    let all = cx.words.count("count.postmortems", cx.cards.len(), &[]);
    match (months.first(), months.last()) {
        (Some((first, _)), Some((last, _))) if first == last => {
            cx.words.fill("postmortems.one-month", &[("postmortems", &all), ("month", &said(*first))])
        }
        (Some((first, _)), Some((last, _))) => cx.words.fill(
            "postmortems.months",
            &[("postmortems", &all), ("first", &said(*first)), ("last", &said(*last))],
        ),
        _ => cx.words.fill("postmortems.all-time", &[("postmortems", &all)]),
    }
}

fn choices(cx: &Cx<'_>) -> Vec<Choice> {
    let label = |text: &str| text.to_owned();
    let mut choices = vec![Choice {
        name: "severity",
        label: label(cx.words.say("filter.severity")),
        options: severities(cx),
    }];
    choices.extend(Kind::ALL.map(|kind| Choice {
        name: kind.word(),
        label: label(cx.words.of("kind", kind.folder())),
        options: groups(cx, kind),
    }));
    choices.push(Choice {
        name: "status",
        label: label(cx.words.say("filter.status")),
        options: statuses(cx),
    });
    // A field with nothing to choose from is noise.
    choices.retain(|choice| !choice.options.is_empty());
    choices
}

fn severities(cx: &Cx<'_>) -> Vec<Option> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for postmortem in cx.site.archive.postmortems() {
        *counts.entry(severity_key(postmortem)).or_default() += 1;
    }
    let mut options: Vec<Option> = Vec::new();
    for share in &cx.site.summary.frequency.severities {
        let (key, text) = if share.id.is_empty() {
            ("none".to_owned(), cx.words.say("filter.no-severity").to_owned())
        } else {
            (file_slug(&share.id), share.id.clone())
        };
        let count = counts.get(&key).copied().unwrap_or_default();
        if count > 0 && options.iter().all(|option| option.key != key) {
            options.push(Option { key, text, count });
        }
    }
    options
}

fn groups(cx: &Cx<'_>, kind: Kind) -> Vec<Option> {
    kind.groups(&cx.site.summary.groups)
        .iter()
        .filter(|group| !group.postmortems.is_empty())
        .map(|group| Option {
            key: group.slug.clone(),
            text: group.name.clone(),
            count: group.postmortems.len(),
        })
        .collect()
}

fn statuses(cx: &Cx<'_>) -> Vec<Option> {
    let known = Status::ALL.map(|status| (status.key(), cx.words.of("status", status.key())));
    known
        .into_iter()
        .chain([("none", cx.words.say("filter.no-status"))])
        .map(|(key, text)| Option {
            key: key.to_owned(),
            text: text.to_owned(),
            count: cx.site.archive.postmortems().iter().filter(|p| status_key(p) == key).count(),
        })
        .filter(|option| option.count > 0)
        .collect()
}
