//! The tokenizer: which terms a text has.
//!
//! The contract with the reader script, pinned by `tests/search/tokens.json`, which `cargo test` and `node --test` both
//! run:
//!
//! - A *word* is a letter or digit and the letters, digits and marks that follow. A *compound* is words joined by single
//!   `-`, `_`, `.` or `@`: `INC-2024-0123`, `db-7.prod.example.com`, `E_CONN_RESET`. `'s`, `'t`, `'ll` after one go.
//! - A compound is a term as a whole, and so is each of its words, but for single letters and numbers of two digits.
//! - `HighErrorRate` is a term as a whole and in its pieces.
//! - Scripts without spaces give pairs of neighbouring letters.
//! - A hexadecimal run of more than twelve digits (commit, trace, UUID) and what looks like base64 count by their first
//!   twelve; longer words than 64 UTF-16 units are left out.
//!
//! A [`Unit`] keeps the terms of one compound together, because a query wants the whole *or* all its parts.
//! Nothing here weighs or counts.

use super::fold::{fold, is_unspaced};
use std::borrow::Cow;
use unicode_normalization::char::is_combining_mark;

/// Longest term, in UTF-16 units, which are what the reader script counts.
const LONGEST: usize = 64;
/// How much is kept of what nobody reads: hexadecimal runs and base64. Shorter runs are ordinary words.
const BEGINNING: usize = 12;
/// From this length on a word with digits and letters in both cases is taken for base64.
const BLOB: usize = 25;

/// Where a term stands in its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// The term opens a unit: it is a word or a whole compound.
    Opens,
    /// The term is a part of the unit that the last opening term stands for.
    Within,
}

/// Calls `emit` with every term of `text`, in order.
pub(crate) fn terms(text: &str, emit: &mut impl FnMut(&str, Unit)) {
    let mut rest = text;
    while let Some(start) = word_start(rest) {
        let from_start = rest.get(start..).unwrap_or_default();
        let (end, joined) = compound_end(from_start);
        let (compound, after) = from_start.split_at(end);
        if joined {
            split_compound(compound, emit);
        } else {
            split_word(compound, emit);
        }
        rest = after.get(elision(after)..).unwrap_or_default();
    }
}

/// Where the first letter or digit of `text` is. Nearly all of what lies before one is ASCII, which needs no decoding.
fn word_start(text: &str) -> Option<usize> {
    let at = text.bytes().position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())?;
    if text.as_bytes().get(at).is_some_and(u8::is_ascii) {
        return Some(at);
    }
    text.get(at..)?.find(char::is_alphanumeric).map(|start| at + start)
}

fn is_joint(letter: char) -> bool {
    matches!(letter, '-' | '_' | '.' | '@')
}

fn continues_word(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

/// Where the compound that `text` opens with ends, and whether it has joints.
fn compound_end(text: &str) -> (usize, bool) {
    // A single word of ASCII, as most are.
    let plain = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let ends = text.as_bytes().get(plain).is_none_or(|byte| byte.is_ascii() && !is_joint(char::from(*byte)));
    if plain > 0 && ends {
        return (plain, false);
    }
    let mut letters = text.char_indices().peekable();
    let mut joined = false;
    while let Some((at, letter)) = letters.next() {
        if continues_word(letter) {
            continue;
        }
        if !is_joint(letter) || !letters.peek().is_some_and(|(_, next)| next.is_alphanumeric()) {
            return (at, joined);
        }
        joined = true;
    }
    (text.len(), joined)
}

/// The length of an elided ending (`'s`, `’ll`) that `text` opens with, 0 without one.
fn elision(text: &str) -> usize {
    let Some(ending) = text.strip_prefix(['\'', '\u{2019}']) else { return 0 };
    let letters = ending.bytes().take_while(u8::is_ascii_alphabetic).count();
    let goes_on = ending.get(letters..).and_then(|after| after.chars().next()).is_some_and(continues_word);
    if (1..=2).contains(&letters) && !goes_on { text.len() - ending.len() + letters } else { 0 }
}

fn split_compound(compound: &str, emit: &mut impl FnMut(&str, Unit)) {
    if let Some(hash) = hash(compound) {
        return emit(&hash, Unit::Opens);
    }
    let whole = fold(compound);
    if is_too_long(&whole) || whole.chars().any(is_unspaced) {
        return compound.split(is_joint).for_each(|word| split_word(word, emit));
    }
    emit(&whole, Unit::Opens);
    for word in compound.split(is_joint) {
        let trifle = word.chars().nth(1).is_none()
            || (word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_digit()));
        if !trifle {
            emit(&shortened(word), Unit::Within);
            split_camel(word, emit);
        }
    }
}

fn split_word(word: &str, emit: &mut impl FnMut(&str, Unit)) {
    let folded = shortened(word);
    if !folded.is_ascii() && folded.chars().any(is_unspaced) {
        return split_unspaced(&folded, emit);
    }
    if !is_too_long(&folded) {
        emit(&folded, Unit::Opens);
        // What folding leaves as it is has no capital to be split at.
        if matches!(folded, Cow::Owned(_)) {
            split_camel(word, emit);
        }
    }
}

/// One word as it is indexed: folded, and of what nobody reads only the beginning.
fn shortened(word: &str) -> Cow<'_, str> {
    match hash(word) {
        Some(hash) => Cow::Owned(hash),
        None if is_blob(word) => Cow::Owned(fold(word).chars().take(BEGINNING).collect()),
        None => fold(word),
    }
}

fn is_too_long(word: &str) -> bool {
    word.len() > LONGEST && word.encode_utf16().nth(LONGEST).is_some()
}

/// Pairs of neighbouring letters; what else stands between them (`データv2の`) is a word of its own.
fn split_unspaced(word: &str, emit: &mut impl FnMut(&str, Unit)) {
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let unspaced = is_unspaced(first);
        let end = rest.find(|letter| is_unspaced(letter) != unspaced).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        if !unspaced || run.chars().nth(1).is_none() {
            emit(run, Unit::Opens);
            continue;
        }
        let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
        for pair in starts.windows(3) {
            if let [start, _, end] = *pair {
                emit(run.get(start..end).unwrap_or_default(), Unit::Opens);
            }
        }
    }
}

/// The pieces of `HighErrorRate` and `OOMKilled`, when there are any: a piece starts at a capital after a small letter
/// or digit, and at a capital before two small letters.
fn split_camel(word: &str, emit: &mut impl FnMut(&str, Unit)) {
    let bytes = word.as_bytes();
    let camel = word.len() > 3
        && bytes.iter().skip(1).any(u8::is_ascii_uppercase)
        && bytes.iter().any(u8::is_ascii_lowercase)
        && bytes.iter().all(u8::is_ascii_alphanumeric)
        && hash(word).is_none()
        && !is_blob(word);
    if !camel {
        return;
    }
    let starts_piece = |at: usize| {
        let letter = |offset: usize| bytes.get(at + offset).copied().unwrap_or_default();
        let before = bytes.get(at - 1).copied().unwrap_or_default();
        letter(0).is_ascii_uppercase()
            && (before.is_ascii_lowercase()
                || before.is_ascii_digit()
                || (before.is_ascii_uppercase()
                    && letter(1).is_ascii_lowercase()
                    && letter(2).is_ascii_lowercase()))
    };
    let mut start = 0;
    for end in 1..=word.len() {
        if end < word.len() && !starts_piece(end) {
            continue;
        }
        if end - start > 1 && end - start < word.len() {
            emit(&fold(word.get(start..end).unwrap_or_default()), Unit::Within);
        }
        start = end;
    }
}

/// What stands for a long hexadecimal run, `-` and its like left out.
fn hash(compound: &str) -> Option<String> {
    if compound.len() <= BEGINNING {
        return None;
    }
    let digits = || compound.chars().filter(|letter| !is_joint(*letter));
    let is_hash = digits().all(|digit| digit.is_ascii_hexdigit())
        && digits().nth(BEGINNING).is_some()
        && digits().any(|digit| digit.is_ascii_digit())
        && digits().any(|digit| digit.is_ascii_alphabetic());
    is_hash.then(|| digits().take(BEGINNING).map(|digit| digit.to_ascii_lowercase()).collect())
}

fn is_blob(word: &str) -> bool {
    word.len() >= BLOB
        && word.is_ascii()
        && word.bytes().any(|byte| byte.is_ascii_digit())
        && word.bytes().any(|byte| byte.is_ascii_uppercase())
        && word.bytes().any(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{Unit, terms};
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Case {
        text: String,
        units: Vec<Vec<String>>,
    }

    fn units(text: &str) -> Vec<Vec<String>> {
        let mut units: Vec<Vec<String>> = Vec::new();
        terms(text, &mut |term, unit| match (unit, units.last_mut()) {
            (Unit::Within, Some(last)) => last.push(term.to_owned()),
            _ => units.push(vec![term.to_owned()]),
        });
        units
    }

    #[test]
    fn the_fixture_shared_with_the_reader_script_holds() {
        let cases: Vec<Case> = serde_json::from_str(include_str!("../../tests/search/tokens.json")).unwrap();
        let read: Vec<Case> =
            cases.iter().map(|case| Case { text: case.text.clone(), units: units(&case.text) }).collect();
        assert_eq!(read, cases);
        assert!(cases.len() > 30, "the fixture has {} cases", cases.len());
    }
}
