//! A file whose bytes are not UTF-8.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(super) const RULE: Rule = Rule {
    name: "not-utf8",
    group: Group::Structure,
    default_level: Level::Error,
    stage: Stage::Always,
    summary: "The file is not UTF-8 text",
    docs: include_str!("not_utf8.md"),
    scope: Scope::Reading,
};
