//! A heading with nothing below it.

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage, first_line},
    diagnostic::{Finding, Level},
    model::SectionForm,
};

pub(super) const RULE: Rule = Rule {
    name: "empty-section",
    group: Group::Structure,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "A heading has nothing below it",
    docs: include_str!("empty_section.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let sections = &document.postmortem.sections;
    for section in
        sections.iter().filter(|section| section.is_empty && matches!(section.form, SectionForm::Heading(_)))
    {
        // An empty parent is reported once, by the innermost of its empty headings.
        let has_child = sections
            .iter()
            .any(|other| other.heading.start > section.heading.start && section.body.contains(other.heading));
        let is_title = section.heading.overlaps(document.postmortem.title.span);
        // `## Owner: storefront` says all that it has to say.
        let is_label = section.title.split_once(':').is_some_and(|(_, value)| !value.trim().is_empty());
        let is_asked_for = document.prompts.has_one(document.text(section.body));
        // A screenshot says something.
        let is_shown = document.postmortem.links.iter().any(|link| {
            link.is_image && section.body.start <= link.span.start && link.span.end <= section.body.end
        });
        if has_child || is_title || is_label || is_asked_for || is_shown {
            continue;
        }
        let (message, help) = if section.title.is_empty() {
            ("this heading has no words".to_owned(), "write what the section is about, or remove the `#`")
        } else {
            let help = "write what is known, write `None.` when that is the answer, or remove the heading";
            (format!("nothing stands under `{}`", section.title), help)
        };
        findings
            .push(Finding::new(RULE.name, first_line(document.source, section.heading), message).help(help));
    }
}
