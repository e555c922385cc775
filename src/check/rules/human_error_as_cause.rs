//! A label in the place of the cause.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(in crate::check) const RULE: Rule = Rule {
    name: "human-error-as-cause",
    group: Group::Blameless,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "A sentence stops at human error",
    docs: include_str!("human_error_as_cause.md"),
    scope: Scope::Wording {
        phrases: include_str!("human_error_as_cause.toml"),
        message: "{} ends the search for causes where it could begin",
    },
};
