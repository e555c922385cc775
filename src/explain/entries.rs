//! Why the measures, the events, the action items and the sections of a postmortem are what they are.

use super::{
    Explained, Group, IN_ITEM, KNOWN_NAME, LISTED, Subject, WRITTEN,
    sentences::{moment_text, quoted},
};
use crate::{
    aggregate::{self, Reading},
    config::Measure,
    model::{ActionItem, Fact, Milestone, Origin, Section},
    source::Span,
    words::{Count, duration},
};

pub(super) fn measures(subject: &Subject<'_>) -> Vec<Explained> {
    let read = |summary: &aggregate::MeasureSummary| {
        let reading = *summary.readings.get(subject.place)?;
        let mut found = Explained {
            group: Group::Measures,
            key: format!("measures.{}-{}", summary.measure.from.key(), summary.measure.to.key()),
            name: summary.measure.name.clone(),
            value: Some(reading.seconds().map_or_else(|| state(reading).to_owned(), duration)),
            origin: None,
            span: None,
            why: Vec::new(),
        };
        if reading.is_inferred() {
            found.origin = Some(Origin::Inferred);
        }
        Some(found.because(of_measure(subject, &summary.measure, reading)))
    };
    subject.measures().filter_map(read).collect()
}

fn state(reading: Reading) -> &'static str {
    match reading {
        Reading::Recorded(_) | Reading::Inferred(_) => "recorded",
        Reading::Missing => "N/A",
        Reading::Pending => "pending",
        Reading::Invalid => "invalid",
    }
}

/// Which two moments a measure is the distance of, or why there is none.
fn of_measure(subject: &Subject<'_>, measure: &Measure, reading: Reading) -> Vec<String> {
    let said = |milestone: Milestone| {
        let end = aggregate::end(subject.postmortem, milestone)?;
        let instead = if end.milestone == milestone {
            String::new()
        } else {
            format!(" (it stands in for `{}`)", milestone.key())
        };
        let clock = if end.at.value.clock.is_some() { "" } else { " without a time" };
        Some(format!("`{}` {}{clock}{instead}", end.milestone.key(), end.at.value))
    };
    let (from, to) = (measure.from.key(), measure.to.key());
    let mut why = vec![match (said(measure.from), said(measure.to)) {
        (Some(from), Some(to)) => format!("from {from} to {to}"),
        (Some(start), None) => format!("{start} is known, `{to}` is not"),
        (None, Some(end)) => format!("{end} is known, `{from}` is not"),
        (None, None) => format!("neither `{from}` nor `{to}` is known"),
    }];
    match reading {
        Reading::Recorded(_) => {}
        Reading::Inferred(_) => {
            why.push(
                "one of them is only suggested by words, so it is in no figure about the archive".to_owned(),
            );
        }
        Reading::Missing => why.push("both are needed, each with a day and a time".to_owned()),
        Reading::Pending => why.push("the document is not final, so the later one may still come".to_owned()),
        Reading::Invalid => why.push("the later one comes first, so there is no duration".to_owned()),
    }
    why
}

pub(super) fn timeline(subject: &Subject<'_>) -> Vec<Explained> {
    let postmortem = subject.postmortem;
    if postmortem.timeline.is_empty() {
        let why = "no `[[timeline]]`, no section that is a timeline, and no list of times elsewhere";
        return vec![Explained::absent(Group::Timeline, "timeline", "Events", why)];
    }
    let events = postmortem.timeline.iter().enumerate().map(|(index, event)| {
        let mark = event.milestone.map(|milestone| format!("it is marked `{}`", milestone.key()));
        let fact = Fact::new((), event.at_span, event.origin);
        Explained::of(Group::Timeline, format!("timeline[{index}]"), event.text.as_str(), &fact)
            .value(moment_text(&event.at, event.end.as_deref()))
            .because(subject.of_moment(&event.at, event.at_span))
            .because(mark)
            .or_because(WRITTEN)
    });
    events.collect()
}

pub(super) fn actions(subject: &Subject<'_>) -> Vec<Explained> {
    let postmortem = subject.postmortem;
    if postmortem.actions.is_empty() {
        let why = "no `[[action_items]]`, and nothing below a heading that names them";
        return vec![Explained::absent(Group::Actions, "actions", "Action items", why)];
    }
    postmortem.actions.iter().enumerate().flat_map(|(index, item)| action(subject, index, item)).collect()
}

fn action(subject: &Subject<'_>, index: usize, item: &ActionItem) -> Vec<Explained> {
    let key = |part: &str| format!("actions[{index}].{part}");
    let entry = subject.entry(index);
    let group = item.group.as_ref().map(|group| format!("it stands under {}", quoted(group)));
    let first = subject.source.slice(item.span).lines().next().unwrap_or_default();
    let place = Fact::new((), Span::new(item.span.start, item.span.start + first.len()), item.origin);
    let mut found = vec![
        Explained::of(Group::Actions, format!("actions[{index}]"), item.title.as_str(), &place)
            .value(item.id.as_str())
            .because(group)
            .or_because(LISTED),
    ];
    let part = |name: &str, origin: Origin, span: Span, value: String| {
        Explained::of(Group::Actions, key(name), name, &Fact::new((), span, origin))
            .value(value)
            .because(of_part(subject, item, span))
            .or_because(IN_ITEM)
    };
    if item.status.origin == Origin::Inferred {
        let status = Fact::new((), Span::default(), Origin::Inferred);
        found.push(
            Explained::of(Group::Actions, key("status"), "status", &status)
                .value(item.status.value.words())
                .because(["no state is written, so it counts as open".to_owned()]),
        );
    } else {
        found.push(part(
            "status",
            item.status.origin,
            item.status.span,
            item.status.value.words().to_owned(),
        ));
    }
    match &item.owner {
        Some(owner) => found.push(part("owner", owner.origin, owner.span, owner.value.clone())),
        None => found.push(Explained::absent(Group::Actions, key("owner"), "owner", "none is written")),
    }
    match (&item.due, entry.and_then(|entry| entry.due)) {
        (Some(due), _) => {
            let mut due_part = part("due", due.origin, due.span, due.value.to_string());
            due_part.why.extend(subject.of_order(due.span));
            found.push(due_part);
        }
        (None, Some(due)) => {
            let fact = Fact::new((), Span::default(), Origin::Inferred);
            let why =
                "none is written; `due-days` in `book.toml` gives so many days to its priority".to_owned();
            found.push(
                Explained::of(Group::Actions, key("due"), "due", &fact).value(due.to_string()).because([why]),
            );
        }
        (None, None) => found.push(Explained::absent(Group::Actions, key("due"), "due", "none is written")),
    }
    found.extend(item.kind.as_ref().map(|f| part("type", f.origin, f.span, f.value.key().to_owned())));
    found.extend(item.priority.as_ref().map(|f| part("priority", f.origin, f.span, f.value.clone())));
    found.extend(item.opened.as_ref().map(|f| part("opened", f.origin, f.span, f.value.to_string())));
    found.extend(item.closed.as_ref().map(|f| part("closed", f.origin, f.span, f.value.to_string())));
    found.extend(item.trackers.iter().map(|f| part("tracker", f.origin, f.span, f.value.clone())));
    found.extend(item.evidence.as_ref().map(|f| part("evidence", f.origin, f.span, f.value.clone())));
    found
}

/// Where a part of an action item stands: within it, or above it for all of a list.
fn of_part(subject: &Subject<'_>, item: &ActionItem, span: Span) -> Option<String> {
    let inside = item.span.contains(span) || span.is_empty();
    (!inside).then(|| {
        let line = subject.source.position(span.start).line;
        format!("{} (line {line}) says it for all below", quoted(subject.line_at(span)))
    })
}

/// The recognised parts of the document, then those whose names say nothing.
pub(super) fn sections(subject: &Subject<'_>) -> Vec<Explained> {
    let sections = &subject.postmortem.sections;
    let known =
        sections.iter().flat_map(|section| section.kinds.into_iter().map(move |kind| (section, kind)));
    let known = known.map(|(section, kind)| {
        let fact = Fact::new((), section.heading, Origin::Section);
        let empty = section.is_empty.then(|| "nothing stands below it, so it does not count".to_owned());
        Explained::of(Group::Sections, format!("sections.{}", kind.key()), kind.words(), &fact)
            .value(section.title.as_str())
            .because(empty)
            .or_because(KNOWN_NAME)
    });
    let mut found: Vec<Explained> = known.collect();
    let unknown: Vec<&Section> = sections
        .iter()
        .filter(|section| !section.is_known() && section.title != subject.postmortem.title.value)
        .collect();
    if !unknown.is_empty() {
        let names: Vec<String> = unknown.iter().take(12).map(|section| quoted(&section.title)).collect();
        let more = unknown.len().saturating_sub(names.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let why = format!(
            "{} of no known name: {}{more}; `[sections.aliases]` in `book.toml` can name them",
            Count(unknown.len(), "heading"),
            names.join(", ")
        );
        found.push(Explained::absent(Group::Sections, "sections", "other headings", &why));
    }
    found
}
