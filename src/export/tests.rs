//! One small archive in every format.

use super::*;
use crate::{
    aggregate::aggregate,
    model::{
        ActionStatus, Due, Milestone, Moment, SloCost, Status,
        fixture::{action, at, day, event, fact, postmortem, with_times},
    },
};

struct Small {
    archive: Archive,
    summary: Summary,
    config: Config,
    sources: Sources,
}

impl Small {
    fn new() -> Self {
        let mut first = with_times(
            postmortem("slow", "2026-03-14"),
            &[(Milestone::Started, "2026-03-14 13:02"), (Milestone::Detected, "2026-03-14 13:09")],
        );
        first.title = fact("Checkout, slow".to_owned());
        first.severity_id = Some("SEV2".to_owned());
        first.status = Some(fact(Status::Final));
        first.services = vec![fact("checkout".to_owned()), fact("pay".to_owned())];
        first.impact.slo =
            vec![SloCost { slo: "checkout-ok".to_owned(), bad_minutes: Some(41.5), ..SloCost::default() }];
        first.timeline = vec![event(at("2026-03-14 13:09"), "=alert"), event(Moment::default(), "it's over")];
        let mut late = action("slow/cap", ActionStatus::Open, "2026-04-10");
        late.owner = Some(fact("storefront".to_owned()));
        let mut quarter = action("slow/a2", ActionStatus::Blocked, "");
        quarter.due = Some(fact(Due::Quarter { year: 2026, quarter: 4 }));
        first.actions = vec![late, quarter, action("slow/a3", ActionStatus::Done, "2026-04-01")];
        let mut draft = postmortem("draft", "2026-11-01");
        draft.status = Some(fact(Status::Draft));
        let archive = Archive::new([first, draft]);
        let config = Config::default();
        let summary = aggregate(&archive, &config, day("2026-11-20"));
        Self { archive, summary, config, sources: Sources::default() }
    }

    fn input(&self) -> Input<'_> {
        Input {
            archive: &self.archive,
            summary: &self.summary,
            config: &self.config,
            sources: &self.sources,
            ledger: None,
        }
    }
}

#[test]
fn a_document_is_a_line_with_a_column_for_each_measure() {
    let small = Small::new();
    let csv = documents_csv(small.input());
    let lines: Vec<&str> = csv.split("\r\n").collect();
    let fields = |line: usize| -> Vec<&str> { lines[line].split(',').collect() };
    assert_eq!(lines.len(), 4);
    assert_eq!(fields(0)[..5], ["id", "title", "path", "source", "date"]);
    assert_eq!(
        fields(0)[38..],
        [
            "time_to_detect_seconds",
            "time_to_acknowledge_seconds",
            "time_to_mitigate_seconds",
            "time_to_resolve_seconds"
        ]
    );
    assert_eq!(fields(1)[..6], ["draft", "draft", "draft.md", "", "2026-11-01", "draft"]);
    assert!(
        lines[2]
            .starts_with("slow,\"Checkout, slow\",slow.md,,2026-03-14,final,SEV2,no,,,checkout; pay,,,,,"),
        "{}",
        lines[2]
    );
    assert!(
        lines[2].ends_with(",3,2,1,,2026-03-14T13:02Z,2026-03-14T13:09Z,,,,,,,,,,420,,,"),
        "{}",
        lines[2]
    );
}

#[test]
fn events_without_a_time_are_lines_too() {
    assert_eq!(
        events_csv(Small::new().input()),
        "postmortem,number,at,until,approximate,event,milestone,kind,service,links,internal,line\r\n\
         slow,1,2026-03-14T13:09Z,,no,'=alert,,,,,no,1\r\n\
         slow,2,,,no,it's over,,,,,no,1\r\n"
    );
}

#[test]
fn the_calendar_has_what_is_unfinished_and_what_is_not_final() {
    let page = |postmortem: &Postmortem, anchor: &str| {
        Some(format!("https://pm.example/{}.html#{anchor}", postmortem.id.value))
    };
    let ics = ics(Small::new().input(), &page);
    let events: Vec<Vec<&str>> = ics
        .split("BEGIN:VEVENT\r\n")
        .skip(1)
        .map(|event| event.split("\r\n").take_while(|line| *line != "TRANSP:TRANSPARENT").collect())
        .collect();
    assert_eq!(
        events,
        [
            vec![
                "UID:slow/cap@action.afterword",
                "DTSTAMP:20261120T000000Z",
                "DTSTART;VALUE=DATE:20260410",
                "SUMMARY:Due: slow/cap",
                "DESCRIPTION:Owner: storefront\\nOf: Checkout\\, slow",
                "URL:https://pm.example/slow.html#action-cap",
                "CATEGORIES:SEV2",
            ],
            vec![
                "UID:slow/a2@action.afterword",
                "DTSTAMP:20261120T000000Z",
                "DTSTART;VALUE=DATE:20261231",
                "SUMMARY:Due: slow/a2",
                "DESCRIPTION:Due: 2026-Q4\\nOf: Checkout\\, slow",
                "URL:https://pm.example/slow.html#action-a2",
                "CATEGORIES:SEV2",
            ],
            vec![
                "UID:draft@review.afterword",
                "DTSTAMP:20261120T000000Z",
                "DTSTART;VALUE=DATE:20261201",
                "SUMMARY:Review: draft",
                "DESCRIPTION:Draft\\, to be final 30 days after the incident",
                "URL:https://pm.example/draft.html#",
            ],
        ]
    );
    assert!(ics.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
}

#[test]
fn metrics_say_what_is_known_and_nothing_in_place_of_the_rest() {
    let metrics = openmetrics(Small::new().input());
    let samples: Vec<&str> = metrics.lines().filter(|line| !line.starts_with('#')).collect();
    for sample in [
        "afterword_today_timestamp_seconds 1795132800",
        "afterword_postmortems{severity=\"SEV2\",status=\"final\"} 1",
        "afterword_postmortems{status=\"draft\"} 1",
        "afterword_actions{status=\"done\"} 1",
        "afterword_actions{status=\"wont-do\"} 0",
        "afterword_overdue_actions 1",
        "afterword_unowned_actions 1",
        "afterword_measure_seconds{measure=\"Time to detect\",quantile=\"0.5\"} 420",
        "afterword_measure_seconds_count{measure=\"Time to resolve\"} 0",
        "afterword_measure_readings{measure=\"Time to detect\",state=\"missing\"} 1",
    ] {
        assert!(samples.contains(&sample), "{sample} is not in {samples:#?}");
    }
    assert!(!metrics.contains("measure=\"Time to resolve\",quantile"));
    assert!(metrics.ends_with("# EOF\n"));
}

#[test]
fn sql_makes_the_tables_and_fills_them_in_one_transaction() {
    let sql = sql(Small::new().input());
    assert!(sql.starts_with("-- 2 postmortems of 2026-11-20, by Afterword "), "{sql}");
    assert!(sql.ends_with("\nCOMMIT;\n"));
    let tables: Vec<&str> = sql
        .lines()
        .filter_map(|line| line.strip_prefix("CREATE TABLE ")?.split_once(" ("))
        .map(|(name, _)| name)
        .collect();
    let expected =
        ["postmortems", "labels", "measures", "slo_costs", "events", "history", "actions", "archive"];
    assert_eq!(tables, expected);
    assert!(
        sql.contains("INSERT INTO slo_costs VALUES\n('slow', 'checkout-ok', 41.5, NULL, 41.5, 'stated');\n"),
        "{sql}"
    );
    assert!(sql.contains("('slow', 2, NULL, NULL, 0, 'it''s over', "), "{sql}");
}

#[test]
fn a_postmortem_is_the_same_object_alone_and_in_the_archive() {
    let small = Small::new();
    let all = serde_json::to_value(Export::new(small.input())).unwrap();
    let one = serde_json::to_value(Document::one(small.input(), 1, &small.archive.postmortems()[1])).unwrap();
    assert_eq!(all["postmortems"][1], one);
    assert_eq!(one["id"], "slow");
}
