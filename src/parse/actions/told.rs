//! What items tell together that one alone does not: which of them are work, and which tell of work that was done.

use super::Actions;
use crate::model::{ActionItem, ActionStatus, Origin};

impl Actions<'_> {
    /// True when most of what was read since `before` tells what was done, and none of it asks for anything.
    pub(super) fn only_tells(&self, before: usize) -> bool {
        let words = self.context.words;
        let read = self.items.get(before..).unwrap_or_default();
        // A step of the response may be ticked off.
        let is_told = |item: &ActionItem| {
            item.status.value == ActionStatus::Done
                && (item.status.origin == Origin::Inferred || words.tells_what_was_done(&item.title))
        };
        // A name in code that an item begins with is no verb: `` `report-all` now waits ``.
        let is_asked = |item: &ActionItem| {
            words.asks_for_work(&item.title) && !item.markdown.of(&item.title).starts_with('`')
        };
        let asks = |item: &ActionItem| {
            item.owner.is_some()
                || item.due.is_some()
                || item.status.origin != Origin::Inferred && !is_told(item)
                || is_asked(item)
        };
        read.iter().filter(|item| is_told(item)).count() * 2 > read.len() && !read.iter().any(asks)
    }

    /// True when most of what was read since `before` is advice to people outside.
    pub(super) fn only_advises(&self, before: usize) -> bool {
        let read = self.items.get(before..).unwrap_or_default();
        let advice = read.iter().filter(|item| self.context.words.advises_others(&item.title));
        advice.count() * 2 > read.len()
    }

    /// Below a heading that names something else too, what asks for work is the work, when anything does.
    pub(super) fn keep_what_asks(&mut self, before: usize) {
        let words = self.context.words;
        let asks = |item: &ActionItem| {
            item.owner.is_some()
                || item.due.is_some()
                || item.status.origin != Origin::Inferred
                || !item.trackers.is_empty()
                || words.asks_for_work(&item.title)
        };
        let read = self.items.split_off(before.min(self.items.len()));
        let any = read.iter().any(asks);
        self.items.extend(read.into_iter().filter(|item| !any || asks(item)));
    }

    /// Where some items of a list tell what was done and none asks for work, those tell it too that could mean either.
    pub(super) fn agree(&mut self, before: usize) {
        let words = self.context.words;
        let Some(items) = self.items.get_mut(before..) else { return };
        let is_open = |item: &ActionItem| {
            item.status.value == ActionStatus::Open && item.status.origin == Origin::Inferred
        };
        let tells = items.iter().any(|item| words.tells_what_was_done(&item.title));
        if tells && !items.iter().any(|item| words.asks_for_work(&item.title)) {
            for item in items.iter_mut().filter(|item| is_open(item)) {
                if words.may_tell_what_was_done(&item.title) {
                    item.status.value = ActionStatus::Done;
                }
            }
        }
    }

    /// Drops what was read since `before` when most of it tells what was done: steps of the response are no follow-up.
    pub(super) fn keep_unless_told(&mut self, before: usize) {
        let read = self.items.get(before..).unwrap_or_default();
        let told = read
            .iter()
            .filter(|item| item.status.value == ActionStatus::Done && item.status.origin == Origin::Inferred);
        if told.count() * 2 >= read.len() {
            self.items.truncate(before);
        }
    }
}
