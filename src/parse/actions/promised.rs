//! Lists below a sentence that promises work, or tells what was done so that it does not happen again, where no section
//! holds the action items: `Going forward, we will do the following:`.

use super::{Actions, layout};
use crate::{
    model::SectionKind,
    parse::{
        blocks::{Block, Body, Kind},
        outline::Part,
    },
};

impl Actions<'_> {
    /// Reads the lists that are promised, when nothing else has been read.
    pub(super) fn promised(&mut self, body: &Body, parts: &[Part<'_>]) {
        if !self.items.is_empty() {
            return;
        }
        let timelines = || parts.iter().filter(|part| part.is(SectionKind::Timeline));
        for pair in body.blocks.windows(2) {
            let [Block { kind: Kind::Paragraph(text), span }, Block { kind: Kind::List(items), .. }] = pair
            else {
                continue;
            };
            let last = layout::last_sentence(text);
            if !last.ends_with([':', '：']) || self.context.words.announces_no_work(last) {
                continue;
            }
            let is_promised = self.context.words.promises_work(last);
            let was_done = !is_promised && self.context.words.tells_of_prevention(last);
            if (is_promised || was_done) && !timelines().any(|part| part.section.body.contains(*span)) {
                let before = self.items.len();
                self.group = super::Group::default();
                for item in items {
                    self.item(item);
                }
                if is_promised {
                    self.keep_unless_told(before);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        model::SectionKind,
        parse::{actions::tests, tests::read},
    };

    fn titles(text: &str) -> Vec<String> {
        tests::titles(&format!("## Lessons\n\n{text}"))
    }

    #[test]
    fn a_promise_above_a_list_makes_its_items_work_where_no_section_holds_any() {
        let promise = "We were slow. Going forward, we will do the following:\n\n- Alert on lag\n- We will cap the queue\n";
        assert_eq!(titles(promise), ["Alert on lag", "We will cap the queue"]);
        let section = format!("{promise}\n## Action items\n\n- Test the restore\n");
        assert_eq!(titles(&section), ["Test the restore"]);
    }

    #[test]
    fn a_sentence_above_a_list_may_call_it_what_comes_next() {
        assert_eq!(titles("The next priorities are:\n\n- Alert on lag\n"), ["Alert on lag"]);
        let things = "Here are two things that I'll be changing about search.example to prevent this:\n\n- A nightly rebuild\n";
        assert_eq!(titles(things), ["A nightly rebuild"]);
    }

    #[test]
    fn a_list_of_what_was_done_to_prevent_it_is_the_work() {
        let told = "To keep this from happening again, we've made some changes:\n\n- Alerts have been added\n- The queue was capped\n";
        assert_eq!(titles(told), ["Alerts have been added", "The queue was capped"]);
        assert!(titles(&told.replace("To keep this from happening again, we", "We")).is_empty());
    }

    #[test]
    fn a_task_below_what_it_is_about_may_name_itself() {
        let named = "## Action items\n\n- **Schemas:** There are two.\n  - *Action:* Make one of them.\n- **Tests:** None.\n  - *Action:* Write one.\n";
        assert_eq!(titles(named), ["Make one of them.", "Write one."]);
    }

    #[test]
    fn a_list_of_actions_that_were_taken_is_no_work_that_follows() {
        assert!(
            titles("## Actions\n\n- Restarted the index\n- The queue was drained\n- Added two nodes\n")
                .is_empty()
        );
        assert_eq!(titles("## Actions\n\n- Cap the queue\n- Added two nodes\n").len(), 2);
        assert_eq!(titles("## Prevention\n\n- Added an alert\n- Capped the queue\n").len(), 2);
    }

    #[test]
    fn a_section_of_actions_that_were_taken_is_the_response() {
        let kinds = |text: &str| {
            let sections = read("search.md", &format!("# Search\n\n{text}")).postmortem.sections;
            sections.into_iter().flat_map(|section| section.kinds).collect::<Vec<_>>()
        };
        assert_eq!(
            kinds("## Actions\n\n- Restarted the index\n- Added two nodes\n"),
            [SectionKind::Response]
        );
        assert_eq!(
            kinds(
                "## Remediation\n\n- Access was restricted at once\n- Audits were carried out on all hosts\n- `report-all` now waits for the check\n"
            ),
            [SectionKind::Resolution]
        );
        assert_eq!(
            kinds("## Actions\n\n- Restart the index\n- Added two nodes\n"),
            [SectionKind::ActionItems]
        );
    }

    #[test]
    fn a_list_that_nobody_promises_or_that_was_done_is_no_work() {
        assert!(titles("These are the reasons:\n\n- The queue grew\n- Nobody looked\n").is_empty());
        assert!(titles("To prevent this, the limits were:\n\n- 10 for reads\n- 5 for writes\n").is_empty());
        let told = "We will tell what we did to prevent this:\n\n- Added an alert\n- Capped the queue\n";
        assert!(titles(told).is_empty());
    }

    #[test]
    fn actions_that_were_taken_are_no_work_in_a_list_that_is_parted() {
        let list = "## Corrective measures\n\n- **Immediate actions taken**:\n  - Monitoring confirmed the scope\n- **Short-term actions**:\n  - Cap the queue\n";
        assert_eq!(titles(list), ["Cap the queue"]);
    }
}
