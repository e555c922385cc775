//! Sections of work that are none beside the others: a check list of the document itself, an account of what was done.

use super::{Actions, fields, shown::has_checks};
use crate::{
    model::{ActionItem, ActionStatus, Origin, SectionForm},
    parse::{
        locale::{Lesser, Lexicon},
        outline::Part,
    },
    source::Span,
};

impl Actions<'_> {
    /// Drops a list of open boxes that asks for nothing and only says how things shall be, beside one that does: what is
    /// to be ticked off before the document is done. `ends` are the ends of what each section gave.
    pub(super) fn drop_own_checklist(&mut self, ends: &mut [usize]) {
        let words = self.context.words;
        let is_box = |item: &ActionItem| {
            item.status.origin == Origin::Section
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
    pub(super) fn drop_accounts(
        &mut self,
        parts: &[Part<'_>],
        work: &[&Part<'_>],
        ends: &mut [usize],
    ) -> Vec<Span> {
        let words = self.context.words;
        let is_open = |item: &ActionItem| {
            item.status.value == ActionStatus::Open || item.status.origin != Origin::Inferred
        };
        let lists = self.lists(ends);
        let is_account = |(part, list): (&&Part<'_>, &&[ActionItem])| {
            let in_person = list.iter().filter(|item| words.deeds.is_told_in_person(&item.title)).count();
            let may_be_one = words.exact_section(&part.section.title).is_none() || in_person * 2 > list.len();
            !list.is_empty() && (may_be_one && self.tells(list) || is_finished(words, (parts, part), list))
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

/// True for what a heading says was done, `Remediation actions taken`, `✅ Immediate actions`, or the one around it, where
/// nothing is said of any of it but that it is done. Work that was planned is put as a task: `[x] Cap the queue`.
fn is_finished(words: &Lexicon, (parts, part): (&[Part<'_>], &Part<'_>), list: &[ActionItem]) -> bool {
    let is_ticked =
        |title: &str| fields::status_sign(title).is_some_and(|sign| sign.status == ActionStatus::Done);
    let says_so =
        |part: &Part<'_>| words.heads_finished_work(&part.section.title) || is_ticked(&part.section.title);
    let mut around = parts.iter().filter(|outer| {
        matches!(outer.section.form, SectionForm::Heading(level) if level > 1)
            && outer.section.body.contains(part.section.heading)
    });
    let is_only_done = |item: &&ActionItem| {
        item.status.value == ActionStatus::Done
            && item.owner.is_none()
            && item.due.is_none()
            && item.trackers.is_empty()
    };
    let is_open =
        |item: &ActionItem| item.status.value != ActionStatus::Done && item.status.origin != Origin::Inferred;
    let asked = list.iter().filter(|item| words.asks_for_work(&item.title)).count();
    // What a measure in place asks for is how it is kept: `Check each plan` below `Preventive measures implemented`.
    let title = part.section.title.trim();
    let mut heads = title.match_indices(' ').filter_map(|(at, _)| title.get(..at));
    let mut are_kept = || says_so(part) && heads.any(|head| words.names_lesser_work(Lesser::Measures, head));
    !words.heads_the_list(&part.section.title)
        && !has_checks(part.blocks)
        && (says_so(part) || around.any(says_so))
        && list.iter().filter(is_only_done).count() * 3 >= list.len() * 2
        && !list.iter().any(is_open)
        && (asked * 2 < list.len() || are_kept())
}

#[cfg(test)]
mod tests {
    use crate::parse::actions::tests::titles;

    #[test]
    fn what_a_finished_section_ticks_off_is_no_work_beside_a_list_of_it() {
        let list = "## Action items\n\n- [ ] Cap the queue\n\n";
        let told = "### Index\n\n- ✅ Restored the index\n- ✅ Full copy made\n- ✅ Lag of zero\n\n";
        for heading in
            ["Remediation actions taken", "✅ Corrective actions", "Corrective measures implemented"]
        {
            assert_eq!(titles(&format!("## {heading}\n\n{told}{list}")), ["Cap the queue"], "{heading}");
            assert_eq!(titles(&format!("## {heading}\n\n{told}")).len(), 3, "{heading}");
            let to_come = told.replace("✅ Full", "⏳ Full");
            assert_eq!(titles(&format!("## {heading}\n\n{to_come}{list}")).len(), 4, "{heading}");
        }
        let around = "## Security measures implemented\n\n### Preventive actions\n\n- Queue capped\n- Lag: Added a panel\n\n";
        assert_eq!(titles(&format!("{around}{list}")), ["Cap the queue"]);
        let kept = "## Preventive measures implemented\n\n### Plans\n\n**Requirements:**\n\n- Check each plan\n- Verify the copy\n\n";
        for heading in ["Recommendations", "Next steps"] {
            let later = format!("## {heading}\n\n- Cap the queue\n");
            assert_eq!(titles(&format!("{kept}{later}")), ["Cap the queue"], "{heading}");
        }
        // Work that was planned is put as a task and followed with boxes.
        let boxes = "## Corrective actions (done)\n\n- [x] Restore the index\n- [x] Full copy\n\n";
        assert_eq!(titles(&format!("{boxes}{list}")).len(), 3);
    }
}
