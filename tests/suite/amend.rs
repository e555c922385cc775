//! `afterword actions set`, as a program and as a promise: only the bytes of the edit change, and reading the document
//! again gives exactly the change that was meant.

use afterword::{
    amend::{Change, Refused},
    config::Config,
    model::{ActionItem, ActionStatus, Due, Fact, Markdown, Origin, Postmortem},
    pipeline::{self, Analysis},
    source::{SourceFile, Sources, Span},
};
use proptest::prelude::*;

use crate::{
    layouts,
    support::{Output, TODAY, Workspace, project, tree},
};

const BOARD: &str = "\
# Pool exhausted

## Action items

| Id | Action | Owner | Status | Due |
|---|---|---|---|---|
| cap | Cap the pool | storefront | open | 2026-10-01 |
| page | Page at 90 % | | open | |
";

fn work() -> Workspace {
    Workspace::new().file("postmortems/2026-09-01-pool.md", BOARD).file(
        "postmortems/2026-10-20-slow.md",
        "# Slow\n\n## Action items\n\n**Kim**\n\n- [ ] Add an index\n- [x] Drop the old one (closed: 2026-11-01)\n",
    )
}

fn set(work: &Workspace, arguments: &[&str]) -> Output {
    work.run(&[&["actions", "set"], arguments, &["--today", TODAY]].concat())
}

#[test]
fn an_item_is_done_today_and_the_diff_shows_it_before() {
    let work = work();
    let shown =
        set(&work, &["cap", "done", "--evidence", "https://example.com/pool", "--diff"]).expect_code(0);
    assert_eq!(
        shown.stdout,
        "\
--- a/postmortems/2026-09-01-pool.md
+++ b/postmortems/2026-09-01-pool.md
@@ -4,5 +4,5 @@
 
 | Id | Action | Owner | Status | Due |
 |---|---|---|---|---|
-| cap | Cap the pool | storefront | open | 2026-10-01 |
+| cap | Cap the pool (closed: 2026-11-20, evidence: https://example.com/pool) | storefront | done | 2026-10-01 |
 | page | Page at 90 % | | open | |
"
    );
    assert_eq!(work.read("postmortems/2026-09-01-pool.md"), BOARD);
    let done = set(&work, &["cap", "done", "--evidence", "https://example.com/pool"]).expect_code(0);
    assert_eq!(
        done.stdout,
        "postmortems/2026-09-01-pool.md: `2026-09-01-pool/cap` is done, closed on 2026-11-20 and shown by https://example.com/pool\n"
    );
    let again = set(&work, &["cap", "done"]).expect_code(0);
    assert_eq!(again.stderr, "nothing to change: `2026-09-01-pool/cap` says so already\n");
    let reopened = set(&work, &["cap", "in-progress", "--due", "2026-Q4"]).expect_code(0);
    assert!(
        reopened.stdout.ends_with("is in progress, not closed any more and due 2026-Q4\n"),
        "{}",
        reopened.stdout
    );
    assert!(work.read("postmortems/2026-09-01-pool.md").contains(
        "| cap | Cap the pool (evidence: https://example.com/pool) | storefront | in progress | 2026-Q4 |\n"
    ));
}

#[test]
fn what_holds_for_several_items_gives_way_or_is_refused_with_the_place() {
    let work = work();
    set(&work, &["slow/a1", "--owner", "sam"]).expect_code(0);
    let refused = set(&work, &["slow/a2", "--owner", "sam, or so it is said (twice)"]).expect_code(2);
    assert_eq!(
        refused.stderr,
        "\
error: `2026-10-20-slow/a2` is left as it is: its `owner` stands above or beside several items and holds for all of them
  help: change it by hand, at postmortems/2026-10-20-slow.md:8
"
    );
    set(&work, &["slow/a2", "open"]).expect_code(0);
    assert!(work.read("postmortems/2026-10-20-slow.md").ends_with("- [ ] Drop the old one\n"));
}

#[test]
fn a_command_line_that_asks_for_nothing_or_for_what_is_no_day_is_refused() {
    let work = work();
    for wrong in [
        &["cap"][..],
        &["cap", "finished"],
        &["cap", "--due", "soon"],
        &["cap", "done", "--closed", "today"],
        &["cap", "--owner", " "],
        &["nothing", "done"],
    ] {
        set(&work, wrong).expect_code(2);
    }
}

fn analyze(text: &str) -> Analysis {
    let documents = vec![SourceFile::new("postmortems/2026-05-04-slow.md", text)];
    let sources = Sources { documents, ..Sources::default() };
    pipeline::analyze(sources, Config::default(), Vec::new(), TODAY.parse().unwrap())
}

fn bare<T>(value: T) -> Fact<T> {
    Fact::new(value, Span::default(), Origin::FrontMatter)
}

fn make(change: &Change, item: &mut ActionItem) {
    match change {
        Change::Status(status) => item.status.value = *status,
        Change::Owner(owner) => item.owner = Some(bare(owner.clone())),
        Change::Due(due) => item.due = Some(bare(*due)),
        Change::Priority(priority) => item.priority = Some(bare(priority.clone())),
        Change::Closed(day) => item.closed = Some(bare(*day)),
        Change::NotClosed => item.closed = None,
        Change::Evidence(evidence) => item.evidence = Some(Box::new(bare(evidence.clone()))),
    }
}

/// How many bytes two texts have in common at their beginning and at their end.
fn common(one: &str, other: &str) -> usize {
    let same = |pairs: &mut dyn Iterator<Item = (u8, u8)>| pairs.take_while(|(a, b)| a == b).count();
    let head = same(&mut one.bytes().zip(other.bytes()));
    let tail = same(&mut one.bytes().skip(head).rev().zip(other.bytes().skip(head).rev()));
    head + tail
}

/// Changes one item of a text; fails when anything else changes. None when the change was refused.
#[track_caller]
fn change(text: &str, nth: usize, changes: &[Change]) -> Option<String> {
    let before = analyze(text);
    let entry = before.summary.actions.entries.iter().find(|entry| entry.action == nth).unwrap();
    let amended = match pipeline::amend(&before, entry, changes) {
        Ok(amended) => amended,
        Err(Refused::Unreadable(reason)) => panic!("{reason}: {text:?}"),
        Err(_) => return None,
    };
    let mut meant: Postmortem = (*before.archive.postmortems()[0]).clone().unplaced();
    for change in changes {
        make(change, &mut meant.actions[nth]);
    }
    let after = analyze(&amended.after);
    let mut is = (*after.archive.postmortems()[0]).clone().unplaced();
    if changes.iter().any(|change| matches!(change, Change::Status(_))) {
        // A stroke through the work says a state.
        for item in is.actions.iter_mut().chain(&mut meant.actions) {
            item.markdown = Markdown::new(item.markdown().replace("~~", ""), &item.title);
        }
    }
    assert_eq!(is, meant, "{changes:?} of {text:?}");
    // What is said of an item in some words changes no more of the document than its lines.
    let item = &before.archive.postmortems()[0].actions[nth];
    if item.origin != Origin::FrontMatter {
        let outside = text.len() - (item.span.end - item.span.start);
        assert!(common(text, &amended.after) >= outside, "{changes:?} of {text:?} gives {:?}", amended.after);
    }
    Some(amended.after)
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    use prop::sample::select;
    let day = (1..=28_u32, 1..=12_u32).prop_map(|(day, month)| format!("2026-{month:02}-{day:02}"));
    let due = prop_oneof![day.clone(), select(vec!["2026-07".to_owned(), "2026-Q3".to_owned()])];
    let one = prop_oneof![
        select(ActionStatus::ALL.to_vec()).prop_map(Change::Status),
        select(vec!["@sam", "Search team", "Robin"]).prop_map(|owner| Change::Owner(owner.to_owned())),
        due.prop_map(|due| Change::Due(due.parse::<Due>().unwrap())),
        select(vec!["P1", "P3", "high"]).prop_map(|priority| Change::Priority(priority.to_owned())),
        day.prop_map(|day| Change::Closed(day.parse().unwrap())),
        Just(Change::NotClosed),
        select(vec!["https://example.com/acme/api/pull/7", "https://grafana.example.com/d/pool?from=1&to=2"])
            .prop_map(|evidence| Change::Evidence(evidence.to_owned())),
    ];
    prop::collection::vec(one, 1..4)
}

#[test]
fn every_item_of_the_demonstration_can_be_closed_and_opened_again() {
    for (path, bytes) in tree(&project().join("postmortems")) {
        if !path.to_lowercase().ends_with(".md") {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        let items = analyze(&text).archive.postmortems()[0].actions.clone();
        for (nth, item) in items.iter().enumerate() {
            let closed = [
                Change::Status(ActionStatus::Done),
                Change::Closed("2026-11-20".parse().unwrap()),
                Change::Evidence("https://example.com/acme/api/pull/7".to_owned()),
            ];
            let done = change(&text, nth, &closed).unwrap_or_else(|| panic!("{path}: {}", item.title));
            let opened = [Change::Status(ActionStatus::Open), Change::NotClosed];
            change(&done, nth, &opened).unwrap_or_else(|| panic!("{path}: {}", item.title));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    #[test]
    fn in_a_document_of_any_layout_only_what_was_meant_changes(
        incident in layouts::incident(),
        layout in layouts::layout(),
        which in any::<prop::sample::Index>(),
        changes in changes(),
    ) {
        let text = layout.write(&incident);
        prop_assume!(!incident.actions.is_empty());
        let nth = which.index(incident.actions.len());
        prop_assert!(change(&text, nth, &changes).is_some(), "{:?} is refused in {:?}", changes, text);
    }

    #[test]
    fn in_any_order_of_lines_a_change_is_right_or_refused(
        incident in layouts::incident(),
        layout in layouts::layout(),
        swapped in prop::array::uniform2(any::<prop::sample::Index>()),
        which in any::<prop::sample::Index>(),
        changes in changes(),
    ) {
        let text = layout.write(&incident);
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        let [one, other] = swapped.map(|at| at.index(lines.len()));
        lines.swap(one, other);
        let text = lines.concat();
        let items = analyze(&text).archive.postmortems()[0].actions.len();
        if items > 0 {
            change(&text, which.index(items), &changes);
        }
    }
}
