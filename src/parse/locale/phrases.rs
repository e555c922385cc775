//! Phrases that may stand anywhere in a text.

use std::borrow::Cow;

use crate::{
    parse::text::{has_byte, has_pair},
    pattern::Many,
};

/// Phrases and what each means. Looking for all of them costs one walk over the text.
#[derive(Debug, Clone)]
pub(super) struct Phrases<T> {
    finder: Many,
    meanings: Vec<T>,
}

impl<T: Copy> Phrases<T> {
    /// Phrases in lower case. Of one that stands twice the first counts.
    pub(super) fn new(phrases: impl IntoIterator<Item = (String, T)>) -> Self {
        let (texts, meanings): (Vec<String>, Vec<T>) =
            phrases.into_iter().filter(|(phrase, _)| !phrase.is_empty()).unzip();
        Self { finder: Many::in_any_case(&texts), meanings }
    }

    /// What the phrases in a text mean, which is in lower case. Words count whole; in scripts without spaces between
    /// words a phrase counts wherever it stands.
    pub(super) fn within<'t>(&'t self, text: &'t str) -> impl Iterator<Item = T> + 't {
        self.finder
            .places(text)
            .filter(move |found| {
                let open = |near: Option<char>, inner: Option<char>| {
                    inner.is_some_and(is_unspaced)
                        || !near.is_some_and(|near| near.is_alphanumeric() || near == '_')
                };
                let (before, rest) = text.split_at_checked(found.start).unwrap_or_default();
                let (phrase, after) = rest.split_at_checked(found.end - found.start).unwrap_or_default();
                open(before.chars().next_back(), phrase.chars().next())
                    && open(after.chars().next(), phrase.chars().next_back())
            })
            .filter_map(|found| self.meanings.get(found.number).copied())
    }

    /// True when the text holds any of the phrases, in any case.
    pub(super) fn any_in(&self, text: &str) -> bool {
        self.within(&for_any_case(text)).next().is_some()
    }
}

/// A text for a finder that knows the two cases of ASCII itself: the letters of other scripts are in lower case.
pub(super) fn for_any_case(text: &str) -> Cow<'_, str> {
    if may_have_other_capitals(text) { text.to_lowercase().into() } else { text.into() }
}

/// False for a text that has no capitals but those of ASCII for sure. Most texts have dashes and quotation marks beside
/// those letters, which begin with the bytes E2 80.
fn may_have_other_capitals(text: &str) -> bool {
    has_byte(text, |byte| byte >= 0xc2 && byte != 0xe2)
        || has_pair(text, |one, next| one == 0xe2 && next > 0x80)
}

/// True for a letter of a script that is written without spaces between words: kana, Han, Thai and their neighbours.
fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_whole_and_scripts_without_spaces_wherever_they_stand() {
        let phrases = Phrases::new(
            [("all times", 1), ("times", 2), ("時刻は", 3)].map(|(text, n)| (text.to_owned(), n)),
        );
        let found = |text: &str| phrases.within(text).collect::<Vec<_>>();
        assert_eq!(found("all times in utc"), [1, 2]);
        assert_eq!(found("sometimes, overall timestamps"), Vec::<i32>::new());
        assert_eq!(found("記載の時刻はすべて"), [3]);
        assert!(phrases.any_in("ALL TIMES") && !phrases.any_in("timestamps"));
        assert_eq!(
            ["A – “B” …", "A É", "A Σ", "A Ⅷ", "A Ａ"].map(for_any_case),
            ["A – “B” …", "a é", "a σ", "a ⅷ", "a ａ"]
        );
        assert!(!Phrases::new([(String::new(), ())]).any_in("anything"));
    }
}
