//! A sign that got lost somewhere, without a word on where.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(super) const RULE: Rule = Rule {
    name: "agentless-omission",
    group: Group::Blameless,
    default_level: Level::Allow,
    stage: Stage::AfterDraft,
    summary: "Something went unnoticed, and the sentence does not say where it was to be seen",
    docs: include_str!("agentless_omission.md"),
    scope: Scope::Wording {
        phrases: include_str!("agentless_omission.toml"),
        message: "{} tells that a sign was lost, not where it was to be seen",
    },
};
