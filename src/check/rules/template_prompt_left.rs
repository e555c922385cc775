//! A prompt of a template that nobody answered.

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage},
    diagnostic::{Finding, Level},
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

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let body = document.postmortem.body;
    for found in document.prompts.find(document.text(body)) {
        let span = found.shift(body.start);
        let text = document.text(span).trim_matches('_');
        findings.push(
            Finding::new(RULE.name, span, format!("`{text}` is a prompt of the template"))
                .help("replace it with the answer, or delete the line"),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::Case;

    #[test]
    fn a_prompt_of_the_sites_own_template_is_one_too() {
        let case = Case::default().template("# {{ title }}\n\n## Weather\n\n_How did the sky look?_\n");
        let found: Vec<String> = case
            .check("# Checkout latency\n\n## Weather\n\n_How did the sky look?_\n")
            .into_iter()
            .filter(|found| found.contains("template-prompt-left"))
            .collect();
        assert_eq!(
            found,
            ["5:1: warning[template-prompt-left]: `How did the sky look?` is a prompt of the template"]
        );
    }
}
