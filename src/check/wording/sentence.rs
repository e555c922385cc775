//! Cuts a piece of text into sentences.
//!
//! A dot ends a sentence only before a space and a letter that opens one; abbreviations, versions and file names hold
//! dots that end nothing.

use std::ops::Range;

/// Words with a dot that ends no sentence.
const ABBREVIATIONS: [&str; 12] =
    ["e.g", "i.e", "etc", "vs", "approx", "ca", "no", "cf", "incl", "resp", "dr", "mr"];

/// The ranges of the sentences of a text, without the spaces between them.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, stop) in stops(text) {
        // One that stands behind another ended with it.
        if at < start {
            continue;
        }
        let end = at + stop.len_utf8();
        let rest = text.get(end..).unwrap_or_default();
        let closes = rest.trim_start_matches(['"', '\'', ')', ']', '*']);
        let ends = closes.is_empty() || (closes.starts_with(' ') && opens_sentence(closes.trim_start()));
        if ends && !(stop == '.' && is_abbreviation(text.get(start..at).unwrap_or_default())) {
            let end = end + (rest.len() - closes.len());
            push(&mut out, text, start..end);
            start = end;
        }
    }
    push(&mut out, text, start..text.len());
    out
}

/// The signs that may end a sentence, and where each stands.
fn stops(text: &str) -> Vec<(usize, char)> {
    let plain = memchr::memchr3_iter(b'.', b'!', b'?', text.as_bytes());
    let mut stops: Vec<(usize, char)> =
        plain.filter_map(|at| Some((at, char::from(*text.as_bytes().get(at)?)))).collect();
    if !text.is_ascii() {
        stops.extend(text.match_indices('。').map(|(at, _)| (at, '。')));
        stops.sort_unstable();
    }
    stops
}

fn push(out: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let Some(part) = text.get(range.clone()) else { return };
    let trimmed = part.trim_start();
    let start = range.start + (part.len() - trimmed.len());
    let end = start + trimmed.trim_end().len();
    if start < end {
        out.push(start..end);
    }
}

fn opens_sentence(rest: &str) -> bool {
    // What stands in brackets belongs to the sentence before.
    rest.chars().next().is_none_or(|letter| !letter.is_lowercase() && !matches!(letter, ',' | '('))
}

fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit([' ', '(']).next().unwrap_or_default();
    ABBREVIATIONS.iter().any(|abbreviation| abbreviation.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).into_iter().filter_map(|range| text.get(range)).collect()
    }

    #[test]
    fn a_dot_ends_a_sentence_before_a_space_and_a_capital() {
        assert_eq!(
            cut("Version 1.2 broke app.js, e.g. Checkout. It came back (at 9.30 p.m. or so). \"Fine?\" Yes"),
            [
                "Version 1.2 broke app.js, e.g. Checkout.",
                "It came back (at 9.30 p.m. or so).",
                "\"Fine?\"",
                "Yes"
            ]
        );
        assert_eq!(
            cut("Some failed. (In all, 12.) It is over."),
            ["Some failed. (In all, 12.)", "It is over."]
        );
        assert_eq!(cut("  "), Vec::<&str>::new());
        assert_eq!(cut("no stop"), ["no stop"]);
    }
}
