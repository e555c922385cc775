//! Words by how they begin: which of them a text may begin with, before it is read.

use ahash::{HashMap, HashSet};

use super::fold::fold;

/// The first two letters of words, as far as both are ASCII. Nearly every line of a document begins with a word that is
/// none of the words in question, and this says so before the word is read.
#[derive(Debug, Default)]
pub(super) struct Beginnings([u32; 26]);

impl Beginnings {
    pub(super) fn of<'w>(words: impl Iterator<Item = &'w String>) -> Self {
        let mut known = Self::default();
        for (first, second) in words.filter_map(|word| first_letters(word)) {
            if let Some(row) = known.0.get_mut(first) {
                *row |= 1 << second;
            }
        }
        known
    }

    /// False for a text that begins with none of the words for sure, in either case.
    pub(super) fn may_begin(&self, text: &str) -> bool {
        first_letters(text)
            .is_none_or(|(first, second)| self.0.get(first).is_none_or(|row| row & (1 << second) != 0))
    }
}

/// The places in the alphabet of the first two letters of a text, when both are ASCII.
fn first_letters(text: &str) -> Option<(usize, usize)> {
    let place = |byte: &u8| byte.is_ascii_alphabetic().then(|| usize::from(byte.to_ascii_lowercase() - b'a'));
    let [first, second, ..] = text.as_bytes() else { return None };
    Some((place(first)?, place(second)?))
}

/// Names in their folded forms, of which hardly any text is one.
#[derive(Debug)]
pub(super) struct Names {
    folded: HashSet<String>,
    beginnings: Beginnings,
}

impl Names {
    pub(super) fn of<'w>(names: impl Iterator<Item = &'w String>) -> Self {
        let folded: HashSet<String> = names.map(|name| fold(name)).collect();
        Self { beginnings: Beginnings::of(folded.iter()), folded }
    }

    /// False for a text that begins with none of them, for sure.
    pub(super) fn may_begin(&self, text: &str) -> bool {
        self.beginnings.may_begin(text)
    }

    pub(super) fn contain(&self, text: &str) -> bool {
        self.beginnings.may_begin(text) && self.folded.contains(&fold(text))
    }
}

/// Words by their first letters, the longest first.
#[derive(Debug, Default)]
pub(super) struct ByLetter {
    words: HashMap<char, Vec<String>>,
    /// A bit for each letter of ASCII that one begins with: hardly any letter is asked for in vain beyond that.
    ascii: u128,
}

impl ByLetter {
    pub(super) fn new(words: impl Iterator<Item = String>) -> Self {
        let mut sorted: Vec<String> = words.collect();
        sorted.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        sorted.dedup();
        let mut table = Self::default();
        for word in sorted {
            if let Some(first) = word.chars().next() {
                table.ascii |= bit(first);
                table.words.entry(first).or_default().push(word);
            }
        }
        table
    }

    /// Those that begin with a letter.
    pub(super) fn beginning_with(&self, first: char) -> &[String] {
        if first.is_ascii() && self.ascii & bit(first) == 0 {
            return &[];
        }
        self.words.get(&first).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The bit of a letter; none for one that is not ASCII.
fn bit(letter: char) -> u128 {
    1_u128.checked_shl(u32::from(letter)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_with_a_known_word_may_be_one_and_most_other_words_are_none() {
        let words = ["märz", "march", "før", "n/a", "x"].map(str::to_owned);
        let beginnings = Beginnings::of(words.iter());
        for text in ["March 14", "mArch", "MÄRZ", "før", "n/a", "X", "x 1", "1", "", "é", "Ma"] {
            assert!(beginnings.may_begin(text), "{text}");
        }
        for text in ["The pager", "Meanwhile", "na", "xa"] {
            assert!(!beginnings.may_begin(text), "{text}");
        }
    }
}
