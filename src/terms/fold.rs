//! Folding: the one spelling under which a word is indexed and looked up.
//!
//! `themes/afterword/static/search-terms.js` does the same to what a reader types; `tests/search/tokens.json` pins both.
//! Folding works on single words. It does not split text; `token` does.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// `word` in lower case, without accents and in compatibility form: `Ærø` becomes `aero`, `ｶﾞ` becomes `ガ`.
///
/// Only the combining diacritics of Latin, Greek and Cyrillic are dropped. The vowel signs of Indic scripts and the
/// voicing marks of kana carry meaning and stay.
pub(crate) fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(word.to_ascii_lowercase())
        } else {
            Cow::Borrowed(word)
        };
    }
    let mut folded = String::with_capacity(word.len());
    for letter in word.nfkd().filter(|letter| !is_diacritic(*letter)).nfc().flat_map(char::to_lowercase) {
        match spelt_out(letter) {
            Some(plain) => folded.push_str(plain),
            None => folded.push(letter),
        }
    }
    Cow::Owned(folded)
}

/// Whether `letter` belongs to a script that is written without spaces between words, or, as Korean, glues endings on:
/// there pairs of neighbouring letters are the terms.
pub(crate) fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{e00}'..='\u{eff}' // Thai, Lao
        | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' // Burmese, Khmer
        | '\u{3005}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' // kana, Bopomofo, Han
        | '\u{ac00}'..='\u{d7ff}') // Hangul
}

fn is_diacritic(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// Letters that have no decomposition but that people type as plain ones.
fn spelt_out(letter: char) -> Option<&'static str> {
    Some(match letter {
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{fold, is_unspaced};

    #[test]
    fn accents_case_and_width_fold_away() {
        assert_eq!(
            ["Café", "CAFE\u{301}", "Ærø", "Straße", "İzmir", "ΟΔΟΣ", "ＡＢＣ１", "ﬁle"].map(fold),
            ["cafe", "cafe", "aero", "strasse", "izmir", "οδοσ", "abc1", "file"]
        );
    }

    #[test]
    fn marks_that_carry_meaning_stay() {
        assert_eq!(["が", "ﾃﾞｰﾀ", "हिन्दी", "한국"].map(fold), ["が", "データ", "हिन्दी", "한국"]);
    }

    #[test]
    fn scripts_without_spaces_are_known() {
        let unspaced: Vec<bool> = "障ガー한ไaéд1".chars().map(is_unspaced).collect();
        assert_eq!(unspaced, [true, true, true, true, true, false, false, false, false]);
    }
}
