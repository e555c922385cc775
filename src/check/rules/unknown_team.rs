//! A team that is not in the list of teams.

use crate::{
    check::{
        names::Table,
        rule::{Group, Rule, Scope, Stage},
    },
    diagnostic::Level,
};

pub(super) const RULE: Rule = Rule {
    name: "unknown-team",
    group: Group::Data,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "A team is not in the configuration",
    docs: include_str!("unknown_team.md"),
    scope: Scope::Document(|document, findings| {
        Table::Team.report_unknown(RULE.name, document, findings);
    }),
};
