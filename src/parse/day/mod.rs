//! The day of an incident, where the front matter does not say it.

mod opening;
mod since;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};

use self::opening::Opening;
use crate::{
    model::{Carrier, Fact, Format, Milestone, Moment, Origin, Postmortem, TimelineEvent},
    parse::{
        assemble::{self, Labels},
        blocks::{Body, Kind},
        context::Context,
        locale::Lexicon,
        milestones,
        outline::{self, Part},
        text,
        times::{self, Given},
    },
};

/// How far from the day that everything else shows the first day of the opening may be.
const OPENING: std::ops::RangeInclusive<i64> = -14..=3;
/// How far before the day of its page an incident may have been.
const BEFORE_PAGE: std::ops::RangeInclusive<i64> = -90..=-1;
/// A title or a page names a day that is off by at most so many days.
const FEW_DAYS: i64 = 3;

/// Takes the day out of a front matter that may be that of a site generator: those want one, and it is the day of the
/// page. Where the front matter says when it started or what happened, its day is that of the incident.
///
/// `is_of_page` is true for one that is also for other tools. In TOML that alone says little: a team has keys of its own,
/// and misspells ours. A minute besides is that of the writing.
pub(super) fn of_page(postmortem: &mut Postmortem, is_of_page: bool) -> Option<Fact<NaiveDate>> {
    const DAY: usize = "\"2026-03-14\"".len();
    let has_minute = || postmortem.date.as_ref().is_some_and(|date| date.span.end - date.span.start > DAY);
    // Without a front matter it is an export of MDX that says a day.
    let may_be_foreign = postmortem
        .front_matter
        .is_none_or(|place| place.format == Format::Yaml || is_of_page && has_minute());
    // Who begins before the day that is stated has stated that of the page.
    let begins_then = |started: &Fact<Moment>| {
        started.value.date.is_none_or(|day| postmortem.date.as_ref().is_none_or(|date| date.value <= day))
    };
    let tells = postmortem.times.get(&Milestone::Started).is_some_and(|started| begins_then(started))
        || !postmortem.timeline.is_empty()
        || !postmortem.actions.is_empty();
    if may_be_foreign && !tells { postmortem.date.take() } else { None }
}

/// The day to begin with: stated, labelled, in the title, in the file's name, that of a labelled moment, in the number of
/// the incident or in the opening.
pub(super) fn likely(
    postmortem: &Postmortem,
    page: Option<&Fact<NaiveDate>>,
    labels: &Labels<'_>,
    (body, parts): (&Body, &[Part<'_>]),
    context: &Context<'_>,
) -> Option<Fact<NaiveDate>> {
    let opening = |near| opening::read(body, parts, context, near);
    let before_page = |page: &Fact<NaiveDate>| {
        let is_before = |day: &Fact<NaiveDate>| is_before_page(day, page);
        let titled = of_title(postmortem, body, context, Some(page.value)).filter(is_before);
        let labelled = || labels.date().filter(is_before);
        let told = || opening(Some(page.value)).filter(|opening| opening.tells).map(|opening| opening.day);
        titled.or_else(labelled).or_else(|| told().filter(is_before)).unwrap_or_else(|| page.clone())
    };
    let stated = postmortem.date.clone().or_else(|| page.map(before_page));
    stated
        .or_else(|| Some(Fact { origin: Origin::FrontMatter, ..started(postmortem)? }))
        .or_else(|| labels.date())
        .or_else(|| of_title(postmortem, body, context, None))
        .or_else(|| {
            let named = assemble::date_of_path(&postmortem.path, context)?;
            // With a front matter it is the name of a post, which has the day of the writing.
            Some(if postmortem.front_matter.is_some() { before_page(&named) } else { named })
        })
        .or_else(|| labels.day_of_a_moment())
        .or_else(|| labels.day_of_number())
        .or_else(|| opening(None).map(|opening| opening.day))
}

/// True for a day shortly before that of the page.
fn is_before_page(day: &Fact<NaiveDate>, page: &Fact<NaiveDate>) -> bool {
    BEFORE_PAGE.contains(&(day.value - page.value).num_days())
}

/// The likely day, for times that do not say theirs.
pub(super) fn given(likely: &Fact<NaiveDate>) -> Given<NaiveDate> {
    let by = match likely.origin {
        Origin::Label => Carrier::Label,
        Origin::Section => Carrier::Title,
        Origin::FileName => Carrier::FileName,
        Origin::FrontMatter => Carrier::FrontMatter,
        Origin::Inferred => Carrier::Line,
    };
    Given::new(likely.value, by, likely.span)
}

/// The day on which the incident began, by what says most: the front matter, a milestone, a label that says so. Else
/// the day that the opening names first, near the one that everything else shows; an incident does not begin after it
/// was detected.
pub(super) fn incident(
    postmortem: &Postmortem,
    known: &Known<'_>,
    (body, parts): (&Body, &[Part<'_>]),
    context: &Context<'_>,
) -> Option<Fact<NaiveDate>> {
    // Now and then somebody states the minute of the writing after all.
    let labelled = || known.labels.day().filter(|day| !is_of_writing(postmortem, day.value));
    let stated = || postmortem.date.clone().or_else(|| started(postmortem)).or_else(labelled);
    if let Some(stated) = stated() {
        return Some(stated);
    }
    // The events of a timeline say more than a paragraph that may tell of another incident.
    let told = |near| opening::told(body, context, near).filter(|_| postmortem.timeline.is_empty());
    let shown =
        shown(postmortem, known, body, context).or_else(|| told(None)).or_else(|| anywhere(body, context))?;
    let away = |day: &Fact<NaiveDate>| (day.value - shown.value).num_days();
    let near = |day: &Fact<NaiveDate>| OPENING.contains(&away(day));
    // A page that tells of an incident comes after it. Against a front matter the opening needs an event to bear it out,
    // or words for what happened.
    let is_page = known.page.is_some_and(|page| page.value == shown.value);
    // Site generators take the day of a page from the name of its file, too.
    let is_post = shown.origin == Origin::FileName && postmortem.front_matter.is_some();
    let is_event = |day: NaiveDate| postmortem.timeline.iter().any(|event| event.at.date == Some(day));
    let counts = |opening: &Opening| {
        let is_before = (is_page || is_post) && BEFORE_PAGE.contains(&away(&opening.day));
        // Of a page without a timeline, the day in the title or behind a label may be the last one of several.
        let is_of_several = || known.page.is_some() && postmortem.timeline.is_empty() && near(&opening.day);
        let told = opening.tells && (is_before || is_of_several());
        let is_named = !opening.aside && !opening.is_relative;
        told || is_named && near(&opening.day) && (known.page.is_none() || is_event(opening.day.value))
    };
    let seen = day_of(postmortem, Milestone::Detected);
    let is_in_time = |day: &Fact<NaiveDate>| seen.as_ref().is_none_or(|seen| day.value <= seen.value);
    let opening = opening::read(body, parts, context, Some(shown.value)).filter(counts);
    let below = || {
        let may_be_below = is_page || is_post;
        told(Some(shown.value)).filter(|day| may_be_below && BEFORE_PAGE.contains(&away(day)))
    };
    let opening = opening.map(|opening| opening.day).or_else(below).filter(is_in_time);
    let detected = day_of(postmortem, Milestone::Detected).filter(|day| {
        let stated = postmortem.times.get(&Milestone::Detected).map(|fact| fact.origin);
        stated != Some(Origin::Inferred) && day.value < shown.value && near(day)
    });
    let found = opening.or(detected).unwrap_or(shown);
    Some(since::told(known.labels, (body, parts), context, found.value).unwrap_or(found))
}

/// What says a day for the whole document.
pub(super) struct Known<'k> {
    pub(super) labels: &'k Labels<'k>,
    /// The day of the page.
    pub(super) page: Option<&'k Fact<NaiveDate>>,
    /// The likely day.
    pub(super) near: Option<&'k Fact<NaiveDate>>,
}

/// The day that title, page, words, events and file name show. A title names the day by which people know the incident,
/// and a page has often that of the writing: neither counts where events state their days and none is on that one. Where
/// the words of the timeline tell when impact began, that is the day, unless the document says the day of the first event.
/// The first event is better than what a label or a file's name says - unless that day is not later than the day of
/// detection, or both of them agree on a day of events: then what comes before it is what led up to it.
fn shown(
    postmortem: &Postmortem,
    known: &Known<'_>,
    body: &Body,
    context: &Context<'_>,
) -> Option<Fact<NaiveDate>> {
    let near = known.near;
    let first = first_event(postmortem, context.words());
    let agreed = || near.filter(|near| first.as_ref().is_some_and(|first| first.value == near.value));
    let led_up_to = || {
        let (near, first) = (near?, first.as_ref()?);
        let detected = day_of(postmortem, Milestone::Detected)?;
        (first.value < near.value && near.value <= detected.value).then(|| near.clone())
    };
    let named_as_stated = || {
        let near = near.filter(|near| near.origin == Origin::Label)?;
        let named = assemble::date_of_path(&postmortem.path, context)?;
        let is_event = postmortem.timeline.iter().any(|event| event.at.date == Some(near.value));
        let days = first.as_ref().map(|first| (near.value - first.value).num_days());
        (named.value == near.value && is_event && days.is_some_and(|days| days > FEW_DAYS))
            .then(|| near.clone())
    };
    let is_of_writing = |day: &Fact<NaiveDate>| is_of_writing(postmortem, day.value);
    // What an author writes below the page's own day is that of something else.
    let labelled =
        || known.labels.date().filter(|day| known.page.is_some_and(|page| is_before_page(day, page)));
    of_title(postmortem, body, context, known.page.map(|page| page.value))
        .or_else(labelled)
        .filter(|day| !is_of_writing(day))
        .or_else(|| {
            known.page.filter(|page| !is_of_writing(page) && !is_after_start(postmortem, page)).cloned()
        })
        .filter(|day| !is_off(postmortem, day.value, context))
        .or_else(|| begun_on(postmortem, near, context))
        .or_else(|| agreed().cloned())
        .or_else(|| day_of(postmortem, Milestone::Started))
        .or_else(led_up_to)
        .or_else(named_as_stated)
        .or_else(|| first.clone())
        .or_else(|| near.cloned())
}

/// The day of an event without a clock that says that impact began, before the day of a label.
fn begun_on(
    postmortem: &Postmortem,
    near: Option<&Fact<NaiveDate>>,
    context: &Context<'_>,
) -> Option<Fact<NaiveDate>> {
    let stated = near.filter(|near| near.origin == Origin::Label)?;
    let mut events = postmortem.timeline.iter().filter(|event| event.at.clock.is_none());
    events.find_map(|event| {
        let day = event.at.date.filter(|day| *day < stated.value)?;
        let begins = milestones::tells_beginning(context.words(), &event.text);
        begins.then(|| Fact::new(day, event.at_span, Origin::Inferred))
    })
}

/// True when events state their days and none is on this one: the first is a few days away, or on the day in the name of
/// the file, against which a title is a slip.
fn is_off(postmortem: &Postmortem, day: NaiveDate, context: &Context<'_>) -> bool {
    let days = || postmortem.timeline.iter().filter_map(|event| event.at.date);
    let first = first_event(postmortem, context.words()).map(|first| first.value);
    let is_named = |first: NaiveDate| {
        assemble::date_of_path(&postmortem.path, context).is_some_and(|named| named.value == first)
    };
    // January's reports have the year before in their titles.
    let is_of_another_year = || {
        assemble::date_of_path(&postmortem.path, context).is_some_and(|named| {
            named.value.with_year(day.year()) == Some(day)
                && days().all(|other| other.year() == named.value.year())
        })
    };
    first.is_some_and(|first| {
        (first - day).num_days().abs() <= FEW_DAYS || is_named(first) || is_of_another_year()
    }) && days().all(|other| other != day)
}

/// True for the day of a page or a report that comes after all events, some weeks at the most.
pub(super) fn is_of_writing(postmortem: &Postmortem, page: NaiveDate) -> bool {
    let mut days = postmortem.timeline.iter().filter_map(|event| event.at.date);
    let count = days.clone().count();
    count >= 2 && days.all(|day| BEFORE_PAGE.contains(&(day - page).num_days()))
}

/// True for the day of a page a few days behind the one on which the timeline tells that impact began.
fn is_after_start(postmortem: &Postmortem, page: &Fact<NaiveDate>) -> bool {
    let started = day_of(postmortem, Milestone::Started);
    started.is_some_and(|started| (1..=FEW_DAYS).contains(&(page.value - started.value).num_days()))
}

fn day_of(postmortem: &Postmortem, milestone: Milestone) -> Option<Fact<NaiveDate>> {
    let fact = postmortem.times.get(&milestone)?;
    Some(Fact::new(fact.value.date?, fact.span, Origin::Inferred))
}

/// The day of the first event; where half of the events have a clock, of the first that has one. When most events happened on
/// one day, what comes days before is what led up to it.
fn first_event(postmortem: &Postmortem, words: &Lexicon) -> Option<Fact<NaiveDate>> {
    let events = || postmortem.timeline.iter().filter(|event| event.at.date.is_some());
    let clocks = events().filter(|event| event.at.clock.is_some()).count();
    let precise = clocks > 0 && clocks * 2 >= events().count();
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
    // What came in long before anything failed is the cause.
    let lies_dormant = |event: &&TimelineEvent| {
        event.at.clock.is_none()
            && opening::tells_of_cause(words, &event.text)
            && !milestones::tells_beginning(words, &event.text)
            && days.keys().any(|day| event.at.date.is_some_and(|own| own < *day))
    };
    let may_begin = |event: &&TimelineEvent| {
        !lies_dormant(event) && begin.is_none_or(|begin| event.at.date >= Some(begin))
    };
    let is_newest_first = {
        let days: Vec<_> = counted().filter_map(|event| event.at.date).collect();
        days.is_sorted_by(|one, next| one >= next) && days.first() != days.last()
    };
    let event = if is_newest_first { counted().rev().find(may_begin) } else { counted().find(may_begin) }?;
    Some(Fact::new(event.at.date?, event.at_span, Origin::Inferred))
}

fn started(postmortem: &Postmortem) -> Option<Fact<NaiveDate>> {
    let started = postmortem.times.get(&Milestone::Started).filter(|fact| fact.origin != Origin::Inferred)?;
    Some(Fact::new(started.value.date?, started.span, Origin::Inferred))
}

/// The day in the title, or in the heading when the title is stated elsewhere. One without a year is near the page's, and
/// says nothing where it is that one.
fn of_title(
    postmortem: &Postmortem,
    body: &Body,
    context: &Context<'_>,
    page: Option<NaiveDate>,
) -> Option<Fact<NaiveDate>> {
    let title = &postmortem.title;
    let stated = times::find_date(context.words(), &title.value)
        .and_then(|(date, _)| Some((date, date.resolve(context.order(), page)?)))
        .filter(|(date, day)| date.has_year() || Some(*day) != page)
        .map(|(_, day)| day);
    if let Some(day) = stated {
        return Some(Fact::new(day, title.span, title.origin));
    }
    let index = outline::title_heading(&body.blocks, context.words())?;
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

/// The day of events that are all on one.
pub(super) fn of_all(events: &[TimelineEvent]) -> Option<Given<NaiveDate>> {
    let mut days = events.iter().filter_map(|event| Some((event.at.date?, event.at_span)));
    let (first, span) = days.next()?;
    days.all(|(day, _)| day == first).then(|| Given::new(first, Carrier::Earlier, span))
}
