//! Action items: the page of all of them, and one item wherever it is shown.

use std::collections::BTreeMap;

use crate::{
    aggregate::{ActionEntry, AgeBand},
    config::Named,
    model::{ActionItem, ActionStatus, ActionType, Due, anchor::file_slug},
    render::{
        charts::states::{Part, StatesView, states},
        site::Cx,
        urls,
        view::{
            ActionKeys, ActionView, ActionsView, Breakdown, Choice, Count, Link, Option as Choosable, Word,
        },
        words,
    },
};

pub(super) fn view(cx: &Cx<'_>) -> ActionsView {
    let summary = &cx.site.summary.actions;
    let sentence = sentence(cx);
    let mut page = cx.page(urls::ACTIONS, urls::ACTIONS, "Actions", &sentence);
    page.scripts.push("list.js".to_owned());
    ActionsView {
        page,
        sentence,
        count: words::count(summary.entries.len(), "action"),
        states: states_bar(cx),
        is_long: summary.entries.len() > super::list::LONG,
        breakdown: breakdown(cx),
        choices: choices(cx),
        actions: summary
            .entries
            .iter()
            .take(super::list::MOST)
            .filter_map(|entry| item(cx, entry, "", true))
            .collect(),
    }
}

fn sentence(cx: &Cx<'_>) -> String {
    let summary = &cx.site.summary.actions;
    let committed = summary.entries.iter().filter(|entry| entry.status.is_committed()).count();
    if committed == 0 {
        return "No action is committed to yet.".to_owned();
    }
    let done = summary.count_of(ActionStatus::Done);
    let dropped = match summary.count_of(ActionStatus::WontDo) {
        0 => String::new(),
        dropped => format!(" and {dropped} decided against"),
    };
    let rest = match (summary.unfinished, summary.overdue) {
        (0, _) => ". Nothing is open.".to_owned(),
        (open, 0) => format!("; {open} open, none overdue."),
        (open, late) => format!("; {open} open, {late} of them overdue."),
    };
    format!("{done} of {} are done{dropped}{rest}", words::count(committed, "committed action"))
}

/// How many are in which state: the overdue ones first, the finished ones behind those that are not.
fn states_bar(cx: &Cx<'_>) -> Option<StatesView> {
    let entries = &cx.site.summary.actions.entries;
    let part = |key: &str, is: &dyn Fn(&ActionEntry) -> bool| Part {
        key: key.to_owned(),
        word: words::capitalised(&key.replace('-', " ")),
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
    parts.extend(order.map(|status| Part {
        word: words::capitalised(status.words()),
        ..part(status.key(), &|entry| entry.status == status && !entry.is_overdue)
    }));
    states(&parts)
}

fn breakdown(cx: &Cx<'_>) -> Vec<Breakdown> {
    let summary = &cx.site.summary.actions;
    let row = |text: String, count: usize| Count { text, href: String::new(), count };
    let part = |title: &str, rows: Vec<Count>| Breakdown { title: title.to_owned(), rows };
    let by = |counts: &BTreeMap<String, usize>, name: &dyn Fn(&str) -> String| {
        let mut rows: Vec<_> = counts.iter().map(|(key, count)| row(name(key), *count)).collect();
        rows.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
        rows
    };
    let mut teams = by(&summary.unfinished_by_team, &|id| team_name(cx, id));
    let with_team: usize = summary.unfinished_by_team.values().sum();
    if with_team > 0 && with_team < summary.unfinished {
        teams.push(row("team not known".to_owned(), summary.unfinished - with_team));
    }
    let mut priorities: Vec<_> = summary
        .unfinished_by_priority
        .iter()
        .map(|(key, count)| row(if key.is_empty() { "not stated".to_owned() } else { key.clone() }, *count))
        .collect();
    priorities.sort_by_key(|row| (row.text == "not stated", row.text.clone()));
    let ages = AgeBand::ALL
        .into_iter()
        .filter_map(|band| Some(row(band.words().to_owned(), *summary.unfinished_by_age.get(&band)?)))
        .collect();
    [part("Open by team", teams), part("Open by priority", priorities), part("Open since", ages)]
        .into_iter()
        .filter(|part| !part.rows.is_empty())
        .collect()
}

fn team_name(cx: &Cx<'_>, id: &str) -> String {
    cx.site.config.team(id).map_or_else(|| id.to_owned(), |team| team.title().to_owned())
}

fn choices(cx: &Cx<'_>) -> Vec<Choice> {
    let items: Vec<_> = cx
        .site
        .summary
        .actions
        .entries
        .iter()
        .filter_map(|entry| Some((entry, entry.item(cx.site.archive)?.1)))
        .collect();
    let state_options = [("unfinished", "open, in progress or blocked"), ("overdue", "overdue")]
        .into_iter()
        .chain(ActionStatus::ALL.map(|status| (status.key(), status.words())))
        .map(|(key, text)| Choosable {
            key: key.to_owned(),
            text: text.to_owned(),
            count: items.iter().filter(|(entry, _)| filter_states(entry).contains(&key)).count(),
        })
        .filter(|option| option.count > 0)
        .collect();
    let count = |of: &dyn Fn(&ActionEntry, &ActionItem) -> Option<String>| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (entry, item) in &items {
            if let Some(key) = of(entry, item) {
                *counts.entry(key).or_default() += 1;
            }
        }
        counts
    };
    let options = |counts: BTreeMap<String, usize>| -> Vec<Choosable> {
        counts.into_iter().map(|(text, count)| Choosable { key: file_slug(&text), text, count }).collect()
    };
    let teams = count(&|entry, _| entry.team.clone())
        .into_iter()
        .map(|(id, count)| Choosable { key: file_slug(&id), text: team_name(cx, &id), count })
        .collect();
    let owners = options(count(&|_, item| item.owner.as_ref().map(|owner| owner.value.clone())));
    let kinds = options(count(&|_, item| item.kind.as_ref().map(|kind| kind.value.key().to_owned())));
    let priorities = options(count(&|_, item| item.priority.as_ref().map(|priority| priority.value.clone())));
    [
        Choice { name: "is", label: "State".to_owned(), options: state_options },
        Choice { name: "team", label: "Team".to_owned(), options: teams },
        Choice { name: "owner", label: "Owner".to_owned(), options: owners },
        Choice { name: "type", label: "Type".to_owned(), options: kinds },
        Choice { name: "priority", label: "Priority".to_owned(), options: priorities },
    ]
    .into_iter()
    .filter(|choice| !choice.options.is_empty())
    .collect()
}

/// The states that a filter may ask for.
fn filter_states(entry: &ActionEntry) -> Vec<&'static str> {
    let mut states = vec![entry.status.key()];
    if entry.status.is_unfinished() {
        states.push("unfinished");
    }
    if entry.is_overdue {
        states.push("overdue");
    }
    states
}

/// An action item in a list across postmortems, on a page with this root.
pub(super) fn item(cx: &Cx<'_>, entry: &ActionEntry, root: &str, with_keys: bool) -> Option<ActionView> {
    let (postmortem, item) = entry.item(cx.site.archive)?;
    let (_, card) = cx.at(entry.postmortem)?;
    let page = urls::from(root, &card.page);
    let mut view = described(cx, entry, item);
    view.href = format!("{page}#{}", urls::encoded(&item.anchor()));
    view.from = Some(Link::to(page, postmortem.title.value.as_str()));
    view.keys = with_keys.then(|| ActionKeys {
        is: filter_states(entry).join(" "),
        owner: item.owner.as_ref().map(|owner| file_slug(&owner.value)).unwrap_or_default(),
        team: entry.team.as_deref().map(file_slug).unwrap_or_default(),
        kind: item.kind.as_ref().map(|kind| kind.value.key().to_owned()).unwrap_or_default(),
        priority: item.priority.as_ref().map(|priority| file_slug(&priority.value)).unwrap_or_default(),
        due: entry.due.map(|due| due.last_day().to_string()).unwrap_or_default(),
        age: entry.age_days.map(|days| days.to_string()).unwrap_or_default(),
        date: postmortem.date_text(),
    });
    Some(view)
}

/// What every place says of an action item; where it links to is for the place to add.
pub(super) fn described(cx: &Cx<'_>, entry: &ActionEntry, item: &ActionItem) -> ActionView {
    let state = if entry.is_overdue {
        Word { key: "overdue", word: "Overdue".to_owned() }
    } else {
        Word { key: entry.status.key(), word: words::capitalised(entry.status.words()) }
    };
    let mut line = Vec::new();
    // “Overdue” hides how far the work is.
    if entry.is_overdue && entry.status != ActionStatus::Open {
        line.push(entry.status.words().to_owned());
    }
    match &item.owner {
        Some(owner) => line.push(team_name(cx, &owner.value)),
        None if entry.status.is_unfinished() => line.push("no owner".to_owned()),
        None => {}
    }
    line.extend(
        item.kind
            .as_ref()
            .map(|kind| kind.value)
            .filter(|kind| *kind != ActionType::Other)
            .map(|kind| kind.key().to_owned()),
    );
    line.extend(item.priority.as_ref().map(|priority| priority.value.clone()));
    ActionView {
        title: item.title.clone(),
        status: entry.status.key(),
        state: Some(state),
        due: due(cx, entry, item),
        is_overdue: entry.is_overdue,
        line,
        trackers: item
            .trackers
            .iter()
            .map(|tracker| Link {
                href: cx.site.config.tracker_link(&tracker.value),
                text: tracker_text(&tracker.value),
            })
            .collect(),
        is_internal: item.internal,
        ..ActionView::default()
    }
}

/// When the work is due, or when it was closed.
fn due(cx: &Cx<'_>, entry: &ActionEntry, item: &ActionItem) -> String {
    if !entry.status.is_unfinished() {
        let closed = item.closed.as_ref().map(|closed| words::short_day(closed.value));
        return closed.map(|day| format!("closed {day}")).unwrap_or_default();
    }
    let Some(due) = entry.due else { return "no due date".to_owned() };
    let derived = if entry.due_is_derived { " by its priority" } else { "" };
    if !entry.is_overdue {
        return format!("due {}{derived}", due_in_words(due));
    }
    let late = (cx.site.summary.today - due.last_day()).num_days();
    let late = words::count(usize::try_from(late).unwrap_or_default(), "day");
    format!("{late} over, due {}{derived}", due_in_words(due))
}

/// `10 Apr 2026`, `April 2026`, `Q2 2026`.
fn due_in_words(due: Due) -> String {
    match due {
        Due::Day(day) => words::short_day(day),
        Due::Month { year, month } => format!("{} {year}", words::month(month)),
        Due::Quarter { year, quarter } => format!("Q{quarter} {year}"),
    }
}

/// A key as it is; of an address the part that tells it apart.
pub(super) fn tracker_text(tracker: &str) -> String {
    let Some((_, rest)) = tracker.split_once("://") else { return tracker.to_owned() };
    let rest = rest.split(['?', '#']).next().unwrap_or(rest).trim_end_matches('/');
    let parts: Vec<&str> = rest.split('/').collect();
    match parts.as_slice() {
        [.., repository, "issues" | "pull" | "merge_requests", number] => format!("{repository}#{number}"),
        [_, .., last] => (*last).to_owned(),
        _ => rest.to_owned(),
    }
}
