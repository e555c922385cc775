//! Milestones that cannot have come in the order in which they are stated.

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage},
    diagnostic::{Finding, Level},
    model::{Fact, Milestone, Moment, Origin},
};

pub(super) const RULE: Rule = Rule {
    name: "milestone-order",
    group: Group::Clock,
    default_level: Level::Error,
    stage: Stage::Always,
    summary: "A milestone is earlier than one that must precede it",
    docs: include_str!("milestone_order.md"),
    scope: Scope::Document(check),
};

/// Pairs beside [`Milestone::ORDERED`] of which the first cannot come after the second. Detection is bound to neither
/// the start (an early alert) nor the mitigation (it may heal by itself before anybody looks).
const PAIRS: [(Milestone, Milestone); 4] = [
    (Milestone::Detected, Milestone::Acknowledged),
    (Milestone::Started, Milestone::Resolved),
    (Milestone::Ended, Milestone::Resolved),
    (Milestone::Resolved, Milestone::Closed),
];

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let times = &document.postmortem.times;
    let certain = |milestone| times.get(&milestone).filter(|time| is_certain(document, milestone, time));
    let ordered = Milestone::ORDERED.into_iter().filter(|one| times.contains_key(one)).collect::<Vec<_>>();
    let neighbours = ordered.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
    for (first, second) in neighbours.chain(PAIRS) {
        let (Some(before), Some(after)) = (certain(first), certain(second)) else { continue };
        if before.value.seconds_until(&after.value).is_none_or(|seconds| seconds >= 0) {
            continue;
        }
        findings.push(
            Finding::new(
                RULE.name,
                after.span,
                format!(
                    "`{}` is {}, before `{}`, which is {}",
                    second.key(),
                    after.value,
                    first.key(),
                    before.value
                ),
            )
            .also(before.span, format!("`{}`", first.key()))
            .help("correct one of the two; until then the measures between them are invalid"),
        );
    }
}

/// True for a moment that the document states to be the milestone. What is concluded from words is not, and neither is
/// one of several events with that mark: an incident in phases is restored more than once.
fn is_certain(document: &Document<'_>, milestone: Milestone, time: &Fact<Moment>) -> bool {
    let marked =
        document.postmortem.timeline.iter().filter(|event| event.milestone == Some(milestone)).count();
    time.origin != Origin::Inferred && (marked < 2 || time.origin != Origin::Section)
}
