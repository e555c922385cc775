//! The day since which it had lasted when somebody noticed, as an impact or a summary tells it: `Uploads failed since 3 March.`

use std::ops::{Range, RangeInclusive};

use chrono::NaiveDate;

use crate::{
    model::{Fact, Origin, SectionKind},
    parse::{
        assemble::Labels,
        blocks::{Block, Body, Kind},
        context::Context,
        inline::Inline,
        milestones,
        outline::Part,
        text::{self, sentences},
        times, windows,
    },
};

/// How long before the day that everything else shows it may have begun, in days.
const BEFORE: RangeInclusive<i64> = -120..=-1;
/// The word for a beginning stands at most so many words in front of the day: `since near the end of the day 3 March`.
const WORDS: usize = 6;
/// The two days of a range stand at most so many bytes apart.
const RANGE: usize = 12;

/// The first day that a label for how long it lasted names, or a sentence of the impact, or one of the summary or above the
/// sections that tells of trouble.
pub(super) fn told(
    labels: &Labels<'_>,
    (body, parts): (&Body, &[Part<'_>]),
    context: &Context<'_>,
    near: NaiveDate,
) -> Option<Fact<NaiveDate>> {
    let is_before = |day: &Fact<NaiveDate>| BEFORE.contains(&(day.value - near).num_days());
    let lasted = labels.lasted().filter_map(|value| first_day(value, context, near));
    let mut found: Option<Fact<NaiveDate>> = lasted.into_iter().find(is_before);
    let mut read = |text: &Inline, is_impact: bool| {
        if found.is_none() {
            found = since(text, is_impact, context, near).filter(is_before);
        }
    };
    windows::opening(context.words(), body).for_each(|text| read(text, false));
    for part in parts {
        let is_impact = part.is(SectionKind::Impact);
        if is_impact || part.is(SectionKind::Summary) {
            part.lead.iter().for_each(|text| read(text, is_impact));
            prose(part.own(), &mut |text| read(text, is_impact));
        }
    }
    found
}

/// The paragraphs among blocks, also those of lists.
fn prose(blocks: &[Block], read: &mut impl FnMut(&Inline)) {
    let own = blocks.iter().filter(|block| matches!(block.kind, Kind::Paragraph(_) | Kind::List(_)));
    for block in own {
        text::collect(std::slice::from_ref(block), &mut |text, _| read(text));
    }
}

fn first_day(value: &Inline, context: &Context<'_>, near: NaiveDate) -> Option<Fact<NaiveDate>> {
    let (date, place) = times::find_date(context.words(), &value.text)?;
    Some(Fact::new(date.resolve(context.order(), Some(near))?, value.source(place), Origin::Inferred))
}

/// The day of a sentence behind a word for a beginning, or the first of a range of days around or up to the day that is
/// known.
fn since(text: &Inline, is_impact: bool, context: &Context<'_>, near: NaiveDate) -> Option<Fact<NaiveDate>> {
    let words = context.words();
    // Lines of the source are broken anywhere; as long in bytes, so that places stay places.
    let line = text.text.replace('\n', " ");
    sentences(&line).find_map(|place| {
        let sentence = line.get(place.clone())?;
        let days: Vec<_> = days(sentence, context, near).collect();
        let said = |at: &Range<usize>| {
            let before = sentence.get(..at.start).unwrap_or_default();
            let first = before.split(' ').rev().take(WORDS + 1).map(str::len).sum::<usize>() + WORDS;
            let last_words = before.get(before.len().saturating_sub(first)..).unwrap_or(before);
            words.times.tells_since(last_words)
        };
        let found = days.iter().enumerate().find(|(index, (day, at))| {
            let end = days.get(index + 1).filter(|(end, _)| *end >= near);
            let is_range = || end.is_some_and(|(_, to)| to.start.saturating_sub(at.end) <= RANGE);
            *day < near && (said(at) || is_range())
        });
        let (_, (day, at)) = found?;
        let tells = is_impact || milestones::tells_trouble(words, sentence);
        let place = place.start + at.start..place.start + at.end;
        tells.then(|| Fact::new(*day, text.source(place), Origin::Inferred))
    })
}

/// The days that a sentence names, and where.
fn days<'a>(
    sentence: &'a str,
    context: &'a Context<'_>,
    near: NaiveDate,
) -> impl Iterator<Item = (NaiveDate, Range<usize>)> + 'a {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let (date, place) = times::find_date(context.words(), sentence.get(from..)?)?;
            let place = from + place.start..from + place.end;
            from = place.end;
            if let Some(day) = date.resolve(context.order(), Some(near)) {
                return Some((day, place));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::parse::tests::read;

    /// The day of an incident that was noticed on 14 March, with more about it.
    fn day(more: &str) -> String {
        let text = format!("# Search\n\n**Date:** 2026-03-14\n{more}\n");
        let date = read("search.md", &text).postmortem.date;
        date.map(|date| date.value.to_string()).unwrap_or_default()
    }

    #[test]
    fn it_began_on_the_day_since_which_it_had_lasted() {
        for more in [
            "\n## Impact\n\nAll readers on phones since 2026-03-10, the day of the release.\n",
            "\n## Impact\n\n- Uploads were lost for days (2026-03-10 → 2026-03-14)\n",
            "\n## Impact\n\nReaders saw the pages of others during the March 10 - March 14 period.\n",
            "\n## Summary\n\nUploads failed since the end of the day on March 10, as we found out.\n",
            "\nThe token was exposed from on or about 2026-03-10 through\n2026-03-16, which nobody noticed.\n",
            "\n## Zusammenfassung\n\nDie Suche war seit dem 10. März 2026 nicht mehr erreichbar.\n",
            "**Duration:** ~4 days (last good run 2026-03-10 12:30)\n",
            "**Live since:** ~2026-03-10\n",
        ] {
            assert_eq!(day(more), "2026-03-10", "{more}");
        }
    }

    #[test]
    fn a_day_that_tells_of_no_trouble_or_of_long_ago_is_not_its_beginning() {
        for more in [
            "\n## Summary\n\nThe index ran out of memory, and nobody could search for half an hour.\n\nIt has had three nodes since 10 March 2026.\n",
            "\n## Impact\n\nThe third outage since 10 March 2025.\n",
            "\n## Impact\n\nThe next release is planned for 20 March 2026.\n",
            "**Duration:** 4 hours\n",
        ] {
            assert_eq!(day(more), "2026-03-14", "{more}");
        }
    }

    #[test]
    fn several_days_behind_the_label_of_a_day_are_those_of_the_incident() {
        let text = "# Search\n\n**Date:** 2026-03-14 → 2026-03-15\n\n## Timeline (2026-03-15)\n\n- 10:00 Pager\n- 11:00 Fixed\n";
        let date = read("search.md", text).postmortem.date;
        assert_eq!(date.map(|date| date.value.to_string()).as_deref(), Some("2026-03-14"));
    }
}
