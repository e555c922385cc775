//! Markdown to model: [`parse`] reads one document, and whatever a document holds, it gives a postmortem.
//!
//! One walk over the Markdown gives a tree of blocks; small readers look for one thing each in it. What they find keeps
//! its place. Nothing here decides how loud a finding is, and nothing reads a file or the clock.

mod actions;
mod assemble;
mod blocks;
mod context;
mod day;
mod enumeration;
mod exported;
mod facts;
mod front_matter;
mod incidents;
mod inline;
mod internal;
mod items;
mod locale;
mod milestones;
mod names;
mod outline;
mod public;
mod ranges;
pub(crate) mod running;
mod split;
mod stated;
mod text;
mod timeline;
mod times;
mod title;
mod traces;
mod whys;
mod windows;
mod year;
mod zones;

#[cfg(test)]
mod tests;

pub use blocks::MARKDOWN;
pub use context::{Context, Dates, Usage, Words, evidence};
pub use front_matter::Metadata;
pub use items::action_items;
pub use locale::Locale;
pub use public::{Published, publish};
pub use times::Evidence;

pub(crate) use actions::{Form, StatusSign, form, status_sign};
pub(crate) use locale::ActionColumn;
use locale::{Lesser, Lexicon};
pub(crate) use text::{has_byte, has_pair};
pub(crate) use times::reads_either_way;

use std::collections::BTreeMap;

use crate::{
    config::Folder,
    diagnostic::Finding,
    model::{ActionItem, Carrier, Fact, Impact, Origin, Postmortem, RootCause, Section, SectionKind, Zone},
    source::{SourceFile, Span},
};
use assemble::Labels;
use incidents::Log;
use outline::Part;
use ranges::Ranges;
use running::Recorder;
pub(crate) use times::find_zone;
use times::{Calendar, Given};
use title::Stated;

/// What reading one document gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The postmortem, as far as it could be read.
    pub postmortem: Postmortem,
    /// What reading itself has to say.
    pub findings: Vec<Finding>,
}

/// Reads one file: one postmortem, or several when it holds many incidents and `[book] split` says how to tell them apart.
pub fn parse_all(source: &SourceFile, context: &Context<'_>) -> Vec<Parsed> {
    match incidents::read(&source.markdown, context) {
        None => vec![parse(source, context)],
        Some(log) => (0..log.incidents.len()).map(|at| parse_incident(source, context, &log, at)).collect(),
    }
}

/// Reads one document as one postmortem.
pub fn parse(source: &SourceFile, context: &Context<'_>) -> Parsed {
    let text: &str = &source.markdown;
    let (mut parsed, is_of_page) = head(source, context);
    let Parsed { postmortem, findings } = &mut parsed;
    let stated_title = Some(postmortem.title.clone()).filter(|title| !title.value.is_empty());
    let exported = exported::read(source, postmortem.body.start, context);
    let stated_title = stated_title.map(|title| Stated { title, is_of_page });
    let stated_title = stated_title.or(exported.title.map(|title| Stated { title, is_of_page: true }));
    let mut running = Recorder::new(text.get(postmortem.body.start..).unwrap_or_default());
    let body = blocks::read_beside(text, postmortem.body.start, |event, at| running.event(event, at));
    running.finish().into_iter().for_each(|steps| source.keep_running(postmortem.body, steps));
    let parts = outline::parts(&body, context.words(), text.len());
    postmortem.title = title::title(stated_title, (&body, context.words(), &source.path), findings);
    postmortem.date = postmortem.date.take().or(exported.day);
    postmortem.internal = internal::parts(text, &body.comments, findings);
    let above = Above { is_of_page, zone: None };
    read_body(text, &body, parts, (context, &above), postmortem, findings);
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        findings.push(
            Finding::new("empty-document", Span::default(), "the document is empty")
                .help("write it, begin it anew with `afterword new`, or delete the file"),
        );
    }
    finish(parsed, body)
}

/// Reads one incident of a log. Of the front matter, what can hold for all incidents holds for this one; what is wrong
/// with the file is said once, with the first.
fn parse_incident(source: &SourceFile, context: &Context<'_>, log: &Log, at: usize) -> Parsed {
    let Some(incident) = log.incidents.get(at) else { return parse(source, context) };
    let text = source.markdown.get(..incident.span.end).unwrap_or(&source.markdown);
    let (Parsed { postmortem: file, mut findings }, _) = head(source, context);
    let id = format!("{}-{}", file.id.value, incident.name);
    let mut postmortem = Postmortem {
        title: Fact::new(String::new(), Span::default(), Origin::FileName),
        id: Fact::new(id, Span::default(), Origin::FileName),
        body: incident.span,
        date: None,
        times: BTreeMap::new(),
        impact: Impact::default(),
        root_cause: RootCause::default(),
        timeline: Vec::new(),
        actions: Vec::new(),
        front_matter: file.front_matter.filter(|_| at == 0),
        ..file
    };
    let is_here =
        |place: &Span| incident.span.contains(*place) || (at == 0 && place.start < incident.span.start);
    findings.extend(log.findings.iter().cloned());
    findings.retain(|finding| is_here(&finding.span));
    let body = blocks::read_below(text, incident.span.start, incident.level);
    let parts = outline::parts(&body, context.words(), text.len());
    postmortem.title = title::title(None, (&body, context.words(), &source.path), &mut findings);
    postmortem.internal = log.internal.iter().filter_map(|private| private.within(incident.span)).collect();
    let above = Above { is_of_page: false, zone: log.zone.clone() };
    read_body(text, &body, parts, (context, &above), &mut postmortem, &mut findings);
    finish(Parsed { postmortem, findings }, body)
}

/// What the front matter says, what is wrong with the file, and whether the front matter is also for other tools.
fn head(source: &SourceFile, context: &Context<'_>) -> (Parsed, bool) {
    let text: &str = &source.markdown;
    let mut findings = Vec::new();
    if let Some(at) = source.invalid_utf8 {
        findings.push(not_utf8(source, at));
    }
    let split = split::split(text);
    findings.extend(split.findings);
    let mut postmortem = Postmortem::new(&source.path, title::id(&source.path), split.body);
    postmortem.front_matter = split.front_matter;
    let mut is_of_page = false;
    if let Some(place) = split.front_matter {
        let (metadata, problems) = front_matter::read(context.words(), text, place);
        findings.extend(problems);
        is_of_page = metadata.is_of_page;
        front_matter::apply(&metadata, context, &mut postmortem, &mut findings);
        if let Some(title) = &metadata.title {
            postmortem.title = Fact::new(title.trim().to_owned(), title.span, Origin::FrontMatter);
        }
        if let Some(id) = &metadata.id {
            postmortem.id = Fact::new(id.trim().to_owned(), id.span, Origin::FrontMatter);
        }
    }
    if let Some(source) = context.config().book.src.of(&source.path).and_then(Folder::id) {
        postmortem.enter(source);
    }
    (Parsed { postmortem, findings }, is_of_page)
}

/// What can only be said when everything is read.
fn finish(parsed: Parsed, body: blocks::Body) -> Parsed {
    let Parsed { mut postmortem, mut findings } = parsed;
    postmortem.links = body.links;
    postmortem.comments = body.comments;
    number_actions(&postmortem.id.value, &mut postmortem.actions);
    // It is kept for as long as the archive is, and will not grow again.
    postmortem.shrink();
    findings.sort_by(|a, b| (a.span, a.rule, &a.message).cmp(&(b.span, b.rule, &b.message)));
    Parsed { postmortem, findings }
}

/// What is known of a body before it is read.
#[derive(Debug)]
struct Above {
    /// True when the front matter is also for other tools: its day may be that of the page.
    is_of_page: bool,
    /// The zone above all incidents of a log, which holds where the incident itself says nothing.
    zone: Option<Given<Zone>>,
}

/// Adds what the body says to what the front matter says.
fn read_body(
    text: &str,
    body: &blocks::Body,
    sections: Vec<Part<'_>>,
    (context, above): (&Context<'_>, &Above),
    postmortem: &mut Postmortem,
    findings: &mut Vec<Finding>,
) {
    let (words, order, parts) = (context.words(), context.order(), sections.as_slice());
    let labelled = facts::read(words, body, parts);
    let labels = Labels::new(&labelled, context);
    if postmortem.title.origin == Origin::FileName
        && let Some(title) = labels.title()
    {
        postmortem.title = title;
    }
    let page = day::of_page(postmortem, above.is_of_page);
    labels.fill(postmortem, findings);
    postmortem.severity = postmortem.severity.take().or_else(|| title::severity(&postmortem.title));
    let near = day::likely(postmortem, page.as_ref(), &labels, (body, parts), context);
    let day = near.as_ref().map(day::given);
    let stated = postmortem
        .zone
        .take()
        .map(|zone| Given::new(zone.value, Carrier::FrontMatter, zone.span))
        .or_else(|| labels.zone())
        .or_else(|| zones::noted_zone(words, body))
        .or_else(|| zones::only_zone(body));
    let zone = stated.clone().or_else(|| above.zone.clone()).or_else(|| context.zone());
    let year = day.is_none().then(|| year::of_document(postmortem, body, context)).flatten();
    let calendar = Calendar::new(order, day.clone(), zone).in_year(year.clone());
    let timeline = timeline::read(words, text, body, parts, &calendar);
    let written = zones::zone_of_times(postmortem);
    // A zone that the text around the times states is more than one that stands next to some times.
    let zone = match (stated, timeline.zone) {
        (Some(stated), _) if stated.from.by != Carrier::Clocks => Some(stated),
        (stated, found) => found.or(stated),
    };
    let zone = zone.or(written).or_else(|| above.zone.clone());
    let day = day.or_else(|| day::of_all(&timeline.events));
    let moments_in = |zone: Option<&Given<Zone>>| {
        labels.times(zone.cloned().or_else(|| context.zone()).as_ref(), day.as_ref(), year.as_ref())
    };
    let mut moments = moments_in(zone.as_ref());
    let zone = zone.or_else(|| {
        let own = zones::zone_of(moments.iter().map(|(_, fact)| fact), Carrier::Label)?;
        moments = moments_in(Some(&own));
        Some(own)
    });
    let minute = labels.minute(zone.as_ref(), day.as_ref(), year.as_ref());
    let zone_of_prose = zone.clone().or_else(|| context.zone());
    postmortem.zone = zone.map(Given::into_fact);
    assemble::merge_times(&mut postmortem.times, moments, findings);
    let marked = timeline.labelled.iter().filter_map(|labelled| {
        let fact = Fact::new(labelled.at.clone(), labelled.at_span, Origin::Label);
        Some((labelled.milestone?, fact))
    });
    assemble::merge_times(&mut postmortem.times, marked, findings);
    findings.extend(timeline.findings);
    for events in [&postmortem.timeline, &timeline.events] {
        assemble::merge_times(&mut postmortem.times, assemble::marked(events), findings);
    }
    if postmortem.timeline.is_empty() {
        postmortem.timeline = timeline.events;
    }
    assemble::close_impact(&mut postmortem.times);
    milestones::infer(words, body, postmortem);
    let is_of_writing = |day| day::is_of_writing(postmortem, day);
    let minute = minute.filter(|minute| !minute.value.date.is_some_and(is_of_writing));
    assemble::begin(&mut postmortem.times, minute);
    let known = day::Known { labels: &labels, page: page.as_ref(), near: near.as_ref() };
    postmortem.date = day::incident(postmortem, &known, (body, parts), context);
    assemble::last(postmortem, |day| {
        let calendar = Calendar::new(order, day.map(day::given), zone_of_prose).in_year(year);
        windows::told(words, body, parts, &calendar)
    });
    let mut told = Vec::new();
    if actions::are_tickets(&postmortem.actions) {
        let near = actions::Near::new(postmortem.date.as_ref().map(|date| date.value));
        let work = actions::read(words, text, body, parts, order, &near);
        if actions::are_told(&postmortem.actions, &work.items) {
            (postmortem.actions, told) = (work.items, work.told);
        }
    }
    if postmortem.root_cause.why.is_empty() {
        postmortem.root_cause.why = whys::read(parts);
    }
    postmortem.severity_id =
        postmortem.severity.as_ref().and_then(|severity| names::severity(context.config(), &severity.value));
    postmortem.sections = sections_of(words, sections, (&timeline.promoted, &told), postmortem);
    let private = Ranges::new(postmortem.internal.clone());
    for event in &mut postmortem.timeline {
        event.internal |= private.overlaps(event.span);
    }
    for action in &mut postmortem.actions {
        action.internal |= private.overlaps(action.span);
    }
    postmortem.traces = traces::read(text, body, postmortem);
}

fn not_utf8(source: &SourceFile, at: usize) -> Finding {
    let end = source.text.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |c| at + c.len_utf8());
    Finding::new("unreadable-text", Span::new(at, end), "the document is not valid UTF-8 from here on")
        .label("this byte is no character")
        .help("save the file as UTF-8; until then such bytes are shown as `\u{fffd}`")
}

/// The sections, those settled that only what stands in them tells: `promoted` are timelines, and the work of those in
/// `told` was done during the incident.
fn sections_of(
    words: &Lexicon,
    parts: Vec<Part<'_>>,
    (promoted, told): (&[Span], &[Span]),
    postmortem: &Postmortem,
) -> Vec<Section> {
    let mut events: Vec<usize> = postmortem.timeline.iter().map(|event| event.span.start).collect();
    events.sort_unstable();
    parts
        .into_iter()
        .map(|Part { mut section, .. }| {
            let gives_way = [SectionKind::Background, SectionKind::Summary];
            let promotable = section.kinds.into_iter().all(|kind| gives_way.contains(&kind));
            if promotable && promoted.contains(&section.heading) {
                section.kinds = SectionKind::Timeline.into();
            }
            if told.contains(&section.heading) {
                // Corrective actions that only tell what was done are the resolution; advice is nothing of the kind.
                let is_advice = || words.names_lesser_work(Lesser::Ideas, &section.title);
                let named = words.exact_section(&section.title).filter(|_| !is_advice());
                let told = words.told_section(&section.title).or(named.map(|_| SectionKind::Resolution));
                section.kinds = told.into_iter().collect();
            }
            let first = events.partition_point(|start| *start < section.body.start);
            let holds_events = events.get(first).is_some_and(|start| *start < section.body.end);
            section.is_empty &= !holds_events;
            section
        })
        .collect()
}

/// Gives each action item its id: the stated name, or a number.
fn number_actions(postmortem: &str, actions: &mut [ActionItem]) {
    for (index, action) in actions.iter_mut().enumerate() {
        let name = if action.has_own_id { action.id.trim().to_owned() } else { format!("a{}", index + 1) };
        action.id = format!("{postmortem}/{name}");
    }
}
