//! What became of an action, event by event.

use crate::{
    aggregate::{ActionEntry, ledger::What},
    model::{ActionStatus, Due},
    render::{site::Cx, view::ActionEvent, words::Words},
};

/// The events of an action, the oldest first; none where nothing but its beginning is known.
pub(in crate::render::pages) fn history(cx: &Cx<'_>, entry: &ActionEntry) -> Vec<ActionEvent> {
    let history = cx.site.ledger.and_then(|ledger| ledger.history(entry));
    let events = history.map(|history| history.events.as_slice()).filter(|events| events.len() > 1);
    let event = |event: &crate::aggregate::Event| ActionEvent {
        day: event.day.to_string(),
        day_text: cx.words.short_day(event.day),
        text: text(cx.words, event.what),
    };
    events.unwrap_or_default().iter().map(event).collect()
}

fn text(words: &Words, what: What) -> String {
    let state = |status: ActionStatus| words.of("action-state", status.key()).to_owned();
    let with_state = |key: &str, status| words.fill(key, &[("state", &state(status))]);
    match what {
        What::Opened { status: ActionStatus::Open } => words.say("action-history.opened").to_owned(),
        What::Opened { status } => with_state("action-history.noted", status),
        What::Status { to, .. } if what.is_closing() => with_state("action-history.closed", to),
        What::Status { .. } if what.is_reopening() => words.say("action-history.reopened").to_owned(),
        What::Status { to, .. } => state(to),
        What::Removed { .. } => words.say("action-history.removed").to_owned(),
        What::Returned { .. } => words.say("action-history.returned").to_owned(),
        What::Due { to: None, .. } => words.say("action-history.no-due-date").to_owned(),
        What::Due { from: None, to: Some(to) } => {
            words.fill("action-history.due", &[("day", &due(words, to))])
        }
        What::Due { from: Some(from), to: Some(to) } => {
            let days = (to.last_day() - from.last_day()).num_days();
            let key = if days < 0 { "action-history.brought-forward" } else { "action-history.put-off" };
            let days = words.count("count.days", usize::try_from(days.abs()).unwrap_or_default(), &[]);
            words.fill(key, &[("days", &days), ("day", &due(words, to))])
        }
    }
}

fn due(words: &Words, due: Due) -> String {
    match due {
        Due::Day(day) => words.short_day(day),
        Due::Month { year, month } => words.month_of(year, month),
        Due::Quarter { year, quarter } => words.quarter(year, quarter),
    }
}
