//! Words of fault and punishment.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(in crate::check) const RULE: Rule = Rule {
    name: "blame-vocabulary",
    group: Group::Blameless,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "A sentence assigns fault",
    docs: include_str!("blame_vocabulary.md"),
    scope: Scope::Wording {
        phrases: include_str!("blame_vocabulary.toml"),
        message: "{} assigns fault, and fault ends the search for causes",
    },
};
