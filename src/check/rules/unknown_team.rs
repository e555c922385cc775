//! A team that is not in the list of teams.

use crate::{
    check::{
        names::report_unknown,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "unknown-team",
    group: Group::Data,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "A team is not in the configuration",
    docs: include_str!("unknown_team.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let config = document.config;
    let known: Vec<&str> = config.teams.iter().map(|team| team.id.as_str()).collect();
    let stated = &document.postmortem.teams;
    report_unknown(RULE.name, "team", &known, stated, |name| config.team(name).is_some(), findings);
}
