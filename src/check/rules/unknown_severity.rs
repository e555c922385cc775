//! A severity that is not in the list of severities.

use crate::{
    check::{
        names::Table,
        rule::{Group, Rule, Scope, Stage},
    },
    diagnostic::Level,
};

pub(super) const RULE: Rule = Rule {
    name: "unknown-severity",
    group: Group::Data,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "The severity is not in the configuration",
    docs: include_str!("unknown_severity.md"),
    scope: Scope::Document(|document, findings| {
        Table::Severity.report_unknown(RULE.name, document, findings);
    }),
};
