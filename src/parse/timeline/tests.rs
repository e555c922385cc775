//! One small timeline for each layout that teams use.

use crate::{
    model::{Carried, Carrier},
    parse::tests::{postmortem, read},
};

/// The events as `time text`, with the milestone behind.
pub(super) fn events(text: &str) -> Vec<String> {
    let read = postmortem(&format!("# Search\n\n{text}"));
    let lines = read.timeline.iter().map(|event| {
        let milestone =
            event.milestone.map(|milestone| format!(" [{}]", milestone.key())).unwrap_or_default();
        format!("{} {}{milestone}", event.at.iso(), event.text)
    });
    lines.collect()
}

#[test]
fn lists_with_marks_follow_ups_and_nested_entries() {
    assert_eq!(
        events(
            "## Timeline (UTC)\n\n- [started] 13:02 Index rebuilt\n  in the night shift\n- **13:09** - pages [detected]\n\n\
             \x20 A graph.\n- 2026-03-15:\n  - 09:00 Quiet\n- ??:??: nobody knows\n"
        ),
        [
            "2026-03-14T13:02Z Index rebuilt in the night shift [started]",
            "2026-03-14T13:09Z pages [detected]",
            "2026-03-15T09:00Z Quiet",
            " nobody knows",
        ]
    );
}

#[test]
fn a_timeline_that_is_set_as_code_has_an_event_a_line() {
    assert_eq!(
        events(
            "## Shards\n\nTimeline:\n\n```\n10:00 UTC - Index rebuilt\n  in the night shift\n10:40 UTC - pages\n```\n\nMore care next time.\n"
        ),
        ["2026-03-14T10:00Z Index rebuilt in the night shift", "2026-03-14T10:40Z pages"]
    );
    // What a program has written below an event is what the event says, and no timeline.
    assert_eq!(
        events("## Timeline\n\n- 10:00 UTC Index rebuilt\n\n```\n10:00:01 - start\n10:00:09 - done\n```\n"),
        ["2026-03-14T10:00Z Index rebuilt"]
    );
    assert_eq!(events("## Timeline\n\n```\n$ curl search\n10:00:01 - start\n```\n"), Vec::<String>::new());
}

#[test]
fn times_that_stand_alone_take_what_follows_as_their_text() {
    assert_eq!(
        events(
            "## Timeline\n\n13:02 UTC\n\nIndex rebuilt.\n\nIt took long.\n\n---\n\n13:09 UTC\nPages.\n\n\
             - 13:20\n  - Quiet\n- 13:30:\n\n  ```\n  $ curl search\n  ```\n"
        ),
        [
            "2026-03-14T13:02Z Index rebuilt.",
            "2026-03-14T13:09Z Pages.",
            "2026-03-14T13:20Z Quiet",
            "2026-03-14T13:30Z $ curl search",
        ]
    );
}

#[test]
fn a_day_of_which_only_words_are_said_is_an_event() {
    assert_eq!(
        events(
            "## Timeline\n\n8 January 2026\n\n- A change is merged\n- Checks begin\n\n9 January 2026\n\n- 09:00 Slow\n\n\
             12 January\n\n- It is over\n"
        ),
        ["2026-01-08 A change is merged", "2026-01-09T09:00 Slow", "2026-01-12 It is over"]
    );
    assert_eq!(
        events(
            "## Timeline\n\n- 2026-01-08:\n  A token leaks\n- 2026-01-09\n  - It is found\n- 2026-01-10\n- 09:00 Gone\n"
        ),
        ["2026-01-08 A token leaks", "2026-01-09 It is found", "2026-01-10T09:00 Gone"]
    );
}

#[test]
fn a_time_that_is_not_known_stands_below_its_day() {
    assert_eq!(
        events(
            "## Timeline\n\n### 2026-01-08\n\n- `unknown` - A file is sent\n\n### 2026-01-09\n\n| Time | What |\n|---|---|\n| --:-- | It is lost |\n"
        ),
        ["2026-01-08 A file is sent", "2026-01-09 It is lost"]
    );
}

#[test]
fn a_remark_behind_a_day_holds_for_all_times() {
    assert_eq!(
        events("## Timeline\n\n**2026-01-08** (all times in UTC)\n\n- 09:00 Slow\n"),
        ["2026-01-08T09:00Z Slow"]
    );
}

#[test]
fn the_day_of_a_list_of_milestones_is_none_of_them() {
    assert_eq!(
        events("## Timeline\n\n- Date: 2026-01-08\n- First detected: 09:00\n- Resolved: 10:00\n"),
        ["2026-01-08T09:00 First detected [detected]", "2026-01-08T10:00 Resolved [resolved]"]
    );
}

#[test]
fn updates_that_begin_with_the_last_carry_their_days_to_the_first() {
    assert_eq!(
        events(
            "00:40 UTC\n\nClosed.\n\n---\n\n2026-03-15 00:10 UTC\n\nBetter.\n\n---\n\n23:50 UTC\n\nWorse.\n\n---\n\n\
             2026-03-14 23:30 UTC\n\nBad.\n"
        ),
        [
            "2026-03-15T00:40Z Closed.",
            "2026-03-15T00:10Z Better.",
            "2026-03-14T23:50Z Worse.",
            "2026-03-14T23:30Z Bad.",
        ]
    );
}

#[test]
fn status_updates_with_a_word_for_where_things_stand() {
    assert_eq!(
        events(
            "*Resolved* - All is well. {{< track \"2026-03-14 13:50\" >}}\n\n*Investigating* - Slow.\n{{< track \"2026-03-14 13:02\" >}}\n"
        ),
        ["2026-03-14T13:50 All is well. [resolved]", "2026-03-14T13:02 Slow."]
    );
    assert_eq!(
        events("**Update 13:40 UTC**: Better.\n\n**Identified** - A bad index.\nMar 14, 13:20 UTC\n\n"),
        ["2026-03-14T13:40Z Better.", "2026-03-14T13:20Z A bad index. [identified]"]
    );
    assert_eq!(
        events("## Monitoring - 13:40 UTC\n\nBetter.\n\n## Investigating (13:02 UTC)\n\nSlow.\n"),
        ["2026-03-14T13:40Z Better.", "2026-03-14T13:02Z Slow."]
    );
}

#[test]
fn headings_of_times_are_events_wherever_they_stand() {
    assert_eq!(
        events(
            "## Outages\n\n#### 2026-03-12 18:03 ~ 18:06 (GMT+9)\n\n- Slow\n\n#### 2026-03-13 02:27 ~ 04:03 (GMT+9)\n\nDown.\n"
        ),
        ["2026-03-12T18:03+09:00 Slow", "2026-03-13T02:27+09:00 Down."]
    );
}

#[test]
fn days_stand_in_headers_and_headings_with_their_zone() {
    assert_eq!(
        events("| Timeline 20.04.26 | Event |\n|---|---|\n| 11:28 | Slow |\n| 11:38 | Down |\n"),
        ["2026-04-20T11:28 Slow", "2026-04-20T11:38 Down"]
    );
    assert_eq!(
        events(
            "## Timeline\n\n### 29-09-2025 (All times CEST)\n\n- 15:46 Deployed\n- ??:??: Somebody asks\n"
        ),
        ["2025-09-29T15:46+02:00 Deployed", "2025-09-29 Somebody asks"]
    );
    assert_eq!(
        events(
            "## Timeline\n\n| Day | Date (2026) | Time | Event |\n|---|---|---|---|\n| Mon | Mar 16 | 13:47 | Deployed |\n"
        ),
        ["2026-03-16T13:47 Deployed"]
    );
}

#[test]
fn tables_with_one_column_of_times_or_two() {
    assert_eq!(
        events(
            "## Timeline\n\n| Time (CET) | Event |\n|---|---|\n| 13:02 | Rebuilt |\n| 2026-03-15 00:10 | Quiet |\n"
        ),
        ["2026-03-14T13:02+01:00 Rebuilt", "2026-03-15T00:10+01:00 Quiet"]
    );
    assert_eq!(
        events(
            "## Timeline\n\n| Date | Time | Who | What happened |\n|---|---|---|---|\n| 15 March | 13:02 | Kim | Rebuilt |\n\
             | | 13:09 | | Pages |\n| | | | and again |\n"
        ),
        ["2026-03-15T13:02 Rebuilt", "2026-03-15T13:09 Pages and again"]
    );
}

#[test]
fn headings_that_are_times_take_the_text_below_them() {
    assert_eq!(
        events(
            "## Timeline\n\nAll times in PST.\n\n### 13:02\n\nIndex rebuilt.\n\nIt took long.\n\n### 13:09 Pages\n\n\
             ### 2026-03-15\n\n- 09:00 Quiet\n\n## 09:30\n\nOver.\n"
        ),
        [
            "2026-03-14T13:02-08:00 Index rebuilt.",
            "2026-03-14T13:09-08:00 Pages",
            "2026-03-15T09:00-08:00 Quiet",
            "2026-03-15T09:30-08:00 Over.",
        ]
    );
}

#[test]
fn paragraphs_lines_and_days_between_them() {
    assert_eq!(
        events(
            "## Timeline\n\n_14 March_\n\n13:02 | Rebuilt\n13:09 | Pages\n\n_15 March_\n\n~9:00 AM: Quiet,\nand then\n9:30 AM: over\n"
        ),
        [
            "2026-03-14T13:02 Rebuilt",
            "2026-03-14T13:09 Pages",
            "2026-03-15T09:00 Quiet, and then",
            "2026-03-15T09:30 over",
        ]
    );
}

#[test]
fn labelled_moments_are_milestones_and_events_only_where_nothing_else_is() {
    let labels = "- **Key events**\n  - First detected: 2026-03-14 13:09\n  - Resolved 2026-03-14 14.20\n";
    assert_eq!(
        events(labels),
        ["2026-03-14T13:09 First detected [detected]", "2026-03-14T14:20 Resolved [resolved]"]
    );
    let both =
        format!("{labels}\n- **Context**:\n  - 2026-03-14 13:02: Rebuilt\n  - 2026-03-14 13:15: Stopped\n");
    assert_eq!(events(&both), ["2026-03-14T13:02 Rebuilt", "2026-03-14T13:15 Stopped"]);
    assert_eq!(postmortem(&both).times.len(), 2);
}

#[test]
fn the_days_of_a_list_of_milestones_do_not_hold_for_the_events_behind_it() {
    let text = "# Incident on 14 March 2026\n\n## Key events\n\n- First detected 2026-03-14 15:35\n- Resolved 2026-03-15 12:34\n\n\
                ## What was done\n\n15:35 – Plan pushed\n\n16:08 – Keys found\n\n23:50 – Keys revoked\n\n00:20 – Logs read\n";
    assert_eq!(
        events(text),
        [
            "2026-03-14T15:35 Plan pushed",
            "2026-03-14T16:08 Keys found",
            "2026-03-14T23:50 Keys revoked",
            "2026-03-15T00:20 Logs read"
        ]
    );
}

#[test]
fn a_timed_list_is_a_timeline_whatever_it_is_called_and_prose_is_none() {
    let text = "## Leadup\n\n- 13:02 UTC Rebuilt\n- 13:09 UTC Pages\n";
    assert_eq!(events(text), ["2026-03-14T13:02Z Rebuilt", "2026-03-14T13:09Z Pages"]);
    assert_eq!(
        events("## How it happened\n\nAt 13:02 UTC, it began.\n\nAt 13:09 UTC, it paged.\n"),
        Vec::<String>::new()
    );
}

#[test]
fn a_list_of_days_is_a_timeline_where_a_sentence_says_so() {
    let list = "- **March 14 --** The disk fills\n- March 20--23 -- Moved the index\n- Later we wrote this\n";
    assert_eq!(
        events(&format!("## What we did\n\nThis is the timeline of our actions:\n\n{list}")),
        ["2026-03-14 The disk fills", "2026-03-20 Moved the index"]
    );
    assert!(events(&format!("## What we did\n\nThese are our holidays:\n\n{list}")).is_empty());
    let windows = "1. 14 March 13:02 to 14:10 UTC\n2. 15 March 09:00 to 09:30 UTC\n";
    assert!(events(&format!("It was down three times:\n\n{windows}\n## Cause\n\nThe disk.\n")).is_empty());
}

#[test]
fn plain_words_give_a_milestone_that_is_marked_as_inferred() {
    let postmortem =
        postmortem("## Timeline\n\n- 13:02 Rebuilt\n- 13:09 On-call is paged\n- 14:20 Service restored\n");
    let times: Vec<_> = postmortem
        .times
        .iter()
        .map(|(milestone, fact)| (milestone.key(), fact.value.iso(), fact.origin.words()))
        .collect();
    assert_eq!(
        times,
        [
            ("detected", "2026-03-14T13:09".to_owned(), "inferred"),
            ("resolved", "2026-03-14T14:20".to_owned(), "inferred"),
        ]
    );
}

#[test]
fn a_day_that_does_not_exist_is_a_finding_at_its_place() {
    let text = "## Timeline\n\n- 31.06.2026 13:02: Rebuilt\n";
    let parsed = read("a.md", text);
    let found: Vec<_> = parsed
        .findings
        .iter()
        .map(|finding| (finding.rule, finding.message.as_str(), &text[finding.span.start..finding.span.end]))
        .collect();
    assert_eq!(found, [("bad-value", "there is no day `31.06.2026 13:02`", "31.06.2026 13:02")]);
}

/// For each event, what its day, its year and its zone were taken from: the carrier and its words.
fn bases(path: &str, text: &str) -> Vec<String> {
    let postmortem = read(path, text).postmortem;
    let part = |name: &str, carried: Carried| match carried.by {
        Carrier::Itself => String::new(),
        by => format!(" {name}: {by:?} {:?}", text[carried.span().start..carried.span().end].trim()),
    };
    let lines = postmortem.timeline.iter().map(|event| {
        let basis = event.at.basis;
        let midnights = if basis.midnights > 0 { format!(" +{}", basis.midnights) } else { String::new() };
        let (day, year, zone) = (part("day", basis.day), part("year", basis.year), part("zone", basis.zone));
        format!("{}{day}{midnights}{year}{zone}", event.at.iso())
    });
    lines.collect()
}

#[test]
fn a_day_keeps_the_heading_line_cell_or_earlier_time_that_it_was_carried_over_from() {
    assert_eq!(
        bases(
            "search.md",
            "# Search\n\n## Timeline of 14 March 2026\n\n- 23:50 UTC Rebuilt\n- 00:10 Pages\n- 16 March 09:00 Quiet\n- 09:30 Over\n\n\
             17.03.2026\n\n- 08:00 Looked at\n"
        ),
        [
            "2026-03-14T23:50Z day: Heading \"## Timeline of 14 March 2026\"",
            "2026-03-15T00:10Z day: Heading \"## Timeline of 14 March 2026\" +1 zone: Clocks \"23:50 UTC Rebuilt\"",
            "2026-03-16T09:00Z year: Heading \"## Timeline of 14 March 2026\" zone: Clocks \"23:50 UTC Rebuilt\"",
            "2026-03-16T09:30Z day: Earlier \"16 March 09:00\" year: Heading \"## Timeline of 14 March 2026\" \
             zone: Clocks \"23:50 UTC Rebuilt\"",
            "2026-03-17T08:00Z day: Line \"17.03.2026\" zone: Clocks \"23:50 UTC Rebuilt\"",
        ]
    );
    assert_eq!(
        bases(
            "search.md",
            "# Search\n\n## Timeline\n\n| Date | Time (CET) | What happened |\n|---|---|---|\n| 2026-03-14 | 13:02 | Rebuilt |\n\
             | | 13:09–13:20 | Pages |\n"
        ),
        [
            "2026-03-14T13:02+01:00 day: Column \"2026-03-14\" zone: Column \"Time (CET)\"",
            "2026-03-14T13:09+01:00 day: Column \"2026-03-14\" zone: Column \"Time (CET)\"",
        ]
    );
}

#[test]
fn a_day_before_the_stated_one_is_what_led_up_to_it() {
    assert_eq!(
        events(
            "## Timeline of 14 March 2026\n\n| Time | Event |\n|---|---|\n| (2025-04-26) | The table is made |\n\
             | 15:11 | Rebuilt |\n| 2026-03-15 | Looked at |\n| 09:00 | Over |\n"
        ),
        [
            "2025-04-26 The table is made",
            "2026-03-14T15:11 Rebuilt",
            "2026-03-15 Looked at",
            "2026-03-15T09:00 Over",
        ]
    );
}

#[test]
fn a_day_that_the_timeline_does_not_say_is_that_of_the_document() {
    let list = "## Timeline\n\n- 13:02 Rebuilt\n- 14/03 13:09 Pages\n\nAll times are UTC.\n";
    assert_eq!(
        bases("2026-03-13-search.md", &format!("# Search\n\n{list}")),
        [
            "2026-03-13T13:02Z day: FileName \"\" zone: Note \"All times are UTC.\"",
            "2026-03-14T13:09Z year: FileName \"\" zone: Note \"All times are UTC.\"",
        ]
    );
    let day = |text: &str| bases("search.md", &format!("{text}\n\n{list}")).swap_remove(0);
    assert_eq!(
        day("+++\ndate = 2026-03-12\n+++\n# Search"),
        "2026-03-12T13:02Z day: FrontMatter \"2026-03-12\" zone: Note \"All times are UTC.\""
    );
    assert_eq!(
        day("# Search\n\n**Date:** 12 March 2026"),
        "2026-03-12T13:02Z day: Label \"12 March 2026\" zone: Note \"All times are UTC.\""
    );
    assert_eq!(
        day("# Search on 12 March 2026"),
        "2026-03-12T13:02Z day: Title \"# Search on 12 March 2026\" zone: Note \"All times are UTC.\""
    );
}

#[test]
fn days_and_lines_of_clocks_on_the_level_of_the_timeline_are_its_events() {
    assert_eq!(
        events(
            "## Timeline\n\n_All times in UTC_\n\n## March 14\n13:02\nIndex rebuilt\n\n23:06ish - Pages\n\n## 15 March\n\n### 09:00 AM\nOver\n"
        ),
        ["2026-03-14T13:02Z Index rebuilt", "2026-03-14T23:06Z Pages", "2026-03-15T09:00Z Over"]
    );
}
