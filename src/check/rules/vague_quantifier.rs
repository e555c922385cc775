//! Some of something, in a sentence that counts nothing.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(super) const RULE: Rule = Rule {
    name: "vague-quantifier",
    group: Group::Data,
    default_level: Level::Info,
    stage: Stage::AfterDraft,
    summary: "The impact speaks of `some` or `many` and counts nothing",
    docs: include_str!("vague_quantifier.md"),
    scope: Scope::Wording {
        phrases: include_str!("vague_quantifier.toml"),
        message: "{} says that there were some, not how many, so that it cannot be compared",
    },
};
