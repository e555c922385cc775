//! Timelines that are tables: a time, or a day and a time, in columns of their own.

use std::borrow::Cow;

use super::{reader::Reader, tags};
use crate::{
    model::{Carried, Carrier},
    parse::{
        blocks::{Block, Kind, Row},
        inline::Inline,
        locale::{EventColumn, Lexicon},
        times::{self, Given, Stamp},
    },
    source::Span,
};

/// What the columns of a table hold.
#[derive(Debug, Default)]
struct Columns {
    day: Option<usize>,
    time: Option<usize>,
    end: Option<usize>,
    text: Option<usize>,
    /// True when the header says that the times are times.
    is_time_named: bool,
    /// True when the times have days of a month and no year: `03-14 13:02`.
    has_short_days: bool,
}

impl Reader<'_> {
    /// A table and what stands behind it. Between entries of another layout it may be one that others wrote of the same
    /// hours: where those go on from the time they had above it, it has moved them no further.
    pub(super) fn table_above(&mut self, head: &[Inline], rows: &[Row], behind: &[Block]) {
        let above = self.calendar.clone();
        self.table(head, rows);
        let next = behind.iter().find_map(|block| match &block.kind {
            Kind::Paragraph(text) => self.lead(&text.text),
            Kind::List(items) => self.lead(&items.first()?.text()?.text),
            _ => None,
        });
        let clock = next.filter(|stamp| stamp.date.is_none()).and_then(|stamp| stamp.clock);
        if clock.is_some_and(|clock| above.goes_on_at(clock, &self.calendar)) {
            self.calendar = above;
        }
    }

    fn table(&mut self, head: &[Inline], rows: &[Row]) {
        let columns = columns(self.words, head, rows);
        if columns.day.is_none() && columns.time.is_none() {
            return;
        }
        self.begin(rows.iter().filter_map(|row| Some(row.cells.get(columns.time?)?.text.as_str())));
        let zone = [columns.time, columns.day].into_iter().flatten().find_map(|at| {
            let cell = head.get(at)?;
            Some((times::find_zone(&cell.text)?, cell.span))
        });
        if let Some((zone, span)) = zone {
            self.set_zone(zone, Carrier::Column, span);
        }
        if let Some((year, span)) = columns.day.or(columns.time).and_then(|at| year_of(head.get(at)?)) {
            self.calendar = self.calendar.clone().in_year(Some(Given::new(year, Carrier::Column, span)));
        }
        let time = columns.time.filter(|at| Some(*at) != columns.day).and_then(|at| head.get(at));
        if let Some((cell, (date, _))) = time
            .filter(|cell| !is_time(self.words, cell))
            .and_then(|cell| Some((cell, times::find_date(self.words, &cell.text)?)))
        {
            self.turn_to(date, Carrier::Column, cell.span);
        }
        // A table of times without a header has its first event where the header would be.
        if columns
            .time
            .or(columns.day)
            .and_then(|at| head.get(at))
            .is_some_and(|cell| is_time(self.words, cell))
        {
            let span = head
                .iter()
                .fold(head.first().map_or_else(Default::default, |cell| cell.span), |span, cell| {
                    span.join(cell.span)
                });
            self.cells(&columns, head, span);
        }
        for row in rows {
            self.cells(&columns, &row.cells, row.span);
        }
    }

    fn cells(&mut self, columns: &Columns, cells: &[Inline], span: Span) {
        let cell =
            |column: Option<usize>| column.and_then(|at| cells.get(at)).filter(|cell| !cell.is_blank());
        let empty = Inline::new(span);
        let day = cell(columns.day).and_then(|cell| times::lead_of_day(self.words, &cell.text));
        let time = cell(columns.time);
        let lead = if columns.is_time_named { times::lead_of_clock } else { times::lead };
        let mut stamp = time.and_then(|cell| lead(self.words, &on_one_line(cell)));
        stamp = stamp.or_else(|| self.elapsed(&time?.text));
        let text = cell(columns.text);
        let is_known = stamp.as_ref().is_some_and(|stamp| !stamp.unknown || stamp.date.is_some());
        if !is_known && let Some(cell) = time.filter(|cell| cell.text.chars().any(char::is_alphanumeric)) {
            // Something stands where the time would be, and it is no time: it is not known, though its day may be.
            let date = times::find_date(self.words, &cell.text).map(|(date, _)| date).or_else(|| {
                // Behind the day may stand a remark: `03-14 (same day)`.
                let day = cell.text.split('(').next().filter(|_| columns.has_short_days)?;
                times::lead_of_day(self.words, day)?.date
            });
            let end = cell.text.len();
            stamp = Some(Stamp { unknown: date.is_none(), date, rest: end, end, ..Stamp::default() });
        }
        let whole = if stamp.is_some() { time } else { cell(columns.day) };
        let stamp = match (stamp, day) {
            (Some(stamp), Some(day)) if stamp.date.is_none() => {
                let date_from = cell(columns.day).map(|cell| Carried::new(Carrier::Column, cell.span));
                Some(Stamp { date: day.date, date_from, ..stamp })
            }
            (stamp, day) => stamp.or(day),
        };
        let filled = cells.iter().filter(|cell| !cell.is_blank()).count();
        if let (Some(stamp), Some(whole), 1) = (&stamp, whole, filled)
            && stamp.is_day_only()
            && whole.from(stamp.rest).is_blank()
        {
            self.open = false;
            self.turn_day(stamp, whole, Carrier::Line);
            return;
        }
        if let (Some(stamp), Some(whole)) = (stamp, whole) {
            let own = whole.from(stamp.rest);
            let text = text.unwrap_or(if own.is_blank() { &empty } else { &own });
            self.push(&stamp, whole, text, span);
            // A column may name the milestone or the phase: `Detected`.
            let taken = [columns.day, columns.time, columns.end, columns.text];
            let others = cells.iter().enumerate().filter(|(at, _)| !taken.contains(&Some(*at)));
            let mark = others.map(|(_, cell)| cell).find_map(|cell| tags::named(self.words, cell));
            if let (Some(mark), Some(event)) = (mark, self.last()) {
                event.milestone.get_or_insert(mark);
            }
            if let Some(cell) = cell(columns.end)
                && let Some(end) = times::lead_of_clock(self.words, &cell.text)
            {
                let (end, _) = self.calendar.clone().read(&end, cell.span);
                if let Some(event) = self.last() {
                    event.end = Some(Box::new(end));
                }
            }
        } else {
            // A row without a time goes on with the event above.
            self.extend(span);
            if let Some(text) = text {
                self.continue_text(text);
            }
        }
    }
}

/// The year that the header of a column says for the days below it: `Date (2026)`.
fn year_of(header: &Inline) -> Option<(i32, Span)> {
    let mut digits = header.text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    let year = digits.next().filter(|year| year.len() == 4 && digits.next().is_none())?;
    let year = year.parse().ok().filter(|year| (1970..2200).contains(year))?;
    Some((year, header.span))
}

/// The text of a cell, byte for byte, with its lines on one: a day may stand above its clock.
fn on_one_line(cell: &Inline) -> Cow<'_, str> {
    if cell.text.contains('\n') { cell.text.replace('\n', " ").into() } else { cell.text.as_str().into() }
}

fn is_time(words: &Lexicon, cell: &Inline) -> bool {
    times::lead(words, &on_one_line(cell)).is_some()
}

/// Finds the columns by their headers, else by what stands in them.
fn columns(words: &Lexicon, head: &[Inline], rows: &[Row]) -> Columns {
    let headers: Vec<_> = head.iter().map(|cell| words.event_column(&cell.text)).collect();
    let named = |wanted| headers.iter().position(|header| *header == Some(wanted));
    // Where a column of weekdays stands beside one of dates, the dates are the days.
    let dated = |column: usize| {
        let mut cells = rows.iter().filter_map(|row| row.cells.get(column));
        cells.any(|cell| times::lead_of_day(words, &cell.text).is_some_and(|stamp| stamp.date.is_some()))
    };
    let mut days =
        (0..headers.len()).filter(|at| headers.get(*at).is_some_and(|it| *it == Some(EventColumn::Day)));
    let mut columns = Columns {
        day: days.clone().find(|column| dated(*column)).or_else(|| days.next()),
        time: named(EventColumn::Time),
        end: named(EventColumn::End),
        text: named(EventColumn::Text),
        is_time_named: named(EventColumn::Time).is_some(),
        has_short_days: false,
    };
    if columns.time.is_none() {
        let width = head.len().max(rows.iter().map(|row| row.cells.len()).max().unwrap_or_default());
        columns.time = (0..width).filter(|column| columns.day != Some(*column)).find(|column| {
            let cells = rows.iter().filter_map(|row| row.cells.get(*column));
            let filled: Vec<&Inline> = cells.filter(|cell| !cell.is_blank()).collect();
            let timed = filled.iter().filter(|cell| is_time(words, cell)).count();
            timed > 0 && timed * 2 > filled.len()
        });
    }
    let short_day = |row: &Row| {
        let cell = row.cells.get(columns.time?)?;
        let has_dash = cell.text.trim_start().as_bytes().get(2) == Some(&b'-');
        let stamp = has_dash.then(|| times::lead(words, &on_one_line(cell))).flatten()?;
        stamp.date.filter(|date| stamp.clock.is_some() && !date.has_year())
    };
    columns.has_short_days = rows.iter().any(|row| short_day(row).is_some());
    if columns.text.is_none() {
        let taken = [columns.day, columns.time, columns.end];
        let is_source = |column| headers.get(column).is_some_and(|it| *it == Some(EventColumn::Source));
        columns.text =
            (0..head.len()).filter(|column| !taken.contains(&Some(*column))).max_by_key(|column| {
                let length: usize =
                    rows.iter().filter_map(|row| row.cells.get(*column)).map(|cell| cell.text.len()).sum();
                (!is_source(*column), length, std::cmp::Reverse(*column))
            });
    }
    columns
}

#[cfg(test)]
mod tests {
    use crate::parse::timeline::tests::events;

    #[test]
    fn a_table_of_others_among_the_entries_moves_them_no_day_further() {
        let quoted = "## Timeline\n\n**14 March 2026**\n\n**7:12**: Another shop is attacked\n\n| | Time |\n|---|---|\n\
                      | They know | 07:27 |\n| They stop | 19:50 |\n\n**8:27**: Kim reads of it\n\n**17:40**: Attacked\n";
        assert_eq!(
            events(quoted),
            [
                "2026-03-14T07:12 Another shop is attacked",
                "2026-03-14T07:27 They know",
                "2026-03-14T19:50 They stop",
                "2026-03-14T08:27 Kim reads of it",
                "2026-03-14T17:40 Attacked",
            ]
        );
        let table_first = quoted.replace("**7:12**: Another shop is attacked\n\n", "");
        assert_eq!(events(&table_first)[2], "2026-03-15T08:27 Kim reads of it");
    }

    #[test]
    fn a_row_or_a_line_of_a_cell_may_be_the_day() {
        assert_eq!(
            events(
                "## Timeline\n\n| Time | Event |\n|---|---|\n| **March 13** | |\n| 23:02 | Index rebuilt |\n| March 15<br>09:09 | Pages |\n"
            ),
            ["2026-03-13T23:02 Index rebuilt", "2026-03-15T09:09 Pages"]
        );
    }

    #[test]
    fn a_month_and_a_day_are_a_day_in_a_column_of_days_or_before_a_part_of_it() {
        let table = |head: &str, day: &str| {
            events(&format!(
                "## Timeline (UTC)\n\n| {head} | Event |\n|---|---|\n| {day} | Index rebuilt |\n"
            ))
        };
        assert_eq!(table("Date", "03-13"), ["2026-03-13 Index rebuilt"]);
        assert_eq!(table("Time", "03-13 afternoon"), ["2026-03-13 Index rebuilt"]);
        assert_eq!(table("Orders", "03-13"), Vec::<String>::new());
    }

    #[test]
    fn the_header_of_a_column_may_say_the_year_of_its_days() {
        let table = "| Date (2025) | Host | Event |\n|---|---|---|\n| 08-04 | a | Index rebuilt |\n";
        let config = crate::config::Config::default();
        let source =
            crate::source::SourceFile::new("search.md", format!("# Search\n\n## Timeline\n\n{table}"));
        let context = crate::parse::Context::new(&config, std::slice::from_ref(&source));
        let events = crate::parse::parse(&source, &context).postmortem.timeline;
        assert_eq!(events.first().map(|event| event.at.iso()), Some("2025-08-04".to_owned()));
    }

    #[test]
    fn a_table_of_milestones_may_name_its_sources_and_days_without_a_clock() {
        assert_eq!(
            events(
                "## Timeline\n\n| | Time | Source |\n|---|---|---|\n\
                 | **Start** (errors begin) | unknown: at some point on 2026-03-14 | a long line of the log of the index |\n\
                 | **Resolved** (restart) | ~22:15Z, 2026-03-14 | the log of the restart |\n"
            ),
            ["2026-03-14 Start (errors begin) [started]", "2026-03-14T22:15Z Resolved (restart) [resolved]"]
        );
    }

    #[test]
    fn a_clock_without_its_minute_is_of_the_day_of_those_around_it() {
        assert_eq!(
            events(
                "## Timeline (UTC)\n\n| Time | Event |\n|---|---|\n| 23:50 | Index rebuilt |\n| ~00:1x | Pages |\n| ~00:19 | Quiet |\n"
            ),
            ["2026-03-14T23:50Z Index rebuilt", "2026-03-15 Pages", "2026-03-15T00:19Z Quiet"]
        );
    }

    #[test]
    fn four_digits_are_a_time_in_a_column_of_times_and_nowhere_else() {
        let table = |head: &str| {
            events(&format!(
                "## Timeline (UTC)\n\n| {head} | Type | Event |\n|---|---|---|\n| 0730 | `operator` | Index rebuilt |\n| 0745 | | Pages |\n"
            ))
        };
        assert_eq!(table("Time"), ["2026-03-14T07:30Z Index rebuilt", "2026-03-14T07:45Z Pages"]);
        assert_eq!(table("Orders"), Vec::<String>::new());
        let day = "## Timeline (UTC)\n\n| Time | Event |\n|---|---|\n| 2022-05-?? | Noticed |\n| 0745 - 0750 | Pages |\n";
        assert_eq!(events(day), [" Noticed", "2026-03-14T07:45Z Pages"]);
        assert_eq!(
            events("## Timeline (UTC)\n\n- 0730 orders were lost\n- 0745 orders came back\n"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_month_and_a_day_are_a_day_beside_such_days_with_a_clock() {
        assert_eq!(
            events(
                "## Timeline\n\n| When (UTC) | What |\n|---|---|\n| 03-13 18:39 | Index rebuilt |\n| 03-13 (same day) | Pages |\n| 03-15 | Over |\n"
            ),
            ["2026-03-13T18:39Z Index rebuilt", "2026-03-13 Pages", "2026-03-15 Over"]
        );
    }
}
