//! Front matter that is not TOML or YAML.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(super) const RULE: Rule = Rule {
    name: "invalid-front-matter",
    group: Group::Structure,
    default_level: Level::Error,
    stage: Stage::Always,
    summary: "The front matter cannot be read",
    docs: include_str!("invalid_front_matter.md"),
    scope: Scope::Reading,
};
