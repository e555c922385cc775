//! Tables of the words of all languages, each with what it means.

use std::collections::BTreeMap;

use ahash::HashMap;

use super::{
    Locale,
    fold::{fold, without_accents},
};

/// The words of one table of all languages, and what each means.
pub(super) fn words_of<'l, T: Copy + 'static>(
    locales: &'l [&'l Locale],
    fold: fn(&str) -> String,
    table: fn(&Locale) -> &BTreeMap<T, Vec<String>>,
) -> impl Iterator<Item = (String, T)> + 'l {
    let lists = locales.iter().flat_map(move |locale| table(locale));
    lists.flat_map(move |(meaning, words)| words.iter().map(move |word| (fold(word), *meaning)))
}

/// One table of all languages.
pub(super) fn meanings<T: Copy + 'static>(
    locales: &[&Locale],
    fold: fn(&str) -> String,
    table: fn(&Locale) -> &BTreeMap<T, Vec<String>>,
) -> HashMap<String, T> {
    with_and_without_accents(words_of(locales, fold, table).collect())
}

/// A table of words, each of which many write without its accents: `date de detection`.
pub(super) fn with_and_without_accents<T: Copy>(words: Vec<(String, T)>) -> HashMap<String, T> {
    let plain = words.iter().filter(|(word, _)| !word.is_ascii());
    let plain: Vec<_> = plain.map(|(word, meaning)| (without_accents(word).into_owned(), *meaning)).collect();
    first_wins(words.into_iter().chain(plain))
}

/// Words of languages that come first stand.
pub(super) fn first_wins<T>(words: impl IntoIterator<Item = (String, T)>) -> HashMap<String, T> {
    let mut table = HashMap::default();
    for (word, meaning) in words {
        table.entry(word).or_insert(meaning);
    }
    table
}

/// What a header says, or each of the words between its slashes does: `Issue / PR`.
pub(super) fn said_of<T: Copy + PartialEq>(table: &HashMap<String, T>, header: &str) -> Option<T> {
    let known = |name: &str| table.get(&fold(name)).copied();
    known(header).or_else(|| {
        let mut names = header.contains('/').then(|| header.split('/').map(known))?;
        let first = names.next()??;
        names.all(|name| name == Some(first)).then_some(first)
    })
}
