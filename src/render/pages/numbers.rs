//! Fractions as pages say them.

use crate::render::words;

/// One decimal at the most.
pub(super) fn decimal(number: f64) -> String {
    let text = format!("{number:.1}");
    match text.split_once('.') {
        Some((whole, "0")) => words::number(whole),
        Some((whole, tenth)) => format!("{}.{tenth}", words::number(whole)),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_has_no_decimal() {
        assert_eq!(
            [43.2, 41.0, 0.04, 99.96, 3_888.0].map(decimal),
            ["43.2", "41", "0", "100", "3\u{202f}888"]
        );
    }
}
