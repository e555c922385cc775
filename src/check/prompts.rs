//! The prompts of the templates: the texts in `_…_` that ask an author for something.
//!
//! They are read out of the templates themselves, so that none is forgotten here.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::source::Span;

/// The templates that are in the binary; the one for a document that does not say comes first.
pub(super) const TEMPLATES: [&str; 6] = [
    include_str!("../../templates/new/afterword.md"),
    include_str!("../../templates/new/google-sre.md"),
    include_str!("../../templates/new/pagerduty.md"),
    include_str!("../../templates/new/five-whys.md"),
    include_str!("../../templates/new/coe.md"),
    include_str!("../../templates/new/howie.md"),
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

/// Where prompts stand in a text.
pub(super) fn find(text: &str) -> Vec<Span> {
    let prompts = PROMPTS.as_ref();
    prompts
        .into_iter()
        .flat_map(|prompts| prompts.find_iter(text))
        .map(|found| Span::from(found.range()))
        .collect()
}

/// True for a text with a prompt in it.
pub(super) fn has_one(text: &str) -> bool {
    PROMPTS.as_ref().is_some_and(|prompts| prompts.is_match(text))
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
