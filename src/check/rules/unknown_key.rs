//! A key of the front matter that means nothing to Afterword.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(super) const RULE: Rule = Rule {
    name: "unknown-key",
    group: Group::Structure,
    default_level: Level::Info,
    stage: Stage::Always,
    summary: "A key of the front matter is not known",
    docs: include_str!("unknown_key.md"),
    scope: Scope::Reading,
};
