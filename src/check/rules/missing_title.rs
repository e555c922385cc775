//! A document without a title.

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage},
    diagnostic::{Finding, Level},
    model::Origin,
    source::Span,
};

pub(super) const RULE: Rule = Rule {
    name: "missing-title",
    group: Group::Structure,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "The document has no title",
    docs: include_str!("missing_title.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let title = &document.postmortem.title;
    let is_empty = document.text(document.postmortem.body).trim().is_empty();
    if !matches!(title.origin, Origin::FileName | Origin::Inferred) || is_empty {
        return;
    }
    let at = Span::empty(document.postmortem.body.start);
    findings.push(
        Finding::new(
            RULE.name,
            at,
            format!("this document has no title, so its file name stands for one: `{}`", title.value),
        )
        .help("begin the text with `# What happened, in a few words`, or set `title` in the front matter"),
    );
}
