//! The page of all action items, and the one that a team takes to its weekly meeting.

mod choices;
mod history;
mod item;
mod weekly;

use std::collections::BTreeMap;

use crate::{
    aggregate::{ActionEntry, AgeBand, Urgency},
    config::Named,
    model::{ActionStatus, anchor::file_slug},
    render::{
        charts::states::{Part, StatesView, states},
        pages::{levels, list},
        site::Cx,
        urls,
        view::{ActionGroup, ActionsView, Breakdown, Count, Link},
        words::capitalised,
    },
};

pub(super) use history::history;
pub(super) use item::{described, html, item, tracker_text};
pub(super) use weekly::view as weekly;

/// The most actions on one page. Beyond it a browser takes seconds to lay the page out.
const MOST: usize = list::MOST;

pub(super) fn view(cx: &Cx<'_>) -> ActionsView {
    let entries = &cx.site.summary.actions.entries;
    let sentence = sentence(cx);
    let mut page = cx.page(urls::ACTIONS, urls::ACTIONS, cx.words.say("actions-page.title"), &sentence);
    page.scripts.extend(["grouping.js", "list.js"].map(str::to_owned));
    let choices = choices::choices(cx);
    ActionsView {
        page,
        sentence,
        weekly: Link::to(urls::from("", urls::WEEKLY), cx.words.say("actions-page.weekly")),
        count: cx.words.count("count.actions", entries.len().min(MOST), &[]),
        states: states_bar(cx),
        is_long: entries.len() > list::LONG,
        breakdown: breakdown(cx),
        groupings: choices::groupings(&choices),
        choices,
        groups: groups(cx),
        most: MOST,
        left_out: entries.len().saturating_sub(MOST),
        flow: levels::work(cx),
        files: [("flow.subscribe", urls::CALENDAR), ("flow.spreadsheet", urls::ACTIONS_CSV)]
            .map(|(key, path)| Link::to(urls::from("", path), cx.words.say(key)))
            .to_vec(),
    }
}

/// The items by how they press; within a group in the order of the summary, closed ones the latest first.
fn groups(cx: &Cx<'_>) -> Vec<ActionGroup> {
    let today = cx.site.summary.today;
    let shown = cx.site.summary.actions.entries.iter().take(MOST);
    let mut by_urgency: BTreeMap<Urgency, Vec<&ActionEntry>> = BTreeMap::new();
    for entry in shown {
        by_urgency.entry(Urgency::of(entry, today)).or_default().push(entry);
    }
    if let Some(closed) = by_urgency.get_mut(&Urgency::Closed) {
        closed.sort_by_key(|entry| {
            let day = entry.item(cx.site.archive).and_then(|(_, item)| Some(item.closed.as_ref()?.value));
            std::cmp::Reverse(day)
        });
    }
    by_urgency
        .into_iter()
        .map(|(urgency, entries)| ActionGroup {
            key: urgency.key(),
            title: capitalised(cx.words.of("urgency", urgency.key())),
            count: entries.len(),
            items: entries.into_iter().filter_map(|entry| item(cx, entry, "", true)).collect(),
        })
        .collect()
}

fn sentence(cx: &Cx<'_>) -> String {
    let (words, summary) = (cx.words, &cx.site.summary.actions);
    let committed = summary.entries.iter().filter(|entry| entry.status.is_committed()).count();
    if committed == 0 {
        return words.say("actions-page.none").to_owned();
    }
    let done = words.whole(summary.count_of(ActionStatus::Done));
    let first = match summary.count_of(ActionStatus::WontDo) {
        0 => words.count("actions-page.done", committed, &[("done", &done)]),
        dropped => {
            let dropped = words.whole(dropped);
            words.count("actions-page.done-dropped", committed, &[("done", &done), ("dropped", &dropped)])
        }
    };
    let rest = match (summary.unfinished, summary.overdue) {
        (0, _) => words.say("home.nothing-open").to_owned(),
        (open, 0) => words.count("actions-page.some-open", open, &[]),
        (open, late) => words.count("actions-page.some-late", open, &[("late", &words.whole(late))]),
    };
    format!("{first} {rest}")
}

/// How many are in which state: the overdue ones first, the finished ones behind those that are not.
fn states_bar(cx: &Cx<'_>) -> Option<StatesView> {
    let entries = &cx.site.summary.actions.entries;
    let part = |key: &str, is: &dyn Fn(&ActionEntry) -> bool| Part {
        key: key.to_owned(),
        word: capitalised(cx.words.of("action-state", key)),
        count: entries.iter().filter(|entry| is(entry)).count(),
    };
    let order = [
        ActionStatus::Open,
        ActionStatus::InProgress,
        ActionStatus::Blocked,
        ActionStatus::Done,
        ActionStatus::WontDo,
        ActionStatus::Proposed,
    ];
    let mut parts = vec![part("overdue", &|entry| entry.is_overdue)];
    parts
        .extend(order.map(|status| part(status.key(), &|entry| entry.status == status && !entry.is_overdue)));
    states(&parts)
}

fn breakdown(cx: &Cx<'_>) -> Vec<Breakdown> {
    let summary = &cx.site.summary.actions;
    let row = |text: String, filter: &str, count: usize| {
        let href = if filter.is_empty() { String::new() } else { format!("#is=unfinished&{filter}") };
        Count { text, href, count }
    };
    let part = |title: &str, rows: Vec<Count>| Breakdown { title: title.to_owned(), rows };
    let mut teams: Vec<_> = summary
        .unfinished_by_team
        .iter()
        .map(|(id, count)| row(team_name(cx, id), &format!("team={}", file_slug(id)), *count))
        .collect();
    teams.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
    let with_team: usize = summary.unfinished_by_team.values().sum();
    if with_team > 0 && with_team < summary.unfinished {
        teams.push(row(cx.words.say("actions-page.no-team").to_owned(), "", summary.unfinished - with_team));
    }
    let (unstated, stated): (Vec<_>, Vec<_>) =
        summary.unfinished_by_priority.iter().partition(|(key, _)| key.is_empty());
    let stated = stated
        .into_iter()
        .map(|(key, count)| row(key.clone(), &format!("priority={}", file_slug(key)), *count));
    let unstated = unstated
        .into_iter()
        .map(|(_, count)| row(cx.words.say("actions-page.not-stated").to_owned(), "", *count));
    let priorities: Vec<_> = stated.chain(unstated).collect();
    let ages = AgeBand::ALL
        .into_iter()
        .filter_map(|band| {
            let count = *summary.unfinished_by_age.get(&band)?;
            Some(row(cx.words.of("age", band.key()).to_owned(), &format!("since={}", band.key()), count))
        })
        .collect();
    [
        part(cx.words.say("actions-page.by-team"), teams),
        part(cx.words.say("actions-page.by-priority"), priorities),
        part(cx.words.say("actions-page.by-age"), ages),
    ]
    .into_iter()
    .filter(|part| !part.rows.is_empty())
    .collect()
}

fn team_name(cx: &Cx<'_>, id: &str) -> String {
    cx.site.config.team(id).map_or_else(|| id.to_owned(), |team| team.title().to_owned())
}
