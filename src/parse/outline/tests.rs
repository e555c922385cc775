//! What the parts of a document are, by small documents.

use super::*;
use crate::parse::blocks;

/// The sections of a document: title, kinds, and what of it stands on the line of a label.
fn sections(text: &str) -> Vec<String> {
    let body = blocks::read(text, 0);
    let parts = parts(&body, Lexicon::built_in(), text.len());
    let known = parts.iter().filter(|part| part.section.is_known());
    known
        .map(|part| {
            let kinds: Vec<_> = part.section.kinds.into_iter().map(SectionKind::key).collect();
            let lead = part.lead.as_ref().map(|lead| format!(" = {}", lead.one_line()));
            format!("{}: {}{}", part.section.title, kinds.join("+"), lead.unwrap_or_default())
        })
        .collect()
}

#[test]
fn a_name_of_two_meanings_is_what_no_other_section_is() {
    assert_eq!(
        sections("# Disk full\n\n## Symptom\n\nNo orders.\n\n## Fix\n\nA disk.\n"),
        ["Symptom: impact", "Fix: resolution"]
    );
    assert_eq!(
        sections("# Disk full\n\n## Symptom\n\nNo orders.\n\n## Impact\n\nA hundred customers.\n"),
        ["Symptom: summary", "Impact: impact"]
    );
    assert_eq!(
        sections("# Disk full\n\n## Symptoms\n\nNo orders.\n\n## Summary\n\nA disk was full.\n"),
        ["Symptoms: impact", "Summary: summary"]
    );
    assert_eq!(
        sections("# Disk full\n\n## Problem\n\nx\n\n## Symptoms\n\nx\n\n## Summary\n"),
        ["Problem: summary", "Symptoms: impact", "Summary: summary"]
    );
    assert_eq!(
        sections("# Disk full\n\n## Summary\n\nx\n\n## Details of incident\n\nx\n"),
        ["Summary: summary", "Details of incident: root_cause"]
    );
}

#[test]
fn a_summary_that_only_groups_other_sections_is_a_chapter() {
    assert_eq!(
        sections("# Disk full\n\n## Overview\n\n### Impact\n\nNo orders.\n\n### Timeline\n\n- 13:02 full\n"),
        ["Impact: impact", "Timeline: timeline"]
    );
    assert_eq!(
        sections(
            "# Disk full\n\n## Overview\n\nA disk.\n\n### Impact\n\nx\n\n### Timeline\n\n- 13:02 full\n"
        ),
        ["Overview: summary", "Impact: impact", "Timeline: timeline"]
    );
}

#[test]
fn a_bold_name_may_have_a_dash_or_a_remark_behind_it() {
    assert_eq!(
        sections(
            "# Disk full\n\n**Impact** — No orders.\n\n**Timeline** (UTC, 2026-03-14; some\nare about)\n\n- 13:02 full\n\n**Root cause**\n- logs\n\nText.\n"
        ),
        [
            "Impact: impact = No orders.",
            "Timeline (UTC, 2026-03-14; some are about): timeline",
            "Root cause: root_cause"
        ]
    );
    assert_eq!(
        sections("# Disk full\n\n**Impact** (of the fault) was great (all of it was down).\n"),
        Vec::<String>::new()
    );
    assert_eq!(sections("# Disk full\n\n**Detection** (13:02)\n"), Vec::<String>::new());
}

#[test]
fn a_remark_may_say_what_else_a_section_is_and_that_it_is_to_come() {
    assert_eq!(
        sections(
            "# Disk full\n\n## What happened (timeline, UTC)\n\n- 13:02 full\n\n## The fix (planned, not yet done)\n\n- A disk\n\n## Workaround (in place)\n\nA disk.\n"
        ),
        [
            "What happened (timeline, UTC): summary+timeline",
            "The fix (planned, not yet done): action_items",
            "Workaround (in place): resolution"
        ]
    );
}

#[test]
fn each_line_with_a_bold_label_begins_a_section() {
    assert_eq!(
        sections(
            "# Disk full\n\n**Status:** over\n**Impact:** no orders\nfor an hour\n**Resolution:**\n\nA disk.\n"
        ),
        ["Impact: impact = no orders for an hour", "Resolution: resolution"]
    );
}

#[test]
fn a_timeline_above_the_level_of_the_sections_ends_at_the_next_of_them() {
    assert_eq!(
        sections("# Disk full\n\n## Summary\n\nx\n\n# Timeline\n\n- 13:02 full\n\n## Impact\n\nx\n"),
        ["Summary: summary", "Timeline: timeline", "Impact: impact"]
    );
    // Below a timeline of their own level headings group its entries.
    assert_eq!(
        sections("# Disk full\n\n## Timeline\n\n### Impact\n\n- 13:02 full\n"),
        ["Timeline: timeline"]
    );
}

#[test]
fn a_second_name_in_brackets_counts() {
    assert_eq!(
        sections("# Disk full\n\n## Root cause (5 whys)\n\nx\n\n## Timeline (UTC)\n\nx\n"),
        ["Root cause (5 whys): root_cause+five_whys", "Timeline (UTC): timeline"]
    );
}

#[test]
fn one_word_tells_nothing_of_a_section_within_another() {
    assert_eq!(
        sections(
            "# Disk\n\n## Fix\n\nx\n\n### Removed the trigger\n\nx\n\n### Timeline of it\n\nx\n\n## The trigger we saw\n\nx\n"
        ),
        ["Fix: resolution", "Timeline of it: timeline", "The trigger we saw: trigger"]
    );
}

#[test]
fn a_line_among_events_is_no_section() {
    assert_eq!(
        sections("# Disk\n\n## Timeline\n\n13:02 Full\n\nSlow recovery:\n\n- a disk\n"),
        ["Timeline: timeline"]
    );
}

#[test]
fn a_known_name_above_the_lines_of_a_paragraph_is_a_section() {
    assert_eq!(
        sections("# Disk\n\nTimeline:\n13:02 Full\n13:09 Noticed\n\nActions:\n- a larger disk\n"),
        ["Timeline: timeline = 13:02 Full 13:09 Noticed", "Actions: action_items"]
    );
}

#[test]
fn a_list_of_labels_in_the_summary_names_sections() {
    let list = "- **Impact:** none\n- **Noted:** x\n";
    assert_eq!(
        sections(&format!("# Disk\n\n## Summary\n\n{list}")),
        ["Summary: summary", "Impact: impact = none"]
    );
    assert_eq!(sections(&format!("# Disk\n\n## Cause\n\n{list}")), ["Cause: root_cause"]);
}

#[test]
fn a_label_in_front_of_a_moment_is_no_section() {
    assert_eq!(
        sections("# Disk\n\n**Detection:** 2026-03-14 13:09\n\n**Resolution:** a larger disk\n"),
        ["Resolution: resolution = a larger disk"]
    );
}

#[test]
fn a_bullet_label_within_a_section_is_one_when_it_heads_a_list() {
    assert_eq!(
        sections(
            "# Disk full\n\n## Root cause\n\n- **Contributing factors:**\n  - no alert\n  - no quota\n- **Impact:** none\n"
        ),
        ["Root cause: root_cause", "Contributing factors: contributing_factors"]
    );
    assert_eq!(
        sections(
            "# Disk full\n\n## Lessons\n\n1. **What went well**\n   - the alert\n2. **Where we got lucky**\n   - the hour\n"
        ),
        ["Lessons: lessons", "What went well: went_well", "Where we got lucky: got_lucky"]
    );
}

#[test]
fn a_line_that_one_word_of_a_name_stands_in_is_no_label() {
    assert_eq!(
        sections("# Disk full\n\n## Summary\n\nIt broke.\n\nPrebuilt detection:\n\n```\nerror\n```\n"),
        ["Summary: summary"]
    );
}

#[test]
fn the_beginning_of_a_sentence_is_no_label() {
    let cause = "# Disk full\n\n## Root cause\n\nNobody looked.\n\n";
    assert_eq!(
        sections(&format!("{cause}Possible contributing factors include:\n\n- no quota\n")),
        ["Root cause: root_cause"]
    );
    assert_eq!(
        sections(&format!("{cause}Possible contributing factors:\n\n- no quota\n")),
        ["Root cause: root_cause", "Possible contributing factors: contributing_factors"]
    );
}

#[test]
fn a_bold_name_that_ends_with_a_dot_begins_a_section() {
    assert_eq!(
        sections(
            "# Disk full\n\n**Impact.** No orders.\n\nNone at all.\n\n**Root cause.** A disk.\n\n**No.** It is.\n"
        ),
        ["Impact: impact = No orders.", "Root cause: root_cause = A disk."]
    );
}

#[test]
fn a_question_in_brackets_is_what_a_template_asks() {
    let empty = |text: &str| {
        let body = blocks::read(text, 0);
        let parts = parts(&body, Lexicon::built_in(), text.len());
        parts
            .iter()
            .filter(|part| part.section.is_known())
            .map(|part| part.section.is_empty)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        empty("# Disk full\n\n**Trigger:** [Which change?]\n\n**Impact:** [none?] so far\n"),
        [true, false]
    );
    assert_eq!(
        empty("# Disk full\n\n## Trigger\n\n[Which change?]\n\n## Impact\n\n[Why?] and [how?]\n"),
        [true, false]
    );
}

#[test]
fn days_on_the_level_of_the_timeline_are_within_it() {
    let text = "# Disk full\n\n## Timeline\n\n_All times in UTC_\n\n## March 14\n\n13:02 full\n\n## 15 March\n\n09:00 over\n\n## Impact\n\nx\n";
    let body = blocks::read(text, 0);
    let parts = parts(&body, Lexicon::built_in(), text.len());
    let timeline = parts.iter().find(|part| part.is(SectionKind::Timeline)).map(|part| part.blocks.len());
    assert_eq!(timeline, Some(5));
}

#[test]
fn a_heading_that_begins_with_a_time_is_an_event_and_no_section() {
    assert_eq!(
        sections(
            "# Disk full\n\n## 14.03.2026, 13:02 – cause found\n\nA disk.\n\n## 14 March: impact\n\nNo orders.\n"
        ),
        ["14 March: impact: impact"]
    );
}

#[test]
fn a_fact_that_heads_a_list_is_a_section_among_lines_of_labels() {
    assert_eq!(
        sections("# Disk full\n\n**Primary**: a disk\n**Contributing factors**:\n\n- No alert\n"),
        ["Contributing factors: contributing_factors"]
    );
}

#[test]
fn the_items_of_a_list_may_be_the_sections() {
    let list = "# Disk full\n\n1. Incident summary\n   - No orders.\n2. Timeline\n   - 13:02 Full\n3. Authors\n   - Kim\n\
                4. Root cause\n   - No cap\n5. Resolution\n   - A disk\n";
    assert_eq!(
        sections(list),
        [
            "Incident summary: summary",
            "Timeline: timeline",
            "Root cause: root_cause",
            "Resolution: resolution"
        ]
    );
    assert_eq!(
        sections("# Disk full\n\n- Timeline\n  - 13:02 Full\n- Disks\n  - Small\n"),
        Vec::<String>::new()
    );
    assert_eq!(
        sections("# Disk full\n\n**Impact** No orders.\n\n**Fix** it soon.\n"),
        ["Impact: impact = No orders."]
    );
}
