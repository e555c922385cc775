//! Milestones that the words of a timeline tell, where nothing marks them.
//!
//! Each event is asked what its sentences tell ([`Cue`]); who tells what in which order makes the milestones. Only
//! plain words count, and what they give is marked as inferred, so that no page shows it as stated.

mod sentence;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::{
    model::{Fact, Milestone, Origin, Postmortem, TimelineEvent},
    parse::{
        blocks::{Block, Body, Kind},
        inline::Inline,
        locale::{Cue, Lexicon},
    },
};

/// An event and what its words tell.
struct Told<'e> {
    event: &'e TimelineEvent,
    cues: BTreeSet<Cue>,
}

impl Told<'_> {
    fn tells(&self, cue: Cue) -> bool {
        self.cues.contains(&cue)
    }
}

/// Adds the milestones that are neither stated nor marked.
pub(super) fn infer(words: &Lexicon, body: &Body, postmortem: &mut Postmortem) {
    let paragraphs = paragraphs(body);
    let told: Vec<Told<'_>> = postmortem
        .timeline
        .iter()
        .filter(|event| event.at.clock.is_some())
        .map(|event| Told { event, cues: sentence::cues(&words.cues, &whole(event, &paragraphs)) })
        .collect();
    let detected = detected(&told);
    let started = started(&told, detected);
    let resolved = resolved(&told, detected);
    let found: Vec<_> =
        [(Milestone::Started, started), (Milestone::Detected, detected), (Milestone::Resolved, resolved)]
            .into_iter()
            .filter_map(|(milestone, index)| {
                let event = told.get(index?)?.event;
                Some((milestone, Fact::new(event.at.clone(), event.at_span, Origin::Inferred)))
            })
            .collect();
    for (milestone, fact) in found {
        postmortem.times.entry(milestone).or_insert(fact);
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

/// What an event says with the paragraphs below its first: they belong to it, though it is shown by the first alone.
fn whole(event: &TimelineEvent, paragraphs: &[&Inline]) -> String {
    let mut text = event.text.clone();
    let first = paragraphs.partition_point(|paragraph| paragraph.span.start <= event.at_span.end);
    for paragraph in paragraphs.iter().skip(first).take_while(|paragraph| event.span.contains(paragraph.span))
    {
        if text.len() > sentence::LONGEST {
            break;
        }
        let more = paragraph.one_line();
        if !text.contains(&more) {
            text.push('\n');
            text.push_str(&more);
        }
    }
    text
}

/// The first notice. Once somebody is at work on the incident, what is noticed is no longer the incident itself.
fn detected(told: &[Told<'_>]) -> Option<usize> {
    let noticed = told.iter().position(|told| told.tells(Cue::Noticed))?;
    let worked = told.iter().position(|told| told.tells(Cue::Worked));
    worked.is_none_or(|worked| noticed <= worked).then_some(noticed)
}

/// The beginning of the impact: not after it was noticed, nor after work on it began.
fn started(told: &[Told<'_>], detected: Option<usize>) -> Option<usize> {
    let began = told.iter().position(|told| told.tells(Cue::Began))?;
    let worked = told.iter().position(|told| told.tells(Cue::Worked));
    let in_order = |limit: Option<usize>| limit.is_none_or(|limit| began <= limit);
    (in_order(detected) && in_order(worked)).then_some(began)
}

/// The last event that says that it is over; one that says so of the whole incident weighs more than one that says so
/// of a part. A failure behind it takes it back.
fn resolved(told: &[Told<'_>], detected: Option<usize>) -> Option<usize> {
    let relapse = told.iter().enumerate().rposition(|(index, told)| {
        told.tells(Cue::Again) || (told.tells(Cue::Began) && detected.is_some_and(|first| first < index))
    });
    let last = |cue: Cue| {
        let over = told.iter().rposition(|told| told.tells(cue));
        over.filter(|over| relapse.is_none_or(|relapse| relapse <= *over))
    };
    last(Cue::Over).or_else(|| last(Cue::Back))
}
