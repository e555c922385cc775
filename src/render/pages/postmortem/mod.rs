//! The page of one postmortem.

mod brief;
mod cause;
mod facts;
mod kin;
mod sections;

use std::{collections::BTreeMap, path::PathBuf};

use crate::{
    aggregate::{self, Reading},
    config::Measure as Definition,
    explain,
    model::{Milestone, Moment, Origin, Postmortem, Status, moment::clock_text},
    render::{
        charts::timeline::{Input, timeline},
        markdown::{Anchor, Options, Rendered, TimeMark, TocEntry, table_of_contents},
        pages::{chains, places::Places},
        site::Cx,
        urls::{self, Kind},
        view::{Clock, Link, Measure, Note, Page, PostmortemView},
    },
    source::SourceFile,
};

/// More letters than this are a long title.
const LONG_TITLE: usize = 100;

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
    let cause = cause::cause(cx, postmortem, &places, &root);
    let actions = sections::actions(cx, place, &places);
    let mut reserved = vec!["main", "search"];
    let mut added = Vec::new();
    let named = [
        windows.as_ref().map(|section| (section.anchor, cx.words.say("windows.title"))),
        events.as_ref().map(|section| (section.anchor, cx.words.say("events.title"))),
        cause.as_ref().map(|section| (section.anchor, section.title.as_str())),
        actions.as_ref().map(|section| (section.anchor, section.title.as_str())),
    ];
    for (anchor, title) in named.into_iter().flatten() {
        reserved.push(anchor);
        added.push(TocEntry { text: title.to_owned(), anchor: anchor.to_owned(), children: Vec::new() });
    }
    let text = text(cx, postmortem, source, &places, &reserved);
    let mut contents = table_of_contents(&text.headings);
    contents.extend(added);

    let measures = measures(cx, place);
    let relations = &cx.site.summary.related;
    let related = relations.of(cx.site.archive, place);
    let chain_of = relations.chain(cx.site.archive, place, &related);
    let chain = |is_stated| {
        let chain = chain_of.as_ref().filter(|chain| chain.is_stated == is_stated)?;
        Some(chains::view(cx, chain, Some(place), &root))
    };
    let dek = postmortem.impact.summary.as_ref().map(|summary| summary.value.clone()).unwrap_or_default();
    let drawn = Input::of(postmortem, cx.words, "drawn", |index| event_anchor(index + 1));
    let timeline = timeline(&drawn, cx.words);
    let view = PostmortemView {
        page: Page {
            published: postmortem.date_text(),
            ..page(cx, &path, &postmortem.title.value, cx.text(place))
        },
        title: postmortem.title.value.clone(),
        language: cx.language(place),
        is_long_title: postmortem.title.value.chars().count() > LONG_TITLE,
        date: postmortem.date_text(),
        date_text: postmortem.date.as_ref().map(|date| cx.words.day(date.value)).unwrap_or_default(),
        is_date_inferred: postmortem.is_date_inferred(),
        dek,
        severity: card.severity.clone(),
        status: cx.status(postmortem),
        is_near_miss: postmortem.near_miss,
        services: cx.links(Kind::Service, &postmortem.services, &root),
        when: when(cx, postmortem),
        is_when_inferred: is_when_inferred(postmortem),
        notes: notes(cx, postmortem),
        measures,
        is_without_times: postmortem.timeline.is_empty() && postmortem.times.is_empty(),
        timeline,
        contents: if contents.len() > 1 { contents } else { Vec::new() },
        brief: brief::brief(cx, place, actions.as_ref()),
        has_zones: has_zones(postmortem),
        windows,
        unreadable: unreadable(cx, postmortem),
        html: text.html,
        events,
        cause,
        actions,
        previous: sibling(cx, place + 1, &root),
        next: place.checked_sub(1).and_then(|later| sibling(cx, later, &root)),
        facts: facts::facts(cx, postmortem, &root),
        times: facts::times(cx.words, postmortem),
        repeats: chain(true),
        alike: chain(false),
        related: kin::rows(cx, &related, &root),
        same: kin::same(cx, place, &related, &root),
    };
    Some((path, Made { view, files: places.into_files() }))
}

fn page(cx: &Cx<'_>, path: &str, title: &str, text: &str) -> Page {
    let mut page = cx.page(path, urls::POSTMORTEMS, title, text);
    page.scripts.extend(["timeline.js", "times.js"].map(str::to_owned));
    page
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
    let events =
        events.map(|(number, event)| Anchor { span: event.span, id: event_anchor(number), class: "" });
    let actions = postmortem.actions.iter().filter(|action| action.origin != Origin::FrontMatter);
    let actions = actions.map(|action| Anchor { span: action.span, id: action.anchor(), class: "" });
    let whys = postmortem.root_cause.why.iter().filter(|why| why.origin != Origin::FrontMatter);
    let whys = whys.map(|why| Anchor { span: why.span, id: String::new(), class: "why" });
    let times: Vec<TimeMark> = times_in_text(postmortem);
    let anchors: Vec<Anchor> =
        events.chain(actions).chain(whys).filter(|anchor| !anchor.span.is_empty()).collect();
    let options = Options {
        base: postmortem.body.start,
        title: &postmortem.title.value,
        destinations: places,
        anchors: &anchors,
        times: &times,
        insertions: &[],
        reserved,
    };
    cx.markdown.to_html(source.markdown_of(postmortem.body), &options)
}

/// True when a time of the page can be shown in another zone.
fn has_zones(postmortem: &Postmortem) -> bool {
    let events = postmortem.timeline.iter().map(|event| &event.at);
    let milestones = postmortem.times.values().map(|fact| &fact.value);
    events.chain(milestones).any(|moment| moment.instant_iso().is_some())
}

/// The times of the events that stand in the text. A range is two moments, and both have to be known.
fn times_in_text(postmortem: &Postmortem) -> Vec<TimeMark> {
    let mut times: Vec<TimeMark> = (1..)
        .zip(&postmortem.timeline)
        .filter(|(_, event)| event.origin != Origin::FrontMatter && !event.at_span.is_empty())
        .map(|(number, event)| {
            let until = event.end.as_deref().map(Moment::instant_iso);
            let is_known = until != Some(None);
            TimeMark {
                span: event.at_span,
                iso: event.at.instant_iso().filter(|_| is_known).unwrap_or_default(),
                until: until.flatten().unwrap_or_default(),
                id: event_anchor(number),
            }
        })
        .collect();
    times.sort_by_key(|mark| mark.span.start);
    times
}

/// The id of an event, counted from 1.
fn event_anchor(number: usize) -> String {
    format!("event-{number}")
}

/// Why the document could not be read; empty when it could.
fn unreadable(cx: &Cx<'_>, postmortem: &Postmortem) -> String {
    let reason = cx.site.sources.unreadable.get(&postmortem.path);
    let said =
        |reason| cx.words.fill("postmortem.unreadable", &[("path", &postmortem.path), ("reason", reason)]);
    reason.map(|reason| said(reason)).unwrap_or_default()
}

fn notes(cx: &Cx<'_>, postmortem: &Postmortem) -> Vec<Note> {
    let note = |title: &str, text: String| Note { title: title.to_owned(), text };
    let mut notes = Vec::new();
    match postmortem.status.as_ref().map(|status| status.value) {
        Some(Status::Draft) => {
            let text = cx.words.say("postmortem.draft").to_owned();
            notes.push(note(cx.words.say("postmortem.draft-title"), text));
        }
        Some(Status::InReview) => {
            let text = cx.words.say("postmortem.in-review").to_owned();
            notes.push(note(cx.words.say("postmortem.in-review-title"), text));
        }
        Some(Status::Final) | None => {}
    }
    if let Some(source) = cx.site.sources.file(&postmortem.path)
        && let Some(at) = source.invalid_utf8
    {
        let text = cx.words.fill("postmortem.damaged", &[("line", &source.position(at).line)]);
        notes.push(note(cx.words.say("postmortem.damaged-title"), text));
    }
    notes
}

/// `13:02 to 14:20 UTC`, with the day of the end when it is another one.
fn when(cx: &Cx<'_>, postmortem: &Postmortem) -> Option<Clock> {
    let start = postmortem.time(Milestone::Started).filter(|moment| moment.clock.is_some())?;
    let end =
        [Milestone::Resolved, Milestone::Ended].into_iter().find_map(|milestone| postmortem.time(milestone));
    let zoned = |moment: &Moment| match &start.zone {
        Some(zone) => format!("{} {zone}", clock(moment)),
        None => clock(moment),
    };
    let Some(end) = end.filter(|moment| moment.clock.is_some()) else {
        // In another zone it would lose the word for an end that is not known.
        return Some(Clock::plain(cx.words.fill("postmortem.from", &[("start", &zoned(start))])));
    };
    let both: [(&str, &dyn std::fmt::Display); 2] = [("start", &clock(start)), ("end", &zoned(end))];
    let text = match end.date.filter(|date| Some(*date) != start.date) {
        None => cx.words.fill("postmortem.from-to", &both),
        Some(date) => {
            let [start, end] = both;
            cx.words.fill("postmortem.from-to-day", &[start, end, ("day", &cx.words.day(date))])
        }
    };
    Some(match (start.instant_iso(), end.instant_iso()) {
        (Some(iso), Some(until)) => Clock { text, iso, until, is_zoned: true },
        _ => Clock::plain(text),
    })
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

/// The measures; none where all are missing.
fn measures(cx: &Cx<'_>, place: usize) -> Vec<Measure> {
    let read = |summary: &aggregate::MeasureSummary| {
        let reading = *summary.readings.get(place)?;
        let (postmortem, _) = cx.at(place)?;
        Some(measure(cx, postmortem, &summary.measure, reading))
    };
    let measures: Vec<Measure> = cx.site.summary.measures.iter().filter_map(read).collect();
    let is_missing = |measure: &Measure| measure.state == Reading::Missing.key();
    if measures.iter().all(is_missing) { Vec::new() } else { measures }
}

fn measure(cx: &Cx<'_>, postmortem: &Postmortem, definition: &Definition, reading: Reading) -> Measure {
    let value = match reading {
        Reading::Recorded(seconds) | Reading::Inferred(seconds) => cx.words.duration(seconds),
        Reading::Missing | Reading::Pending | Reading::Invalid => {
            cx.words.of("reading", reading.key()).to_owned()
        }
    };
    Measure {
        name: cx.words.measure(definition),
        state: reading.key(),
        value,
        note: measure_note(cx, postmortem, definition, reading),
    }
}

/// From what to what the measure goes, or why there is no duration; [`explain::measure_note`] in the words of the page.
fn measure_note(cx: &Cx<'_>, postmortem: &Postmortem, definition: &Definition, reading: Reading) -> String {
    let (words, moment) = (cx.words, |milestone: Milestone| cx.words.of("moment", milestone.key()));
    let (from, to) = (moment(definition.from), moment(definition.to));
    match reading {
        Reading::Recorded(_) => words.fill("measure-note.recorded", &[("from", &from), ("to", &to)]),
        Reading::Inferred(_) => words.fill("measure-note.inferred", &[("from", &from), ("to", &to)]),
        Reading::Pending => words.fill("measure-note.pending", &[("to", &to)]),
        Reading::Invalid => words.fill("measure-note.invalid", &[("from", &from), ("to", &to)]),
        Reading::Missing => {
            let ends = explain::unknown_ends(postmortem, definition).into_iter();
            let moments: Vec<String> =
                ends.map(|end| words.fill("list.quoted", &[("text", &moment(end))])).collect();
            words.fill("measure-note.missing", &[("moments", &words.list(&moments))])
        }
    }
}

fn sibling(cx: &Cx<'_>, place: usize, root: &str) -> Option<Link> {
    let (postmortem, card) = cx.at(place)?;
    Some(Link::to(urls::from(root, &card.page), postmortem.title.value.as_str()))
}
