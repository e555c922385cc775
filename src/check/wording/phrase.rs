//! The phrases of all wording rules, compiled.

use std::{collections::BTreeSet, ops::Range, sync::LazyLock};

use aho_corasick::AhoCorasick;
use regex::{Regex, RegexBuilder};
use serde::Deserialize;

use crate::{
    check::{
        rule::Scope,
        rules::{RULES, SELF_BLAME},
        wording::subject::Subject,
    },
    model::SectionKind,
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
    /// What is looked for; group `v`, if there is one, is what is underlined and whose subject is asked for.
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

/// One phrase, ready to be looked for.
pub(super) struct Phrase {
    rule: &'static str,
    pattern: Regex,
    unless: Vec<Regex>,
    subjects: Vec<Subject>,
    sections: Places,
    not_sections: Places,
    pub(super) help: String,
    pub(super) instead: Option<String>,
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

/// Kinds of sections; none of them is "a section without a known name".
type Places = BTreeSet<Option<SectionKind>>;

impl Phrase {
    fn compile(rule: &'static str, source: Source) -> Option<Self> {
        Some(Self {
            rule,
            pattern: compile(&source.pattern).ok()?,
            unless: source.unless.iter().filter_map(|pattern| compile(pattern).ok()).collect(),
            subjects: source.subjects,
            sections: places(&source.sections),
            not_sections: places(&source.not_sections),
            help: source.help,
            instead: source.instead,
        })
    }

    fn counts_in(&self, section: Option<SectionKind>) -> bool {
        (self.sections.is_empty() || self.sections.contains(&section))
            && !self.not_sections.contains(&section)
    }

    /// Where the phrase stands in a sentence.
    pub(super) fn find(&self, sentence: &str) -> Option<Found> {
        let found = self.pattern.captures(sentence)?;
        let phrase = found.name("v").or_else(|| found.get(0))?.range();
        let deed = found.name("deed").map(|deed| deed.range());
        let end = found.get(0)?.end();
        (!self.unless.iter().any(|unless| unless.is_match(sentence))).then_some(Found { phrase, deed, end })
    }

    /// The rule that reports the phrase when it is about `subject` (none: the verb is passive). What the writers say
    /// about themselves is milder than what they say about somebody, and is a rule of its own.
    pub(super) fn rule_for(&self, subject: Option<Subject>) -> Option<&'static str> {
        if !self.subjects.is_empty() && !subject.is_some_and(|subject| self.subjects.contains(&subject)) {
            return None;
        }
        let is_us = subject.is_some_and(Subject::is_us) && self.subjects.contains(&Subject::First);
        Some(if is_us { SELF_BLAME.name } else { self.rule })
    }
}

fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&pattern.replace("{participle}", PARTICIPLE)).case_insensitive(true).build()
}

#[cfg(test)]
impl Source {
    /// Why a pattern of it cannot be compiled, if one cannot.
    pub(super) fn check(&self) -> Result<(), regex::Error> {
        self.unless.iter().chain([&self.pattern]).try_for_each(|pattern| compile(pattern).map(|_| ()))
    }
}

fn places(names: &[String]) -> Places {
    names.iter().map(|name| SectionKind::from_words(name)).collect()
}

/// All phrases of all rules.
pub(super) struct Table {
    phrases: Vec<Phrase>,
    stems: Option<AhoCorasick>,
    /// For each stem the phrase that it belongs to.
    owners: Vec<usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::compile);

impl Table {
    /// The table; compiled on first use.
    pub(super) fn get() -> &'static Self {
        &TABLE
    }

    fn compile() -> Self {
        let mut phrases = Vec::new();
        let mut stems = Vec::new();
        let mut owners = Vec::new();
        for rule in RULES {
            let Scope::Wording { phrases: text, .. } = rule.scope else { continue };
            for source in toml::from_str::<File>(text).map(|file| file.phrases).unwrap_or_default() {
                let own = source.stems.clone();
                let Some(phrase) = Phrase::compile(rule.name, source) else { continue };
                owners.extend(own.iter().map(|_| phrases.len()));
                stems.extend(own);
                phrases.push(phrase);
            }
        }
        let stems = AhoCorasick::builder().ascii_case_insensitive(true).build(stems).ok();
        Self { phrases, stems, owners }
    }

    /// The phrases that can occur in a text of a section.
    pub(super) fn candidates(&self, text: &str, section: Option<SectionKind>) -> Vec<&Phrase> {
        let Some(stems) = &self.stems else { return Vec::new() };
        let found: BTreeSet<usize> = stems
            .find_overlapping_iter(text)
            .filter_map(|found| self.owners.get(found.pattern().as_usize()).copied())
            .collect();
        found
            .into_iter()
            .filter_map(|at| self.phrases.get(at))
            .filter(|phrase| phrase.counts_in(section))
            .collect()
    }
}
