//! Two documents with one id.

use crate::{
    check::rule::{Findings, Group, Rule, Scope, Stage, Whole},
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "duplicate-id",
    group: Group::Archive,
    default_level: Level::Error,
    stage: Stage::Always,
    summary: "Two documents state the same id",
    docs: include_str!("duplicate_id.md"),
    scope: Scope::Archive(check),
};

fn check(whole: &Whole<'_>, findings: &mut Findings) {
    for clash in whole.archive.clashes() {
        let finding = Finding::new(
            RULE.name,
            clash.span,
            format!("the id `{}` belongs to `{}` already", clash.id, clash.kept_by),
        )
        .help(format!("give this document another id; until then it is found as `{}`", clash.replaced_by));
        findings.entry(clash.path.clone()).or_default().push(finding);
    }
}
