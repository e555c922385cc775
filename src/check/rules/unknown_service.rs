//! A service that is not in the list of services.

use crate::{
    check::{
        names::report_unknown,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "unknown-service",
    group: Group::Data,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "A service is not in the configuration",
    docs: include_str!("unknown_service.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let config = document.config;
    let known: Vec<&str> = config.services.iter().map(|service| service.id.as_str()).collect();
    let stated = &document.postmortem.services;
    report_unknown(RULE.name, "service", &known, stated, |name| config.service(name).is_some(), findings);
}
