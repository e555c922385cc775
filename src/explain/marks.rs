//! A few words for what is concluded, to stand beside it on a page or in a terminal.

use crate::{
    aggregate::{self, Reading},
    config::Measure,
    model::{Carrier, Milestone, Moment, Postmortem},
    words::list,
};

/// What the day, the half of the day or the zone of a moment is concluded from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// The clock has passed midnight since the day was written.
    PastMidnight,
    /// The clock before it is in the afternoon.
    Afternoon,
    /// It is so long after an earlier time.
    Elapsed,
    /// A label states the day.
    Label,
    /// The title states it.
    Title,
    /// The name of the file does.
    FileName,
    /// The day is written without its year.
    Year,
    /// Other clocks of the document name the zone.
    Clocks,
    /// The site has the zone.
    Site,
}

impl Mark {
    /// The key of the words on a page.
    pub const fn key(self) -> &'static str {
        match self {
            Self::PastMidnight => "past-midnight",
            Self::Afternoon => "afternoon",
            Self::Elapsed => "elapsed",
            Self::Label => "label",
            Self::Title => "title",
            Self::FileName => "file-name",
            Self::Year => "year",
            Self::Clocks => "clocks",
            Self::Site => "site",
        }
    }

    /// The words in a terminal.
    pub const fn words(self) -> &'static str {
        match self {
            Self::PastMidnight => "past midnight",
            Self::Afternoon => "in the afternoon, as the one before",
            Self::Elapsed => "counted from an earlier time",
            Self::Label => "that of a label",
            Self::Title => "that of the title",
            Self::FileName => "that of the file name",
            Self::Year => "the year is not written",
            Self::Clocks => "that of the clocks that name one",
            Self::Site => "that of the site",
        }
    }
}

/// What the day of a moment is concluded from; none when it is written there, above it for the times below, or in the
/// front matter.
pub fn day_mark(moment: &Moment) -> Option<Mark> {
    moment.date?;
    let basis = moment.basis;
    match basis.day.by {
        _ if basis.midnights > 0 => Some(Mark::PastMidnight),
        // Labels, titles and file names often name the day of the writing; a key of the front matter does not.
        Carrier::Label => Some(Mark::Label),
        Carrier::Title => Some(Mark::Title),
        Carrier::FileName => Some(Mark::FileName),
        _ if basis.year.is_elsewhere() => Some(Mark::Year),
        _ => None,
    }
}

/// What the clock of a moment, or its half of the day, is concluded from; none when it is written.
pub fn clock_mark(moment: &Moment) -> Option<Mark> {
    let basis = moment.basis;
    basis.elapsed.then_some(Mark::Elapsed).or_else(|| basis.afternoon.then_some(Mark::Afternoon))
}

/// What the zone of a moment is concluded from; none when the document states it.
pub fn zone_mark(moment: &Moment) -> Option<Mark> {
    match moment.basis.zone.by {
        Carrier::Clocks => Some(Mark::Clocks),
        Carrier::Site => Some(Mark::Site),
        _ => None,
    }
}

/// The ends of a measure whose time is not known.
pub fn unknown_ends(postmortem: &Postmortem, measure: &Measure) -> Vec<Milestone> {
    let is_known =
        |milestone| aggregate::end(postmortem, milestone).is_some_and(|end| end.at.value.clock.is_some());
    [measure.from, measure.to].into_iter().filter(|milestone| !is_known(*milestone)).collect()
}

/// From what to what a measure goes, or why there is no duration.
pub fn measure_note(postmortem: &Postmortem, measure: &Measure, reading: Reading) -> String {
    let word = |milestone: Milestone| milestone.words().to_lowercase();
    let (from, to) = (word(measure.from), word(measure.to));
    match reading {
        Reading::Recorded(_) => format!("{from} to {to}"),
        Reading::Inferred(_) => format!("{from} to {to}, inferred"),
        Reading::Pending => format!("not {to} yet"),
        Reading::Invalid => format!("{to} is before {from}"),
        Reading::Missing => {
            let missing: Vec<String> = unknown_ends(postmortem, measure)
                .into_iter()
                .map(|milestone| format!("“{}”", word(milestone)))
                .collect();
            format!("no time for {}", list(&missing))
        }
    }
}
