//! Regular expressions about English words, numbers and keys.
//!
//! In them a letter is one of ASCII: with the letters of all scripts an expression takes many times longer to compile,
//! and one with word boundaries leaves its fast automaton at the first letter that is not ASCII, a dash for instance.

mod many;

pub use many::{Many, Place};
use regex::Regex;

/// An expression in which `\w`, `\d`, `\b` and their opposites are about ASCII; none when it is no expression.
pub fn ascii(pattern: &str) -> Option<Regex> {
    Regex::new(&with_ascii_classes(pattern)).ok()
}

fn with_ascii_classes(pattern: &str) -> String {
    let mut out = String::with_capacity(2 * pattern.len());
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match letters.next() {
            Some('w') => out.push_str("[[:word:]]"),
            Some('W') => out.push_str("[^[:word:]]"),
            Some('d') => out.push_str("[0-9]"),
            Some('D') => out.push_str("[^0-9]"),
            Some('b') => out.push_str(r"(?-u:\b)"),
            other => {
                out.push('\\');
                out.extend(other);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_and_boundaries_are_of_ascii_and_all_else_stays() {
        assert_eq!(
            with_ascii_classes(r"\b[\w-]+\.\d\\w\s\W"),
            r"(?-u:\b)[[[:word:]]-]+\.[0-9]\\w\s[^[:word:]]"
        );
        let found = |pattern: &str, text: &str| ascii(pattern).unwrap().find(text).map(|found| found.range());
        assert_eq!(found(r"\bth\w*\b", "– thé, then –"), Some(4..6));
        assert_eq!(found(r"[\w-]+", "é: on-call"), Some(4..11));
        assert_eq!(found("THEN", "then"), None);
        assert!(ascii("(").is_none());
    }
}
