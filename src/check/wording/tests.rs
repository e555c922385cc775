//! The phrases, held against sentences.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{Hit, hits, phrase};
use crate::{
    check::{prose::Prose, rule::Scope, rules::RULES},
    model::{SectionKind, fixture},
    source::{SourceFile, Span},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sentence: Vec<Sentence>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    text: String,
    section: String,
    rules: BTreeSet<String>,
    /// What is proposed instead, where the sentence gives the parts.
    instead: Option<String>,
}

/// What is found in a text in a section of a kind.
fn hits_in(text: &str, section: Option<SectionKind>) -> Vec<Hit> {
    let mut postmortem = fixture::postmortem("a", "");
    postmortem.body = Span::new(0, text.len());
    let source = SourceFile::new("a.md", text);
    hits(&Prose::of(&postmortem, &source).in_section(section.into_iter().collect()), &source)
}

fn rules_in(text: &str, section: Option<SectionKind>) -> BTreeSet<String> {
    hits_in(text, section).into_iter().map(|hit| hit.rule.to_owned()).collect()
}

#[test]
fn each_sentence_is_reported_by_its_rules_and_no_other() {
    let file: File = toml::from_str(include_str!("sentences.toml")).unwrap();
    let mut wrong = Vec::new();
    for sentence in &file.sentence {
        let hits = hits_in(&sentence.text, SectionKind::from_words(&sentence.section));
        let instead = hits.iter().find_map(|hit| Some(hit.help.split_once("for instance `")?.1));
        let instead = instead.map(|text| text.trim_end_matches('`').to_owned());
        let found: BTreeSet<String> = hits.iter().map(|hit| hit.rule.to_owned()).collect();
        if (&found, &instead) != (&sentence.rules, &sentence.instead) {
            wrong.push(format!(
                "{}\n    expected {:?} {:?}\n    found    {found:?} {instead:?}",
                sentence.text, sentence.rules, sentence.instead
            ));
        }
    }
    assert!(file.sentence.len() > 90 && wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_phrase_compiles_and_its_sections_exist() {
    for rule in RULES {
        let Scope::Wording { phrases, message } = rule.scope else { continue };
        assert!(message.contains("{}"), "{}", rule.name);
        let file: phrase::File =
            toml::from_str(phrases).unwrap_or_else(|error| panic!("{}: {error}", rule.name));
        for source in file.phrases {
            let name = format!("{}/{}", rule.name, source.name);
            assert!(!source.stems.is_empty(), "{name} has no stems");
            for stem in &source.stems {
                assert_eq!(*stem, stem.to_lowercase(), "{name}");
            }
            for section in source.sections.iter().chain(&source.not_sections) {
                assert!(
                    section == "other" || SectionKind::from_words(section).is_some(),
                    "{name}: {section}"
                );
            }
            assert!(source.compiles() && source.is_lower(), "{name}");
        }
    }
}

#[test]
fn quotations_transcripts_and_code_are_not_the_writers_voice() {
    let cause = Some(SectionKind::RootCause);
    for text in [
        "> The engineer failed to notice.",
        "The log says \"the engineer failed to notice\".",
        "10.12 RK: the engineer failed to notice",
        "[13:02] kim: the engineer failed to notice [13:03] lee: yes",
        "`the engineer failed to notice`",
        "    the engineer failed to notice",
        "# The engineer failed to notice",
    ] {
        assert_eq!(rules_in(text, cause), BTreeSet::new(), "{text}");
    }
    assert_eq!(rules_in("The engineer failed to notice.", cause).len(), 1);
}

#[test]
fn the_phrase_is_what_is_underlined() {
    let text = "`x`: the *on-call* engineer mistakenly deleted it.";
    let found = hits_in(text, None);
    let spans: Vec<_> = found.iter().filter_map(|hit| text.get(hit.span.start..hit.span.end)).collect();
    assert_eq!(spans, ["mistakenly"]);
}
