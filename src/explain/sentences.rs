//! The clauses that tell what a moment was put together from.

use super::Subject;
use crate::{
    config::DateOrder,
    model::{Carried, Carrier, Moment, moment::clock_text},
    parse::{self, Dates},
    source::Span,
    words::Count,
};

/// How much of the document a clause quotes, in characters.
const QUOTE: usize = 60;

impl Subject<'_> {
    /// Why a moment is what it is. `place` is where it is written.
    pub(super) fn of_moment(&self, moment: &Moment, place: Span) -> Vec<String> {
        let mut why = Vec::new();
        if moment.is_unknown() {
            why.push("no time can be read there".to_owned());
            return why;
        }
        if moment.basis.elapsed {
            why.push(format!("so long after {}", self.carrier(moment.basis.day, "the column of times")));
            why.extend(self.of_zone(moment));
            return why;
        }
        why.extend(self.of_day(moment, place));
        if moment.basis.afternoon {
            why.push(
                "it says no half of the day, and behind one in the afternoon it is in the afternoon, too"
                    .to_owned(),
            );
        }
        why.extend(self.of_zone(moment));
        if moment.approximate {
            why.push("the document says that it is not exact".to_owned());
        }
        why
    }

    /// What the day of a moment was taken from.
    pub(super) fn of_day(&self, moment: &Moment, place: Span) -> Vec<String> {
        let basis = moment.basis;
        let mut why = Vec::new();
        let Some(date) = moment.date else {
            why.push("the day is not known: nothing above it and no other fact says one".to_owned());
            return why;
        };
        if basis.day.is_elsewhere() {
            let verb = match basis.day.by {
                Carrier::Heading | Carrier::Line | Carrier::Note | Carrier::Earlier => "is carried over from",
                _ => "is from",
            };
            why.push(format!("the day {verb} {}", self.carrier(basis.day, "the column of days")));
        }
        match basis.midnights {
            0 => {}
            1 => {
                let before = self.postmortem.timeline.iter().rev().find(|event| {
                    event.at_span.start < place.start
                        && event.at.date < Some(date)
                        && event.at.clock.is_some()
                });
                let before = before.and_then(|event| event.at.clock).map(clock_text);
                why.push(match before {
                    Some(clock) => format!("after {clock} it is past midnight, so it is one day later"),
                    None => "it is past midnight, so it is one day later".to_owned(),
                });
            }
            many => why.push(format!("midnight has passed {many} times since, so it is {many} days later")),
        }
        if basis.year.is_elsewhere() {
            why.push(format!(
                "no year is written, {} brings it nearest to {}",
                chrono::Datelike::year(&date),
                self.carrier(basis.year, "the column of days")
            ));
        }
        let said = if basis.day.is_elsewhere() { basis.day.span() } else { place };
        why.extend(self.of_order(said));
        why
    }

    /// What the zone of a moment was taken from.
    fn of_zone(&self, moment: &Moment) -> Option<String> {
        moment.clock?;
        let from = moment.basis.zone;
        match &moment.zone {
            None => Some("no zone is stated, so it counts as UTC where times are compared".to_owned()),
            Some(zone) if from.is_elsewhere() => {
                Some(format!("the zone {zone} is from {}", self.carrier(from, "the header of the table")))
            }
            Some(_) => None,
        }
    }

    /// What settles the order of day and month, where the words could be read either way.
    pub(super) fn of_order(&self, said: Span) -> Option<String> {
        parse::reads_either_way(self.source.slice(said)).then(|| {
            let evidence = match self.dates {
                Dates::Configured if self.config.book.date_order == DateOrder::Mdy => {
                    return "month before day, as `date-order` in `book.toml` says".to_owned();
                }
                Dates::Configured => {
                    return "day before month, as `date-order` in `book.toml` says".to_owned();
                }
                Dates::Shown(evidence) => evidence,
            };
            let all = evidence.day_first + evidence.month_first + evidence.either;
            let (order, so, otherwise) = if evidence.month_first > evidence.day_first {
                ("month before day", evidence.month_first, evidence.day_first)
            } else {
                ("day before month", evidence.day_first, evidence.month_first)
            };
            match (so, otherwise) {
                (0, _) => format!(
                    "{order} is assumed, since no date of this folder shows the order; `date-order` in `book.toml` settles it"
                ),
                (so, 0) => format!("{order}: {so} of {} in this folder show so", Count(all, "date")),
                (so, other) => format!(
                    "{order}: {so} of {} in this folder show so, {other} the other way round",
                    Count(all, "date")
                ),
            }
        })
    }

    /// A carrier in words, with its own words and its line. `column` is what it is in a table.
    pub(super) fn carrier(&self, carried: Carried, column: &str) -> String {
        let span = carried.span();
        let line = || quoted(self.line_at(span));
        let own = || quoted(self.source.slice(span));
        match carried.by {
            Carrier::Itself => "the time itself".to_owned(),
            Carrier::FrontMatter => self.at("the front matter", &line(), span),
            Carrier::Label => self.at("the label", &line(), span),
            Carrier::Title => self.at("the title", &line(), span),
            Carrier::FileName => "the name of the file".to_owned(),
            Carrier::Heading => self.at("the heading", &line(), span),
            Carrier::Line => self.at("the line", &line(), span),
            Carrier::Note => self.at("the note", &own(), span),
            Carrier::Column => self.at(column, &own(), span),
            Carrier::Earlier => self.at("the time", &own(), span),
            Carrier::Clocks => self.at("the clocks that name one, which all name this one", &own(), span),
            Carrier::Site => "`zone` in `book.toml`".to_owned(),
        }
    }

    fn at(&self, what: &str, words: &str, span: Span) -> String {
        if span.is_empty() {
            return what.to_owned();
        }
        format!("{what} {words} (line {})", self.source.position(span.start).line)
    }

    /// The line on which a span begins, without the space around it.
    pub(super) fn line_at(&self, span: Span) -> &str {
        let line = self.source.line(self.source.position(span.start).line).unwrap_or_default();
        self.source.slice(line).trim()
    }
}

/// The first line of a text, cut to what can be taken in, in backticks.
pub(super) fn quoted(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default().trim();
    let cut = line.char_indices().nth(QUOTE).map_or(line.len(), |(at, _)| at);
    let short = line.get(..cut).unwrap_or(line).trim_end();
    let more = if short.len() < line.trim_end().len() { " …" } else { "" };
    // A quotation that holds backticks itself needs two around it.
    let fence = if short.contains('`') { "``" } else { "`" };
    let gap = if fence.len() == 2 { " " } else { "" };
    format!("{fence}{gap}{short}{more}{gap}{fence}")
}

/// The moment for people, to the second where seconds are written.
pub(super) fn moment_text(at: &Moment, end: Option<&Moment>) -> String {
    match end.filter(|end| !end.is_unknown()) {
        Some(end) if end.date == at.date && end.clock.is_some() => {
            let until = end.clock.map(clock_text).unwrap_or_default();
            let zone = at.zone.as_ref().map(|zone| format!(" {zone}")).unwrap_or_default();
            let start = Moment { zone: None, ..at.clone() };
            format!("{start} to {until}{zone}")
        }
        Some(end) => format!("{at} to {end}"),
        None => at.to_string(),
    }
}
