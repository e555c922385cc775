//! What only the outcome made clear.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(in crate::check) const RULE: Rule = Rule {
    name: "hindsight",
    group: Group::Blameless,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "A sentence knows more than anybody knew then",
    docs: include_str!("hindsight.md"),
    scope: Scope::Wording {
        phrases: include_str!("hindsight.toml"),
        message: "{} knows more than anybody knew then, and so hides how it looked",
    },
};
