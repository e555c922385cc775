//! What somebody is said to have left out.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(in crate::check) const RULE: Rule = Rule {
    name: "omission-by-person",
    group: Group::Blameless,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "A sentence says that somebody failed, forgot or overlooked",
    docs: include_str!("omission_by_person.md"),
    scope: Scope::Wording {
        phrases: include_str!("omission_by_person.toml"),
        message: "{} says what a person did not do, and hides what they saw and did instead",
    },
};
