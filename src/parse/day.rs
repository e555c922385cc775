//! The day of an incident and the zone of its times, where the front matter does not say them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    assemble::{self, Labels},
    blocks::{Body, Kind},
    context::Context,
    locale::Lexicon,
    outline, text,
    times::{self, Given},
};
use crate::{
    model::{Carrier, Fact, Milestone, Origin, Postmortem, Zone},
    source::Span,
};

/// A note that holds for all times is at most this long, in words.
const NOTE_WORDS: usize = 24;

/// The day to begin with: stated, labelled, in the title or in the file's name.
pub(super) fn likely(
    postmortem: &Postmortem,
    labels: &Labels<'_>,
    body: &Body,
    context: &Context<'_>,
) -> Option<Fact<NaiveDate>> {
    postmortem
        .date
        .clone()
        .or_else(|| started(postmortem))
        .or_else(|| labels.date())
        .or_else(|| of_title(postmortem, body, context))
        .or_else(|| assemble::date_of_path(&postmortem.path, context))
}

/// The likely day, for times that do not say theirs.
pub(super) fn given(likely: &Fact<NaiveDate>) -> Given<NaiveDate> {
    let by = match likely.origin {
        Origin::Label => Carrier::Label,
        Origin::Section => Carrier::Title,
        Origin::FileName => Carrier::FileName,
        // Before the body is read, only the front matter can have said when the incident started.
        Origin::FrontMatter | Origin::Inferred => Carrier::FrontMatter,
    };
    Given::new(likely.value, by, likely.span)
}

/// The day on which the incident began. A title names the day by which people know the incident; where the words of the
/// timeline tell when impact began, that is the day, unless the document says the day of the first event. The first event
/// is better than what a label or a file's name says, since those often name the day of the writing - unless that day is
/// not later than the day of detection: then what comes before it is what led up to it.
pub(super) fn incident(
    postmortem: &Postmortem,
    near: Option<&Fact<NaiveDate>>,
    body: &Body,
    context: &Context<'_>,
) -> Option<Fact<NaiveDate>> {
    let day_of = |milestone: Milestone| {
        let fact = postmortem.times.get(&milestone)?;
        Some(Fact::new(fact.value.date?, fact.span, Origin::Inferred))
    };
    let led_up_to = || {
        let (near, first) = (near?, first_event(postmortem)?);
        let detected = day_of(Milestone::Detected)?;
        (first.value < near.value && near.value <= detected.value).then(|| near.clone())
    };
    let agreed =
        || near.filter(|near| first_event(postmortem).is_some_and(|first| first.value == near.value));
    postmortem
        .date
        .clone()
        .or_else(|| started(postmortem))
        .or_else(|| of_title(postmortem, body, context))
        .or_else(|| agreed().cloned())
        .or_else(|| day_of(Milestone::Started))
        .or_else(led_up_to)
        .or_else(|| first_event(postmortem))
        .or_else(|| near.cloned())
        .or_else(|| anywhere(body, context))
}

/// The day of the first event; where most events have a clock, of the first that has one. When most events happened on
/// one day, what comes days before is what led up to it.
fn first_event(postmortem: &Postmortem) -> Option<Fact<NaiveDate>> {
    let events = || postmortem.timeline.iter().filter(|event| event.at.date.is_some());
    let clocks = events().filter(|event| event.at.clock.is_some()).count();
    let precise = clocks * 2 > events().count();
    let counted = || events().filter(|event| !precise || event.at.clock.is_some());
    let mut days: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for day in counted().filter_map(|event| event.at.date) {
        *days.entry(day).or_default() += 1;
    }
    let busy = days.iter().find(|(_, count)| **count > 3 && **count * 3 > counted().count() * 2);
    let mut begin = busy.map(|(day, _)| *day);
    while let Some(before) = begin.and_then(|day| day.pred_opt()).filter(|day| days.contains_key(day)) {
        begin = Some(before);
    }
    let event = counted().find(|event| begin.is_none_or(|begin| event.at.date >= Some(begin)))?;
    Some(Fact::new(event.at.date?, event.at_span, Origin::Inferred))
}

fn started(postmortem: &Postmortem) -> Option<Fact<NaiveDate>> {
    let started = postmortem.times.get(&Milestone::Started).filter(|fact| fact.origin != Origin::Inferred)?;
    Some(Fact::new(started.value.date?, started.span, Origin::Inferred))
}

/// The day in the title, or in the heading when the title is stated elsewhere.
fn of_title(postmortem: &Postmortem, body: &Body, context: &Context<'_>) -> Option<Fact<NaiveDate>> {
    let title = &postmortem.title;
    let stated = times::find_date(context.words(), &title.value)
        .and_then(|(date, _)| date.resolve(context.order(), None));
    if let Some(day) = stated {
        return Some(Fact::new(day, title.span, title.origin));
    }
    let index = outline::title_heading(&body.blocks)?;
    match &body.blocks.get(index)?.kind {
        Kind::Heading { text, .. } => assemble::dated(text, context, Origin::Section),
        _ => None,
    }
}

/// The first day that the text names at all.
fn anywhere(body: &Body, context: &Context<'_>) -> Option<Fact<NaiveDate>> {
    let mut found = None;
    text::collect(&body.blocks, &mut |text, _| {
        if found.is_none() {
            found = assemble::dated(text, context, Origin::Inferred);
        }
    });
    found
}

/// The year in the title or the path, for dates that state none.
pub(super) fn year(postmortem: &Postmortem) -> Option<Given<i32>> {
    let year = |text: &str| {
        let mut digits = text.split(|c: char| !c.is_ascii_digit());
        digits.find(|run| run.len() == 4 && (run.starts_with("19") || run.starts_with("20")))?.parse().ok()
    };
    let title = &postmortem.title;
    let in_title = || Some(Given::new(year(&title.value)?, Carrier::Title, title.span));
    let in_path = || Some(Given::new(year(&postmortem.path)?, Carrier::FileName, Span::default()));
    in_title().or_else(in_path)
}

/// The zone of a line such as `All times are UTC`, wherever it stands.
pub(super) fn noted_zone(words: &Lexicon, body: &Body) -> Option<Given<Zone>> {
    let mut found = None;
    text::collect(&body.blocks, &mut |text, is_heading| {
        let short = || text.text.split_whitespace().count() <= NOTE_WORDS;
        if found.is_none() && !is_heading && short() && words.times.is_zone_note(&text.text) {
            found = times::find_zone(&text.text).map(|zone| Given::new(zone, Carrier::Note, text.span));
        }
    });
    found
}

/// The zone behind the clocks of a body, when it is one and the same.
pub(super) fn only_zone(body: &Body) -> Option<Given<Zone>> {
    let mut zones: Vec<Given<Zone>> = Vec::new();
    text::collect(&body.blocks, &mut |text, _| {
        for zone in times::zones_at_clocks(&text.text) {
            zones.push(Given::new(zone, Carrier::Clocks, text.span));
        }
    });
    let first = zones.first()?.clone();
    zones.iter().all(|zone| zone.value == first.value).then_some(first)
}

/// The zone that every time of the front matter is written with, when it is one and the same.
pub(super) fn zone_of_times(postmortem: &Postmortem) -> Option<Given<Zone>> {
    let mut stated = postmortem
        .times
        .values()
        .filter(|time| time.origin == Origin::FrontMatter && time.value.basis.zone.by == Carrier::Itself)
        .filter_map(|time| Some(Given::new(time.value.zone.clone()?, Carrier::FrontMatter, time.span)));
    let first = stated.next()?;
    stated.all(|zone| zone.value == first.value).then_some(first)
}
