//! Follow-up work that would not keep the incident from coming back.

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage, first_line},
    diagnostic::{Finding, Level},
    model::{ActionItem, ActionStatus, ActionType, SectionKind},
};

pub(super) const RULE: Rule = Rule {
    name: "no-preventive-action",
    group: Group::Action,
    default_level: Level::Info,
    stage: Stage::AfterDraft,
    summary: "No action item prevents or softens the next incident",
    docs: include_str!("no_preventive_action.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let postmortem = document.postmortem;
    let committed: Vec<&ActionItem> = postmortem
        .actions
        .iter()
        .filter(|item| item.status.value.is_committed() && item.status.value != ActionStatus::WontDo)
        .collect();
    // Only where types are kept can their absence say something.
    let Some(kinds) =
        committed.iter().map(|item| item.kind.as_ref().map(|kind| kind.value)).collect::<Option<Vec<_>>>()
    else {
        return;
    };
    if kinds.len() < 2 || kinds.iter().any(|kind| matches!(kind, ActionType::Prevent | ActionType::Mitigate))
    {
        return;
    }
    let heading = postmortem.section(SectionKind::ActionItems).map(|section| section.heading);
    let at = heading.or_else(|| committed.first().map(|item| item.span)).unwrap_or_default();
    findings.push(
        Finding::new(
            RULE.name,
            first_line(document.source, at),
            format!("none of the {} action items has the type `prevent` or `mitigate`", committed.len()),
        )
        .help("what would make the same trigger harmless next time?"),
    );
}
