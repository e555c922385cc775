//! Whole documents, written for these tests, read with no configuration; and texts that nobody would write.

use proptest::prelude::*;

use super::{Context, Parsed, parse, parse_all};
use crate::{
    config::Config,
    model::{Milestone, Origin, Postmortem, SectionKind},
    source::{SourceFile, Span},
};

pub(super) fn read(path: &str, text: &str) -> Parsed {
    let config = Config::default();
    let source = SourceFile::new(path, text);
    parse(&source, &Context::new(&config, std::slice::from_ref(&source)))
}

/// What is read of a document whose name gives the day.
pub(super) fn postmortem(text: &str) -> Postmortem {
    read("2026-03-14-search.md", text).postmortem
}

fn findings(path: &str, text: &str) -> Vec<String> {
    let source = SourceFile::new(path, text);
    read(path, text)
        .findings
        .into_iter()
        .map(|finding| {
            format!("{} {}: {}", source.position(finding.span.start), finding.rule, finding.message)
        })
        .collect()
}

const WHOLE: &str = r#"+++
title = "Checkout latency"
id = "2026-03-14-checkout"
date = 2026-03-14
status = "final"
severity = "SEV2"
services = ["checkout"]
detected_by = "alert"
visibility = "public"
near_miss = false

[times]
zone = "UTC"
started = 2026-03-14T13:02:00Z
detected = 2026-03-14T13:09:00Z

[impact]
users = 12_400
[[impact.slo]]
slo = "checkout-availability"
bad_minutes = 41

[[timeline]]
at = 2026-03-14T13:09:00Z
event = "Latency alert pages the *on-call*"
milestone = "detected"

[[action_items]]
title = "Cap the pool"
owner = "storefront"
type = "prevent"
due = 2026-Q2
tracker = "SHOP-1432"
+++

# Checkout latency

## Impact

<!-- internal -->
Acme paid for it.
<!-- /internal -->
"#;

#[test]
fn a_label_with_the_day_alone_gives_way_to_the_event_of_that_day() {
    let text =
        "# Search\n\n**Detected:** 2026-03-14\n\n## Timeline\n\n- 2026-03-14 09:00 The latency alert fires\n";
    let detected = |text: &str| {
        let fact = read("a.md", text).postmortem.times.remove(&Milestone::Detected);
        fact.map(|fact| (fact.value.iso(), fact.origin))
    };
    assert_eq!(detected(text), Some(("2026-03-14T09:00".to_owned(), Origin::Inferred)));
    let other = text.replace("**Detected:** 2026-03-14", "**Detected:** 2026-03-15");
    assert_eq!(detected(&other), Some(("2026-03-15".to_owned(), Origin::Label)));
}

#[test]
fn front_matter_gives_facts_with_places() {
    let text = WHOLE.replace("due = 2026-Q2", "due = \"2026-Q2\"");
    let Parsed { postmortem, findings } = read("a.md", &text);
    assert_eq!(findings, []);
    let at = |span: Span| &text[span.start..span.end];
    let severity = postmortem.severity.as_ref().unwrap();
    assert_eq!(
        (severity.value.as_str(), at(severity.span), severity.origin),
        ("SEV2", "\"SEV2\"", Origin::FrontMatter)
    );
    assert_eq!(postmortem.id.value, "2026-03-14-checkout");
    assert_eq!(postmortem.time(Milestone::Started).unwrap().iso(), "2026-03-14T13:02Z");
    assert_eq!(postmortem.impact.users.as_ref().map(|users| users.value.as_str()), Some("12_400"));
    assert_eq!(postmortem.timeline[0].text, "Latency alert pages the on-call");
    let action = &postmortem.actions[0];
    assert_eq!(action.id, "2026-03-14-checkout/a1");
    assert_eq!(action.due.as_ref().unwrap().value.to_string(), "2026-Q2");
    assert_eq!(
        postmortem.internal.iter().map(|span| at(*span)).collect::<Vec<_>>(),
        ["<!-- internal -->\nAcme paid for it.\n<!-- /internal -->"]
    );
}

#[test]
fn what_is_wrong_in_front_matter_is_said_at_its_place_and_the_rest_counts() {
    let text =
        "---\ntitle: x\ndate: 2026-02-30\nseverty: SEV1\nstatus: finl\ntimes:\n  started: noon\n---\n# y\n";
    assert_eq!(
        findings("a.md", text),
        [
            "3:7 bad-value: `date`: the calendar has no such day: `2026-02-30`",
            "4:1 unknown-key: unknown key `severty`",
            "5:9 bad-value: `status`: expected one of `draft`, `in-review`, `final`, found the text `finl`",
            "7:12 bad-value: `times.started`: expected a point in time such as `2026-03-14T13:02:00Z`, found the text `noon`",
            "9:1 contradicting-fact: `title` is something else in the front matter",
        ]
    );
    assert_eq!(read("a.md", text).postmortem.title.value, "x");
    assert_eq!(
        findings("a.md", "---\ntitle = \"x\"\n---\n"),
        ["1:1 invalid-front-matter: expected YAML between these lines, found TOML"]
    );
    assert_eq!(
        findings("a.md", "+++\ntitle: x\n+++\n"),
        ["1:1 invalid-front-matter: expected TOML between these lines, found YAML"]
    );
}

#[test]
fn the_body_alone_is_enough() {
    let text = "# Search was slow\n\n| | |\n|---|---|\n| **Severity** | SEV3 (minor) |\n| **Services** | search, web |\n\n\
## Summary\n\nSlow.\n\n## Timeline (UTC)\n\n- 2026-03-14 13:02 Index rebuilt [started]\n- 13:09 **Detected**: pages\n\
- 23:50 – 00:10 Rolled back\n\n## Action items\n\n- [x] Alert on lag (owner: search, P1, due 2026-04-10, SRCH-12)\n- Write it down\n";
    let Parsed { postmortem, findings } = read("posts/2026-03-15-search.md", text);
    assert_eq!(findings, []);
    assert_eq!(postmortem.title.value, "Search was slow");
    assert_eq!(postmortem.date_text(), "2026-03-14");
    assert_eq!(postmortem.severity.as_ref().map(|severity| severity.value.as_str()), Some("SEV3"));
    assert_eq!(
        postmortem.services.iter().map(|service| service.value.as_str()).collect::<Vec<_>>(),
        ["search", "web"]
    );
    assert_eq!(postmortem.zone.as_ref().map(|zone| zone.value.to_string()).as_deref(), Some("UTC"));
    let events: Vec<_> = postmortem
        .timeline
        .iter()
        .map(|event| {
            (event.at.iso(), event.end.as_deref().map(crate::model::Moment::iso), event.text.as_str())
        })
        .collect();
    assert_eq!(
        events,
        [
            ("2026-03-14T13:02Z".to_owned(), None, "Index rebuilt"),
            ("2026-03-14T13:09Z".to_owned(), None, "Detected: pages"),
            ("2026-03-14T23:50Z".to_owned(), Some("2026-03-15T00:10Z".to_owned()), "Rolled back"),
        ]
    );
    assert_eq!(postmortem.time(Milestone::Detected).unwrap().iso(), "2026-03-14T13:09Z");
    let kinds: Vec<_> = postmortem.sections.iter().flat_map(|section| section.kinds).collect();
    assert_eq!(kinds, [SectionKind::Summary, SectionKind::Timeline, SectionKind::ActionItems]);
    let action = &postmortem.actions[0];
    assert_eq!(
        (
            action.title.as_str(),
            action.status.value.key(),
            action.priority.as_ref().map(|p| p.value.as_str())
        ),
        ("Alert on lag", "done", Some("P1"))
    );
    assert_eq!(action.owner.as_ref().map(|owner| owner.value.as_str()), Some("search"));
    assert_eq!(action.trackers.iter().map(|key| key.value.as_str()).collect::<Vec<_>>(), ["SRCH-12"]);
}

#[test]
fn text_and_front_matter_that_contradict_each_other_are_a_finding() {
    let text = "---\nseverity: SEV1\ntimes:\n  zone: UTC\n  detected: 2026-03-14T13:09Z\n---\n# x\n\n**Severity:** SEV2\n\n## Timeline\n\n- 2026-03-14 13:20 seen [detected]\n";
    assert_eq!(
        findings("a.md", text),
        [
            "9:15 contradicting-fact: `severity` is something else in the front matter",
            "13:3 contradicting-fact: `detected` is something else in the front matter",
        ]
    );
    assert_eq!(read("a.md", text).postmortem.time(Milestone::Detected).unwrap().iso(), "2026-03-14T13:09Z");
}

#[test]
fn empty_and_broken_documents_are_findings() {
    assert_eq!(findings("a.md", " \n"), ["1:1 empty-document: the document is empty"]);
    assert_eq!(read("posts/2026-03-14-slow-search.md", "").postmortem.title.value, "Slow search");
    let config = Config::default();
    let source = SourceFile::from_bytes("a.md", b"# T \xff\n");
    let parsed = parse(&source, &Context::new(&config, &[]));
    assert_eq!(
        parsed.findings.iter().map(|finding| (finding.rule, finding.span.start)).collect::<Vec<_>>(),
        [("unreadable-text", 4)]
    );
}

#[test]
fn the_folder_shows_whether_days_or_months_come_first() {
    let config = Config::default();
    let first = |other: &str| {
        let sources = [
            SourceFile::new("a.md", "# x\n\n## Timeline\n\n03/04/2026 - it began\n"),
            SourceFile::new("b.md", other),
        ];
        let context = Context::new(&config, &sources);
        parse(&sources[0], &context).postmortem.date_text()
    };
    assert_eq!(first("fixed on 03/28/2026"), "2026-03-04");
    assert_eq!(first("fixed on 28/03/2026"), "2026-04-03");
}

/// Every place in a postmortem.
fn places(postmortem: &Postmortem) -> Vec<Span> {
    let mut all = vec![postmortem.id.span, postmortem.title.span, postmortem.body];
    all.extend(postmortem.date.iter().map(|fact| fact.span));
    all.extend(postmortem.severity.iter().map(|fact| fact.span));
    all.extend(postmortem.zone.iter().map(|fact| fact.span));
    all.extend(postmortem.times.values().map(|fact| fact.span));
    all.extend(postmortem.services.iter().chain(&postmortem.authors).map(|fact| fact.span));
    all.extend(postmortem.timeline.iter().flat_map(|event| [event.span, event.at_span]));
    for action in &postmortem.actions {
        all.push(action.span);
        all.extend(action.owner.iter().chain(&action.priority).chain(&action.trackers).map(|fact| fact.span));
    }
    all.extend(postmortem.sections.iter().flat_map(|section| [section.heading, section.body]));
    all.extend(postmortem.links.iter().map(|link| link.span));
    all.extend(postmortem.comments.iter().chain(&postmortem.internal));
    all
}

fn check_places(text: &str) {
    let parsed = read("dir/2026-03-14-x.md", text);
    let findings = parsed.findings.iter().flat_map(|finding| {
        std::iter::once(finding.span).chain(finding.others.iter().map(|label| label.span))
    });
    for span in places(&parsed.postmortem).into_iter().chain(findings) {
        assert!(text.get(span.start..span.end).is_some(), "{span:?} is no part of {text:?}");
    }
}

const LIKELY: &str = "(## Timeline\n|## Action items\n|# |\n|\n\n|- |  - |1\\. |\\[x\\] |\\| |\\|---\\|---\\|\n|13:02|2026-03-14|UTC|~|\\*\\*|`|Impact:|\\[a\\]\\(b\\)|<!-- internal -->|<!--|-->|> |é|---\n|\\+\\+\\+\n|title: x\n|@kim|\\(owner: x, P1\\)|DONE|```\n|タイムライン|\r\n|\t){0,60}";

proptest! {
    #[test]
    fn no_text_panics_and_every_place_is_in_the_text(text in prop_oneof![LIKELY.prop_map(|text: String| text), any::<String>()]) {
        check_places(&text);
    }

    #[test]
    fn a_document_may_break_off_anywhere(end in 0..WHOLE.len()) {
        check_places(&WHOLE[..end]);
    }
}

#[test]
fn deep_nesting_is_read_flat() {
    for text in ["> ".repeat(20_000), "- ".repeat(5_000), "*".repeat(20_000), "[".repeat(20_000)] {
        check_places(&format!("## Timeline\n\n{text}13:02 x"));
    }
}

/// A log of incidents, one of which is private from here to there.
fn log() -> Vec<Parsed> {
    let (config, _) = Config::parse(&SourceFile::new("book.toml", "[book]\nsplit = \"h2\"\n"));
    let text = "---\ntitle: Log\nservices: [shop]\nunknown: 1\n---\n# Log\n\nAll times are CET.\n\n\
                ## 2026-03-14 Disk full\n\n- 10:00 alert\n\n### Impact\n\nNone.\n\n<!-- internal -->\nx\n\n\
                ## 2026-03-20 DNS\n\n### Timeline (UTC)\n\n- 11:00 alert\n- 11:05 over\n\n\
                ## 2026-04-01 Disk full\n\ny\n<!-- /internal -->\n\n### Action items\n\n- [ ] Add room\n\n## References\n\nz\n";
    let source = SourceFile::new("docs/log.md", text);
    let parsed = parse_all(&source, &Context::new(&config, &[]));
    for Parsed { postmortem, .. } in &parsed {
        assert!(source.slice(postmortem.title.span).contains(&postmortem.title.value));
        assert!(source.slice(postmortem.body).starts_with("## 2026-"));
    }
    parsed
}

#[test]
fn each_incident_of_a_log_is_a_postmortem_with_what_the_file_says_for_all() {
    let facts: Vec<_> = log()
        .into_iter()
        .map(|Parsed { postmortem, .. }| {
            let zone = postmortem.zone.as_ref().map(|zone| zone.value.to_string()).unwrap_or_default();
            let services: Vec<String> =
                postmortem.services.iter().map(|service| service.value.clone()).collect();
            (
                postmortem.id.value.clone(),
                postmortem.title.value.clone(),
                postmortem.date_text(),
                zone,
                services,
            )
        })
        .collect();
    let shop = || vec!["shop".to_owned()];
    let fact = |id: &str, title: &str, date: &str, zone: &str| {
        (id.to_owned(), title.to_owned(), date.to_owned(), zone.to_owned(), shop())
    };
    assert_eq!(
        facts,
        [
            fact("log-2026-03-14-disk-full", "2026-03-14 Disk full", "2026-03-14", "CET"),
            fact("log-2026-03-20-dns", "2026-03-20 DNS", "2026-03-20", "UTC"),
            fact("log-2026-04-01-disk-full", "2026-04-01 Disk full", "2026-04-01", "CET"),
        ]
    );
}

#[test]
fn what_is_private_in_a_log_is_private_in_each_incident_and_what_is_wrong_is_said_once() {
    let parsed = log();
    let private: Vec<usize> = parsed.iter().map(|one| one.postmortem.internal.len()).collect();
    assert_eq!(private, [1, 1, 1]);
    assert_eq!(parsed[1].postmortem.internal, [parsed[1].postmortem.body]);
    assert!(parsed[1].postmortem.timeline.iter().all(|event| event.internal));
    assert!(!parsed[2].postmortem.actions[0].internal);
    let messages: Vec<Vec<String>> = parsed
        .into_iter()
        .map(|one| one.findings.into_iter().map(|finding| finding.message).collect())
        .collect();
    assert_eq!(messages, [vec!["unknown key `unknown`".to_owned()], vec![], vec![]]);
}

#[test]
fn what_stands_behind_a_colon_or_a_dash_belongs_to_a_title() {
    for (heading, title, sections) in [
        ("Post Incident Review: search was slow", "Post Incident Review: search was slow", 1),
        ("Postmortem — search was slow", "Postmortem — search was slow", 1),
        ("Post-mortem - search was slow", "Post-mortem - search was slow", 1),
        ("Postmortem", "A", 1),
        ("Timeline (UTC)", "A", 1),
        ("Summary:", "A", 2),
    ] {
        let read = read("a.md", &format!("# {heading}\n\n## Impact\n\nNone.\n"));
        let known = read.postmortem.sections.iter().filter(|section| section.is_known()).count();
        assert_eq!((read.postmortem.title.value.as_str(), known), (title, sections), "{heading}");
    }
}

#[test]
fn a_title_by_which_a_generator_sorts_gives_way_to_the_heading() {
    let title = |front: &str, heading: &str| {
        let text = format!("---\ntitle: {front}\n---\n\n# {heading}\n\nText.\n");
        read("a.md", &text).postmortem.title.value
    };
    assert_eq!(
        title("02.07.2019 - No income was found", "The mapping lacked a type"),
        "The mapping lacked a type"
    );
    assert_eq!(title("2019-07-02 Mapping", "2019-07-02: The mapping lacked a type"), "2019-07-02 Mapping");
    assert_eq!(title("No income was found", "The mapping lacked a type"), "No income was found");
}

#[test]
fn what_led_up_to_a_busy_day_is_not_the_day_of_the_incident() {
    let date = |days: &[u32]| {
        let rows: Vec<String> =
            days.iter().map(|day| format!("- 2026-03-{day:02} 09:00 Something happens")).collect();
        read("a.md", &format!("# Slow\n\n## Timeline\n\n{}", rows.join("\n"))).postmortem.date_text()
    };
    assert_eq!(date(&[1, 6, 6, 6, 6, 6]), "2026-03-06");
    assert_eq!(date(&[5, 6, 6, 6, 6, 6]), "2026-03-05");
    assert_eq!(date(&[1, 3, 6, 8]), "2026-03-01");
}

#[test]
fn the_zone_of_a_document_is_that_of_all_times_in_its_front_matter() {
    let zone = |started: &str, resolved: &str| {
        let text =
            format!("---\ntimes:\n  started: {started}\n  resolved: {resolved}\n---\n\n# Slow\n\nText.\n");
        let zone = read("a.md", &text).postmortem.zone?;
        Some((zone.value.to_string(), zone.origin))
    };
    let stated = |name: &str| Some((name.to_owned(), Origin::FrontMatter));
    assert_eq!(zone("2026-03-14T13:02:00Z", "2026-03-14T14:02:00Z"), stated("UTC"));
    assert_eq!(zone("2026-03-14T13:02:00+01:00", "2026-03-14T14:02:00+01:00"), stated("+01:00"));
    assert_eq!(zone("2026-03-14T13:02:00+01:00", "2026-03-14T14:02:00Z"), None);
    assert_eq!(zone("2026-03-14T13:02", "2026-03-14T14:02"), None);
}
