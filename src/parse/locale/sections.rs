//! What a section is about, by its name.

use std::collections::BTreeMap;

use ahash::HashMap;

use super::{Locale, fold::fold, meanings, phrases::Phrases};
use crate::model::SectionKind;

/// The longest heading, in words, in which a phrase may stand.
const PHRASE_WORDS: usize = 9;
/// The longest heading, in words, that a single word may explain.
const SHORT: usize = 4;
/// What a heading is about that holds phrases of several kinds: the more particular stands first.
const PARTICULAR: [SectionKind; 17] = [
    SectionKind::WentWrong,
    SectionKind::WentWell,
    SectionKind::GotLucky,
    SectionKind::FiveWhys,
    SectionKind::ContributingFactors,
    SectionKind::Trigger,
    SectionKind::RootCause,
    SectionKind::ActionItems,
    SectionKind::Lessons,
    SectionKind::Timeline,
    SectionKind::Resolution,
    SectionKind::Detection,
    SectionKind::Impact,
    SectionKind::Summary,
    SectionKind::Background,
    SectionKind::Response,
    SectionKind::References,
];

/// The names of sections, whole ones, phrases and single words.
#[derive(Debug)]
pub(super) struct SectionNames {
    names: HashMap<String, SectionKind>,
    phrases: Phrases<SectionKind>,
    words: HashMap<String, SectionKind>,
}

impl SectionNames {
    /// The names of the configuration, then those of the languages.
    pub(super) fn new(aliases: &BTreeMap<String, Vec<String>>, locales: &[&Locale]) -> Self {
        let own = aliases.iter().filter_map(|(kind, names)| {
            let kind = SectionKind::from_words(kind)?;
            Some(names.iter().map(move |name| (fold(name), kind)))
        });
        let mut names = meanings(locales, fold, |locale| &locale.sections.names);
        names.extend(own.flatten());
        Self {
            names,
            phrases: super::phrases(locales, |locale| &locale.sections.phrases),
            words: meanings(locales, fold, |locale| &locale.sections.words),
        }
    }

    /// The kind of a section with this whole name.
    pub(super) fn exact(&self, name: &str) -> Option<SectionKind> {
        self.names.get(&fold(name)).copied()
    }

    /// The kind of a section whose name is this or holds a telling phrase. What stands in brackets or behind a dash
    /// counts where the name in front of it says nothing: `Working theory (root cause)`.
    pub(super) fn kind(&self, name: &str) -> Option<SectionKind> {
        self.told(&fold(name)).or_else(|| {
            let (at, mark) = ["(", " - ", " – ", " — ", ": "]
                .iter()
                .filter_map(|mark| Some((name.find(mark)?, *mark)))
                .min()?;
            self.told(&fold(name.get(at + mark.len()..)?))
        })
    }

    /// The kind that a folded name tells.
    fn told(&self, folded: &str) -> Option<SectionKind> {
        self.names.get(folded).copied().or_else(|| {
            let length = folded.split(' ').count();
            let rank = |kind: &SectionKind| PARTICULAR.iter().position(|other| other == kind);
            let by_phrase =
                || (length <= PHRASE_WORDS).then(|| self.phrases.within(folded).min_by_key(rank)).flatten();
            let by_word = || {
                let word = |word: &str| self.words.get(word).copied();
                (length <= SHORT).then(|| folded.split(' ').find_map(word)).flatten()
            };
            by_phrase().or_else(by_word)
        })
    }
}
