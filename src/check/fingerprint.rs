//! What makes a finding the same finding after the text around it has moved: a short hash that consumers compare from
//! one run to the next.
//!
//! Counted are the path, the rule, the text that is marked and the values that the message names; not the line, not
//! the wording, and no digits of the message, because "12 days ago" is another number tomorrow. Findings that are alike
//! in all of that are told apart by their order.

use std::collections::BTreeMap;

use crate::{
    diagnostic::Diagnostic,
    source::{SourceFile, Span},
};

/// How much of the hash is kept, in hexadecimal digits: 128 bits.
const LENGTH: usize = 32;

/// One fingerprint a diagnostic, in their order; no two are the same. `sources` are the texts by path.
pub fn fingerprints(diagnostics: &[Diagnostic], sources: &BTreeMap<&str, &SourceFile>) -> Vec<String> {
    let mut seen: BTreeMap<[u8; 32], usize> = BTreeMap::new();
    let alike =
        diagnostics.iter().map(|diagnostic| kind(diagnostic, sources.get(&*diagnostic.path).copied()));
    alike
        .map(|hash| {
            let before = seen.entry(*hash.as_bytes()).or_default();
            *before += 1;
            let mut own = blake3::Hasher::new();
            own.update(hash.as_bytes()).update(before.to_string().as_bytes());
            own.finalize().to_hex().chars().take(LENGTH).collect()
        })
        .collect()
}

/// A hash of everything about a finding that does not move.
fn kind(diagnostic: &Diagnostic, source: Option<&SourceFile>) -> blake3::Hash {
    let finding = &diagnostic.finding;
    let mut hasher = blake3::Hasher::new();
    let mut add = |text: &str| {
        // With their lengths, so that two parts never run into each other.
        hasher.update(&u64::try_from(text.len()).unwrap_or(u64::MAX).to_le_bytes()).update(text.as_bytes());
    };
    add(&diagnostic.path);
    add(finding.rule);
    let marked = source.map(|source| marked(source, finding.span)).unwrap_or_default();
    add(&marked.split_whitespace().collect::<Vec<_>>().join(" "));
    for value in finding.message.split('`').skip(1).step_by(2) {
        add(&value.replace(|letter: char| letter.is_ascii_digit(), ""));
    }
    hasher.finalize()
}

/// The first line of what is marked, or the whole line where nothing is: the rest of a section may change while the
/// finding about it stays.
fn marked(source: &SourceFile, span: Span) -> &str {
    let text = source.slice(span).trim();
    if text.is_empty() {
        let line = source.line(source.position(span.start).line);
        return line.map(|line| source.slice(line)).unwrap_or_default();
    }
    text.lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Finding, Level};

    fn of(text: &str, findings: &[(&str, &str)]) -> Vec<String> {
        let source = SourceFile::new("a.md", text);
        let diagnostics: Vec<Diagnostic> = findings
            .iter()
            .map(|(marked, message)| {
                let start = text.find(marked).unwrap();
                let span = Span::new(start, start + marked.len());
                Diagnostic {
                    path: "a.md".to_owned(),
                    level: Level::Warning,
                    finding: Finding::new("rule", span, *message),
                }
            })
            .collect();
        fingerprints(&diagnostics, &BTreeMap::from([("a.md", &source)]))
    }

    #[test]
    fn a_finding_stays_the_same_when_lines_move_and_time_passes() {
        let before = of("one\n\ntwo  three\n", &[("two  three", "`x` is due since 3 days, `2 days`")]);
        let after =
            of("new\n\none\n\n## Two\n\ntwo three\nfour\n", &[("two three\nfour", "`x` was due, `14 days`")]);
        assert_eq!(before, after);
        assert_eq!(before[0].len(), LENGTH);
    }

    #[test]
    fn findings_at_one_place_differ_by_what_they_name() {
        let all =
            of("title\n", &[("title", "no `impact`"), ("title", "no `timeline`"), ("title", "no `cause`")]);
        let fixed = of("title\n", &[("title", "no `timeline`"), ("title", "no `cause`")]);
        assert_eq!(all[1..], fixed);
    }

    #[test]
    fn no_two_findings_have_one_fingerprint() {
        let all = of("same\n", &[("same", "m"), ("same", "m"), ("sam", "m")]);
        assert_ne!(all[0], all[1]);
        assert_ne!(all[0], all[2]);
        assert_ne!(all[1], all[2]);
    }
}
