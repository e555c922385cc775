//! What consumers of findings get, held against their schemas and their limits: whatever a document and its path hold,
//! no report is broken by it and no runner obeys it.

use std::collections::{BTreeMap, BTreeSet};

use afterword::{
    check::RULES,
    diagnostic::{Diagnostic, Finding, Level},
    report::{Format, Here, Look, Report, RulePages},
    source::{SourceFile, Span},
};
use clap::ValueEnum;
use proptest::prelude::*;
use serde_json::Value;

use crate::{
    inert,
    schemas::{CHECKSTYLE, GITLAB, JUNIT, RDJSON, SARIF},
    support::{TODAY, Workspace, command, project, run_in},
};

/// Where the pages of the rules are.
const RULE_PAGES: &str = "https://acme.example/pm/rules/";

const LOOK: Look = Look { color: false, width: 100, quiet: false };

/// Texts that mean something to one reader or another.
const SIGNS: [&str; 44] = [
    "]]>",
    "\n",
    "\r\n",
    "\t",
    "::",
    "::error::x",
    "\n::stop-commands::x\n",
    "##[error]x",
    "%0A",
    "%",
    "\"",
    "'",
    "<b>",
    "&amp;",
    "\u{0}",
    "\u{1b}[31m",
    "\u{9b}",
    "\u{7f}",
    "\u{202e}",
    "\u{2066}",
    "🔥",
    "\u{10ffff}",
    "\u{ffff}",
    "`",
    "|",
    "](https://a.example)",
    "{0}",
    ",",
    ":",
    "word ",
    "@kim ",
    "#12 ",
    "!34",
    "&5 ",
    "GH-6 ",
    "1a2b3c4d ",
    "https://b.example/x ",
    "www.b.example ",
    "![x](y)",
    "$x$ ",
    "- ",
    "1. ",
    "/close ",
    "<img src=x> ",
];

fn signs(size: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(SIGNS.to_vec()), size).prop_map(|signs| signs.concat())
}

fn level() -> impl Strategy<Value = Level> {
    prop::sample::select(vec![Level::Info, Level::Warning, Level::Error])
}

prop_compose! {
    fn diagnostic(path: String)(
        rule in prop::sample::select(RULES.iter().map(|rule| rule.name).collect::<Vec<_>>()),
        level in level(),
        message in signs(1..6),
        label in signs(0..3),
        help in prop::option::of(signs(1..4)),
        other in prop::option::of(signs(0..3)),
        places in prop::array::uniform4(0_usize..80),
    ) -> Diagnostic {
        let mut finding = Finding::new(rule, Span::new(places[0], places[1]), format!("m{message}")).label(label);
        finding.help = help;
        if let Some(other) = other {
            finding = finding.also(Span::new(places[2], places[3]), other);
        }
        Diagnostic { path: path.clone(), level, finding }
    }
}

fn case() -> impl Strategy<Value = (SourceFile, Vec<Diagnostic>)> {
    (signs(1..5), signs(0..20)).prop_flat_map(|(path, text)| {
        let path = format!("{path}.md");
        let source = SourceFile::new(path.clone(), text);
        prop::collection::vec(diagnostic(path), 0..40).prop_map(move |mut diagnostics| {
            diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
            (source.clone(), diagnostics)
        })
    })
}

fn report<'a>(source: &'a SourceFile, diagnostics: &'a [Diagnostic]) -> Report<'a> {
    Report {
        diagnostics,
        sources: BTreeMap::from([(source.path.as_str(), source)]),
        documents: BTreeSet::from([source.path.as_str(), "other.md"]),
        accepted: 0,
        here: Here::default(),
        repository: Here::default(),
        pages: RulePages::new(Some("https://acme.example/pm/"), "rules/{}.html", ""),
        denied: Level::Error,
        since: None,
        about: None,
    }
}

/// Every format of a report, held against what its reader demands.
#[track_caller]
fn check(report: &Report<'_>) {
    let count = report.diagnostics.len();
    for format in Format::value_variants() {
        let text = report.to_text(*format, LOOK);
        let controls: Vec<char> = text.chars().filter(|c| c.is_control() && *c != '\n').collect();
        assert_eq!(controls, Vec::<char>::new(), "{format:?}: {text}");
        let problem = match format {
            Format::Human => None,
            Format::Short => (text.lines().count() != count).then(|| "not a line a finding".to_owned()),
            Format::Json => serde_json::from_str::<Value>(&text).err().map(|error| error.to_string()),
            Format::Jsonl => {
                let objects = text.lines().map(serde_json::from_str::<Value>).collect::<Result<Vec<_>, _>>();
                (objects.unwrap().len() != count).then(|| "not an object a finding".to_owned())
            }
            Format::Github => commands(report, &text).err(),
            Format::Gitlab => GITLAB.check(&text).and_then(|report| unique_fingerprints(&report)).err(),
            Format::Sarif => SARIF.check(&text).and_then(|log| places_of_sarif(report, &log)).err(),
            Format::Junit => JUNIT.check(&text).err(),
            Format::Rdjson => RDJSON.check(&text).err(),
            Format::Checkstyle => CHECKSTYLE.check(&text).err(),
            Format::Markdown if text.chars().count() > 65_536 => Some("too long for a comment".to_owned()),
            Format::Markdown => inert::check(&text, &[RULE_PAGES]).err(),
        };
        assert_eq!(problem, None, "{format:?}:\n{text}");
    }
}

/// Reads a log as the runner of GitHub Actions does: the commands that it obeys are those that were meant.
fn commands(report: &Report<'_>, text: &str) -> Result<(), String> {
    let of = |level: Level| report.count(level).min(10);
    let mut left = BTreeMap::from([
        ("error", of(Level::Error)),
        ("warning", of(Level::Warning)),
        ("notice", of(Level::Info)),
        (
            "group",
            usize::from(of(Level::Error) + of(Level::Warning) + of(Level::Info) < report.diagnostics.len()),
        ),
    ]);
    left.insert("endgroup", left["group"]);
    for line in text.lines() {
        let Some(command) = line.trim_start().strip_prefix("::") else {
            if line.contains("##[") {
                return Err(format!("a command of the old form: {line}"));
            }
            continue;
        };
        let (head, _) = command.split_once("::").ok_or_else(|| format!("no end: {line}"))?;
        let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
        let left = left.get_mut(name).ok_or_else(|| format!("not ours: {line}"))?;
        *left = left.checked_sub(1).ok_or_else(|| format!("one too many: {line}"))?;
        let names: Vec<&str> = properties.split(',').filter_map(|pair| pair.split('=').next()).collect();
        let known = ["file", "line", "endLine", "col", "endColumn", "title", ""];
        if !names.iter().all(|name| known.contains(name)) {
            return Err(format!("a property that was not meant: {line}"));
        }
    }
    left.values().all(|left| *left == 0).then_some(()).ok_or_else(|| format!("missing: {left:?}"))
}

fn unique_fingerprints(report: &Value) -> Result<(), String> {
    let issues = report.as_array().unwrap();
    let prints: BTreeSet<&str> = issues.iter().filter_map(|issue| issue["fingerprint"].as_str()).collect();
    (prints.len() == issues.len()).then_some(()).ok_or_else(|| "two findings have one fingerprint".to_owned())
}

/// Regions mark the very text of the finding when columns are counted as the log says.
fn places_of_sarif(report: &Report<'_>, log: &Value) -> Result<(), String> {
    let run = &log["runs"][0];
    let source = report.sources.values().next().unwrap();
    if run["columnKind"] != "utf16CodeUnits" {
        return Err("columns of another kind".to_owned());
    }
    let lines: Vec<Vec<u16>> = source.text.split('\n').map(|line| line.encode_utf16().collect()).collect();
    for (result, diagnostic) in run["results"].as_array().unwrap().iter().zip(report.diagnostics) {
        let rule =
            &run["tool"]["driver"]["rules"][usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        if rule["id"] != result["ruleId"] {
            return Err(format!("another rule: {result}"));
        }
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let number = |name: &str| usize::try_from(region[name].as_u64().unwrap()).unwrap();
        if number("startLine") != number("endLine") {
            continue;
        }
        let line = &lines[number("startLine") - 1];
        let marked = String::from_utf16_lossy(&line[number("startColumn") - 1..number("endColumn") - 1]);
        if marked != source.slice(diagnostic.finding.span) {
            return Err(format!("{marked:?} is marked by {region}"));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_a_format_or_commands_a_runner((source, diagnostics) in case()) {
        check(&report(&source, &diagnostics));
    }

    #[test]
    fn no_text_does_anything_in_a_step_summary((source, diagnostics) in case()) {
        let summary = report(&source, &diagnostics).step_summary();
        prop_assert_eq!(inert::check(&summary, &[RULE_PAGES]), Ok(()));
    }
}

/// Ten thousand findings in a hundred documents' worth of text.
fn crowd() -> (SourceFile, Vec<Diagnostic>) {
    let line = "a line with something in it\n";
    let diagnostics = (0..10_000_usize)
        .map(|at| {
            let rule = &RULES[at % RULES.len()];
            let finding =
                Finding::new(rule.name, Span::new(at * line.len(), at * line.len() + 6), format!("`{at}`"));
            let level = if rule.default_level == Level::Allow { Level::Info } else { rule.default_level };
            Diagnostic { path: "a.md".to_owned(), level, finding: finding.help("do something about it") }
        })
        .collect();
    (SourceFile::new("a.md", line.repeat(10_000)), diagnostics)
}

#[test]
fn ten_thousand_findings_are_a_page_for_people_and_whole_for_programs() {
    let (source, diagnostics) = crowd();
    let report = report(&source, &diagnostics);
    check(&report);
    let human = report.to_text(Format::Human, LOOK);
    assert!(human.lines().count() < 1_000, "{} lines", human.lines().count());
    assert!(human.contains("shown are the 100 loudest of 10000 findings"), "{human}");
    assert!(RULES.iter().all(|rule| human.contains(rule.name)));
    let sarif: Value = serde_json::from_str(&report.to_text(Format::Sarif, LOOK)).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), 10_000);
    let notice = sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"].to_string();
    assert!(notice.contains("GitHub shows the loudest 5000 of these 10000 findings"), "{notice}");
    for (format, most) in [(Format::Sarif, 10 << 20), (Format::Junit, 30 << 20), (Format::Gitlab, 10 << 20)] {
        let size = report.to_text(format, LOOK).len();
        assert!(size < most, "{format:?}: {size} bytes");
    }
    let step = report.step_summary();
    assert!(step.len() < 1 << 20 && step.contains("more are not shown here"), "{step}");
    let comment = report.to_text(Format::Markdown, LOOK);
    assert!(comment.len() < 65_536 && comment.contains("| [secret](<"), "{comment}");
    assert!(comment.contains("more are not shown here"), "{comment}");
}

#[test]
fn the_program_prints_every_format_of_the_demonstration() {
    for format in Format::value_variants() {
        let name = format.to_possible_value().unwrap().get_name().to_owned();
        let printed = run_in(&project(), &["check", "--format", &name, "--today", TODAY]).expect_code(0);
        let problem = match format {
            Format::Human | Format::Short | Format::Github | Format::Json | Format::Jsonl => None,
            Format::Gitlab => GITLAB.check(&printed.stdout).err(),
            Format::Sarif => SARIF.check(&printed.stdout).err(),
            Format::Rdjson => RDJSON.check(&printed.stdout).err(),
            Format::Junit => JUNIT.check(&printed.stdout).err(),
            Format::Checkstyle => CHECKSTYLE.check(&printed.stdout).err(),
            Format::Markdown => inert::check(&printed.stdout, &["https://"]).err(),
        };
        assert_eq!((problem, printed.stderr.as_str()), (None, ""), "{name}");
    }
}

const BROKEN: &str = "+++\ntitle = \"Broken\"\ndate = = 2026-03-14\n+++\n\nText.\n";

#[test]
fn forges_get_paths_from_the_top_of_the_repository_and_people_from_where_they_are() {
    let work = Workspace::new().file(".git/HEAD", "").file("docs/kb/postmortems/a.md", BROKEN);
    let print = |format: &str| {
        let folder = work.path().join("docs");
        run_in(&folder, &["check", "--root", "kb", "--today", TODAY, "--format", format])
            .expect_code(1)
            .stdout
    };
    assert!(print("short").contains("\nkb/postmortems/a.md:3:"), "{}", print("short"));
    assert!(print("github").contains(" file=docs/kb/postmortems/a.md,line=3,"), "{}", print("github"));
    assert!(print("gitlab").contains("\"path\": \"docs/kb/postmortems/a.md\""), "{}", print("gitlab"));
    assert!(print("sarif").contains("\"uri\":\"docs/kb/postmortems/a.md\""), "{}", print("sarif"));
    assert!(print("rdjson").contains("\"path\": \"kb/postmortems/a.md\""), "{}", print("rdjson"));
    assert!(print("checkstyle").contains("name=\"kb/postmortems/a.md\""), "{}", print("checkstyle"));
}

#[test]
fn a_step_summary_is_added_to_what_other_steps_have_written() {
    let work = Workspace::new().file("postmortems/a.md", BROKEN).file("page.md", "before\n");
    let run = |format: &str| {
        command(work.path(), &["check", "--today", TODAY, "--format", format])
            .env("GITHUB_STEP_SUMMARY", work.path().join("page.md"))
            .output()
            .unwrap()
    };
    run("human");
    assert_eq!(work.read("page.md"), "before\n");
    run("github");
    let page = work.read("page.md");
    assert!(
        page.starts_with("before\n<!-- afterword -->\n### Afterword: the check fails\n\n2 errors"),
        "{page}"
    );
    assert!(page.contains("- `line 3` "), "{page}");
}

#[test]
fn a_test_fails_exactly_when_the_check_does() {
    let text = "# Late\n\n## Timeline\n\n- 2026-03-14 13:02 begins\n- 2026-03-14 12:58 ends\n\nTODO\n";
    let work = Workspace::new()
        .file("postmortems/late.md", text)
        .file("book.toml", "[check]\nwarn = [\"missing-section\"]\n");
    let print = |more: &[&str], code| {
        let arguments = [&["check", "--today", TODAY, "--format", "junit"], more].concat();
        work.run(&arguments).expect_code(code).stdout
    };
    let quiet = print(&[], 0);
    assert!(!quiet.contains("<failure") && quiet.contains("<system-out>"), "{quiet}");
    assert!(print(&["--deny-warnings"], 1).contains("<failure message="));
}
