//! A page of front matter for each tool, as its users write it, and what a postmortem takes from it.

use crate::{
    config::Config,
    model::{Fact, Milestone, Moment, Postmortem},
    parse::{Context, Parsed, parse},
    source::SourceFile,
};

/// What is read of a front matter that is fine: one line a fact, in a fixed order.
fn facts(front_matter: &str) -> String {
    let config = Config::default();
    let source = SourceFile::new("page.md", front_matter);
    let Parsed { postmortem, findings } = parse(&source, &Context::new(&config, &[]));
    assert_eq!(findings, []);
    for name in [&postmortem.services, &postmortem.tags, &postmortem.authors].into_iter().flatten() {
        assert_eq!(source.slice(name.span).trim_matches('"'), name.value, "the place of a name");
    }
    lines(&postmortem)
}

fn lines(postmortem: &Postmortem) -> String {
    let names =
        |facts: &[Fact<String>]| facts.iter().map(|fact| fact.value.as_str()).collect::<Vec<_>>().join(" | ");
    let time = |milestone| postmortem.time(milestone).map(Moment::iso).unwrap_or_default();
    let status = postmortem.status.as_ref().map(|status| status.value.key()).unwrap_or_default();
    let severity = postmortem.severity.as_ref().map(|severity| severity.value.clone()).unwrap_or_default();
    [
        ("title", postmortem.title.value.clone()),
        ("date", postmortem.date_text()),
        ("status", status.to_owned()),
        ("severity", severity),
        ("services", names(&postmortem.services)),
        ("teams", names(&postmortem.teams)),
        ("tags", names(&postmortem.tags)),
        ("authors", names(&postmortem.authors)),
        ("started", time(Milestone::Started)),
        ("detected", time(Milestone::Detected)),
        ("resolved", time(Milestone::Resolved)),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .fold(String::new(), |lines, (name, value)| lines + name + ": " + &value + "\n")
}

#[test]
fn jekyll() {
    assert_eq!(
        facts(
            "---\nlayout: post\ntitle: \"Search down\"\ndate: 2021-07-16 12:00:00 +0000\nauthor: {name: Kim, url: /kim}\n\
             categories: search outage\ntags: [dns]\npermalink: /search/\nnav_order: 3\npublished: true\n---\n"
        ),
        "title: Search down\ndate: 2021-07-16\ntags: dns | search | outage\nauthors: Kim\n"
    );
}

#[test]
fn hugo() {
    assert_eq!(
        facts(
            "+++\nTitle = \"Search down\"\ndate = 2021-07-16T12:00:00+02:00\ndraft = true\nlastmod = 2021-08-01\n\
             keywords = \"dns, cache\"\nweight = 10\n[params]\nseverity = \"SEV2\"\nbanner_height = 3\n[[params.authors]]\nname = \"Kim\"\n+++\n"
        ),
        "title: Search down\ndate: 2021-07-16\nstatus: draft\nseverity: SEV2\ntags: dns | cache\nauthors: Kim\n"
    );
}

#[test]
fn zola() {
    assert_eq!(
        facts(
            "+++\ntitle = \"Search down\"\ndate = 2021-07-16\nauthors = [\"Kim\", \"Sam\"]\n[taxonomies]\ntags = [\"dns\"]\n\
             categories = [\"outage\"]\n[extra]\nseverity = \"major\"\nservices = \"search, cart\"\ntoc_depth = 2\n+++\n"
        ),
        "title: Search down\ndate: 2021-07-16\nseverity: major\nservices: search | cart\ntags: dns | outage\nauthors: Kim | Sam\n"
    );
}

#[test]
fn material_for_mkdocs() {
    assert_eq!(
        facts(
            "---\ndraft: false\ntitle: Search down\nicon: material/fire\nstatus: new\ndate:\n  created: 2021-07-16\n  updated: 2021-08-01\n\
             authors:\n  - kim\ncategories:\n  - Search\ntags:\n  - dns\nhide: [toc]\n---\n"
        ),
        "title: Search down\ndate: 2021-07-16\ntags: dns | Search\nauthors: kim\n"
    );
}

#[test]
fn docusaurus() {
    assert_eq!(
        facts(
            "---\nslug: search\ntitle: Search down\ndate: 2021-07-16T12:00\nauthors:\n  - name: Kim\n    title: Engineer\n  - sam\n\
             tags:\n  - label: DNS\n    permalink: /dns\n  - cache\nlast_update: {date: 2022-01-01, author: Alex}\nsidebar_position: 2\n---\n"
        ),
        "title: Search down\ndate: 2021-07-16\ntags: DNS | cache\nauthors: Kim | sam\n"
    );
}

#[test]
fn quarto() {
    assert_eq!(
        facts(
            "---\ntitle: Search down\ndate: today\nauthor:\n  - name: Kim\n    affiliation: Shop\nformat:\n  html:\n    toc: true\n\
             execute: {echo: false}\n---\n"
        ),
        "title: Search down\nauthors: Kim\n"
    );
}

#[test]
fn the_issue_of_a_status_page() {
    assert_eq!(
        facts(
            "---\ntitle: Search down\ndate: 2026-03-14T13:02:00-00:00\nresolved: true\nresolvedWhen: 2026-03-14T14:20:00-00:00\n\
             severity: disrupted\naffected:\n  - search\n  - \"cart\"\nsection: issue\n---\n"
        ),
        "title: Search down\ndate: 2026-03-14\nseverity: disrupted\nservices: search | cart\n\
         started: 2026-03-14T13:02Z\nresolved: 2026-03-14T14:20Z\n"
    );
    assert_eq!(
        facts(
            "---\nTitle: Search down\nDate: 2026-03-14 13:02:00\nstatus: \"resolved\"\npinned:\nmax_severity: down\n\
             current_severity: ok\nresolved_on: 2026-03-14 14:20:00\naffected:\n  - search\nsection: issue\n---\n"
        ),
        "title: Search down\ndate: 2026-03-14\nseverity: down\nservices: search\n\
         started: 2026-03-14T13:02\nresolved: 2026-03-14T14:20\n"
    );
}

#[test]
fn the_updates_of_a_status_page_are_its_timeline() {
    let page = "---\ntitle: Search down\ndate: 2026-03-14 13:02 UTC\nresolvedDate: 2026-03-14 14:20 UTC\nincident_states:\n\
                - status: investigating\n  content: \"We look into it.\"\n\
                - status: update\n  content: 'The index is being built.'\n  date: 2026-03-14 13:40 UTC\n---\n";
    let read = crate::parse::tests::read("2026-03-14-search.md", page).postmortem;
    let events = read.timeline.iter().map(|event| format!("{} {}", event.at.iso(), event.text));
    assert_eq!(events.collect::<Vec<_>>(), ["2026-03-14T13:40Z The index is being built."]);
    assert!(facts(page).ends_with("started: 2026-03-14T13:02Z\nresolved: 2026-03-14T14:20Z\n"));
    let timeless = page.replace("  date: 2026-03-14 13:40 UTC\n", "");
    assert!(crate::parse::tests::read("search.md", &timeless).postmortem.timeline.is_empty());
    let words = page.replace("incident_states", "updates").replace("content", "remark");
    assert!(crate::parse::tests::read("search.md", &words).postmortem.times.is_empty());
}

#[test]
fn the_issue_of_a_status_page_that_was_written_at_the_end_has_no_start() {
    assert_eq!(
        facts(
            "---\ntitle: Search down\ndate: 2026-03-14T14:20:00Z\nresolved: true\nresolvedWhen: 2026-03-14T14:20:00Z\nsection: issue\n---\n"
        ),
        "title: Search down\ndate: 2026-03-14\nresolved: 2026-03-14T14:20Z\n"
    );
}

#[test]
fn the_issue_of_a_status_page_that_knows_the_day_alone_has_no_start() {
    assert_eq!(
        facts("---\ntitle: Search down\ndate: 2026-03-14\nresolved: false\naffected: [search]\n---\n"),
        "title: Search down\ndate: 2026-03-14\nservices: search\n"
    );
}

#[test]
fn milestones_at_the_top_that_teams_name_in_their_own_way() {
    assert_eq!(
        facts(
            "---\ntitle: Search down\nincident_date: 2026-03-14\nstart_time: 2026-03-14 13:02\ndetectedAt: 2026-03-14 13:09\n\
             resolved: 2026-03-14 14:20\nteam: shop, storage\nservice: search\ntimezone: UTC\n---\n"
        ),
        "title: Search down\ndate: 2026-03-14\nservices: search\nteams: shop | storage\n\
         started: 2026-03-14T13:02Z\ndetected: 2026-03-14T13:09Z\nresolved: 2026-03-14T14:20Z\n"
    );
}

#[test]
fn from_when_to_when_it_lasted_and_a_table_of_the_incident() {
    assert_eq!(
        facts(
            "---\ntitle: Search down\ndate: 2026-03-14\nincident_window: \"2026-03-14T13:02Z (release 12) → 2026-03-14 14:20 UTC (fix)\"\n---\n"
        ),
        "title: Search down\ndate: 2026-03-14\nstarted: 2026-03-14T13:02Z\nresolved: 2026-03-14T14:20Z\n"
    );
    for between in ["bis", "à", "a", "til", "tot", "до", "to", "through", "–"] {
        assert_eq!(
            facts(&format!(
                "---\ntitle: Search down\nincident_window: 2026-03-14T13:02Z (release and test) {between} 2026-03-14T14:20Z\n---\n"
            )),
            "title: Search down\ndate: 2026-03-14\nstarted: 2026-03-14T13:02Z\nresolved: 2026-03-14T14:20Z\n",
            "{between}"
        );
    }
    assert_eq!(
        facts(
            "---\ntitle: Search down\nincident:\n  severity: SEV2\n  started_at: 2026-03-14T13:02:00Z\n  commander: Kim\n---\n"
        ),
        "title: Search down\ndate: 2026-03-14\nseverity: SEV2\nstarted: 2026-03-14T13:02Z\n"
    );
}

#[test]
fn what_no_tool_knows_and_what_is_no_time_is_still_said() {
    let config = Config::default();
    let source = SourceFile::new("page.md", "---\ntitle: x\nresolved: yes, at last\ncolour: red\n---\n");
    let findings: Vec<_> =
        parse(&source, &Context::new(&config, &[])).findings.into_iter().map(|found| found.message).collect();
    assert_eq!(findings, ["unknown keys `resolved` and `colour`"]);
}

#[test]
fn beside_the_day_of_the_incident_the_other_one_is_that_of_the_page() {
    assert_eq!(
        facts(
            "---\ntitle: Search down\ndate: 2026-04-21T13:28:36Z\nincident_start_date: 2026-03-14\ndraft: false\n---\n"
        ),
        "title: Search down\ndate: 2026-03-14\n"
    );
    assert_eq!(
        facts("---\ntitle: Search down\ndate: 2026-04-21\nincident_date: not known\ndraft: false\n---\n"),
        "title: Search down\ndate: 2026-04-21\n"
    );
}

#[test]
fn a_cause_or_an_impact_in_a_sentence_is_its_summary() {
    let config = Config::default();
    let text = "---\ntitle: x\nroot_cause: No cap\nimpact: Searches failed\n---\n";
    let source = SourceFile::new("page.md", text);
    let parsed = parse(&source, &Context::new(&config, &[]));
    let postmortem = parsed.postmortem;
    let told =
        [postmortem.root_cause.summary, postmortem.impact.summary].map(|fact| fact.map(|fact| fact.value));
    assert_eq!(told, ["No cap", "Searches failed"].map(|text| Some(text.to_owned())));
    assert_eq!(parsed.findings, []);
    let listed = SourceFile::new("page.md", "---\ntitle: x\nimpact: [Search, lost packets]\n---\n");
    let summary = parse(&listed, &Context::new(&config, &[])).postmortem.impact.summary;
    assert_eq!(summary.map(|fact| fact.value).as_deref(), Some("Search, lost packets"));
    let level = SourceFile::new("page.md", "---\ntitle: x\nimpact: major\n---\n");
    let parsed = parse(&level, &Context::new(&config, &[]));
    assert_eq!((parsed.postmortem.impact.summary, parsed.findings.len()), (None, 1));
}
