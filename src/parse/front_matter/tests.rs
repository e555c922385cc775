//! Front matter of other tools.

use crate::{
    config::Config,
    model::{Milestone, Status},
    parse::{Context, Parsed, parse},
    source::SourceFile,
};

fn read(text: &str) -> Parsed {
    let config = Config::default();
    let source = SourceFile::new("a.md", text);
    parse(&source, &Context::new(&config, &[]))
}

#[test]
fn what_other_tools_say_is_used_and_what_concerns_only_them_is_passed_over() {
    let Parsed { postmortem, findings } = read(
        "---\nlayout: page\nnav_order: 3\ntitle: Search down\ndate: 2026-03-14\ndraft: true\nauthor: Kim\ncategories: [search]\n---\n",
    );
    assert_eq!(findings, []);
    assert_eq!(postmortem.status.map(|status| status.value), Some(Status::Draft));
    assert_eq!(postmortem.authors.iter().map(|author| author.value.as_str()).collect::<Vec<_>>(), ["Kim"]);
    assert_eq!(postmortem.tags.iter().map(|tag| tag.value.as_str()).collect::<Vec<_>>(), ["search"]);
}

#[test]
fn an_incident_of_a_status_page_has_its_times_and_services() {
    let Parsed { postmortem, findings } = read(
        "---\ntitle: Search down\ndate: 2026-03-14T13:02:00-00:00\nresolved: true\nresolvedWhen: 2026-03-14T14:20:00-00:00\n\
         severity: disrupted\naffected:\n  - search\nsection: issue\n---\n",
    );
    assert_eq!(findings, []);
    assert_eq!(postmortem.date_text(), "2026-03-14");
    assert_eq!(
        postmortem.services.iter().map(|service| service.value.as_str()).collect::<Vec<_>>(),
        ["search"]
    );
    let clock = |milestone| postmortem.time(milestone).map(crate::model::Moment::iso);
    assert_eq!(clock(Milestone::Started).as_deref(), Some("2026-03-14T13:02Z"));
    assert_eq!(clock(Milestone::Resolved).as_deref(), Some("2026-03-14T14:20Z"));
}

#[test]
fn empty_values_of_a_template_say_nothing() {
    let Parsed { postmortem, findings } =
        read("+++\ntitle = \"x\"\nseverity = \"\"\ndetected_by = \"\"\ntags = [\"\"]\n+++\n");
    assert_eq!(findings, []);
    assert_eq!((postmortem.severity, postmortem.detected_by, postmortem.tags.len()), (None, None, 0));
}
