//! A cause that explains nothing.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(in crate::check) const RULE: Rule = Rule {
    name: "vague-cause",
    group: Group::Data,
    default_level: Level::Info,
    stage: Stage::AfterDraft,
    summary: "A cause is named without a mechanism",
    docs: include_str!("vague_cause.md"),
    scope: Scope::Wording {
        phrases: include_str!("vague_cause.toml"),
        message: "{} says that there is a cause, not which, so that nothing can be done about it",
    },
};
