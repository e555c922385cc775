//! A name in the analysis.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(in crate::check) const RULE: Rule = Rule {
    name: "named-individual",
    group: Group::Blameless,
    default_level: Level::Info,
    stage: Stage::AfterDraft,
    summary: "The analysis names a person",
    docs: include_str!("named_individual.md"),
    scope: Scope::Wording {
        phrases: include_str!("named_individual.toml"),
        message: "{} is a person, and readers take who is named in the analysis for the cause",
    },
};
