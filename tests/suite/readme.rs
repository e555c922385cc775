//! What README.md says, held against what the program does. `UPDATE=1` rewrites the generated tables.

use std::{env, fmt::Write as _, fs};

use afterword::check::{Group, RULES};
use regex::Regex;

use crate::support::{Output, diff, project, read, run_in};

fn afterword(arguments: &[&str]) -> Output {
    run_in(&project(), arguments).expect_code(0)
}

/// The lines that README.md tells people to type, without the prompt and without what follows a `#`.
fn typed_lines(document: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut inside = false;
    for line in document.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            lines.push(command.split(" # ").next().unwrap_or(command).trim().to_owned());
        }
    }
    lines
}

/// Compares the text between `<!-- name -->` and `<!-- /name -->` with what it should be.
#[track_caller]
fn generated(name: &str, expected: &str) {
    let document = read("README.md");
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = document.split_once(&open).expect("a marker where the text begins");
    let (actual, after) = rest.split_once(&close).expect("a marker where the text ends");
    if actual == expected {
        return;
    }
    assert!(env::var_os("UPDATE").is_some(), "README.md, {name}:\n{}", diff(expected, actual));
    fs::write(project().join("README.md"), format!("{before}{open}{expected}{close}{after}")).unwrap();
}

#[test]
fn every_command_in_the_readme_exists_with_its_options() {
    let option = Regex::new(r"--[a-z-]+").unwrap();
    let mut seen = 0;
    for line in typed_lines(&read("README.md")) {
        let Some(rest) =
            line.strip_prefix("afterword ").or_else(|| line.strip_prefix("cargo run --release -- "))
        else {
            continue;
        };
        seen += 1;
        let command = rest.split_whitespace().next().unwrap();
        let help = afterword(&[command, "--help"]).stdout;
        for found in option.find_iter(rest) {
            assert!(
                help.contains(found.as_str()),
                "`{line}`: `{}` is not in the help:\n{help}",
                found.as_str()
            );
        }
    }
    assert!(seen >= 5, "{seen} commands in README.md");
}

#[test]
fn the_readme_lists_every_command() {
    let help = afterword(&["--help"]).stdout;
    let commands = help.split_once("Commands:\n").expect("commands in the help").1;
    let mut rows = String::new();
    for line in commands.lines().take_while(|line| !line.trim().is_empty()) {
        let (name, about) = line.trim().split_once(' ').expect("a name and what it does");
        writeln!(rows, "| `afterword {name}` | {} |", about.trim()).unwrap();
    }
    generated("commands", &format!("\n| command | what it does |\n|---|---|\n{rows}\n"));
}

#[test]
fn the_readme_lists_every_rule() {
    let mut list = String::new();
    for group in Group::ALL {
        let names: Vec<String> = RULES
            .iter()
            .filter(|rule| rule.group == group)
            .map(|rule| format!("[`{}`](src/check/rules/{}.md)", rule.name, rule.name.replace('-', "_")))
            .collect();
        writeln!(list, "- **{}.** {}? {}", capitalised(group.word()), group.summary(), names.join(", "))
            .unwrap();
    }
    generated("rules", &format!("\n{list}\n"));
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}

#[test]
fn the_readme_links_to_what_is_there() {
    let link = Regex::new(r"\]\(([^)]+)\)").unwrap();
    for found in link.captures_iter(&read("README.md")) {
        let target = &found[1];
        assert!(target.contains("://") || project().join(target).exists(), "`{target}` is not there");
    }
}
