//! What a moment was put together from, where its own words do not say all of it.
//!
//! A timeline states a day once and lets it hold for what follows; a table names its zone in the header. Which place that
//! was is kept with each moment, so that `afterword show ID --explain` can tell why a time is what it is.

use serde::{Deserialize, Serialize};

use crate::{model::Origin, source::Span};

/// What a day, a year or a zone was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Carrier {
    /// The words of the time say it themselves, or nothing does.
    #[default]
    Itself,
    /// A key of the front matter.
    FrontMatter,
    /// A label of the body: `**Date:** 14 March 2026`.
    Label,
    /// The title of the document.
    Title,
    /// The name of the file.
    FileName,
    /// A heading above.
    Heading,
    /// A line above that is a day, or that says one.
    Line,
    /// A note that holds for all times: `All times in UTC`.
    Note,
    /// A cell or the header of a table's column.
    Column,
    /// An earlier time, which says it.
    Earlier,
    /// The clocks elsewhere in the document: all that name a zone name this one.
    Clocks,
    /// The key `zone` of `book.toml`.
    Site,
}

impl Carrier {
    /// How a fact that such a carrier states came to be known.
    pub const fn origin(self) -> Origin {
        match self {
            Self::FrontMatter => Origin::FrontMatter,
            Self::Label => Origin::Label,
            Self::FileName => Origin::FileName,
            Self::Clocks | Self::Site => Origin::Inferred,
            Self::Itself
            | Self::Title
            | Self::Heading
            | Self::Line
            | Self::Note
            | Self::Column
            | Self::Earlier => Origin::Section,
        }
    }
}

/// What three bytes can count to.
const LONGEST: u32 = (1 << 24) - 1;

/// A carrier and where it stands. Small, since every moment has several: a carrier is a line or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Carried {
    /// What the part was taken from.
    pub by: Carrier,
    length: [u8; 3],
    start: u32,
}

impl Carried {
    /// A carrier at its bytes, the first sixteen million of them.
    pub fn new(by: Carrier, span: Span) -> Self {
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let [_, length @ ..] = number(span.end.saturating_sub(span.start)).min(LONGEST).to_be_bytes();
        Self { by, length, start: number(span.start) }
    }

    /// The bytes of the carrier; empty when it is no part of the document.
    pub fn span(self) -> Span {
        let [high, middle, low] = self.length;
        let (start, length) = (self.start as usize, u32::from_be_bytes([0, high, middle, low]) as usize);
        Span::new(start, start + length)
    }

    /// True when the part is not said where the time stands.
    pub fn is_elsewhere(self) -> bool {
        self.by != Carrier::Itself
    }
}

/// What the parts of a moment were taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Basis {
    /// What says the day, or the day that the midnights are counted from.
    pub day: Carried,
    /// What the year is near to, where day and month are written without one.
    pub year: Carried,
    /// What says the zone.
    pub zone: Carried,
    /// How many midnights have passed since the carrier's day, by the clock having gone back.
    pub midnights: u8,
    /// True when the clock does not say the half of the day, and is in the afternoon as the one before it is.
    pub afternoon: bool,
    /// True when no clock is written but how long it was after an earlier time, which is where the day is from.
    pub elapsed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_carrier_keeps_its_place_in_few_bytes() {
        let carried = Carried::new(Carrier::Heading, Span::new(12, 28));
        assert_eq!((carried.span(), carried.is_elsewhere()), (Span::new(12, 28), true));
        assert_eq!((Carried::default().span(), Carried::default().is_elsewhere()), (Span::default(), false));
        let long = Carried::new(Carrier::Line, Span::new(7, 100_000_000)).span();
        assert_eq!(long, Span::new(7, 7 + (1 << 24) - 1));
        assert!(size_of::<Basis>() <= 28);
    }
}
