//! The day that the prose of a document names: its opening, or a paragraph below that tells what went wrong.

use std::ops::Range;

use chrono::{Datelike, Days, NaiveDate};

use crate::{
    model::{Fact, Milestone, Origin, SectionKind},
    parse::{
        blocks::{Block, Body, Kind},
        context::Context,
        inline::Inline,
        locale::Lexicon,
        milestones,
        outline::{self, Part},
        text::{SENTENCE_ENDS, ends_sentence},
        times,
    },
    source::floor_boundary,
};

/// The first day of the opening stands within this many bytes.
const BYTES: usize = 300;
/// An opening has at least this many words.
const WORDS: usize = 8;

/// The first day that an opening names.
pub(super) struct Opening {
    pub(super) day: Fact<NaiveDate>,
    /// True when the sentence around it tells that something went wrong, or was noticed.
    pub(super) tells: bool,
    /// True when it is told by the day of the writing.
    pub(super) is_relative: bool,
    /// True when it stands above the summary, which names none.
    pub(super) aside: bool,
}

/// The day that an opening tells by that of the writing, and where: `Yesterday …`, `On Tuesday …`. The name of the day of
/// the writing may be that of a week before.
fn before_writing(words: &Lexicon, text: &str, writing: NaiveDate) -> Option<(NaiveDate, Range<usize>)> {
    let mut start = 0;
    let opening =
        text.get(..floor_boundary(text, BYTES)).filter(|text| words.times.may_tell_of_a_day(text))?;
    opening.split_inclusive(SENTENCE_ENDS).find_map(|sentence| {
        let place = start..start + sentence.len();
        start = place.end;
        let day = if words.times.tells_of_yesterday(sentence) {
            writing.pred_opt()
        } else {
            let weekday =
                sentence.split(|c: char| !c.is_alphabetic()).find_map(|word| words.times.weekday(word))?;
            let days = writing.weekday().days_since(weekday);
            writing.checked_sub_days(Days::new(days.into())).filter(|_| days > 0)
        };
        let said = sentence.trim_end_matches(SENTENCE_ENDS);
        Some((day?, place.start..place.start + said.len()))
    })
}

/// The first day that the summary names, or the first paragraph of the document, where that is above the summary. Without
/// a day near it, one that says its year.
pub(super) fn read(
    body: &Body,
    parts: &[Part<'_>],
    context: &Context<'_>,
    near: Option<NaiveDate>,
) -> Option<Opening> {
    let first_of = |blocks: &[Block]| paragraphs(blocks).next().cloned();
    let summary = parts.iter().find(|part| part.is(SectionKind::Summary));
    let of_summary =
        summary.and_then(|part| part.lead.clone().filter(is_prose).or_else(|| first_of(part.own())));
    let is_above = |text: &Inline| summary.is_none_or(|part| text.span.start < part.section.heading.start);
    let dated = |text: Inline| {
        let day = dated(&text, context, near)?;
        Some((text, day))
    };
    let in_summary = of_summary.and_then(dated);
    let aside = summary.is_some() && in_summary.is_none();
    let (text, found) = in_summary.or_else(|| dated(first_of(&body.blocks).filter(is_above)?))?;
    let tells = milestones::tells_trouble(context.words(), found.sentences(&text.text, 1)?);
    let day = Fact::new(found.day, text.source(found.place), Origin::Inferred);
    Some(Opening { day, tells, is_relative: found.is_relative, aside })
}

/// The first day that a paragraph names in a sentence that tells that something went wrong, or in front of one, anywhere:
/// a post may come to it only after it told of other things.
pub(super) fn told(body: &Body, context: &Context<'_>, near: Option<NaiveDate>) -> Option<Fact<NaiveDate>> {
    paragraphs(&body.blocks).find_map(|text| {
        let found = dated(text, context, near)?;
        let tells = milestones::tells_trouble(context.words(), found.sentences(&text.text, 2)?);
        tells.then(|| Fact::new(found.day, text.source(found.place), Origin::Inferred))
    })
}

/// The paragraphs of prose among blocks.
fn paragraphs(blocks: &[Block]) -> impl Iterator<Item = &Inline> {
    let texts = blocks.iter().filter_map(|block| match &block.kind {
        Kind::Paragraph(text) => Some(text),
        _ => None,
    });
    texts.filter(|text| is_prose(text))
}

fn is_prose(text: &Inline) -> bool {
    text.text.split_whitespace().nth(WORDS).is_some()
        && outline::label(text).is_none()
        && !text.text.starts_with(|c: char| c.is_numeric())
}

/// A day in a text, and where.
struct Found {
    day: NaiveDate,
    place: Range<usize>,
    is_relative: bool,
}

impl Found {
    /// The sentence around it and what stands behind, so many sentences in all.
    fn sentences<'t>(&self, text: &'t str, count: usize) -> Option<&'t str> {
        let marks = text.match_indices(SENTENCE_ENDS);
        let ends: Vec<_> = marks.filter(|(at, mark)| ends_sentence(text, at + mark.len())).collect();
        let before = ends.iter().take_while(|(at, _)| *at < self.place.start).last();
        let mut behind = ends.iter().filter(|(at, _)| *at >= self.place.end);
        let from = before.map_or(0, |(at, mark)| at + mark.len());
        text.get(from..behind.nth(count.saturating_sub(1)).map_or(text.len(), |(at, _)| *at))
    }
}

/// The first day near the beginning of a text. One in code or in a link names something else, mostly another incident.
fn dated(text: &Inline, context: &Context<'_>, near: Option<NaiveDate>) -> Option<Found> {
    let Some((date, place)) = times::find_date(context.words(), &text.text) else {
        let (day, place) = before_writing(context.words(), &text.text, near?)?;
        return Some(Found { day, place, is_relative: true });
    };
    let is_name = || text.is_code_at(place.start) || !text.slice(place.clone()).links().is_empty();
    let day = date.resolve(context.order(), near).filter(|_| place.start < BYTES && !is_name())?;
    let found = Found { day, place, is_relative: false };
    let is_of_cause =
        found.sentences(&text.text, 1).is_some_and(|said| tells_of_cause(context.words(), said));
    (!is_of_cause).then_some(found)
}

/// True for a sentence that tells when the cause came in, which may lie dormant for long: `The bug was introduced on …`.
pub(super) fn tells_of_cause(words: &Lexicon, sentence: &str) -> bool {
    let mut said = sentence.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    said.any(|word| words.milestone(word) == Some(Milestone::Introduced))
}

#[cfg(test)]
mod tests {
    use crate::parse::tests::read;

    #[test]
    fn a_post_tells_of_yesterday_a_day_of_the_week_or_a_day_on_which_something_failed() {
        // 14 March 2026 is a Saturday.
        let day = |opening: &str, date: &str| {
            let text = format!(
                "---\ntitle: Search\n{date}---\n\n{opening} We are sorry for that, and tell why it was.\n"
            );
            read("2026-03-14-search.md", &text).postmortem.date.map(|date| date.value.to_string())
        };
        for (opening, expected) in [
            ("Yesterday, our search was offline for two hours.", "2026-03-13"),
            ("On Tuesday our search had an outage of two hours.", "2026-03-10"),
            ("On 10 March some searches failed for two hours.", "2026-03-10"),
            ("On 10 March somebody told us of a leak of a token of our build server.", "2026-03-10"),
            ("Gestern gab es eine Störung der Suche für zwei Stunden.", "2026-03-13"),
            ("Yesterday we moved to a new client, which is faster now.", "2026-03-14"),
            ("On Saturday our search had an outage of two hours.", "2026-03-14"),
        ] {
            assert_eq!(day(opening, "").as_deref(), Some(expected), "{opening}");
            assert_eq!(day(opening, "date: 2026-03-14\n").as_deref(), Some(expected), "{opening}");
        }
    }

    #[test]
    fn an_incident_begins_on_the_day_of_a_stated_minute_and_not_after_it_was_noticed() {
        let day = |text: &str| {
            let date = read("search.md", text).postmortem.date;
            date.map(|date| date.value.to_string()).unwrap_or_default()
        };
        let opening = "On 13 March 2026 in the evening a new release of the index went out to all hosts.\n";
        let stated = format!("# Search\n\n- **Date:** 14 March 2026 03:00 UTC\n\n## Summary\n\n{opening}");
        assert_eq!(day(&stated), "2026-03-14");
        assert_eq!(day(&stated.replace(" 03:00 UTC", "")), "2026-03-13");
        let cause = "# Search\n\nThe bug was introduced on 3 January 2026 by a change of the index that nobody saw.\n\n\
                     ## Timeline\n\n- 2026-01-03: The bug is introduced\n- 2026-03-14: Searches fail\n- 2026-03-15: Fixed\n";
        assert_eq!(day(cause), "2026-03-14");
        let noticed = "# Search\n\nA fix of the leak was released on 15 March 2026, after it was reported in private.\n\n\
                       ## Timeline\n\n- 2026-03-14 09:00 A reader reports a leak\n- 2026-03-15 09:00 Release\n";
        assert_eq!(day(noticed), "2026-03-14");
        let page = "---\ntitle: Search was down\ndate: 2026-03-15\n---\n\n## Timeline\n\n\
                    - 2026-03-14 01:00 Search is down\n- 2026-03-15 09:00 A reader reports it\n- 2026-03-15 10:00 Restart\n";
        assert_eq!(day(page), "2026-03-14");
    }
}
