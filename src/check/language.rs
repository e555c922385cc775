//! Is a text English? Rules and templates whose words are English say nothing about other texts.
//!
//! Which language else it is, nobody asks here.

/// True when at least one word in twenty is one of those that English cannot do without.
pub(super) fn is_english(text: &str) -> bool {
    let (mut all, mut known) = (0, 0);
    for word in text.split(is_between).filter(|word| !word.is_empty()) {
        all += 1;
        known += usize::from(is_indispensable(word));
    }
    known > 0 && known * 20 >= all
}

/// That of an ASCII letter is asked in less time, and nearly all are.
fn is_between(letter: char) -> bool {
    if letter.is_ascii() { !letter.is_ascii_alphabetic() } else { !letter.is_alphabetic() }
}

/// True for a word without which hardly an English sentence does, and that is rare in other languages.
fn is_indispensable(word: &str) -> bool {
    let mut lower = [0; 6];
    let Some(lower) = lower.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    matches!(
        &*lower,
        b"it"
            | b"we"
            | b"the"
            | b"and"
            | b"our"
            | b"not"
            | b"had"
            | b"were"
            | b"with"
            | b"that"
            | b"this"
            | b"from"
            | b"some"
            | b"they"
            | b"could"
            | b"which"
            | b"during"
            | b"of"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_told_by_its_small_words_and_not_by_those_that_its_neighbours_have_too() {
        for text in ["Some users could not pay.", "The pool was full, and the queue in front of it grew."] {
            assert!(is_english(text), "{text}");
        }
        for text in [
            "Kunder kunne ikke betale for varene to dager til ende",
            "Die Kasse war in der Nacht nicht erreichbar, was an einem Fehler in der Konfiguration lag",
            "De betaling was in storing en de klanten konden niets meer kopen in de winkel",
            "Les clients ne pouvaient pas payer pendant deux heures",
            "顧客は支払いができませんでした",
            "",
        ] {
            assert!(!is_english(text), "{text}");
        }
    }
}
