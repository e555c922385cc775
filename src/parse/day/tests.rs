//! Which day a document shows.

use crate::{
    config::Config,
    parse::{Context, parse},
    source::SourceFile,
};

/// The day of the incident that a document shows.
fn day(path: &str, text: &str) -> String {
    let config = Config::default();
    let source = SourceFile::new(path, text);
    let date = parse(&source, &Context::new(&config, std::slice::from_ref(&source))).postmortem.date;
    date.map(|date| date.value.to_string()).unwrap_or_default()
}

#[test]
fn the_first_day_of_the_opening_is_that_of_the_incident_near_the_others() {
    let text = "# Search was slow\n\n**Date:** 14 March 2026\n\n## Summary\n\nOn March 12, search began to answer \
                slowly, and on March 14 it was down for an hour.\n";
    assert_eq!(day("search.md", text), "2026-03-12");
    let long_ago =
        text.replace("On March 12, search", "Since 12 January 2025 the index has grown, and search");
    assert_eq!(day("search.md", &long_ago), "2026-03-14");
}

#[test]
fn a_label_for_the_day_of_the_incident_says_more_than_any_other() {
    assert_eq!(
        day(
            "2026-03-16-search.md",
            "# Search on 15 March 2026\n\n**Incident date:** 2026-03-14\n\n**Date:** 2026-03-16\n\n\
             On 13 March 2026 a release of the index went out to all hosts.\n"
        ),
        "2026-03-14"
    );
}

#[test]
fn the_day_of_a_page_gives_way_to_events_and_that_of_a_report_does_not() {
    let page = "---\ntitle: Search was slow\ndate: 2026-03-16\n---\n\n## Timeline\n\n- 2026-03-14 09:00 Slow\n\
                - 2026-03-14 10:00 Down\n";
    assert_eq!(day("search.md", page), "2026-03-14");
    assert_eq!(
        day("search.md", &page.replace("date:", "times: {started: 2026-03-16T08:00:00Z}\ndate:")),
        "2026-03-16"
    );
    let toml =
        page.replace("title: Search was slow\ndate: 2026-03-16", "date = 2026-03-16").replace("---", "+++");
    assert_eq!(day("search.md", &toml), "2026-03-16");
    let later = page.replace("2026-03-16", "2026-05-16");
    assert_eq!(day("search.md", &later), "2026-03-14");
    let far = page.replace("2026-03-16", "2026-10-16");
    assert_eq!(day("search.md", &far), "2026-10-16");
    let between = later.replace("- 2026-03-14 10:00 Down", "- 2026-05-18 10:00 Down");
    assert_eq!(day("search.md", &between), "2026-05-16");
}

#[test]
fn the_opening_of_a_page_tells_the_day_when_it_tells_what_happened() {
    let page = "---\ntitle: Search was slow\ndate: 2026-04-16\n---\n\nOn Saturday, March 14th our search was down for \
                two hours. We are sorry.\n\n## Timeline\n\n- 09:00 Slow\n- 10:00 Down\n";
    assert_eq!(day("search.md", page), "2026-03-14");
    let plain =
        page.replace("our search was down for two hours", "we moved to a new client, which is faster now");
    assert_eq!(day("search.md", &plain), "2026-04-16");
    let down =
        page.replace("our search was down for two hours", "our search was offline for most of the day");
    assert_eq!(day("search.md", &down), "2026-03-14");
    let undated = page.replace("date: 2026-04-16\n", "").replace("14th", "14th, 2026");
    assert_eq!(day("search.md", &undated), "2026-03-14");
}

#[test]
fn the_name_of_a_page_has_the_day_of_the_page_and_a_window_that_of_its_beginning() {
    let post = "---\nlayout: post\ntitle: Search was slow\n---\n\nOn March 14, 2026 our search was down for two hours. \
                We are sorry for that.\n";
    assert_eq!(day("2026-04-16-search.md", post), "2026-03-14");
    assert_eq!(
        day("2026-04-16-search.md", &post.replace("---\nlayout: post\ntitle: Search was slow\n---\n", "")),
        "2026-04-16"
    );
    assert_eq!(
        day(
            "2026-03-16-search.md",
            "# Search\n\n**Window:** 2026-03-14 09:00 (release 12) through 2026-03-16 10:00 UTC\n"
        ),
        "2026-03-14"
    );
}

#[test]
fn the_times_of_a_post_are_of_the_day_that_its_opening_tells() {
    let post = "---\ntitle: Search\n---\n\nOur search was offline for most of yesterday (2026-03-14). No data was \
                lost.\n\n## Timeline\n\n- 09:00 Slow\n- 10:00 Down\n";
    let events = crate::parse::tests::read("2026-03-15-search.md", post).postmortem.timeline;
    assert_eq!(events.first().map(|event| event.at.iso()), Some("2026-03-14T09:00".to_owned()));
}

#[test]
fn a_stated_day_gives_way_to_an_earlier_beginning_and_not_to_a_later_one() {
    let page =
        |started: &str| format!("---\ntitle: Search\ndate: 2026-03-14\ntimes: {{started: {started}}}\n---\n");
    assert_eq!(day("search.md", &page("2026-03-15T00:10:00Z")), "2026-03-14");
    assert_eq!(day("search.md", &page("2026-03-12T13:02:00Z")), "2026-03-12");
}

#[test]
fn a_name_may_write_its_day_in_any_way() {
    for path in [
        "20260314-search.md",
        "search_2026_03_14.md",
        "2026_03_14/search.md",
        "INC-20260314T0902Z.md",
        "2026/03/14-search.md",
        "a/2026/3/14/search.md",
        "mar-14-2026-search.md",
    ] {
        assert_eq!(day(path, "# Search was slow\n"), "2026-03-14", "{path}");
    }
    assert_eq!(day("20261314-search.md", "# Search was slow\n"), "");
}

#[test]
fn a_title_gives_way_when_no_event_is_on_its_day() {
    let text = "# Report of 13 March 2026\n\n## Timeline\n\n- 14 March 2026 00:52 Slow\n- 01:08 Down\n";
    assert_eq!(day("search.md", text), "2026-03-14");
    assert_eq!(
        day("search.md", &text.replace("- 01:08", "- 13 March 2026 23:50 Early signs\n- 01:08")),
        "2026-03-13"
    );
    let weeks_later = text.replace("13 March", "7 April");
    assert_eq!(day("2026-04-07.md", &weeks_later), "2026-03-14");
    let slip = text.replace("13 March", "14 January");
    assert_eq!(day("2026-03-14.md", &slip), "2026-03-14");
    assert_eq!(day("search.md", &slip), "2026-01-14");
}

#[test]
fn the_day_in_the_number_of_the_incident_is_that_of_times_without_one() {
    let text = "# Search\n\n**Incident ID:** SEV2-20260314-search\n\n## Timeline\n\n- 09:00 Slow\n";
    assert_eq!(day("search.md", text), "2026-03-14");
    assert_eq!(day("search.md", &text.replace("20260314-search", "2026-03-14-02")), "2026-03-14");
    let events = crate::parse::tests::read("search.md", text).postmortem.timeline;
    assert_eq!(events.first().map(|event| event.at.iso()), Some("2026-03-14T09:00".to_owned()));
}

#[test]
fn the_day_of_a_labelled_moment_is_that_of_times_without_one() {
    let text = "# Search\n\n**First report:** 2026-03-14 09:12\n**Fixed:** 2026-03-15 01:40\n\n## Timeline\n\n- 09:00 Slow\n";
    assert_eq!(day("search.md", text), "2026-03-14");
    let events = crate::parse::tests::read("search.md", text).postmortem.timeline;
    assert_eq!(events.first().map(|event| event.at.iso()), Some("2026-03-14T09:00".to_owned()));
}

#[test]
fn an_incident_does_not_begin_after_it_was_detected() {
    assert_eq!(day("search.md", "# Search on 15 March 2026\n\n- Detected: 2026-03-14 23:10\n"), "2026-03-14");
}

#[test]
fn a_post_may_come_to_what_happened_below_other_things() {
    // 16 April 2026 is a Thursday.
    let post = "---\ntitle: Search and its index\ndate: 2026-04-16\n---\n\nOur search has grown a lot, and many of you ask \
                us how it works.\n\n## Something is wrong\n\nIt all began on Monday evening, when a crawler came by and \
                asked for all pages.\n";
    assert_eq!(day("search.md", post), "2026-04-13");
    assert_eq!(day("search.md", &post.replace("It all began", "We talked about it")), "2026-04-16");
    let stated = format!("{post}\n## Timeline\n\n- 09:00 Slow\n- 10:00 Down\n");
    assert_eq!(day("search.md", &stated), "2026-04-16");
    let undated = post
        .replace("date: 2026-04-16\n", "")
        .replace(
            "\n## Something",
            "\n## Before\n\nOn 2 May 2025 we moved all of it to another host.\n\n## Something",
        )
        .replace("on Monday evening, when", "on 13 April 2026 in the evening, when");
    assert_eq!(day("search.md", &undated), "2026-04-13");
}

#[test]
fn a_name_with_a_dot_ends_no_sentence_and_the_day_in_a_link_is_of_another_incident() {
    let post = |opening: &str| {
        format!(
            "---\ntitle: Search\ndate: 2026-04-16\n---\n\n{opening} We are sorry for that, and tell why it was.\n"
        )
    };
    assert_eq!(
        day(
            "search.md",
            &post("On Tuesday, April 14, all of search.example and its index were unavailable.")
        ),
        "2026-04-14"
    );
    assert_eq!(
        day(
            "search.md",
            &post("It failed as in [the outage of 2 March](2026-03-02.md), for the same reason.")
        ),
        "2026-04-16"
    );
}

#[test]
fn an_event_without_a_clock_that_tells_of_the_beginning_is_before_the_day_of_a_label() {
    let text = "# Search\n\n**Date:** 14 March 2026\n\n## Timeline\n\n- 2026-03-10 Errors begin, nobody looks\n\
                - 2026-03-14 09:00 Kim looks at the graph\n- 2026-03-14 10:00 Restart\n";
    assert_eq!(day("search.md", text), "2026-03-10");
    assert_eq!(day("search.md", &text.replace("Errors begin, nobody looks", "Release 12")), "2026-03-14");
}

#[test]
fn a_day_behind_a_label_is_not_that_of_the_page_which_comes_after_it() {
    let page = "---\ntitle: Search was slow\ndate: 2026-03-16T10:00:00\n---\n\n**Date:** March 14, 2026\n**Status:** Done\n\n\
                ## Summary\n\nSearch was slow.\n";
    assert_eq!(day("search.md", page), "2026-03-14");
    assert_eq!(day("search.md", &page.replace("March 14", "March 18")), "2026-03-16");
}

#[test]
fn a_day_without_a_year_in_a_title_is_near_that_of_its_page() {
    let page = "---\ntitle: Search down on the 12th of March\ndate: 2026-03-16\n---\n\nSearch was slow.\n";
    assert_eq!(day("search.md", page), "2026-03-12");
    let toml = "+++\ntitle = \"Search down\"\ndate = 2026-04-16T09:00:00Z\nheader_image = \"/a.png\"\n+++\n\n\
                ## Timeline\n\n**March 14, 2026**\n\n**13:02 UTC**: Index rebuilt\n\n**13:09 UTC**: Pages\n";
    assert_eq!(day("search.md", toml), "2026-03-14");
    assert_eq!(day("search.md", &toml.replace("header_image = \"/a.png\"\n", "")), "2026-04-16");
    assert_eq!(day("search.md", &toml.replace("T09:00:00Z", "")), "2026-04-16");
}

#[test]
fn a_day_in_the_title_of_a_post_is_that_of_the_incident() {
    let post = "---\ntitle: \"Network outage 2026-03-14\"\ndate: 2026-03-16\nauthors: [Kim]\n---\n\n## Timeline\n\n\
                - 8:20 UTC The power is cut\n- 8:28 UTC The network is down\n";
    assert_eq!(day("content/blog/network.md", post), "2026-03-14");
    let later = post.replace("2026-03-14", "2026-04-14");
    assert_eq!(day("content/blog/network.md", &later), "2026-03-16");
}

#[test]
fn a_date_with_a_minute_that_comes_after_all_events_is_that_of_the_writing() {
    let text = "# Search was slow\n\nDate: 16 March 2026, 18:00 UTC\n\n## Timeline\n\n- 2026-03-14 09:00 Slow\n\
                - 2026-03-14 10:00 Down\n";
    assert_eq!(day("search.md", text), "2026-03-14");
    assert_eq!(day("search.md", &text.replace("14 10:00", "16 10:00")), "2026-03-16");
}

#[test]
fn of_events_with_the_newest_first_the_last_tells_the_day() {
    let text = "# Search was slow\n\n## Timeline\n\n- 2026-03-16 09:00 Closed\n- 2026-03-15 10:00 Back\n\
                - 2026-03-14 08:00 Slow\n";
    assert_eq!(day("search.md", text), "2026-03-14");
    let stray = text.replace("14 08:00 Slow\n", "14 08:00 Slow\n- 2026-03-15 11:00 Checked\n");
    assert_eq!(day("search.md", &stray), "2026-03-16");
}

#[test]
fn a_title_with_the_year_before_is_a_slip_where_file_and_events_have_another() {
    let text = "# 2025-03-14 Search was slow\n\n## Timeline\n\n- 2026-03-09 07:00 Index grows\n\
                - 2026-03-14 09:00 Slow\n- 09:05 Down\n- 09:20 Restarted\n- 09:30 Back\n";
    assert_eq!(day("2026-03-14-search.md", text), "2026-03-14");
    assert_eq!(day("search.md", text), "2025-03-14");
}

#[test]
fn a_label_and_the_name_of_the_file_that_agree_on_a_day_of_events_are_better_than_what_led_up_to_it() {
    let text = "# Search was slow\n\n**Date:** 2026-03-14\n\n## Timeline\n\n- 2026-03-06 07:00 Index grows\n\
                - 2026-03-14 09:00 Pages\n- 2026-03-15 09:05 Closed\n";
    assert_eq!(day("2026-03-14-search.md", text), "2026-03-14");
    assert_eq!(day("search.md", text), "2026-03-06");
    assert_eq!(day("2026-03-14-search.md", &text.replace("03-14 09:00", "03-15 09:00")), "2026-03-06");
    assert_eq!(day("2026-03-14-search.md", &text.replace("03-06", "03-13")), "2026-03-13");
}
