//! A prompt of a template that nobody answered.
//!
//! The prompts are read out of the templates themselves, where they are the texts in `_…_`, so that none is forgotten
//! here.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage},
    diagnostic::{Finding, Level},
    source::Span,
};

pub(super) const RULE: Rule = Rule {
    name: "template-prompt-left",
    group: Group::Structure,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "A prompt of the template is still there",
    docs: include_str!("template_prompt_left.md"),
    scope: Scope::Document(check),
};

const TEMPLATES: [&str; 6] = [
    include_str!("../../../templates/new/afterword.md"),
    include_str!("../../../templates/new/coe.md"),
    include_str!("../../../templates/new/five-whys.md"),
    include_str!("../../../templates/new/google-sre.md"),
    include_str!("../../../templates/new/howie.md"),
    include_str!("../../../templates/new/pagerduty.md"),
];

static PROMPTS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(prompts()).ok());

/// The prompts of more than one word, with their marks.
fn prompts() -> Vec<String> {
    let mut prompts: Vec<String> = TEMPLATES
        .iter()
        .flat_map(|template| template.lines())
        .filter_map(|line| {
            let start = line.find('_')?;
            let end = line.rfind('_').filter(|end| *end > start)?;
            let prompt = line.get(start..=end)?;
            let is_prompt = prompt.contains(' ') && !prompt.contains("{{");
            let is_one = prompt.matches('_').count() == 2;
            (is_prompt && is_one && !line.contains(" = ")).then(|| prompt.to_owned())
        })
        .collect();
    prompts.sort();
    prompts.dedup();
    prompts
}

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let Some(prompts) = PROMPTS.as_ref() else { return };
    let body = document.postmortem.body;
    for found in prompts.find_iter(document.text(body)) {
        let span = Span::new(found.start(), found.end()).shift(body.start);
        let text = document.text(span).trim_matches('_');
        findings.push(
            Finding::new(RULE.name, span, format!("`{text}` is a prompt of the template"))
                .help("replace it with the answer, or delete the line"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_gives_prompts_that_are_sentences_or_phrases() {
        let prompts = prompts();
        assert!(prompts.len() >= 30, "{prompts:#?}");
        assert!(prompts.contains(&"_What will be different when this is done_".to_owned()));
        assert!(prompts.iter().all(|prompt| prompt.len() > 8), "{prompts:#?}");
    }
}
