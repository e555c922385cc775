//! What makes a finding the same finding in another run: after lines have moved, days have passed and files were renamed.
//!
//! A finding is known again by its path, its rule, the text that it points at and the values that its message names; not
//! by its line, not by the wording, and not by digits of the message, because "12 days ago" is another number tomorrow.
//! Baselines, comparisons with a revision and the fingerprints of the formats all rest on it, so that no two of them can
//! disagree about what is new. What must not leave the company is not copied into it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    check::{Group, rule},
    diagnostic::Diagnostic,
    source::{SourceFile, Span},
};

/// A longer text is cut, and the whole told by its hash.
const LONGEST: usize = 80;

/// A finding in more lines than this is about its first line.
pub(super) const LINES: usize = 3;

/// How many hexadecimal digits of a hash tell texts apart that begin alike.
const SHORT: usize = 12;

/// How many digits a fingerprint has: 128 bits.
const LENGTH: usize = 32;

/// By what a finding is known again. Findings that are alike in all of it are told apart by their order alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Identity {
    /// The document, below the root.
    pub path: String,
    /// The rule.
    pub rule: String,
    /// The text that it points at, on one line; the first line of a long one, the whole line where it points between two
    /// letters.
    pub at: String,
    /// What the message names beside that, with `#` for digits.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
}

impl Identity {
    /// The same finding in a file with another path.
    #[must_use]
    pub fn moved_to(&self, path: &str) -> Self {
        Self { path: path.to_owned(), ..self.clone() }
    }

    fn of(diagnostic: &Diagnostic, source: Option<&SourceFile>, hidden: &[Span]) -> Self {
        let finding = &diagnostic.finding;
        let (span, at) = source.map(|source| marked(source, finding.span)).unwrap_or_default();
        let at = at.split_whitespace().collect::<Vec<_>>().join(" ");
        let values = finding.message.split('`').skip(1).step_by(2).filter(|value| !at.contains(value));
        let about = without_digits(&values.collect::<Vec<_>>().join(", "));
        let is_hidden = hidden.iter().any(|hidden| hidden.start < span.end && span.start < hidden.end);
        let shown = |text: String| if is_hidden && !text.is_empty() { hash(&text) } else { shortened(text) };
        Self {
            path: diagnostic.path.clone(),
            rule: finding.rule.to_owned(),
            at: shown(at),
            about: shown(about),
        }
    }
}

/// One identity a diagnostic, in their order. `source` has the texts by path.
pub fn identities<'s>(
    diagnostics: &[Diagnostic],
    source: impl Fn(&str) -> Option<&'s SourceFile>,
) -> Vec<Identity> {
    // The places of what must not leave the company, whatever else is said about them.
    let mut hidden: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for found in diagnostics {
        if rule(found.finding.rule).is_some_and(|rule| rule.group == Group::Publish) {
            hidden.entry(&found.path).or_default().push(found.finding.span);
        }
    }
    let hidden = |path: &str| hidden.get(path).map(Vec::as_slice).unwrap_or_default();
    diagnostics.iter().map(|found| Identity::of(found, source(&found.path), hidden(&found.path))).collect()
}

/// One short hash a diagnostic, in their order, for consumers that compare runs; no two are the same.
pub fn fingerprints<'s>(
    diagnostics: &[Diagnostic],
    source: impl Fn(&str) -> Option<&'s SourceFile>,
) -> Vec<String> {
    let mut seen: BTreeMap<Identity, usize> = BTreeMap::new();
    let identities = identities(diagnostics, source).into_iter();
    identities
        .map(|identity| {
            let before = seen.entry(identity.clone()).or_default();
            *before += 1;
            let mut hasher = blake3::Hasher::new();
            for part in [&identity.path, &identity.rule, &identity.at, &identity.about, &before.to_string()] {
                // With their lengths, so that two parts never run into each other.
                let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
                hasher.update(&length.to_le_bytes()).update(part.as_bytes());
            }
            hasher.finalize().to_hex().chars().take(LENGTH).collect()
        })
        .collect()
}

/// What is marked, or the whole line where nothing is. Of what is long only the first line: the rest of a section may
/// change while the finding about it stays.
fn marked(source: &SourceFile, span: Span) -> (Span, &str) {
    let text = source.slice(span).trim();
    if text.is_empty() {
        let line = source.line(source.position(span.start).line).unwrap_or_default();
        return (line, source.slice(line));
    }
    let is_long = text.lines().nth(LINES).is_some();
    (span, if is_long { text.lines().next().unwrap_or_default() } else { text })
}

/// A long text cut, with the hash of the whole to tell it from others that begin alike.
fn shortened(text: String) -> String {
    if text.chars().count() <= LONGEST {
        return text;
    }
    let head: String = text.chars().take(LONGEST).collect();
    format!("{}… {}", head.trim_end(), hash(&text))
}

/// The same everywhere and for ever.
fn hash(text: &str) -> String {
    let digits: String = blake3::hash(text.as_bytes()).to_hex().chars().take(SHORT).collect();
    format!("#{digits}")
}

fn without_digits(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        let letter = if letter.is_ascii_digit() { '#' } else { letter };
        if letter != '#' || !out.ends_with('#') {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Finding, Level};

    fn found(text: &str, rule: &'static str, marked: &str, message: &str) -> Diagnostic {
        let start = text.find(marked).unwrap();
        let finding = Finding::new(rule, Span::new(start, start + marked.len()), message);
        Diagnostic { path: "a.md".to_owned(), level: Level::Warning, finding }
    }

    fn of(text: &str, findings: &[(&str, &str)]) -> Vec<Identity> {
        let source = SourceFile::new("a.md", text);
        let diagnostics: Vec<_> =
            findings.iter().map(|(marked, message)| found(text, "vague-action", marked, message)).collect();
        identities(&diagnostics, |_| Some(&source))
    }

    #[test]
    fn a_finding_stays_the_same_when_lines_move_and_time_passes() {
        let before = of("one\n\ntwo  three\n", &[("two  three", "`x` is due since 3 days, `2 days`")]);
        let long = "two three\n4\n5\n6";
        let after = of(&format!("new\n\none\n\n{long}\n7\n"), &[(long, "`x` was due, `14 days`")]);
        assert_eq!(before, after);
        let after = of("new\n\none two\nthree\n", &[("two\nthree", "`x` is due, `14 days`")]);
        assert_eq!(before, after);
        let identity = Identity {
            path: "a.md".to_owned(),
            rule: "vague-action".to_owned(),
            at: "two three".to_owned(),
            about: "x, # days".to_owned(),
        };
        assert_eq!(before, [identity]);
    }

    #[test]
    fn findings_at_one_place_differ_by_what_they_name() {
        let all =
            of("title\n", &[("title", "no `impact`"), ("title", "no `timeline`"), ("title", "no `cause`")]);
        let fixed = of("title\n", &[("title", "no `timeline`"), ("title", "no `cause`")]);
        assert_eq!(all[1..], fixed);
        assert_ne!(all[0], all[1]);
    }

    #[test]
    fn no_two_findings_have_one_fingerprint() {
        let source = SourceFile::new("a.md", "same\n");
        let diagnostics = ["same", "same", "sam"].map(|marked| found("same\n", "hindsight", marked, "m"));
        let all = fingerprints(&diagnostics, |_| Some(&source));
        assert_ne!(all[0], all[1]);
        assert_ne!(all[0], all[2]);
        assert_ne!(all[1], all[2]);
        assert_eq!(all[0].len(), LENGTH);
    }

    #[test]
    fn what_must_not_leave_the_company_is_not_in_it_whatever_rule_points_there() {
        let text = "Ask kim.lee@acme.io at 10:00.\n\nOr somebody.\n";
        let source = SourceFile::new("a.md", text);
        let diagnostics = [
            found(
                text,
                "missing-time-zone",
                "Ask kim.lee@acme.io at 10:00",
                "`kim.lee@acme.io` names no zone",
            ),
            found(text, "personal-data", "kim.lee@acme.io", "`kim.lee@acme.io` is somebody's"),
            found(text, "vague-action", "somebody", "m"),
        ];
        let all = identities(&diagnostics, |_| Some(&source));
        let texts: Vec<&str> = all.iter().map(|one| &*one.at).collect();
        assert_eq!(texts, ["#f57fec9f1f80", "#9da4e1614e2b", "somebody"]);
        assert!(all.iter().all(|one| !one.about.contains("kim")), "{all:?}");
    }

    #[test]
    fn a_long_text_is_cut_and_told_from_others_that_begin_alike() {
        let long = "word ".repeat(40);
        let text = format!("{long}one\n{long}two\n");
        let all = of(&text, &[(&format!("{long}one"), "m"), (&format!("{long}two"), "m")]);
        assert!(all[0].at.starts_with(&format!("{}word… #", "word ".repeat(15))), "{all:?}");
        assert_ne!(all[0], all[1]);
    }
}
