//! Action items of then and of now, side by side: what is new, what is closed, what is gone, what has slipped.
//!
//! An item is known again by the id that the document states, else by its title, a ticket, or words of its title; within
//! its document, else anywhere in the documents that changed, because items are moved. Where a list
//! is as long as it was, what stands in the place of an item is that item in other words.

use std::collections::BTreeSet;

use crate::{
    change::Base,
    model::{ActionItem, ActionStatus, Archive, Due, Postmortem},
};

/// An action item and its postmortem.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    /// The postmortem.
    pub postmortem: &'a Postmortem,
    /// The item.
    pub item: &'a ActionItem,
}

/// One action item then and now.
#[derive(Debug, Clone, Copy)]
pub struct ActionChange<'a> {
    /// What it was; none for a new item.
    pub before: Option<Held<'a>>,
    /// What it is; none for one that is gone.
    pub now: Option<Held<'a>>,
}

impl ActionChange<'_> {
    fn statuses(&self) -> Option<(ActionStatus, ActionStatus)> {
        Some((self.before?.item.status.value, self.now?.item.status.value))
    }

    /// True when it was unfinished, and is done or decided against.
    pub fn is_closed(&self) -> bool {
        self.statuses().is_some_and(|(before, now)| {
            !is_finished(before) && matches!(now, ActionStatus::Done | ActionStatus::WontDo)
        })
    }

    /// True when it was done or decided against, and is not any more.
    pub fn is_reopened(&self) -> bool {
        self.statuses().is_some_and(|(before, now)| is_finished(before) && !is_finished(now))
    }

    /// The due dates of then and now, when it is unfinished and the later one is now.
    pub fn slip(&self) -> Option<(Due, Due)> {
        let (before, now) = (self.before?.item.due.as_ref()?.value, self.now?.item.due.as_ref()?.value);
        let is_open = self.now?.item.status.value.is_unfinished();
        (is_open && now.last_day() > before.last_day()).then_some((before, now))
    }
}

const fn is_finished(status: ActionStatus) -> bool {
    matches!(status, ActionStatus::Done | ActionStatus::WontDo)
}

impl Base {
    /// The action items of all documents that are new, changed, renamed or gone: those of now in the order of their
    /// postmortems in the archive, then those that are gone. `archive` is that of now.
    pub fn actions<'a>(&'a self, archive: &'a Archive) -> Vec<ActionChange<'a>> {
        let documents: Vec<(&Postmortem, Option<&Postmortem>)> = archive
            .postmortems()
            .iter()
            .filter(|now| self.is_changed(&now.path))
            .map(|now| (&**now, self.before(now)))
            .collect();
        let mut pairs: Vec<(Held<'a>, Option<Held<'a>>)> = Vec::new();
        let mut left = self.left(&documents);
        for (now, before) in &documents {
            let mut own: Vec<Held<'a>> = before.map(held).unwrap_or_default();
            let items = pair(held(now), &mut own);
            left.append(&mut own);
            pairs.extend(items);
        }
        // What is left may have moved to another document.
        for sure in SURE {
            for (now, before) in pairs.iter_mut().filter(|(_, before)| before.is_none()) {
                *before = take(&mut left, |other| sure(other.item, now.item));
            }
        }
        for (now, before) in pairs.iter_mut().filter(|(_, before)| before.is_none()) {
            let then = documents.iter().find(|(document, _)| document.id.value == now.postmortem.id.value);
            let then = then.and_then(|(_, before)| *before);
            *before = then
                .and_then(|then| at_same_place(now, then))
                .and_then(|item| take(&mut left, |other| std::ptr::eq(other.item, item)));
        }
        let now = pairs.into_iter().map(|(now, before)| ActionChange { before, now: Some(now) });
        now.chain(left.into_iter().map(|gone| ActionChange { before: Some(gone), now: None })).collect()
    }

    /// The items of postmortems that are gone, from files that are gone or hold others now.
    fn left<'a>(&'a self, documents: &[(&Postmortem, Option<&'a Postmortem>)]) -> Vec<Held<'a>> {
        let there: BTreeSet<&str> =
            documents.iter().filter_map(|(_, before)| Some(before.as_ref()?.id.value.as_str())).collect();
        let changed: BTreeSet<&str> = self
            .changes
            .files
            .values()
            .filter_map(|change| change.before.as_deref())
            .chain(self.changes.removed.iter().map(String::as_str))
            .collect();
        let gone = self.archive.postmortems().iter().filter(|before| {
            changed.contains(before.path.as_str()) && !there.contains(before.id.value.as_str())
        });
        gone.flat_map(|postmortem| held(postmortem)).collect()
    }
}

fn held(postmortem: &Postmortem) -> Vec<Held<'_>> {
    postmortem.actions.iter().map(|item| Held { postmortem, item }).collect()
}

/// The item that stood where this one stands, in a list that is as long as it was.
fn at_same_place<'b>(now: &Held<'_>, then: &'b Postmortem) -> Option<&'b ActionItem> {
    let items = &now.postmortem.actions;
    let at = items.iter().position(|item| std::ptr::eq(item, now.item))?;
    then.actions.get(at).filter(|item| items.len() == then.actions.len() && !contradicts(item, now.item))
}

type Alike = fn(&ActionItem, &ActionItem) -> bool;

/// How an item is known again wherever it is, the surest first.
const SURE: [Alike; 2] = [has_same_title, has_same_tracker];

/// How an item is known again in its own document.
const WITHIN: [Alike; 4] = [has_same_id, has_same_title, has_same_tracker, has_like_title];

/// Pairs the items of a document with those that it had, which are taken out of `before`.
fn pair<'a>(now: Vec<Held<'a>>, before: &mut Vec<Held<'a>>) -> Vec<(Held<'a>, Option<Held<'a>>)> {
    let mut pairs: Vec<(Held<'a>, Option<Held<'a>>)> = now.into_iter().map(|now| (now, None)).collect();
    for alike in WITHIN {
        for (now, found) in pairs.iter_mut().filter(|(_, found)| found.is_none()) {
            *found = take(before, |other| alike(other.item, now.item));
        }
    }
    pairs
}

fn take<'a>(from: &mut Vec<Held<'a>>, is_it: impl Fn(&Held<'a>) -> bool) -> Option<Held<'a>> {
    let at = from.iter().position(is_it)?;
    Some(from.remove(at))
}

fn has_same_id(one: &ActionItem, other: &ActionItem) -> bool {
    one.has_own_id && other.has_own_id && name(one) == name(other)
}

/// The part of the id that is the item's own.
fn name(item: &ActionItem) -> &str {
    item.id.rsplit_once('/').map_or(item.id.as_str(), |(_, name)| name)
}

fn has_same_title(one: &ActionItem, other: &ActionItem) -> bool {
    !contradicts(one, other) && words(&one.title).eq(words(&other.title))
}

fn has_same_tracker(one: &ActionItem, other: &ActionItem) -> bool {
    let has = |key: &String| other.trackers.iter().any(|tracker| tracker.value == *key);
    !contradicts(one, other) && one.trackers.iter().any(|tracker| has(&tracker.value))
}

/// Half of the words of both are in both.
fn has_like_title(one: &ActionItem, other: &ActionItem) -> bool {
    let (one_words, other_words): (BTreeSet<String>, BTreeSet<String>) =
        (words(&one.title).collect(), words(&other.title).collect());
    let common = one_words.intersection(&other_words).count();
    !contradicts(one, other) && common > 0 && 2 * common >= one_words.union(&other_words).count()
}

/// Two ids that the documents state and that differ are two items, whatever else they share.
fn contradicts(one: &ActionItem, other: &ActionItem) -> bool {
    one.has_own_id && other.has_own_id && name(one) != name(other)
}

fn words(title: &str) -> impl Iterator<Item = String> {
    title
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use chrono::NaiveDate;

    use super::*;
    use crate::{
        aggregate::aggregate,
        change::{Changes, FileChange, Lines},
        config::Config,
        model::fixture::{action, postmortem},
        source::Sources,
    };

    fn item(title: &str, status: ActionStatus, due: &str) -> ActionItem {
        ActionItem { title: title.to_owned(), has_own_id: false, ..action(title, status, due) }
    }

    fn archive(documents: &[(&str, &[ActionItem])]) -> Archive {
        let with = |(id, items): &(&str, &[ActionItem])| Postmortem {
            actions: items.to_vec(),
            ..postmortem(id, "2026-01-01")
        };
        Archive::new(documents.iter().map(with))
    }

    /// What has changed: `before → now`, each with its document, and what became of it.
    fn changes(before: Archive, now: &Archive, removed: &[&str]) -> Vec<String> {
        let files = now.postmortems().iter().map(|postmortem| {
            let there = before.at_path(&postmortem.path).map(|before| before.path.clone());
            (postmortem.path.clone(), FileChange { before: there, lines: Lines::all() })
        });
        let changes = Changes {
            files: files.collect::<BTreeMap<_, _>>(),
            removed: removed.iter().map(|path| (*path).to_owned()).collect::<BTreeSet<_>>(),
        };
        let base = Base {
            revision: "main".to_owned(),
            commit: String::new(),
            sources: Sources::default(),
            summary: aggregate(&before, &Config::default(), NaiveDate::MIN),
            archive: before,
            diagnostics: Vec::new(),
            changes,
        };
        let show = |held: Option<Held<'_>>| {
            held.map_or("-".to_owned(), |held| format!("{}/{}", held.postmortem.id.value, held.item.title))
        };
        let became = |change: &ActionChange<'_>| {
            let slip = change.slip().map(|(before, now)| format!(" {before} {now}")).unwrap_or_default();
            let closed = if change.is_closed() { " closed" } else { "" };
            let reopened = if change.is_reopened() { " reopened" } else { "" };
            format!("{} → {}{closed}{reopened}{slip}", show(change.before), show(change.now))
        };
        base.actions(now).iter().map(became).collect()
    }

    #[test]
    fn an_item_is_known_again_by_its_title_its_ticket_or_most_of_its_words() {
        use ActionStatus::{Done, InProgress, Open, WontDo};
        let ticket = |title: &str| {
            let tracker = crate::model::fixture::fact("SHOP-1".to_owned());
            ActionItem { trackers: vec![tracker], ..item(title, Open, "") }
        };
        let before = [
            item("Alert on saturation", Open, "2026-02-01"),
            item("Cap the pool for each process", InProgress, ""),
            ticket("Look into retries"),
            item("Write a runbook", Done, ""),
            item("Drop the old host", Open, ""),
            item("Improve monitoring", Open, ""),
        ];
        let now = [
            item("alert on saturation.", Open, "2026-03-01"),
            item("Cap the pool for each host", Done, ""),
            ticket("Retry with a backoff"),
            item("Write a runbook", Open, ""),
            item("Page the on-call at 90 %", Open, ""),
            item("Say it in the handbook", WontDo, ""),
        ];
        assert_eq!(
            changes(archive(&[("a", &before)]), &archive(&[("a", &now)]), &[]),
            [
                "a/Alert on saturation → a/alert on saturation. 2026-02-01 2026-03-01",
                "a/Cap the pool for each process → a/Cap the pool for each host closed",
                "a/Look into retries → a/Retry with a backoff",
                "a/Write a runbook → a/Write a runbook reopened",
                "a/Drop the old host → a/Page the on-call at 90 %",
                "a/Improve monitoring → a/Say it in the handbook closed",
            ]
        );
    }

    #[test]
    fn what_is_not_known_again_is_new_or_gone() {
        let before = [item("Drop the old host", ActionStatus::Open, "")];
        let now =
            [item("Page the on-call", ActionStatus::Open, ""), item("Cap the pool", ActionStatus::Done, "")];
        assert_eq!(
            changes(archive(&[("a", &before)]), &archive(&[("a", &now)]), &[]),
            ["- → a/Page the on-call", "- → a/Cap the pool", "a/Drop the old host → -"]
        );
    }

    #[test]
    fn an_item_that_has_moved_to_another_document_is_neither_new_nor_gone() {
        let one = [item("Alert on saturation", ActionStatus::Open, "")];
        let other = [item("Drop the old host", ActionStatus::Open, "")];
        let before = archive(&[("a", &one), ("b", &[]), ("gone", &other)]);
        assert_eq!(
            changes(before, &archive(&[("a", &[]), ("b", &one)]), &["gone.md"]),
            ["a/Alert on saturation → b/Alert on saturation", "gone/Drop the old host → -"]
        );
    }
}
