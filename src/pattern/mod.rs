//! Regular expressions about English words, numbers and keys.
//!
//! In them a letter is one of ASCII: with the letters of all scripts an expression takes many times longer to compile,
//! and one with word boundaries leaves its fast automaton at the first letter that is not ASCII, a dash for instance.

mod many;

pub use many::{Many, Place};
use regex::Regex;

/// An expression in which `\w`, `\d`, `\b` and their opposites are about ASCII, and in either case the letters of words
/// are; none when it is no expression.
pub fn ascii(pattern: &str) -> Option<Regex> {
    Regex::new(&with_ascii_classes(pattern)).ok()
}

fn with_ascii_classes(pattern: &str) -> String {
    let mut out = String::with_capacity(2 * pattern.len());
    let mut letters = pattern.chars();
    let mut classes = 0_usize;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {}
            // The name of a group, or what holds for all of it.
            '(' if letters.as_str().starts_with('?') => {
                let ends = |letter: &char| matches!(letter, ':' | '>' | ')');
                out.push(letter);
                for letter in letters.by_ref() {
                    out.push(letter);
                    if ends(&letter) {
                        break;
                    }
                }
                continue;
            }
            // In either case these are also the sign of kelvins and the long s, which make it one about all scripts.
            'k' | 's' if classes == 0 => {
                out.extend(["(?-u:", letter.encode_utf8(&mut [0; 4]), ")"]);
                continue;
            }
            _ => {
                classes = (classes + usize::from(letter == '[')).saturating_sub(usize::from(letter == ']'));
                out.push(letter);
                continue;
            }
        }
        match letters.next() {
            Some('w') if classes == 0 => out.push_str(r"(?-u:\w)"),
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
