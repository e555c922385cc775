//! A file with nothing in it.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(super) const RULE: Rule = Rule {
    name: "empty-document",
    group: Group::Structure,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "The document is empty",
    docs: include_str!("empty_document.md"),
    scope: Scope::Reading,
};
