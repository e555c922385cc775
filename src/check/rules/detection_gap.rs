//! An incident that ran for long before anybody knew.

use crate::{
    aggregate::Reading,
    check::{
        duration,
        rule::{Document, Group, Rule, Scope, Stage, first_line},
    },
    config::Measure,
    diagnostic::{Finding, Level},
    model::{ActionItem, ActionType, Milestone, SectionKind},
};

pub(super) const RULE: Rule = Rule {
    name: "detection-gap",
    group: Group::Clock,
    default_level: Level::Info,
    stage: Stage::AfterDraft,
    summary: "It took long to detect, and nothing says how that will change",
    docs: include_str!("detection_gap.md"),
    scope: Scope::Document(check),
};

/// Up to so many seconds a detection is no subject of its own.
const LONG: i64 = 1_800;

/// What speaks of seeing it sooner.
const WORDS: [&str; 8] = ["alert", "alarm", "monitor", "detect", "notif", "probe", "page ", "health check"];

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let postmortem = document.postmortem;
    let measure = Measure::between("", Milestone::Started, Milestone::Detected);
    let Some(seconds) = Reading::of(postmortem, &measure).recorded().filter(|seconds| *seconds > LONG) else {
        return;
    };
    let shortens = |item: &ActionItem| {
        let title = item.title.to_lowercase();
        item.kind.as_ref().is_some_and(|kind| kind.value == ActionType::Detect)
            || WORDS.iter().any(|word| title.contains(word))
    };
    if postmortem.section(SectionKind::Detection).is_some() || postmortem.actions.iter().any(shortens) {
        return;
    }
    let at = postmortem.times.get(&Milestone::Detected).map(|fact| fact.span).filter(|span| !span.is_empty());
    let at = at.map_or_else(|| document.head(), |span| first_line(document.source, span));
    findings.push(
        Finding::new(
            RULE.name,
            at,
            format!("it took {} to detect this, and nothing says how it could be sooner", duration::words(seconds)),
        )
        .help("ask what would have halved the time: an action item of the type `detect`, or a part `Detection` that says why not"),
    );
}
