//! What lies between the milestones.

use crate::{model::Milestone, render::charts::timeline::Stamp};

/// A stretch between two milestones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    /// The key of its words, and its class in the style sheet, without `phase-`.
    pub key: &'static str,
    /// From, in seconds since 1970.
    pub from: i64,
    /// To.
    pub to: i64,
    /// True when one of its ends is only about right.
    pub approximate: bool,
}

/// The phases, in order. A milestone that is missing or out of order bounds no phase.
pub(super) fn phases(milestones: &[(Milestone, Stamp)]) -> Vec<Phase> {
    let find =
        |wanted: Milestone| milestones.iter().find(|(known, _)| *known == wanted).map(|(_, stamp)| stamp);
    let started = find(Milestone::Started);
    let detected = find(Milestone::Detected);
    let resolved = find(Milestone::Resolved).or(find(Milestone::Ended));
    let mitigated = find(Milestone::Mitigated);
    let mut bounds: Vec<(Milestone, &Stamp)> = Vec::new();
    let candidates = [
        (Milestone::Introduced, find(Milestone::Introduced)),
        (Milestone::Started, started),
        (Milestone::Detected, detected),
        (Milestone::Mitigated, mitigated),
        (Milestone::Resolved, resolved),
    ];
    for (milestone, stamp) in candidates {
        if let Some(stamp) = stamp
            && bounds.last().is_none_or(|(_, last)| last.at <= stamp.at)
        {
            bounds.push((milestone, stamp));
        }
    }
    let seen_from_the_start =
        started.zip(detected).is_some_and(|(started, detected)| detected.at <= started.at);
    bounds
        .iter()
        .zip(bounds.iter().skip(1))
        .filter(|((_, from), (_, to))| from.at < to.at)
        .map(|((before, from), (after, to))| {
            let key = match (before, after) {
                (Milestone::Introduced, _) => "latent",
                (Milestone::Started, Milestone::Detected) => "unseen",
                (Milestone::Started, _) if !seen_from_the_start => "impact",
                (Milestone::Mitigated, _) => "recovery",
                _ => "response",
            };
            Phase { key, from: from.at, to: to.at, approximate: from.approximate || to.approximate }
        })
        .collect()
}
