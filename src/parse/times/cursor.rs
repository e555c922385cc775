//! A place in a text and the small steps of reading one.

use std::borrow::Cow;

/// A text that is read from the left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Cursor<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// What is still to be read.
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The character before the place.
    pub(super) fn before(&self) -> Option<char> {
        self.text.get(..self.at).and_then(|before| before.chars().next_back())
    }

    pub(super) fn skip(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        if found {
            self.at += c.len_utf8();
        }
        found
    }

    /// Reads one of the characters.
    pub(super) fn one_of(&mut self, wanted: &[char]) -> Option<char> {
        let c = self.peek().filter(|c| wanted.contains(c))?;
        self.at += c.len_utf8();
        Some(c)
    }

    pub(super) fn spaces(&mut self) -> usize {
        self.skip_while(|c| c.is_whitespace() && c != '\n' || c == '\u{200b}')
    }

    /// Skips characters and says how many bytes they are.
    pub(super) fn skip_while(&mut self, wanted: impl Fn(char) -> bool) -> usize {
        let rest = self.rest();
        let length = rest.find(|c: char| !wanted(c)).unwrap_or(rest.len());
        self.at += length;
        length
    }

    /// Reads `least` to `most` digits, all that are there.
    pub(super) fn digits(&mut self, least: usize, most: usize) -> Option<&'t str> {
        let rest = self.rest();
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        if length < least || length > most {
            return None;
        }
        self.at += length;
        rest.get(..length)
    }

    pub(super) fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        self.digits(least, most)?.parse().ok()
    }

    /// Reads a word of letters and gives it in lower case.
    pub(super) fn word(&mut self) -> Option<Cow<'t, str>> {
        let rest = self.rest();
        let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        if length == 0 {
            return None;
        }
        self.at += length;
        let word = rest.get(..length)?;
        let is_lower = word.bytes().all(|byte| byte.is_ascii_lowercase());
        Some(if is_lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) })
    }

    /// Reads a text, in any case.
    pub(super) fn literal(&mut self, wanted: &str) -> bool {
        let rest = self.rest();
        let mut length = 0;
        let mut letters = rest.chars();
        for expected in wanted.chars() {
            match letters.next() {
                Some(c) if c == expected || is_other_case(c, expected) => {
                    length += c.len_utf8();
                }
                _ => return false,
            }
        }
        self.at += length;
        true
    }

    /// True when no word or number goes on here.
    pub(super) fn at_boundary(&self) -> bool {
        self.peek().is_none_or(|c| !c.is_alphanumeric() || !c.is_ascii())
    }
}

fn is_other_case(letter: char, expected: char) -> bool {
    match (letter.is_ascii(), expected.is_ascii()) {
        (true, true) => letter.eq_ignore_ascii_case(&expected),
        (false, false) => letter.to_lowercase().eq(expected.to_lowercase()),
        _ => false,
    }
}
