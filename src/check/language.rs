//! Is a text English? Rules and templates whose words are English say nothing about other texts.
//!
//! Which language else it is, nobody asks here.

/// Words without which hardly an English sentence does, and that are rare in other languages.
const WORDS: [&str; 18] = [
    "the", "and", "of", "were", "with", "that", "this", "our", "not", "from", "could", "had", "some", "they",
    "it", "we", "which", "during",
];

/// True when at least one word in twenty is one of those that English cannot do without.
pub(super) fn is_english(text: &str) -> bool {
    let (mut all, mut known) = (0, 0);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        all += 1;
        known += usize::from(WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)));
    }
    known > 0 && known * 20 >= all
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
