//! What of a text can be found again in another one: alert names, error messages, identifiers, and the words of the parts
//! that say what happened and why.
//!
//! Kept small, since every postmortem has one for as long as the archive is: words are one text and a number each.

use serde::{Deserialize, Serialize};

/// What a mark of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MarkKind {
    /// The name of an alert: `PoolSaturated`.
    Alert,
    /// What a program said: `remaining connection slots are reserved`.
    Error,
    /// Anything else that is written as code and is one word: a service, a setting, a file.
    Name,
}

/// Something that stands in a text to the letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What it is.
    pub kind: MarkKind,
    /// As written, shortened where it is long.
    pub text: Box<str>,
    /// The same for all ways to write it: of its letters in lower case, without numbers in messages.
    pub key: u64,
}

/// What of a text can be found again in another one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Traces {
    /// Each once, in the order of the text.
    pub marks: Box<[Mark]>,
    /// Each once in lower case, in the order of the text and with a space between.
    words: Box<str>,
    /// For each word the key of its folded form.
    keys: Box<[u32]>,
    /// So many words, the first ones, stand in the title.
    of_title: usize,
}

impl Traces {
    /// Those of words as written, with a space between two, and of the key of each. So many stand in the title.
    pub fn new(marks: Vec<Mark>, words: String, keys: Vec<u32>, of_title: usize) -> Self {
        Self { marks: marks.into(), words: words.into(), keys: keys.into(), of_title }
    }

    /// The key of each word, and whether it stands in the title.
    pub fn keys(&self) -> impl Iterator<Item = (u32, bool)> {
        self.keys.iter().enumerate().map(|(at, key)| (*key, at < self.of_title))
    }

    /// The word at a place.
    pub fn word(&self, at: usize) -> &str {
        let mut spaces = memchr::memchr_iter(b' ', self.words.as_bytes());
        let start = match at.checked_sub(1) {
            Some(before) => spaces.nth(before).map(|space| space + 1),
            None => Some(0),
        };
        let word = |start| self.words.get(start..spaces.next().unwrap_or(self.words.len()));
        start.and_then(word).unwrap_or_default()
    }
}

/// The number by which a text is known here: FNV-1a, which is the same on every machine and in every run.
pub fn key(text: impl Iterator<Item = u8>) -> u64 {
    text.fold(0xcbf2_9ce4_8422_2325, |key, byte| (key ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The same for a word, of which there are many.
#[expect(clippy::cast_possible_truncation, reason = "both halves go into it")]
pub fn word_key(word: impl Iterator<Item = u8>) -> u32 {
    let key = key(word);
    (key ^ (key >> 32)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_title_come_first_and_every_word_is_found_by_its_place() {
        let traces = Traces::new(Vec::new(), "pool søknad slow".to_owned(), vec![1, 2, 3], 1);
        assert_eq!(traces.keys().collect::<Vec<_>>(), [(1, true), (2, false), (3, false)]);
        assert_eq!([0, 1, 2, 3].map(|at| traces.word(at)), ["pool", "søknad", "slow", ""]);
    }

    #[test]
    fn keys_never_change() {
        assert_eq!((key("".bytes()), key("a".bytes())), (0xcbf2_9ce4_8422_2325, 0xaf63_dc4c_8601_ec8c));
        assert_eq!(word_key("a".bytes()), 0x8601_ec8c ^ 0xaf63_dc4c);
    }
}
