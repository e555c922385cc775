//! A severity that is not in the list of severities.

use crate::{
    check::{
        names::report_unknown,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "unknown-severity",
    group: Group::Data,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "The severity is not in the configuration",
    docs: include_str!("unknown_severity.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let config = document.config;
    if !config.states_severities() {
        return;
    }
    let known: Vec<&str> = config.severities.iter().map(|severity| severity.id.as_str()).collect();
    let stated = document.postmortem.severity.as_slice();
    report_unknown(RULE.name, "severity", &known, stated, |name| config.severity(name).is_some(), findings);
}
