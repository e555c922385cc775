//! One action item, wherever it is shown.

use serde::Serialize;

use crate::{
    aggregate::{ActionEntry, AgeBand, Urgency},
    error::Result,
    model::{ActionItem, ActionStatus, ActionType, Due, anchor::file_slug},
    render::{
        pages::actions::{choices, team_name},
        site::Cx,
        theme::Made,
        urls::{self, Kind},
        view::{ActionKeys, ActionView, Link, Word},
        words::{Words, capitalised},
    },
};

/// An action item in a list across postmortems, on a page with this root.
pub(in crate::render::pages) fn item(
    cx: &Cx<'_>,
    entry: &ActionEntry,
    root: &str,
    with_keys: bool,
) -> Option<ActionView> {
    let (postmortem, item) = entry.item(cx.site.archive)?;
    let (_, card) = cx.at(entry.postmortem)?;
    let page = urls::from(root, &card.page);
    let mut view = described(cx, entry, item);
    view.href = format!("{page}#{}", urls::encoded(&item.anchor()));
    view.from = Some(Link::to(page, postmortem.title.value.as_str()));
    view.keys = with_keys.then(|| ActionKeys {
        is: choices::states_of(entry).join(" "),
        when: Urgency::of(entry, cx.site.summary.today).key(),
        service: cx.slugs(Kind::Service, &postmortem.services),
        source: cx.source(postmortem).map(|group| group.slug.clone()).unwrap_or_default(),
        since: choices::age(entry).map_or("", AgeBand::key),
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

/// The action item at a place in the summary's list, as lists on the pages of groups have it: each is in many.
pub(in crate::render::pages) fn html<'a>(cx: &Cx<'a>, place: usize, root: &str) -> Result<Option<&'a Made>> {
    #[derive(Serialize)]
    struct Arguments {
        of: ActionView,
    }
    let Some(kept) = cx.cards.item(place) else { return Ok(None) };
    if let Some(made) = kept.get() {
        return Ok(Some(made));
    }
    let entry = cx.site.summary.actions.entries.get(place);
    let Some(of) = entry.and_then(|entry| item(cx, entry, root, false)) else { return Ok(None) };
    let made = cx.theme.templates().component("action", &Arguments { of })?;
    Ok(Some(kept.get_or_init(|| Box::new(made))))
}

/// What every place says of an action item; where it links to is for the place to add.
pub(in crate::render::pages) fn described(cx: &Cx<'_>, entry: &ActionEntry, item: &ActionItem) -> ActionView {
    let state = if entry.is_overdue {
        Word { key: "overdue", word: capitalised(cx.words.of("action-state", "overdue")) }
    } else {
        let word = cx.words.of("action-state", entry.status.key());
        Word { key: entry.status.key(), word: capitalised(word) }
    };
    let mut line = Vec::new();
    // “Overdue” hides how far the work is.
    if entry.is_overdue && entry.status != ActionStatus::Open {
        line.push(cx.words.of("action-state", entry.status.key()).to_owned());
    }
    match &item.owner {
        Some(owner) => line.push(team_name(cx, &owner.value)),
        None if entry.status.is_unfinished() => line.push(cx.words.say("action.no-owner").to_owned()),
        None => {}
    }
    line.extend(
        item.kind
            .as_ref()
            .map(|kind| kind.value)
            .filter(|kind| *kind != ActionType::Other)
            .map(|kind| cx.words.of("action-type", kind.key()).to_owned()),
    );
    line.extend(item.priority.as_ref().map(|priority| priority.value.clone()));
    line.extend(entry.age_days.map(|days| age(cx.words, days)));
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

/// `open for 45 days`, and in months or years where days would be many.
fn age(words: &Words, days: i64) -> String {
    let days = usize::try_from(days).unwrap_or_default();
    match days {
        0 => words.say("action.opened-today").to_owned(),
        1..=59 => words.count("action.open-days", days, &[]),
        // A year has 365.25 days, a month a twelfth of them.
        60..=730 => words.count("action.open-months", days * 48 / 1461, &[]),
        _ => words.count("action.open-years", days * 4 / 1461, &[]),
    }
}

/// When the work is due, or when it was closed.
fn due(cx: &Cx<'_>, entry: &ActionEntry, item: &ActionItem) -> String {
    let words = cx.words;
    if !entry.status.is_unfinished() {
        let closed = item.closed.as_ref().map(|closed| words.short_day(closed.value));
        return closed.map(|day| words.fill("action.closed", &[("day", &day)])).unwrap_or_default();
    }
    let Some(due) = entry.due else { return words.say("action.no-due-date").to_owned() };
    let day = due_in_words(words, due);
    if !entry.is_overdue {
        let key = if entry.due_is_derived { "action.due-by-priority" } else { "action.due" };
        return words.fill(key, &[("day", &day)]);
    }
    let late = (cx.site.summary.today - due.last_day()).num_days();
    let days = words.count("count.days", usize::try_from(late).unwrap_or_default(), &[]);
    let key = if entry.due_is_derived { "action.late-by-priority" } else { "action.late" };
    words.fill(key, &[("days", &days), ("day", &day)])
}

/// `10 Apr 2026`, `April 2026`, `Q2 2026`.
fn due_in_words(words: &Words, due: Due) -> String {
    match due {
        Due::Day(day) => words.short_day(day),
        Due::Month { year, month } => words.month_of(year, month),
        Due::Quarter { year, quarter } => words.quarter(year, quarter),
    }
}

/// A key as it is; of an address the part that tells it apart.
pub(in crate::render::pages) fn tracker_text(tracker: &str) -> String {
    let Some((_, rest)) = tracker.split_once("://") else { return tracker.to_owned() };
    let rest = rest.split(['?', '#']).next().unwrap_or(rest).trim_end_matches('/');
    let parts: Vec<&str> = rest.split('/').collect();
    match parts.as_slice() {
        [.., repository, "issues" | "pull" | "merge_requests", number] => format!("{repository}#{number}"),
        [_, .., last] => (*last).to_owned(),
        _ => rest.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::words::english;

    #[test]
    fn an_age_is_told_in_the_unit_that_fits_it() {
        let words = english();
        let said =
            [0, 1, 45, 59, 60, 365, 730, 731, 1_461].map(|days| age(&words, days).replace('\u{a0}', " "));
        assert_eq!(
            said,
            [
                "opened today",
                "open for 1 day",
                "open for 45 days",
                "open for 59 days",
                "open for 1 month",
                "open for 11 months",
                "open for 23 months",
                "open for 2 years",
                "open for 4 years"
            ]
        );
    }
}
