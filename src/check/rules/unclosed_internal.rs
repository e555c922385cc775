//! A mark of a private part without its counterpart.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(super) const RULE: Rule = Rule {
    name: "unclosed-internal",
    group: Group::Publish,
    default_level: Level::Error,
    stage: Stage::Always,
    summary: "A private part has a beginning without an end, or an end without a beginning",
    docs: include_str!("unclosed_internal.md"),
    scope: Scope::Reading,
};
