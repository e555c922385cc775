//! Many texts that are looked for at once.

use aho_corasick::{
    AhoCorasick, Anchored,
    automaton::{Automaton, StateID},
    dfa::DFA,
};

/// Texts of more bytes than this take a table that is too large for what it saves.
const DENSE: usize = 4_000;

/// Texts of which every place in another text is found in one walk over its bytes, however many they are.
#[derive(Debug, Clone)]
pub struct Many {
    automaton: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    /// There is nothing to look for.
    Nothing,
    /// A table with a place for every byte, and the state in which it begins.
    Dense(Box<DFA>, StateID),
    Sparse(AhoCorasick),
}

/// A place at which one of the texts stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which of them.
    pub number: usize,
    /// Its first byte.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
}

impl Many {
    /// Texts that are looked for as they are.
    pub fn new<T: AsRef<str>>(texts: &[T]) -> Self {
        Self { automaton: Kind::of(texts, false).unwrap_or(Kind::Nothing) }
    }

    /// Texts of which a letter of ASCII is the same in either case.
    pub fn in_any_case<T: AsRef<str>>(texts: &[T]) -> Self {
        Self { automaton: Kind::of(texts, true).unwrap_or(Kind::Nothing) }
    }

    /// True for a text in which one of them stands.
    pub fn any_in(&self, text: &str) -> bool {
        self.places(text).next().is_some()
    }

    /// All places of a text at which one of them stands, by where they end; they may lie in each other.
    pub fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Place> + 't {
        let (dense, sparse) = match &self.automaton {
            Kind::Nothing => (None, None),
            Kind::Dense(automaton, start) => (Some(Walk::new(automaton, *start, text)), None),
            Kind::Sparse(automaton) => (None, Some(automaton.find_overlapping_iter(text))),
        };
        let place = |number: usize, start: usize, end: usize| Place { number, start, end };
        let sparse = sparse.into_iter().flatten();
        dense
            .into_iter()
            .flatten()
            .chain(sparse.map(move |found| place(found.pattern().as_usize(), found.start(), found.end())))
    }
}

impl Kind {
    fn of<T: AsRef<str>>(texts: &[T], in_any_case: bool) -> Option<Self> {
        if texts.is_empty() {
            return None;
        }
        let texts = || texts.iter().map(AsRef::as_ref);
        if texts().map(str::len).sum::<usize>() > DENSE {
            let automaton = AhoCorasick::builder().ascii_case_insensitive(in_any_case).build(texts());
            return automaton.ok().map(Self::Sparse);
        }
        let automaton =
            DFA::builder().prefilter(false).ascii_case_insensitive(in_any_case).build(texts()).ok()?;
        let start = automaton.start_state(Anchored::No).ok()?;
        Some(Self::Dense(Box::new(automaton), start))
    }
}

/// A walk over a text. That of the library asks at every byte what is of no use here, and takes half as long again.
struct Walk<'t> {
    automaton: &'t DFA,
    state: StateID,
    text: &'t [u8],
    /// How many bytes have been read.
    at: usize,
    /// How many of the texts that end here have been told.
    told: usize,
}

impl<'t> Walk<'t> {
    fn new(automaton: &'t DFA, state: StateID, text: &'t str) -> Self {
        Self { automaton, state, text: text.as_bytes(), at: 0, told: 0 }
    }

    /// Reads on to the next byte at which one of them ends; false when there is none.
    fn advance(&mut self) -> bool {
        let (automaton, mut state) = (self.automaton, self.state);
        let rest = self.text.get(self.at..).unwrap_or_default();
        for (at, byte) in rest.iter().enumerate() {
            state = automaton.next_state(Anchored::No, state, *byte);
            // Hardly any state is special, which is asked in less time than whether one is a match.
            if automaton.is_special(state) && automaton.is_match(state) {
                (self.state, self.at, self.told) = (state, self.at + at + 1, 0);
                return true;
            }
        }
        self.at = self.text.len();
        false
    }
}

impl Iterator for Walk<'_> {
    type Item = Place;

    fn next(&mut self) -> Option<Place> {
        let is_told =
            !self.automaton.is_match(self.state) || self.told == self.automaton.match_len(self.state);
        if is_told && !self.advance() {
            return None;
        }
        let pattern = self.automaton.match_pattern(self.state, self.told);
        self.told += 1;
        let start = self.at - self.automaton.pattern_len(pattern);
        Some(Place { number: pattern.as_usize(), start, end: self.at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(many: &Many, text: &str) -> Vec<(usize, usize, usize)> {
        many.places(text).map(|place| (place.number, place.start, place.end)).collect()
    }

    #[test]
    fn places_may_lie_in_each_other() {
        let many = Many::new(&["fail", "failed", "led", "é"]);
        assert_eq!(places(&many, "failed é"), [(0, 0, 4), (1, 0, 6), (2, 3, 6), (3, 7, 9)]);
        assert_eq!(places(&many, "FAILED"), []);
        assert_eq!(places(&Many::in_any_case(&["Fail", "É"]), "fAIL é"), [(0, 0, 4)]);
    }

    #[test]
    fn nothing_is_found_where_there_is_nothing_to_look_for() {
        assert_eq!(places(&Many::new::<&str>(&[]), "any text"), []);
        assert_eq!(places(&Many::new(&["any"]), ""), []);
    }

    #[test]
    fn many_long_texts_are_found_as_few_are() {
        let long: Vec<String> = (0..500).map(|number| format!("number {number}")).collect();
        let many = Many::in_any_case(&long);
        assert!(matches!(many.automaton, Kind::Sparse(_)));
        assert_eq!(places(&many, "Number 12"), [(1, 0, 8), (12, 0, 9)]);
    }
}
