//! Sections for facts that stand in the front matter and not in the text: windows of impact, events, cause, actions.

use crate::{
    config::Named,
    model::{ImpactWindow, Moment, Origin, Postmortem, SectionKind, TimelineEvent},
    render::{
        cards::Card,
        pages::{actions as action, places::Places},
        site::Cx,
        view::{ActionView, ActionsSection, Clock, Day, Event, Events, Link, Window, Windows},
    },
};

pub(super) fn windows(cx: &Cx<'_>, postmortem: &Postmortem) -> Option<Windows> {
    let day = postmortem.date.as_ref().map(|date| date.value);
    let said = |moment: Option<&Moment>| {
        let Some(moment) = moment else { return Clock::default() };
        let date = moment.date.filter(|date| Some(*date) != day).map(|date| cx.words.short_day(date));
        let zone = moment.zone.as_ref().map(ToString::to_string);
        let parts = [date, Some(super::clock(moment)), zone];
        Clock {
            text: parts.into_iter().flatten().collect::<Vec<_>>().join("\u{a0}"),
            iso: moment.instant_iso().unwrap_or_default(),
            until: String::new(),
            is_zoned: true,
        }
    };
    let row = |window: &ImpactWindow| {
        let service = window.service.as_deref().map(|id| {
            cx.site.config.service(id).map_or_else(|| id.to_owned(), |service| service.title().to_owned())
        });
        let place = [service, window.region.clone()];
        let about = [window.severity.clone(), window.description.clone()];
        let seconds =
            window.start.as_ref().zip(window.end.as_ref()).and_then(|(start, end)| start.seconds_until(end));
        Window {
            place: place.into_iter().flatten().collect::<Vec<_>>().join(", "),
            start: said(window.start.as_ref()),
            end: said(window.end.as_ref()),
            length: seconds
                .filter(|seconds| *seconds >= 0)
                .map(|seconds| cx.words.duration(seconds))
                .unwrap_or_default(),
            about: about.into_iter().flatten().collect::<Vec<_>>().join(". "),
        }
    };
    let rows: Vec<Window> = postmortem.impact.windows.iter().map(row).collect();
    let has_about = rows.iter().any(|row| !row.about.is_empty());
    (!rows.is_empty()).then_some(Windows { anchor: "impact-windows", has_about, rows })
}

pub(super) fn events(cx: &Cx<'_>, postmortem: &Postmortem, places: &Places<'_>) -> Option<Events> {
    let mut days: Vec<Day> = Vec::new();
    for (number, told) in
        (1..).zip(&postmortem.timeline).filter(|(_, event)| event.origin == Origin::FrontMatter)
    {
        let event = event(cx, number, told, places);
        let text = told.at.date.map(|date| cx.words.long_day(date)).unwrap_or_default();
        match days.last_mut() {
            Some(day) if day.text == text || text.is_empty() => day.events.push(event),
            _ => days.push(Day { text, events: vec![event] }),
        }
    }
    let zone = postmortem.timeline.iter().find_map(|event| event.at.zone.as_ref());
    let zone = zone.or(postmortem.zone.as_ref().map(|zone| &zone.value));
    (!days.is_empty()).then(|| Events {
        anchor: "timeline",
        zone: zone.map(ToString::to_string).unwrap_or_default(),
        days,
    })
}

fn event(cx: &Cx<'_>, number: usize, told: &TimelineEvent, places: &Places<'_>) -> Event {
    let clock = super::clock(&told.at);
    let details = told.details();
    let service = details.service.as_deref().map(|id| {
        cx.site.config.service(id).map_or_else(|| id.to_owned(), |service| service.title().to_owned())
    });
    Event {
        anchor: super::event_anchor(number),
        at: Clock {
            text: if clock.is_empty() { cx.words.say("events.no-time").to_owned() } else { clock },
            iso: told.at.instant_iso().unwrap_or_default(),
            ..Clock::default()
        },
        until: told.end.as_deref().map(|end| Clock {
            text: super::clock(end),
            iso: end.instant_iso().unwrap_or_default(),
            ..Clock::default()
        }),
        milestone: told
            .milestone
            .map(|milestone| cx.words.of("milestone", milestone.key()).to_owned())
            .unwrap_or_default(),
        html: cx.markdown.line_to_html(told.markdown(), places),
        line: [details.kind.clone(), service].into_iter().flatten().collect(),
        links: details.links.iter().filter_map(|link| evidence(cx, link)).collect(),
        is_internal: told.internal,
    }
}

fn evidence(cx: &Cx<'_>, link: &str) -> Option<Link> {
    let is_web = link.starts_with("https://") || link.starts_with("http://");
    is_web.then(|| Link::to(link, cx.words.fill("events.evidence", &[("name", &action::tracker_text(link))])))
}

/// The action items with their state of today. Those that stand in the text are there in full; of them only the
/// unfinished ones are listed again.
pub(super) fn actions(cx: &Cx<'_>, place: usize, places: &Places<'_>) -> Option<ActionsSection> {
    let (postmortem, card) = cx.at(place)?;
    let entries = card.actions.iter().filter_map(|at| cx.site.summary.actions.entries.get(*at));
    let mut in_order: Vec<_> = entries.collect();
    in_order.sort_by_key(|entry| entry.action);
    let is_in_text = postmortem.actions.iter().all(|item| item.origin != Origin::FrontMatter);
    let shown = in_order.iter().filter(|entry| !is_in_text || entry.status.is_unfinished());
    let items: Vec<ActionView> = shown
        .filter_map(|entry| {
            let (_, item) = entry.item(cx.site.archive)?;
            let mut view = action::described(cx, entry, item);
            view.history = action::history(cx, entry);
            if item.origin == Origin::FrontMatter {
                view.anchor = item.anchor();
                view.title_html = cx.markdown.line_to_html(item.markdown(), places);
                view.evidence_html =
                    item.evidence.as_ref().map(|evidence| cx.markdown.line_to_html(&evidence.value, places));
            } else {
                view.href = format!("#{}", item.anchor());
            }
            Some(view)
        })
        .collect();
    let sentence = if postmortem.actions.is_empty() {
        if postmortem.section(SectionKind::ActionItems).is_some() {
            // The text says something; it is not for this page to call it nothing.
            return None;
        }
        String::new()
    } else {
        sentence(cx, card, postmortem.actions.len())
    };
    // A document with a heading of its own for them does not get a second one with the same words.
    let is_second = is_in_text || postmortem.section(SectionKind::ActionItems).is_some();
    let (title, anchor) = if is_second && !postmortem.actions.is_empty() {
        ("actions-section.today", "actions-today")
    } else {
        ("actions-section.title", "action-items")
    };
    let title = cx.words.say(title).to_owned();
    Some(ActionsSection { anchor, title, sentence, items })
}

fn sentence(cx: &Cx<'_>, card: &Card, all: usize) -> String {
    let words = cx.words;
    let open = words.whole(card.unfinished);
    let text = match (card.committed, card.unfinished, card.overdue) {
        (0, ..) => words.count("actions-section.proposals", all, &[]),
        (committed, 0, _) => words.count("actions-section.all-closed", committed, &[]),
        (committed, _, 0) => words.count("actions-section.some-open", committed, &[("open", &open)]),
        (committed, _, late) => {
            let late = words.whole(late);
            words.count("actions-section.some-late", committed, &[("open", &open), ("late", &late)])
        }
    };
    match all.saturating_sub(card.committed) {
        proposed if card.committed > 0 && proposed > 0 => {
            format!("{text} {}", words.count("actions-section.besides", proposed, &[]))
        }
        _ => text,
    }
}
