//! Work whose fields contradict each other.

use crate::{
    check::{
        items,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "contradicting-action",
    group: Group::Action,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "The fields of an action item contradict each other",
    docs: include_str!("contradicting_action.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    for item in &document.postmortem.actions {
        let Some(closed) = &item.closed else { continue };
        let status = item.status.value;
        let title = items::shorten(&item.title);
        let message = if status.is_unfinished() {
            format!(
                "action item `{title}` was closed on {}, yet its status is `{}`",
                closed.value,
                status.key()
            )
        } else if let Some(opened) = item.opened.as_ref().filter(|opened| opened.value > closed.value) {
            format!(
                "action item `{title}` was closed on {}, before it was opened on {}",
                closed.value, opened.value
            )
        } else if closed.value > document.today {
            format!("action item `{title}` was closed on {}, after today, {}", closed.value, document.today)
        } else {
            continue;
        };
        findings.push(Finding::new(RULE.name, closed.span, message).help("correct the date or the status"));
    }
}
