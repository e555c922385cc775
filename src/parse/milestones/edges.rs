//! What the first and the last event tell, above and below which nothing stands.

use super::tests::{cues, told};
use crate::parse::locale::Cue;

#[test]
fn a_failure_is_the_beginning_where_nothing_stands_above_it() {
    assert_eq!(
        told(
            "- 09:00 `index.service` fails due to a full disk\n- 09:10 Kim restarts it\n- 09:20 A second host crashes\n"
        ),
        "started 09:00"
    );
    assert_eq!(told("- 09:00 Release 12 goes out\n- 09:10 `index.service` fails due to a full disk\n"), "");
    assert_eq!(told("- 09:00 A reader tells us that the app crashes\n"), "detected 09:00");
    assert_eq!(
        told(
            "- 09:00 Der Index begann unter der Last zu hängen\n- 09:10 Neustart\n- 09:30 Alle Hosts healthy, Index stabil\n"
        ),
        "started 09:00, resolved 09:30"
    );
}

#[test]
fn what_works_is_the_end_where_nothing_stands_below_it() {
    assert_eq!(
        told("- 09:00 Kim restarts it\n- 09:10 The order of the results is fixed, by hand\n"),
        "resolved 09:10"
    );
    assert_eq!(
        told("- 09:00 The order of the results is fixed, by hand\n- 09:10 Kim writes to all readers\n"),
        ""
    );
    assert_eq!(told("- 09:00 Kim restarts it\n- 09:10 The host is not healthy\n"), "");
}

#[test]
fn a_record_that_is_closed_is_the_end_only_where_nothing_before_tells_it() {
    let closed = "- 11:51 Incident formally closed\n";
    assert_eq!(told(&format!("- 09:00 Kim restarts it\n{closed}")), "resolved 11:51");
    assert_eq!(
        told(&format!("- 09:00 Kim restarts it\n- 10:45 All services confirmed operational\n{closed}")),
        "resolved 10:45"
    );
    assert_eq!(
        told(&format!("- 10:45 The incident is resolved\n{closed}- 12:00 All errors are resolved\n")),
        "resolved 12:00"
    );
    assert_eq!(told(&format!("- 09:00 Kim restarts it\n{closed}- 12:00 The same errors recur\n")), "");
}

#[test]
fn what_keeps_failing_begins_an_incident() {
    for text in [
        "The index nodes start having issues",
        "`index-web` repeatedly crash-loops",
        "The index immediately started rebooting repeatedly",
        "Readers' pages started experiencing lockfile errors",
        "Gateways stop fulfilling requests",
        "First exploit transaction",
        "The bug surfaces, causing the chain to halt",
    ] {
        assert!(cues(text).contains(&Cue::Began), "{text}");
    }
    assert_eq!(cues("First alerts from the probe"), [Cue::Noticed]);
}

#[test]
fn what_alerts_no_longer_or_was_restarted_is_back() {
    for text in ["The alarm on lag stops firing", "The chain was successfully restarted"] {
        assert!(cues(text).contains(&Cue::Back), "{text}");
    }
    assert_eq!(cues("Observed full service resolution"), [Cue::Over]);
    assert!(!cues("The chain was not successfully restarted").contains(&Cue::Back));
}

#[test]
fn a_line_of_its_own_is_a_sentence_though_the_one_above_has_no_full_stop() {
    let lines =
        "09:00\nKim restarts it\n\n09:10\nSome searches did not fail\nIncident officially resolved!\n";
    assert_eq!(told(lines), "resolved 09:10");
    assert_eq!(told(&lines.replace("\nIncident officially", " so the incident is not")), "");
}

#[test]
fn who_ends_up_doing_something_ends_nothing() {
    assert_eq!(cues("Kim identifies an issue and ends up restarting the host"), []);
    assert_eq!(cues("The outage of the index ended at 09:40"), [Cue::Over]);
    assert_eq!(cues("User impact ends"), [Cue::Mitigated, Cue::Over]);
}

#[test]
fn a_part_that_works_again_ends_nothing_while_most_is_still_to_come() {
    let work = |numbers: std::ops::Range<u8>| {
        let lines = numbers.map(|minute| format!("- 09:{minute} Kim moves a shard\n"));
        lines.collect::<Vec<_>>().concat()
    };
    let back = "- 09:30 The gateway is back online\n";
    assert_eq!(told(&format!("{}{back}{}", work(10..12), work(31..37))), "");
    assert_eq!(told(&format!("{}{back}{}", work(10..17), work(31..33))), "resolved 09:30");
    assert_eq!(
        told("- 09:20 The gateway recovered\n- 09:30 All services confirmed healthy\n"),
        "resolved 09:30"
    );
}

#[test]
fn a_word_of_one_language_is_no_beginning_of_one_in_another() {
    assert_eq!(
        told(
            "- 09:10 A reader reports errors\n- 09:20 The fix is live\n- 09:30 The persisted rights are gone\n"
        ),
        "detected 09:10, resolved 09:20"
    );
}

#[test]
fn what_mends_it_in_the_last_event_ends_it_and_so_does_what_seems_to() {
    let ended = "started 09:00, resolved 09:40";
    for last in [
        "Fix deployed to all hosts",
        "Kim deletes the broken rows, fixing the second issue",
        "We seem to have fixed the issue",
        "The problem appears to be resolved",
        "The fix is merged, bringing the outage to an end",
        "End of the search outage",
        "Two readers confirm that search is fine",
    ] {
        let list = format!("- 09:00 Searches start failing\n- 09:40 {last}\n");
        assert_eq!(told(&list), ended, "{last}");
    }
    for other in ["Fix deployed to all hosts", "We seem to have fixed the issue"] {
        let list = format!("- 09:00 Searches start failing\n- 09:40 {other}\n- 09:50 Kim looks at the lag\n");
        assert_eq!(told(&list), "started 09:00", "{other}");
    }
    assert_eq!(
        told("- 09:00 Searches start failing\n- 09:05 A reader alerts the search team to odd results\n"),
        "started 09:00, detected 09:05"
    );
}
