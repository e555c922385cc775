//! What lists say of each postmortem, worked out once for all pages, when the first of them asks.

use std::sync::OnceLock;

use crate::{
    aggregate::MeasureSummary,
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
    /// The tag of its language where that is not the site's, empty otherwise, as soon as a page asks for it.
    pub(crate) language: OnceLock<&'static str>,
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

/// The cards of an archive that have been asked for.
pub(crate) struct Kept {
    cards: Vec<OnceLock<Box<Card>>>,
    /// The places of action items in the summary's list, those of one postmortem behind those of the other.
    actions: Vec<usize>,
    /// Where those of each postmortem end.
    ends: Vec<usize>,
    /// What lists on the pages of groups say of each action item, as HTML, as soon as one of them asks.
    items: Vec<OnceLock<Box<Made>>>,
}

impl Kept {
    pub(crate) fn new(site: Site<'_>) -> Self {
        let entries = &site.summary.actions.entries;
        let mut ends = vec![0; site.archive.postmortems().len()];
        for entry in entries {
            if let Some(count) = ends.get_mut(entry.postmortem) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for end in &mut ends {
            // Where they begin; each moves it on.
            (*end, sum) = (sum, sum + *end);
        }
        let mut actions = vec![0; entries.len()];
        for (place, entry) in entries.iter().enumerate() {
            let Some(free) = ends.get_mut(entry.postmortem) else { continue };
            if let Some(slot) = actions.get_mut(*free) {
                *slot = place;
            }
            *free += 1;
        }
        let items = entries.iter().map(|_| OnceLock::new()).collect();
        Self { cards: ends.iter().map(|_| OnceLock::new()).collect(), actions, ends, items }
    }

    /// The places of the action items of a postmortem in the summary's list.
    fn actions_of(&self, place: usize) -> &[usize] {
        let start =
            place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let end = self.ends.get(place).copied().unwrap_or(start);
        self.actions.get(start..end).unwrap_or_default()
    }
}

/// The cards of an archive, in its order.
#[derive(Clone, Copy)]
pub(crate) struct Cards<'a> {
    site: Site<'a>,
    kept: &'a Kept,
}

impl<'a> Cards<'a> {
    pub(crate) fn new(site: Site<'a>, kept: &'a Kept) -> Self {
        Self { site, kept }
    }

    /// How many there are.
    pub(crate) fn len(self) -> usize {
        self.kept.cards.len()
    }

    /// True when there are none.
    pub(crate) fn is_empty(self) -> bool {
        self.kept.cards.is_empty()
    }

    /// The card of the postmortem at a place.
    pub(crate) fn get(self, place: usize) -> Option<&'a Card> {
        let (cell, postmortem) = (self.kept.cards.get(place)?, self.site.archive.postmortems().get(place)?);
        Some(cell.get_or_init(|| Box::new(self.card(place, postmortem))))
    }

    /// Where the HTML of the action item at a place in the summary's list is kept.
    pub(crate) fn item(self, place: usize) -> Option<&'a OnceLock<Box<Made>>> {
        self.kept.items.get(place)
    }

    /// All of them.
    pub(crate) fn iter(self) -> impl Iterator<Item = &'a Card> {
        (0..self.len()).filter_map(move |place| self.get(place))
    }

    fn card(self, place: usize, postmortem: &Postmortem) -> Card {
        let Site { summary, config, .. } = self.site;
        let id = severity_id(postmortem);
        let rank = id.map_or(usize::MAX, |id| config.severity_rank(id));
        let actions = self.kept.actions_of(place);
        let entries = || actions.iter().filter_map(|at| summary.actions.entries.get(*at));
        let resolve = summary.measures.iter().find(|summary| is_resolving(summary));
        Card {
            page: urls::postmortem(postmortem),
            text: OnceLock::new(),
            language: OnceLock::new(),
            entry: OnceLock::new(),
            severity: id.map(|id| severity(config, id)),
            rank: rank.min(config.severities.len()),
            committed: entries().filter(|entry| entry.status.is_committed()).count(),
            unfinished: entries().filter(|entry| entry.status.is_unfinished()).count(),
            overdue: entries().filter(|entry| entry.is_overdue).count(),
            actions: actions.to_vec(),
            resolve: resolve.and_then(|resolve| resolve.readings.get(place)?.recorded()),
        }
    }
}

fn is_resolving(summary: &MeasureSummary) -> bool {
    summary.measure.from == Milestone::Started && summary.measure.to == Milestone::Resolved
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
