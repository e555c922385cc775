//! The page of one postmortem.

mod facts;
mod sections;

use std::{collections::BTreeMap, path::PathBuf};

use crate::{
    aggregate::{self, Reading, Reason},
    config::Measure as Definition,
    explain,
    model::{Milestone, Moment, Origin, Postmortem, Status, moment::clock_text},
    render::{
        charts::timeline::{Input, timeline},
        markdown::{Anchor, Options, Rendered, TocEntry, table_of_contents},
        pages::places::Places,
        site::Cx,
        urls::{self, Kind},
        view::{Link, Measure, Note, Page, PostmortemView, RelatedItem, Same},
        words,
    },
    source::SourceFile,
};

/// How many other postmortems of a service a page names.
const SAME: usize = 4;

/// A view, and the files that its document shows, by their path in the site.
pub(super) struct Made {
    pub(super) view: PostmortemView,
    pub(super) files: BTreeMap<String, PathBuf>,
}

pub(super) fn view(cx: &Cx<'_>, place: usize) -> Option<(String, Made)> {
    let (postmortem, card) = cx.at(place)?;
    let source = cx.site.sources.file(&postmortem.path)?;
    let path = card.page.clone();
    let root = urls::root(&path);
    let places = Places::new(cx, &postmortem.path, &path);

    let windows = sections::windows(cx, postmortem);
    let events = sections::events(cx, postmortem, &places);
    let cause = sections::cause(cx, postmortem, &places);
    let actions = sections::actions(cx, place, &places);
    let mut reserved = vec!["main", "search"];
    let mut added = Vec::new();
    let named = [
        windows.as_ref().map(|section| (section.anchor, "Windows of impact")),
        events.as_ref().map(|section| (section.anchor, "Timeline")),
        cause.as_ref().map(|section| (section.anchor, section.title)),
        actions.as_ref().map(|section| (section.anchor, section.title)),
    ];
    for (anchor, title) in named.into_iter().flatten() {
        reserved.push(anchor);
        added.push(TocEntry { text: title.to_owned(), anchor: anchor.to_owned(), children: Vec::new() });
    }
    let text = text(cx, postmortem, source, &places, &reserved);
    let mut contents = table_of_contents(&text.headings);
    contents.extend(added);

    let measures = measures(cx, place);
    let dek = postmortem.impact.summary.as_ref().map(|summary| summary.value.clone()).unwrap_or_default();
    let timeline = timeline(&Input::of(postmortem, "drawn", |index| event_anchor(index + 1)));
    let view = PostmortemView {
        page: Page {
            published: postmortem.date_text(),
            ..cx.page(&path, urls::POSTMORTEMS, &postmortem.title.value, &card.text)
        },
        title: postmortem.title.value.clone(),
        date: postmortem.date_text(),
        date_text: postmortem.date.as_ref().map(|date| words::day(date.value)).unwrap_or_default(),
        is_date_inferred: postmortem.is_date_inferred(),
        dek,
        severity: card.severity.clone(),
        status: cx.unfinished_status(postmortem),
        is_near_miss: postmortem.near_miss,
        services: cx.links(Kind::Service, &postmortem.services, &root),
        when: when(postmortem),
        is_when_inferred: is_when_inferred(postmortem),
        notes: notes(cx, postmortem),
        measures_hint: measures_hint(&measures),
        measures,
        timeline_hint: if timeline.is_none() { timeline_hint(postmortem) } else { String::new() },
        timeline,
        contents: if contents.len() > 1 { contents } else { Vec::new() },
        windows,
        empty: empty(cx, postmortem, &text),
        html: text.html,
        events,
        cause,
        actions,
        previous: sibling(cx, place + 1, &root),
        next: place.checked_sub(1).and_then(|later| sibling(cx, later, &root)),
        facts: facts::facts(cx, postmortem, &root),
        times: facts::times(postmortem),
        related: related(cx, place, &root),
        same: same(cx, place, &root),
    };
    Some((path, Made { view, files: places.into_files() }))
}

/// The body as HTML, with an id at each event and action that stands in it.
fn text(
    cx: &Cx<'_>,
    postmortem: &Postmortem,
    source: &SourceFile,
    places: &Places<'_>,
    reserved: &[&str],
) -> Rendered {
    let events = (1..).zip(&postmortem.timeline).filter(|(_, event)| event.origin != Origin::FrontMatter);
    let events = events.map(|(number, event)| Anchor { span: event.span, id: event_anchor(number) });
    let actions = postmortem.actions.iter().filter(|action| action.origin != Origin::FrontMatter);
    let actions = actions.map(|action| Anchor { span: action.span, id: action.anchor() });
    let anchors: Vec<Anchor> = events.chain(actions).filter(|anchor| !anchor.span.is_empty()).collect();
    let options = Options {
        base: postmortem.body.start,
        title: &postmortem.title.value,
        destinations: places,
        anchors: &anchors,
        insertions: &[],
        reserved,
    };
    cx.markdown.to_html(source.markdown_of(postmortem.body), &options)
}

/// The id of an event, counted from 1.
fn event_anchor(number: usize) -> String {
    format!("event-{number}")
}

fn empty(cx: &Cx<'_>, postmortem: &Postmortem, text: &Rendered) -> String {
    if let Some(reason) = cx.site.sources.unreadable.get(&postmortem.path) {
        return format!("The file {} could not be read: {reason}.", postmortem.path);
    }
    if text.html.trim().is_empty() {
        "The document has no text yet. A summary, the impact and what was learnt are what readers look for first.".to_owned()
    } else {
        String::new()
    }
}

fn notes(cx: &Cx<'_>, postmortem: &Postmortem) -> Vec<Note> {
    let mut notes = Vec::new();
    match postmortem.status.as_ref().map(|status| status.value) {
        Some(Status::Draft) => {
            notes.push(Note {
                title: "Draft.",
                text: "It is still being written, and its facts may change.".to_owned(),
            });
        }
        Some(Status::InReview) => {
            notes.push(Note {
                title: "In review.",
                text: "Its facts have not been agreed on yet.".to_owned(),
            });
        }
        Some(Status::Final) | None => {}
    }
    if let Some(at) = cx.site.sources.file(&postmortem.path).and_then(|source| source.invalid_utf8) {
        let line = cx.site.sources.file(&postmortem.path).map_or(1, |source| source.position(at).line);
        notes.push(Note {
            title: "Damaged text.",
            text: format!("The file is not UTF-8 from line {line} on; what could not be read is shown as �."),
        });
    }
    notes
}

/// ` 13:02 to 14:20 UTC`, with the day of the end when it is another one.
fn when(postmortem: &Postmortem) -> String {
    let start = postmortem.time(Milestone::Started).filter(|moment| moment.clock.is_some());
    let end =
        [Milestone::Resolved, Milestone::Ended].into_iter().find_map(|milestone| postmortem.time(milestone));
    let Some(start) = start else { return String::new() };
    let zone = start.zone.as_ref().map(|zone| format!(" {zone}")).unwrap_or_default();
    match end.filter(|moment| moment.clock.is_some()) {
        None => format!("from {}{zone}", clock(start)),
        Some(end) if end.date == start.date => format!("{} to {}{zone}", clock(start), clock(end)),
        Some(end) => {
            let day = end.date.map(|date| format!(" on {}", words::day(date))).unwrap_or_default();
            format!("{} to {}{zone}{day}", clock(start), clock(end))
        }
    }
}

/// True when the beginning or the end that [`when`] shows is suggested by words only.
fn is_when_inferred(postmortem: &Postmortem) -> bool {
    let end = postmortem.times.get(&Milestone::Resolved).or_else(|| postmortem.times.get(&Milestone::Ended));
    let shown = [postmortem.times.get(&Milestone::Started), end];
    shown.into_iter().flatten().any(|fact| fact.origin == Origin::Inferred)
}

/// The time of day as the document has it.
fn clock(moment: &Moment) -> String {
    let about = if moment.approximate { "~" } else { "" };
    moment.clock.map_or_else(String::new, |clock| format!("{about}{}", clock_text(clock)))
}

fn measures(cx: &Cx<'_>, place: usize) -> Vec<Measure> {
    let read = |summary: &aggregate::MeasureSummary| {
        let reading = *summary.readings.get(place)?;
        let (postmortem, _) = cx.at(place)?;
        Some(measure(postmortem, &summary.measure, reading))
    };
    cx.site.summary.measures.iter().filter_map(read).collect()
}

fn measures_hint(measures: &[Measure]) -> String {
    let is_empty = measures.iter().all(|measure| measure.state == Reading::Missing.key());
    if is_empty {
        "No durations: they are computed from when it started, was detected, mitigated and resolved, stated as [times] in the front matter or in the timeline.".to_owned()
    } else {
        String::new()
    }
}

fn measure(postmortem: &Postmortem, definition: &Definition, reading: Reading) -> Measure {
    let value = match reading {
        Reading::Recorded(seconds) | Reading::Inferred(seconds) => words::duration(seconds),
        Reading::Missing => "N/A".to_owned(),
        Reading::Pending | Reading::Invalid => reading.key().to_owned(),
    };
    let note = explain::measure_note(postmortem, definition, reading);
    Measure { name: definition.name.clone(), state: reading.key(), value, note }
}

fn timeline_hint(postmortem: &Postmortem) -> String {
    if postmortem.timeline.is_empty() && postmortem.times.is_empty() {
        "No timeline. It is drawn from a list or table of times below a heading “Timeline”, or from [times] in the front matter.".to_owned()
    } else {
        String::new()
    }
}

fn sibling(cx: &Cx<'_>, place: usize, root: &str) -> Option<Link> {
    let (postmortem, card) = cx.at(place)?;
    Some(Link::to(urls::from(root, &card.page), postmortem.title.value.as_str()))
}

fn related(cx: &Cx<'_>, place: usize, root: &str) -> Vec<RelatedItem> {
    let Some(found) = cx.site.summary.related.get(place) else { return Vec::new() };
    found.iter().filter_map(|related| row(cx, related.postmortem, root, &why(&related.reasons))).collect()
}

fn row(cx: &Cx<'_>, place: usize, root: &str, why: &str) -> Option<RelatedItem> {
    let (postmortem, card) = cx.at(place)?;
    let date = postmortem.date.as_ref().map(|date| words::short_day(date.value));
    let parts = [date, Some(why.to_owned()).filter(|why| !why.is_empty())];
    Some(RelatedItem {
        href: urls::from(root, &card.page),
        text: postmortem.title.value.clone(),
        why: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        open: if card.unfinished > 0 {
            format!("{} there", words::count(card.unfinished, "open action"))
        } else {
            String::new()
        },
    })
}

/// What two postmortems share, in words.
fn why(reasons: &[Reason]) -> String {
    let mut stated = Vec::new();
    let mut shared: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for reason in reasons {
        match reason {
            Reason::Stated => stated.push("named here".to_owned()),
            Reason::NamedBy => stated.push("names this one".to_owned()),
            Reason::Factor(name) => shared.entry("factor").or_default().push(name.clone()),
            Reason::Service(name) => shared.entry("service").or_default().push(name.clone()),
            Reason::Tag(name) => shared.entry("tag").or_default().push(name.clone()),
        }
    }
    stated.extend(shared.into_iter().map(|(what, names)| format!("same {what}: {}", names.join(", "))));
    stated.join("; ")
}

/// Other postmortems of the same services, those apart that stand under “related” already.
fn same(cx: &Cx<'_>, place: usize, root: &str) -> Vec<Same> {
    let Some((postmortem, _)) = cx.at(place) else { return Vec::new() };
    let mut named: Vec<usize> =
        cx.site.summary.related.get(place).into_iter().flatten().map(|related| related.postmortem).collect();
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
            same.push(Same { title: format!("Also in {}", group.name), links });
        }
    }
    same
}
