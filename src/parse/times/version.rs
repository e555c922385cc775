//! Numbers with dots between them that are a version, and would do as a date.
//!
//! The form says nothing: `12.10.23` is both. What stands in front of it does.

use std::ops::Range;

use crate::parse::locale::TimeWords;

/// What joins a version to the name in front of it: `name@1.2.3`, `name==1.2.3`.
const JOINTS: [&str; 5] = ["@", "==", ">=", "<=", "^"];

/// True for numbers with dots that the word in front of them makes a version. Those that end with four digits are a day
/// all but always.
pub(super) fn is_one(words: &TimeWords, text: &str, place: Range<usize>) -> bool {
    let (Some(written), Some(before)) = (text.get(place.clone()), text.get(..place.start)) else {
        return false;
    };
    let last = written.rsplit('.').next().unwrap_or_default();
    let has_form = last.len() < 4 && written.chars().all(|c| c.is_ascii_digit() || c == '.');
    if !has_form {
        return false;
    }
    if JOINTS.iter().any(|joint| before.ends_with(joint)) {
        return true;
    }
    let word = before.trim_end_matches([' ', '`', '"', '\'', '(', '\u{a0}']);
    let start =
        word.rfind(|c: char| c.is_whitespace() || matches!(c, '`' | '"' | '(')).map_or(0, |at| at + 1);
    let word = word.get(start..).unwrap_or_default();
    words.is_version(&word.to_lowercase()) || is_name_of_software(word)
}

/// True for a word that is written as software is and words are not: with a capital behind a small letter, as in
/// `PostgreSQL`, or with a digit between letters, as in `log4j`.
fn is_name_of_software(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let has_hump =
        letters.windows(2).any(|pair| matches!(pair, [a, b] if a.is_lowercase() && b.is_uppercase()));
    let is_numeronym = letters.windows(3).any(
        |three| matches!(three, [a, b, c] if a.is_alphabetic() && b.is_ascii_digit() && c.is_alphabetic()),
    );
    has_hump || is_numeronym
}
