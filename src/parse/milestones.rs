//! Milestones that the words of a timeline tell, where nothing marks them.
//!
//! Only plain words count, and what they give is marked as inferred, so that no page shows it as stated.

use crate::model::{Fact, Milestone, Origin, Postmortem, TimelineEvent};

/// Words that begin an incident.
const STARTED: [&str; 16] = [
    "start of incident",
    "incident starts",
    "incident started",
    "incident begins",
    "incident began",
    "outage starts",
    "outage started",
    "outage begins",
    "outage began",
    "impact starts",
    "impact started",
    "impact begins",
    "impact began",
    "runs out of memory",
    "becomes unavailable",
    "went down",
];
/// Words by which somebody or something notices.
const DETECTED: [&str; 30] = [
    "alert fired",
    "alert fires",
    "alert triggered",
    "alerts fired",
    "alerts triggered",
    "posts alerts",
    "sends an alert",
    "alerted",
    "paged",
    "pages",
    "pagerduty",
    "users report",
    "user reports",
    "user reported",
    "users reported",
    "customer reported",
    "customers report",
    "customer reports",
    "reports on slack",
    "first report",
    "was reported",
    "notified us",
    "notices",
    "noticed",
    "detected",
    "discovers",
    "messages witnessed",
    "oppdaget",
    "検知",
    "realised that",
];
/// Words by which it is over.
const RESOLVED: [&str; 25] = [
    "incident resolved",
    "issue resolved",
    "incident is resolved",
    "issue is resolved",
    "resolved the issue",
    "service restored",
    "services restored",
    "fully restored",
    "service is restored",
    "service resumes",
    "back to normal",
    "back to working order",
    "back in service",
    "all clear",
    "all-clear",
    "incident ends",
    "incident over",
    "incident closed",
    "fully recovered",
    "confirmed resolved",
    "everything is working",
    "is healthy again",
    "problem was solved",
    "復旧確認",
    "friskmeld",
];

/// Adds the milestones that are neither stated nor marked.
pub(super) fn infer(postmortem: &mut Postmortem) {
    let found: Vec<(Milestone, Fact<_>)> = {
        let timed = || postmortem.timeline.iter().filter(|event| event.at.clock.is_some());
        let tells = |words: &[&str], event: &&TimelineEvent| {
            let text = event.text.to_lowercase();
            words.iter().any(|word| text.contains(word))
        };
        let first = |words: &[&str]| timed().find(|event| tells(words, event));
        let last = |words: &[&str]| timed().rev().find(|event| tells(words, event));
        [
            (Milestone::Started, first(&STARTED)),
            (Milestone::Detected, first(&DETECTED)),
            (Milestone::Resolved, last(&RESOLVED)),
        ]
        .into_iter()
        .filter_map(|(milestone, event)| {
            let event = event?;
            Some((milestone, Fact::new(event.at.clone(), event.at_span, Origin::Inferred)))
        })
        .collect()
    };
    for (milestone, fact) in found {
        postmortem.times.entry(milestone).or_insert(fact);
    }
}
