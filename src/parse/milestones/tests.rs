//! What the words of a timeline tell, and what they do not.

use super::*;
use crate::{
    config::Config,
    parse::{Context, parse},
    source::SourceFile,
};

/// The milestones that a timeline tells, as `started 09:00, detected 09:05`.
pub(super) fn told(timeline: &str) -> String {
    let config = Config::default();
    let source = SourceFile::new("2026-03-14-search.md", format!("# Search\n\n## Timeline\n\n{timeline}"));
    let postmortem = parse(&source, &Context::new(&config, std::slice::from_ref(&source))).postmortem;
    let inferred = postmortem.times.iter().filter(|(_, fact)| fact.origin == Origin::Inferred);
    let told: Vec<String> = inferred
        .map(|(milestone, fact)| format!("{} {}", milestone.key(), fact.value.clock.unwrap().format("%H:%M")))
        .collect();
    told.join(", ")
}

/// The cues of one sentence.
pub(super) fn cues(text: &str) -> Vec<Cue> {
    sentence::cues(&Lexicon::built_in().cues, text).into_keys().collect()
}

#[test]
fn who_notices_what_begins_and_what_is_over() {
    assert_eq!(
        told(
            "- 09:00 Index build starts\n- 09:10 Requests start failing\n- 09:15 The latency alert fires\n\
             - 09:20 Kim begins investigating\n- 09:40 Rolled back\n- 09:50 Error rate is back to normal\n"
        ),
        "started 09:10, detected 09:15, resolved 09:50"
    );
    assert_eq!(
        told(
            "- 09:00 Deploy av indeksen, feil begynner å komme\n- 09:12 Kari sier ifra om at søk feiler\n\
             - 09:30 Feilen er rettet\n- 09:40 Søk friskmeldt\n"
        ),
        "started 09:00, detected 09:12, resolved 09:40"
    );
    assert_eq!(
        told(
            "- 09:00 検索エラーが発生\n- 09:12 監視アラートで検知\n- 09:20 原因を調査\n- 09:40 検索の復旧を確認\n"
        ),
        "started 09:00, detected 09:12, resolved 09:40"
    );
}

#[test]
fn the_first_notice_counts_and_none_after_work_has_begun() {
    assert_eq!(
        told("- 09:00 A customer reports timeouts\n- 09:05 An alert fires\n- 09:06 Support notices more\n"),
        "detected 09:00"
    );
    assert_eq!(
        told(
            "- 09:00 We roll out the index\n- 09:10 Diagnosed and rolled back\n- 09:20 Users report a typo\n"
        ),
        ""
    );
    assert_eq!(told("- 09:00 No alert fired\n- 09:10 Nobody noticed\n"), "");
}

#[test]
fn the_last_word_on_the_whole_counts_unless_it_fails_again() {
    assert_eq!(
        told(
            "- 09:00 Issue resolved\n- 09:10 The queue is working again\n- 09:20 All nodes are healthy again\n"
        ),
        "resolved 09:00"
    );
    assert_eq!(told("- 09:00 Traffic is restored\n- 09:30 Incident resolved\n"), "resolved 09:30");
    assert_eq!(told("- 09:00 Issue resolved\n- 09:30 The same errors recur\n"), "");
}

#[test]
fn what_is_only_hoped_denied_or_tried_is_not_over() {
    for text in [
        "The issue is not resolved",
        "The issue should be resolved",
        "Tried to restore the service",
        "Service appears restored",
        "Some services restored",
        "The service recovered, but searches still time out",
        "Errors will stop once the incident is closed",
        "サービスは未復旧",
    ] {
        assert_eq!(
            cues(text).into_iter().filter(|cue| matches!(cue, Cue::Over | Cue::Back)).count(),
            0,
            "{text}"
        );
    }
}

#[test]
fn a_clause_is_the_reach_of_a_pattern() {
    assert_eq!(cues("Incident (resolved)"), [Cue::Over]);
    assert_eq!(cues("The incident channel is open, and the old ticket closed"), [Cue::Worked]);
    assert_eq!(cues("Recovery: node taken back"), [Cue::Over]);
    assert_eq!(cues("Reload of api.example.com took 1.5 s"), []);
}

#[test]
fn systems_that_stop_serving_begin_an_incident() {
    for text in [
        "Every service returning 503",
        "The site starts returning 5xx",
        "Second replica stops serving searches",
        "The first wave of bot sign-ups begins",
        "The search cluster became unreachable",
        "The app fails to load",
        "Queries begin to time out",
    ] {
        assert!(cues(text).contains(&Cue::Began), "{text}");
    }
    for text in
        ["We stopped the index build", "The queue never stopped processing", "Traffic may become slow"]
    {
        assert!(!cues(text).contains(&Cue::Began), "{text}");
    }
}

#[test]
fn what_serves_again_is_back() {
    for text in [
        "All search traffic flows as intended",
        "Readers are able to search",
        "Every replica is running with the old index again",
        "The three replicas have started serving queries again",
        "Timeouts drop back to zero",
        "The search page is reachable again",
    ] {
        let told = cues(text);
        assert!(told.contains(&Cue::Over) || told.contains(&Cue::Back), "{text}");
    }
    for text in
        ["Users are not able to search", "Some readers are able to search", "Started investigating again"]
    {
        let told = cues(text);
        assert!(!told.contains(&Cue::Over) && !told.contains(&Cue::Back), "{text}");
    }
}

#[test]
fn a_part_that_is_back_after_a_relapse_is_what_is_over() {
    assert_eq!(
        told(
            "- 09:00 The latency alert fires\n- 09:10 Incident resolved\n- 09:20 The same timeouts recur\n\
             - 09:40 Search is working again\n"
        ),
        "detected 09:00, resolved 09:40"
    );
}

/// The milestones that a document states, as `started 09:00, detected 09:05`, and the zone.
fn stated(text: &str) -> String {
    let config = Config::default();
    let source = SourceFile::new("2026-03-14-search.md", format!("# Search\n\n{text}"));
    let postmortem = parse(&source, &Context::new(&config, std::slice::from_ref(&source))).postmortem;
    let stated = postmortem.times.iter().filter(|(_, fact)| fact.origin != Origin::Inferred);
    let zone = postmortem.zone.iter().map(|zone| zone.value.to_string());
    let moments = stated.map(|(milestone, fact)| {
        format!("{} {}", milestone.key(), fact.value.clock.unwrap().format("%H:%M"))
    });
    moments.chain(zone).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_row_of_facts_names_the_moment_of_the_event() {
    assert_eq!(
        stated(
            "| 項目 | 内容 |\n|--|--|\n| 発生日時 | 2026-03-14 09:00 UTC（配備） |\n\
             | 検知日時 | 2026-03-14 09:05 UTC |\n| 復旧日時 | 2026-03-14 09:40 UTC |\n"
        ),
        "started 09:00, detected 09:05, resolved 09:40, UTC"
    );
    assert_eq!(
        stated(
            "| Milestone | Time (CET) | Remarks |\n|--|--|--|\n| Impact start | 09:00 | release 12 |\n\
             | Time of detection | 09:05 | pager |\n| Impact end | 09:40 | |\n"
        ),
        "started 09:00, detected 09:05, ended 09:40, resolved 09:40, CET"
    );
}

#[test]
fn labels_name_moments_one_below_the_other_or_side_by_side() {
    for text in [
        "**Start:** 09:00 UTC **Detected:** 09:05 UTC **Resolved:** 09:40 UTC\n",
        "- Incident start (UTC): 09:00\n- Detected at: 09:05\n- Resolved at: 09:40\n",
        "## Details\n\nStart time: 2026-03-14 09:00 UTC\nDetection time: 2026-03-14 09:05 UTC\n\
         Resolution time: 2026-03-14 09:40 UTC\n",
    ] {
        assert_eq!(stated(text), "started 09:00, detected 09:05, resolved 09:40, UTC", "{text}");
    }
    assert_eq!(stated("## Resolution\n\n09:30 saw the first of three attempts to go back.\n"), "");
}

#[test]
fn from_when_to_when_it_lasted_is_its_beginning_and_its_end() {
    for text in [
        "**Duration:** 09:00–09:40 UTC (40 min)\n",
        "- Downtime: 40 minutes (from 09:00 to 09:40 UTC)\n",
        "| Date | 14 March 2026, 09:00 - 09:40 UTC |\n|--|--|\n| Author | Kim |\n",
        "**When:** Saturday 14 March 2026, 9:00 am until 9:40 am UTC\n",
    ] {
        assert_eq!(stated(text), "started 09:00, ended 09:40, resolved 09:40, UTC", "{text}");
    }
    assert_eq!(stated("**Duration:** 40 minutes\n\n**Time:** 09:00 UTC\n"), "UTC");
}

#[test]
fn events_name_the_milestone_that_they_are() {
    for timeline in [
        "- 09:00 Incident start: release 12\n- 09:05 Detection - the pager\n- 09:30 Recovered: the north\n\
         - 09:40 **Resolved** for the south\n",
        "| Time | Event | Phase |\n|--|--|--|\n| 09:00 | Release 12 | Start |\n| 09:05 | Pager | Detection |\n\
         | 09:30 | The north answers | Recovery |\n| 09:40 | The south answers | Recovery |\n",
    ] {
        let text = format!("## Timeline (UTC)\n\n{timeline}");
        assert_eq!(stated(&text), "started 09:00, detected 09:05, resolved 09:40, UTC", "{text}");
    }
}

#[test]
fn the_later_paragraphs_of_an_event_tell_as_much_as_its_first() {
    assert_eq!(
        told(
            "### 09:00\n\n[Chat](https://chat.example/1)\n\nWe notice that searches time out.\n\n\
             ### 09:30\n\nThe index is rebuilt.\n\n- Search is working again\n\n### 09:50\n\nWe write this down.\n"
        ),
        "detected 09:00, resolved 09:30"
    );
    assert_eq!(
        told("### 09:00\n\nKim moves an index.\n\nThat went on until 09:20, when readers reported errors.\n"),
        ""
    );
}

#[test]
fn what_an_entry_without_a_time_tells_is_not_of_the_entry_above() {
    assert_eq!(
        told(
            "- 09:00 Searches start failing\n- **Detection:** a customer reports it\n- **Recovery:** resolved later\n"
        ),
        "started 09:00"
    );
}

#[test]
fn what_somebody_reports_to_have_begun_began_before() {
    assert_eq!(
        told(
            "- 09:00 The cache is full\n- 09:10 Support reports that the site is down\n- 09:40 Issue fixed\n"
        ),
        "detected 09:10, resolved 09:40"
    );
    assert_eq!(
        told("- 09:10 Searches start failing. An alert fires a minute later.\n- 09:40 Issue fixed\n"),
        "started 09:10, detected 09:10, resolved 09:40"
    );
}

#[test]
fn what_is_noticed_long_before_impact_is_something_else() {
    assert_eq!(
        told(
            "- 2026-03-02 09:00 The fault is discovered in a test\n- 2026-03-14 07:00 First errors in production\n\
             - 2026-03-14 07:10 Two customers complain\n- 2026-03-14 08:00 Issue resolved\n"
        ),
        "started 07:00, detected 07:10, resolved 08:00"
    );
}

#[test]
fn good_news_and_plans_are_no_notice() {
    for text in [
        "The scheduler notices that a new release is available",
        "Customers informed that search has recovered",
        "The load balancer detects both replicas as healthy",
        "Alerts should have notified the team",
    ] {
        assert!(!cues(text).contains(&Cue::Noticed), "{text}");
    }
    for text in [
        "Support reports that search is not available",
        "The team saw timeouts",
        "Three readers reporting errors",
    ] {
        assert!(cues(text).contains(&Cue::Noticed), "{text}");
    }
}

#[test]
fn impact_begins_in_many_words() {
    for text in [
        "Onset of the outage",
        "Outage onset, by the graphs",
        "The network halts at block 12",
        "Error rates climb to 30 %",
        "Sudden spike in 5xx responses",
        "First timeouts",
        "Readers cannot open the search page",
        "Readers begin to see errors",
        "All endpoints unavailable",
        "Readers can no longer search",
        "The index runs out of disk space",
        "The certificate expires",
        "Power outage",
        "The site is hard down",
        "Workloads became unschedulable",
    ] {
        assert!(cues(text).contains(&Cue::Began), "{text}");
    }
    for text in ["The cluster is scaled down", "Latency did not increase", "Work on the index starts"] {
        assert!(!cues(text).contains(&Cue::Began), "{text}");
    }
}

#[test]
fn notice_is_taken_in_many_words() {
    for text in [
        "Kim realises that search is down",
        "High error rate alert",
        "Prometheus alerts us of slow searches",
        "We receive an email from the provider",
        "A partner informs us of failing searches",
        "Kim sees errors",
        "Kim points out that searching is slow",
        "Kim asks in Slack about searching",
        "Exceptions show up in Sentry",
        "Kim pings the team about failing searches",
        "Operators respond to alarms",
        "We start receiving support tickets",
    ] {
        assert!(cues(text).contains(&Cue::Noticed), "{text}");
    }
}

#[test]
fn it_is_over_in_many_words() {
    for text in [
        "Verified that the index no longer lags",
        "The first searches run successfully again",
        "Latency returned to baseline",
        "The index is back to its usual size and the gateway returned to steady state",
        "Recovery of both regions (search, ingestion) completed",
        "No further errors",
        "The incident response stood down",
        "The network resumes block production",
        "The hub comes back up",
        "Everything is fine again",
        "Readers can search again",
        "Errors stop",
        "All alerts clear",
        "Searches succeed again",
        "End of the outage",
        "The index is back",
    ] {
        let told = cues(text);
        assert!(told.contains(&Cue::Over) || told.contains(&Cue::Back), "{text}");
    }
    for text in [
        "Recovery of both regions is ongoing",
        "The node came back online",
        "Latency is slowly returning to normal",
        "They take too long to fix the issue on their end",
    ] {
        let told = cues(text);
        assert!(!told.contains(&Cue::Over) && !told.contains(&Cue::Back), "{text}");
    }
}

#[test]
fn who_looks_back_at_the_beginning_takes_no_end_back() {
    assert_eq!(
        told(
            "- 09:00 Searches start failing\n- 09:05 An alert fires\n- 09:40 Incident resolved\n\
             - 11:00 Investigating the logs shows that the node stopped serving at 08:59\n\
             - 12:00 The errors do not recur\n"
        ),
        "started 09:00, detected 09:05, resolved 09:40"
    );
}

#[test]
fn a_status_page_that_begins_with_the_last_is_read_from_its_end_and_names_no_notice() {
    assert_eq!(
        told(
            "- 09:40 Search has fully recovered\n- 09:20 We notice that timeouts go on\n- 09:10 Errors are reported\n\
             - 09:00 The site went down\n"
        ),
        "started 09:00, resolved 09:40"
    );
}
