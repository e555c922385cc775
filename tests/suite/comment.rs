//! The comment on a pull request: what its author reads, and that nothing in it does anything.

use crate::{
    inert,
    support::{TODAY, Workspace, command, git, golden},
};

const EARLIER: &str = "\
+++
title = \"Pool exhausted by retries\"
date = 2025-11-02
status = \"final\"
severity = \"SEV2\"
services = [\"checkout\"]
factors = [\"retry-storm\", \"capacity\"]

[[action_items]]
title = \"Cap the retries of the *client* at 3\"
owner = \"storefront\"
priority = \"P1\"
due = 2026-01-10
tracker = \"SHOP-2\"
+++

## Summary

It retried.
";

const OLD: &str = "\
# Search was slow

Severity: SEV3
Status: final

## Timeline

All times in UTC.

- 2026-02-01 10:00 Impact starts
- 2026-02-01 10:30 Detected: the alert pages
- 2026-02-01 11:00 Resolved

## Action items

- [ ] Add an index on the day (owner: search, due: 2026-12-01, SRCH-1)
- [ ] Page when queries take 2 s (owner: search, due: 2026-12-01, SRCH-2)
- [ ] Say in the handbook how to rebuild (owner: search, due: 2026-12-01, SRCH-3)
";

const NEW: &str = "\
+++
title = \"Checkout was slow @storefront #12\"
date = 2026-11-10
status = \"final\"
severity = \"SEV2\"
services = [\"checkout\"]
factors = [\"retry-storm\", \"capacity\"]

[times]
zone = \"UTC\"
started = 2026-11-10T10:00:00Z
detected = 2026-11-10T10:07:00Z
resolved = 2026-11-10T09:00:00Z

[[action_items]]
title = \"Improve <b>monitoring</b> | see https://a.example\"
+++

## Summary

The engineer on call failed to notice the queue.
";

/// A repository with two documents, a branch on which one of them changes and a third is added.
fn work() -> Workspace {
    let work = Workspace::new()
        .file("book.toml", "[output.html]\nsite-url = \"https://acme.example/pm/\"\n[check]\nallow = [\"structure\", \"data\"]\n")
        .file("postmortems/2025-11-02-pool.md", EARLIER)
        .file("postmortems/2026-02-01-search.md", OLD);
    git(work.path(), &["init", "--quiet"]);
    git(work.path(), &["add", "--all"]);
    git(work.path(), &["commit", "--quiet", "--message", "x"]);
    work.write(
        "postmortems/2026-02-01-search.md",
        OLD.replace("10:30", "10:20")
            .replace("[ ] Add", "[x] Add")
            .replace("2 s (owner: search, due: 2026-12-01", "2 s (owner: search, due: 2027-03-01")
            .replace(
                "- [ ] Say in the handbook how to rebuild (owner: search, due: 2026-12-01, SRCH-3)\n",
                "",
            ),
    );
    work.write("postmortems/2026-11-10-checkout.md", NEW);
    work
}

fn comment(work: &Workspace, more: &[&str]) -> String {
    let arguments: Vec<&str> =
        ["check", "--format", "markdown", "--today", TODAY].iter().chain(more).copied().collect();
    let text = work.run(&arguments).stdout;
    inert::check(&text, &["https://acme.example/pm/rules/"]).unwrap();
    text
}

#[test]
fn the_comment_on_a_change_tells_times_follow_up_work_similar_incidents_and_findings() {
    let work = work();
    let text = comment(&work, &["--since", "HEAD"]);
    let commit = git(work.path(), &["rev-parse", "--short=8", "HEAD"]);
    let commit = commit.trim();
    golden("comment.md", &text.replace(commit, "COMMIT"));
    assert_eq!(comment(&work, &["--since", "HEAD"]), text);
}

#[test]
fn one_document_has_a_comment_of_one_screen_without_any_change_to_look_at() {
    let work = work();
    let text = comment(&work, &["postmortems/2026-11-10-checkout.md"]);
    assert!(text.starts_with("<!-- afterword -->\n### Afterword: the check fails\n\n1 error, "), "{text}");
    assert!(text.contains("**Action items:** 1 unfinished\n"), "{text}");
    assert!(
        text.contains("**Similar incidents before this one:**\n\n- **Pool exhausted by retries**"),
        "{text}"
    );
    assert!(text.lines().count() < 45, "{text}");
}

#[test]
fn a_whole_archive_is_summed_up_by_its_findings_alone() {
    let mut work = Workspace::new();
    for at in 10..24 {
        work = work.file(&format!("postmortems/2026-03-{at}-pool.md"), EARLIER);
    }
    let text = comment(&work, &[]);
    assert!(
        !text.contains("| Document |") && text.contains("<details><summary>All findings by rule"),
        "{text}"
    );
}

#[test]
fn several_formats_go_to_files_beside_the_one_that_is_printed() {
    let work = work();
    let out = work.run(&[
        "check",
        "--today",
        TODAY,
        "--format",
        "markdown=comment.md",
        "--format",
        "sarif=out.sarif",
        "--format",
        "short",
    ]);
    assert!(out.stdout.starts_with("postmortems/2025-11-02-pool.md:"), "{}", out.text());
    assert!(work.read("comment.md").starts_with("<!-- afterword -->\n"));
    assert!(work.read("out.sarif").contains("\"2.1.0\""));
    let human = work.run(&["check", "--today", TODAY, "--format", "json=out.json", "--color", "always"]);
    assert!(
        human.stdout.contains("\u{1b}[") && work.read("out.json").contains("\"findings\""),
        "{}",
        human.text()
    );
    let two = work.run(&["check", "--format", "short", "--format", "json"]).expect_code(2);
    assert!(two.stderr.contains("two formats cannot both go to standard output"), "{}", two.text());
    let unknown = work.run(&["check", "--format", "sarfi=x"]).expect_code(2);
    assert!(unknown.stderr.contains("[possible values: human, short, json"), "{}", unknown.text());
    let nowhere = work.run(&["check", "--format", "json=no/such/folder/x"]).expect_code(2);
    assert!(nowhere.stderr.contains("cannot write"), "{}", nowhere.text());
}

#[test]
fn the_page_of_a_step_says_what_the_comment_says() {
    let work = work();
    let out = command(work.path(), &["check", "--today", TODAY, "--format", "github", "--since", "HEAD"])
        .env("GITHUB_STEP_SUMMARY", work.path().join("page.md"))
        .output()
        .unwrap();
    assert!(String::from_utf8(out.stdout).unwrap().contains("::error file="));
    assert_eq!(work.read("page.md"), comment(&work, &["--since", "HEAD"]));
}
