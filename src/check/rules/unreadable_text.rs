//! A file whose text cannot be read, or not all of it.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(super) const RULE: Rule = Rule {
    name: "unreadable-text",
    group: Group::Structure,
    default_level: Level::Error,
    stage: Stage::Always,
    summary: "The text of the file cannot be read",
    docs: include_str!("unreadable_text.md"),
    scope: Scope::Reading,
};
