//! Work that a change says is done.

use crate::{
    change::Base,
    check::{
        items::{place_in, shorten},
        rule::{Findings, Group, Rule, Scope, Stage, Whole},
        rules::done_without_evidence::is_shown,
    },
    diagnostic::{Finding, Level},
    model::ActionStatus,
};

pub(super) const RULE: Rule = Rule {
    name: "closed-without-evidence",
    group: Group::Action,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "A change marks an action item as done and shows nothing that proves it",
    docs: include_str!("closed_without_evidence.md"),
    scope: Scope::Change(check),
};

fn check(whole: &Whole<'_>, base: &Base, findings: &mut Findings) {
    for now in
        base.actions(whole.archive).iter().filter(|change| change.is_closed()).filter_map(|change| change.now)
    {
        let Some(source) = whole.sources.get(now.postmortem.path.as_str()) else { continue };
        if now.item.status.value != ActionStatus::Done || is_shown(now.item) {
            continue;
        }
        let message = format!("action item `{}` is done now, and nothing shows it", shorten(&now.item.title));
        findings.entry(now.postmortem.path.clone()).or_default().push(
            Finding::new(RULE.name, place_in(now.postmortem, source, now.item), message)
                .help("link the change, the alert or the test that came of it, or give the day"),
        );
    }
}
