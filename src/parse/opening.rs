//! The day that the opening of a document names.

use chrono::NaiveDate;

use super::{
    blocks::{Block, Body, Kind},
    context::Context,
    inline::Inline,
    milestones,
    outline::{self, Part},
    times,
};
use crate::model::{Fact, Origin, SectionKind};

/// The first day of the opening stands within this many bytes.
const BYTES: usize = 300;
/// An opening has at least this many words.
const WORDS: usize = 8;

/// The first day that an opening names.
pub(super) struct Opening {
    pub(super) day: Fact<NaiveDate>,
    /// True when the sentence around it tells that something went wrong, or was noticed.
    pub(super) tells: bool,
    /// True when it stands above the summary, which names none.
    pub(super) aside: bool,
}

/// The first day that the summary names, or the first paragraph of the document, where that is above the summary. Without
/// a day near it, one that says its year.
pub(super) fn read(
    body: &Body,
    parts: &[Part<'_>],
    context: &Context<'_>,
    near: Option<NaiveDate>,
) -> Option<Opening> {
    let words = context.words();
    let is_prose = |text: &&Inline| {
        text.text.split_whitespace().nth(WORDS).is_some()
            && outline::label(text).is_none()
            && !text.text.starts_with(|c: char| c.is_numeric())
    };
    let paragraph = |blocks: &'_ [Block]| {
        let mut texts = blocks.iter().filter_map(|block| match &block.kind {
            Kind::Paragraph(text) => Some(text),
            _ => None,
        });
        texts.find(is_prose).cloned()
    };
    let summary = parts.iter().find(|part| part.is(SectionKind::Summary));
    let of_summary = summary
        .and_then(|part| part.lead.clone().filter(|lead| is_prose(&lead)).or_else(|| paragraph(part.own())));
    let is_above = |text: &Inline| summary.is_none_or(|part| text.span.start < part.section.heading.start);
    let first = || paragraph(&body.blocks).filter(is_above);
    let dated = |text: Inline| {
        let (date, place) = times::find_date(words, &text.text)?;
        let day = date.resolve(context.order(), near).filter(|_| place.start < BYTES)?;
        Some((text, day, place))
    };
    let in_summary = of_summary.and_then(dated);
    let aside = summary.is_some() && in_summary.is_none();
    let (text, day, place) = in_summary.or_else(|| dated(first()?))?;
    let from = text.text.get(..place.start)?.rfind(['.', '!', '?', '。']).unwrap_or_default();
    let length = text.text.get(place.end..)?.find(['.', '!', '?', '。']);
    let to = length.map_or(text.text.len(), |length| place.end + length);
    let tells = milestones::tells_trouble(words, text.text.get(from..to)?);
    Some(Opening { day: Fact::new(day, text.source(place), Origin::Inferred), tells, aside })
}
