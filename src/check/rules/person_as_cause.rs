//! A person in the place of the cause.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(in crate::check) const RULE: Rule = Rule {
    name: "person-as-cause",
    group: Group::Blameless,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "A sentence makes a person the cause",
    docs: include_str!("person_as_cause.md"),
    scope: Scope::Wording {
        phrases: include_str!("person_as_cause.toml"),
        message: "{} makes a person the cause, while the next person has the same tools",
    },
};
