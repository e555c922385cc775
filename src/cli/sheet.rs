//! A page of text that fits the terminal: headings, paragraphs, and rows of a word and a text beside it.

use std::fmt::Write as _;

use anstyle::Style;
use textwrap::{Options, core::display_width};

use crate::cli::{Io, io};

/// The widest line of running text that reads well.
const MEASURE: usize = 100;

/// Text that is being set. What comes from a document has to be made `visible` before it gets here.
pub(super) struct Sheet<'i, 'o> {
    io: &'i Io<'o>,
    width: usize,
    out: String,
}

impl<'i, 'o> Sheet<'i, 'o> {
    pub(super) fn new(io: &'i Io<'o>) -> Self {
        Self { io, width: io.width.min(MEASURE), out: String::new() }
    }

    pub(super) fn paint(&self, text: &str, style: Style) -> String {
        if text.is_empty() { String::new() } else { self.io.out.paint(text, style) }
    }

    pub(super) fn blank(&mut self) {
        self.out.push('\n');
    }

    /// An empty line and a heading.
    pub(super) fn heading(&mut self, text: &str) {
        let text = self.paint(text, io::STRONG);
        let _ = writeln!(self.out, "\n{text}");
    }

    /// A paragraph in a style; every line begins `indent` columns in.
    pub(super) fn text(&mut self, indent: usize, text: &str, style: Style) {
        let lead = " ".repeat(indent);
        for line in textwrap::wrap(text, self.width.saturating_sub(indent).max(20)) {
            let line = self.paint(&line, style);
            let _ = writeln!(self.out, "{lead}{line}");
        }
    }

    /// A word in a column that is `width` wide, painted, and beside it a text that is wrapped in its own column.
    pub(super) fn row(&mut self, indent: usize, (word, style): (&str, Style), width: usize, text: &str) {
        let lead = " ".repeat(indent);
        let gap = " ".repeat(width.saturating_sub(display_width(word)));
        let word = self.paint(word, style);
        let column = self.width.saturating_sub(indent + width + 2).max(20);
        let hang = " ".repeat(indent + width + 2);
        let mut lines = textwrap::wrap(text, Options::new(column)).into_iter();
        let first = format!("{lead}{word}{gap}  {}", lines.next().unwrap_or_default());
        self.out.push_str(first.trim_end());
        self.out.push('\n');
        for line in lines {
            let _ = writeln!(self.out, "{hang}{line}");
        }
    }

    /// A text that is not wrapped, since it is to be copied whole, and behind it words in backticks: on the same line
    /// or on the next, cut to what fits.
    pub(super) fn line(&mut self, indent: usize, text: &str, words: &str, style: Style) {
        let lead = " ".repeat(indent);
        let room = self.width.saturating_sub(indent).max(20);
        let beside = room.saturating_sub(display_width(text) + 5);
        let fits = words.is_empty() || display_width(words) <= beside;
        let quoted = |room: usize| format!("`{}`", cut(words, room));
        let first =
            if fits && !words.is_empty() { format!("{text} · {}", quoted(beside)) } else { text.to_owned() };
        let _ = writeln!(self.out, "{lead}{}", self.paint(&first, style));
        if !fits {
            let _ = writeln!(self.out, "{lead}{}", self.paint(&quoted(room.saturating_sub(2)), style));
        }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// The text, cut to a width with a mark at its end.
fn cut(text: &str, width: usize) -> String {
    if display_width(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    for letter in text.chars() {
        if display_width(&out) + 3 > width {
            break;
        }
        out.push(letter);
    }
    format!("{}…", out.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_keeps_to_its_width_and_never_breaks_a_place() {
        let io = Io::of_width(40, true);
        let mut sheet = Sheet::new(&io);
        sheet.heading("Facts");
        sheet.row(2, ("日付", Style::new()), 6, "the day on which it began, and no other");
        sheet.line(4, "label · a.md:1:2", "Date: 1", Style::new());
        sheet.line(
            4,
            "label · a/rather/long/path/of/a/file.md:1:2",
            "Date: the first of the month of March",
            Style::new(),
        );
        assert_eq!(
            sheet.finish(),
            "
Facts
  日付    the day on which it began, and
          no other
    label · a.md:1:2 · `Date: 1`
    label · a/rather/long/path/of/a/file.md:1:2
    `Date: the first of the month of…`
"
        );
    }
}
