//! A document that has learned from what failed only.

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage},
    diagnostic::{Finding, Level},
    model::SectionKind,
};

pub(super) const RULE: Rule = Rule {
    name: "no-went-well",
    group: Group::Structure,
    default_level: Level::Allow,
    stage: Stage::WhenFinished,
    summary: "Nothing says what went well, what went badly or where luck helped",
    docs: include_str!("no_went_well.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    use SectionKind::{GotLucky, Lessons, WentWell, WentWrong};
    let postmortem = document.postmortem;
    if postmortem.sections.is_empty()
        || [WentWell, WentWrong, GotLucky, Lessons].into_iter().any(|kind| postmortem.section(kind).is_some())
    {
        return;
    }
    findings.push(
        Finding::new(
            RULE.name,
            document.head(),
            "nothing says what went well, what went badly or where luck helped",
        )
        .help("add a part `What went well`: what helped this time is worth keeping"),
    );
}
