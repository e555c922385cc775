//! The days that times belong to, by small documents.

use crate::parse::tests::read;

fn events(path: &str, text: &str) -> Vec<String> {
    let timeline = read(path, text).postmortem.timeline;
    timeline.iter().map(|event| event.at.iso()).collect()
}

#[test]
fn a_day_of_the_week_in_front_of_a_clock_is_the_next_one() {
    // 14 March 2026 is a Saturday.
    assert_eq!(
        events(
            "search.md",
            "# Search\n\n## Timeline\n\n### 14 March 2026\n\n- Saturday 23:10 Slow\n- Sunday 09:02 Down\n- 10:00 Rebuilt\n- Mon 08:00 Closed\n"
        ),
        ["2026-03-14T23:10", "2026-03-15T09:02", "2026-03-15T10:00", "2026-03-16T08:00"]
    );
    assert_eq!(
        events(
            "2026-03-14-suche.md",
            "# Suche\n\n## Ablauf\n\n- Samstag, 23:50 Uhr: Langsam\n- Sonntag, 00:10 Uhr: Behoben\n"
        ),
        ["2026-03-14T23:50", "2026-03-15T00:10"]
    );
}

#[test]
fn a_clock_behind_one_in_the_afternoon_is_in_the_afternoon_as_well() {
    let text = "# Search\n\n## Timeline\n\n- July 12 1:34pm: Slow\n- July 12 2:00: Down\n- 2:20 - 2:40: Kim looks\n\
                - 11:50 pm: Rebuilt\n- 1:10: Over\n";
    assert_eq!(
        events("2026-07-12-search.md", text),
        ["2026-07-12T13:34", "2026-07-12T14:00", "2026-07-12T14:20", "2026-07-12T23:50", "2026-07-13T01:10"]
    );
    let morning = text.replace("1:34pm", "1:34am").replace("11:50 pm", "02:50");
    assert_eq!(
        events("2026-07-12-search.md", &morning),
        ["2026-07-12T01:34", "2026-07-12T02:00", "2026-07-12T02:20", "2026-07-12T02:50", "2026-07-12T01:10"]
    );
}

/// The moments of a list of events of 12 July 2026.
fn days(list: &str) -> Vec<String> {
    events("2026-07-12-search.md", &format!("# Search\n\n## Timeline\n\n{list}"))
}

#[test]
fn a_clock_behind_noon_is_in_the_afternoon_and_one_of_twenty_hours_says_no_half() {
    assert_eq!(
        days("- 11:50 Slow\n- 12:40 Down\n- 1:05 Rebuilt\n- 2:10 Over\n"),
        ["2026-07-12T11:50", "2026-07-12T12:40", "2026-07-12T13:05", "2026-07-12T14:10"]
    );
    assert_eq!(days("- 12:40 Slow\n- 01:05 Over\n"), ["2026-07-12T12:40", "2026-07-13T01:05"]);
    assert_eq!(days("- 20:56 PM Slow\n- 10:42 Over\n"), ["2026-07-12T20:56", "2026-07-13T10:42"]);
}

#[test]
fn one_clock_out_of_order_is_no_midnight() {
    assert_eq!(
        days("- 09:20 Slow\n- 17:26 Backup\n- 09:22 Down\n- 09:40 Over\n"),
        ["2026-07-12T09:20", "2026-07-12T17:26", "2026-07-12T09:22", "2026-07-12T09:40"]
    );
    assert_eq!(
        days("- 09:20 Slow\n- 17:26 Backup\n- 09:52 Down\n- 09:55 Over\n"),
        ["2026-07-12T09:20", "2026-07-12T17:26", "2026-07-13T09:52", "2026-07-13T09:55"]
    );
}

#[test]
fn the_first_day_of_the_week_is_near_that_of_the_document() {
    let text =
        "# Search\n\n## Timeline\n\n- Thursday 23:10 Slow\n- Friday 09:02 Rebuilt\n- 13:00 (Mon) Closed\n";
    assert_eq!(
        events("2026-03-14-search.md", text),
        ["2026-03-12T23:10", "2026-03-13T09:02", "2026-03-16T13:00"]
    );
    assert_eq!(events("search.md", text), ["23:10", "09:02", "13:00"]);
}

#[test]
fn what_stands_below_a_range_of_days_is_of_its_last_one() {
    assert_eq!(
        events(
            "search.md",
            "# Search on 14 March 2026\n\n## Timeline\n\n- 03:39 Disk is full\n- 2026-03-13 → 2026-03-14 (overnight) Slow\n\
             - 12:50 Kim looks for old files\n"
        ),
        ["2026-03-14T03:39", "2026-03-13", "2026-03-14T12:50"]
    );
}

#[test]
fn a_written_day_is_more_than_the_day_of_the_week_beside_it() {
    assert_eq!(
        events(
            "search.md",
            "# Search\n\n## Timeline\n\n- Friday 14 March 2026, 09:00 Slow\n- Saturday 10:00 Down\n"
        ),
        ["2026-03-14T09:00", "2026-03-14T10:00"]
    );
}
