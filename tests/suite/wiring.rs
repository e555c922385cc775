//! What makes other systems run Afterword: the action, the hooks, and the files of `afterword init --ci`, held against
//! the schemas of those systems and against the program that they call.

use std::collections::{BTreeMap, BTreeSet};

use afterword::data::{Node, Value, yaml};
use regex::Regex;
use serde_json::Value as Json;

use crate::{
    schemas::{GITHUB_ACTION, GITHUB_WORKFLOW, GITLAB_CI},
    support::{TODAY, Workspace, project, read, run_in, tree},
};

const SYSTEMS: [&str; 6] = ["github", "github-pages", "gitlab", "gitlab-pages", "pre-commit", "reviewdog"];

const DOCUMENT: &str = "# Checkout was slow\n\nThe pool was sized per host.\n";

/// A YAML text as JSON; one that is not YAML fails the test.
#[track_caller]
fn from_yaml(text: &str) -> Json {
    fn json(node: &Node) -> Json {
        match &node.value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::Integer(value) => (*value).into(),
            Value::Float(value) => (*value).into(),
            Value::String(text) | Value::Datetime(text) => Json::String(text.clone()),
            Value::List(items) => items.iter().map(json).collect(),
            Value::Table(entries) => {
                entries.iter().map(|entry| (entry.key.clone(), json(&entry.value))).collect()
            }
        }
    }
    let (node, problems) = yaml::parse(text, 0);
    assert!(problems.is_empty(), "{problems:?}\n{text}");
    json(&node)
}

/// The files that `afterword init --ci` writes for every system into a folder with a document, by path.
fn written() -> BTreeMap<String, String> {
    let work = Workspace::new().file("postmortems/slow.md", DOCUMENT);
    let before = tree(work.path());
    let systems = SYSTEMS.iter().flat_map(|system| ["--ci", system]);
    let arguments: Vec<&str> = ["init", "--today", TODAY].into_iter().chain(systems).collect();
    work.run(&arguments).expect_code(0);
    tree(work.path())
        .into_iter()
        .filter(|(path, _)| !before.contains_key(path) && path.starts_with('.'))
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect()
}

/// Every option, and the format, that a text gives a command of Afterword, however it names the program.
fn options(text: &str) -> BTreeSet<(String, String)> {
    let call = Regex::new(r#"afterword"? (check|build)\b([^\n|>]*)"#).unwrap();
    let option = Regex::new(r"(?:^|[^\w-])(--[a-z][a-z-]+)(?: ([a-z]+)\b)?").unwrap();
    let mut found = BTreeSet::new();
    for call in call.captures_iter(text) {
        for option in option.captures_iter(&call[2]) {
            found.insert((call[1].to_owned(), option[1].to_owned()));
            if let Some(format) = option.get(2).filter(|_| &option[1] == "--format") {
                found.insert((call[1].to_owned(), format.as_str().to_owned()));
            }
        }
    }
    found
}

#[test]
fn every_option_that_the_files_use_exists() {
    let mut used = BTreeSet::new();
    for text in written().values().cloned().chain([read("action.yml"), read(".pre-commit-hooks.yaml")]) {
        used.append(&mut options(&text));
    }
    let names: Vec<&str> = used.iter().map(|(_, option)| option.as_str()).collect();
    for name in ["--out", "--root", "--since", "rdjson"] {
        assert!(names.contains(&name), "{name} is not in {names:?}");
    }
    let help = |command| run_in(&project(), &[command, "--help"]).expect_code(0).stdout;
    let helps = BTreeMap::from([("check", help("check")), ("build", help("build"))]);
    for (command, option) in used {
        let known = Regex::new(&format!(r"(?m)^ +(-\w, |- )?{option}\b")).unwrap();
        assert!(known.is_match(&helps[command.as_str()]), "`{command}` has no `{option}`");
    }
}

#[test]
fn every_file_that_init_writes_is_valid_for_its_system() {
    let files = written();
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            ".github/afterword.sh",
            ".github/workflows/afterword-pages.yml",
            ".github/workflows/afterword-reviewdog.yml",
            ".github/workflows/afterword.yml",
            ".gitlab-ci.yml",
            ".gitlab/afterword-pages.yml",
            ".gitlab/afterword.yml",
            ".pre-commit-config.yaml",
        ]
    );
    for (path, text) in &files {
        assert!(!text.contains("{{ version") && !text.contains("{{ root"), "{path}:\n{text}");
        let schema = match path.as_str() {
            path if path.starts_with(".github/workflows/") => &GITHUB_WORKFLOW,
            path if path.starts_with(".gitlab") => &GITLAB_CI,
            _ => continue,
        };
        schema.check(&from_yaml(text).to_string()).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    let hook = &from_yaml(&files[".pre-commit-config.yaml"])["repos"][0]["hooks"][0];
    assert_eq!(hook["entry"], "afterword check --root .");
    let pattern = Regex::new(hook["files"].as_str().unwrap()).unwrap();
    let asked: Vec<&str> =
        ["postmortems/a.md", "postmortems/2026/B.MD", "book.toml", "README.md", "x/book.toml"]
            .into_iter()
            .filter(|path| pattern.is_match(path))
            .collect();
    assert_eq!(asked, ["postmortems/a.md", "postmortems/2026/B.MD", "book.toml"]);
}

#[test]
fn the_action_is_valid_and_gives_its_scripts_nothing_but_variables() {
    let action = from_yaml(&read("action.yml"));
    GITHUB_ACTION.check(&action.to_string()).unwrap_or_else(|error| panic!("{error}"));
    let inputs = action["inputs"].as_object().unwrap();
    let text = action["runs"].to_string();
    for input in inputs.keys() {
        assert!(text.contains(&format!("inputs.{input} ")), "`{input}` is not used");
    }
    let workflows = written().into_iter().filter(|(path, _)| path.starts_with(".github/workflows/"));
    let workflows: Vec<Json> = workflows.map(|(_, text)| from_yaml(&text)).collect();
    let jobs = workflows.iter().flat_map(|workflow| workflow["jobs"].as_object().unwrap().values());
    let steps: Vec<&Json> =
        jobs.chain([&action["runs"]]).flat_map(|job| job["steps"].as_array().unwrap()).collect();
    let scripts: Vec<&str> = steps.iter().filter_map(|step| step["run"].as_str()).collect();
    assert!(scripts.len() > 6, "{scripts:?}");
    for script in scripts {
        assert!(!script.contains("${{"), "a script that an expression could change: {script}");
    }
    let major = Regex::new(r"^[\w-]+/[\w/-]+@v\d+$").unwrap();
    for action in steps.iter().filter_map(|step| step["uses"].as_str()) {
        assert!(major.is_match(action), "{action}");
    }
}

#[test]
fn the_hook_is_what_pre_commit_expects_and_asks_for_every_file_that_is_read() {
    let hooks = from_yaml(&read(".pre-commit-hooks.yaml"));
    for hook in hooks.as_array().unwrap() {
        assert_eq!((&hook["language"], &hook["require_serial"]), (&"rust".into(), &true.into()));
        assert!(hook["entry"].as_str().unwrap().starts_with("afterword check"), "{hook}");
        let pattern = Regex::new(hook["files"].as_str().unwrap()).unwrap();
        for (path, is_asked) in [
            ("a.md", true),
            ("kb/A.MDX", true),
            ("kb/book.toml", true),
            ("a.mdy", false),
            ("mybook.toml", false),
        ] {
            assert_eq!(pattern.is_match(path), is_asked, "{path}");
        }
    }
}

#[test]
fn a_file_that_others_have_a_part_in_is_not_changed() {
    let hooks = "repos:\n  - repo: https://example.com/hooks\n    rev: v1\n    hooks:\n      - id: spaces\n";
    let work = Workspace::new()
        .file(".git/HEAD", "")
        .file("our kb/postmortems/slow.md", DOCUMENT)
        .file(".pre-commit-config.yaml", hooks)
        .file(".gitlab-ci.yml", "include:\n  - local: other.yml\n");
    let arguments = ["init", "our kb", "--ci", "pre-commit", "--ci", "gitlab", "--today", TODAY];
    let said = work.run(&arguments).expect_code(0).stdout;
    let add = "\nadd this to .gitlab-ci.yml, below `include:`:\n\n  - local: .gitlab/afterword.yml\n";
    assert!(said.contains(add), "{said}");
    let (_, lines) = said
        .split_once("\nadd this to .pre-commit-config.yaml, below `repos:`:\n\n")
        .unwrap_or_else(|| panic!("{said}"));
    let (lines, _) = lines.split_once("\n\n").unwrap();
    assert_eq!(work.read(".pre-commit-config.yaml"), hooks);
    assert!(work.read(".gitlab/afterword.yml").contains("AFTERWORD_ROOT: our kb\n"));

    let both = format!("{hooks}{lines}\n");
    let hook = &from_yaml(&both)["repos"][1]["hooks"][0];
    assert_eq!(hook["entry"], "afterword check --root 'our kb'");
    work.write(".pre-commit-config.yaml", &both);
    work.write(".gitlab-ci.yml", "include:\n  - local: .gitlab/afterword.yml\n");
    let before = tree(work.path());
    let again = work.run(&arguments).expect_code(0).stdout;
    for kept in ["our kb/book.toml", ".gitlab/afterword.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"] {
        assert!(again.contains(&format!("kept  {kept}, which was there already\n")), "{again}");
    }
    assert_eq!(tree(work.path()), before);
}
