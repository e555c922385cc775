//! A contributing factor that is not in the taxonomy.

use crate::{
    check::{
        names::Table,
        rule::{Group, Rule, Scope, Stage},
    },
    diagnostic::Level,
};

pub(super) const RULE: Rule = Rule {
    name: "unknown-factor",
    group: Group::Data,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "A contributing factor is not in the configuration",
    docs: include_str!("unknown_factor.md"),
    scope: Scope::Document(|document, findings| {
        Table::Factor.report_unknown(RULE.name, document, findings);
    }),
};
