//! Postmortems that belong to the one of the page: what it repeats, what it is like and why, what else its services had.

use crate::{
    aggregate::{Reason, Related},
    render::{
        site::Cx,
        urls,
        view::{RelatedItem, Same},
    },
};

/// How many other postmortems of a service a page names.
const SAME: usize = 4;
/// So many kinds of reasons are told, the most telling ones.
const TOLD: usize = 4;

/// Related postmortems with what makes them so.
pub(super) fn rows(cx: &Cx<'_>, related: &[Related], root: &str) -> Vec<RelatedItem> {
    related
        .iter()
        .filter_map(|related| row(cx, related.postmortem, root, &why(cx, &related.reasons)))
        .collect()
}

fn row(cx: &Cx<'_>, place: usize, root: &str, why: &str) -> Option<RelatedItem> {
    let (postmortem, card) = cx.at(place)?;
    let parts = [cx.short_day_of(postmortem), why.to_owned()];
    Some(RelatedItem {
        href: urls::from(root, &card.page),
        text: postmortem.title.value.clone(),
        why: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        open: if card.unfinished > 0 {
            cx.words.count("related.open", card.unfinished, &[])
        } else {
            String::new()
        },
    })
}

/// What two postmortems share, in words.
fn why(cx: &Cx<'_>, reasons: &[Reason]) -> String {
    let told = Reason::grouped(reasons).into_iter().map(|(reason, names)| {
        let names: Vec<String> = names
            .into_iter()
            .map(|name| match reason {
                Reason::Error(_) => cx.words.fill("list.quoted", &[("text", &name)]),
                _ => name.to_owned(),
            })
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        match names.as_slice() {
            [] => cx.words.of("related", reason.key()).to_owned(),
            names => cx.words.fill(&format!("related.{}", reason.key()), &[("names", &cx.words.row(names))]),
        }
    });
    told.take(TOLD).collect::<Vec<_>>().join(cx.words.say("list.clause"))
}

/// Other postmortems of the same services, those apart that stand under “related” already.
pub(super) fn same(cx: &Cx<'_>, place: usize, related: &[Related], root: &str) -> Vec<Same> {
    let Some((postmortem, _)) = cx.at(place) else { return Vec::new() };
    let mut named: Vec<usize> = related.iter().map(|related| related.postmortem).collect();
    named.push(place);
    let groups = &cx.site.summary.groups.services;
    let services =
        groups.iter().filter(|group| postmortem.services.iter().any(|service| service.value == group.id));
    let mut same = Vec::new();
    for group in services {
        let others: Vec<usize> =
            group.postmortems.iter().copied().filter(|other| !named.contains(other)).take(SAME).collect();
        named.extend(&others);
        let links: Vec<_> = others.into_iter().filter_map(|other| row(cx, other, root, "")).collect();
        if !links.is_empty() {
            same.push(Same {
                title: cx.words.fill("postmortem.also-in", &[("service", &group.name)]),
                links,
            });
        }
    }
    same
}
