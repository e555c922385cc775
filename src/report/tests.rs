//! What each form of a report looks like, to the letter.

use super::*;
use crate::{
    diagnostic::{Finding, Fix},
    report::testing::report,
    source::{Edit, Span},
};

const LOOK: Look = Look { color: false, width: 100, quiet: false };

fn at(source: &SourceFile, needle: &str) -> Span {
    let start = source.text.find(needle).unwrap();
    Span::new(start, start + needle.len())
}

fn diagnostic(level: Level, finding: Finding) -> Diagnostic {
    Diagnostic { path: "a.md".to_owned(), level, finding }
}

#[test]
fn a_person_sees_the_line_a_mark_and_the_next_step() {
    let source = SourceFile::new("a.md", "# Title\r\n\r\n| 13:02 | tåke |\r\n| 12:58 | later |\r\n");
    let finding = Finding::new("event-out-of-order", at(&source, "12:58"), "`12:58` comes after `13:02`")
        .label("earlier than the event above it")
        .also(at(&source, "13:02"), "the event above")
        .help("sort the events, or give the day of this one");
    let diagnostics = [diagnostic(Level::Warning, finding)];
    assert_eq!(
        report(&source, &diagnostics).to_text(Format::Human, LOOK),
        "\
warning[event-out-of-order]: `12:58` comes after `13:02`
 --> a.md:4:3
  |
3 | | 13:02 | tåke |
  |   ----- the event above
4 | | 12:58 | later |
  |   ^^^^^ earlier than the event above it
  |
  = help: sort the events, or give the day of this one

"
    );
}

#[test]
fn findings_at_one_place_show_it_once() {
    let source = SourceFile::new("a.md", "# Title\n\nText\n");
    let found = |rule, words: &str| Finding::new(rule, at(&source, "# Title"), words);
    let diagnostics = [
        diagnostic(Level::Info, found("missing-field", "no date").help("state it")),
        diagnostic(Level::Info, found("missing-section", "no impact").help("add it")),
        diagnostic(Level::Info, Finding::new("other", at(&source, "Text"), "too short")),
    ];
    assert_eq!(
        report(&source, &diagnostics).to_text(Format::Human, LOOK),
        "\
hint[missing-field]: no date
 --> a.md:1:1
  |
1 | # Title
  | ^^^^^^^
  |
  = help: state it
hint[missing-section]: no impact
 |
 = help: add it

hint[other]: too short
 --> a.md:3:1
  |
3 | Text
  | ^^^^

"
    );
}

#[test]
fn a_mark_over_a_whole_section_marks_its_first_line() {
    let source = SourceFile::new("a.md", "## Impact\n\none\n\ntwo\n\nthree\n");
    let diagnostics = [diagnostic(Level::Error, Finding::new("long", Span::new(0, 26), "too long"))];
    assert_eq!(
        report(&source, &diagnostics).to_text(Format::Human, LOOK),
        "error[long]: too long\n --> a.md:1:1\n  |\n1 | ## Impact\n  | ^^^^^^^^^\n\n"
    );
}

#[test]
fn a_file_that_is_empty_or_absent_still_has_its_place() {
    let source = SourceFile::new("a.md", "");
    let diagnostics = [diagnostic(Level::Error, Finding::new("empty", Span::empty(0), "nothing here"))];
    let mut report = report(&source, &diagnostics);
    assert_eq!(report.to_text(Format::Human, LOOK), "error[empty]: nothing here\n--> a.md:1:1\n\n");
    report.sources.clear();
    assert_eq!(report.to_text(Format::Human, LOOK), "error[empty]: nothing here\n--> a.md\n\n");
    assert_eq!(report.to_text(Format::Short, LOOK), "a.md:1:1: error[empty]: nothing here\n");
}

#[test]
fn nothing_in_a_document_can_drive_the_terminal() {
    let evil = "\u{1b}]0;owned\u{7}\u{9b}31m\u{7f}\u{202e}";
    let source = SourceFile::new("a.md", format!("text {evil} text\n"));
    let finding = Finding::new("evil", Span::new(0, 4), format!("found {evil}\nhere"))
        .label(evil)
        .also(Span::new(5, 9), evil)
        .help(evil);
    let diagnostics = [Diagnostic { path: format!("{evil}.md"), level: Level::Error, finding }];
    for sources in [BTreeMap::new(), BTreeMap::from([(diagnostics[0].path.as_str(), &source)])] {
        let report = Report { sources, documents: BTreeSet::new(), ..report(&source, &diagnostics) };
        for format in Format::value_variants() {
            let text = report.to_text(*format, LOOK);
            let sent: Vec<char> = text.chars().filter(|c| c.is_control() && *c != '\n').collect();
            assert_eq!(sent, Vec::<char>::new(), "{format:?}: {text}");
            if format.is_for_people() {
                assert!(!text.contains('\u{202e}'), "{text}");
            }
        }
    }
}

#[test]
fn any_span_gives_a_report() {
    let source = SourceFile::new("a.md", "é\n\n\n  \nlast line without end");
    let length = source.text.len();
    for start in 0..length + 3 {
        for end in start..length + 3 {
            let finding = Finding::new("x", Span::new(start, end), "m").also(Span::new(end, end + 2), "o");
            let diagnostics = [diagnostic(Level::Info, finding)];
            let text = report(&source, &diagnostics).to_text(Format::Human, LOOK);
            assert!(
                text.starts_with("hint[x]: m\n --> a.md:") || text.starts_with("hint[x]: m\n--> a.md:"),
                "{start}..{end}: {text}"
            );
        }
    }
}

#[test]
fn machines_get_every_place_in_one_form() {
    let source = SourceFile::new("a.md", "# Tåke\nsecond\n");
    let edits = vec![Edit::new(at(&source, "second"), "2nd")];
    let finding = Finding::new("rule", at(&source, "Tåke"), "m\u{9b}")
        .also(at(&source, "second"), "o")
        .help("h")
        .fix(Some(Fix::safe("write `2nd`", edits, &[])));
    let diagnostics = [diagnostic(Level::Error, finding)];
    let text = report(&source, &diagnostics).to_text(Format::Json, LOOK);
    assert!(text.contains("\"message\": \"m\\u009b\""), "{text}");
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        value,
        serde_json::json!({
            "version": 1, "documents": 2, "errors": 1, "warnings": 0, "hints": 0, "accepted": 0, "since": null,
            "findings": [{
                "path": "a.md", "line": 1, "column": 3, "end_line": 1, "end_column": 7,
                "rule": "rule", "level": "error", "message": "m\u{9b}", "label": null, "help": "h", "on_changed_line": null,
                "others": [{ "line": 2, "column": 1, "end_line": 2, "end_column": 7, "text": "o" }],
                "fix": { "applicability": "safe", "title": "write `2nd`", "edits": [
                    { "line": 2, "column": 1, "end_line": 2, "end_column": 7, "text": "2nd" },
                ]},
            }],
        })
    );
}

#[test]
fn the_last_line_counts_by_level_and_by_place() {
    let source = SourceFile::new("a.md", "text");
    let finding = Finding::new("rule", Span::empty(0), "m");
    let mut diagnostics = vec![
        diagnostic(Level::Error, finding.clone()),
        diagnostic(Level::Warning, finding.clone()),
        diagnostic(Level::Warning, finding.clone()),
    ];
    assert_eq!(report(&source, &diagnostics).conclusion(), "1 error, 2 warnings in 1 of 2 documents");
    diagnostics.push(Diagnostic { path: "book.toml".to_owned(), level: Level::Info, finding });
    assert_eq!(
        report(&source, &diagnostics).conclusion(),
        "1 error, 2 warnings, 1 hint in 1 of 2 documents and in `book.toml`"
    );
    assert_eq!(report(&source, &diagnostics[3..]).conclusion(), "1 hint in `book.toml`");
    assert_eq!(report(&source, &[]).conclusion(), "no findings in 2 documents");
    assert_eq!(
        Report { accepted: 40, ..report(&source, &[]) }.conclusion(),
        "no findings in 2 documents beside the 40 findings in the baseline"
    );
    assert_eq!(
        Report { accepted: 1, ..report(&source, &diagnostics[..1]) }.conclusion(),
        "1 error in 1 of 2 documents, and the baseline accepts 1 finding"
    );
}

#[test]
fn quiet_means_errors_alone() {
    let source = SourceFile::new("a.md", "text");
    let finding = |text: &str| Finding::new("rule", Span::empty(0), text);
    let diagnostics = [diagnostic(Level::Warning, finding("w")), diagnostic(Level::Error, finding("e"))];
    let quiet = Look { quiet: true, ..LOOK };
    assert_eq!(report(&source, &diagnostics).to_text(Format::Short, quiet), "a.md:1:1: error[rule]: e\n");
}
