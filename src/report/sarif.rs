//! SARIF 2.1.0, for code scanning of GitHub, Azure DevOps and the viewers of editors.
//!
//! GitHub refuses a run with more than 25,000 results or a file that is too large, and shows the 5,000 loudest. What
//! does not fit is left out, the quietest first, and a notification of the tool says so. What a baseline accepts is not
//! listed: the format could mark it as suppressed, but GitHub opens an alert for it all the same.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::{
    check,
    diagnostic::{self, Diagnostic, Level},
    report::{
        Report,
        encode::to_json_line,
        place::{Place, advice},
        visible,
    },
    source::{Edit, Span, Unit},
    words::Count,
};

/// The most that code scanning of GitHub takes.
const LIMITS: Limits = Limits { results: 25_000, bytes: 25 << 20 };

/// Of which it shows these.
const SHOWN: usize = 5_000;

/// What stands in an address as it is. A colon is not among it: before the first slash it would end a scheme.
const IN_ADDRESS: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

#[derive(Debug, Clone, Copy)]
struct Limits {
    results: usize,
    bytes: usize,
}

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    invocations: [Invocation; 1],
    results: Vec<Item>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

/// A rule; one that is not in the catalogue, for the site's own templates, has nothing but its name.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_description: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_configuration: Option<Configuration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Properties>,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties {
    tags: [&'static str; 1],
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text,
}

/// A `result` of the format.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
}

/// A `fix` of the format: a change of one artifact.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix {
    description: Text,
    artifact_changes: [Change; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Text,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(rename = "physicalLocation")]
    physical: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

pub(super) fn text(report: &Report<'_>) -> String {
    text_within(report, LIMITS)
}

fn text_within(report: &Report<'_>, limits: Limits) -> String {
    let fingerprints = check::fingerprints(report.diagnostics, |path| report.sources.get(path).copied());
    let mut most = limits.results;
    loop {
        let chosen = report.loudest(most);
        let text = to_json_line(&log(report, &chosen, &fingerprints));
        if text.len() <= limits.bytes || chosen.is_empty() {
            return text;
        }
        // Results are much alike in size, so this is nearly always the last round but one.
        most = chosen.len().saturating_mul(limits.bytes) / text.len() * 9 / 10;
    }
}

fn log(report: &Report<'_>, chosen: &[(usize, &Diagnostic)], fingerprints: &[String]) -> Log {
    let names: BTreeSet<&'static str> = chosen.iter().map(|(_, found)| found.finding.rule).collect();
    let places: BTreeMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let results = chosen
        .iter()
        .map(|(at, diagnostic)| {
            let rule_index = places.get(diagnostic.finding.rule).copied().unwrap_or_default();
            let fingerprint = fingerprints.get(*at).cloned().unwrap_or_default();
            let state = report.touched(*at).map(|touched| if touched.is_new { "new" } else { "unchanged" });
            Item { baseline_state: state, ..item(report, diagnostic, rule_index, fingerprint) }
        })
        .collect();
    let rules = names.into_iter().map(|name| descriptor(report, name)).collect();
    Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver { name: "Afterword", semantic_version: env!("CARGO_PKG_VERSION"), rules },
            },
            column_kind: "utf16CodeUnits",
            invocations: [Invocation {
                execution_successful: true,
                tool_execution_notifications: notifications(report, chosen.len()),
            }],
            results,
        }],
    }
}

fn notifications(report: &Report<'_>, listed: usize) -> Vec<Notification> {
    let left_out = report.diagnostics.len() - listed;
    let mut texts = Vec::new();
    if left_out > 0 {
        texts.push(format!(
            "{} left out, the quietest, because code scanning takes no more; \
             `afterword check --format jsonl` lists all",
            Count(left_out, "finding")
        ));
    }
    if listed > SHOWN {
        texts.push(format!("GitHub shows the loudest {SHOWN} of these {}", Count(listed, "finding")));
    }
    texts.into_iter().map(|text| Notification { level: "warning", message: Text { text } }).collect()
}

fn descriptor(report: &Report<'_>, name: &'static str) -> Descriptor {
    let rule = check::rule(name);
    let text = |text: &str| Text { text: text.to_owned() };
    Descriptor {
        id: name,
        short_description: rule.map(|rule| text(rule.summary)),
        full_description: rule.map(|rule| text(what(rule.docs).unwrap_or(rule.summary))),
        help: rule.map(|rule| Help { text: rule.docs, markdown: rule.docs }),
        help_uri: report.pages.address(name),
        default_configuration: rule.map(|rule| Configuration { level: level(rule.default_level) }),
        properties: rule.map(|rule| Properties { tags: [rule.group.word()] }),
    }
}

/// The first paragraph of a rule's page.
fn what(docs: &str) -> Option<&str> {
    docs.split("\n\n").map(str::trim).find(|part| !part.is_empty() && !part.starts_with('#'))
}

const fn level(level: Level) -> &'static str {
    match level {
        Level::Allow => "none",
        Level::Info => "note",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

fn item(report: &Report<'_>, diagnostic: &Diagnostic, rule_index: usize, fingerprint: String) -> Item {
    let finding = &diagnostic.finding;
    let others = finding.others.iter().enumerate();
    Item {
        rule_id: finding.rule,
        rule_index,
        level: level(diagnostic.level),
        message: Text { text: unlinked(&advice(diagnostic)) },
        locations: [location(report, diagnostic, finding.span)],
        related_locations: others
            .map(|(at, other)| Location {
                id: Some(at + 1),
                message: Some(Text { text: unlinked(&visible(&other.text)) }),
                ..location(report, diagnostic, other.span)
            })
            .collect(),
        fixes: finding.fix.iter().map(|fix| fixed(report, diagnostic, fix)).collect(),
        partial_fingerprints: BTreeMap::from([("afterword/v2", fingerprint)]),
        baseline_state: None,
    }
}

/// A message can hold links to places and addresses. Ours has none, and a document puts none in.
fn unlinked(text: &str) -> String {
    text.replace("](", "] (")
}

fn location(report: &Report<'_>, diagnostic: &Diagnostic, span: Span) -> Location {
    let region = region(report, diagnostic, span);
    let artifact_location = artifact(&report.repository.path(&diagnostic.path));
    Location { id: None, message: None, physical: PhysicalLocation { artifact_location, region } }
}

fn region(report: &Report<'_>, diagnostic: &Diagnostic, span: Span) -> Region {
    let Place { line, column, end_line, end_column } = report.place(diagnostic, span, Unit::Utf16);
    Region { start_line: line, start_column: column, end_line, end_column }
}

fn fixed(report: &Report<'_>, diagnostic: &Diagnostic, fix: &diagnostic::Fix) -> Fix {
    let replacement = |edit: &Edit| Replacement {
        deleted_region: region(report, diagnostic, edit.span),
        inserted_content: Text { text: edit.replacement.clone() },
    };
    let change = Change {
        artifact_location: artifact(&report.repository.path(&diagnostic.path)),
        replacements: fix.edits.iter().map(replacement).collect(),
    };
    Fix { description: Text { text: unlinked(&visible(&fix.title)) }, artifact_changes: [change] }
}

fn artifact(path: &str) -> ArtifactLocation {
    let encoded = utf8_percent_encode(path, IN_ADDRESS).to_string();
    if path.starts_with('/') {
        return ArtifactLocation { uri: format!("file://{encoded}"), uri_base_id: None };
    }
    ArtifactLocation { uri: encoded, uri_base_id: Some("%SRCROOT%") }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::report::testing::{crowd, report};

    #[test]
    fn what_does_not_fit_is_left_out_with_a_word_and_the_loudest_stay() {
        let (source, diagnostics) = crowd(300);
        let report = report(&source, &diagnostics);
        for limits in [Limits { results: 40, bytes: 1 << 20 }, Limits { results: 1_000, bytes: 35_000 }] {
            let text = text_within(&report, limits);
            let log: Value = serde_json::from_str(&text).unwrap();
            let results = log["runs"][0]["results"].as_array().unwrap();
            assert!(text.len() <= limits.bytes && results.len() <= limits.results, "{}", text.len());
            assert!(results.len() >= 40, "{}", results.len());
            let notices = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"];
            let notice = notices[0]["message"]["text"].as_str().unwrap();
            assert!(notice.starts_with(&format!("{} findings left out", 300 - results.len())), "{notice}");
            assert!(results.iter().all(|result| result["level"] == "error"), "{results:?}");
        }
    }

    #[test]
    fn a_path_is_an_address_below_the_root_of_the_source() {
        assert_eq!(artifact("a b/c:d#ø.md").uri, "a%20b/c%3Ad%23%C3%B8.md");
        assert_eq!(artifact("/srv/a.md").uri, "file:///srv/a.md");
        assert_eq!(artifact("/srv/a.md").uri_base_id, None);
    }
}
