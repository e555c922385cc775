//! Explanations of small documents, sentence by sentence.

use chrono::NaiveDate;

use super::*;
use crate::{
    aggregate,
    model::Archive,
    parse::{Context, parse},
};

/// The facts of the only document as `key = value [origin] words: why`.
fn explained(path: &str, text: &str, config: &str) -> Vec<String> {
    let (config, findings) = Config::parse(&SourceFile::new("book.toml", config));
    assert_eq!(findings, []);
    let sources = [SourceFile::new(path, text)];
    let context = Context::new(&config, &sources);
    let archive = Archive::new(vec![parse(&sources[0], &context).postmortem]);
    let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let subject = Subject {
        postmortem: &archive.postmortems()[0],
        place: 0,
        source: &sources[0],
        summary: &aggregate::aggregate(&archive, &config, today),
        config: &config,
        dates: context.dates(),
    };
    let facts = explain(&subject).into_iter().map(|fact| {
        let value = fact.value.unwrap_or_else(|| "–".to_owned());
        let origin = fact.origin.map(|origin| format!(" [{}]", origin.words())).unwrap_or_default();
        let words =
            fact.span.map(|span| format!(" {:?}", subject.source.slice(span).trim())).unwrap_or_default();
        format!("{} = {value}{origin}{words}: {}", fact.key, fact.why.join("; "))
    });
    facts.collect()
}

fn of(facts: &[String], keys: &[&str]) -> Vec<String> {
    let wanted = |fact: &&String| keys.iter().any(|key| fact.starts_with(&format!("{key} = ")));
    facts.iter().filter(wanted).cloned().collect()
}

#[test]
fn the_date_tells_when_what_led_up_to_it_was_passed_over() {
    let rows: Vec<String> =
        (0..5).map(|minute| format!("- 2026-03-06 09:0{minute} Pages are slow")).collect();
    let text = format!("# Slow\n\n## Timeline\n\n- 2026-03-01 09:00 A limit is set\n{}\n", rows.join("\n"));
    assert_eq!(
        of(&explained("slow.md", &text, ""), &["date"]),
        [
            "date = 2026-03-06 [inferred] \"2026-03-06 09:00\": no date is stated, so it is the day on which most events \
          begin; what comes days before led up to it"
        ]
    );
}

#[test]
fn an_event_tells_where_its_day_and_zone_were_read_and_that_midnight_has_passed() {
    let text = "# Search\n\n## Timeline\n\n### 4 August 2023\n\n| Time (UTC) | What happened |\n|---|---|\n\
                | 23:58 | Rebuilt |\n| 00:10 | Quiet |\n";
    assert_eq!(
        of(&explained("search.md", text, ""), &["timeline[0]", "timeline[1]", "date", "zone"]),
        [
            "date = 2023-08-04 [inferred] \"23:58\": no date is stated, so it is the day of the first event; \
             the day is carried over from the heading `### 4 August 2023` (line 5)",
            "zone = UTC [section] \"Time (UTC)\": the header of the table of times names it",
            "timeline[0] = 2023-08-04 23:58 UTC [section] \"23:58\": the day is carried over from the heading \
             `### 4 August 2023` (line 5); the zone UTC is from the header of the table `Time (UTC)` (line 7)",
            "timeline[1] = 2023-08-05 00:10 UTC [section] \"00:10\": the day is carried over from the heading \
             `### 4 August 2023` (line 5); after 23:58 it is past midnight, so it is one day later; \
             the zone UTC is from the header of the table `Time (UTC)` (line 7)",
        ]
    );
}

#[test]
fn a_date_that_could_be_read_either_way_tells_what_settled_it() {
    let text = "# Search\n\n**Date:** 03/04/2026\n\nSince 25/12/2025 and 31/01/2026 all was well.\n";
    let date = |config: &str| of(&explained("search.md", text, config), &["date"]).remove(0);
    assert_eq!(
        date(""),
        "date = 2026-04-03 [label] \"03/04/2026\": a label of the body says it; \
         day before month: 2 of 3 dates in this folder show so"
    );
    assert_eq!(
        date("[book]\ndate-order = \"mdy\"\n"),
        "date = 2026-03-04 [label] \"03/04/2026\": a label of the body says it; \
         month before day, as `date-order` in `book.toml` says"
    );
    let alone = "# Search\n\n**Date:** 03/04/2026\n";
    assert!(
        of(&explained("search.md", alone, ""), &["date"])[0]
            .contains("day before month is assumed, since no date"),
    );
}

#[test]
fn what_is_not_stated_says_where_it_was_looked_for_and_a_measure_which_moments_it_has() {
    let text = "# Search\n\n## Timeline\n\n- 13:02 Outage started [started]\n- 13:09 On-call is paged\n";
    assert_eq!(
        of(
            &explained("2026-03-14-search.md", text, "[book]\nzone = \"UTC\"\n"),
            &[
                "severity",
                "times.started",
                "times.detected",
                "times.resolved",
                "measures.started-detected",
                "measures.started-resolved"
            ]
        ),
        [
            "severity = –: no key of the front matter, label or section says it",
            "times.started = 2026-03-14 13:02 UTC [section] \"13:02\": the event `Outage started` is marked so; \
             the day is from the name of the file; the zone UTC is from `zone` in `book.toml`",
            "times.detected = 2026-03-14 13:09 UTC [inferred] \"13:09\": nothing states it; \
             the words of the event suggest it: `On-call is paged`; \
             the day is from the name of the file; the zone UTC is from `zone` in `book.toml`",
            "times.resolved = –: no key of `[times]` or label says it, and no event is marked `[resolved]`",
            "measures.started-detected = 7 min [inferred]: from `started` 2026-03-14 13:02 UTC to `detected` 2026-03-14 13:09 UTC; \
             one of them is only suggested by words, so it is in no figure about the archive",
            "measures.started-resolved = N/A: `started` 2026-03-14 13:02 UTC is known, `resolved` is not; \
             both are needed, each with a day and a time",
        ]
    );
}

#[test]
fn an_action_tells_what_its_list_says_and_what_the_configuration_adds() {
    let text = "# Search\n\n**Date:** 2026-03-14\n\n## Action items\n\n### Done\n\n- Cap the pool (owner: kim)\n\n### Later\n\n- Alert on saturation (P1)\n";
    assert_eq!(
        of(
            &explained("search.md", text, "[actions]\ndue-days = { P1 = 28 }\n"),
            &[
                "actions[0].status",
                "actions[0].owner",
                "actions[1].status",
                "actions[1].owner",
                "actions[1].due"
            ]
        ),
        [
            "actions[0].status = done [section] \"### Done\": `### Done` (line 7) says it for all below",
            "actions[0].owner = kim [section] \"kim\": it stands in the item",
            "actions[1].status = open [inferred]: no state is written, so it counts as open",
            "actions[1].owner = –: none is written",
            "actions[1].due = 2026-04-11 [inferred]: none is written; \
             `due-days` in `book.toml` gives so many days to its priority",
        ]
    );
}

#[test]
fn a_clock_that_is_taken_for_one_in_the_afternoon_says_so() {
    let text = "# Search\n\n**Date:** 2026-03-14\n\n## Timeline\n\n- 12:40 Down\n- 1:05 Over\n";
    let told = of(&explained("search.md", text, ""), &["timeline[0]", "timeline[1]"]).join("\n");
    assert_eq!(told.matches("in the afternoon, too").count(), 1, "{told}");
}
