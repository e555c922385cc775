//! A part that every postmortem of the site must have, and this one has not.

use crate::{
    check::{
        fixes,
        prose::Form,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Aspect, Finding, Fix, Level},
    model::SectionKind,
};

pub(super) const RULE: Rule = Rule {
    name: "missing-section",
    group: Group::Structure,
    default_level: Level::Warning,
    stage: Stage::WhenFinished,
    summary: "A required part of the document is missing",
    docs: include_str!("missing_section.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    if document.text(document.postmortem.body).trim().is_empty() && document.postmortem.front_matter.is_none()
    {
        return;
    }
    let required = document.config.required_sections();
    let missing: Vec<SectionKind> = required.iter().copied().filter(|kind| !has(document, *kind)).collect();
    if missing.is_empty() {
        return;
    }
    let list = missing.iter().map(|kind| kind.words()).collect::<Vec<_>>().join("`, `");
    let parts = if missing.len() == 1 { "part" } else { "parts" };
    findings.push(
        Finding::new(
            RULE.name,
            document.head(),
            format!("this document lacks the required {parts} `{list}`"),
        )
        .help(
            "add a heading of that name with text below it; `[sections]` in book.toml says what is required",
        )
        .fix(inserted(document, &missing, &required)),
    );
}

/// The parts with the prompts of the templates, at their places.
fn inserted(document: &Document<'_>, missing: &[SectionKind], required: &[SectionKind]) -> Option<Fix> {
    let edits = fixes::insert_sections(document, missing, required)?;
    let list = missing.iter().map(|kind| kind.words()).collect::<Vec<_>>().join("`, `");
    let fix = Fix::needs_review(
        format!("insert `{list}` from the template, to be filled in"),
        edits,
        &[Aspect::Sections, Aspect::Events, Aspect::Actions],
    );
    Some(fix.leaving(&["template-prompt-left", "placeholder-text"]))
}

/// True when the part is there under a name of its own, as facts, or as what amounts to it.
fn has(document: &Document<'_>, kind: SectionKind) -> bool {
    let postmortem = document.postmortem;
    let under = |kinds: &[SectionKind]| {
        kinds.iter().any(|kind| postmortem.section(*kind).is_some() || is_asked_for(document, *kind))
    };
    let cause = &postmortem.root_cause;
    match kind {
        SectionKind::Summary => under(&[kind]) || has_opening(document),
        SectionKind::Impact => under(&[kind]) || !postmortem.impact.is_empty(),
        SectionKind::Timeline => under(&[kind]) || !postmortem.timeline.is_empty(),
        SectionKind::Trigger => under(&[kind]) || cause.trigger.is_some(),
        SectionKind::RootCause => {
            under(&[kind, SectionKind::ContributingFactors, SectionKind::FiveWhys, SectionKind::Trigger])
                || cause.summary.is_some()
        }
        SectionKind::FiveWhys => under(&[kind]) || !cause.why.is_empty(),
        SectionKind::ContributingFactors => under(&[kind]) || !postmortem.factors.is_empty(),
        SectionKind::ActionItems => under(&[kind]) || !postmortem.actions.is_empty(),
        _ => under(&[kind]),
    }
}

/// True when a prompt of the template stands under the heading: that asks for the part already.
fn is_asked_for(document: &Document<'_>, kind: SectionKind) -> bool {
    let mut parts = document.postmortem.sections.iter().filter(|section| section.is(kind));
    parts.any(|section| document.prompts.has_one(document.text(section.body)))
}

/// A paragraph before the first part with a known name sums up, whatever it is called.
fn has_opening(document: &Document<'_>) -> bool {
    let sections = &document.postmortem.sections;
    let first =
        sections.iter().filter(|section| section.is_known()).map(|section| section.heading.start).min();
    let body = document.postmortem.body.start;
    document.prose().pieces().any(|piece| {
        piece.form == Form::Paragraph
            && piece.span.start >= body
            && first.is_none_or(|first| piece.span.end <= first)
            && piece.text.split_whitespace().nth(7).is_some()
    })
}
