//! Which sections hold the action items: those of the work, and those of ideas only where no other one does.

use super::{
    Actions, fields, layout,
    shown::{parts_the_work, shows_states},
    twice,
};
use crate::{
    model::{ActionStatus, SectionForm, SectionKind},
    parse::{
        locale::{Lesser, Lexicon},
        outline::Part,
        ranges::Ranges,
    },
    source::Span,
};

impl Actions<'_> {
    /// Reads the sections of a document. Gives the headings of those that turn out to hold no work that follows.
    pub(super) fn sections(&mut self, parts: &[Part<'_>]) -> Vec<Span> {
        let words = self.context.words;
        let mut outermost: Vec<&Part<'_>> = Vec::new();
        // What lessons say of measures is a lesson.
        let are_lessons =
            |part: &&Part<'_>| part.is(SectionKind::Lessons) && !part.is(SectionKind::ActionItems);
        let lessons = Ranges::new(parts.iter().filter(are_lessons).map(|part| part.section.body).collect());
        let is_lesson = |part: &Part<'_>| {
            let named = [Lesser::Ideas, Lesser::Measures];
            named.iter().any(|kind| words.names_lesser_work(*kind, &part.section.title))
                && lessons.overlaps(part.section.heading)
        };
        let is_work = |part: &&Part<'_>| part.is(SectionKind::ActionItems) && !is_lesson(part);
        for part in parts.iter().filter(is_work) {
            let end = outermost.last().map_or(0, |last| last.section.body.end);
            if part.section.heading.start >= end {
                outermost.push(part);
            }
        }
        let heads_the_list = |part: &&Part<'_>| words.heads_the_list(&part.section.title);
        let has_list = outermost.iter().any(heads_the_list);
        // A heading of the cause names what mended it, too.
        let is_of_the_cause = |part: &Part<'_>| part.is(SectionKind::RootCause) && outermost.len() > 1;
        // Beside that list or ideas, measures which are in place are what there is now: `Preventive measures implemented`.
        let is_in_place =
            |part: &&Part<'_>| !heads_the_list(part) && words.heads_finished_work(&part.section.title);
        let has_ideas =
            outermost.iter().any(|part| words.names_lesser_work(Lesser::Ideas, &part.section.title));
        let is_lesser = |part: &&&Part<'_>| {
            let names = |kind| words.names_lesser_work(kind, &part.section.title);
            let is_named = names(Lesser::Ideas)
                || has_list && names(Lesser::Measures)
                || (has_list || has_ideas) && is_in_place(part);
            // Beside the list of the work, what a label of the resolution says was changed is told: `**Changes:**`.
            let is_label = part.section.form == SectionForm::Label;
            let is_told = has_list
                && is_label
                && !heads_the_list(part)
                && layout::is_within_response(parts, part)
                && !shows_states(words, part.blocks);
            is_named && !shows_states(words, part.blocks) && !parts_the_work(words, part.blocks)
                || names(Lesser::Changes)
                || is_of_the_cause(part)
                || is_told
        };
        let (lesser, work): (Vec<&Part<'_>>, Vec<&Part<'_>>) = outermost.iter().partition(is_lesser);
        let mut ends = Vec::new();
        let mut told: Vec<Span> = Vec::new();
        for part in &work {
            told.extend(self.section(parts, part));
            ends.push(self.items.len());
        }
        self.drop_own_checklist(&mut ends);
        told.extend(self.drop_accounts(parts, &work, &mut ends));
        twice::tell_once(&mut self.items, &ends);
        let (in_place, lesser): (Vec<&Part<'_>>, Vec<&Part<'_>>) = lesser.into_iter().partition(is_in_place);
        for rank in [lesser, in_place] {
            if !self.items.is_empty() {
                break;
            }
            for part in rank {
                let before = self.items.len();
                told.extend(self.section(parts, part));
                if self.only_advises(before) {
                    self.items.truncate(before);
                    told.push(part.section.heading);
                }
            }
        }
        told
    }

    /// Reads one section. Gives its heading when all it tells is what was done.
    fn section(&mut self, parts: &[Part<'_>], part: &Part<'_>) -> Option<Span> {
        let before = self.items.len();
        self.part(part);
        let is_response = part.is(SectionKind::Resolution) || part.is(SectionKind::Response);
        if is_response || layout::is_within_response(parts, part) {
            self.keep_unless_told(before);
            if self.only_tells(before) {
                self.items.truncate(before);
            }
        } else if self.context.words.told_section(&part.section.title).is_some() && self.only_tells(before) {
            self.items.truncate(before);
            return Some(part.section.heading);
        }
        None
    }
}

/// True for a heading within a list of work below which stands what was done during the incident:
/// `Immediate actions (completed)`, `Immediate actions taken`.
pub(super) fn heads_the_response(words: &Lexicon, title: &str) -> bool {
    let is_done = |remark| fields::status(words, remark) == Some(ActionStatus::Done);
    let is_long = title.trim().contains(' ');
    let is_told = remark(title).is_some_and(is_done) && words.told_section(title).is_some();
    let is_named =
        || words.exact_section(title) == Some(SectionKind::Response) && words.heads_finished_work(title);
    is_long && (is_told || is_named())
}

/// What stands in the last brackets of a title.
pub(super) fn remark(title: &str) -> Option<&str> {
    let open = title.rfind('(')?;
    title.get(open + 1..).map(|remark| remark.trim_end_matches(')'))
}

#[cfg(test)]
mod tests {
    use crate::parse::{actions::tests::titles, tests::read};

    #[test]
    fn ideas_and_advice_are_work_only_where_no_other_section_holds_any() {
        let ideas = "## Possible improvements\n\n- A second index\n- Fewer nodes\n";
        assert_eq!(titles(ideas), ["A second index", "Fewer nodes"]);
        assert_eq!(titles(&format!("{ideas}\n## Actions\n\n- Cap the queue\n")), ["Cap the queue"]);
        let followed = ideas.replace("- A", "- ✅ A");
        assert_eq!(titles(&format!("{followed}\n## Actions\n\n- Cap the queue\n")).len(), 3);
        let ahead = ideas.replace("Possible improvements", "Moving forward");
        assert_eq!(titles(&format!("## Planned actions\n\n- Cap the queue\n\n{ahead}")), ["Cap the queue"]);
        assert_eq!(
            titles("## Next steps\n\nNone\n\n## Recommendations\n\n- Cap the queue\n"),
            ["Cap the queue"]
        );
    }

    #[test]
    fn measures_are_work_only_where_nothing_is_headed_as_the_list_of_it() {
        let measures = "## Prevention\n\n- Start with narrow rights\n- Test each migration\n\n";
        assert_eq!(titles(measures), ["Start with narrow rights", "Test each migration"]);
        assert_eq!(titles(&format!("{measures}## Action items\n\n- Cap the queue\n")), ["Cap the queue"]);
        assert_eq!(titles(&format!("{measures}## Next steps\n\n- Cap the queue\n")).len(), 3);
        assert_eq!(titles(&format!("{measures}## Action items\n\nNone\n")).len(), 2);
        let boxes = measures.replace("- ", "- [ ] ");
        assert_eq!(titles(&format!("{boxes}## Action items\n\n- [ ] Cap the queue\n")).len(), 3);
        let below = boxes.replace("Prevention\n", "Prevention\n\n### This week\n");
        assert_eq!(titles(&format!("{below}## Action items\n\n- [ ] Cap the queue\n")).len(), 3);
    }

    #[test]
    fn what_was_changed_is_work_that_is_done_where_no_other_section_holds_any() {
        let changed = "## What we changed\n\n- A cap of the queue\n- A fourth state, `blocked`\n\n";
        let items = |text: &str| {
            let items = read("search.md", &format!("# Search\n\n{text}")).postmortem.actions;
            items.into_iter().map(|item| (item.status.value.key(), item.title)).collect::<Vec<_>>()
        };
        assert_eq!(
            items(changed),
            [("done", "A cap of the queue".to_owned()), ("done", "A fourth state, blocked".to_owned())]
        );
        assert_eq!(
            items(&format!("{changed}## What we will do next\n\n- Page on lag\n")),
            [("open", "Page on lag".to_owned())]
        );
        let cause =
            "## Root cause and remediation\n\nThe queue had no cap.\n\n- **Queue capped** by `lag.conf`\n\n";
        assert_eq!(titles(&format!("{cause}## Follow-ups\n\n- Page on lag\n")), ["Page on lag"]);
    }

    #[test]
    fn what_is_ticked_off_at_once_was_followed_up_and_an_accepted_risk_is_no_work() {
        let boxes = "## Action items\n\n### Immediate (completed)\n\n- [x] Restore the index\n\n### Later\n\n- [ ] Cap the queue\n";
        assert_eq!(titles(boxes), ["Restore the index", "Cap the queue"]);
        assert_eq!(titles(&boxes.replace("[x] ", "")), ["Cap the queue"]);
        let risk = "## Action items\n\n- Cap the queue\n- Risk accepted: there is one rack\n";
        assert_eq!(titles(risk), ["Cap the queue"]);
    }

    #[test]
    fn of_sentences_on_their_own_lines_those_that_say_what_will_be_done_are_the_work() {
        let prose = "## Next steps\n\nNobody looked at the lag of the index.\nWe will therefore add an alert on it.\n";
        assert_eq!(titles(prose), ["We will therefore add an alert on it."]);
        let tasks = "## Next steps\n\nAdd an alert on lag.\nThe queue should have a cap.\nFewer shards in each index.\n";
        assert_eq!(titles(tasks).len(), 3);
    }

    #[test]
    fn a_checklist_of_the_document_itself_is_no_work_beside_the_work() {
        let boxes = "## Actions\n\n- [ ] The incident is over\n- [ ] All parts above are written\n- [ ] Each ticket is linked\n";
        assert_eq!(titles(&format!("## Action items\n\n- Cap the queue\n\n{boxes}")), ["Cap the queue"]);
        assert_eq!(titles(boxes).len(), 3);
        let work = boxes.replace("The incident is over", "Test the restore");
        assert_eq!(titles(&format!("## Action items\n\n- Cap the queue\n\n{work}")).len(), 4);
    }

    #[test]
    fn what_would_have_been_and_what_to_be_aware_of_is_no_work() {
        let cap = "## Prevention\n\n- Cap the queue\n";
        assert_eq!(
            titles(&format!("{cap}- If we had seen the lag, it would not have failed\n")),
            ["Cap the queue"]
        );
        assert_eq!(
            titles(&format!(
                "{cap}\n### Reminder\n\nBefore you change the rule, be aware that:\n\n- Rules add up\n- The last one wins\n"
            )),
            ["Cap the queue"]
        );
    }

    #[test]
    fn advice_to_people_outside_is_no_work() {
        let advice = "- Users should rotate their keys\n- Plugin developers must not keep them in the code\n";
        assert_eq!(titles(&format!("## Recommendations\n\n{advice}")), Vec::<String>::new());
        assert_eq!(
            titles("## Recommendations\n\n- We should rotate the keys\n- Users should be told\n").len(),
            2
        );
    }

    #[test]
    fn immediate_actions_that_are_completed_are_the_response() {
        assert_eq!(
            titles(
                "## Remediation\n\n### Immediate actions (completed)\n\n- More nodes\n\n### Planned\n\n- Cap the queue\n"
            ),
            ["Cap the queue"]
        );
        assert_eq!(
            titles(
                "## Prevention\n\n### Immediate actions taken\n\n- Queue: Cut to 40\n\n### Planned\n\n- Cap the queue\n"
            ),
            ["Cap the queue"]
        );
        let signed = "## Next steps\n\n### Immediate actions (done)\n\n- ✅ Restore the index\n\n### Later (to do)\n\n- [ ] Cap the queue\n";
        assert_eq!(titles(signed), ["Restore the index", "Cap the queue"]);
        assert_eq!(titles(&signed.replace("Restore", "Restored")), ["Cap the queue"]);
        assert_eq!(titles("## Follow-up\n\n### Alerts (completed)\n\n- Page on lag\n"), ["Page on lag"]);
    }

    #[test]
    fn a_list_of_choices_causes_or_features_is_no_work() {
        let follow =
            |line: &str| titles(&format!("## Follow-up\n\n{line}\n\n- A second index\n- Fewer nodes\n"));
        assert_eq!(follow("We will do one of the following:"), Vec::<String>::new());
        assert_eq!(follow("All of it was due to:"), Vec::<String>::new());
        assert_eq!(follow("Create a check to verify:"), Vec::<String>::new());
        assert_eq!(follow("**Features of the new index:**"), Vec::<String>::new());
        assert_eq!(follow("We will have:").len(), 2);
    }

    #[test]
    fn a_table_that_names_nothing_of_an_item_beside_a_list_describes_something() {
        let table = "| Script | Runs on |\n|---|---|\n| drain.sh | Linux |\n";
        assert_eq!(titles(&format!("## Prevention\n\n- Cap the queue\n\n{table}")), ["Cap the queue"]);
        assert_eq!(titles(&format!("## Prevention\n\n{table}")), ["drain.sh"]);
    }

    #[test]
    fn a_paragraph_that_only_says_how_things_are_or_takes_leave_is_no_work() {
        assert_eq!(titles("## Follow-up\n\nThe queue is short again.\n"), Vec::<String>::new());
        assert_eq!(titles("## Follow-up\n\nWe look forward to your ideas.\n"), Vec::<String>::new());
        for work in [
            "The queue is short, and will be capped.",
            "Is the queue too short for this?",
            "Cap the queue, which is too long.",
            "The queue is too long. (capped in the job)",
            "Shorter queues everywhere.",
        ] {
            assert_eq!(titles(&format!("## Follow-up\n\n{work}\n")), [work]);
        }
        let investigation = "## Action items\n\n### Investigation\n\nIt seemed to come from the loss of a node. Are nodes too old?\n\n### Process\n\n- Cap the queue\n";
        assert_eq!(titles(investigation), ["Cap the queue"]);
    }

    #[test]
    fn brackets_of_a_heading_may_name_who_answers_for_its_items() {
        let owners = |heading: &str| {
            let items = read("search.md", &format!("# Search\n\n## {heading}\n\n- Cap the queue\n"))
                .postmortem
                .actions;
            items.into_iter().map(|item| item.owner.map(|owner| owner.value)).collect::<Vec<_>>()
        };
        assert_eq!(owners("Actions (Kim Berg)"), [Some("Kim Berg".to_owned())]);
        assert_eq!(owners("Actions (Kafka)"), [None]);
    }
}
