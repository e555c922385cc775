//! A name in `[check]` that is no rule.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(in crate::check) const RULE: Rule = Rule {
    name: "unknown-rule",
    group: Group::Configuration,
    default_level: Level::Error,
    stage: Stage::Always,
    summary: "The configuration names a rule that does not exist",
    docs: include_str!("unknown_rule.md"),
    scope: Scope::Engine,
};
