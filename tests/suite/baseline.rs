//! What stands is accepted, what is new is found, what is fixed is told.

use crate::support::{TODAY, Workspace};

const OLD: &str = "# Checkout was slow\n\nWe should have known about the pool.\n\n## Impact\n\n";
const SECRET: &str = "# Key\n\nIt was ghp_016C7FtiyGZ5sUs5Oe0aPTjHB7e7J21ZJ3X9 all along.\n";

fn check(work: &Workspace, more: &[&str]) -> crate::support::Output {
    let arguments: Vec<&str> = ["check", "--today", TODAY, "--deny-warnings", "--format", "short"]
        .into_iter()
        .chain(more.iter().copied())
        .collect();
    work.run(&arguments)
}

#[test]
fn a_check_with_a_baseline_reports_only_what_is_new_and_says_what_is_fixed() {
    let work = Workspace::new().file("postmortems/a.md", OLD);
    check(&work, &[]).expect_code(1);
    let wrote = check(&work, &["--update-baseline"]).expect_code(0);
    assert!(
        wrote.stderr.contains("`baseline = \"afterword-baseline.json\"` below `[check]`"),
        "{}",
        wrote.text()
    );
    let first = work.read("afterword-baseline.json");
    assert!(first.contains(r#""rule":"hindsight","at":"should have known""#), "{first}");

    work.write("book.toml", "[check]\nbaseline = \"afterword-baseline.json\"\n");
    let clean = check(&work, &[]).expect_code(0);
    assert!(clean.stdout.starts_with("no findings in 1 document beside the "), "{}", clean.text());

    work.write("postmortems/a.md", OLD.replace("We should", "More text.\n\nWe should"));
    check(&work, &[]).expect_code(0);

    work.write(
        "postmortems/a.md",
        OLD.replace("## Impact", "We should have known of the disk.\n\n## Impact"),
    );
    let found = check(&work, &[]).expect_code(1);
    assert!(found.stdout.contains("postmortems/a.md:5:4: warning[hindsight]"), "{}", found.text());
    assert!(!found.stdout.contains("a.md:3:"), "{}", found.text());

    work.write("postmortems/a.md", OLD.replace("We should have known about", "Nothing showed"));
    let fixed = check(&work, &[]).expect_code(0);
    assert!(fixed.stdout.contains("2 findings in the baseline are fixed"), "{}", fixed.text());
    let wrote = check(&work, &["--update-baseline"]).expect_code(0);
    assert!(wrote.stderr.contains(": 0 new, 2 fixed and taken out"), "{}", wrote.text());
    assert!(!work.read("afterword-baseline.json").contains("hindsight"));
    assert!(!check(&work, &[]).expect_code(0).stdout.contains("fixed"));
}

#[test]
fn a_baseline_accepts_no_secret_and_no_document_that_cannot_be_read() {
    let work = Workspace::new()
        .file("postmortems/a.md", SECRET)
        .file("postmortems/b.md", b"# Latin\n\nCaf\xe9\n")
        .file("postmortems/c.md", "+++\ntitle = = 1\n+++\n");
    let found = check(&work, &["--update-baseline"]).expect_code(1);
    for rule in ["secret", "unreadable-text", "invalid-front-matter"] {
        assert!(found.stdout.contains(rule), "{}", found.text());
        assert!(!work.read("afterword-baseline.json").contains(rule), "{rule}");
    }
    assert!(!work.read("afterword-baseline.json").contains("ghp_"));
}

#[test]
fn a_baseline_that_is_missing_or_cannot_be_read_accepts_nothing_and_says_so() {
    let work =
        Workspace::new().file("postmortems/a.md", OLD).file("book.toml", "[check]\nbaseline = \"b.json\"\n");
    let missing = check(&work, &[]).expect_code(1);
    assert!(
        missing
            .stdout
            .contains("book.toml:2:12: error[invalid-configuration]: the baseline `b.json` is not there"),
        "{}",
        missing.text()
    );
    work.write("b.json", "{ \"version\": 2,\n  \"findings\": [,] }\n");
    let invalid = check(&work, &[]).expect_code(1);
    assert!(
        invalid.stdout.contains("b.json:2:16: error[invalid-configuration]: the baseline cannot be read"),
        "{}",
        invalid.text()
    );
    assert!(invalid.stdout.contains("hindsight"), "{}", invalid.text());
    work.write("b.json", "{ \"version\": 1, \"findings\": [] }\n");
    let other = work.run(&["check", "--today", TODAY]).expect_code(1);
    assert!(
        other.stdout.contains("write it anew with `afterword check --update-baseline`"),
        "{}",
        other.text()
    );
    work.run(&["build", "--today", TODAY]).expect_code(1);
    work.run(&["check", "--baseline", "nowhere.json"]).expect_code(2);
}

#[test]
fn a_file_that_is_no_baseline_is_not_written_over() {
    let work = Workspace::new().file("postmortems/a.md", OLD).file("notes.json", "{ \"mine\": 1 }\n");
    check(&work, &["--update-baseline", "--baseline", "notes.json"]).expect_code(2);
    assert_eq!(work.read("notes.json"), "{ \"mine\": 1 }\n");
}
