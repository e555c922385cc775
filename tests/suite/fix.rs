//! Findings fixed: files, diffs that git applies, and what holds for every document.

use std::fs;

use afterword::{
    config::Config,
    diagnostic::Applicability,
    pipeline::{self, Fixed, Options},
    source::{SourceFile, Sources},
};
use proptest::prelude::*;

use crate::{
    layouts,
    support::{Output, TODAY, Workspace, project, tree},
};

const DOCUMENT: &str = "\
+++
title = \"Checkout latency\"  # ours
status = \"finl\"
+++

One in five checkouts timed out for half an hour on Monday, when the pool was full.

## Timeline (UTC)

- 2026-05-04 13:02 First timeouts
- 2026-05-04 13:41 Rolled back
- 2026-05-04 13:09 Alert pages the on-call

<!-- afterword: allow vague-action, because nobody knows -->
## Impact

About 400 orders were lost.
";

fn work() -> Workspace {
    Workspace::new()
        .file("book.toml", "[sections]\nrequired = [\"summary\", \"timeline\", \"impact\"]\n")
        .file("postmortems/2026-05-04-checkout.md", DOCUMENT)
}

fn check(work: &Workspace, more: &[&str]) -> Output {
    let arguments: Vec<&str> = ["check", "--today", TODAY].iter().chain(more).copied().collect();
    work.run(&arguments)
}

#[test]
fn a_diff_shows_the_safe_fixes_and_changes_nothing() {
    let work = work();
    let shown = check(&work, &["--diff"]).expect_code(1);
    assert_eq!(
        shown.stdout,
        "\
--- a/postmortems/2026-05-04-checkout.md
+++ b/postmortems/2026-05-04-checkout.md
@@ -11,7 +11,6 @@
 - 2026-05-04 13:41 Rolled back
 - 2026-05-04 13:09 Alert pages the on-call
 
-<!-- afterword: allow vague-action, because nobody knows -->
 ## Impact
 
 About 400 orders were lost.
"
    );
    assert_eq!(shown.stderr, "would fix 1 finding in 1 document\n");
    assert_eq!(work.read("postmortems/2026-05-04-checkout.md"), DOCUMENT);
}

#[test]
fn all_fixes_are_made_once_and_the_rest_is_reported() {
    let work = work();
    let fixed = check(&work, &["--fix", "--unsafe", "--format", "short"]).expect_code(0);
    assert_eq!(fixed.stderr, "fixed 3 findings in 1 document\n");
    assert!(!fixed.stdout.contains("fixable"), "{}", fixed.text());
    let expected = DOCUMENT
        .replace("finl", "final")
        .replace("<!-- afterword: allow vague-action, because nobody knows -->\n", "")
        .replace(
            "13:41 Rolled back\n- 2026-05-04 13:09 Alert pages the on-call",
            "13:09 Alert pages the on-call\n- 2026-05-04 13:41 Rolled back",
        );
    assert_eq!(work.read("postmortems/2026-05-04-checkout.md"), expected);
    let again = check(&work, &["--fix", "--unsafe"]);
    assert_eq!(again.stderr, "nothing to fix\n");
    assert_eq!(work.read("postmortems/2026-05-04-checkout.md"), expected);
    assert_eq!(check(&work, &["--diff", "--unsafe"]).expect_code(0).stdout, "");
}

#[test]
fn people_see_what_can_be_fixed_and_how() {
    let text = check(&work(), &[]).stdout;
    assert!(text.contains("= fixable: put the events in order (`--fix --unsafe`)\n"), "{text}");
    assert!(text.contains("= fixable: remove the suppression of `vague-action` (`--fix`)\n"), "{text}");
    assert!(text.contains("\n1 fixable with `--fix`, 2 more fixable with `--fix --unsafe`\n"), "{text}");
    let short = check(&work(), &["--format", "short"]).stdout;
    assert!(short.contains("found the text `finl` [fixable, unsafe]\n"), "{short}");
}

#[test]
fn only_the_paths_that_are_named_are_changed_and_accepted_findings_are_not_fixed() {
    let work = work().file("postmortems/2026-06-01-other.md", DOCUMENT);
    let fixed = check(&work, &["--fix", "postmortems/2026-06-01-other.md"]);
    assert_eq!(fixed.stderr, "fixed 1 finding in 1 document\n");
    assert_eq!(work.read("postmortems/2026-05-04-checkout.md"), DOCUMENT);
    check(&work, &["--update-baseline"]);
    let accepted = check(&work, &["--fix", "--unsafe", "--baseline", "afterword-baseline.json"]);
    assert_eq!(accepted.stderr, "fixed 1 finding in 1 document\n", "a suppression is never accepted");
    let comment = "<!-- afterword: allow vague-action, because nobody knows -->\n";
    assert_eq!(work.read("postmortems/2026-05-04-checkout.md"), DOCUMENT.replace(comment, ""));
}

#[test]
fn bytes_that_are_no_text_are_never_written() {
    let mut bytes = DOCUMENT.as_bytes().to_vec();
    bytes.push(0xe9);
    let work = Workspace::new().file("postmortems/2026-05-04-checkout.md", &bytes);
    assert_eq!(check(&work, &["--fix", "--unsafe"]).stderr, "nothing to fix\n");
    assert_eq!(fs::read(work.path().join("postmortems/2026-05-04-checkout.md")).unwrap(), bytes);
}

#[test]
fn flags_that_contradict_each_other_are_refused() {
    for flags in
        [["--fix", "--update-baseline"], ["--diff", "--update-baseline"], ["--diff", "--format=json"]]
    {
        check(&work(), &flags).expect_code(2);
    }
}

fn fixed(text: &str, allowed: Applicability) -> Fixed {
    let documents = vec![SourceFile::new("postmortems/2026-05-04-slow.md", text)];
    let sources = Sources { documents, ..Sources::default() };
    let analysis = pipeline::analyze(sources, Config::default(), Vec::new(), TODAY.parse().unwrap());
    pipeline::fix(analysis, &[], Options { allowed }, |analysis| vec![true; analysis.diagnostics.len()])
}

/// Fixes a text, and fails when a second time changes it again, or when a fix brought something louder.
#[track_caller]
fn fix(text: &str) {
    for allowed in [Applicability::Safe, Applicability::Unsafe] {
        let once = fixed(text, allowed);
        let new = once.analysis.sources.documents[0].text.to_string();
        let twice = fixed(&new, allowed);
        assert_eq!(&*twice.analysis.sources.documents[0].text, new, "of {text:?}");
        assert_eq!(once.before.is_empty(), new == text);
        assert_eq!(once.made.values().sum::<usize>() == 0, new == text, "{text:?}");
    }
}

#[test]
fn the_demonstration_has_nothing_to_fix_and_the_templates_stay_fixed() {
    for folder in ["postmortems", "templates/new"] {
        for (path, bytes) in tree(&project().join(folder)) {
            if path.to_lowercase().ends_with(".md") {
                fix(&String::from_utf8(bytes).unwrap());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_document_of_any_layout_is_fixed_once_and_for_all(
        incident in layouts::incident(),
        layout in layouts::layout(),
        swapped in prop::array::uniform2(any::<prop::sample::Index>()),
    ) {
        let text = layout.write(&incident);
        fix(&text);
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        let [one, other] = swapped.map(|at| at.index(lines.len()));
        lines.swap(one, other);
        fix(&lines.concat());
    }

    #[test]
    fn events_in_any_order_are_put_in_theirs_and_stay_what_they_are(
        incident in layouts::incident(),
        seed in prop::collection::vec(any::<prop::sample::Index>(), 8),
    ) {
        let told = incident.told();
        let day = |at: &str| at[..10].to_owned();
        let mut lines: Vec<String> = told
            .iter()
            // Of one day: where the order of events says on which day the incident was, the fix is not made.
            .take_while(|(at, ..)| day(at) == day(&told[0].0))
            .take(3)
            .map(|(at, _, _, text)| format!("- {} {text}\n", at.replace('T', " ")))
            .collect();
        let sorted = lines.clone();
        for (at, to) in seed.iter().enumerate().take(lines.len()) {
            let to = to.index(lines.len());
            lines.swap(at, to);
        }
        // A timeline that begins with its last event is in order, too.
        prop_assume!(lines.iter().rev().ne(&sorted));
        let document = |lines: &[String]| format!("# Slow\n\n## Timeline (UTC)\n\n{}\nEnd.\n", lines.concat());
        let fixed = fixed(&document(&lines), Applicability::Unsafe);
        let text = &fixed.analysis.sources.documents[0].text;
        let timeline: String = text.split_inclusive('\n').filter(|line| line.starts_with("- 20")).collect();
        prop_assert_eq!(timeline, sorted.concat());
    }
}
