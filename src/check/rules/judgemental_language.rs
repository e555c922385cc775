//! Words that judge.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(in crate::check) const RULE: Rule = Rule {
    name: "judgemental-language",
    group: Group::Blameless,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "A word judges people or their decisions",
    docs: include_str!("judgemental_language.md"),
    scope: Scope::Wording {
        phrases: include_str!("judgemental_language.toml"),
        message: "{} judges, and who expects a judgement tells less next time",
    },
};
