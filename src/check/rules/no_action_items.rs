//! A part on follow-up work that commits to none.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage, first_line},
    diagnostic::{Finding, Level},
    model::SectionKind,
    pattern,
};

pub(super) const RULE: Rule = Rule {
    name: "no-action-items",
    group: Group::Action,
    default_level: Level::Warning,
    stage: Stage::WhenFinished,
    summary: "The part on action items commits to nothing, and gives no reason",
    docs: include_str!("no_action_items.md"),
    scope: Scope::Document(check),
};

/// A decision not to act is an answer, if it says so.
static DECIDED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::ascii(
        r"(?i)\b(?:none|no (?:further )?(?:actions?|follow|work|items?|tasks?)|nothing|not (?:applicable|needed|required)|n/a|wont-do)\b",
    )
});

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let postmortem = document.postmortem;
    let Some(section) = postmortem.section(SectionKind::ActionItems) else { return };
    let is_decided = DECIDED.as_ref().is_some_and(|decided| decided.is_match(document.text(section.body)));
    if is_decided || postmortem.actions.iter().any(|item| item.status.value.is_committed()) {
        return;
    }
    let message = match postmortem.actions.len() {
        0 => format!("no action item could be read under `{}`", section.title),
        1 => "the only action item is no more than proposed".to_owned(),
        count => format!("all {count} action items are no more than proposed"),
    };
    findings.push(
        Finding::new(RULE.name, first_line(document.source, section.heading), message)
            .help("decide about them; if nothing is to be done, say so: `None, because …`"),
    );
}
