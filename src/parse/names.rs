//! Names that the configuration knows: the id where there is one, else the name as written; and those of levels that need none.

use crate::config::{Config, Named};

fn id<T: Named>(entry: Option<&T>, written: &str) -> String {
    entry.map_or_else(|| written.to_owned(), |entry| entry.id().to_owned())
}

pub(crate) fn service(config: &Config, written: &str) -> String {
    id(config.service(written), written)
}

pub(crate) fn team(config: &Config, written: &str) -> String {
    id(config.team(written), written)
}

pub(crate) fn factor(config: &Config, written: &str) -> String {
    id(config.factor(written), written)
}

/// The letters of a level that is written with one digit: `SEV-2`, `P1`, `S3`.
pub(super) fn letters_of_level(word: &str) -> Option<&'static str> {
    let letters = word.strip_suffix(|c: char| c.is_ascii_digit())?.trim_end_matches('-');
    ["sev", "p", "s"].into_iter().find(|known| letters.eq_ignore_ascii_case(known))
}

/// The id of the configured severity; as written where no severity is configured, none where it is another one.
pub(crate) fn severity(config: &Config, written: &str) -> Option<String> {
    if config.severities.is_empty() {
        return Some(written.to_owned());
    }
    config.severity(written).map(|severity| severity.id.clone())
}
