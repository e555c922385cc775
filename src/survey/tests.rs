//! What folders show, and the configuration that is made of it.

use std::sync::Arc;

use crate::{
    config::Config,
    model::{Postmortem, SectionKind},
    parse::{Context, parse},
    source::SourceFile,
    survey::{Folders, Name, Place, Survey},
};

/// The survey of documents with these texts.
fn survey(texts: &[&str]) -> Survey {
    let config = Config::default();
    let sources: Vec<SourceFile> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| SourceFile::new(format!("2026-03-{:02}-x.md", at + 1), *text))
        .collect();
    let context = Context::new(&config, &sources);
    let postmortems: Vec<Arc<Postmortem>> =
        sources.iter().map(|source| Arc::new(parse(source, &context).postmortem)).collect();
    Survey::new(&postmortems, context.dates())
}

/// The configuration, which must read back without a finding.
fn book(survey: &Survey, folders: &[&str]) -> (String, Config) {
    let folders = folders.iter().map(|folder| (*folder).to_owned()).collect();
    let text =
        survey.book_toml(&Place { folders: Folders { taken: folders, strays: Vec::new() }, others: 2 });
    let (config, findings) = Config::parse(&SourceFile::new("book.toml", text.clone()));
    assert_eq!(findings, [], "{text}");
    (text, config)
}

fn ids(names: &[Name]) -> Vec<(&str, usize)> {
    names.iter().map(|name| (name.id.as_str(), name.documents)).collect()
}

#[test]
fn what_lies_among_other_documents_is_named() {
    let found = survey(&["# a\n\n**Severity:** SEV-1\n"]);
    let folders =
        Folders { taken: vec!["incidents".to_owned()], strays: vec!["docs/plans/slow.md".to_owned()] };
    let text = found.book_toml(&Place { folders, others: 9 });
    let said = "# 1 document; 8 Markdown files elsewhere did not look like postmortems.\n# 1 did, among other documents. Move \
                them, or add their folders to `src`:\n#   docs/plans/slow.md\nsrc = \"incidents\"\n";
    assert!(text.contains(said), "{text}");
}

#[test]
fn spellings_of_a_severity_are_one_and_the_worst_comes_first() {
    let found = survey(&[
        "# a\n\n**Severity:** SEV-3\n",
        "# b\n\n**Severity:** sev3\n",
        "# c\n\n**Severity:** Severity 3\n",
        "# d\n\n**Severity:** SEV-1\n",
    ]);
    assert_eq!(ids(&found.severities), [("SEV-1", 1), ("SEV-2", 0), ("SEV-3", 3)]);
    let (text, config) = book(&found, &["."]);
    assert!(text.contains("[[severity]] # no document yet\nid = \"SEV-2\"\n"), "{text}");
    for written in ["severity 3", "Sev 3"] {
        assert_eq!(config.severity(written).map(|severity| severity.id.as_str()), Some("SEV-3"));
    }
}

#[test]
fn a_word_behind_a_numbered_severity_and_words_of_other_languages_say_how_bad_it_is() {
    let found = survey(&[
        "# a\n\n**Severity:** P0 CRITICAL\n",
        "# b\n\n**Severity:** P0\n",
        "# c\n\n**Severity:** P0\n",
        "# d\n\n**Severity:** P2 Medium\n",
        "# e\n\n**Severity:** P4 rather odd\n",
    ]);
    assert_eq!(ids(&found.severities), [("P0", 3), ("P2 Medium", 1), ("P4 rather odd", 1)]);
    let found = survey(&["# a\n\n**Severity:** ALTA\n", "# b\n\n**Severity:** Crítica\n"]);
    assert_eq!(ids(&found.severities), [("Crítica", 1), ("ALTA", 1)]);
}

#[test]
fn severities_that_are_words_have_their_usual_order() {
    let found = survey(&[
        "# a\n\n**Severity:** notice\n",
        "# b\n\n**Severity:** disrupted\n",
        "# c\n\n**Severity:** down\n",
        "# d\n\n**Severity:** rather odd\n",
    ]);
    assert_eq!(ids(&found.severities), [("down", 1), ("disrupted", 1), ("notice", 1), ("rather odd", 1)]);
    let (text, config) = book(&found, &["."]);
    assert_eq!(config.severities.len(), 3);
    assert!(text.contains("# Left out: \"rather odd\"\n"), "{text}");
}

#[test]
fn names_keep_their_spelling_and_the_places_of_the_documents_are_quoted() {
    let found = survey(&[
        "---\ntitle: a\nservices: [Check-out, \"ser\\\"ch\"]\nteams: [shop]\n---\n",
        "---\ntitle: b\nservices: [check out, everything that talks to the pool]\n---\n",
        "---\ntitle: c\nservices: [Check-out]\n---\n",
    ]);
    assert_eq!(
        ids(&found.services),
        [("Check-out", 3), ("everything that talks to the pool", 1), ("ser\"ch", 1)]
    );
    let (text, config) = book(&found, &["docs/in \"quotes\"", "b"]);
    assert_eq!(config.book.src, crate::config::Roots::at(["docs/in \"quotes\"", "b"].map(str::to_owned)));
    let services: Vec<&str> = config.services.iter().map(|service| service.id.as_str()).collect();
    assert_eq!(services, ["Check-out", "ser\"ch"]);
    assert!(text.contains("# Left out: \"everything that talks to the pool\"\n"), "{text}");
    assert!(text.contains("# 3 documents; 2 Markdown files elsewhere did not look"), "{text}");
}

#[test]
fn the_zone_is_set_where_all_documents_agree_and_suggested_where_they_do_not() {
    let utc = "# a\n\n## Timeline (UTC)\n\n- 10:00 one\n- 10:05 two\n";
    let cet = "# a\n\n## Timeline (CET)\n\n- 10:00 one\n- 10:05 two\n";
    let (text, config) = book(&survey(&[utc, utc, utc, "# none\n"]), &["."]);
    assert_eq!(config.book.zone.map(|zone| zone.to_string()).as_deref(), Some("UTC"), "{text}");
    let (text, config) = book(&survey(&[utc, utc, utc, cet]), &["."]);
    assert!(
        config.book.zone.is_none()
            && text.contains("4 of 4 documents state theirs: UTC (3) and CET (1).\n# zone = \"UTC\""),
        "{text}"
    );
}

#[test]
fn the_order_of_day_and_month_is_set_where_dates_show_it() {
    let text = "# a\n\nOn 03/25/2026, on 04/17/2026 and on 05/30/2026.\n";
    let (text, config) = book(&survey(&[text]), &["."]);
    assert_eq!(config.book.date_order, crate::config::DateOrder::Mdy, "{text}");
    let (text, _) = book(&survey(&["# a\n\nOn 03/04/2026.\n"]), &["."]);
    assert!(!text.contains("date-order"), "{text}");
}

#[test]
fn what_most_documents_have_is_required_and_their_own_headings_are_named() {
    let text = "# a\n\n## Summary\n\nIt broke.\n\n## Logbook\n\n- 2026-03-01 10:00 one\n- 2026-03-01 10:05 two\n\n## Weather\n\nFine.\n";
    let (text, config) = book(&survey(&[text, text, text, "# b\n\n## Impact\n\nNone.\n"]), &["."]);
    let required: Vec<String> = config.required_sections().into_iter().map(SectionKind::words).collect();
    assert_eq!(required, ["summary", "timeline"], "{text}");
    assert!(text.contains("summary 3, impact 1, timeline 3, root cause 0, action items 0"), "{text}");
    assert!(text.contains("[\"Weather\"] # 3 documents"), "{text}");
}
