//! Milestones that the words of a timeline tell, where nothing marks them.
//!
//! Only plain words count, and what they give is marked as inferred, so that no page shows it as stated.

use super::locale::Lexicon;
use crate::model::{Fact, Milestone, Origin, Postmortem, TimelineEvent};

/// Adds the milestones that are neither stated nor marked.
pub(super) fn infer(words: &Lexicon, postmortem: &mut Postmortem) {
    let found: Vec<(Milestone, Fact<_>)> = {
        let timed = || postmortem.timeline.iter().filter(|event| event.at.clock.is_some());
        let tells = |milestone, event: &&TimelineEvent| words.tells(&event.text, milestone);
        let first = |milestone| timed().find(|event| tells(milestone, event));
        let last = |milestone| timed().rev().find(|event| tells(milestone, event));
        [
            (Milestone::Started, first(Milestone::Started)),
            (Milestone::Detected, first(Milestone::Detected)),
            (Milestone::Resolved, last(Milestone::Resolved)),
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
