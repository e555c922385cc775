//! Command lines from the first word to the exit status, without a process.

use tempfile::TempDir;

use super::*;

/// What a command line gave.
struct Ran {
    status: ExitStatus,
    out: String,
    err: String,
}

fn run_in(folder: &TempDir, arguments: &[&str]) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut io = Io {
        out: Stream::plain(&mut out),
        err: Stream::plain(&mut err),
        current: folder.path().to_path_buf(),
        today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        width: 100,
        unicode: true,
        step_summary: None,
        caches: None,
    };
    let status = run(["afterword"].iter().chain(arguments), &mut io);
    drop(io);
    Ran { status, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

#[test]
fn the_command_line_contradicts_itself_nowhere() {
    use clap::CommandFactory;
    Cli::command().debug_assert();
}

#[test]
fn help_is_an_answer_and_a_wrong_word_is_a_failure_with_a_hint() {
    let home = TempDir::new().unwrap();
    let help = run_in(&home, &["--help"]);
    assert_eq!(help.status, ExitStatus::Clean);
    assert!(help.out.contains("Exit status") && help.err.is_empty(), "{}", help.out);
    let wrong = run_in(&home, &["comple", "x"]);
    assert_eq!((wrong.status, wrong.out.as_str()), (ExitStatus::Failed, ""));
    assert!(wrong.err.contains("'completions'"), "{}", wrong.err);
    assert!(run_in(&home, &["comple", "--color", "always"]).err.contains('\u{1b}'));
    assert_eq!(run_in(&home, &["new", "x", "--date", "2026-02-30"]).status, ExitStatus::Failed);
}

#[test]
fn a_new_document_stands_in_its_folder_once() {
    let home = TempDir::new().unwrap();
    let first = run_in(&home, &["new", "Checkout", "is", "slow"]);
    assert_eq!((first.status, first.out.as_str()), (ExitStatus::Clean, "2026-11-20-checkout-is-slow.md\n"));
    let again = run_in(&home, &["new", "Checkout is slow"]);
    assert_eq!(again.status, ExitStatus::Failed);
    assert!(again.err.contains("is already there"), "{}", again.err);
    let unknown = run_in(&home, &["new", "x", "--template", "afterwrod"]);
    assert!(unknown.err.contains("did you mean `afterword`?"), "{}", unknown.err);
}

const FINE: &str = "# Checkout was slow\n\nThe pool was sized per host.\n";
const BROKEN: &str = "+++\ntitle = \"Broken\"\ndate = = 2026-03-14\n+++\n\nText.\n";

fn put(home: &TempDir, path: &str, text: &str) {
    crate::write::create(&home.path().join(path), text).unwrap();
}

fn read(home: &TempDir, path: &str) -> String {
    let root = crate::load::resolve(home.path()).unwrap();
    String::from_utf8(crate::load::read_asset(&root.join(path)).unwrap()).unwrap()
}

#[test]
fn a_new_knowledge_base_can_be_checked_and_built_as_it_is() {
    let home = TempDir::new().unwrap();
    let init = run_in(&home, &["init", "my kb", "--ci", "github"]);
    assert_eq!(init.status, ExitStatus::Clean, "{}", init.err);
    assert_eq!(
        init.out.lines().take(3).collect::<Vec<_>>(),
        [
            "wrote my kb/book.toml",
            "wrote my kb/postmortems/2026-11-20-example-checkout-latency.md",
            "wrote my kb/.github/workflows/afterword.yml",
        ]
    );
    assert!(init.out.contains("`afterword serve --open --root 'my kb'`"), "{}", init.out);
    let check = run_in(&home, &["check", "--root", "my kb", "--deny-warnings"]);
    assert_eq!((check.status, check.err.as_str()), (ExitStatus::Clean, ""), "{}", check.out);
    let build = run_in(&home, &["build", "--root", "my kb", "--out", "site"]);
    assert_eq!(build.status, ExitStatus::Clean, "{}", build.err);
    assert!(build.out.starts_with("built 1 postmortem into "), "{}", build.out);
    assert!(read(&home, "site/index.html").contains("<html"));
}

#[test]
fn a_folder_that_is_there_is_adopted_and_nothing_in_it_changes() {
    let home = TempDir::new().unwrap();
    let text = "# Disk full\n\n**Severity:** SEV-2\n\n## Impact\n\nNone.\n\n## Root cause\n\nLogs.\n";
    put(&home, "docs/incidents/2026/a.md", text);
    put(&home, "docs/api.md", FINE);
    put(&home, "docs/cli.md", FINE);
    put(&home, "README.md", "# Ours\n");
    let init = run_in(&home, &["init"]);
    assert_eq!(init.status, ExitStatus::Clean, "{}", init.err);
    let said = "read  1 document in `docs/incidents`\nfound 1 severity\nwrote afterword-baseline.json\nwrote book.toml\n";
    assert!(init.out.starts_with(said), "{}", init.out);
    let config = read(&home, "book.toml");
    assert!(config.contains("src = \"docs/incidents\""), "{config}");
    assert!(config.contains("2 Markdown files elsewhere did not look like postmortems"), "{config}");
    assert!(config.contains("[[severity]] # 1 document\nid = \"SEV-2\""), "{config}");
    let again = run_in(&home, &["init"]);
    assert!(again.out.starts_with("kept  book.toml, which was there already\n"), "{}", again.out);
    assert_eq!(read(&home, "book.toml"), config);
}

#[test]
fn the_status_of_a_check_tells_findings_from_failure() {
    let home = TempDir::new().unwrap();
    let empty = run_in(&home, &["check"]);
    assert_eq!(empty.status, ExitStatus::Failed);
    assert!(empty.err.contains("there is no postmortem in `"), "{}", empty.err);
    put(&home, "fine.md", FINE);
    put(&home, "broken.md", BROKEN);
    let all = run_in(&home, &["check", "--format", "short"]);
    assert_eq!(all.status, ExitStatus::Findings);
    assert!(all.out.contains("\nbroken.md:3:8: error[invalid-front-matter]: "), "{}", all.out);
    assert_eq!(run_in(&home, &["check", "fine.md"]).status, ExitStatus::Clean);
    assert_eq!(run_in(&home, &["check", "broken.md", "fine.md"]).status, ExitStatus::Findings);
    assert_eq!(run_in(&home, &["check", "nowhere.md"]).status, ExitStatus::Failed);
    assert_eq!(run_in(&home, &["check", "--root", "nowhere"]).status, ExitStatus::Failed);
    put(&home, "README.md", "# Ours\n");
    put(&home, "notes/CONTRIBUTING.md", "# Ours\n");
    let passed = run_in(&home, &["check", "README.md", "fine.md", "--format", "short"]);
    assert_eq!(passed.status, ExitStatus::Clean);
    assert_eq!(passed.err, "`README.md` is not taken for a postmortem, and not checked\n");
    let none = run_in(&home, &["check", "README.md"]);
    assert_eq!((none.status, none.out.as_str()), (ExitStatus::Clean, "no findings in 0 documents\n"));
    assert_eq!(run_in(&home, &["check", "notes"]).status, ExitStatus::Failed);
    let outside = run_in(&home, &["check", ".."]);
    assert!(outside.err.contains("is not in the archive at"), "{}", outside.err);
    let json = run_in(&home, &["check", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&value["version"], &value["documents"]), (&1.into(), &2.into()));
}

#[test]
fn a_template_that_does_not_parse_is_found_by_check_and_does_not_stop_a_build() {
    let home = TempDir::new().unwrap();
    put(&home, "postmortems/fine.md", FINE);
    put(&home, "templates/home.html", "{% extends \"base.html\" %}\n{{ site. }}\n");
    let check = run_in(&home, &["check"]);
    assert_eq!(check.status, ExitStatus::Findings);
    assert!(check.out.contains("--> templates/home.html:2:"), "{}", check.out);
    let build = run_in(&home, &["build"]);
    assert_eq!(build.status, ExitStatus::Findings, "{}", build.err);
    assert!(build.err.contains("templates/home.html:2:"), "{}", build.err);
    assert!(read(&home, "book/index.html").contains("Checkout was slow"));
}

#[test]
fn an_untouched_template_is_no_error_and_counts_nowhere() {
    for template in ["afterword", "coe", "five-whys", "google-sre", "howie", "pagerduty"] {
        let home = TempDir::new().unwrap();
        assert_eq!(run_in(&home, &["new", "Try", "--template", template]).status, ExitStatus::Clean);
        let check = run_in(&home, &["check", "--deny-warnings", "--format", "short"]);
        assert_eq!(check.status, ExitStatus::Clean, "{template}: {}", check.out);
        let stats = run_in(&home, &["stats", "--format", "json"]);
        let stats: serde_json::Value = serde_json::from_str(&stats.out).unwrap();
        assert_eq!(stats["actions"]["unfinished"], 0, "{template}: {stats:#}");
        for measure in stats["measures"].as_array().unwrap() {
            assert_eq!(measure["n"], 0, "{template}: {measure:#}");
        }
    }
}

#[test]
fn a_picture_that_could_run_something_is_not_published() {
    let home = TempDir::new().unwrap();
    let images = "\n![A graph](good.svg)\n\n![A trap](bad.svg)\n";
    put(&home, "postmortems/fine.md", &format!("{FINE}{images}"));
    put(&home, "postmortems/good.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    put(&home, "postmortems/bad.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
    let build = run_in(&home, &["build"]);
    assert_eq!(build.status, ExitStatus::Findings, "{}", build.err);
    assert!(build.err.contains("postmortems/bad.svg"), "{}", build.err);
    assert_eq!(read(&home, "book/files/postmortems/good.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    let marker = read(&home, "book/.afterword");
    assert!(marker.contains("postmortems/good.svg") && !marker.contains("bad.svg"), "{marker}");
}

#[test]
fn a_build_never_takes_the_place_of_what_others_have_made() {
    let home = TempDir::new().unwrap();
    put(&home, "postmortems/fine.md", FINE);
    put(&home, "site/thesis.txt", "years of work");
    let build = run_in(&home, &["build", "--out", "site"]);
    assert_eq!(build.status, ExitStatus::Failed);
    assert!(build.err.contains("holds files that Afterword did not write"), "{}", build.err);
    assert_eq!(run_in(&home, &["build", "--out", "."]).status, ExitStatus::Failed);
    assert_eq!(read(&home, "site/thesis.txt"), "years of work");
}

const ACTIONS: &str = "\
+++
title = \"Late\"
date = 2026-01-10
status = \"final\"
severity = \"SEV1\"
[times]
zone = \"UTC\"
started = 2026-01-10T10:00:00
resolved = 2026-01-10T11:30:00
[[action_items]]
title = \"=Alert, on saturation\"
owner = \"storefront\"
priority = \"P1\"
due = 2026-02-01
[[action_items]]
title = \"Cap the pool\"
status = \"done\"
+++

## Timeline

- 10:00 It begins
";

#[test]
fn actions_are_listed_filtered_and_exported() {
    let home = TempDir::new().unwrap();
    put(&home, "2026-01-10-late.md", ACTIONS);
    let table = run_in(&home, &["actions"]);
    assert_eq!(table.status, ExitStatus::Clean, "{}", table.err);
    let words: Vec<_> = table.out.lines().nth(1).unwrap().split_whitespace().collect();
    assert_eq!(
        words,
        ["2026-02-01", "overdue", "P1", "storefront", "=Alert,", "on", "saturation", "2026-01-10-late/a1"]
    );
    assert!(table.out.ends_with("1 action item; in all 1 unfinished, 1 overdue, 0 without an owner\n"));
    let csv =
        run_in(&home, &["actions", "list", "--format", "csv", "--state", "all", "--owner", "@Storefront"]);
    let row = csv.out.lines().nth(1).unwrap();
    assert!(row.contains(",\"'=Alert, on saturation\",open,yes,2026-02-01,P1,storefront,"), "{}", csv.out);
    assert_eq!(csv.out.lines().count(), 2);
    let json = run_in(&home, &["actions", "--state", "done", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(value["actions"].as_array().unwrap().len(), 1);
    assert_eq!(value["actions"][0]["title"], "Cap the pool");
}

#[test]
fn figures_say_what_is_recorded_and_what_is_missing() {
    let home = TempDir::new().unwrap();
    put(&home, "2026-01-10-late.md", ACTIONS);
    let stats = run_in(&home, &["stats"]).out;
    assert!(stats.starts_with("1 postmortem of 2026-01-10\n\nSeverity\n  SEV1  1  ████"), "{stats}");
    let measure = |name: &str| {
        let line = stats.lines().find(|line| line.contains(name)).unwrap();
        line.split_whitespace().skip(3).map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(measure("Time to resolve"), "1 h 30 min 1 h 30 min 1 h 30 min too few 1, few");
    assert_eq!(measure("Time to detect"), "N/A N/A N/A N/A 0 1 missing");
    let json = run_in(&home, &["stats", "--format", "json"]).out;
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["measures"][3]["median"], 5400);
    assert_eq!(value["measures"][0]["median"], serde_json::Value::Null);
    assert_eq!(value["measures"][3]["enough"], false);
}

#[test]
fn the_export_holds_every_document_even_one_that_cannot_be_read() {
    let home = TempDir::new().unwrap();
    put(&home, "2026-01-10-late.md", ACTIONS);
    put(&home, "broken.md", BROKEN);
    put(&home, "empty.md", "");
    let export = run_in(&home, &["export", "json"]);
    assert_eq!(export.status, ExitStatus::Clean, "{}", export.err);
    let value: serde_json::Value = serde_json::from_str(&export.out).unwrap();
    let documents = value["postmortems"].as_array().unwrap();
    let mut paths: Vec<_> = documents.iter().map(|document| document["path"].as_str().unwrap()).collect();
    paths.sort_unstable();
    assert_eq!(paths, ["2026-01-10-late.md", "broken.md", "empty.md"]);
    let late = documents.iter().find(|document| document["path"] == "2026-01-10-late.md").unwrap();
    assert_eq!(
        [&late["title"], &late["date"], &late["severity"], &late["zone"]],
        ["Late", "2026-01-10", "SEV1", "UTC"]
    );
    assert_eq!(late["times"]["started"]["at"], "2026-01-10T10:00Z");
    assert_eq!(late["timeline"][0]["text"], "It begins");
    assert_eq!(late["actions"][1]["status"], "done");
    assert_eq!(late["sections"][0]["kind"], "timeline");
}

#[test]
fn rules_are_listed_and_explained_and_a_wrong_name_is_answered_with_the_nearest() {
    let home = TempDir::new().unwrap();
    let all = run_in(&home, &["rules"]).out;
    assert!(all.contains("\naction\n") && all.contains("  overdue-action "), "{all}");
    let one = run_in(&home, &["rules", "overdue-action"]).out;
    assert!(one.starts_with("overdue-action\naction · warning by default\n"), "{one}");
    let group = run_in(&home, &["rules", "clock"]).out;
    assert!(group.starts_with("clock\n") && !group.contains("overdue-action"), "{group}");
    let wrong = run_in(&home, &["rules", "overdue-actoin"]);
    assert_eq!(wrong.status, ExitStatus::Failed);
    assert!(wrong.err.contains("did you mean `overdue-action`?"), "{}", wrong.err);
}

#[test]
fn schemas_completions_and_manual_pages_are_what_their_readers_expect() {
    let home = TempDir::new().unwrap();
    for what in ["front-matter", "config"] {
        let schema: serde_json::Value = serde_json::from_str(&run_in(&home, &["schema", what]).out).unwrap();
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
        assert!(schema["properties"].as_object().unwrap().len() > 5, "{schema}");
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(run_in(&home, &["completions", shell]).out.contains("afterword"), "{shell}");
    }
    assert!(run_in(&home, &["man"]).out.contains(".TH afterword 1"));
    assert!(run_in(&home, &["man", "build"]).out.contains("afterword\\-build"));
    assert_eq!(run_in(&home, &["man", "biuld"]).status, ExitStatus::Failed);
}

/// A stream whose reader has gone.
struct Gone;

impl std::io::Write for Gone {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::BrokenPipe.into())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let home = TempDir::new().unwrap();
    let mut err = Vec::new();
    let mut io = Io {
        out: Stream::plain(Gone),
        err: Stream::plain(&mut err),
        current: home.path().to_path_buf(),
        today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        width: 100,
        unicode: true,
        step_summary: None,
        caches: None,
    };
    assert_eq!(run(["afterword", "rules"], &mut io), ExitStatus::Clean);
    drop(io);
    assert_eq!(err, b"");
}
