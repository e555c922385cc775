//! A part on follow-up work that names none.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage, first_line},
    diagnostic::{Finding, Level},
    model::SectionKind,
};

pub(super) const RULE: Rule = Rule {
    name: "no-action-items",
    group: Group::Action,
    default_level: Level::Warning,
    stage: Stage::WhenFinished,
    summary: "The part on action items names none, and gives no reason",
    docs: include_str!("no_action_items.md"),
    scope: Scope::Document(check),
};

/// A decision not to act is an answer, if it says so.
static DECIDED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:none|no (?:further )?(?:action|follow|work|items?)|nothing|not needed|wont-do)\b")
        .ok()
});

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let postmortem = document.postmortem;
    let Some(section) = postmortem.section(SectionKind::ActionItems) else { return };
    if !postmortem.actions.is_empty()
        || DECIDED.as_ref().is_some_and(|decided| decided.is_match(document.text(section.body)))
    {
        return;
    }
    findings.push(
        Finding::new(
            RULE.name,
            first_line(document.source, section.heading),
            format!("no action item could be read under `{}`", section.title),
        )
        .help("write a list, check boxes or a table; if nothing is to be done, say so: `None, because …`"),
    );
}
