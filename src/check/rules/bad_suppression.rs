//! A suppression that is unknown, reasonless or without effect.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(in crate::check) const RULE: Rule = Rule {
    name: "bad-suppression",
    group: Group::Configuration,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "A suppression has no effect or gives no reason",
    docs: include_str!("bad_suppression.md"),
    scope: Scope::Engine,
};
