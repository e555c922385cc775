//! An incident that had one cause only, it seems.

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage, first_line},
    diagnostic::{Finding, Level},
    model::SectionKind,
};

pub(super) const RULE: Rule = Rule {
    name: "single-cause",
    group: Group::Data,
    default_level: Level::Allow,
    stage: Stage::AfterDraft,
    summary: "One cause is given, and nothing that contributed",
    docs: include_str!("single_cause.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    use SectionKind::{ContributingFactors, FiveWhys, RootCause, Trigger};
    let postmortem = document.postmortem;
    let cause = &postmortem.root_cause;
    let has_more =
        [ContributingFactors, FiveWhys, Trigger].into_iter().any(|kind| postmortem.section(kind).is_some())
            || cause.trigger.is_some()
            || !cause.why.is_empty()
            || postmortem.factors.len() > 1;
    if has_more {
        return;
    }
    let section = postmortem.section(RootCause).map(|section| section.heading);
    let Some(at) = section.or_else(|| cause.summary.as_ref().map(|summary| summary.span)) else { return };
    findings.push(
        Finding::new(
            RULE.name,
            first_line(document.source, at),
            "one cause is given, and nothing that triggered it or contributed to it",
        )
        .help("ask what else had to be so: a part `Contributing factors`, or `factors` in the front matter"),
    );
}
