//! Milestones without which the usual measures cannot be computed.

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage, first_line},
    diagnostic::{Finding, Level},
    model::{Milestone, Origin, SectionKind},
    words::list,
};

pub(super) const RULE: Rule = Rule {
    name: "missing-milestones",
    group: Group::Clock,
    default_level: Level::Warning,
    stage: Stage::WhenFinished,
    summary: "The times needed for the usual measures are not marked",
    docs: include_str!("missing_milestones.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let postmortem = document.postmortem;
    // A near miss has no impact that could start, be detected or end. Without any time there is no timeline to mark;
    // that is another rule's business.
    if postmortem.near_miss || (postmortem.timeline.is_empty() && postmortem.times.is_empty()) {
        return;
    }
    // What only the words of an event suggest enters no figure.
    let has =
        |milestone| postmortem.times.get(&milestone).is_some_and(|time| time.origin != Origin::Inferred);
    let is_over = [Milestone::Mitigated, Milestone::Ended, Milestone::Resolved].into_iter().any(has);
    let missing: Vec<String> = [
        ("started", has(Milestone::Started)),
        ("detected", has(Milestone::Detected)),
        ("mitigated", is_over),
    ]
    .into_iter()
    .filter(|(_, stated)| !stated)
    .map(|(name, _)| format!("`{name}`"))
    .collect();
    if missing.is_empty() {
        return;
    }
    let timeline = postmortem.section(SectionKind::Timeline).map(|section| section.heading);
    let at = timeline.map_or_else(|| document.head(), |heading| first_line(document.source, heading));
    let missing = list(&missing);
    findings.push(
        Finding::new(RULE.name, at, format!("nothing says when it was {missing}, so measures are N/A"))
            .help("set them under `[times]`, or mark the events: `- 13:02 First timeouts [started]`"),
    );
}
