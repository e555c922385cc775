//! What somebody would have done in another story.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(in crate::check) const RULE: Rule = Rule {
    name: "counterfactual",
    group: Group::Blameless,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "A sentence tells what somebody did not do",
    docs: include_str!("counterfactual.md"),
    scope: Scope::Wording {
        phrases: include_str!("counterfactual.toml"),
        message: "{} tells of an incident that did not happen, and explains nothing about the one that did",
    },
};
