//! Which words are forms of one: `deploy`, `deployed`, `deployments`.
//!
//! Stems never leave the builder: the index says which of its words belong together, so the reader needs no stemmer, and
//! there is no second one to keep in step with.

use super::fold::fold;
use rust_stemmers::{Algorithm, Stemmer};

/// The stems of one language.
pub(crate) struct Stems(Option<Stemmer>);

impl Stems {
    /// For a BCP 47 tag; of a language without an algorithm every word is its own stem.
    pub(crate) fn new(language: &str) -> Self {
        let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let algorithm = match primary.as_str() {
            "ar" => Algorithm::Arabic,
            "da" => Algorithm::Danish,
            "de" => Algorithm::German,
            "el" => Algorithm::Greek,
            "en" => Algorithm::English,
            "es" => Algorithm::Spanish,
            "fi" => Algorithm::Finnish,
            "fr" => Algorithm::French,
            "hu" => Algorithm::Hungarian,
            "it" => Algorithm::Italian,
            "nb" | "nn" | "no" => Algorithm::Norwegian,
            "nl" => Algorithm::Dutch,
            "pt" => Algorithm::Portuguese,
            "ro" => Algorithm::Romanian,
            "ru" => Algorithm::Russian,
            "sv" => Algorithm::Swedish,
            "ta" => Algorithm::Tamil,
            "tr" => Algorithm::Turkish,
            _ => return Self(None),
        };
        Self(Some(Stemmer::create(algorithm)))
    }

    /// The stem of a folded word, if it may have other forms: identifiers and numbers have none.
    pub(crate) fn of(&self, word: &str) -> Option<String> {
        let stemmer = self.0.as_ref()?;
        let stem = word.chars().all(char::is_alphabetic).then(|| stemmer.stem(word))?;
        Some(fold(&stem).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::Stems;

    fn stems<const N: usize>(language: &str, words: [&str; N]) -> [Option<String>; N] {
        let stems = Stems::new(language);
        words.map(|word| stems.of(word))
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        let deploy = stems("en-GB", ["deploy", "deployed", "deploying", "deployment", "deployments"]);
        assert_eq!(deploy, std::array::from_fn(|_| Some("deploy".to_owned())));
        let strom = stems("nb", ["strombruddet", "strombrudd"]);
        assert_eq!(strom, std::array::from_fn(|_| Some("strombrudd".to_owned())));
        let fehler = stems("de", ["verbindung", "verbindungen"]);
        assert_eq!(fehler, std::array::from_fn(|_| Some("verbind".to_owned())));
    }

    #[test]
    fn identifiers_and_languages_without_an_algorithm_have_none() {
        assert_eq!(stems("en", ["db-7", "p99", "e_conn"]), [None, None, None]);
        assert_eq!(stems("ja", ["deploys"]), [None]);
        assert_eq!(stems("", ["deploys"]), [None]);
    }
}
