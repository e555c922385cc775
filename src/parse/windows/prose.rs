//! From when to when impact lasted, as sentences say it: `Search was down from 09:00 to 09:40 UTC.`

use std::ops::Range;

use chrono::NaiveDateTime;

use super::lead;
use crate::{
    model::{Fact, Moment, Origin, SectionKind},
    parse::{
        blocks::{Block, Body, Item, Kind},
        inline::Inline,
        locale::Lexicon,
        milestones,
        outline::{self, Part},
        text::sentences,
        times::{Calendar, Stamp},
    },
};

/// A range begins at most so many bytes in front of its first clock: with a day of the week, a day and a year.
const DAY: usize = 60;

/// The beginning and the end of the impact.
pub(in crate::parse) type Window = (Fact<Moment>, Fact<Moment>);

/// What the text above the sections, the summary and the impact say of it. A sentence elsewhere has to tell of trouble;
/// those of the impact are about nothing else. Of several windows, the one that holds all others: it is told in parts.
pub(in crate::parse) fn told(
    words: &Lexicon,
    body: &Body,
    parts: &[Part<'_>],
    calendar: &Calendar,
) -> Option<Window> {
    let mut found = Vec::new();
    let mut add = |text: &Inline, is_impact: bool| {
        if first_clock(&text.text).is_some() {
            found.extend(windows(words, text, is_impact, calendar));
        }
    };
    opening(words, body).for_each(|text| add(text, false));
    for part in parts {
        let is_impact = part.is(SectionKind::Impact);
        if is_impact || part.is(SectionKind::Summary) {
            part.lead.iter().for_each(|text| add(text, is_impact));
            paragraphs(part.own()).for_each(|text| add(text, is_impact));
        }
    }
    let widest = found.iter().position(|window| found.iter().all(|other| holds(window, other)))?;
    Some(found.swap_remove(widest))
}

/// Where the first clock of a text is, which most have not: `9:40`, `9h40`, `9am`, `9 pm`.
fn first_clock(text: &str) -> Option<usize> {
    text.as_bytes().windows("9 pm".len() - 1).position(|bytes| match bytes {
        [digit, b':' | b'h', next] => digit.is_ascii_digit() && next.is_ascii_digit(),
        [digit, half, letter] => {
            let is_half = |byte: &u8| matches!(byte, b'a' | b'p' | b'A' | b'P');
            digit.is_ascii_digit() && (is_half(half) || *half == b' ' && is_half(letter))
        }
        _ => false,
    })
}

/// The paragraphs above the first heading below the title.
pub(in crate::parse) fn opening<'b>(words: &Lexicon, body: &'b Body) -> impl Iterator<Item = &'b Inline> {
    let title = outline::title_heading(&body.blocks, words);
    let from = title.map_or(0, |title| title + 1);
    let rest = body.blocks.get(from..).unwrap_or_default();
    let above = rest.iter().position(|block| matches!(block.kind, Kind::Heading { .. }));
    paragraphs(rest.get(..above.unwrap_or(rest.len())).unwrap_or_default())
}

/// The paragraphs among blocks, and the first of each item of their lists.
fn paragraphs(blocks: &[Block]) -> impl Iterator<Item = &Inline> {
    blocks.iter().flat_map(|block| {
        let (own, items): (_, &[Item]) = match &block.kind {
            Kind::Paragraph(text) => (Some(text), &[]),
            Kind::List(items) => (None, items),
            _ => (None, &[]),
        };
        own.into_iter().chain(items.iter().filter_map(Item::text))
    })
}

/// The windows that the sentences of a text say.
fn windows<'a>(
    words: &'a Lexicon,
    text: &'a Inline,
    is_impact: bool,
    calendar: &'a Calendar,
) -> impl Iterator<Item = Window> + 'a {
    // Lines of the source are broken anywhere; as long in bytes, so that places stay places.
    let line = text.text.replace('\n', " ");
    let places: Vec<_> = sentences(&line).collect();
    places.into_iter().filter_map(move |place| {
        let sentence = line.get(place.clone())?;
        let (stamp, written) = range(words, sentence)?;
        if !is_impact && !milestones::tells_trouble(words, sentence) {
            return None;
        }
        let written = text.source(place.start + written.start..place.start + written.end);
        let (start, end) = calendar.clone().read(&stamp, written);
        let fact = |moment| Fact::new(moment, written, Origin::Section);
        Some((fact(start), fact(end?)))
    })
}

/// The range that a sentence tells, and where: with a clock at both ends, and none of another length behind it. The same
/// range in another zone is as long.
fn range(words: &Lexicon, sentence: &str) -> Option<(Stamp, Range<usize>)> {
    let length = |stamp: &Stamp| stamp.until.and_then(|(_, end)| Some(end? - stamp.clock?));
    let first = |from: usize| {
        let clock = from + first_clock(sentence.get(from..)?)?;
        let starts = sentence.match_indices([' ', '(', '（', '*']).map(|(at, mark)| at + mark.len());
        let near = from.max(clock.saturating_sub(DAY));
        let mut starts =
            std::iter::once(0).chain(starts).skip_while(|at| *at < near).take_while(|at| *at <= clock);
        starts.find_map(|at| {
            let stamp = lead(words, sentence.get(at..)?).filter(|stamp| length(stamp).is_some())?;
            let place = at + stamp.start..at + stamp.end;
            Some((stamp, place))
        })
    };
    let (stamp, place) = first(0)?;
    let is_only = first(place.end).is_none_or(|(other, _)| length(&other) == length(&stamp));
    is_only.then_some((stamp, place))
}

/// True for a window that begins no later and ends no earlier than another one.
fn holds(window: &Window, other: &Window) -> bool {
    let local =
        |fact: &Fact<Moment>| -> Option<NaiveDateTime> { Some(fact.value.date?.and_time(fact.value.clock?)) };
    let clocks = |(start, end): &Window| (start.value.clock, end.value.clock);
    match (local(&window.0), local(&window.1), local(&other.0), local(&other.1)) {
        (Some(start), Some(end), Some(from), Some(to)) => start <= from && end >= to,
        _ => clocks(window) == clocks(other),
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::stated::tests::stated;

    const WINDOW: &str = "started 03-14T09:00Z, ended 03-14T09:40Z, resolved 03-14T09:40Z, 2026-03-14";

    #[test]
    fn a_sentence_says_from_when_to_when_it_lasted() {
        let day = "**Date:** 2026-03-14\n\n";
        for prose in [
            "Search was unavailable from 9am UTC until 9:40am UTC. During that time 3,492 searches failed.\n",
            "Between 09:00 and 09:40\nUTC, search had an outage.\n",
            "We moved the index.\n\n## Summary\n\nA full outage for 40 minutes (09:00-09:40 UTC).\n",
            "## Impact\n\nFrom 09:00 to 09:40 UTC, readers saw the results of others.\n",
            "## Impact\n\n- Search was slow from 09:00 UTC to 09:40 UTC\n- It was down from 09:10 to 09:20 UTC\n",
            "Search was down (09:00-09:40 UTC, 10:00-10:40 CET).\n",
        ] {
            assert_eq!(stated(&format!("{day}{prose}")), WINDOW, "{prose}");
        }
        let dated =
            "On Saturday, 14 March 2026 from 09:00 UTC to approximately 09:40 UTC, search was down.\n";
        assert_eq!(stated(dated).replace('~', ""), WINDOW);
    }

    #[test]
    fn what_is_not_of_the_impact_or_contradicts_what_is_known_says_nothing() {
        let day = "**Date:** 2026-03-14\n\n";
        for prose in [
            "Support is there from 09:00 to 17:00 UTC.\n",
            "## Impact\n\n- Search was down from 09:00 to 09:40 UTC\n- Mail was down from 09:20 to 10:20 UTC\n",
            "Search was down from 09:00 to 09:20 and from 10:00 to 11:00 UTC.\n",
            "## Root cause\n\nThe index was down from 09:00 to 09:40 UTC.\n",
        ] {
            assert_eq!(stated(&format!("{day}{prose}")), "2026-03-14", "{prose}");
        }
        let known = format!("{day}**Started:** 08:30 UTC\n\nSearch was down from 09:00 to 09:40 UTC.\n");
        assert_eq!(stated(&known), "started 03-14T08:30Z, 2026-03-14");
        let known = format!("{day}**Started:** 09:00 UTC\n\nSearch was down from 09:00 to 09:40 UTC.\n");
        assert_eq!(stated(&known), WINDOW);
    }
}
