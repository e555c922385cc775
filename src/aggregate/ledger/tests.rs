//! Histories told in a few commits.

use super::*;
use crate::model::fixture::{action, day, fact, postmortem};

fn stamp(commit: &str, on: &str) -> Stamp {
    Stamp { commit: Some(commit.to_owned()), day: day(on) }
}

fn touched(before: &str, now: &str, items: &[ActionItem]) -> Touched {
    let path = |path: &str| (!path.is_empty()).then(|| path.to_owned());
    let version = format!("of {}", if now.is_empty() { before } else { now });
    Touched {
        before: path(before),
        now: path(now),
        items: items.iter().map(Seen::of).collect(),
        version: Some(version),
    }
}

fn item(title: &str, status: ActionStatus, due: &str) -> ActionItem {
    ActionItem { has_own_id: false, ..action(title, status, due) }
}

/// `2026-03-20 c1 opened` for each event.
fn told(history: &History) -> Vec<String> {
    let told = |event: &Event| {
        format!("{} {} {}", event.day, event.commit.as_deref().unwrap_or("-"), event.what.words())
    };
    history.events.iter().map(told).collect()
}

fn archive(path: &str, items: &[ActionItem]) -> Archive {
    archive_of("2026-03-14", path, items)
}

fn archive_of(date: &str, path: &str, items: &[ActionItem]) -> Archive {
    let postmortem = Postmortem { path: path.to_owned(), actions: items.to_vec(), ..postmortem("a", date) };
    Archive::new([postmortem])
}

#[test]
fn an_item_is_followed_through_edits_renames_and_moves() {
    use ActionStatus::{Done, InProgress, Open, WontDo};
    let mut book = Book::default();
    let mut write =
        |commit: &str, on: &str, documents: Vec<Touched>| book.write(&stamp(commit, on), &documents);
    let (cap, alert) = ("Cap the pool", "Alert on saturation");
    write(
        "c1",
        "2026-03-20",
        vec![touched("", "a.md", &[item(cap, Open, "2026-05-01"), item(alert, Open, "")])],
    );
    write(
        "c2",
        "2026-04-28",
        vec![touched("a.md", "a.md", &[item(cap, InProgress, "2026-06-01"), item(alert, Open, "")])],
    );
    write(
        "c3",
        "2026-05-02",
        vec![touched(
            "a.md",
            "b.md",
            &[item("Cap the pool for all", Done, "2026-06-01"), item(alert, Open, "")],
        )],
    );
    write(
        "c4",
        "2026-05-03",
        vec![
            touched("b.md", "b.md", &[item("Cap the pool for all", InProgress, "2026-06-01")]),
            touched("", "c.md", &[item(alert, Open, "2026-07-01")]),
        ],
    );
    write("c5", "2026-05-04", vec![touched("c.md", "", &[])]);
    let mut closed = item("Cap the pool for all", WontDo, "2026-06-01");
    closed.closed = Some(fact(day("2026-05-30")));
    let ledger = Ledger::new(book, &archive("b.md", &[closed]), &BTreeMap::new(), day("2026-06-10"));
    assert_eq!(
        told(ledger.at(0, 0).unwrap()),
        [
            "2026-03-20 c1 opened",
            "2026-04-28 c2 in progress",
            "2026-04-28 c2 due 2026-06-01, put off by 31 days",
            "2026-05-02 c3 closed: done",
            "2026-05-03 c4 opened again: in progress",
            "2026-05-30 - closed: won't do",
        ]
    );
    let [gone] = ledger.gone.as_slice() else { panic!("{:?}", ledger.gone) };
    assert_eq!((gone.title.as_str(), gone.path.as_str()), (alert, "c.md"));
    assert_eq!(
        told(&gone.history),
        ["2026-03-20 c1 opened", "2026-05-03 c4 due 2026-07-01", "2026-05-04 c5 taken out of the documents"]
    );
    assert_eq!((ledger.at(0, 0).unwrap().slips(), ledger.at(0, 0).unwrap().reopened()), (vec![31], 1));
    let work = |opened, closed, slipped, open| MonthOfWork { opened, closed, slipped, open };
    let flow: Vec<(String, MonthOfWork)> =
        ledger.flow(day("2026-06-10")).into_iter().map(|(month, work)| (month.to_string(), work)).collect();
    assert_eq!(
        flow,
        [
            ("2026-03".to_owned(), work(2, 0, 0, 2)),
            ("2026-04".to_owned(), work(0, 0, 1, 2)),
            ("2026-05".to_owned(), work(1, 3, 0, 0)),
            ("2026-06".to_owned(), work(0, 0, 0, 0)),
        ]
    );
}

#[test]
fn stated_days_outweigh_commits_and_old_documents_are_as_old_as_their_incidents() {
    let mut stated = item("Cap the pool", ActionStatus::Done, "");
    (stated.opened, stated.closed) = (Some(fact(day("2024-02-03"))), Some(fact(day("2024-05-06"))));
    let unstated = item("Alert on it", ActionStatus::Open, "");
    let items = [stated, unstated.clone()];
    let mut book = Book::default();
    book.write(&stamp("c1", "2026-03-20"), &[touched("", "a.md", &items)]);
    let ledger = Ledger::new(
        book.clone(),
        &archive_of("2024-02-01", "a.md", &items),
        &BTreeMap::new(),
        day("2026-06-10"),
    );
    assert_eq!(told(ledger.at(0, 0).unwrap()), ["2024-02-03 c1 opened", "2024-05-06 c1 closed: done"]);
    assert_eq!(told(ledger.at(0, 1).unwrap()), ["2024-02-01 c1 opened"]);
    // What was added to it later is as old as the commit.
    let more = [items[0].clone(), unstated, item("Write a runbook", ActionStatus::Open, "")];
    book.write(&stamp("c2", "2026-03-27"), &[touched("a.md", "a.md", &more)]);
    let ledger =
        Ledger::new(book, &archive_of("2024-02-01", "a.md", &more), &BTreeMap::new(), day("2026-06-10"));
    assert_eq!(told(ledger.at(0, 2).unwrap()), ["2026-03-27 c2 opened"]);
}

#[test]
fn what_left_an_old_document_is_as_old_as_that_document_said_last() {
    let open = |title: &str| item(title, ActionStatus::Open, "");
    let (moved, dropped, stays) = (open("Cap the pool"), open("Alert on it"), open("Write a runbook"));
    let mut book = Book::default();
    book.write(&stamp("c1", "2026-03-20"), &[touched("", "a.md", &[moved.clone(), dropped, stays.clone()])]);
    assert!(book.open_questions().is_empty());
    let [after, other] =
        [touched("a.md", "a.md", &[stays]), touched("", "b.md", std::slice::from_ref(&moved))];
    book.write(&stamp("c2", "2026-03-27"), &[after, other]);
    book.write(&stamp("c3", "2026-04-03"), &[touched("a.md", "", &[])]);
    assert_eq!(book.open_questions().into_iter().collect::<Vec<_>>(), ["of a.md"]);
    let mut silent = book.clone();
    book.answer(&BTreeMap::from([("of a.md".to_owned(), day("2024-02-01"))]));
    silent.answer(&BTreeMap::new());
    for (book, since) in [(book, "2024-02-01 c1 opened"), (silent, "2026-03-20 c1 opened")] {
        assert!(book.open_questions().is_empty());
        let archive = archive_of("2026-03-01", "b.md", std::slice::from_ref(&moved));
        let ledger = Ledger::new(book, &archive, &BTreeMap::new(), day("2026-06-10"));
        assert_eq!(told(ledger.at(0, 0).unwrap()), [since]);
        let gone: Vec<Vec<String>> = ledger.gone.iter().map(|gone| told(&gone.history)).collect();
        assert_eq!(
            gone,
            [
                [since.to_owned(), "2026-03-27 c2 taken out of the documents".to_owned()],
                [since.to_owned(), "2026-04-03 c3 taken out of the documents".to_owned()],
            ]
        );
    }
}

#[test]
fn without_a_history_the_documents_tell_what_they_state() {
    let mut done = item("Cap the pool", ActionStatus::Done, "");
    done.closed = Some(fact(day("2026-04-02")));
    let items =
        [done, item("Alert on it", ActionStatus::Done, ""), item("Sell it", ActionStatus::Proposed, "")];
    let ledger = Ledger::of_documents(&archive("a.md", &items), NoHistory::NoCommits);
    let all: Vec<Vec<String>> = ledger.all().map(told).collect();
    assert_eq!(
        all,
        [
            vec!["2026-03-14 - opened", "2026-04-02 - closed: done"],
            vec!["2026-03-14 - written down as done"],
            vec!["2026-03-14 - written down as proposed"],
        ]
    );
    assert_eq!(
        ledger.basis.remark().as_deref(),
        Some("by the days that the documents state, since git has no history of them")
    );
}

#[test]
fn a_book_can_be_put_away_and_written_on() {
    let first = [touched("", "a.md", &[item("Cap the pool", ActionStatus::Open, "2026-06-30")])];
    let then = [touched("a.md", "a.md", &[item("Cap the pool", ActionStatus::Done, "2026-06-30")])];
    let mut whole = Book::default();
    whole.write(&stamp("c1", "2026-03-20"), &first);
    let kept = postcard::to_stdvec(&whole).unwrap();
    whole.write(&stamp("c2", "2026-03-27"), &then);
    let mut again: Book = postcard::from_bytes(&kept).unwrap();
    again.write(&stamp("c2", "2026-03-27"), &then);
    assert_eq!(again, whole);
}

#[test]
fn what_is_taken_away_and_not_committed_is_as_old_as_it_was() {
    let open = |title: &str| item(title, ActionStatus::Open, "");
    let (first, second) = (open("Cap the pool"), open("Alert on it"));
    let mut book = Book::default();
    book.write(&stamp("c1", "2026-03-20"), &[touched("", "a.md", &[first.clone(), second.clone()])]);
    book.write(&stamp("c1", "2026-03-20"), &[touched("", "b.md", &[open("Write a runbook")])]);
    let departed = BTreeMap::from([("b.md".to_owned(), day("2024-05-01"))]);
    assert!(book.asks_for_incident("b.md") && !book.asks_for_incident("c.md"));
    let archive = archive_of("2024-02-01", "a.md", &[second]);
    let ledger = Ledger::new(book, &archive, &departed, day("2026-06-10"));
    let gone: Vec<Vec<String>> = ledger.gone.iter().map(|gone| told(&gone.history)).collect();
    assert_eq!(
        gone,
        [
            ["2024-02-01 c1 opened", "2026-06-10 - taken out of the documents"],
            ["2024-05-01 c1 opened", "2026-06-10 - taken out of the documents"],
        ]
    );
    assert_eq!(told(ledger.at(0, 0).unwrap()), ["2024-02-01 c1 opened"]);
}

#[test]
fn a_change_that_is_taken_back_makes_no_second_item() {
    let open = item("Cap the pool", ActionStatus::Open, "2026-05-01");
    let done = item("Cap the pool", ActionStatus::Done, "2026-05-01");
    let mut book = Book::default();
    book.write(&stamp("c1", "2026-03-20"), &[touched("", "a.md", std::slice::from_ref(&open))]);
    book.write(&stamp("c2", "2026-03-27"), &[touched("a.md", "", &[])]);
    book.write(&stamp("c3", "2026-04-03"), &[touched("", "a.md", std::slice::from_ref(&done))]);
    // Another document may have work of the same name.
    book.write(&stamp("c4", "2026-04-04"), &[touched("", "b.md", &[open])]);
    let kept: Book = postcard::from_bytes(&postcard::to_stdvec(&book).unwrap()).unwrap();
    assert_eq!(kept, book);
    let ledger = Ledger::new(book, &archive("a.md", &[done]), &BTreeMap::new(), day("2026-06-10"));
    assert_eq!(
        told(ledger.at(0, 0).unwrap()),
        [
            "2026-03-20 c1 opened",
            "2026-03-27 c2 taken out of the documents",
            "2026-04-03 c3 put back into the documents",
            "2026-04-03 c3 closed: done",
        ]
    );
    assert_eq!(ledger.gone.len(), 1);
}
