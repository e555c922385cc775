//! Front matter as templates leave it.

use crate::{
    config::Config,
    parse::{Context, Parsed, parse},
    source::SourceFile,
};

fn read(text: &str) -> Parsed {
    let config = Config::default();
    let source = SourceFile::new("a.md", text);
    parse(&source, &Context::new(&config, &[]))
}

#[test]
fn empty_values_of_a_template_say_nothing() {
    let Parsed { postmortem, findings } =
        read("+++\ntitle = \"x\"\nseverity = \"\"\ndetected_by = \"\"\ntags = [\"\"]\n+++\n");
    assert_eq!(findings, []);
    assert_eq!((postmortem.severity, postmortem.detected_by, postmortem.tags.len()), (None, None, 0));
}

#[test]
fn a_related_document_may_be_named_by_its_file() {
    let read = read("---\ntitle: x\nrelated: [2026-03-14-search.md, ../2025/pool.html.md, SEARCH-1]\n---\n");
    let related: Vec<_> = read.postmortem.related.iter().map(|related| related.value.as_str()).collect();
    assert_eq!(related, ["2026-03-14-search", "pool", "SEARCH-1"]);
}

#[test]
fn keys_that_resemble_none_of_ours_are_named_together() {
    let findings: Vec<_> = read("---\ntitle: x\nroom: 4\nseverty: SEV1\ncolour: red\n---\n")
        .findings
        .into_iter()
        .map(|found| (found.message, found.others.len()))
        .collect();
    assert_eq!(
        findings,
        [("unknown keys `room` and `colour`".to_owned(), 1), ("unknown key `severty`".to_owned(), 0)]
    );
}

#[test]
fn a_remark_behind_a_severity_is_no_part_of_it() {
    for written in ["SEV2 (customer-facing, no data loss)", "SEV2 — nobody noticed", "SEV2"] {
        let text = format!("---\ntitle: x\nseverity: {written}\n---\n");
        let severity = read(&text).postmortem.severity.map(|severity| severity.value);
        assert_eq!(severity.as_deref(), Some("SEV2"), "{written}");
    }
}
