//! What a change brings, on its lines and elsewhere, in repositories of real git; and what is said when git refuses.

use std::{fmt::Write as _, fs};

use serde_json::Value;

use crate::support::{Output, TODAY, Workspace, command, git, golden};

const POOL: &str = "\
+++
title = \"The pool was too small\"
date = 2026-03-14
status = \"final\"
services = [\"checkout\"]
+++

## Summary

We should have known about the pool.

## Impact

Checkouts failed for some users.

## Action items

- [ ] Alert on the saturation of the pool (owner: storefront, due: 2027-01-10, SHOP-1)
";

const DISK: &str = "\
+++
title = \"The disk was full\"
date = 2026-04-02
+++

## Summary

It was as on [the other day](2026-03-14-pool.md).
";

/// A repository in which both documents are committed.
fn repository() -> Workspace {
    let work = Workspace::new()
        .file("postmortems/2026-03-14-pool.md", POOL)
        .file("postmortems/2026-04-02-disk.md", DISK);
    git(work.path(), &["init", "--quiet"]);
    commit(&work);
    work
}

fn commit(work: &Workspace) {
    git(work.path(), &["add", "--all"]);
    git(work.path(), &["commit", "--quiet", "--message", "x"]);
}

fn check(work: &Workspace, since: &str, more: &[&str]) -> Output {
    let arguments: Vec<&str> =
        ["check", "--today", TODAY, "--since", since].iter().chain(more).copied().collect();
    let mut output = work.run(&arguments);
    let head = git(work.path(), &["rev-parse", "HEAD~0"]);
    for commit in git(work.path(), &["log", "--format=%H", "--all"]).lines().chain([head.trim()]) {
        output.stdout = output.stdout.replace(commit, "COMMIT").replace(&commit[..8], "COMMIT");
    }
    output
}

/// The findings, a line each, without the conclusion.
fn found(output: &Output) -> Vec<&str> {
    output.stdout.lines().filter(|line| line.contains(": ") && line.contains('[')).collect()
}

/// The conclusion.
fn last(output: &Output) -> &str {
    output.stdout.lines().next_back().unwrap_or_default()
}

fn short(work: &Workspace, since: &str) -> Output {
    check(work, since, &["--format", "short", "--deny-warnings"])
}

#[test]
fn findings_on_changed_lines_and_those_that_the_change_causes_are_told_apart() {
    let work = repository();
    let path = "postmortems/2026-03-14-pool.md";
    git(work.path(), &["mv", "postmortems/2026-04-02-disk.md", "postmortems/2026-04-02-disk-full.md"]);
    fs::remove_file(work.path().join(path)).unwrap();
    work.write(
        "postmortems/pool.md",
        POOL.replace("for some users.", "for some users.\n\nWe should have known."),
    );
    for (format, file) in [("human", "since.txt"), ("json", "since.json"), ("github", "since-github.txt")] {
        let output = check(&work, "HEAD", &["--format", format, "--deny-warnings"]).expect_code(1);
        golden(file, &output.stdout);
    }
    let sarif = check(&work, "HEAD", &["--format", "sarif"]).expect_code(0).stdout;
    let sarif: Value = serde_json::from_str(&sarif).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert!(results.iter().all(|result| result["baselineState"] == "new"), "{results:?}");
    let lines = check(&work, "HEAD", &["--format", "jsonl"]).expect_code(0).stdout;
    let on_lines: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["on_changed_line"].clone())
        .collect();
    assert_eq!(on_lines, [false, true, true]);
}

#[test]
fn what_stands_as_it_did_is_not_reported_wherever_it_has_moved() {
    let work = repository();
    let clean = short(&work, "HEAD").expect_code(0);
    assert_eq!(found(&clean), Vec::<&str>::new());
    assert!(
        last(&clean).starts_with("no findings in 2 documents since `HEAD` (COMMIT); "),
        "{}",
        clean.text()
    );
    let path = "postmortems/2026-03-14-pool.md";
    work.write(path, POOL.replace("## Summary\n", "A line of no consequence.\n\n## Summary\n"));
    short(&work, "HEAD").expect_code(0);
    // Renamed without telling git, and with git, into another folder, with letters of all kinds.
    let path = "postmortems/2026/møte \"a\" b.md";
    fs::remove_file(work.path().join("postmortems/2026-04-02-disk.md")).unwrap();
    work.write(path, DISK.replace("(2026", "(../2026"));
    short(&work, "HEAD").expect_code(0);
    git(work.path(), &["add", "--all"]);
    short(&work, "HEAD").expect_code(0);
    commit(&work);
    assert_eq!(found(&short(&work, "HEAD~1").expect_code(0)), Vec::<&str>::new());
}

#[test]
fn a_new_document_counts_as_a_whole_tracked_or_not() {
    let work = repository();
    work.write("postmortems/2026-05-01-new.md", POOL.replace("pool", "queue"));
    let untracked = short(&work, "HEAD").expect_code(1);
    git(work.path(), &["add", "--all"]);
    let staged = short(&work, "HEAD").expect_code(1);
    commit(&work);
    let committed = short(&work, "HEAD~1").expect_code(1);
    let lines = found(&committed);
    assert!(lines.iter().all(|line| line.starts_with("postmortems/2026-05-01-new.md:")), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("hindsight")), "{lines:?}");
    assert_eq!((found(&untracked), found(&staged)), (lines.clone(), lines));
}

#[test]
fn what_the_configuration_makes_louder_is_caused_by_it() {
    let work = repository();
    work.write("book.toml", "[check]\ndeny = [\"hindsight\"]\n");
    let louder = short(&work, "HEAD").expect_code(1);
    assert_eq!(
        louder.stdout.lines().next().unwrap(),
        "postmortems/2026-03-14-pool.md:10:4: error[hindsight]: `should have known` knows more than anybody knew \
         then, and so hides how it looked"
    );
    commit(&work);
    short(&work, "HEAD").expect_code(0);
    work.write("book.toml", "[check]\nallow = [\"hindsight\"]\n");
    short(&work, "HEAD").expect_code(0);
    // Another folder of documents is another archive.
    work.write("book.toml", "[book]\nsrc = \"elsewhere\"\n");
    work.write("elsewhere/a.md", POOL);
    short(&work, "HEAD").expect_code(1);
    commit(&work);
    work.write("book.toml", "");
    short(&work, "HEAD").expect_code(1);
}

#[test]
fn it_goes_together_with_paths_and_a_baseline() {
    let work = repository();
    work.write("postmortems/2026-05-01-new.md", POOL.replace("pool", "queue"));
    let arguments = ["--format", "short", "--deny-warnings", "postmortems/2026-04-02-disk.md"];
    check(&work, "HEAD", &arguments).expect_code(0);
    work.run(&["check", "--today", TODAY, "--update-baseline", "--baseline", "b.json"]).expect_code(0);
    check(&work, "HEAD", &["--deny-warnings", "--baseline", "b.json"]).expect_code(0);
    let both = work.run(&["check", "--since", "HEAD", "--update-baseline"]).expect_code(2);
    assert!(both.stderr.contains("cannot be used with"), "{}", both.stderr);
}

#[test]
fn the_archive_may_be_a_folder_of_the_repository_a_work_tree_or_a_submodule() {
    let inner = repository();
    let outer = Workspace::new().file("services/a/README.md", "# A\n");
    git(outer.path(), &["init", "--quiet"]);
    git(outer.path(), &["submodule", "--quiet", "add", &inner.path().display().to_string(), "kb/sub"]);
    outer.write("kb/book.toml", "[book]\nsrc = [\"own\", \"sub/postmortems\"]\n");
    outer.write("kb/own/a.md", POOL);
    commit(&outer);
    let root = ["--root", "kb", "--format", "short", "--deny-warnings"];
    check(&outer, "HEAD", &root).expect_code(0);
    outer.write("kb/own/a.md", POOL.replace("for some users.", "for some users.\n\nWe should have known."));
    outer.write("kb/sub/postmortems/2026-04-02-disk.md", DISK.replace("(2026", "(1999"));
    let tree = outer.path().join("tree");
    let both = check(&outer, "HEAD", &root).expect_code(1);
    let places: Vec<&str> = found(&both).iter().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(
        places,
        ["kb/own/a.md:16:4", "kb/own/a.md:16:4", "kb/sub/postmortems/2026-04-02-disk.md:8:14"]
    );
    git(outer.path(), &["worktree", "add", "--quiet", &tree.display().to_string()]);
    fs::remove_file(tree.join("kb/own/a.md")).unwrap();
    let removed = command(&tree, &["check", "--root", "kb", "--since", "main"]).output().unwrap();
    // The submodule is not checked out in the new work tree: that is said, and the rest is compared.
    assert_eq!(removed.status.code(), Some(1), "{removed:?}");
    let said = String::from_utf8_lossy(&removed.stdout);
    assert!(
        said.contains("the folder `sub/postmortems` is not there") && said.contains("removed-action"),
        "{said}"
    );
}

#[test]
fn a_folder_that_has_moved_as_a_whole_holds_nothing_new() {
    let work = Workspace::new()
        .file("old/book.toml", "[check]\ndeny = [\"hindsight\"]\n")
        .file("old/postmortems/a.md", POOL);
    git(work.path(), &["init", "--quiet"]);
    commit(&work);
    git(work.path(), &["mv", "old", "new"]);
    check(&work, "HEAD", &["--root", "new", "--deny-warnings"]).expect_code(0);
}

#[test]
fn no_setting_and_no_hook_of_git_changes_the_answer() {
    let work = repository();
    let script = work.path().join(".git/hooks/script");
    fs::create_dir_all(script.parent().unwrap()).unwrap();
    fs::write(&script, format!("#!/bin/sh\ntouch '{}'\n", work.path().join("ran").display())).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    }
    fs::copy(&script, work.path().join(".git/hooks/post-index-change")).unwrap();
    let script = script.display().to_string();
    for (name, value) in [
        ("core.fsmonitor", script.as_str()),
        ("core.pager", script.as_str()),
        ("diff.external", script.as_str()),
        ("diff.orderFile", "nowhere"),
        ("diff.renames", "false"),
        ("diff.relative", "true"),
        ("diff.noprefix", "true"),
        ("color.ui", "always"),
        ("core.quotePath", "true"),
    ] {
        git(work.path(), &["config", name, value]);
    }
    git(work.path(), &["mv", "postmortems/2026-04-02-disk.md", "postmortems/2026-04-02-tåke.md"]);
    fs::remove_file(work.path().join("ran")).unwrap_or_default();
    assert_eq!(found(&short(&work, "HEAD").expect_code(0)), Vec::<&str>::new());
    let arguments = ["check", "--since", "HEAD", "--today", TODAY];
    let in_hook = command(&work.path().join("postmortems"), &arguments)
        .envs([("GIT_DIR", ".git"), ("GIT_INDEX_FILE", ".git/none"), ("GIT_EXTERNAL_DIFF", &script)])
        .output()
        .unwrap();
    assert_eq!(in_hook.status.code(), Some(0), "{in_hook:?}");
    assert!(!work.path().join("ran").exists());
}

#[test]
fn what_git_refuses_is_explained_with_the_next_step() {
    let said = |work: &Workspace, since: &str| {
        let output = work.run(&["check", "--since", since]).expect_code(2);
        output.stderr.replace(&work.path().canonicalize().unwrap().display().to_string(), "FOLDER")
    };
    let mut all = String::new();
    let mut tell = |title: &str, said: String| {
        writeln!(all, "# {title}\n{said}").unwrap();
    };
    let bare = Workspace::new().file("postmortems/a.md", POOL);
    tell("no repository", said(&bare, "main"));
    git(bare.path(), &["init", "--quiet"]);
    tell("no commit", said(&bare, "main"));

    let work = repository();
    tell("nothing", said(&work, ""));
    tell("an option", work.run(&["check", "--since=--output=x"]).expect_code(2).stderr);
    tell("unknown", said(&work, "origin/main"));
    git(work.path(), &["update-ref", "refs/remotes/origin/release", "HEAD"]);
    tell("at the remote", said(&work, "release"));
    git(work.path(), &["checkout", "--quiet", "--orphan", "other"]);
    work.write("other.txt", "");
    commit(&work);
    tell("unrelated", said(&work, "main"));

    git(work.path(), &["checkout", "--quiet", "-b", "branch", "main"]);
    work.write("postmortems/b.md", POOL);
    commit(&work);
    let clone = Workspace::new();
    let from = format!("file://{}", work.path().display());
    git(clone.path(), &["clone", "--quiet", "--depth", "1", "--branch", "branch", &from, "."]);
    tell("shallow, unknown", said(&clone, "origin/main"));
    git(clone.path(), &["fetch", "--quiet", "--depth", "1", "origin", "main:refs/remotes/origin/main"]);
    tell("shallow", said(&clone, "origin/main"));

    let arguments = ["check", "--since", "main"];
    let no_git = command(work.path(), &arguments).env("PATH", "/nowhere").output().unwrap();
    tell("no git", String::from_utf8(no_git.stderr).unwrap());
    let other = command(work.path(), &arguments)
        .envs([("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null")])
        .output()
        .unwrap();
    let other = String::from_utf8(other.stderr).unwrap();
    tell(
        "another owner",
        other.replace(&work.path().canonicalize().unwrap().display().to_string(), "FOLDER"),
    );
    golden("since-refused.txt", &all);
}

#[test]
fn rules_about_change_look_at_what_a_document_was() {
    let work = repository();
    let path = "postmortems/2026-03-14-pool.md";
    let item = "- [ ] Alert on the saturation of the pool (owner: storefront, due: 2027-01-10, SHOP-1)\n";
    let rules = |output: &Output| -> Vec<String> {
        let lines = output.stdout.lines().filter(|line| line.starts_with(path)).map(|line| {
            let (place, rest) = line.split_once(": ").unwrap();
            format!("{} {}", &place[path.len() + 1..], rest.split(": ").next().unwrap())
        });
        lines.collect()
    };
    work.write(path, POOL.replace("2027-01-10", "2027-02-10").replace("\"final\"", "\"draft\""));
    let slipped = rules(&short(&work, "HEAD"));
    assert!(slipped.contains(&"4:10 warning[status-went-back]".to_owned()), "{slipped:?}");
    assert!(slipped.iter().any(|line| line.ends_with("hint[slipped-due-date]")), "{slipped:?}");
    work.write(path, POOL.replace(item, ""));
    assert!(rules(&short(&work, "HEAD")).iter().any(|line| line.ends_with("warning[removed-action]")));
    assert!(
        !rules(&work.run(&["check", "--format", "short"])).iter().any(|line| line.contains("removed-action"))
    );
    // Gone with its document, whose path is all that is left to point at.
    fs::remove_file(work.path().join(path)).unwrap();
    let gone = short(&work, "HEAD").expect_code(1);
    assert_eq!(rules(&gone), ["1:1 warning[removed-action]"], "{}", gone.text());
}
