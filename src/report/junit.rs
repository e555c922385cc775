//! `JUnit` XML: each document is a suite, each rule that has something to say about it is a test.
//!
//! A test fails when its findings fail the check; quieter ones pass, with the findings as their output. The name of a
//! test is the document and the rule, so that a server can follow it from run to run. GitLab reads at the most 30 MB and
//! some 250,000 elements and attributes, and of tests with one name the first: hence the limits.

use std::{cmp::Reverse, collections::BTreeMap};

use serde::Serialize;

use crate::{
    diagnostic::{Diagnostic, Level},
    report::{
        Report,
        place::advice,
        visible, word,
        xml::{legal, to_xml},
    },
    source::Unit,
    words::Count,
};

/// More tests than this are not listed, the quietest first.
const TESTS: usize = 10_000;

/// More findings of one test than this are counted only.
const FINDINGS: usize = 10;

#[derive(Serialize)]
struct Suites {
    #[serde(rename = "@name")]
    name: &'static str,
    #[serde(rename = "@tests")]
    tests: usize,
    #[serde(rename = "@failures")]
    failures: usize,
    #[serde(rename = "@errors")]
    errors: usize,
    testsuite: Vec<Suite>,
}

#[derive(Serialize)]
struct Suite {
    #[serde(rename = "@name")]
    name: String,
    #[serde(rename = "@tests")]
    tests: usize,
    #[serde(rename = "@failures")]
    failures: usize,
    #[serde(rename = "@errors")]
    errors: usize,
    testcase: Vec<Case>,
}

#[derive(Serialize)]
struct Case {
    #[serde(rename = "@name")]
    name: String,
    #[serde(rename = "@classname")]
    classname: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<Failure>,
    #[serde(rename = "system-out", skip_serializing_if = "Option::is_none")]
    output: Option<String>,
}

#[derive(Serialize)]
struct Failure {
    #[serde(rename = "@message")]
    message: String,
    #[serde(rename = "@type")]
    level: &'static str,
    #[serde(rename = "$text")]
    text: String,
}

pub(super) fn text(report: &Report<'_>) -> String {
    text_of(report, TESTS)
}

/// What a document and a rule have found together; no rule stands for a document without findings.
struct Test<'a> {
    path: &'a str,
    rule: Option<&'a str>,
    findings: Vec<&'a Diagnostic>,
}

impl Test<'_> {
    fn level(&self) -> Level {
        self.findings.iter().map(|found| found.level).max().unwrap_or(Level::Allow)
    }
}

fn text_of(report: &Report<'_>, most: usize) -> String {
    let mut tests = tests(report);
    let all = tests.len();
    tests.sort_by_key(|test| Reverse(test.level()));
    let left_out: usize = tests.iter().skip(most).map(|test| test.findings.len()).sum();
    tests.truncate(most);
    let mut suites: BTreeMap<&str, Vec<Case>> = BTreeMap::new();
    tests.sort_by_key(|test| (test.path, test.rule));
    for test in &tests {
        suites.entry(test.path).or_default().push(case(report, test));
    }
    let mut suites: Vec<Suite> = suites
        .into_iter()
        .map(|(path, cases)| suite(legal(&visible(&report.here.path(path))), cases))
        .collect();
    if all > tests.len() {
        let output = format!(
            "{} with {} are not listed here, because readers of this format take no more; the loudest are. \
             `afterword check --format jsonl` lists all",
            Count(all - tests.len(), "test"),
            Count(left_out, "finding")
        );
        let case = Case {
            name: "what is not listed".to_owned(),
            classname: "afterword".to_owned(),
            failure: None,
            output: Some(output),
        };
        suites.push(suite("afterword".to_owned(), vec![case]));
    }
    to_xml(
        "testsuites",
        &Suites {
            name: "afterword check",
            tests: suites.iter().map(|suite| suite.tests).sum(),
            failures: suites.iter().map(|suite| suite.failures).sum(),
            errors: 0,
            testsuite: suites,
        },
    )
}

fn tests<'a>(report: &Report<'a>) -> Vec<Test<'a>> {
    let mut found: BTreeMap<(&str, Option<&str>), Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in report.diagnostics {
        found.entry((&diagnostic.path, Some(diagnostic.finding.rule))).or_default().push(diagnostic);
    }
    for path in &report.documents {
        let has_findings = found.range((*path, None)..).next().is_some_and(|((other, _), _)| other == path);
        if !has_findings {
            found.insert((path, None), Vec::new());
        }
    }
    found.into_iter().map(|((path, rule), findings)| Test { path, rule, findings }).collect()
}

fn suite(name: String, testcase: Vec<Case>) -> Suite {
    let failures = testcase.iter().filter(|case| case.failure.is_some()).count();
    Suite { name, tests: testcase.len(), failures, errors: 0, testcase }
}

fn case(report: &Report<'_>, test: &Test<'_>) -> Case {
    let shown = test.findings.iter().take(FINDINGS).map(|found| line(report, found));
    let mut lines: Vec<String> = shown.collect();
    if test.findings.len() > FINDINGS {
        lines.push(format!("… and {} more", test.findings.len() - FINDINGS));
    }
    let listed = legal(&lines.join("\n"));
    let fails = report.fails(test.level());
    let message = match test.findings.as_slice() {
        [] => String::new(),
        [only] => legal(&visible(&only.finding.message)),
        [first, rest @ ..] => {
            legal(&format!("{} (and {} more)", visible(&first.finding.message), rest.len()))
        }
    };
    let failure = Failure { message, level: word(test.level()), text: listed.clone() };
    Case {
        name: test.rule.unwrap_or("no findings").to_owned(),
        classname: legal(&visible(test.path)),
        failure: fails.then_some(failure),
        output: (!fails && !listed.is_empty()).then_some(listed),
    }
}

fn line(report: &Report<'_>, diagnostic: &Diagnostic) -> String {
    let place = report.place(diagnostic, diagnostic.finding.span, Unit::Scalars);
    let path = visible(&report.here.path(&diagnostic.path));
    format!("{path}:{}:{}: {}: {}", place.line, place.column, word(diagnostic.level), advice(diagnostic))
}
