//! Action items of then and of now, side by side: what is new, what is closed, what is gone, what has slipped.
//!
//! Which of them are the same is known to [`identity`].

use std::collections::BTreeSet;

use crate::{
    aggregate::identity::{self, At, Lists},
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
        self.statuses().is_some_and(|(before, now)| !before.is_finished() && now.is_finished())
    }

    /// True when it was done or decided against, and is not any more.
    pub fn is_reopened(&self) -> bool {
        self.statuses().is_some_and(|(before, now)| before.is_finished() && !now.is_finished())
    }

    /// The due dates of then and now, when it is unfinished and the later one is now.
    pub fn slip(&self) -> Option<(Due, Due)> {
        let (before, now) = (self.before?.item.due.as_ref()?.value, self.now?.item.due.as_ref()?.value);
        let is_open = self.now?.item.status.value.is_unfinished();
        (is_open && now.last_day() > before.last_day()).then_some((before, now))
    }
}

impl Base {
    /// The action items of all documents that are new, changed, renamed or gone: those of now in the order of their
    /// postmortems in the archive, then those that are gone. `archive` is that of now.
    pub fn actions<'a>(&'a self, archive: &'a Archive) -> Vec<ActionChange<'a>> {
        let changed = archive.postmortems().iter().filter(|now| self.is_changed(&now.path));
        let both: Vec<(Option<&Postmortem>, Option<&Postmortem>)> =
            changed.map(|now| (Some(&**now), self.before(now))).collect();
        let gone = self.gone(&both);
        let documents: Vec<(Option<&Postmortem>, Option<&Postmortem>)> =
            gone.into_iter().map(|before| (None, Some(before))).chain(both).collect();
        let items = |postmortem: Option<&'a Postmortem>| {
            postmortem.into_iter().flat_map(|postmortem| &postmortem.actions).collect()
        };
        let lists: Vec<Lists<'_, ActionItem>> = documents
            .iter()
            .map(|(now, before)| Lists { now: items(*now), before: items(*before) })
            .collect();
        let pairs = identity::pairs(&lists);
        let held = |(at, nth): At| {
            let postmortem = documents.get(at)?.1?;
            Some(Held { postmortem, item: postmortem.actions.get(nth)? })
        };
        let now = documents.iter().zip(&pairs.before).flat_map(|((now, _), before)| {
            let items = now.iter().flat_map(|postmortem| held_all(postmortem));
            items
                .zip(before)
                .map(|(now, before)| ActionChange { before: before.and_then(held), now: Some(now) })
        });
        let gone = pairs.gone.iter().map(|at| ActionChange { before: held(*at), now: None });
        now.chain(gone).collect()
    }

    /// The postmortems that are gone, from files that are gone or hold others now.
    fn gone<'a>(
        &'a self,
        documents: &[(Option<&Postmortem>, Option<&'a Postmortem>)],
    ) -> Vec<&'a Postmortem> {
        let there: BTreeSet<&str> =
            documents.iter().filter_map(|(_, before)| Some(before.as_ref()?.id.value.as_str())).collect();
        let changed: BTreeSet<&str> = self
            .changes
            .files
            .values()
            .filter_map(|change| change.before.as_deref())
            .chain(self.changes.removed.iter().map(String::as_str))
            .collect();
        let all = self.archive.postmortems().iter().map(|before| &**before);
        all.filter(|before| {
            changed.contains(before.path.as_str()) && !there.contains(before.id.value.as_str())
        })
        .collect()
    }
}

fn held_all(postmortem: &Postmortem) -> impl Iterator<Item = Held<'_>> {
    postmortem.actions.iter().map(move |item| Held { postmortem, item })
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
