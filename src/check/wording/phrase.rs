//! The phrases of all wording rules, compiled.

use std::{
    ops::Range,
    sync::{LazyLock, OnceLock},
};

use regex::Regex;
use serde::Deserialize;

use crate::{
    check::{
        rule::Scope,
        rules::{RULES, SELF_BLAME},
        wording::subject::Subject,
    },
    model::{Kinds, SectionKind},
    pattern::{self, Many, Place},
};

/// Past participles, as far as their form is not `…ed`; written `{participle}` in a pattern.
const PARTICIPLE: &str = r"(?:\w+ed|been|had|done|made|taken|seen|known|caught|gone|come|got|gotten|given|found|kept|left|run|set|put|cut|hit|let|thought|told|written|chosen|begun|brought|built|led|read|sent|shown|spent|understood|broken|held|paid|meant|felt|heard|learnt|split|shut)";

/// The file of a rule.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(rename = "phrase")]
    pub(super) phrases: Vec<Source>,
}

/// One phrase as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Source {
    /// What it is called where a test speaks of it.
    #[cfg_attr(not(test), expect(dead_code, reason = "only tests speak of single phrases"))]
    pub(super) name: String,
    /// Parts of words, in lower case, one of which is in every sentence that the pattern fits.
    pub(super) stems: Vec<String>,
    /// What is looked for, in lower case; group `v`, if there is one, is what is underlined and whose subject is asked for.
    pattern: String,
    /// Who it must be about; empty for anybody and anything.
    #[serde(default)]
    subjects: Vec<Subject>,
    /// A sentence that fits one of these is not meant.
    #[serde(default)]
    unless: Vec<String>,
    /// The kinds of sections in which it counts; `other` is a section without a known name. Empty for all.
    #[serde(default)]
    pub(super) sections: Vec<String>,
    /// The kinds of sections in which it does not count.
    #[serde(default)]
    pub(super) not_sections: Vec<String>,
    /// The next step for the writer.
    help: String,
    /// What the sentence could read instead, with `{deed}` for the base form of group `deed`, `{rest}` for what
    /// follows in the clause, `{phrase}` for the phrase.
    instead: Option<String>,
}

/// One phrase of a rule.
pub(super) struct Phrase {
    rule: &'static str,
    source: Source,
    sections: Places,
    not_sections: Places,
    /// Compiled when a text first has one of its stems: few archives hold them all.
    pattern: OnceLock<Option<Regex>>,
    /// Compiled when a sentence first fits the pattern.
    unless: OnceLock<Option<Vec<Regex>>>,
}

/// Where a phrase stands in a sentence.
pub(super) struct Found {
    /// What is underlined, and whose subject is asked for.
    pub(super) phrase: Range<usize>,
    /// The verb in it.
    pub(super) deed: Option<Range<usize>>,
    /// Where what follows begins.
    pub(super) end: usize,
}

/// Kinds of sections.
#[derive(Default)]
struct Places {
    kinds: Kinds,
    /// True when a section without a known name is one of them.
    unnamed: bool,
}

impl Places {
    /// Those of these names; a name that is none of a kind stands for sections without a known name.
    fn new(names: &[String]) -> Self {
        let kinds = || names.iter().map(|name| SectionKind::from_words(name));
        Self { kinds: kinds().flatten().collect(), unnamed: kinds().any(|kind| kind.is_none()) }
    }

    fn is_empty(&self) -> bool {
        self.kinds.is_empty() && !self.unnamed
    }

    fn hold(&self, section: Kinds) -> bool {
        self.kinds.overlaps(section) || self.unnamed && section.is_empty()
    }
}

impl Phrase {
    fn new(rule: &'static str, source: Source) -> Self {
        let (sections, not_sections) = (Places::new(&source.sections), Places::new(&source.not_sections));
        Self { rule, source, sections, not_sections, pattern: OnceLock::new(), unless: OnceLock::new() }
    }

    /// The next step for the writer.
    pub(super) fn help(&self) -> &str {
        &self.source.help
    }

    /// What the sentence could read instead.
    pub(super) fn instead(&self) -> Option<&str> {
        self.source.instead.as_deref()
    }

    /// True when it counts in a section of these kinds.
    pub(super) fn counts_in(&self, section: Kinds) -> bool {
        (self.sections.is_empty() || self.sections.hold(section)) && !self.not_sections.hold(section)
    }

    /// Where the phrase stands in a sentence in lower case.
    pub(super) fn find(&self, sentence: &str) -> Option<Found> {
        let pattern = self.pattern.get_or_init(|| self.source.pattern()).as_ref()?;
        if !pattern.is_match(sentence) {
            return None;
        }
        let unless = self.unless.get_or_init(|| self.source.unless()).as_ref()?;
        if unless.iter().any(|unless| unless.is_match(sentence)) {
            return None;
        }
        let found = pattern.captures(sentence)?;
        let phrase = found.name("v").or_else(|| found.get(0))?.range();
        let deed = found.name("deed").map(|deed| deed.range());
        let end = found.get(0)?.end();
        Some(Found { phrase, deed, end })
    }

    /// The rule that reports the phrase when it is about `subject` (none: the verb is passive). What the writers say
    /// about themselves is milder than what they say about somebody, and is a rule of its own.
    pub(super) fn rule_for(&self, subject: Option<Subject>) -> Option<&'static str> {
        let subjects = &self.source.subjects;
        if !subjects.is_empty() && !subject.is_some_and(|subject| subjects.contains(&subject)) {
            return None;
        }
        let is_us = subject.is_some_and(Subject::is_us) && subjects.contains(&Subject::First);
        Some(if is_us { SELF_BLAME.name } else { self.rule })
    }
}

impl Source {
    /// What is looked for; none when it is no expression.
    fn pattern(&self) -> Option<Regex> {
        compile(&self.pattern)
    }

    /// What a sentence that is meant does not fit; none when one of them is no expression.
    fn unless(&self) -> Option<Vec<Regex>> {
        self.unless.iter().map(|words| compile(words)).collect()
    }

    #[cfg(test)]
    pub(super) fn compiles(&self) -> bool {
        self.pattern().is_some() && self.unless().is_some()
    }

    /// True when nothing that it looks for is in capitals, names of classes and groups apart.
    #[cfg(test)]
    pub(super) fn is_lower(&self) -> bool {
        let class = pattern::ascii(r"\\[A-Z]|\(\?P").unwrap();
        let mut all = self.unless.iter().chain([&self.pattern]);
        all.all(|words| !class.replace_all(words, "").contains(|letter: char| letter.is_ascii_uppercase()))
    }
}

/// An expression for text in lower case: one for both cases takes twice as long to compile, and to find
/// nothing.
fn compile(words: &str) -> Option<Regex> {
    pattern::ascii(&words.replace("{participle}", PARTICIPLE))
}

/// All phrases of all rules, in the order in which they are tried.
pub(super) struct Table {
    phrases: Vec<Phrase>,
    stems: Many,
    /// For each stem the phrase that it belongs to.
    owners: Vec<usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

impl Table {
    /// The table; made on first use.
    pub(super) fn get() -> &'static Self {
        &TABLE
    }

    fn new() -> Self {
        let mut phrases = Vec::new();
        let mut stems = Vec::new();
        let mut owners = Vec::new();
        for rule in RULES {
            let Scope::Wording { phrases: text, .. } = rule.scope else { continue };
            for source in toml::from_str::<File>(text).map(|file| file.phrases).unwrap_or_default() {
                owners.extend(source.stems.iter().map(|_| phrases.len()));
                stems.extend(source.stems.iter().cloned());
                phrases.push(Phrase::new(rule.name, source));
            }
        }
        Self { phrases, stems: Many::new(&stems), owners }
    }

    /// Every place of a text in lower case at which a stem begins, in the order of the text.
    pub(super) fn stems(&self, text: &str) -> Vec<Stem<'_>> {
        let stem = |found: Place| {
            let number = *self.owners.get(found.number)?;
            Some(Stem { at: found.start, number, phrase: self.phrases.get(number)? })
        };
        let mut found: Vec<Stem<'_>> = self.stems.places(text).filter_map(stem).collect();
        found.sort_unstable_by_key(|stem| stem.at);
        found
    }
}

/// A place at which a phrase may stand.
pub(super) struct Stem<'t> {
    /// Where in the text.
    pub(super) at: usize,
    /// The number of the phrase in the table, in which order phrases are tried.
    pub(super) number: usize,
    /// The phrase.
    pub(super) phrase: &'t Phrase,
}
