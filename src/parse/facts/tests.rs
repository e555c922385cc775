//! Which facts are read, and from where.

use crate::{model::Status, parse::tests::read};

#[test]
fn how_long_it_lasted_may_stand_among_the_events() {
    let text = "# Disk\n\n## Timeline\n\nAll times in UTC.\n\n- 2026-03-14 09:00 Disk full\n\n**Duration:** 40 minutes (09:00 - 09:40)\n";
    let ended = read("disk.md", text).postmortem.times.remove(&crate::model::Milestone::Ended);
    assert_eq!(ended.map(|fact| fact.value.iso()), Some("2026-03-14T09:40Z".to_owned()));
}

#[test]
fn a_fact_may_be_a_sentence_above_the_first_section_and_have_a_dash_for_its_colon() {
    let severity = |text: &str| read("disk.md", text).postmortem.severity.map(|severity| severity.value);
    let high = Some("HIGH".to_owned());
    assert_eq!(severity("# Disk\n\n> On 14 March 2026. Found by Kim. Severity: HIGH (all of it).\n"), high);
    assert_eq!(severity("# Disk\n\n- Severity - HIGH\n"), high);
    assert_eq!(severity("# Disk\n\n## Severity: HIGH → over\n\nText.\n"), high);
    assert_eq!(severity("# Disk\n\n## Summary\n\nIt was long. Severity: HIGH at first, then low.\n"), None);
    assert_eq!(severity("# Disk\n\n**Severity:** Partly down / data at risk\n").as_deref(), None);
    assert_eq!(
        severity("# Disk\n\n**Severity:** Degraded search / lost mail\n").as_deref(),
        Some("Degraded search / lost mail")
    );
    assert_eq!(
        severity("# Disk\n\n**Severity:** Complete service outage for search-web\n").as_deref(),
        Some("Complete service outage for search-web")
    );
    assert_eq!(
        severity("# Disk\n\n- Severity: SEV2 for the failure of the search; mail was not affected.\n")
            .as_deref(),
        Some("SEV2")
    );
    assert_eq!(
        severity("# Disk\n\n**Severity / impact:** visible to users — search is slow\n").as_deref(),
        Some("visible to users")
    );
    assert_eq!(severity("# Disk\n\n- The severity - as far as we know - was HIGH\n"), None);
}

#[test]
fn headings_with_nothing_below_them_may_be_the_facts() {
    let facts = "# Disk\n\n## Date: 2026-03-14\n## Severity: HIGH\n## Status: Resolved\n\n---\n\n## Timeline\n\n- 09:00 full\n";
    let found = read("disk.md", facts).postmortem;
    assert_eq!(found.date.map(|date| date.value.to_string()).as_deref(), Some("2026-03-14"));
    assert_eq!(found.status.map(|status| status.value), Some(Status::Final));
    let section = "# Disk\n\n## Status: still open\n\nNobody looks at it.\n";
    assert_eq!(read("disk.md", section).postmortem.status.map(|status| status.value), None);
}

#[test]
fn what_a_label_says_may_stand_on_the_next_line_or_in_the_next_paragraph() {
    let authors = |text: &str| {
        let found = read("disk.md", text).postmortem.authors;
        found.into_iter().map(|author| author.value).collect::<Vec<_>>()
    };
    for text in [
        "# Disk\n\n**Authors:**\nKim, Sam\n\n**Status:** Resolved\n",
        "# Disk\n\n**Authors:**\n\nKim, Sam\n",
        "# Disk\n\n**Status:** Resolved\n**Authors:**\nKim, Sam\n",
    ] {
        assert_eq!(authors(text), ["Kim", "Sam"], "{text}");
    }
    // Another label is no answer to it.
    for text in
        ["# Disk\n\n**Authors:**\n\n**Status:** Resolved\n", "# Disk\n\n**Authors:**\n**Status:** Resolved\n"]
    {
        assert!(authors(text).is_empty(), "{text}");
    }
}

#[test]
fn facts_stand_side_by_side() {
    for text in [
        "# Disk\n\n**Date:** 2026-03-14 | **Duration:** 4 min | **Severity:** SEV2\n**Author:** Kim | **Status:** Resolved\n",
        "# Disk\n\nDate: 2026-03-14 · Severity: SEV2 · Status: Resolved · Author: Kim\n",
        "# Disk\n\n| Date | 2026-03-14 | Severity | SEV2 |\n|---|---|---|---|\n| Status | Resolved | Author | Kim |\n",
    ] {
        let found = read("disk.md", text).postmortem;
        let severity = found.severity.map(|severity| severity.value);
        let authors: Vec<_> = found.authors.into_iter().map(|author| author.value).collect();
        assert_eq!(
            (
                found.date.map(|date| date.value.to_string()),
                severity,
                authors,
                found.status.map(|status| status.value)
            ),
            (Some("2026-03-14".into()), Some("SEV2".into()), vec!["Kim".into()], Some(Status::Final)),
            "{text}"
        );
    }
}

#[test]
fn what_a_label_says_may_stand_in_the_list_below_it() {
    for label in ["Severity:", "**Severity:**"] {
        let text = format!(
            "# Disk\n\n- Status: Resolved\n- {label}\n  - SEV2 – searches fail\n  - SEV3 – later on\n"
        );
        let severity = read("disk.md", &text).postmortem.severity.map(|severity| severity.value);
        assert_eq!(severity.as_deref(), Some("SEV2"), "{label}");
    }
    let services = read("disk.md", "# Disk\n\n- Affected services:\n  - search\n  - `mail` (slow)\n")
        .postmortem
        .services;
    assert_eq!(services.iter().map(|fact| fact.value.as_str()).collect::<Vec<_>>(), ["search", "mail"]);
}
