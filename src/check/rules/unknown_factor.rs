//! A contributing factor that is not in the taxonomy.

use crate::{
    check::{
        names::report_unknown,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "unknown-factor",
    group: Group::Data,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "A contributing factor is not in the configuration",
    docs: include_str!("unknown_factor.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let config = document.config;
    let known: Vec<&str> = config.factors.iter().map(|factor| factor.id.as_str()).collect();
    let stated = &document.postmortem.factors;
    report_unknown(RULE.name, "factor", &known, stated, |name| config.factor(name).is_some(), findings);
}
