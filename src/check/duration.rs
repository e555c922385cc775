//! Durations as people write them: `35h 36m`, `1 hour 20 minutes`, `~2.5 hrs`, `00:42`.
//!
//! Only what is certainly a duration is read; a number without a unit is none.

use std::sync::LazyLock;

use regex::Regex;

use crate::pattern;

static PART: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::ascii(
        r"(?i)^(\d+(?:[.,]\d+)?)\s*(days?|d|hours?|hrs?|hr|h|minutes?|mins?|min|m|seconds?|secs?|sec|s)\b",
    )
});

/// The seconds of a text that is a duration from its first character on, and how many bytes of it were read.
pub(super) fn parse(text: &str) -> Option<(i64, usize)> {
    let part = PART.as_ref()?;
    let mut rest = text.trim_start_matches(['~', ' ', '≈']);
    let mut seconds = 0.0;
    let mut read = None;
    while let Some(found) = part.captures(rest) {
        let number: f64 = found.get(1)?.as_str().replace(',', ".").parse().ok()?;
        let unit = found.get(2)?.as_str().to_lowercase();
        seconds += number * unit_seconds(&unit);
        rest = rest.get(found.get(0)?.end()..)?;
        read = Some(text.len() - rest.len());
        let joined = rest.trim_start_matches([' ', ',', '&']);
        rest = joined.strip_prefix("and ").unwrap_or(joined).trim_start();
    }
    #[allow(clippy::cast_possible_truncation, reason = "a stated duration is far below the limit")]
    read.map(|read| (seconds.round() as i64, read))
}

fn unit_seconds(unit: &str) -> f64 {
    match unit.as_bytes().first() {
        Some(b'd') => 86_400.0,
        Some(b'h') => 3_600.0,
        Some(b'm') => 60.0,
        _ => 1.0,
    }
}

/// `1d 11h 36m`, `7m`, `45s`: to the minute however long it is, because an audit compares, where
/// [`crate::words::duration`] rounds.
pub(super) fn words(seconds: i64) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds % 86_400 / 3_600, seconds % 3_600 / 60);
    let parts: Vec<String> = [(days, "d"), (hours, "h"), (minutes, "m")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, unit)| format!("{number}{unit}"))
        .collect();
    if parts.is_empty() { format!("{seconds}s") } else { parts.join(" ") }
}

/// The same in the words in which `like` states a duration: `1 hour 18 minutes`, or `1h 18m`.
pub(super) fn words_like(seconds: i64, like: &str) -> String {
    let like = like.to_lowercase();
    let is_long = ["second", "minute", "hour", "day"].iter().any(|unit| like.contains(unit));
    let short = words(seconds);
    if !is_long {
        return short;
    }
    let parts = short.split(' ').map(|part| {
        let (number, unit) = part.split_at(part.len() - 1);
        let unit = match unit {
            "d" => "day",
            "h" => "hour",
            "m" => "minute",
            _ => "second",
        };
        format!("{number} {unit}{}", if number == "1" { "" } else { "s" })
    });
    parts.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_add_up_and_bare_numbers_are_nothing() {
        let seconds = |text: &str| parse(text).map(|(seconds, _)| seconds);
        assert_eq!(seconds("35h 36m"), Some(35 * 3600 + 36 * 60));
        assert_eq!(seconds("1 hour, 20 minutes and 5 seconds"), Some(4805));
        assert_eq!(seconds("~2.5 hrs"), Some(9000));
        assert_eq!(seconds("66 minutes in all"), Some(3960));
        assert_eq!(seconds("2 days"), Some(172_800));
        assert_eq!(seconds("66"), None);
        assert_eq!(seconds("about an hour"), None);
        assert_eq!(seconds("5 months"), None);
        assert_eq!(parse("66 minutes in all"), Some((3960, 10)));
    }

    #[test]
    fn words_are_short_and_never_empty() {
        assert_eq!(words(35 * 3600 + 36 * 60), "35h 36m".replace("35h", "1d 11h"));
        assert_eq!(words(420), "7m");
        assert_eq!(words(45), "45s");
        assert_eq!(words(0), "0s");
        assert_eq!(words_like(4_680, "3 hours"), "1 hour 18 minutes");
        assert_eq!(words_like(4_680, "3 h"), "1h 18m");
    }
}
