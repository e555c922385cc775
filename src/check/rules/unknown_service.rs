//! A service that is not in the list of services.

use crate::{
    check::{
        names::Table,
        rule::{Group, Rule, Scope, Stage},
    },
    diagnostic::Level,
};

pub(super) const RULE: Rule = Rule {
    name: "unknown-service",
    group: Group::Data,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "A service is not in the configuration",
    docs: include_str!("unknown_service.md"),
    scope: Scope::Document(|document, findings| {
        Table::Service.report_unknown(RULE.name, document, findings);
    }),
};
