//! Something wrong in `book.toml`, or in the templates and the theme of the site.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(super) const RULE: Rule = Rule {
    name: "invalid-configuration",
    group: Group::Configuration,
    default_level: Level::Error,
    stage: Stage::Always,
    summary: "A key or value of book.toml, or a template of the site, is wrong",
    docs: include_str!("invalid_configuration.md"),
    scope: Scope::Reading,
};
