//! What items tell together that one alone does not: which of them are work, and which tell of work that was done.

use super::Actions;
use crate::model::{ActionItem, ActionStatus, Origin};

impl Actions<'_> {
    /// True when most of what was read since `before` tells what was done, and none of it asks for anything.
    pub(super) fn only_tells(&self, before: usize) -> bool {
        self.tells(self.items.get(before..).unwrap_or_default())
    }

    /// True when most of some items tell what was done, and none asks for anything.
    pub(super) fn tells(&self, read: &[ActionItem]) -> bool {
        let words = self.context.words;
        // A step of the response may be ticked off.
        let is_told = |item: &ActionItem| {
            item.status.value == ActionStatus::Done
                && (item.status.origin == Origin::Inferred || words.tells_what_was_done(&item.title))
                || item.status.origin == Origin::Inferred
                    && (words.deeds.may_be_done(&item.title) || words.deeds.is_described(&item.title))
        };
        // A name in code that an item begins with is no verb: `` `report-all` now waits ``.
        let is_asked = |item: &ActionItem| {
            let written = item.markdown.of(&item.title).trim_start_matches('*');
            words.asks_for_work(&item.title)
                && !written.starts_with('`')
                && !words.deeds.may_be_either(&item.title)
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

    /// Where some items of a list tell what was done and none asks for work, those tell it too that could mean either. So
    /// they do where most items of the list could.
    pub(super) fn agree(&mut self, before: usize) {
        let words = self.context.words;
        let Some(items) = self.items.get_mut(before..) else { return };
        let is_open = |item: &ActionItem| {
            item.status.value == ActionStatus::Open && item.status.origin == Origin::Inferred
        };
        let is_told = |item: &&ActionItem| words.tells_what_was_done(&item.title);
        let may_be_told = |item: &ActionItem| {
            words.may_tell_what_was_done(&item.title)
                || words.deeds.may_be_done(&item.title) && !words.wants_work(first_sentence(&item.title))
        };
        if !items.iter().any(is_open) || items.iter().any(|item| words.asks_for_work(&item.title)) {
            return;
        }
        let told = items.iter().filter(is_told).count();
        let may = items.iter().filter(|item| !is_told(item) && words.deeds.may_be_done(&item.title)).count();
        if told > 0 || items.len() >= 2 && may * 2 > items.len() {
            for item in items.iter_mut().filter(|item| is_open(item) && may_be_told(item)) {
                item.status.value = ActionStatus::Done;
            }
        }
    }

    /// True for a list of what something does, and not of work: `The script refuses files without a version`, or of when
    /// something is to be told: `Disk usage > 85 %`.
    pub(super) fn only_describes(&self, before: usize) -> bool {
        let words = self.context.words;
        let read = self.items.get(before..).unwrap_or_default();
        // `Log directory > 500 MB` begins with a verb, and compares as those beside it do.
        let plain = read.iter().filter(|item| is_condition(&item.title) && !self.is_work(item)).count();
        let compare = plain * 2 >= read.len() && read.iter().all(|item| is_condition(&item.title));
        let is_work = |item: &ActionItem| is_marked(item) || !compare && self.is_work(item);
        if read.len() < 2 || read.iter().any(is_work) {
            return false;
        }
        let described = read.iter().filter(|item| words.deeds.is_described(&item.title)).count();
        let conditions = read.iter().filter(|item| is_condition(&item.title)).count();
        let acts = read.iter().filter(|item| words.deeds.begins_with_what_is_done(&item.title)).count();
        described * 2 > read.len()
            || acts * 3 >= read.len() * 2
            || conditions * 2 >= read.len()
            || described > 0 && read.iter().all(|item| words.deeds.begins_in_third_person(&item.title))
    }

    /// True for a list of boxes most of which ask how something is: what is to be asked each time.
    pub(super) fn only_checks(&self, before: usize) -> bool {
        let read = self.items.get(before..).unwrap_or_default();
        let is_box = |item: &ActionItem| item.status.origin == Origin::Section;
        let checks = read.iter().filter(|item| self.context.words.deeds.is_check(&item.title));
        read.len() >= 2 && read.iter().all(is_box) && checks.count() * 2 >= read.len()
    }

    /// True for an item that anything marks as work, or that asks for it.
    fn is_work(&self, item: &ActionItem) -> bool {
        is_marked(item)
            || self.context.words.asks_for_work(&item.title)
            || self.context.words.wants_work(&item.title)
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

/// True for an item with an owner, a day, a state or a ticket.
fn is_marked(item: &ActionItem) -> bool {
    item.owner.is_some()
        || item.due.is_some()
        || item.status.origin != Origin::Inferred
        || !item.trackers.is_empty()
}

/// True for a text that compares something with a number, or says at which share: `Disk usage > 85 %`, `Warning: 80%`.
fn is_condition(text: &str) -> bool {
    let share = text.split_once(": ").map_or(text, |(_, share)| share).trim_start();
    let digits = share.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && share.get(digits..).is_some_and(|rest| rest.trim_start().starts_with('%')) {
        return true;
    }
    let mut signs = text.match_indices(['>', '<', '≥', '≤']);
    signs.any(|(at, sign)| {
        let is_arrow = text.get(..at).is_some_and(|before| before.ends_with(['-', '=']));
        let rest = text.get(at + sign.len()..).unwrap_or_default();
        !is_arrow && rest.trim_start_matches(['=', ' ']).starts_with(|c: char| c.is_ascii_digit())
    })
}

fn first_sentence(text: &str) -> &str {
    text.split_once(". ").map_or(text, |(first, _)| first)
}

#[cfg(test)]
mod tests {
    use crate::{model::SectionKind, parse::tests::read};

    fn items(text: &str) -> Vec<String> {
        let items = read("2026-03-14-search.md", &format!("# Search\n\n{text}")).postmortem.actions;
        items.into_iter().map(|item| format!("[{}] {}", item.status.value.key(), item.title)).collect()
    }

    #[test]
    fn a_heading_without_spaces_tells_that_work_is_done_by_its_beginning() {
        let list = "\n\n- 队列上限\n- 索引告警\n";
        assert_eq!(items(&format!("## 已添加的防护措施{list}")), ["[done] 队列上限", "[done] 索引告警"]);
        assert_eq!(items(&format!("## 防护措施{list}")), ["[open] 队列上限", "[open] 索引告警"]);
    }

    #[test]
    fn a_list_of_thresholds_is_no_work() {
        let list = "- Disk usage > 85%\n- Any file >= 100 MB\n- Errors of the index\n";
        assert_eq!(items(&format!("## Monitoring recommendations\n\n{list}")), Vec::<String>::new());
        assert_eq!(items("## Monitoring recommendations\n\n- Nodes 3 -> 5\n- Shards 8 => 4\n").len(), 2);
        assert_eq!(
            items(
                "## Monitoring recommendations\n\n- Warning: 80% disk usage\n- Second level: 85 % disk usage\n- Lag\n"
            ),
            Vec::<String>::new()
        );
        let nested = "1. **Metrics to track**:\n   - Lag\n   - Length of queues\n2. **Alerts to set**:\n   - Lag > 5 minutes\n   - Queue > 40\n   - No index\n3. Cap the queue\n";
        assert_eq!(items(&format!("## Follow-up\n\n{nested}")), ["[open] Cap the queue"]);
        let verbs = "- Disk usage > 85%\n- Log files >= 100 MB\n";
        assert_eq!(items(&format!("## Monitoring recommendations\n\n{verbs}")), Vec::<String>::new());
        let goals = "- Cut the lag to < 5 minutes\n- Keep the disk at < 80%\n- Queue < 40\n";
        assert_eq!(items(&format!("## Monitoring recommendations\n\n{goals}")).len(), 3);
        assert_eq!(
            items("## Follow-up\n\n- Add key metrics:\n  - Lag of search\n  - Lag of mail\n").len(),
            1
        );
        let asked = list.replace("- Errors of", "- Add an alert on errors of");
        assert_eq!(items(&format!("## Monitoring recommendations\n\n{asked}")).len(), 3);
    }

    #[test]
    fn what_was_done_to_things_is_done_where_most_of_a_list_tells_so() {
        let list = "- Queue limit lowered to 40\n- `lag.service` made highly available\n- Fewer shards\n";
        assert_eq!(
            items(&format!("## Follow-up\n\n{list}")),
            [
                "[done] Queue limit lowered to 40",
                "[done] lag.service made highly available",
                "[open] Fewer shards"
            ]
        );
        assert_eq!(
            items(&format!("## Follow-up\n\n{list}- Add an alert\n"))[0],
            "[open] Queue limit lowered to 40"
        );
        assert_eq!(
            items("## Follow-up\n\n- An alert set on lag\n- A second index\n- Fewer shards\n")[0],
            "[open] An alert set on lag"
        );
    }

    #[test]
    fn an_account_of_the_remediation_is_no_work_beside_the_follow_ups() {
        let done = "## Remediation across all hosts (3 changes)\n\n### Queue\n\n- **Queue limit** lowered to 40.\n- **`update-lag.timer` runs every minute**, which it did not.\n\n### Hosts\n\n- Both hosts upgraded 1.2 to 1.3.\n- Index rebuilt by hand\n\n";
        let text = format!("{done}## Follow-ups\n\n- [ ] A second index\n");
        assert_eq!(items(&text), ["[open] A second index"]);
        let sections = read("search.md", &format!("# Search\n\n{text}")).postmortem.sections;
        let kinds: Vec<_> = sections.iter().flat_map(|section| section.kinds).map(SectionKind::key).collect();
        assert_eq!(kinds, ["resolution", "action_items"]);
        assert_eq!(items(&done.replace("Index rebuilt by hand", "Rebuild the index")).len(), 4);
        let made = "## Improvements to the pager that we made\n\n- Queue limit lowered to 40\n- Old index removed\n\n";
        assert_eq!(items(made).len(), 2);
        assert_eq!(items(&format!("{made}## Follow-ups\n\n- A second index\n")), ["[open] A second index"]);
    }

    #[test]
    fn corrective_actions_told_in_person_are_an_account_beside_a_list_that_is_followed() {
        let told = "## Corrective actions\n\n1. I restarted the index.\n2. I verified the listeners:\n   - `80/tcp`\n   - `81/tcp`\n3. I moved the queue to new disks.\n4. I enabled the log.\n\n";
        let follow = "## Follow-ups\n\n| Action | Status |\n|---|---|\n| Cap the queue | Complete |\n";
        assert_eq!(items(&format!("{told}{follow}")), ["[done] Cap the queue"]);
        let sections =
            read("search.md", &format!("# Search\n\n{told}{follow}")).postmortem.sections.into_iter();
        let kinds: Vec<_> = sections.flat_map(|section| section.kinds).map(SectionKind::key).collect();
        assert_eq!(kinds, ["resolution", "action_items"]);
        assert!(items(told).len() > 2);
    }

    #[test]
    fn a_verb_whose_past_is_the_same_asks_for_nothing_among_what_was_done() {
        let steps =
            "1. Scaled the index to zero\n2. Reset the offsets\n3. Re-enabled alerts\n4. Rebuilt it\n\n";
        let follow = "## Follow-up actions\n\n- Cap the queue\n";
        assert_eq!(items(&format!("## Remediation actions\n\n{steps}{follow}")), ["[open] Cap the queue"]);
        assert_eq!(items("## Remediation actions\n\n- Reset the offsets\n- Split the index\n").len(), 2);
    }

    #[test]
    fn a_list_of_what_a_script_or_a_test_does_is_no_work() {
        let list = "- The script refuses files without a version\n- CI checks the schema before each merge\n- Old files stay\n";
        assert_eq!(items(&format!("## Prevention\n\n{list}")), Vec::<String>::new());
        assert_eq!(
            items(
                "## Prevention\n\nChanged `drain.sh` so that it does not fail:\n\n1. Checks if the index exists\n2. Creates users if missing\n3. Runs on each deploy\n"
            ),
            Vec::<String>::new()
        );
        assert_eq!(
            items("## Prevention\n\n- Removes unused volumes\n- Logs all of it\n- By hand, too\n"),
            Vec::<String>::new()
        );
        assert_eq!(items(&format!("## Prevention\n\n{list}- Add an alert\n")).len(), 4);
        assert_eq!(items(&format!("## Action items\n\n{list}")).len(), 3);
        assert_eq!(items("## Prevention\n\n- Alerts on lag\n- Limits of the queue\n").len(), 2);
    }

    #[test]
    fn a_paragraph_that_tells_what_comes_of_the_work_promises_none() {
        let prose = |text: &str| items(&format!("## What next\n\n{text}\n"));
        for explains in [
            "The job will then find the row and send it.",
            "No change of the index is needed. The rows are right, and there are 12 of them.",
            "The name is part of each deploy, so that it will not be lost again.",
        ] {
            assert_eq!(prose(explains), Vec::<String>::new());
        }
        for promises in [
            "We will then look for the row and send it.",
            "A new release of the job will find the row and send it.",
            "The job will then find the row. The row needs a new state.",
        ] {
            assert_eq!(prose(promises).len(), 1, "{promises}");
        }
    }

    #[test]
    fn measures_within_the_lessons_are_lessons() {
        let measures = "## Lessons learned\n\n### Queues\n\n- Queues grow\n\n### Process improvements\n\n- Look at the lag each day\n";
        assert_eq!(items(measures), Vec::<String>::new());
        assert_eq!(items(&measures.replace("### Process", "## Process")).len(), 1);
    }

    #[test]
    fn what_is_to_be_done_or_asked_each_time_is_no_work_of_this_incident() {
        let tasks = "- [ ] Test the restore\n- [ ] Look at the lag\n";
        for head in [
            "Before every deploy:",
            "When adding a host, do this:",
            "Before deploying ANY index:",
            "### Checklist for new hosts",
            "**Before each release**",
        ] {
            assert_eq!(items(&format!("## Prevention\n\n{head}\n\n{tasks}")), Vec::<String>::new(), "{head}");
        }
        for head in ["Before the next deploy:", "### Hosts", "We will:"] {
            assert_eq!(items(&format!("## Prevention\n\n{head}\n\n{tasks}")).len(), 2, "{head}");
        }
        let questions =
            "- [ ] Is the certificate valid?\n- [ ] Does the index have a replica?\n- [ ] Lag below 5?\n";
        assert_eq!(items(&format!("## Prevention\n\n{questions}")), Vec::<String>::new());
        assert_eq!(items(&format!("## Prevention\n\n{}", questions.replace("[ ] ", ""))).len(), 3);
        assert_eq!(items("## Prevention\n\n- [ ] Can we have an alert?\n- [ ] Should it page?\n").len(), 2);
    }
}
