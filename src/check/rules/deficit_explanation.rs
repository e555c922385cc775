//! What people are said to lack.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(in crate::check) const RULE: Rule = Rule {
    name: "deficit-explanation",
    group: Group::Blameless,
    default_level: Level::Info,
    stage: Stage::AfterDraft,
    summary: "A sentence explains by what people lack",
    docs: include_str!("deficit_explanation.md"),
    scope: Scope::Wording {
        phrases: include_str!("deficit_explanation.toml"),
        message: "{} explains by what people lack, and leaves out what would have shown it",
    },
};
