//! The pages of services, teams, contributing factors, tags, sources and years, and the indexes of each kind.

use std::collections::HashMap;

use chrono::Datelike;

use crate::{
    aggregate::{Budget, Distribution, Group, Groups},
    config::Named,
    error::Result,
    render::{
        Problem,
        pages::levels,
        site::Cx,
        urls::{self, Kind},
        view::{Count, Fact, Figure, GroupView, GroupsView, IndexRow, Link, NavItem, Together},
    },
};

/// How many groups of another kind a page names beside its own.
const BESIDE: usize = 8;
/// How many postmortems a page has; earlier ones have pages of their own.
const POSTMORTEMS: usize = 200;
/// How many unfinished actions it has.
const ACTIONS: usize = 100;

/// On how many pages the postmortems of a group are.
pub(super) fn parts(group: &Group) -> usize {
    group.postmortems.len().div_ceil(POSTMORTEMS).max(1)
}

/// A part of the page of a group, and what went wrong with the site's own template of entries. What is said of the group
/// as a whole stands on the first one.
pub(super) fn view(
    cx: &Cx<'_>,
    kind: Kind,
    group: &Group,
    part: usize,
) -> Result<(GroupView, Option<Problem>)> {
    let path = kind.part(group, part);
    let root = urls::root(&path);
    let mut entries = Vec::new();
    let mut problem = None;
    for place in group.postmortems.iter().skip(part * POSTMORTEMS).take(POSTMORTEMS) {
        let Some(made) = cx.entry_html(*place, &root)? else { continue };
        entries.push(made.html.clone());
        problem = problem.or_else(|| made.problem.clone());
    }
    let (earlier, later) = neighbours(cx, kind, group, part, &root);
    let postmortems = cx.words.count("count.postmortems", group.postmortems.len(), &[]);
    let description = cx.words.fill("group.about", &[("name", &group.name), ("postmortems", &postmortems)]);
    let here = here(cx, group, part);
    let title = if part == 0 { group.name.clone() } else { format!("{}, {here}", group.name) };
    let view = GroupView {
        page: cx.page(&path, &cx.browse_page(), &title, &description),
        kind: cx.words.of("kinds", kind.folder()).to_owned(),
        title,
        filter: format!(
            "{}#{}={}",
            urls::from(&root, urls::POSTMORTEMS),
            kind.word(),
            urls::encoded(&group.slug)
        ),
        entries,
        here,
        earlier,
        later,
        empty: empty(cx, kind, &group.id),
        description: String::new(),
        about: Vec::new(),
        figures: Vec::new(),
        budgets: Vec::new(),
        actions: Vec::new(),
        more_actions: None,
        beside: Vec::new(),
    };
    if part > 0 {
        return Ok((view, problem));
    }
    let (view, of_actions) = with_facts(cx, kind, group, &root, view)?;
    Ok((view, problem.or(of_actions)))
}

/// The view with what is said of the group as a whole, and what went wrong with the site's own template of actions.
fn with_facts(
    cx: &Cx<'_>,
    kind: Kind,
    group: &Group,
    root: &str,
    view: GroupView,
) -> Result<(GroupView, Option<Problem>)> {
    let entries = &cx.site.summary.actions.entries;
    let is_open = |place: &usize| entries.get(*place).is_some_and(|entry| entry.status.is_unfinished());
    let cards = || group.postmortems.iter().filter_map(|place| cx.cards.get(*place));
    let mut open: Vec<usize> =
        cards().flat_map(|card| card.actions.iter().copied()).filter(is_open).collect();
    // The order of the summary: the most pressing first.
    open.sort_unstable();
    let mut actions = Vec::new();
    let mut problem = None;
    for place in open.iter().take(ACTIONS) {
        let Some(made) = super::actions::html(cx, *place, root)? else { continue };
        actions.push(made.html.clone());
        problem = problem.or_else(|| made.problem.clone());
    }
    let view = GroupView {
        description: group.description.clone(),
        about: about(cx, kind, group, root),
        figures: figures(cx, kind, group),
        budgets: if kind == Kind::Service { levels::of_service(cx, &group.id) } else { Vec::new() },
        actions,
        more_actions: (open.len() > ACTIONS).then(|| all_actions(cx, kind, group, open.len(), root)),
        beside: Kind::of(&cx.site.summary.groups)
            .filter(|other| *other != kind && *other != Kind::Year)
            .filter_map(|other| together(cx, group, other, root))
            .collect(),
        ..view
    };
    Ok((view, problem))
}

/// The page of all actions, filtered for the group where it can be.
fn all_actions(cx: &Cx<'_>, kind: Kind, group: &Group, count: usize, root: &str) -> Link {
    let filter = match kind {
        Kind::Service | Kind::Team | Kind::Source => {
            format!("&{}={}", kind.word(), urls::encoded(&group.slug))
        }
        Kind::Factor | Kind::Tag | Kind::Year => String::new(),
    };
    let text = cx.words.count("count.all-actions", count, &[]);
    Link::to(format!("{}#is=unfinished{filter}", urls::from(root, urls::ACTIONS)), text)
}

/// Links to the pages of earlier and of later postmortems.
fn neighbours(
    cx: &Cx<'_>,
    kind: Kind,
    group: &Group,
    part: usize,
    root: &str,
) -> (Option<Link>, Option<Link>) {
    let link =
        |part: usize, key: &str| Link::to(urls::from(root, &kind.part(group, part)), cx.words.say(key));
    (
        (part + 1 < parts(group)).then(|| link(part + 1, "postmortem.earlier")),
        part.checked_sub(1).map(|part| link(part, "postmortem.later")),
    )
}

/// `Page 2 of 7`; empty when there is only one.
fn here(cx: &Cx<'_>, group: &Group, part: usize) -> String {
    match parts(group) {
        1 => String::new(),
        pages => cx.words.fill("register.page", &[("page", &(part + 1)), ("pages", &pages)]),
    }
}

fn about(cx: &Cx<'_>, kind: Kind, group: &Group, root: &str) -> Vec<Fact> {
    let config = cx.site.config;
    match kind {
        Kind::Service => {
            let team = config.service(&group.id).and_then(|service| service.team.as_ref());
            let team = team.and_then(|team| Groups::find(&cx.site.summary.groups.teams, &team.value));
            team.map(|team| Fact {
                term: cx.words.say("kind.teams").to_owned(),
                links: vec![Link::to(urls::from(root, &Kind::Team.page(team)), team.name.as_str())],
                ..Fact::default()
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
            let fact = Fact { term: cx.words.say("kinds.services").to_owned(), links, ..Fact::default() };
            if fact.links.is_empty() { Vec::new() } else { vec![fact] }
        }
        Kind::Source => {
            let repository = config.book.src.sources().find(|(id, _)| *id == group.id);
            let repository = repository.and_then(|(_, folder)| folder.git_repository_url.as_deref());
            let link = |url: &str| Fact {
                term: cx.words.say("frame.repository").to_owned(),
                links: vec![Link::to(url, url)],
                ..Fact::default()
            };
            repository.map(link).into_iter().collect()
        }
        Kind::Factor | Kind::Tag | Kind::Year => Vec::new(),
    }
}

fn figures(cx: &Cx<'_>, kind: Kind, group: &Group) -> Vec<Figure> {
    let cards = || group.postmortems.iter().filter_map(|place| cx.cards.get(*place));
    let figure = |term: &str, value: String| Figure { term: term.to_owned(), value, is_over: false };
    let overdue: usize = cards().map(|card| card.overdue).sum();
    let open: usize = cards().map(|card| card.unfinished).sum();
    let mut figures = vec![
        figure(cx.words.say("group.postmortems"), cx.words.whole(group.postmortems.len())),
        figure(cx.words.say("group.open-actions"), cx.words.whole(open)),
    ];
    if overdue > 0 {
        figures
            .push(Figure { is_over: true, ..figure(cx.words.say("group.overdue"), cx.words.whole(overdue)) });
    }
    let resolve = Distribution::new(cards().filter_map(|card| card.resolve).collect());
    if let Some(median) = resolve.median() {
        let term = cx.words.fill("group.median", &[("n", &cx.words.whole(resolve.n()))]);
        figures.push(figure(&term, cx.words.duration(median)));
    }
    let own = |budget: &&Budget| kind == Kind::Service && budget.service.as_ref() == Some(&group.id);
    figures.extend(cx.site.summary.budgets.iter().filter(own).map(|budget| Figure {
        term: cx.words.fill("group.budget", &[("slo", &budget.slo)]),
        value: cx.words.fill(
            "group.budget-left",
            &[
                ("left", &cx.words.decimal(budget.left_today())),
                ("allowed", &cx.words.decimal(budget.allowed)),
            ],
        ),
        is_over: budget.left_today() < 0.0,
    }));
    figures
}

fn together(cx: &Cx<'_>, group: &Group, other: Kind, root: &str) -> Option<Together> {
    let groups = other.groups(&cx.site.summary.groups);
    let mut counts: HashMap<&str, usize, ahash::RandomState> = HashMap::default();
    for place in &group.postmortems {
        let Some((postmortem, _)) = cx.at(*place) else { continue };
        let facts: &[_] = match other {
            Kind::Service => &postmortem.services,
            Kind::Team => &postmortem.teams,
            Kind::Factor => &postmortem.factors,
            Kind::Tag => &postmortem.tags,
            Kind::Source | Kind::Year => &[],
        };
        let source = postmortem.source.as_deref().filter(|_| other == Kind::Source);
        for name in facts.iter().map(|fact| fact.value.as_str()).chain(source) {
            *counts.entry(name).or_default() += 1;
        }
    }
    let mut most: Vec<(&Group, usize)> =
        groups.iter().filter_map(|group| Some((group, *counts.get(&*group.id)?))).collect();
    most.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.name.cmp(&b.name)));
    let link = |(group, count): (&Group, usize)| Count {
        text: group.name.clone(),
        href: urls::from(root, &other.page(group)),
        count,
    };
    let links: Vec<Count> = most.into_iter().take(BESIDE).map(link).collect();
    (!links.is_empty()).then(|| Together { term: cx.words.of("kinds", other.folder()).to_owned(), links })
}

pub(super) fn index(cx: &Cx<'_>, kind: Kind) -> GroupsView {
    let path = kind.index();
    let root = urls::root(&path);
    let groups = kind.groups(&cx.site.summary.groups);
    let title = cx.words.of("kinds", kind.folder());
    let rows: Vec<IndexRow> = groups.iter().map(|group| row(cx, kind, group, &root)).collect();
    let sentence = sentence(cx, kind, groups);
    GroupsView {
        page: cx.page(
            &path,
            &cx.browse_page(),
            title,
            &cx.words.fill("groups.about", &[("kinds", &title), ("sentence", &sentence)]),
        ),
        title: title.to_owned(),
        sentence,
        kinds: Kind::of(&cx.site.summary.groups)
            .map(|other| NavItem {
                href: urls::from(&root, &other.index()),
                text: cx.words.of("kinds", other.folder()).to_owned(),
                is_current: other == kind,
                current: "page",
            })
            .collect(),
        rows,
        empty: empty(cx, kind, ""),
    }
}

fn row(cx: &Cx<'_>, kind: Kind, group: &Group, root: &str) -> IndexRow {
    let open: usize =
        group.postmortems.iter().filter_map(|place| cx.cards.get(*place)).map(|card| card.unfinished).sum();
    let mut counts = vec![cx.words.count("count.postmortems", group.postmortems.len(), &[])];
    if open > 0 {
        counts.push(cx.words.count("count.open-actions", open, &[]));
    }
    let count = cx.words.row(&counts);
    let latest =
        group.postmortems.first().and_then(|place| cx.at(*place)).filter(|_| kind != Kind::Year).and_then(
            |(postmortem, _)| {
                let date = postmortem.date.as_ref()?.value;
                let month = cx.words.month_of(date.year(), date.month());
                Some(cx.words.fill("groups.latest", &[("month", &month)]))
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

/// How many there are, in a sentence.
fn sentence(cx: &Cx<'_>, kind: Kind, groups: &[Group]) -> String {
    let used = groups.iter().filter(|group| !group.postmortems.is_empty()).count();
    let kinds = cx.words.count(&format!("count.{}", kind.folder()), groups.len(), &[]);
    match groups.len() {
        0 => cx.words.say("groups.none").to_owned(),
        all if all == used => cx.words.fill("groups.all-used", &[("kinds", &kinds)]),
        _ => cx.words.fill("groups.some-used", &[("kinds", &kinds), ("used", &cx.words.whole(used))]),
    }
}

/// What makes a postmortem stand here, where none does.
fn empty(cx: &Cx<'_>, kind: Kind, id: &str) -> String {
    let id = if id.is_empty() { "…" } else { id };
    match kind {
        Kind::Year => cx.words.say("groups.empty-year").to_owned(),
        Kind::Source => cx.words.say("groups.empty-source").to_owned(),
        _ => cx.words.fill("groups.empty", &[("example", &format!("{} = [\"{id}\"]", kind.folder()))]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{
            ActionStatus,
            fixture::{action, fact, postmortem},
        },
        render::{pages::tests::with_site, site::Shared},
        source::Sources,
    };

    #[test]
    fn many_postmortems_of_a_group_are_on_several_pages_and_its_figures_on_the_first() {
        let one = |number: usize| {
            let mut one = postmortem(&format!("p{number:03}"), "2026-01-01");
            one.tags = vec![fact("network".to_owned())];
            one.actions = vec![action(&format!("p{number:03}/a"), ActionStatus::Open, "")];
            one
        };
        let postmortems: Vec<_> = (0..=POSTMORTEMS * 2).map(one).collect();
        with_site((postmortems, Sources::default()), &[], |site, theme| {
            let shared = Shared::new(site, theme);
            let cx = Cx::new(site, theme, &shared);
            let group = &site.summary.groups.tags[0];
            assert_eq!(parts(group), 3);
            let view = |part: usize| super::view(&cx, Kind::Tag, group, part).unwrap().0;
            let pages = [0, 1, 2].map(view);
            let href =
                |link: &Option<Link>| link.as_ref().and_then(|link| link.href.clone()).unwrap_or_default();
            let told = pages.each_ref().map(|page| {
                (page.title.as_str(), page.entries.len(), page.actions.len(), page.figures.len())
            });
            assert_eq!(
                told,
                [
                    ("network", 200, 100, 2),
                    ("network, Page 2 of 3", 200, 0, 0),
                    ("network, Page 3 of 3", 1, 0, 0)
                ]
            );
            let links = pages.each_ref().map(|page| (href(&page.earlier), href(&page.later)));
            let page = |part: &str| format!("../tags/network{part}.html");
            assert_eq!(
                links,
                [(page("~2"), String::new()), (page("~3"), page("")), (String::new(), page("~2"))]
            );
            assert_eq!(href(&pages[0].more_actions), "../actions.html#is=unfinished");
            let ids: std::collections::BTreeSet<&String> =
                pages.iter().flat_map(|page| &page.entries).collect();
            assert_eq!(ids.len(), 401);
        });
    }
}
