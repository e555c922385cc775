//! What a section is about, by its name.
//!
//! The names are data: `sections.toml` for those that teams commonly use, `[sections.aliases]` for those of one site.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::{config::Config, data, model::SectionKind};

/// The longest heading, in words, in which a phrase may stand.
const PHRASE_WORDS: usize = 9;
/// The longest heading, in words, that a single word may explain.
const SHORT: usize = 4;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Table {
    names: BTreeMap<SectionKind, Vec<String>>,
    phrases: BTreeMap<SectionKind, Vec<String>>,
    words: BTreeMap<SectionKind, Vec<String>>,
}

/// The built-in names: whole ones by name, the phrases in the order in which they are tried, and single words.
struct BuiltIn {
    names: BTreeMap<String, SectionKind>,
    phrases: Vec<(String, SectionKind)>,
    words: BTreeMap<String, SectionKind>,
}

static BUILT_IN: LazyLock<BuiltIn> = LazyLock::new(|| {
    let (node, _) = data::toml::parse(include_str!("sections.toml"), 0);
    let order: Vec<SectionKind> = node
        .get("phrases")
        .map(|table| table.entries().iter().filter_map(|entry| SectionKind::from_words(&entry.key)).collect())
        .unwrap_or_default();
    let (mut table, _) = data::read::<Table>(node);
    let words =
        table.words.into_iter().flat_map(|(kind, words)| words.into_iter().map(move |word| (word, kind)));
    let names =
        table.names.into_iter().flat_map(|(kind, names)| names.into_iter().map(move |name| (name, kind)));
    let phrases = order
        .into_iter()
        .flat_map(|kind| {
            table.phrases.remove(&kind).unwrap_or_default().into_iter().map(move |name| (name, kind))
        })
        .collect();
    BuiltIn { names: names.collect(), phrases, words: words.collect() }
});

/// The names of sections of one site. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    own: Arc<BTreeMap<String, SectionKind>>,
}

impl Names {
    /// The built-in names and those of the configuration, which win.
    pub(crate) fn new(config: &Config) -> Self {
        let own = config.sections.aliases.iter().filter_map(|(kind, names)| {
            let kind = SectionKind::from_words(kind)?;
            Some(names.iter().map(move |name| (fold(name), kind)))
        });
        Self { own: Arc::new(own.flatten().collect()) }
    }

    /// The kind of a section with this whole name.
    pub(crate) fn exact(&self, name: &str) -> Option<SectionKind> {
        let folded = fold(name);
        if folded.is_empty() {
            return None;
        }
        self.own.get(&folded).or_else(|| BUILT_IN.names.get(&folded)).copied()
    }

    /// The kind of a section whose name is this or holds a telling phrase.
    pub(crate) fn kind(&self, name: &str) -> Option<SectionKind> {
        self.exact(name).or_else(|| {
            let folded = fold(name);
            let length = folded.split(' ').count();
            if length > PHRASE_WORDS {
                return None;
            }
            let padded = format!(" {folded} ");
            BUILT_IN
                .phrases
                .iter()
                .find(|(phrase, _)| {
                    // Japanese does not put spaces between words.
                    if phrase.is_ascii() {
                        padded.contains(&format!(" {phrase} "))
                    } else {
                        folded.contains(phrase)
                    }
                })
                .map(|(_, kind)| *kind)
                .or_else(|| {
                    let word = |word: &str| BUILT_IN.words.get(word).copied();
                    (length <= SHORT).then(|| folded.split(' ').find_map(word)).flatten()
                })
        })
    }
}

/// A name without what teams put around it: numbers, emoji and their shortcodes, remarks in brackets or behind a dash,
/// a colon, a question mark.
pub(crate) fn fold(name: &str) -> String {
    let name: String = name.nfkc().flat_map(char::to_lowercase).collect();
    let name = without_shortcodes(&name);
    let start = name.find(|c: char| c.is_alphanumeric()).unwrap_or_default();
    let body = name.get(start..).unwrap_or_default();
    let cut = ["(", "[", " - ", " – ", " — ", ": ", "\n"].iter().filter_map(|mark| body.find(mark)).min();
    let body = body.get(..cut.unwrap_or(body.len())).unwrap_or_default();
    let mut words: Vec<String> = body
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’' || c == 'ー'))
        .map(|word| word.replace('’', "'").trim_matches('\'').to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    let numbers = words.iter().take_while(|word| word.chars().all(|c| c.is_ascii_digit())).count();
    // "5 whys" is a name, "5. Impact" is a numbered one.
    if numbers < words.len() && words.get(numbers).is_none_or(|word| !word.starts_with("why")) {
        words.drain(..numbers);
    }
    words.join(" ")
}

/// The text without emoji shortcodes such as `:eye:`.
fn without_shortcodes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(':') {
        out.push_str(before);
        match after.split_once(':') {
            Some((code, tail)) if is_shortcode(code) => {
                out.push(' ');
                rest = tail;
            }
            _ => {
                out.push(':');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn is_shortcode(code: &str) -> bool {
    !code.is_empty()
        && code.chars().any(|c| c.is_ascii_alphabetic())
        && code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_recognised_in_every_dress() {
        let names = Names::default();
        for (name, kind) in [
            ("Timeline (UTC)", SectionKind::Timeline),
            ("Timeline - UTC", SectionKind::Timeline),
            ("3. Timeline:", SectionKind::Timeline),
            (":alarm_clock: Timeline", SectionKind::Timeline),
            ("⏱️ TIMELINE (all times PST) 14 May – 16 May. Approximate", SectionKind::Timeline),
            ("What happened?", SectionKind::Summary),
            ("Root Cause Analysis", SectionKind::RootCause),
            ("Five Whys — the cache", SectionKind::FiveWhys),
            ("5 Whys", SectionKind::FiveWhys),
            ("Where we got lucky", SectionKind::GotLucky),
            ("What didn’t go well", SectionKind::WentWrong),
            ("Tidslinje", SectionKind::Timeline),
            ("根本原因（共通）", SectionKind::RootCause),
            ("運が良かったこと", SectionKind::GotLucky),
            ("Follow-up tasks", SectionKind::ActionItems),
        ] {
            assert_eq!(names.kind(name), Some(kind), "{name}");
        }
        for name in ["Checkout latency", "", "!!!", "Attendees", "2026-03-14"] {
            assert_eq!(names.kind(name), None, "{name}");
        }
    }

    #[test]
    fn every_built_in_name_is_written_as_it_is_looked_up_and_stands_once() {
        let (node, problems) = data::toml::parse(include_str!("sections.toml"), 0);
        assert_eq!(problems, []);
        let (table, problems) = data::read::<Table>(node);
        assert_eq!(problems, []);
        let names: Vec<&String> = table.names.values().flatten().collect();
        for name in &names {
            assert_eq!(&&fold(name), name);
        }
        assert_eq!(names.len(), BUILT_IN.names.len());
    }

    #[test]
    fn the_configuration_adds_names_and_wins() {
        let mut config = Config::default();
        config
            .sections
            .aliases
            .insert("timeline".to_owned(), vec!["Ship's log".to_owned(), "Summary".to_owned()]);
        let names = Names::new(&config);
        assert_eq!(names.kind("Ship’s log (UTC)"), Some(SectionKind::Timeline));
        assert_eq!(names.kind("Summary"), Some(SectionKind::Timeline));
    }
}
