//! A fact that front matter and body state differently.

use crate::{
    check::rule::{Group, Rule, Scope, Stage},
    diagnostic::Level,
};

pub(super) const RULE: Rule = Rule {
    name: "contradicting-fact",
    group: Group::Structure,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "Front matter and text state different things",
    docs: include_str!("contradicting_fact.md"),
    scope: Scope::Reading,
};
