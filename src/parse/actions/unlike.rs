//! Sections of work that are none beside the others: a check list of the document itself, an account of what was done.

use super::Actions;
use crate::{
    model::{ActionItem, ActionStatus, Origin},
    parse::outline::Part,
    source::Span,
};

impl Actions<'_> {
    /// Drops a list of open boxes that asks for nothing and only says how things shall be, beside one that does: what is
    /// to be ticked off before the document is done. `ends` are the ends of what each section gave.
    pub(super) fn drop_own_checklist(&mut self, ends: &mut [usize]) {
        let words = self.context.words;
        let is_box = |item: &ActionItem| {
            item.status.origin == Origin::Section
                && item.status.value == ActionStatus::Open
                && item.owner.is_none()
                && item.trackers.is_empty()
                && !words.asks_for_work(&item.title)
        };
        let states = |item: &&ActionItem| words.states_how_it_is(&item.title);
        let is_own = |list: &[ActionItem]| {
            list.len() >= 2
                && list.len() < self.items.len()
                && list.iter().all(is_box)
                && list.iter().filter(states).count() * 2 > list.len()
        };
        let lists = self.lists(ends);
        let drops: Vec<bool> = lists.into_iter().map(is_own).collect();
        self.drop_lists(&drops, ends);
    }

    /// Drops what sections without a name of their own for the work tell of what was done, beside one that holds open work:
    /// it is an account. So are corrective actions in which the writers tell what they did, beside a list that is followed.
    /// Gives their headings.
    pub(super) fn drop_accounts(&mut self, work: &[&Part<'_>], ends: &mut [usize]) -> Vec<Span> {
        let words = self.context.words;
        let is_open = |item: &ActionItem| {
            item.status.value == ActionStatus::Open || item.status.origin != Origin::Inferred
        };
        let lists = self.lists(ends);
        let is_account = |(part, list): (&&Part<'_>, &&[ActionItem])| {
            let in_person = list.iter().filter(|item| words.deeds.is_told_in_person(&item.title)).count();
            let may_be_one = words.exact_section(&part.section.title).is_none() || in_person * 2 > list.len();
            may_be_one && !list.is_empty() && self.tells(list)
        };
        let accounts: Vec<bool> = work.iter().zip(&lists).map(is_account).collect();
        let mut others = lists.iter().zip(&accounts).filter(|(_, is_account)| !**is_account);
        if !others.any(|(list, _)| list.iter().any(is_open)) {
            return Vec::new();
        }
        self.drop_lists(&accounts, ends);
        let dropped = work.iter().zip(accounts).filter(|(_, is_account)| *is_account);
        dropped.map(|(part, _)| part.section.heading).collect()
    }

    /// What each section gave; `ends` are the ends.
    fn lists(&self, ends: &[usize]) -> Vec<&[ActionItem]> {
        let starts = std::iter::once(0).chain(ends.iter().copied());
        starts.zip(ends).map(|(start, end)| self.items.get(start..*end).unwrap_or_default()).collect()
    }

    fn drop_lists(&mut self, drops: &[bool], ends: &mut [usize]) {
        let lists = self.lists(ends);
        let dropped: Vec<bool> =
            lists.iter().zip(drops).flat_map(|(list, drop)| list.iter().map(|_| *drop)).collect();
        for end in ends.iter_mut() {
            *end = dropped.iter().take(*end).filter(|dropped| !**dropped).count();
        }
        let mut dropped = dropped.into_iter();
        self.items.retain(|_| !dropped.next().unwrap_or(false));
    }
}
