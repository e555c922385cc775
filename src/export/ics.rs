//! The days on which something is expected, as a calendar to subscribe to: RFC 5545.
//!
//! What is due is a day, not a task: most calendars show no `VTODO`. Every entry keeps its `UID` for as long as the item
//! keeps its id. `DTSTAMP` is the day of the archive, never the clock, so that the same archive gives the same bytes.

use chrono::NaiveDate;

use super::{GENERATOR, Input, Pages, Row};
use crate::{
    aggregate::{ActionEntry, publication},
    model::{Due, Postmortem, Status},
};

/// The longest a line may be in bytes, without its end.
const FOLD: usize = 75;

/// Unfinished action items on the days when they are due, and postmortems that are not final on the day by which they
/// should be.
pub fn ics(input: Input<'_>, pages: Pages<'_>) -> String {
    let mut calendar = Calendar::default();
    let title = &input.config.book.title;
    calendar.property("BEGIN", "VCALENDAR");
    calendar.property("VERSION", "2.0");
    calendar.property("PRODID", &format!("-//Afterword//{GENERATOR}//EN"));
    calendar.property("CALSCALE", "GREGORIAN");
    calendar.text("NAME", title);
    // What calendars read that are older than RFC 7986.
    calendar.text("X-WR-CALNAME", title);
    calendar.property("REFRESH-INTERVAL;VALUE=DURATION", "P1D");
    calendar.property("X-PUBLISHED-TTL", "P1D");
    let expected = |entry: &ActionEntry| entry.due.filter(|_| entry.status.is_unfinished());
    for (entry, row) in input.rows_of(|entry| expected(entry).is_some(), Some(pages)) {
        if let Some(due) = expected(entry) {
            calendar.event(input.summary.today, &action(due, &row));
        }
    }
    for postmortem in input.archive.postmortems() {
        if let Some(event) = review(postmortem, pages) {
            calendar.event(input.summary.today, &event);
        }
    }
    calendar.property("END", "VCALENDAR");
    calendar.out
}

struct Event {
    uid: String,
    day: NaiveDate,
    summary: String,
    description: Vec<String>,
    url: Option<String>,
    categories: Vec<String>,
}

fn action(due: Due, row: &Row<'_>) -> Event {
    let said = |name: &str, text: Option<&str>| text.map(|text| format!("{name}: {text}"));
    let about = [
        said("Owner", row.owner),
        said("Team", row.team),
        said("Priority", row.priority),
        (due != Due::Day(due.last_day())).then(|| format!("Due: {due}")),
        (!row.trackers.is_empty()).then(|| format!("Tracker: {}", row.trackers.join(" "))),
        Some(format!("Of: {}", row.postmortem_title)),
    ];
    Event {
        uid: format!("{}@action.afterword", row.id),
        day: due.last_day(),
        summary: format!("Due: {}", row.title),
        description: about.into_iter().flatten().collect(),
        url: row.url.clone(),
        categories: row.severity.map(str::to_owned).into_iter().collect(),
    }
}

/// The day by which a postmortem that is still being written or reviewed should be published.
fn review(postmortem: &Postmortem, pages: Pages<'_>) -> Option<Event> {
    let status = postmortem.status.as_ref()?.value;
    if status == Status::Final {
        return None;
    }
    Some(Event {
        uid: format!("{}@review.afterword", postmortem.id.value),
        day: publication::due(postmortem)?,
        summary: format!("Review: {}", postmortem.title.value),
        description: vec![format!(
            "{}, to be final {} days after the incident",
            status.words(),
            publication::DAYS
        )],
        url: pages(postmortem, ""),
        categories: postmortem.severity_id.clone().into_iter().collect(),
    })
}

#[derive(Default)]
struct Calendar {
    out: String,
}

impl Calendar {
    fn event(&mut self, today: NaiveDate, event: &Event) {
        self.property("BEGIN", "VEVENT");
        self.text("UID", &event.uid);
        self.property("DTSTAMP", &format!("{}T000000Z", today.format("%Y%m%d")));
        self.property("DTSTART;VALUE=DATE", &event.day.format("%Y%m%d").to_string());
        self.text("SUMMARY", &event.summary);
        self.text("DESCRIPTION", &event.description.join("\n"));
        if let Some(url) = &event.url {
            self.property("URL", url);
        }
        if !event.categories.is_empty() {
            let categories: Vec<String> = event.categories.iter().map(|text| escaped(text)).collect();
            self.property("CATEGORIES", &categories.join(","));
        }
        // Nobody is busy because something is due.
        self.property("TRANSP", "TRANSPARENT");
        self.property("END", "VEVENT");
    }

    fn text(&mut self, name: &str, text: &str) {
        self.property(name, &escaped(text));
    }

    /// A line, folded where it is too long: a line that begins with a space goes on with the one above.
    fn property(&mut self, name: &str, value: &str) {
        let mut room = FOLD;
        for part in [name, ":", value] {
            let mut rest = part;
            while rest.len() > room {
                let fitting = (0..=room).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or_default();
                let (here, more) = rest.split_at(fitting);
                self.out.push_str(here);
                self.out.push_str("\r\n ");
                (rest, room) = (more, FOLD - 1);
            }
            self.out.push_str(rest);
            room -= rest.len();
        }
        self.out.push_str("\r\n");
    }
}

/// A text as a value: separators get a backslash, control characters go.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_letters_and_separators_are_escaped() {
        let mut calendar = Calendar::default();
        calendar.text("SUMMARY", &format!("a, b; c\\ d\r\n{}", "ø".repeat(70)));
        let lines: Vec<&str> = calendar.out.split("\r\n").collect();
        assert_eq!(lines.len(), 4, "{lines:?}");
        assert!(lines.iter().all(|line| line.len() <= FOLD), "{lines:?}");
        assert_eq!(
            calendar.out.replace("\r\n ", ""),
            format!("SUMMARY:a\\, b\\; c\\\\ d\\n{}\r\n", "ø".repeat(70))
        );
    }
}
