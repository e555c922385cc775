//! What becomes of action items in the forms in which teams write them.

use super::*;
use crate::{config::Config, parse::Context};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn try_amend(text: &str, action: usize, changes: &[Change]) -> Result<String, Refused> {
    let config = Config::default();
    let sources = [SourceFile::new("2026-03-14-slow.md", text)];
    let context = Context::new(&config, &sources);
    amend(&sources[0], &context, Place { postmortem: 0, action }, changes)
}

fn finished() -> Vec<Change> {
    vec![
        Change::Status(ActionStatus::Done),
        Change::Closed(day("2026-04-02")),
        Change::Evidence("https://example.com/acme/api/pull/7".to_owned()),
    ]
}

/// The line of an action item, changed.
#[track_caller]
fn line(item: &str, changes: &[Change]) -> String {
    let (head, tail) = ("# Slow\n\n## Action items\n\n", "\n\n## References\n\nText.\n");
    let after = try_amend(&format!("{head}{item}{tail}"), 0, changes);
    let after = after.unwrap_or_else(|reason| panic!("{item}: {reason}"));
    after.strip_prefix(head).unwrap().strip_suffix(tail).unwrap().to_owned()
}

#[test]
fn a_line_takes_the_fields_where_its_other_fields_are() {
    for (before, after) in [
        (
            "- Cap the pool",
            "- Cap the pool (status: done, closed: 2026-04-02, evidence: https://example.com/acme/api/pull/7)",
        ),
        (
            "1. Cap the pool (owner: kim, due 2026-05).",
            "1. Cap the pool (owner: kim, due 2026-05, status: done, closed: 2026-04-02, evidence: https://example.com/acme/api/pull/7).",
        ),
        (
            "- [ ] Cap the pool\n  for each process",
            "- [x] Cap the pool\n  for each process (closed: 2026-04-02, evidence: https://example.com/acme/api/pull/7)",
        ),
        (
            "* **TODO** Cap the pool",
            "* **DONE** Cap the pool (closed: 2026-04-02, evidence: https://example.com/acme/api/pull/7)",
        ),
        (
            "- Cap the pool (SHOP-12) - IN PROGRESS",
            "- Cap the pool (SHOP-12) - DONE (closed: 2026-04-02, evidence: https://example.com/acme/api/pull/7)",
        ),
        (
            "- ☐ Cap the pool",
            "- ☑ Cap the pool (closed: 2026-04-02, evidence: https://example.com/acme/api/pull/7)",
        ),
    ] {
        assert_eq!(line(before, &finished()), after);
    }
}

#[test]
fn what_a_document_says_of_its_other_items_is_said_the_same_way() {
    let text = "# Slow\n\n## Action items\n\n- Alert on it - Shipped\n- Cap the pool\n";
    let done = try_amend(text, 1, &[Change::Status(ActionStatus::Done)]).unwrap();
    assert_eq!(done, text.replace("Cap the pool", "Cap the pool - Shipped"));
}

#[test]
fn a_finished_item_is_opened_again_and_its_day_goes() {
    let reopened = [Change::Status(ActionStatus::Open), Change::NotClosed];
    for (before, after) in [
        ("- [x] Cap the pool (owner: kim, closed: 2026-04-02)", "- [ ] Cap the pool (owner: kim)"),
        ("- [X] Cap the pool (closed: 2026-04-02)", "- [ ] Cap the pool"),
        ("- ~~Cap the pool~~", "- Cap the pool"),
        ("- ✅ Cap the pool", "- ⬜ Cap the pool"),
        ("- Cap the pool - Done (in the batch job)", "- Cap the pool - Open (in the batch job)"),
        (
            "- Cap the pool\n  - Status: done\n  - Closed: 2026-04-02\n  - Owner: kim",
            "- Cap the pool\n  - Status: open\n  - Owner: kim",
        ),
    ] {
        assert_eq!(line(before, &reopened), after);
    }
}

#[test]
fn fields_of_their_own_lines_stand_in_the_order_in_which_they_are_said() {
    assert_eq!(
        line("- Cap the pool\n  - Owner: kim\n  - Due: 2026-05-01", &finished()),
        "- Cap the pool\n  - Owner: kim\n  - Due: 2026-05-01\n  - Status: done\n  - Closed: 2026-04-02\n  - Evidence: https://example.com/acme/api/pull/7"
    );
}

#[test]
fn what_is_struck_through_takes_more_fields() {
    let item = "- ~~Cap the pool~~";
    let after = "- ~~Cap the pool~~ (closed: 2026-04-02, evidence: https://example.com/acme/api/pull/7)";
    assert_eq!(line(item, &finished()), after);
    assert_eq!(
        line(
            "- ~~Cap the pool~~ (closed: 2026-04-02)",
            &[Change::Status(ActionStatus::Open), Change::NotClosed]
        ),
        "- Cap the pool"
    );
}

#[test]
fn a_name_that_its_place_makes_an_owner_gives_way() {
    let owner = [Change::Owner("sam".to_owned())];
    for (before, after) in [
        ("- [Kim] Cap the pool\n- [Ana] Test it", "- Cap the pool (owner: sam)\n- [Ana] Test it"),
        ("- Cap the pool - @kim", "- Cap the pool (owner: sam)"),
        ("- Cap the pool - @kim (due: 2026-05)", "- Cap the pool (due: 2026-05, owner: sam)"),
        ("- Cap the pool — infra team", "- Cap the pool (owner: sam)"),
        ("- Cap the pool (Kim)", "- Cap the pool (owner: sam)"),
        ("- @kim: Cap the pool", "- Cap the pool (owner: sam)"),
        ("- @kim Cap the pool", "- Cap the pool (owner: sam)"),
        ("- **Kim**: Cap the pool", "- Cap the pool (owner: sam)"),
    ] {
        assert_eq!(line(before, &owner), after);
    }
}

#[test]
fn a_box_for_more_than_two_states_is_set_to_another_of_them() {
    let status = |status| vec![Change::Status(status)];
    let boxes = [(ActionStatus::Done, "[x]"), (ActionStatus::WontDo, "[-]"), (ActionStatus::Open, "[ ]")];
    for (state, sign) in boxes {
        assert_eq!(line("- [~] Cap the pool", &status(state)), format!("- {sign} Cap the pool"));
        assert_eq!(line("- [/] Cap the pool", &status(state)), format!("- {sign} Cap the pool"));
    }
    assert_eq!(line("- [-] Cap the pool", &status(ActionStatus::InProgress)), "- [~] Cap the pool");
}

#[test]
fn a_table_that_names_its_fields_in_the_first_column_is_filled_where_it_has_them() {
    let table = "| | 1 | 2 |\n|---|---|---|\n| Action | Cap it | Test it |\n| Owner | kim | ada |\n| Status | Open | Done |\n| Due | | |";
    let changes = [
        Change::Status(ActionStatus::Done),
        Change::Owner("sam".to_owned()),
        Change::Due(Due::Month { year: 2026, month: 5 }),
    ];
    assert_eq!(
        line(table, &changes),
        table.replace("Open", "Done").replace("kim", "sam").replace("| Due | | |", "| Due | 2026-05 | |")
    );
    let boxes = "| Action | Done |\n|---|---|\n| Cap it | [ ] |\n| Test it | [x] |";
    assert_eq!(line(boxes, &changes[..1]), boxes.replace("[ ]", "[x]"));
    // `Completed` beside a state is the day.
    let days = "| Action | Status | Completed |\n|---|---|---|\n| Cap it | Open | |\n| Test it | Done | 2026-04-01 |";
    assert_eq!(line(days, &finished()[..2]), days.replace("Open | |", "Done | 2026-04-02 |"));
}

#[test]
fn states_that_a_box_cannot_say_stand_beside_it() {
    let status = |status| vec![Change::Status(status)];
    let blocked = line("- [ ] Cap the pool", &status(ActionStatus::Blocked));
    assert_eq!(blocked, "- [ ] Cap the pool (status: blocked)");
    assert_eq!(line(&blocked, &status(ActionStatus::WontDo)), "- [ ] Cap the pool (status: won't do)");
    assert_eq!(
        line("- [x] Cap the pool", &status(ActionStatus::InProgress)),
        "- [ ] Cap the pool (status: in-progress)"
    );
    assert_eq!(
        line("- ~~Cap the pool~~", &status(ActionStatus::WontDo)),
        "- ~~Cap the pool~~ (status: won't do)"
    );
}

#[test]
fn a_row_takes_what_it_has_a_column_for_and_the_rest_behind_the_work() {
    let table = "| Action | Owner | Status | Due |  Closed   |\n|---|---|---|---|---|\n| Cap the pool | kim | Open | | |";
    let changes = [&finished()[..], &[Change::Due(Due::Month { year: 2026, month: 5 })]].concat();
    assert_eq!(
        line(table, &changes),
        "| Action | Owner | Status | Due |  Closed   |\n|---|---|---|---|---|\n\
         | Cap the pool (evidence: https://example.com/acme/api/pull/7) | kim | Done | 2026-05 | 2026-04-02 |"
    );
    let wide = "| Action | Status     |\n|---|---|\n| Cap it now   |            |";
    assert_eq!(
        line(wide, &[Change::Status(ActionStatus::Done)]),
        "| Action | Status     |\n|---|---|\n| Cap it now   | done       |"
    );
}

#[test]
fn a_key_of_the_front_matter_is_set_between_its_neighbours() {
    let toml = "+++\ntitle = \"Slow\"\n\n[[action_items]]\ntitle = \"Alert\"\n\n[[action_items]]\ntitle = \"Cap\" # ours\nowner = \"kim\"\ndue = 2026-05-01\n+++\n\nText.\n";
    assert_eq!(
        try_amend(toml, 1, &finished()).unwrap(),
        toml.replace("owner = \"kim\"\ndue = 2026-05-01\n", "owner = \"kim\"\nstatus = \"done\"\ndue = 2026-05-01\nclosed = 2026-04-02\nevidence = \"https://example.com/acme/api/pull/7\"\n")
    );
    let yaml = "---\r\ntitle: Slow\r\naction_items:\r\n  - title: Cap\r\n    status: done\r\n    closed: 2026-04-02\r\n  - title: Alert\r\n---\r\n\r\nText.\r\n";
    assert_eq!(
        try_amend(yaml, 0, &[Change::Status(ActionStatus::Open), Change::NotClosed]).unwrap(),
        yaml.replace("status: done\r\n    closed: 2026-04-02", "status: open")
    );
    let inline = "+++\naction_items = [{ title = \"Cap\" }]\n+++\n\nText.\n";
    assert_eq!(
        try_amend(inline, 0, &[Change::Owner("kim".to_owned())]).unwrap(),
        inline.replace("\"Cap\"", "\"Cap\", owner = \"kim\"")
    );
}

#[test]
fn an_item_may_have_another_owner_than_the_line_above_its_list() {
    let grouped = "# Slow\n\n## Action items\n\n**Kim**\n\n- Cap the pool\n- Alert on it\n";
    assert_eq!(
        try_amend(grouped, 0, &[Change::Owner("sam".to_owned())]).unwrap(),
        grouped.replace("Cap the pool", "Cap the pool (owner: sam)")
    );
}

#[test]
fn what_cannot_be_said_for_one_item_alone_is_refused() {
    let grouped = "# Slow\n\n## Action items\n\n**Kim**\n\n- Cap the pool\n- Alert on it\n";
    let several = Change::Owner("sam, or so it is said (twice)".to_owned());
    assert_eq!(try_amend(grouped, 0, &[several]), Err(Refused::Shared("owner")));
    let evidence = Change::Evidence("seen by all, or so it is said (twice)".to_owned());
    let list = "# Slow\n\n## Action items\n\n- Cap the pool\n";
    assert_eq!(try_amend(list, 0, &[evidence]), Err(Refused::Entangled("evidence")));
    let broken = "+++\n[[action_items]]\ntitle = \"Cap\"\n[[action_items\n+++\n";
    assert!(matches!(try_amend(broken, 0, &[Change::NotClosed]), Ok(_) | Err(Refused::Unreadable(_))));
}

#[test]
fn a_table_of_fields_below_the_heading_of_an_item_takes_them_as_rows() {
    let table = "### Cap the pool\n\n| Field | Value |\n|---|---|\n| Owner | Kim |\n| Status | Open |\n";
    assert_eq!(
        line(table.trim_end(), &finished()),
        "### Cap the pool\n\n| Field | Value |\n|---|---|\n| Owner | Kim |\n| Status | Done |\n| Closed | 2026-04-02 |\n\
         | Evidence | https://example.com/acme/api/pull/7 |"
    );
}

#[test]
fn fields_with_bold_names_on_the_line_of_the_work_come_and_go_there() {
    let closed = [Change::Status(ActionStatus::Done), Change::Closed(day("2026-04-02"))];
    for (before, after) in [
        (
            "- **Action:** Cap the pool **Owner:** Kim **Status:** Open",
            "- **Action:** Cap the pool **Owner:** Kim **Status:** Done **Closed:** 2026-04-02",
        ),
        (
            "- Cap the pool | **Owner:** Kim | **Due:** 2026-05-01",
            "- Cap the pool | **Owner:** Kim | **Due:** 2026-05-01 | **Status:** done | **Closed:** 2026-04-02",
        ),
        (
            "- Cap the pool **Owner**: Kim",
            "- Cap the pool **Owner**: Kim **Status**: done **Closed**: 2026-04-02",
        ),
    ] {
        assert_eq!(line(before, &closed), after);
        let again = line(after, &[Change::NotClosed]);
        assert!(!again.contains("losed") && !again.contains("****"), "{again}");
    }
    let owner = [Change::Owner("Zed".to_owned())];
    assert_eq!(
        line("- Cap the pool | **Owner:** Kim | **Due:** 2026-05-01", &owner),
        "- Cap the pool | **Owner:** Zed | **Due:** 2026-05-01"
    );
}

#[test]
fn the_list_below_a_bold_name_takes_the_fields_of_its_item() {
    let text = "# Slow\n\n## Action items\n\n**1. Cap the pool**\n- **Scope:** search\n- **Status:** open\n\n**2. Add an alert**\n- **Status:** open\n";
    let done = [Change::Status(ActionStatus::Done), Change::Closed(day("2026-04-02"))];
    let status = "- **Status:** open\n\n";
    assert_eq!(
        try_amend(text, 0, &done).unwrap(),
        text.replacen(status, "- **Status:** done\n- **Closed:** 2026-04-02\n\n", 1)
    );
    let owner = [Change::Owner("Kim".to_owned())];
    assert_eq!(try_amend(text, 1, &owner).unwrap(), format!("{text}- **Owner:** Kim\n"));
}

#[test]
fn headings_with_nothing_below_take_the_first_field_even_at_the_end_of_a_file() {
    let text = "# Slow\n\n## Action items\n\n### Cap the pool at 100\n\n### Add an alert on lag";
    let done = [Change::Status(ActionStatus::Done)];
    assert_eq!(try_amend(text, 0, &done).unwrap(), text.replace("at 100\n", "at 100\n\nstatus: done\n"));
    assert_eq!(try_amend(text, 1, &done).unwrap(), format!("{text}\n\nstatus: done\n"));
}

#[test]
fn a_text_in_the_list_of_a_front_matter_becomes_a_table() {
    let closed = [Change::Status(ActionStatus::Done), Change::Closed(day("2026-04-02"))];
    for (before, after) in [
        (
            "---\naction_items:\n  - Add an alert\n  - \"Cap: the pool\" # soon\n---\nText.\n",
            "---\naction_items:\n  - Add an alert\n  - title: \"Cap: the pool\" # soon\n    status: done\n    closed: 2026-04-02\n---\nText.\n",
        ),
        (
            "---\naction_items: [Add an alert, Cap the pool]\n---\nText.\n",
            "---\naction_items: [Add an alert, {title: Cap the pool, status: done, closed: 2026-04-02}]\n---\nText.\n",
        ),
        (
            "+++\naction_items = [\"Add an alert\", \"Cap the pool\"]\n+++\nText.\n",
            "+++\naction_items = [\"Add an alert\", { title = \"Cap the pool\", status = \"done\", closed = 2026-04-02 }]\n+++\nText.\n",
        ),
    ] {
        assert_eq!(try_amend(before, 1, &closed).as_deref(), Ok(after));
    }
}

#[test]
fn a_sign_beside_a_word_does_not_go_on_saying_what_was() {
    let table = |state: &str| format!("| Action | Status |\n|---|---|\n| Cap the pool | {state} |");
    for (before, status, after) in [
        ("⏳ in progress", ActionStatus::Done, "✅ done"),
        ("✅ Done", ActionStatus::Open, "⬜ Open"),
        ("✅ Done", ActionStatus::InProgress, "🚧 In progress"),
        ("✅ Done", ActionStatus::Blocked, "Blocked"),
        ("✔️ Done", ActionStatus::Open, "☐ Open"),
        ("❌ Not started", ActionStatus::Done, "✅ Done"),
        ("❌", ActionStatus::Done, "✅"),
        ("🔴 Open", ActionStatus::InProgress, "🟡 In progress"),
    ] {
        assert_eq!(line(&table(before), &[Change::Status(status)]), table(after));
    }
    for (before, after) in [
        ("- ⏳ in progress: Cap the pool", "- ✅ done: Cap the pool"),
        ("- Cap the pool - ⏳ In progress", "- Cap the pool - ✅ Done"),
        ("- Cap the pool (⏳ in progress)", "- Cap the pool (✅ done)"),
    ] {
        assert_eq!(line(before, &[Change::Status(ActionStatus::Done)]), after);
    }
}
