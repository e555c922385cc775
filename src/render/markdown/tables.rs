//! Tables: their label, their header cells, the alignment of their columns.

use std::collections::BTreeMap;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use crate::render::{markdown::places::Located, words::Words};

/// The table that is being written. Markdown tables do not nest.
#[derive(Debug, Default)]
pub(crate) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    /// Without a header row the first column names the rows: a table of keys and values.
    headless: bool,
    in_head: bool,
}

/// One cell as it is to be written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    /// The attributes, written ` name="value"`.
    pub(crate) attributes: String,
    /// `th` or `td`.
    pub(crate) is_header: bool,
}

impl Table {
    /// The table that starts at an event.
    pub(crate) fn at(events: &[Located<'_>], index: usize, alignments: &[Alignment]) -> Self {
        let headless = events
            .iter()
            .skip(index + 2)
            .take_while(|(event, _)| !matches!(event, Event::End(TagEnd::TableHead)))
            .all(|(event, _)| matches!(event, Event::Start(Tag::TableCell) | Event::End(TagEnd::TableCell)));
        Self { alignments: alignments.to_vec(), column: 0, headless, in_head: false }
    }

    /// True when the header row says nothing and is left out.
    pub(crate) fn is_headless(&self) -> bool {
        self.headless
    }

    /// A row begins.
    pub(crate) fn row(&mut self, is_head: bool) {
        self.column = 0;
        self.in_head = is_head;
    }

    /// The next cell of the row. An empty one is never a header: there is nothing in it to read out.
    /// One with a date or a time alone stays on one line.
    pub(crate) fn cell(&mut self, is_empty: bool, is_moment: bool) -> Cell {
        let alignment = match self.alignments.get(self.column) {
            Some(Alignment::Left) => Some("align-left"),
            Some(Alignment::Center) => Some("align-center"),
            Some(Alignment::Right) => Some("align-right"),
            _ => None,
        };
        let classes: Vec<&str> = alignment.into_iter().chain(is_moment.then_some("moment")).collect();
        let class =
            if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
        let names_row = self.headless && self.column == 0;
        let is_header = !is_empty && (self.in_head || names_row);
        let scope = match (is_header, names_row) {
            (true, true) => " scope=\"row\"",
            (true, false) => " scope=\"col\"",
            (false, _) => "",
        };
        self.column += 1;
        Cell { attributes: format!("{scope}{class}"), is_header }
    }
}

/// True for a date, a time or both and nothing else: `2026-03-14 13:02`, `13:02 UTC`.
pub(crate) fn is_moment(text: &str) -> bool {
    let text = text.trim();
    let figures = text.strip_suffix("UTC").unwrap_or(text);
    text.len() <= 25
        && text.starts_with(|letter: char| letter.is_ascii_digit() || letter == '~')
        && figures.contains([':', '-', '/', '.'])
        && figures.chars().all(|letter| letter.is_ascii_digit() || " :-+/.~TZ".contains(letter))
}

/// Labels for the scroll containers of tables, no two alike in one page.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    given: BTreeMap<String, usize>,
}

impl Labels {
    /// The label of the next table below a heading.
    pub(crate) fn next(&mut self, heading: &str, words: &Words) -> String {
        let count = self.given.entry(heading.to_owned()).or_default();
        *count += 1;
        match (*count, heading) {
            (1, "") => words.say("text.table").to_owned(),
            (_, "") => words.fill("text.numbered-table", &[("number", count)]),
            (1, _) => words.fill("text.table-of", &[("heading", &heading)]),
            (_, _) => words.fill("text.numbered-table-of", &[("number", count), ("heading", &heading)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_or_a_time_alone_is_a_moment() {
        for (text, expected) in [
            ("2026-03-14", true),
            ("2026-03-14 13:02", true),
            ("~13:02 UTC", true),
            ("2026-03-14T13:02:00+02:00", true),
            ("13:02 the pager goes", false),
            ("4", false),
            ("- 13", false),
            ("", false),
        ] {
            assert_eq!(is_moment(text), expected, "{text}");
        }
    }
}
