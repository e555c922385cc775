//! Words with more heat than meaning.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(in crate::check) const RULE: Rule = Rule {
    name: "animated-language",
    group: Group::Blameless,
    default_level: Level::Info,
    stage: Stage::AfterDraft,
    summary: "A phrase has more heat than meaning",
    docs: include_str!("animated_language.md"),
    scope: Scope::Wording {
        phrases: include_str!("animated_language.toml"),
        message: "{} has more heat than meaning, and nothing that can be compared",
    },
};
