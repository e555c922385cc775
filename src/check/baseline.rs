//! The baseline: findings that are accepted as they stand, so that a check reports only what is new.
//!
//! A finding is known again by its [`Identity`], so that what is written above it does not matter. Where the same is
//! found several times in a document, they are counted. Entries of a document that has another name by now follow it.
//! Reading and writing the file happen elsewhere; what may be in it, and in which form, is settled here.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use serde::{Deserialize, Serialize};

use crate::{
    check::{Group, Identity, identities, rule},
    config::RULE,
    diagnostic::{Diagnostic, Finding},
    source::{SourceFile, Span},
};

/// The name of the file where nobody chose another.
pub const FILE: &str = "afterword-baseline.json";

/// The version of the form of the file.
const VERSION: u64 = 2;

/// Rules whose findings are never accepted, beside those about the configuration: what cannot be read is not known, a
/// secret has to be revoked, and of two documents with one id, one has lost its address.
const NEVER: [&str; 4] = ["duplicate-id", "invalid-front-matter", "secret", "unreadable-text"];

/// Findings that are accepted, and how many of each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baseline {
    counts: BTreeMap<Identity, usize>,
}

/// What a baseline makes of the findings of a check.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accepted {
    /// The findings that it accepts, in the order of reports.
    pub diagnostics: Vec<Diagnostic>,
    /// What it accepts and is not found any more, and how many of each.
    pub fixed: BTreeMap<Identity, usize>,
    /// Documents that it knows under another path: from the path of now to the other.
    pub moved: BTreeMap<String, String>,
}

impl Accepted {
    /// How many accepted findings are not there any more.
    pub fn fixed(&self) -> usize {
        self.fixed.values().sum()
    }
}

impl Baseline {
    /// The baseline that accepts all of these findings that may be accepted.
    pub fn of<'s>(diagnostics: &[Diagnostic], source: impl Fn(&str) -> Option<&'s SourceFile>) -> Self {
        let mut counts = BTreeMap::new();
        for (identity, _) in identities(diagnostics, source).into_iter().zip(diagnostics).filter(is_accepted)
        {
            *counts.entry(identity).or_default() += 1;
        }
        Self { counts }
    }

    /// How many findings it accepts.
    pub fn len(&self) -> usize {
        self.counts.values().sum()
    }

    /// True when it accepts nothing.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Takes what is accepted out of the findings of a check, in the order of reports.
    pub fn accept<'s>(
        &self,
        diagnostics: &mut Vec<Diagnostic>,
        source: impl Fn(&str) -> Option<&'s SourceFile>,
    ) -> Accepted {
        if self.is_empty() {
            return Accepted::default();
        }
        let identities = identities(diagnostics, &source);
        let mut left = self.counts.clone();
        let is_known = |identity: &Identity, left: &mut BTreeMap<Identity, usize>| {
            left.get_mut(identity).is_some_and(take_one)
        };
        let mut known: Vec<bool> = identities
            .iter()
            .zip(diagnostics.iter())
            .map(|pair| is_accepted(&pair) && is_known(pair.0, &mut left))
            .collect();
        left.retain(|_, count| *count > 0);
        let held: BTreeSet<&str> = self.counts.keys().map(|identity| identity.path.as_str()).collect();
        let new = identities.iter().zip(diagnostics.iter()).filter(|(_, found)| !held.contains(&*found.path));
        let moved = moved(&left, new.filter(is_accepted), |path| source(path).is_some());
        for ((identity, found), known) in identities.iter().zip(diagnostics.iter()).zip(&mut known) {
            if let Some(before) = moved.get(&found.path).filter(|_| !*known) {
                *known = is_known(&identity.moved_to(before), &mut left);
            }
        }
        left.retain(|_, count| *count > 0);
        let (mut accepted, mut rest) = (Vec::new(), Vec::new());
        for (found, known) in std::mem::take(diagnostics).into_iter().zip(known) {
            if known { accepted.push(found) } else { rest.push(found) }
        }
        *diagnostics = rest;
        Accepted { diagnostics: accepted, fixed: left, moved }
    }

    /// How many findings it accepts that another does not.
    pub fn more_than(&self, other: &Self) -> usize {
        let held = |key| other.counts.get(key).copied().unwrap_or_default();
        self.counts.iter().map(|(key, count)| count.saturating_sub(held(key))).sum()
    }

    /// The text of the file: sorted, one entry a line, so that a change of it can be reviewed.
    pub fn to_json(&self) -> String {
        let mut out = format!("{{\n  \"version\": {VERSION},\n  \"findings\": [");
        let mut separator = "\n";
        for (key, count) in &self.counts {
            let entry = Entry { identity: key.clone(), count: *count };
            let line = serde_json::to_string(&entry).unwrap_or_default();
            let _ = write!(out, "{separator}    {line}");
            separator = ",\n";
        }
        out.push_str(if self.counts.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" });
        out
    }

    /// Reads the text of a file. What is wrong with it is said at its place.
    pub fn parse(file: &SourceFile) -> Result<Self, Box<Finding>> {
        let Version { version } =
            serde_json::from_str(&file.text).map_err(|error| Box::new(invalid(file, &error)))?;
        if version != VERSION {
            let at = file.text.find("\"version\"").unwrap_or_default();
            let message =
                format!("the baseline is of version {version}, and this program reads version {VERSION}");
            let finding = Finding::new(RULE, Span::new(at, at + "\"version\"".len()), message);
            return Err(Box::new(finding.help("write it anew with `afterword check --update-baseline`")));
        }
        let contents: File =
            serde_json::from_str(&file.text).map_err(|error| Box::new(invalid(file, &error)))?;
        let mut counts: BTreeMap<Identity, usize> = BTreeMap::new();
        for Entry { identity, count } in contents.findings {
            *counts.entry(identity).or_default() += count;
        }
        Ok(Self { counts })
    }
}

/// True for a rule whose findings may be accepted.
pub fn is_acceptable(name: &str) -> bool {
    !NEVER.contains(&name) && rule(name).is_some_and(|rule| rule.group != Group::Configuration)
}

#[derive(Deserialize)]
struct Version {
    version: u64,
}

#[derive(Deserialize)]
struct File {
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    #[serde(flatten)]
    identity: Identity,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: usize,
}

const fn one() -> usize {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_one(count: &usize) -> bool {
    *count == 1
}

fn take_one(count: &mut usize) -> bool {
    let is_left = *count > 0;
    *count = count.saturating_sub(1);
    is_left
}

fn invalid(file: &SourceFile, error: &serde_json::Error) -> Finding {
    let line = file.line(error.line().max(1)).unwrap_or_default();
    let at = (line.start + error.column().saturating_sub(1)).min(line.end);
    // The place stands before the message already.
    let reason = error.to_string();
    let reason = reason.rsplit_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason);
    let finding = Finding::new(RULE, Span::empty(at), format!("the baseline cannot be read: {reason}"));
    finding.help("mend the file, or delete it and write it anew with `afterword check --update-baseline`")
}

/// True for a finding that a baseline may accept.
fn is_accepted<T>((_, found): &(T, &Diagnostic)) -> bool {
    is_acceptable(found.finding.rule)
}

/// Documents that have another path by now, from that to the one of the entries: one that is gone is one that the
/// entries do not know when it has the same name in another folder, or at least half of the same findings.
fn moved<'f>(
    left: &BTreeMap<Identity, usize>,
    new: impl Iterator<Item = (&'f Identity, &'f Diagnostic)>,
    is_there: impl Fn(&str) -> bool,
) -> BTreeMap<String, String> {
    let mut gone: BTreeMap<&str, usize> = BTreeMap::new();
    for (identity, count) in left.iter().filter(|(identity, _)| !is_there(&identity.path)) {
        *gone.entry(&identity.path).or_default() += count;
    }
    let mut by_finding: BTreeMap<Identity, Vec<&str>> = BTreeMap::new();
    for identity in left.keys().filter(|identity| gone.contains_key(&*identity.path)) {
        by_finding.entry(identity.moved_to("")).or_default().push(&identity.path);
    }
    // How many findings a new document has in common with one that is gone.
    let mut common: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (identity, _) in new {
        for path in by_finding.get(&identity.moved_to("")).into_iter().flatten() {
            *common.entry((path, &identity.path)).or_default() += 1;
        }
    }
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let mut pairs: Vec<(bool, usize, &str, &str)> = common
        .into_iter()
        .map(|((before, now), count)| (name(before) == name(now), count, before, now))
        .filter(|(is_same_name, count, before, _)| {
            *is_same_name || 2 * count >= gone.get(before).copied().unwrap_or_default()
        })
        .collect();
    pairs.sort_by(|one, other| (other.0, other.1, other.2, other.3).cmp(&(one.0, one.1, one.2, one.3)));
    let mut moved: BTreeMap<String, String> = BTreeMap::new();
    for (_, _, before, now) in pairs {
        if !moved.contains_key(now) && moved.values().all(|taken| taken != before) {
            moved.insert(now.to_owned(), before.to_owned());
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Level;

    fn found(source: &SourceFile, rule: &'static str, needle: &str, nth: usize) -> Diagnostic {
        let at = source.text.match_indices(needle).nth(nth).unwrap().0;
        let finding = Finding::new(rule, Span::new(at, at + needle.len()), "x");
        Diagnostic { path: source.path.clone(), level: Level::Warning, finding }
    }

    #[test]
    fn findings_are_known_again_wherever_they_have_moved_and_the_next_one_is_new() {
        let old = SourceFile::new("a.md", "We should  have known.\nWe should\nhave known.\n");
        let findings = [
            found(&old, "counterfactual", "should  have", 0),
            found(&old, "counterfactual", "should\nhave", 0),
        ];
        let baseline = Baseline::of(&findings, |_| Some(&old));
        assert_eq!(baseline.len(), 2);
        let new = SourceFile::new("a.md", "More.\n\nshould have\n\nshould have\n\nshould have\n\nothers\n");
        let third = found(&new, "counterfactual", "should have", 2);
        let other = found(&new, "hindsight", "others", 0);
        let mut diagnostics = vec![
            found(&new, "counterfactual", "should have", 0),
            found(&new, "counterfactual", "should have", 1),
            third.clone(),
            other.clone(),
        ];
        let accepted = baseline.accept(&mut diagnostics, |_| Some(&new));
        assert_eq!(diagnostics, [third, other]);
        assert_eq!((accepted.diagnostics.len(), accepted.fixed()), (2, 0));
    }

    #[test]
    fn what_is_not_found_any_more_is_fixed() {
        let source = SourceFile::new("a.md", "one one two");
        let findings = [found(&source, "hindsight", "one", 0), found(&source, "hindsight", "one", 1)];
        let baseline = Baseline::of(&findings, |_| Some(&source));
        let accepted = baseline.accept(&mut vec![findings[1].clone()], |_| Some(&source));
        let key = Identity {
            path: "a.md".to_owned(),
            rule: "hindsight".to_owned(),
            at: "one".to_owned(),
            about: String::new(),
        };
        assert_eq!(accepted.fixed, BTreeMap::from([(key, 1)]));
        let less = Baseline::of(&findings[..1], |_| Some(&source));
        assert_eq!((baseline.more_than(&less), less.more_than(&baseline)), (1, 0));
    }

    #[test]
    fn the_findings_of_a_renamed_document_stay_accepted() {
        let old = SourceFile::new("a.md", "one two three");
        let findings = |source: &SourceFile, words: &[&str]| -> Vec<Diagnostic> {
            words.iter().map(|word| found(source, "hindsight", word, 0)).collect()
        };
        let baseline = Baseline::of(&findings(&old, &["one", "two", "three"]), |_| Some(&old));
        let accept = |path: &str, words: &[&str]| {
            let new = SourceFile::new(path, "one two three four five");
            let mut left = findings(&new, words);
            let accepted = baseline.accept(&mut left, |asked| (asked == path).then_some(&new));
            (left.len(), accepted.fixed(), accepted.moved.get(path).cloned())
        };
        let moved = Some("a.md".to_owned());
        // Half of the findings, or the same name.
        assert_eq!(accept("b.md", &["one", "two", "four"]), (1, 1, moved.clone()));
        assert_eq!(accept("2026/a.md", &["one", "four"]), (1, 2, moved));
        assert_eq!(accept("b.md", &["one", "four"]), (2, 3, None));
    }

    #[test]
    fn what_cannot_be_read_and_what_is_configured_wrongly_is_never_accepted() {
        let source = SourceFile::new("a.md", "x");
        let findings =
            ["secret", "unreadable-text", RULE, "unused-override"].map(|rule| found(&source, rule, "x", 0));
        assert!(Baseline::of(&findings, |_| Some(&source)).is_empty());
        assert!(NEVER.iter().all(|name| rule(name).is_some()));
    }

    #[test]
    fn the_file_has_an_entry_a_line_and_reads_back() {
        let long = "word ".repeat(40);
        let text = format!("\"b\" b {long}{long}");
        let source = SourceFile::new("a.md", text);
        let findings = [
            found(&source, "hindsight", "\"b\"", 0),
            found(&source, "counterfactual", &long, 0),
            found(&source, "counterfactual", &long, 1),
        ];
        let baseline = Baseline::of(&findings, |_| Some(&source));
        let json = baseline.to_json();
        let lines: Vec<&str> = json.lines().collect();
        assert_eq!((lines.len(), lines[4]), (7, r#"    {"path":"a.md","rule":"hindsight","at":"\"b\""}"#));
        assert_eq!(Baseline::parse(&SourceFile::new(FILE, json)), Ok(baseline));
        let empty = Baseline::default();
        assert_eq!(Baseline::parse(&SourceFile::new(FILE, empty.to_json())), Ok(empty));
    }

    #[test]
    fn a_file_that_is_not_a_baseline_is_a_finding_at_its_place() {
        let problem = |text: &str| {
            let file = SourceFile::new(FILE, text);
            let finding = Baseline::parse(&file).unwrap_err();
            format!("{}: {}", file.position(finding.span.start), finding.message)
        };
        assert_eq!(
            problem("{\n  \"version\": 7 }"),
            "2:3: the baseline is of version 7, and this program reads version 2"
        );
        assert!(problem("{\n  \"version\": 2,\n  oops\n}").starts_with("3:3: the baseline cannot be read: "));
        assert!(problem("").starts_with("1:1: the baseline cannot be read: "));
        assert!(problem("{\"version\": 2, \"findings\": [{}]}").contains("missing field"));
    }
}
