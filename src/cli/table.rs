//! Tables that fit the terminal.

use anstyle::Style;
use comfy_table::{Cell, ContentArrangement, Table, presets::NOTHING};

use crate::cli::{Io, io};

/// A table with a head and no lines.
pub(super) fn new(io: &Io<'_>, head: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(io.width).unwrap_or(u16::MAX));
    table.set_header(head.iter().map(Cell::new));
    table
}

/// Where a name may be broken: invisible, and taken out again before anything is printed.
const SEAM: char = '\u{200b}';

/// A name made of words with hyphens: it is broken behind them instead of anywhere.
pub(super) fn breakable(name: &str) -> Cell {
    Cell::new(name.replace('-', &format!("-{SEAM}"))).set_delimiter(SEAM)
}

/// The table as text, its head strong, and every `word` in the column that `column` heads in a style. Colours come last
/// because they have no width.
pub(super) fn text(table: &Table, io: &Io<'_>, column: &str, word: &str, style: Style) -> String {
    let plain = table.trim_fmt().replace(SEAM, "");
    let place = plain.lines().next().and_then(|head| head.find(column)).filter(|_| !word.is_empty());
    let mut out = String::with_capacity(plain.len());
    for (number, line) in plain.lines().enumerate() {
        let parts =
            place.and_then(|place| Some((line.get(..place)?, line.get(place..)?.strip_prefix(word)?)));
        match parts {
            _ if number == 0 => out.push_str(&io.out.paint(line, io::STRONG)),
            Some((before, after)) => {
                out.push_str(before);
                out.push_str(&io.out.paint(word, style));
                out.push_str(after);
            }
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out
}
