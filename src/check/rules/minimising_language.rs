//! Words that make work look smaller than it was.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(super) const RULE: Rule = Rule {
    name: "minimising-language",
    group: Group::Blameless,
    default_level: Level::Allow,
    stage: Stage::AfterDraft,
    summary: "A phrase makes it sound as if it had been easy",
    docs: include_str!("minimising_language.md"),
    scope: Scope::Wording {
        phrases: include_str!("minimising_language.toml"),
        message: "{} makes it sound easy, which it was not for those who were there",
    },
};
