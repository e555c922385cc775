//! The pages of services, teams, contributing factors, tags and years, and the indexes of each kind.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::{
    aggregate::{Distribution, Group, Groups},
    config::Named,
    render::{
        site::Cx,
        urls::{self, Kind},
        view::{Count, Fact, Figure, GroupView, GroupsView, IndexRow, Link, NavItem, Together},
        words,
    },
};

/// How many groups of another kind a page names beside its own.
const BESIDE: usize = 8;

pub(super) fn view(cx: &Cx<'_>, kind: Kind, group: &Group) -> GroupView {
    let path = kind.page(group);
    let root = urls::root(&path);
    let cards = || group.postmortems.iter().filter_map(|place| cx.cards.get(*place));
    let mut open: Vec<usize> = cards().flat_map(|card| card.actions.iter().copied()).collect();
    // The order of the summary: the most pressing first.
    open.sort_unstable();
    let entries = &cx.site.summary.actions.entries;
    let open =
        open.into_iter().filter_map(|place| entries.get(place)).filter(|entry| entry.status.is_unfinished());
    let description = format!("{}: {}.", group.name, words::count(group.postmortems.len(), "postmortem"));
    GroupView {
        page: cx.page(&path, &cx.browse_page(), &group.name, &description),
        kind: kind.title(),
        title: group.name.clone(),
        description: group.description.clone(),
        about: about(cx, kind, group, &root),
        figures: figures(cx, group),
        actions: open.filter_map(|entry| super::actions::item(cx, entry, &root, false)).collect(),
        filter: format!(
            "{}#{}={}",
            urls::from(&root, urls::POSTMORTEMS),
            kind.word(),
            urls::encoded(&group.slug)
        ),
        entries: group.postmortems.iter().filter_map(|place| cx.entry(*place, &root, false)).collect(),
        hint: hint(kind),
        example: example(kind, &group.id),
        beside: Kind::ALL
            .into_iter()
            .filter(|other| *other != kind && *other != Kind::Year)
            .filter_map(|other| together(cx, group, other, &root))
            .collect(),
    }
}

fn about(cx: &Cx<'_>, kind: Kind, group: &Group, root: &str) -> Vec<Fact> {
    let config = cx.site.config;
    match kind {
        Kind::Service => {
            let team = config.service(&group.id).and_then(|service| service.team.as_ref());
            let team = team.and_then(|team| Groups::find(&cx.site.summary.groups.teams, &team.value));
            team.map(|team| Fact {
                term: "Team".to_owned(),
                links: vec![Link::to(urls::from(root, &Kind::Team.page(team)), team.name.as_str())],
                mark: String::new(),
            })
            .into_iter()
            .collect()
        }
        Kind::Team => {
            let own = config.services.iter().filter(|service| {
                service
                    .team
                    .as_ref()
                    .is_some_and(|team| config.team(team).is_some_and(|team| team.id() == group.id))
            });
            let links: Vec<Link> = own
                .filter_map(|service| Groups::find(&cx.site.summary.groups.services, service.id()))
                .map(|service| {
                    Link::to(urls::from(root, &Kind::Service.page(service)), service.name.as_str())
                })
                .collect();
            let fact = Fact { term: "Services".to_owned(), links, mark: String::new() };
            if fact.links.is_empty() { Vec::new() } else { vec![fact] }
        }
        Kind::Factor | Kind::Tag | Kind::Year => Vec::new(),
    }
}

fn figures(cx: &Cx<'_>, group: &Group) -> Vec<Figure> {
    let cards = || group.postmortems.iter().filter_map(|place| cx.cards.get(*place));
    let figure = |term: &str, value: String| Figure { term: term.to_owned(), value, is_over: false };
    let overdue: usize = cards().map(|card| card.overdue).sum();
    let open: usize = cards().map(|card| card.unfinished).sum();
    let mut figures = vec![
        figure("Postmortems", group.postmortems.len().to_string()),
        figure("Open actions", open.to_string()),
    ];
    if overdue > 0 {
        figures.push(Figure { is_over: true, ..figure("Overdue", overdue.to_string()) });
    }
    let resolve = Distribution::new(cards().filter_map(|card| card.resolve).collect());
    if let Some(median) = resolve.median() {
        figures
            .push(figure(&format!("Median time to resolve, n = {}", resolve.n()), words::duration(median)));
    }
    figures
}

fn together(cx: &Cx<'_>, group: &Group, other: Kind, root: &str) -> Option<Together> {
    let groups = other.groups(&cx.site.summary.groups);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for place in &group.postmortems {
        let Some((postmortem, _)) = cx.at(*place) else { continue };
        let facts = match other {
            Kind::Service => &postmortem.services,
            Kind::Team => &postmortem.teams,
            Kind::Factor => &postmortem.factors,
            Kind::Tag => &postmortem.tags,
            Kind::Year => return None,
        };
        for fact in facts {
            *counts.entry(fact.value.as_str()).or_default() += 1;
        }
    }
    let mut links: Vec<Count> = counts
        .into_iter()
        .filter_map(|(id, count)| {
            let group = Groups::find(groups, id)?;
            Some(Count { text: group.name.clone(), href: urls::from(root, &other.page(group)), count })
        })
        .collect();
    links.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
    links.truncate(BESIDE);
    (!links.is_empty()).then(|| Together { term: other.title(), links })
}

pub(super) fn index(cx: &Cx<'_>, kind: Kind) -> GroupsView {
    let path = kind.index();
    let root = urls::root(&path);
    let groups = kind.groups(&cx.site.summary.groups);
    let title = kind.title();
    let rows: Vec<IndexRow> = groups.iter().map(|group| row(cx, kind, group, &root)).collect();
    let sentence = match groups.len() {
        0 => "None yet.".to_owned(),
        count => {
            let used = groups.iter().filter(|group| !group.postmortems.is_empty()).count();
            if used == count {
                format!("{}, each with its postmortems and open actions.", words::count(count, kind.word()))
            } else {
                format!("{}, {used} of them with postmortems.", words::count(count, kind.word()))
            }
        }
    };
    GroupsView {
        page: cx.page(&path, &cx.browse_page(), title, &format!("{title}: {sentence}")),
        title,
        sentence,
        kinds: Kind::ALL
            .into_iter()
            .map(|other| NavItem {
                href: urls::from(&root, &other.index()),
                text: other.title().to_owned(),
                is_current: other == kind,
                current: "page",
            })
            .collect(),
        rows,
        hint: hint(kind),
        example: example(kind, ""),
    }
}

fn row(cx: &Cx<'_>, kind: Kind, group: &Group, root: &str) -> IndexRow {
    let open: usize =
        group.postmortems.iter().filter_map(|place| cx.cards.get(*place)).map(|card| card.unfinished).sum();
    let open = if open > 0 { format!(", {}", words::count(open, "open action")) } else { String::new() };
    let count = format!("{}{open}", words::count(group.postmortems.len(), "postmortem"));
    let latest =
        group.postmortems.first().and_then(|place| cx.at(*place)).filter(|_| kind != Kind::Year).and_then(
            |(postmortem, _)| {
                let date = postmortem.date.as_ref()?.value;
                Some(format!("Latest in {} {}.", words::month(date.month()), date.year()))
            },
        );
    let about = [Some(group.description.clone()).filter(|text| !text.is_empty()), latest];
    IndexRow {
        href: urls::from(root, &kind.page(group)),
        text: group.name.clone(),
        count,
        about: about.into_iter().flatten().collect::<Vec<_>>().join(" "),
    }
}

fn hint(kind: Kind) -> String {
    match kind {
        Kind::Year => "A postmortem belongs to the year of its".to_owned(),
        _ => "A postmortem is listed here when its front matter says".to_owned(),
    }
}

fn example(kind: Kind, id: &str) -> String {
    let id = if id.is_empty() { "…" } else { id };
    match kind {
        Kind::Year => "date".to_owned(),
        _ => format!("{} = [\"{id}\"]", kind.folder()),
    }
}
