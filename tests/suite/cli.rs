//! The program as people and pipelines call it: exit statuses, streams, and what each command leaves behind.

use std::{io::Read, path::Path, process::Stdio};

use serde_json::Value;

use crate::support::{TODAY, Workspace, command, golden, project, run_in, tree};

const FINE: &str = "# Checkout was slow\n\nThe pool was sized per host.\n";
const BROKEN: &str = "+++\ntitle = \"Broken\"\ndate = = 2026-03-14\n+++\n\nText.\n";

fn is_markdown(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "md")
}

#[test]
fn every_command_says_what_it_does_and_what_its_exit_status_means() {
    let help = run_in(&project(), &["--help"]).expect_code(0).stdout;
    let commands = help.split_once("Commands:\n").unwrap().1;
    let names = commands
        .lines()
        .take_while(|line| !line.trim().is_empty())
        .filter_map(|line| line.trim().split_once(' '))
        .map(|(name, _)| name)
        .filter(|name| *name != "help");
    let mut seen = 0;
    for name in names {
        let help = run_in(&project(), &[name, "--help"]).expect_code(0).stdout;
        assert!(help.contains("Usage: afterword"), "{name}:\n{help}");
        assert!(help.contains("--root"), "{name}:\n{help}");
        seen += 1;
    }
    assert!(seen >= 10, "{help}");
    assert!(help.contains("Exit status"), "{help}");
}

#[test]
fn the_exit_status_tells_clean_from_findings_from_failure() {
    let work = Workspace::new().file("postmortems/fine.md", FINE);
    work.run(&["check", "--today", TODAY]).expect_code(0);
    work.write("postmortems/broken.md", BROKEN);
    work.run(&["check", "--today", TODAY]).expect_code(1);
    work.run(&["check", "--root", "nowhere"]).expect_code(2);
    work.run(&["chekc"]).expect_code(2);
}

#[test]
fn warnings_fail_only_when_they_are_denied() {
    let text = "+++\ntitle = \"Late\"\ndate = 2026-01-10\nstatus = \"final\"\n\
                [[action_items]]\ntitle = \"Alert on pool saturation above 90 %\"\nowner = \"storefront\"\ndue = 2026-02-01\n+++\n\nText.\n";
    let work = Workspace::new()
        .file("postmortems/late.md", text)
        .file("book.toml", "[check]\nwarn = [\"overdue-action\", \"missing-section\"]\n");
    let found = work.run(&["check", "--today", TODAY]).expect_code(0);
    assert!(found.stdout.contains("overdue-action"), "{}", found.text());
    work.run(&["check", "--today", TODAY, "--deny-warnings"]).expect_code(1);
}

#[test]
fn findings_in_json_have_a_rule_a_level_and_a_place() {
    let work = Workspace::new().file("postmortems/broken.md", BROKEN);
    let found = work.run(&["check", "--today", TODAY, "--format", "json"]).expect_code(1);
    let report: Value = serde_json::from_str(&found.stdout).unwrap();
    let text = report.to_string();
    for part in ["\"error\"", "postmortems/broken.md", "\"line\":3"] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[test]
fn no_colour_reaches_a_pipe_unless_it_is_asked_for() {
    let work = Workspace::new().file("postmortems/broken.md", BROKEN);
    let plain = work.run(&["check", "--today", TODAY]);
    assert!(!plain.text().contains('\u{1b}'), "{}", plain.text());
    let coloured = work.run(&["check", "--today", TODAY, "--color", "always"]);
    assert!(coloured.text().contains('\u{1b}'), "{}", coloured.text());
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child =
        command(&project(), &["rules"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let status = child.wait().unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((status.code(), said.as_str()), (Some(0), ""));
}

#[test]
fn a_new_knowledge_base_checks_and_builds_at_once() {
    let work = Workspace::new();
    work.run(&["init", "kb"]).expect_code(0);
    let kb = work.path().join("kb");
    assert!(kb.join("book.toml").is_file());
    run_in(&kb, &["check", "--today", TODAY]).expect_code(0);
    run_in(&kb, &["build", "--out", "site", "--today", TODAY]).expect_code(0);
    assert!(kb.join("site/index.html").is_file());
}

#[test]
fn adopting_a_folder_changes_nothing_that_is_there() {
    let work = Workspace::new().file("incidents/2026-03-14-slow.md", FINE).file("README.md", "# Ours\n");
    work.run(&["init"]).expect_code(0);
    let files = tree(work.path());
    assert_eq!(files["incidents/2026-03-14-slow.md"], FINE.as_bytes());
    assert_eq!(files["README.md"], b"# Ours\n");
    let configuration = work.read("book.toml");
    assert!(configuration.contains("incidents"), "{configuration}");
    work.write("book.toml", "[book]\ntitle = \"Ours\"\n");
    work.run(&["init"]);
    assert_eq!(work.read("book.toml"), "[book]\ntitle = \"Ours\"\n");
}

#[test]
fn what_is_set_up_is_named_from_where_the_command_was_given() {
    let work = Workspace::new().file(".git/HEAD", "ref: refs/heads/main\n");
    let work = work.file("docs/incidents/2026-03-14-slow.md", FINE);
    let said = work.run(&["init", "docs/incidents", "--ci", "gitlab", "--today", TODAY]).expect_code(0);
    for line in [
        "read  1 document in `docs/incidents`, of 2026\n",
        "wrote docs/incidents/book.toml\n",
        "wrote .gitlab-ci.yml\n",
        "Next: read docs/incidents/book.toml, then `afterword serve --open --root docs/incidents`",
    ] {
        assert!(said.stdout.contains(line), "{line}\n{}", said.text());
    }
    let again = run_in(&work.path().join("docs/incidents"), &["init", "--ci", "gitlab"]).expect_code(0);
    assert!(again.stdout.contains("kept  ../../.gitlab-ci.yml"), "{}", again.text());
}

#[test]
fn the_first_check_of_a_folder_that_was_adopted_is_green_and_the_next_finding_is_not() {
    let old = "# Disk full\n\n**Severity:** Sev 2\n\nWe should have known.\n\n## Timeline\n\n- 10:00 it began\n- 10:05 it ended\n";
    let mut work =
        Workspace::new().file("README.md", "# Ours\n").file("docs/setup.md", "# Set up\n\nRun it.\n");
    for at in 1..7 {
        work = work.file(&format!("docs/guide/{at}.md"), "# How to\n\n## Steps\n\nRun it.\n");
        work = work.file(&format!("docs/incidents/2026-0{at}-01-disk.md"), old);
    }
    let said = work.run(&["init", "--today", TODAY]).expect_code(0);
    assert!(
        said.stdout.contains("read  6 documents in `docs/incidents`, of 2026\nfound 1 severity\n"),
        "{}",
        said.text()
    );
    let configuration = work.read("book.toml");
    assert!(configuration.contains("[[severity]] # 6 documents\nid = \"Sev 2\"\n"), "{configuration}");
    assert!(configuration.contains("baseline = \"afterword-baseline.json\""), "{configuration}");
    let clean = work.run(&["check", "--today", TODAY, "--deny-warnings"]).expect_code(0);
    assert!(clean.stdout.starts_with("no findings in 6 documents beside the "), "{}", clean.text());
    work.write("docs/incidents/2026-07-01-disk.md", old);
    work.run(&["check", "--today", TODAY, "--deny-warnings"]).expect_code(1);

    let before = tree(work.path());
    work.run(&["init", "--today", TODAY]).expect_code(0);
    assert_eq!(tree(work.path()), before);
}

#[test]
fn a_new_document_of_every_template_is_read_without_an_error() {
    for template in ["afterword", "google-sre", "five-whys"] {
        let work = Workspace::new().file("postmortems/fine.md", FINE);
        work.run(&["new", "Checkout was slow again", "--template", template, "--today", TODAY])
            .expect_code(0);
        let added: Vec<String> =
            tree(work.path()).into_keys().filter(|path| path.contains("checkout-was-slow-again")).collect();
        assert_eq!(added.len(), 1, "{template}: {added:?}");
        assert!(work.read(&added[0]).contains("Checkout was slow again"), "{template}");
        work.run(&["check", "--today", TODAY]).expect_code(0);
        let again = work.run(&["new", "Checkout was slow again", "--template", template, "--today", TODAY]);
        assert_ne!(again.code, 0, "{template}: a document that is there is not written over");
    }
}

#[test]
fn the_exported_archive_has_every_document() {
    let exported = run_in(&project(), &["export", "json", "--today", TODAY]).expect_code(0).stdout;
    let documents = tree(&project().join("postmortems")).into_keys().filter(|path| is_markdown(path)).count();
    let exported: Value = serde_json::from_str(&exported).unwrap();
    let postmortems = exported["postmortems"].as_array().unwrap();
    assert_eq!(postmortems.len(), documents);
    assert!(postmortems.iter().all(|postmortem| postmortem["title"].is_string()));
}

#[test]
fn a_rule_that_does_not_exist_is_answered_with_the_nearest() {
    let said = run_in(&project(), &["rules", "overdue-actoin"]).expect_code(2).stderr;
    assert!(said.contains("`overdue-action`"), "{said}");
}

#[test]
fn completions_and_schemas_are_printed_for_their_readers() {
    for shell in ["bash", "zsh", "fish"] {
        let script = run_in(&project(), &["completions", shell]).expect_code(0).stdout;
        assert!(script.contains("afterword"), "{shell}");
    }
    for schema in ["front-matter", "config"] {
        let text = run_in(&project(), &["schema", schema]).expect_code(0).stdout;
        let schema: Value = serde_json::from_str(&text).unwrap();
        assert!(schema.get("$schema").is_some(), "{text}");
    }
}

/// A document as teams write them: no front matter, a table of times, a date that could be read either way.
const PLAIN: &str = "\
# Search was slow

**Severity:** SEV2
**Date:** 03/04/2026

## Timeline

| Time (UTC) | What happened |
|---|---|
| 23:52 | Index rebuilt [started] |
| 00:07 | On-call is paged |
| ~00:40 | Replicas added, latency back to normal |

## Action items

| Action | Owner | Status | Due |
|---|---|---|---|
| Rebuild one shard after the other | @search | done | |
| Alert on the age of the index | | | 2026-05-01 |
";

fn plain() -> Workspace {
    Workspace::new()
        .file("book.toml", "")
        .file("postmortems/2026-04-03-search.md", PLAIN)
        .file("postmortems/2026-01-20-pool.md", "# The pool was too small\n\n**Date:** 20/01/2026\n")
}

#[test]
fn one_postmortem_is_shown_as_a_page_and_explained_fact_by_fact() {
    let work = plain();
    let show = |more: &[&str]| {
        let arguments: Vec<&str> =
            ["show", "2026-04", "--today", TODAY].iter().chain(more).copied().collect();
        work.run(&arguments).expect_code(0).stdout
    };
    golden("show.txt", &show(&[]));
    golden("show-explained.txt", &show(&["--explain"]));
    golden("show-explained.json", &show(&["--explain", "--json"]));
    let archive: Value =
        serde_json::from_str(&work.run(&["export", "json", "--today", TODAY]).expect_code(0).stdout).unwrap();
    let one: Value = serde_json::from_str(&show(&["--json"])).unwrap();
    assert_eq!(archive["postmortems"][0], one);
    assert_eq!(one["origins"]["severity"], "label");
    assert_eq!(one["times"]["detected"]["origin"], "inferred");
    assert_eq!(one["timeline"][1]["basis"]["day"], "label");
    assert_eq!(one["timeline"][1]["basis"]["past_midnight"], true);
}

#[test]
fn a_postmortem_that_is_not_there_is_answered_with_the_nearest() {
    let work = plain();
    let missing = work.run(&["show", "serch"]).expect_code(2);
    assert!(missing.stderr.contains("the nearest: `2026-04-03-search`;"), "{}", missing.stderr);
    let several = work.run(&["show", "2026"]).expect_code(2);
    assert!(several.stderr.contains("2 ids begin with `2026`"), "{}", several.stderr);
    work.run(&["show", "postmortems/2026-04-03-search.md"]).expect_code(0);
}
