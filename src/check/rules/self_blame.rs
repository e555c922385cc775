//! The writers' reproach to themselves.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(in crate::check) const RULE: Rule = Rule {
    name: "self-blame",
    group: Group::Blameless,
    default_level: Level::Info,
    stage: Stage::AfterDraft,
    summary: "The writers blame themselves",
    docs: include_str!("self_blame.md"),
    scope: Scope::Wording {
        phrases: include_str!("self_blame.toml"),
        message: "{} is a reproach to ourselves, and takes the place of what made it reasonable then",
    },
};
