//! An override that fits no document.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(in crate::check) const RULE: Rule = Rule {
    name: "unused-override",
    group: Group::Configuration,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "An override of the configuration fits no document",
    docs: include_str!("unused_override.md"),
    scope: Scope::Engine,
};
