//! Charts: geometry in Rust, drawn by the `chart_*` templates as inline SVG.
//!
//! Each chart is a function from a plain input to a view with every coordinate as a rounded string; the templates only
//! write it out. Two things hold for all of them:
//!
//! - Across, everything is in per cent of the width, down, in pixels, and no drawing is ever scaled: text has the size
//!   that the style sheet gives it, on a phone as on a desk. Where labels would collide on a narrow screen there is a
//!   second drawing, and the style sheet shows one of the two.
//! - Colours are classes. Each chart has its numbers in a table for those who cannot see it, and when there are too few
//!   numbers to say anything it is a sentence instead.

use std::borrow::Cow;

use serde::Serialize;

pub mod bars;
pub mod dots;
#[cfg(test)]
mod gallery;
pub mod matrix;
pub mod months;
pub mod place;
pub mod punch_card;
pub mod scale;
pub mod stacks;
pub mod states;
pub mod steps;
pub mod timeline;

/// What a colour of a drawing stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LegendEntry {
    /// The class that colours it.
    pub class: String,
    /// The word.
    pub name: String,
    /// How many in all, where the drawing counts them.
    pub count: Option<usize>,
}

/// A part of a drawing that is as high as what it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Area {
    /// What colours it.
    pub class: Cow<'static, str>,
    /// The left edge.
    pub x: String,
    /// The width.
    pub width: String,
    /// The top.
    pub y: String,
    /// The height.
    pub height: String,
    /// What it says: `2 SEV2 in March 2026`.
    pub name: String,
}

/// Fewer values than this say nothing as a picture.
pub const ENOUGH: usize = 3;

/// A share of the width as an SVG coordinate: `12.5%`.
pub(crate) fn percent(share: f64) -> String {
    let mut text = String::with_capacity(8);
    push_percent(&mut text, share);
    text
}

/// At most two decimals, none of them a trailing zero.
pub(crate) fn rounded(value: f64) -> String {
    let mut text = String::with_capacity(8);
    push_rounded(&mut text, value);
    text
}

/// [`percent`] at the end of a text.
pub(crate) fn push_percent(text: &mut String, share: f64) {
    push_rounded(text, share * 100.0);
    text.push('%');
}

/// [`rounded`] at the end of a text: digit by digit, since the formatting of the standard library is exact and a page has
/// hundreds of numbers.
pub(crate) fn push_rounded(text: &mut String, value: f64) {
    let hundredths = if value.is_finite() { nearest(value * 100.0) } else { 0 };
    if hundredths < 0 {
        text.push('-');
    }
    let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    push_whole(text, whole);
    if rest > 0 {
        text.push('.');
        text.push(last_digit(rest / 10));
    }
    if rest % 10 > 0 {
        text.push(last_digit(rest));
    }
}

/// The nearest whole number, halves away from zero. Not every processor that Afterword is built for has an instruction for
/// it, and calling a function for each number takes longer than this.
#[expect(clippy::cast_possible_truncation, reason = "no drawing is a million pixels wide")]
fn nearest(value: f64) -> i64 {
    let whole = value as i64;
    let rest = value - real(whole);
    whole + i64::from(rest >= 0.5) - i64::from(rest <= -0.5)
}

fn push_whole(text: &mut String, whole: u64) {
    if whole >= 10 {
        push_whole(text, whole / 10);
    }
    text.push(last_digit(whole));
}

fn last_digit(number: u64) -> char {
    u32::try_from(number % 10).ok().and_then(|digit| char::from_digit(digit, 10)).unwrap_or('0')
}

/// A share of a whole; none of nothing is none.
pub(crate) fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// A count as a number to draw with. Counts of postmortems are far below the limit of exactness.
#[expect(clippy::cast_precision_loss, reason = "counts and seconds of incidents are far below 2^52")]
pub(crate) fn real(count: i64) -> f64 {
    count as f64
}

/// [`real`] for sizes.
pub(crate) fn real_size(count: usize) -> f64 {
    real(i64::try_from(count).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_short_and_never_more_than_numbers() {
        let written = [0.0, 0.125, 1.0 / 3.0, 1.0, f64::NAN, -0.000_01, -0.0205].map(percent);
        assert_eq!(written, ["0%", "12.5%", "33.33%", "100%", "0%", "0%", "-2.05%"]);
        let written = [0.005, -0.005, 0.004_9, 10.1, 1234.0, -0.999].map(rounded);
        assert_eq!(written, ["0.01", "-0.01", "0", "10.1", "1234", "-1"]);
    }
}
