//! A status in the words of another tool or team.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(super) const RULE: Rule = Rule {
    name: "unknown-status",
    group: Group::Data,
    default_level: Level::Info,
    stage: Stage::Always,
    summary: "The status is not one that is known",
    docs: include_str!("unknown_status.md"),
    scope: Scope::Reading,
};
