//! Numbers with their nouns, lists with their commas, durations with their units: one function each, so that the
//! terminal, the findings and the pages say the same thing in the same words. Days are said by pages only, and there.

use std::fmt;

/// A number of things: `1 document`, `18 documents`. The noun must take a plain `s`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count(pub usize, pub &'static str);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number, noun) = self;
        write!(f, "{number} {noun}{}", if *number == 1 { "" } else { "s" })
    }
}

/// The text with its first letter in upper case.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `45 s`, `7 min`, `1 h 18 min`, `2 d 5 h`, from seconds. Two units at the most: nobody acts on the minutes of a week.
pub fn duration(seconds: i64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    let two = |large: i64, large_unit: &str, small: i64, small_unit: &str| {
        if small == 0 {
            format!("{large} {large_unit}")
        } else {
            format!("{large} {large_unit} {small} {small_unit}")
        }
    };
    match seconds {
        ..60 => format!("{seconds} s"),
        60..3_600 => format!("{minutes} min"),
        3_600..86_400 => two(hours, "h", minutes % 60, "min"),
        _ => two(days, "d", hours % 24, "h"),
    }
}

/// A number of minutes, one decimal at the most: `43.2 min`, `-3 min`.
pub fn minutes(minutes: f64) -> String {
    let text = format!("{minutes:.1}");
    format!("{} min", text.strip_suffix(".0").unwrap_or(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_and_none_is_plural() {
        let texts: Vec<_> = [0, 1, 2].map(|number| Count(number, "error").to_string()).into();
        assert_eq!(texts, ["0 errors", "1 error", "2 errors"]);
    }

    #[test]
    fn the_last_of_a_list_follows_an_and() {
        let items = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(list(&items), "a, b and c");
        assert_eq!(list(&items[..2]), "a and b");
        assert_eq!(list(&items[..1]), "a");
        assert_eq!(list(&[]), "");
    }

    #[test]
    fn durations_have_two_units_at_the_most() {
        let said: Vec<_> = [0, 59, 60, 3_599, 3_600, 4_680, 86_399, 86_400, 190_860].map(duration).into();
        assert_eq!(
            said,
            ["0 s", "59 s", "1 min", "59 min", "1 h", "1 h 18 min", "23 h 59 min", "1 d", "2 d 5 h"]
        );
    }
}
