//! One small list of action items for each layout that teams use.

use crate::parse::tests::postmortem;

/// The items as `[status] title`, with owner, type, priority, due day and trackers where they are known.
pub(super) fn items(text: &str) -> Vec<String> {
    let read = postmortem(&format!("# Search\n\n## Action items\n\n{text}"));
    let lines = read.actions.iter().map(|item| {
        let mut line = format!("[{}] {}", item.status.value.key(), item.title);
        let fields = [
            item.owner.as_ref().map(|owner| owner.value.clone()),
            item.kind.as_ref().map(|kind| kind.value.key().to_owned()),
            item.priority.as_ref().map(|priority| priority.value.clone()),
            item.due.as_ref().map(|due| due.value.to_string()),
        ];
        for field in
            fields.into_iter().flatten().chain(item.trackers.iter().map(|tracker| tracker.value.clone()))
        {
            line.push_str(" | ");
            line.push_str(&field);
        }
        line
    });
    lines.collect()
}

/// The titles of the items of a document, from below its heading on.
pub(super) fn titles(text: &str) -> Vec<String> {
    let read = postmortem(&format!("# Search\n\n{text}"));
    read.actions.into_iter().map(|item| item.title).collect()
}

#[test]
fn bullets_with_fields_marks_and_links() {
    assert_eq!(
        items(
            "- Alert on lag (owner: search, type: detect, P1, due 2026-Q2, SRCH-12)\n- ✅ Cap the queue\n- Write it down - DONE\n\
             - ~~Drop the index~~\n- @kim: ask the vendor\n- SRCH-13: test the restore\n\
             - Split the job ([#14](https://git.example/a/b/issues/14))\n- none\n"
        ),
        [
            "[open] Alert on lag | search | detect | P1 | 2026-Q2 | SRCH-12",
            "[done] Cap the queue",
            "[done] Write it down",
            "[done] Drop the index",
            "[open] ask the vendor | @kim",
            "[open] test the restore | SRCH-13",
            "[open] Split the job | https://git.example/a/b/issues/14",
        ]
    );
}

#[test]
fn check_boxes_groups_and_owner_lines() {
    assert_eq!(
        items(
            "### Prevent\n\n1. [x] Cap the queue\n2. [ ] Test the restore\n\n### Later (done)\n\n**Kim Berg**\n\n- Write it down\n\n\
             ### Process\n\n- For the next quarter:\n  - Train the rota\n- Keep a log\n  - so that there is one\n"
        ),
        [
            "[done] Cap the queue | prevent",
            "[open] Test the restore | prevent",
            "[done] Write it down | Kim Berg",
            "[open] Train the rota | process",
            "[open] Keep a log | process",
        ]
    );
}

#[test]
fn tables_by_their_headers() {
    assert_eq!(
        items(
            "| # | Task | Assignee | Priority | Deadline | State | Ticket |\n|---|---|---|---|---|---|---|\n\
             | 1 | Cap the queue | search | P1 | 2026-04-10 | In progress | [SRCH-12](https://t.example/browse/SRCH-12) |\n\
             | 2 | Test it | | | soon | 完了 | |\n| :--- | :--- | | | | | |\n"
        ),
        [
            "[in-progress] Cap the queue | search | P1 | 2026-04-10 | https://t.example/browse/SRCH-12",
            "[done] Test it",
        ]
    );
}

#[test]
fn prose_counts_only_where_there_is_no_list() {
    assert_eq!(
        items("We will cap the queue.\n\n*List the tasks here.*\n"),
        ["[open] We will cap the queue."]
    );
    assert_eq!(
        items(
            "These are examples of what to write.\n\n### Queue\n\nCap its length soon.\n\n### Tests\n\n- Add one for it\n"
        ),
        ["[open] Cap its length soon.", "[open] Add one for it"]
    );
}

#[test]
fn fields_about_the_document_or_its_review_are_no_items() {
    let record = "**Written by:** Kim Lee (SRE)  \n**Reviewed by:** Sam  \n**Last updated:** 2026-03-14\n";
    assert_eq!(items(record), Vec::<String>::new());
    let list = record.replace("**W", "- **W").replace("  \n", "\n- ");
    assert_eq!(items(&list), Vec::<String>::new());
    assert_eq!(items("- **Index:** 3 replicas\n- **Queue:** a limit\n").len(), 2);
    let review = "**Review day**: 2026-04-14 (a month)  \n**Reviewed**: [ ] Yes / [ ] No  \n**Seen again**: [ ] Yes / [ ] No  \n**Notes**: Check if it came back\n";
    assert_eq!(items(review), Vec::<String>::new());
    assert_eq!(items("**Action:** Cap the queue  \n**Owner:** Kim  \n**Due:** 2026-04-01\n").len(), 1);
}

#[test]
fn headings_may_be_the_items() {
    assert_eq!(
        items(
            "### 1) Cap the queue `@kim`\n\nIt grew without a limit.\n\n### 2) Verify the restore\n\nNobody has tried, see SRCH-12.\n"
        ),
        ["[open] Cap the queue | @kim", "[open] Verify the restore | SRCH-12"]
    );
}

#[test]
fn bullets_that_lost_their_indent_and_legends_are_no_items() {
    assert_eq!(
        items("1. Cap the queue:\n\n- by length\n- by age\n\n2. Move the index\n\n- to the new disks\n"),
        ["[open] Cap the queue:", "[open] Move the index"]
    );
    assert_eq!(
        items("- **Prevention**\n  - Cap the queue\n- **Detection**\n  - Alert on lag\n"),
        ["[open] Cap the queue", "[open] Alert on lag"]
    );
    assert_eq!(
        items(
            "| Type | Task |\n|---|---|\n| prevent | Cap the queue |\n\n### What the types mean\n\n\
             - **prevent:** so that it does not happen\n- **detect:** so that we know\n"
        ),
        ["[open] Cap the queue | prevent"]
    );
}

#[test]
fn what_was_done_is_told_in_many_ways() {
    assert_eq!(
        items(
            "- We've moved the index to new disks\n- Switched to the new client\n- Write it down. Done in the handbook.\n\
             - Increased logging would help\n- [SRCH-9](https://t.example/browse/SRCH-9)\n"
        ),
        [
            "[done] We've moved the index to new disks",
            "[done] Switched to the new client",
            "[done] Write it down",
            "[open] Increased logging would help",
            "[open] SRCH-9 | https://t.example/browse/SRCH-9",
        ]
    );
    assert_eq!(
        items(
            "| Task | Status |\n|---|---|\n| Cap the queue | **DONE** (in SRCH-7) |\n| Test it | <https://t.example/issues/8> |\n"
        ),
        ["[done] Cap the queue", "[open] Test it | https://t.example/issues/8"]
    );
    assert_eq!(
        items("[SRCH-9](https://t.example/browse/SRCH-9)\n"),
        ["[open] SRCH-9 | https://t.example/browse/SRCH-9"]
    );
}

#[test]
fn fields_may_be_empty_and_a_sentence_may_follow_them() {
    assert_eq!(
        items(
            "- [ ] ~~One message each~~ (owner: search, P3, status: wont-do, SRCH-14). It has no use any more\n\
             - [ ] Cap the queue (status: proposed, owner: , due: )\n\
             - Drain it (slowly). Then restart\n"
        ),
        [
            "[wont-do] One message each | search | P3 | SRCH-14",
            "[proposed] Cap the queue",
            "[open] Drain it (slowly). Then restart",
        ]
    );
}

#[test]
fn lines_and_headings_with_fields_are_items_of_their_own() {
    assert_eq!(
        items(
            "[K1](https://t.example/issues/1) - Cap the queue\n[K2](https://t.example/issues/2) - Test it\n"
        ),
        ["[open] Cap the queue | https://t.example/issues/1", "[open] Test it | https://t.example/issues/2"]
    );
    assert_eq!(
        items("Cap the queue by length.\nTest the restore each month.\nWrite down who to call.\n"),
        [
            "[open] Cap the queue by length.",
            "[open] Test the restore each month.",
            "[open] Write down who to call."
        ]
    );
    assert_eq!(items("We will cap the queue.\nThat is all\nof it.\n").len(), 1);
    assert_eq!(
        items(
            "### Cap the queue length\n\n- Owner: kim\n- Due: 2026-04-10\n\n### Test the restore\n\n- Owner: sam\n- Status: done\n"
        ),
        ["[open] Cap the queue length | kim | 2026-04-10", "[done] Test the restore | sam"]
    );
}

#[test]
fn tasks_marked_in_bold_count_where_no_list_holds_them() {
    let text =
        "# Search\n\n## Lessons\n\nQueues grow.\n\n**DONE** Cap the queue.\n\n**TODO**: test the restore.\n";
    let read = |text: &str| {
        let actions = postmortem(text).actions;
        actions.iter().map(|item| (item.status.value.key(), item.title.clone())).collect::<Vec<_>>()
    };
    assert_eq!(read(text), [("done", "Cap the queue.".to_owned()), ("open", "test the restore.".to_owned())]);
    // News of a status page.
    assert_eq!(read("# Search\n\n**RESOLVED** Search is fast again.\n"), []);
}

#[test]
fn what_the_last_label_of_a_list_names_may_stand_behind_the_list() {
    let text = "# Search\n\n- **Impact**:\n\nSlow answers.\n\n- **Review actions**:\n\n1. Cap the queue\n2. Test the restore\n\n\
                - **Resolution**: a restart\n";
    let postmortem = postmortem(text);
    let titles: Vec<_> = postmortem.actions.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(titles, ["Cap the queue", "Test the restore"]);
    let kinds: Vec<_> = postmortem
        .sections
        .iter()
        .filter_map(|section| Some((section.kinds.into_iter().next()?.key(), section.is_empty)))
        .collect();
    assert_eq!(kinds, [("impact", false), ("action_items", false), ("resolution", false)]);
}

#[test]
fn an_owner_is_named_behind_a_stop_or_a_comma_and_nobody_is_taken_from_a_sentence() {
    let owners = |line: &str| items(&format!("- {line}\n")).join(" / ");
    assert_eq!(owners("Cap the queue. Owner: Kim"), "[open] Cap the queue | Kim");
    assert_eq!(owners("Cap the queue, owner: Kim"), "[open] Cap the queue | Kim");
    assert_eq!(owners("Cap the queue, so that mail waits"), "[open] Cap the queue, so that mail waits");
}

#[test]
fn owners_are_named_in_front_behind_and_by_what_they_shall_do() {
    assert_eq!(
        items(
            "- [Kim] Cap the queue\n- [Platform team] Raise the limit\n- (Sam & Alex) Write it down\n- Kim: test the restore\n\
             - **Kim Berg** - drain the disks\n- @kim and @sam: move the index\n- Owner: Kim. Turn the lights on\n"
        ),
        [
            "[open] Cap the queue | Kim",
            "[open] Raise the limit | Platform team",
            "[open] Write it down | Sam & Alex",
            "[open] test the restore | Kim",
            "[open] drain the disks | Kim Berg",
            "[open] move the index | @kim and @sam",
            "[open] Turn the lights on | Kim",
        ]
    );
    assert_eq!(
        items(
            "- Cap the queue (Kim, Sam)\n- Raise the limit — infra team\n- Write it down - assigned to Alex\n- Test it [@kim]\n\
             - Drain the disks @sam\n- Move it (DRI: Kim; ETA: 2026-04-01)\n- キューを見直す（担当: 田中、期限: 2026-04-01）\n"
        ),
        [
            "[open] Cap the queue | Kim, Sam",
            "[open] Raise the limit | infra team",
            "[open] Write it down | Alex",
            "[open] Test it | @kim",
            "[open] Drain the disks | @sam",
            "[open] Move it | Kim | 2026-04-01",
            "[open] キューを見直す | 田中 | 2026-04-01",
        ]
    );
    assert_eq!(
        items(
            "- Kim to cap the queue\n- The platform team will raise the limit\n- Access to the disks\n- Ask @kim\n- Check it (Kafka)\n- Alerting: page on lag\n"
        ),
        [
            "[open] Kim to cap the queue | Kim",
            "[open] The platform team will raise the limit | The platform team",
            "[open] Access to the disks",
            "[open] Ask @kim",
            "[open] Check it (Kafka)",
            "[open] Alerting: page on lag",
        ]
    );
}

#[test]
fn bold_lines_above_lists_are_owners_when_all_of_them_could_be() {
    assert_eq!(
        items("**Robin**\nLook into\n- the queue\n\n**Nadia**\n- the disks - DONE\n"),
        ["[open] the queue | Robin", "[done] the disks | Nadia"]
    );
    assert_eq!(
        items("1. **Queue Handling**\n   - Cap its length\n2. **Bug bounty**\n   - Begin one\n"),
        ["[open] Cap its length", "[open] Begin one"]
    );
}

#[test]
fn states_are_signs_brackets_remarks_and_the_past() {
    assert_eq!(
        items(
            "- 【対応済】上限を見直す\n- ☐ Cap the queue\n- 🟡 Move the index\n- Cap the fan, done in the spring - deployed (see the job)\n\
             - Split it — implemented in #123\n- The alert has been added\n- Limits were set to their old values\n- Alerts configured\n"
        ),
        [
            "[done] 上限を見直す",
            "[open] Cap the queue",
            "[in-progress] Move the index",
            "[done] Cap the fan, done in the spring",
            "[done] Split it | #123",
            "[done] The alert has been added",
            "[done] Limits were set to their old values",
            "[done] Alerts configured",
        ]
    );
}

#[test]
fn nested_tasks_are_the_items_and_nested_remarks_are_none() {
    assert_eq!(
        items(
            "- Better alerts\n  - Add one on lag\n  - Test them all\n- Keep a log\n  - of what was done\n  - of who knew\n"
        ),
        ["[open] Add one on lag", "[open] Test them all", "[open] Keep a log"]
    );
}

#[test]
fn the_table_and_the_list_that_are_named_count_and_what_introduces_them_does_not() {
    assert_eq!(
        items("- The queue was emptied by hand\n\n| Task | Owner |\n|---|---|\n| Cap the queue | Kim |\n"),
        ["[open] Cap the queue | Kim"]
    );
    assert_eq!(
        items("### Rules\n\n- Never restart it\n\n### Action items\n\n- [ ] Cap the queue\n"),
        ["[open] Cap the queue"]
    );
    assert_eq!(
        items(
            "### A1. Cap the queue at once\n\n- by length\n\n### A2. Test the restore\n\n- [ ] on a copy\n"
        ),
        ["[open] Cap the queue at once", "[open] Test the restore"]
    );
}

#[test]
fn steps_of_the_response_are_no_follow_up_and_boxes_count_where_nothing_else_does() {
    let read = |text: &str| {
        let actions = postmortem(text).actions;
        actions.into_iter().map(|item| item.title).collect::<Vec<_>>()
    };
    let steps = "# Search\n\n## Resolution\n\n### Immediate actions\n\n1. Restarted the index\n2. Added two nodes\n\n## Action items\n\n- Cap the queue\n";
    assert_eq!(read(steps), ["Cap the queue"]);
    assert_eq!(read("# Search\n\n## Fix\n\n[] Cap the queue\n[] Test it\n"), ["Cap the queue", "Test it"]);
    assert_eq!(
        read("# Search\n\n## Root cause and next steps\n\n- Queues grow\n- Cap the queue\n"),
        ["Cap the queue"]
    );
}

#[test]
fn a_state_in_a_table_may_have_its_ticket_beside_it() {
    let table = "| Action | Status |\n|---|---|\n| Cap it | Open ([#5](https://git.example/a/b/issues/5)) |\n| Test it | Done, as #1 |\n";
    assert_eq!(items(table), ["[open] Cap it | https://git.example/a/b/issues/5", "[done] Test it"]);
}

#[test]
fn what_is_not_needed_is_no_item() {
    assert_eq!(
        items(
            "- No changes to the runbook needed\n- None, because the service is gone\n- Keine Maßnahmen erforderlich\n\
             - No deploys on Fridays\n- Remove what is no longer needed\n"
        ),
        ["[open] No deploys on Fridays", "[open] Remove what is no longer needed"]
    );
}

#[test]
fn the_items_of_a_list_agree_on_whether_they_tell_or_ask() {
    assert_eq!(
        items("- Added a test for the queue\n- Improved alerts of the queue\n- ... another item\n"),
        ["[done] Added a test for the queue", "[done] Improved alerts of the queue"]
    );
    assert_eq!(
        items(
            "- Added a test for the queue\n- Improved alerts of the queue\n- Write it down\n- [*] Cap it\n"
        ),
        [
            "[done] Added a test for the queue",
            "[open] Improved alerts of the queue",
            "[open] Write it down",
            "[done] Cap it"
        ]
    );
}
