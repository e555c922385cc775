//! What lists say of each postmortem, worked out once for all pages.

use std::sync::OnceLock;

use rayon::prelude::*;

use crate::{
    model::{Milestone, Postmortem},
    render::{
        site::{Site, severity, severity_id},
        theme::Made,
        urls,
        view::Severity,
        words::Words,
    },
};

/// What lists say of a postmortem.
pub(crate) struct Card {
    /// The path of its page below the output folder.
    pub(crate) page: String,
    /// Its first words, as soon as a page asks for them.
    pub(crate) text: OnceLock<String>,
    /// What lists on the pages of groups say of it, as HTML, as soon as one of them asks: each postmortem is in many.
    pub(crate) entry: OnceLock<Made>,
    /// Its severity.
    pub(crate) severity: Option<Severity>,
    /// The place of its severity, the worst being 0.
    pub(crate) rank: usize,
    /// Its committed actions.
    pub(crate) committed: usize,
    /// Of those, the unfinished ones.
    pub(crate) unfinished: usize,
    /// Of those, the overdue ones.
    pub(crate) overdue: usize,
    /// The place of its actions in the summary's list.
    pub(crate) actions: Vec<usize>,
    /// Seconds to resolve, as far as they are stated.
    pub(crate) resolve: Option<i64>,
}

/// The cards of an archive, in its order.
pub(crate) fn cards(site: Site<'_>) -> Vec<Card> {
    let mut cards: Vec<Card> =
        site.archive.postmortems().par_iter().map(|postmortem| card(site, postmortem)).collect();
    for (place, entry) in site.summary.actions.entries.iter().enumerate() {
        let Some(card) = cards.get_mut(entry.postmortem) else { continue };
        card.actions.push(place);
        card.committed += usize::from(entry.status.is_committed());
        card.unfinished += usize::from(entry.status.is_unfinished());
        card.overdue += usize::from(entry.is_overdue);
    }
    let resolve = site.summary.measures.iter().find(|summary| {
        summary.measure.from == Milestone::Started && summary.measure.to == Milestone::Resolved
    });
    if let Some(resolve) = resolve {
        for (card, reading) in cards.iter_mut().zip(&resolve.readings) {
            card.resolve = reading.recorded();
        }
    }
    cards
}

impl Card {
    /// `2 of 5 actions open`, `all 3 actions closed`; nothing without committed actions.
    pub(crate) fn actions_in_words(&self, words: &Words) -> Option<String> {
        match (self.committed, self.unfinished) {
            (0, _) => None,
            (all, 0) => Some(words.count("entry.all-closed", all, &[])),
            (all, open) => Some(words.count("entry.some-open", all, &[("open", &words.whole(open))])),
        }
    }
}

fn card(site: Site<'_>, postmortem: &Postmortem) -> Card {
    let id = severity_id(postmortem);
    let rank = id.map_or(usize::MAX, |id| site.config.severity_rank(id));
    Card {
        page: urls::postmortem(postmortem),
        text: OnceLock::new(),
        entry: OnceLock::new(),
        severity: id.map(|id| severity(site.config, id)),
        rank: rank.min(site.config.severities.len()),
        committed: 0,
        unfinished: 0,
        overdue: 0,
        actions: Vec::new(),
        resolve: None,
    }
}
