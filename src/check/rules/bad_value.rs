//! A value of the front matter that means nothing.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(super) const RULE: Rule = Rule {
    name: "bad-value",
    group: Group::Structure,
    default_level: Level::Error,
    stage: Stage::Always,
    summary: "A value of the front matter is not one that its key can have",
    docs: include_str!("bad_value.md"),
    scope: Scope::Reading,
};
