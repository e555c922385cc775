//! Something wrong in `book.toml`.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(super) const RULE: Rule = Rule {
    name: "invalid-configuration",
    group: Group::Configuration,
    default_level: Level::Error,
    stage: Stage::Always,
    summary: "A key or value of book.toml is wrong",
    docs: include_str!("invalid_configuration.md"),
    scope: Scope::Reading,
};
