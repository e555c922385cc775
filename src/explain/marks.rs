//! A few words for what is concluded, to stand beside it on a page or in a terminal.

use crate::{
    aggregate::{self, Reading},
    config::Measure,
    model::{Carrier, Milestone, Moment, Postmortem},
    words::list,
};

/// What the day of a moment is concluded from; none when it is written there, above it for the times below, or in the
/// front matter.
pub fn day_mark(moment: &Moment) -> Option<&'static str> {
    moment.date?;
    let basis = moment.basis;
    match basis.day.by {
        _ if basis.midnights > 0 => Some("past midnight"),
        // Labels, titles and file names often name the day of the writing; a key of the front matter does not.
        Carrier::Label => Some("that of a label"),
        Carrier::Title => Some("that of the title"),
        Carrier::FileName => Some("that of the file name"),
        _ if basis.year.is_elsewhere() => Some("the year is not written"),
        _ => None,
    }
}

/// What the zone of a moment is concluded from; none when the document states it.
pub fn zone_mark(moment: &Moment) -> Option<&'static str> {
    match moment.basis.zone.by {
        Carrier::Clocks => Some("that of the clocks that name one"),
        Carrier::Site => Some("that of the site"),
        _ => None,
    }
}

/// From what to what a measure goes, or why there is no duration.
pub fn measure_note(postmortem: &Postmortem, measure: &Measure, reading: Reading) -> String {
    let word = |milestone: Milestone| milestone.words().to_lowercase();
    let (from, to) = (word(measure.from), word(measure.to));
    let is_known =
        |milestone| aggregate::end(postmortem, milestone).is_some_and(|end| end.at.value.clock.is_some());
    match reading {
        Reading::Recorded(_) => format!("{from} to {to}"),
        Reading::Inferred(_) => format!("{from} to {to}, inferred"),
        Reading::Pending => format!("not {to} yet"),
        Reading::Invalid => format!("{to} is before {from}"),
        Reading::Missing => {
            let missing: Vec<String> = [(measure.from, from), (measure.to, to)]
                .into_iter()
                .filter(|(milestone, _)| !is_known(*milestone))
                .map(|(_, word)| format!("“{word}”"))
                .collect();
            format!("no time for {}", list(&missing))
        }
    }
}
