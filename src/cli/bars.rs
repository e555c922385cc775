//! Small bars in the terminal: a name, a number, and how it compares with the others.

use textwrap::core::display_width;

use crate::cli::Io;

/// The longest a bar is.
const LONGEST: usize = 40;
/// The shortest a longest bar may be; where there is less room there are no bars.
const SHORTEST: usize = 8;
/// The widest a column of names is.
const NAMES: usize = 32;

/// A row: a name, which must be made `visible` before, what is said of it, and the number that the bar shows.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) value: f64,
}

/// The rows below each other, two columns in, all bars on one scale that begins at zero.
pub(super) fn bars(rows: &[Row], io: &Io<'_>) -> String {
    let width =
        |of: fn(&Row) -> &str| rows.iter().map(|row| display_width(of(row))).max().unwrap_or_default();
    let names = width(|row| &row.name).min(NAMES);
    let texts = width(|row| &row.text);
    let room = io.width.saturating_sub(names + texts + 6).min(LONGEST);
    let most = rows.iter().map(|row| row.value).fold(0.0, f64::max);
    let lines = rows.iter().map(|row| {
        let gap = " ".repeat(names.saturating_sub(display_width(&row.name)));
        let lead = " ".repeat(texts.saturating_sub(display_width(&row.text)));
        let bar = if room < SHORTEST { String::new() } else { bar(row.value, most, room, io.unicode) };
        format!("  {}{gap}  {lead}{}  {bar}", row.name, row.text).trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A bar of at most `room` columns. What is there at all is seen.
pub(super) fn bar(value: f64, most: f64, room: usize, unicode: bool) -> String {
    if value <= 0.0 || most <= 0.0 {
        return String::new();
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of some tens of columns"
    )]
    let eighths = ((value / most).min(1.0) * room as f64 * 8.0).round() as usize;
    if !unicode {
        return "#".repeat(eighths.div_ceil(8).max(1));
    }
    let part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"].get(eighths.max(1) % 8).copied().unwrap_or_default();
    "█".repeat(eighths / 8) + part
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(width: usize, unicode: bool) -> String {
        let row = |name: &str, value: f64| Row { name: name.to_owned(), text: value.to_string(), value };
        let io = Io::of_width(width, unicode);
        bars(&[row("SEV1", 8.0), row("not stated", 3.0), row("深刻", 0.0), row("x", 0.01)], &io)
    }

    #[test]
    fn bars_have_one_scale_and_fit_the_width() {
        assert_eq!(
            drawn(36, true),
            "  SEV1           8  ████████████████\n  not stated     3  ██████\n  深刻           0\n  x           0.01  ▏"
        );
        assert_eq!(
            drawn(36, false),
            "  SEV1           8  ################\n  not stated     3  ######\n  深刻           0\n  x           0.01  #"
        );
        assert_eq!(
            drawn(24, true),
            "  SEV1           8\n  not stated     3\n  深刻           0\n  x           0.01"
        );
    }
}
