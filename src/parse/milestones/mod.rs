//! Milestones that the words of a timeline tell, where nothing marks them.
//!
//! Each event is asked what its sentences tell ([`Cue`]); who tells what in which order makes the milestones. Only
//! plain words count, and what they give is marked as inferred, so that no page shows it as stated.

mod sentence;

#[cfg(test)]
mod edges;
#[cfg(test)]
mod languages;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, btree_map::Entry};

use chrono::{NaiveDateTime, TimeDelta};

use crate::{
    model::{Fact, Milestone, Moment, Origin, Postmortem, TimelineEvent},
    parse::{
        blocks::{Block, Body, Kind},
        inline::Inline,
        locale::{Cue, Lexicon},
    },
};

/// Who notices something longer than this before impact begins has noticed something else.
const BEFOREHAND: TimeDelta = TimeDelta::hours(24);

/// At most one event in so many comes behind the end where only a part is said to work again, or two.
const AFTERMATH: usize = 4;

/// The milestones that words tell.
const INFERRED: [Milestone; 4] =
    [Milestone::Started, Milestone::Detected, Milestone::Mitigated, Milestone::Resolved];

/// An event and what its words tell.
struct Told<'e> {
    event: &'e TimelineEvent,
    /// Each cue with the first clause that tells it.
    cues: BTreeMap<Cue, usize>,
}

impl Told<'_> {
    fn tells(&self, cue: Cue) -> bool {
        self.cues.contains_key(&cue)
    }

    /// True when impact begins here. What somebody notices or reports began before, and what begins again, too.
    fn begins(&self) -> bool {
        let clause = |cue: Cue| self.cues.get(&cue).copied();
        if clause(Cue::Again).is_some() && clause(Cue::Again) == clause(Cue::Began) {
            return false;
        }
        clause(Cue::Began).is_some_and(|began| clause(Cue::Noticed).is_none_or(|noticed| began < noticed))
    }

    fn local(&self) -> Option<NaiveDateTime> {
        Some(self.event.at.date?.and_time(self.event.at.clock?))
    }
}

/// Adds the milestones that are neither stated nor marked.
pub(super) fn infer(words: &Lexicon, body: &Body, postmortem: &mut Postmortem) {
    if INFERRED.iter().all(|milestone| postmortem.times.get(milestone).is_some_and(|fact| is_exact(fact))) {
        return;
    }
    let paragraphs = paragraphs(body);
    let mut told: Vec<Told<'_>> = postmortem
        .timeline
        .iter()
        .filter(|event| event.at.clock.is_some())
        .map(|event| Told { event, cues: sentence::cues(&words.cues, &whole(event, &paragraphs)) })
        .collect();
    // Status pages begin with what happened last, and tell their readers, not who noticed.
    let is_status_page = descends(&told);
    if is_status_page {
        told.reverse();
    }
    let found = Milestones::read(&told);
    let indices =
        [found.started, found.detected.filter(|_| !is_status_page), found.mitigated, found.resolved];
    let found: Vec<_> = INFERRED
        .into_iter()
        .zip(indices)
        .filter_map(|(milestone, index)| {
            let event = told.get(index?)?.event;
            Some((milestone, Box::new(Fact::new(event.at.clone(), event.at_span, Origin::Inferred))))
        })
        .collect();
    for (milestone, fact) in found {
        match postmortem.times.entry(milestone) {
            Entry::Vacant(entry) => {
                entry.insert(fact);
            }
            // A label that has the day alone says no other thing than the event of that day.
            Entry::Occupied(mut entry)
                if !is_exact(entry.get()) && entry.get().value.date == fact.value.date =>
            {
                entry.insert(fact);
            }
            Entry::Occupied(_) => {}
        }
    }
}

/// True for a moment to which the words of the timeline add nothing: one with a clock, or of the front matter.
fn is_exact(fact: &Fact<Moment>) -> bool {
    fact.value.clock.is_some() || fact.origin == Origin::FrontMatter
}

/// True for a sentence that tells that something went wrong, or that it was noticed.
pub(super) fn tells_trouble(words: &Lexicon, sentence: &str) -> bool {
    let cues = sentence::cues(&words.cues, sentence);
    cues.contains_key(&Cue::Began)
        || cues.contains_key(&Cue::Noticed)
        || sentence::has_trouble(&words.cues, sentence)
}

/// True for words that name an outage or the like.
pub(super) fn names_trouble(words: &Lexicon, text: &str) -> bool {
    sentence::names_trouble(&words.cues, text)
}

/// True for a text that tells that impact began, and not that somebody noticed it.
pub(super) fn tells_beginning(words: &Lexicon, text: &str) -> bool {
    let cues = sentence::cues(&words.cues, text);
    cues.contains_key(&Cue::Began) && !cues.contains_key(&Cue::Again)
}

/// True when most events come before the one above them.
fn descends(told: &[Told<'_>]) -> bool {
    let steps = || told.windows(2).filter_map(|pair| Some((pair.first()?.local()?, pair.last()?.local()?)));
    let down = steps().filter(|(above, below)| below < above).count();
    down > 1 && down > 2 * steps().filter(|(above, below)| below > above).count()
}

/// Which events the milestones are.
struct Milestones {
    started: Option<usize>,
    detected: Option<usize>,
    mitigated: Option<usize>,
    resolved: Option<usize>,
}

impl Milestones {
    fn read(told: &[Told<'_>]) -> Self {
        let detected = detected(told, 0);
        let (started, detected) = match begun_after(told, detected) {
            Some(began) => (Some(began), self::detected(told, began)),
            None => (started(told, detected), detected),
        };
        let resolved = end(told, detected);
        let mitigated = mitigated(told, started.or(detected), resolved);
        Self { started, detected, mitigated, resolved }
    }
}

/// The paragraphs of a body, in its order, those of lists and quotes among them.
fn paragraphs(body: &Body) -> Vec<&Inline> {
    let mut found = Vec::new();
    let mut open: Vec<&Block> = body.blocks.iter().rev().collect();
    while let Some(block) = open.pop() {
        match &block.kind {
            Kind::Paragraph(text) => found.push(text),
            Kind::List(items) => open.extend(items.iter().rev().flat_map(|item| item.blocks.iter().rev())),
            Kind::Quote(blocks) => open.extend(blocks.iter().rev()),
            _ => {}
        }
    }
    found
}

/// What an event says with the paragraphs below its first: they belong to it, though it is shown by the first alone. One
/// that has a clock tells of another moment.
fn whole(event: &TimelineEvent, paragraphs: &[&Inline]) -> String {
    let mut text = event.text.clone();
    let first = paragraphs.partition_point(|paragraph| paragraph.span.start <= event.at_span.end);
    if let Some(own) = first.checked_sub(1).and_then(|own| paragraphs.get(own)) {
        part_lines(&mut text, own);
    }
    for paragraph in paragraphs.iter().skip(first).take_while(|paragraph| event.span.contains(paragraph.span))
    {
        if text.len() > sentence::LONGEST {
            break;
        }
        let more = paragraph.one_line();
        if !has_clock(&more) && !text.contains(&more) {
            text.push('\n');
            text.push_str(&more);
        }
    }
    text
}

/// A line of the paragraph that begins as a sentence does is one, though the text of the event goes on without a mark:
/// `Few searches fail`, `Incident resolved`.
fn part_lines(text: &mut String, paragraph: &Inline) {
    // The end of a sentence that was wrapped is shorter: `OUTAGE.`
    const SENTENCE: usize = 3;
    if !paragraph.text.trim().contains('\n') {
        return;
    }
    for line in paragraph.lines().iter().skip(1) {
        let line = line.one_line();
        if line.starts_with(char::is_uppercase)
            && line.split_whitespace().nth(SENTENCE - 1).is_some()
            && let Some(at) = text.find(&line).filter(|at| *at > 0)
        {
            text.insert(at, '\n');
        }
    }
}

fn has_clock(text: &str) -> bool {
    let is_clock = |bytes: &[u8]| matches!(bytes, [hour, b':', ten, minute] if [hour, ten, minute].iter().all(|byte| byte.is_ascii_digit()));
    text.as_bytes().windows("0:00".len()).any(is_clock)
}

/// The first notice from an event on. Once somebody is at work on the incident, what is noticed is no longer the
/// incident itself.
fn detected(told: &[Told<'_>], from: usize) -> Option<usize> {
    let first = |cue: Cue| Some(from + told.get(from..)?.iter().position(|told| told.tells(cue))?);
    let noticed = first(Cue::Noticed)?;
    first(Cue::Worked).is_none_or(|worked| noticed <= worked).then_some(noticed)
}

/// The first event that says that impact begins, unless work on it has begun before; a failure that nothing stands above
/// is one.
fn began(told: &[Told<'_>]) -> Option<usize> {
    let fails = told.first().is_some_and(|first| first.tells(Cue::Fails) && !first.tells(Cue::Noticed));
    let began = if fails { 0 } else { told.iter().position(Told::begins)? };
    let worked = told.iter().position(|told| told.tells(Cue::Worked));
    worked.is_none_or(|worked| began <= worked).then_some(began)
}

/// The beginning of the impact: not after it was noticed, nor after work on it began.
fn started(told: &[Told<'_>], detected: Option<usize>) -> Option<usize> {
    began(told).filter(|began| detected.is_none_or(|detected| *began <= detected))
}

/// The beginning of an impact that comes long after the first notice: that was of something else.
fn begun_after(told: &[Told<'_>], detected: Option<usize>) -> Option<usize> {
    let (began, detected) = (began(told)?, detected?);
    let apart = told.get(began)?.local()? - told.get(detected)?.local()?;
    (apart > BEFOREHAND).then_some(began)
}

/// The last event up to the end, and behind the beginning, that says that users feel it no longer.
fn mitigated(told: &[Told<'_>], from: Option<usize>, resolved: Option<usize>) -> Option<usize> {
    let end = resolved.map_or(told.len(), |resolved| resolved + 1);
    let last = told.get(..end)?.iter().rposition(|told| told.tells(Cue::Mitigated))?;
    from.is_none_or(|from| from < last).then_some(last)
}

/// The end: what the events up to that by which somebody closes the record say, or that one.
fn end(told: &[Told<'_>], detected: Option<usize>) -> Option<usize> {
    let over = resolved(told, detected);
    let closed = told.iter().rposition(|told| told.tells(Cue::Closed));
    let lasts = |closed: &usize| relapse(told, detected).is_none_or(|relapse| relapse <= *closed);
    let Some(closed) = closed.filter(lasts) else { return over };
    let is_behind = over.is_some_and(|over| over >= closed);
    let before = || resolved(told.get(..closed)?, detected);
    over.filter(|_| is_behind).or_else(before).or(Some(closed))
}

/// The last failure behind the first notice.
fn relapse(told: &[Told<'_>], detected: Option<usize>) -> Option<usize> {
    told.iter().enumerate().rposition(|(index, told)| {
        let begins = told.begins() && !told.tells(Cue::Worked);
        told.tells(Cue::Again) || (begins && detected.is_some_and(|first| first < index))
    })
}

/// The last event that says that it is over; one that says so of the whole incident weighs more than one that says so
/// of a part. A failure behind it takes it back, unless that is what somebody found who looked into it.
fn resolved(told: &[Told<'_>], detected: Option<usize>) -> Option<usize> {
    let relapse = relapse(told, detected);
    let last = |cue: Cue| {
        let over = told.iter().rposition(|told| told.tells(cue));
        over.filter(|over| relapse.is_none_or(|relapse| relapse <= *over))
    };
    let works = || last(Cue::Works).filter(|last| last + 1 == told.len());
    // A part that works again ends nothing while most of the work is still to come.
    let aftermath = (told.len() / AFTERMATH).max(2);
    let back = || last(Cue::Back).filter(|last| told.len() <= last + 1 + aftermath);
    last(Cue::Over).or_else(works).or_else(back)
}
