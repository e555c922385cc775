//! A chain of whys that stops where somebody stands.

use crate::{
    check::{
        prose::Form,
        rule::{Document, Group, Rule, Scope, Stage},
        wording,
    },
    diagnostic::{Finding, Level},
    model::SectionKind,
};

pub(super) const RULE: Rule = Rule {
    name: "whys-end-at-person",
    group: Group::Blameless,
    default_level: Level::Info,
    stage: Stage::AfterDraft,
    summary: "The last answer of the five whys is about a person",
    docs: include_str!("whys_end_at_person.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let mut answers = document.prose().pieces().filter(|piece| {
        piece.section.contains(SectionKind::FiveWhys)
            && matches!(piece.form, Form::Item | Form::Paragraph | Form::Cell)
    });
    let Some(last) = answers.rfind(|piece| !piece.text.trim_end().ends_with('?')) else {
        return;
    };
    // The question may stand before its answer.
    let answer = last.text.rsplit("? ").next().unwrap_or_default();
    if !wording::is_about_a_person(answer) {
        return;
    }
    findings.push(
        Finding::new(
            RULE.name,
            last.locate(0, last.text.len()),
            "the last why ends at a person, where the next question would begin",
        )
        .help("ask once more: what made it the sensible thing to do, and what would have stopped anybody?"),
    );
}
