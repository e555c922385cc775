//! The prompts of the templates: the texts in `_…_` that ask an author for something.
//!
//! They are read out of the templates themselves, those of the site included, so that none is forgotten here.

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

static BUILT_IN: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(prompts(TEMPLATES)).ok());

/// The prompts of more than one word, with their marks.
fn prompts<'t>(templates: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    let mut prompts: Vec<String> = templates
        .into_iter()
        .flat_map(str::lines)
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

/// The prompts of the built-in templates and of the site's own.
#[derive(Debug, Default)]
pub(super) struct Prompts {
    own: Option<AhoCorasick>,
}

impl Prompts {
    /// With the prompts of these templates.
    pub(super) fn new(own: &[&str]) -> Self {
        let own = prompts(own.iter().copied());
        Self { own: if own.is_empty() { None } else { AhoCorasick::new(own).ok() } }
    }

    fn all(&self) -> impl Iterator<Item = &AhoCorasick> {
        BUILT_IN.iter().chain(&self.own)
    }

    /// Where prompts stand in a text.
    pub(super) fn find(&self, text: &str) -> Vec<Span> {
        let found = self.all().flat_map(|prompts| prompts.find_iter(text));
        let mut places: Vec<Span> = found.map(|found| Span::from(found.range())).collect();
        places.sort();
        places.dedup();
        places
    }

    /// True for a text with a prompt in it.
    pub(super) fn has_one(&self, text: &str) -> bool {
        self.all().any(|prompts| prompts.is_match(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_gives_prompts_that_are_sentences_or_phrases() {
        let prompts = prompts(TEMPLATES);
        assert!(prompts.len() >= 30, "{prompts:#?}");
        assert!(prompts.contains(&"_What will be different when this is done_".to_owned()));
        assert!(prompts.iter().all(|prompt| prompt.len() > 8), "{prompts:#?}");
    }

    #[test]
    fn the_prompts_of_the_site_are_known_beside_the_built_in_ones() {
        let own = Prompts::new(&["# _Name it_\n\nid = \"_not this one_\"\n"]);
        let text = "_Name it_ and _What happened first_";
        assert_eq!(own.find(text), [Span::new(0, 9), Span::new(14, 35)]);
        assert_eq!(Prompts::default().find(text), [Span::new(14, 35)]);
    }
}
