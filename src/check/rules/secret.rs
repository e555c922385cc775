//! A key that opens something.
//!
//! Only shapes that are certain without looking at randomness: prefixes that their issuers chose so that they can be
//! found. It does not replace a scanner of the whole repository and its history.

use std::{
    collections::BTreeSet,
    ops::Range,
    sync::{LazyLock, OnceLock},
};

use aho_corasick::{AhoCorasick, MatchKind};
use regex::{Match, Regex};

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage},
    diagnostic::{Finding, Level},
    pattern,
    source::Span,
};

pub(super) const RULE: Rule = Rule {
    name: "secret",
    group: Group::Publish,
    default_level: Level::Error,
    stage: Stage::Always,
    summary: "The document holds a secret",
    docs: include_str!("secret.md"),
    scope: Scope::Document(check),
};

/// What is known by its first line, and is one only with those behind it.
const PRIVATE_KEY: &str = "a private key";

/// A kind of secret.
struct Shape {
    /// What it is called.
    name: &'static str,
    /// Texts one of which is in each of them; what is looked for first, since hardly any line has one.
    marks: &'static [&'static str],
    /// What it looks like, within a line.
    pattern: &'static str,
}

const SHAPES: [Shape; 13] = [
    Shape { name: "an AWS access key", marks: &["AKIA", "ASIA"], pattern: r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b" },
    Shape {
        name: "a GitHub token",
        marks: &["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"],
        pattern: r"\b(?:gh[pousr]_[0-9A-Za-z]{36,}|github_pat_[0-9A-Za-z_]{60,})\b",
    },
    Shape { name: "a GitLab token", marks: &["glpat-"], pattern: r"\bglpat-[0-9A-Za-z_-]{20,}" },
    Shape { name: "a Slack token", marks: &["xox"], pattern: r"\bxox[abeoprs]-[0-9A-Za-z-]{10,}" },
    Shape {
        name: "a Slack webhook",
        marks: &["hooks.slack.com"],
        pattern: r"hooks\.slack\.com/services/T[0-9A-Z]{6,}/B[0-9A-Z]{6,}/[0-9A-Za-z]{18,}",
    },
    Shape { name: "a Google API key", marks: &["AIza"], pattern: r"\bAIza[0-9A-Za-z_-]{35}" },
    Shape { name: "a Stripe key", marks: &["_live_"], pattern: r"\b(?:sk|rk)_live_[0-9A-Za-z]{20,}\b" },
    Shape { name: "an npm token", marks: &["npm_"], pattern: r"\bnpm_[0-9A-Za-z]{36}\b" },
    Shape { name: "a PyPI token", marks: &["pypi-AgE"], pattern: r"\bpypi-AgE[0-9A-Za-z_-]{50,}" },
    Shape {
        name: "a SendGrid key",
        marks: &["SG."],
        pattern: r"\bSG\.[0-9A-Za-z_-]{20,}\.[0-9A-Za-z_-]{40,}",
    },
    Shape {
        name: "a signed token (JWT)",
        marks: &["eyJ"],
        pattern: r"\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}",
    },
    Shape {
        name: PRIVATE_KEY,
        marks: &["PRIVATE KEY"],
        pattern: r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----",
    },
    Shape {
        name: "a password in an address",
        marks: &["://"],
        pattern: r"\b[a-z][a-z0-9+]{1,12}://[^\s/:@<>{}$*]{1,60}:[^\s/:@<>{}$*]{3,80}@[A-Za-z0-9.-]+",
    },
];

/// The marks of all shapes, and for each the shape that it belongs to.
struct Marks {
    find: AhoCorasick,
    owners: Vec<usize>,
}

static MARKS: LazyLock<Option<Marks>> = LazyLock::new(|| {
    let marks =
        || SHAPES.iter().enumerate().flat_map(|(at, shape)| shape.marks.iter().map(move |mark| (at, mark)));
    // The kind that looks at many bytes at once.
    let kind = MatchKind::LeftmostFirst;
    let find = AhoCorasick::builder().match_kind(kind).build(marks().map(|(_, mark)| mark)).ok()?;
    Some(Marks { find, owners: marks().map(|(at, _)| at).collect() })
});

/// The expression of each shape, compiled when a line first has one of its marks.
static PATTERNS: [OnceLock<Option<Regex>>; SHAPES.len()] = [const { OnceLock::new() }; SHAPES.len()];

/// Words that show that a password is an example.
const EXAMPLES: [&str; 8] =
    ["example", "password", "redacted", "xxx", "****", "changeme", "secret", "placeholder"];

/// What a variable for a password has in its name.
const NAMES: [&str; 6] = ["TOKEN", "PASS", "PWD", "SECRET", "KEY", "PAT"];

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let Some(marks) = MARKS.as_ref() else { return };
    let text = &*document.source.text;
    let mut seen = BTreeSet::new();
    for mark in marks.find.find_iter(text) {
        let Some(at) = marks.owners.get(mark.pattern().as_usize()).copied() else { continue };
        let line = line_around(text, mark.start());
        let (Some(shape), Some(pattern), Some(written)) =
            (SHAPES.get(at), PATTERNS.get(at), text.get(line.clone()))
        else {
            continue;
        };
        // Most addresses have no `@` behind them, and most lines with a mark have it more than once.
        if (shape.marks == ["://"] && !written.contains('@')) || !seen.insert((at, line.start)) {
            continue;
        }
        let Some(pattern) = pattern.get_or_init(|| pattern::ascii(shape.pattern)) else { continue };
        let is_secret = |found: &Match<'_>| {
            let behind = text.get(line.start + found.end()..).unwrap_or_default();
            !is_example(found.as_str()) && (shape.name != PRIVATE_KEY || begins_a_key(behind))
        };
        for found in pattern.find_iter(written).filter(is_secret) {
            let message =
                format!("this is {}, {} characters long", shape.name, found.as_str().chars().count());
            findings.push(
                Finding::new(RULE.name, Span::from(found.range()).shift(line.start), message).help(
                    "revoke it first: it is in the history of the repository; then write `<redacted>` here",
                ),
            );
        }
    }
}

/// True for the text behind the first line of a private key, when the key stands there: that line alone tells which kind of
/// file was found. In code a line may end with `\\n`, and in a quotation begin with `>`.
fn begins_a_key(behind: &str) -> bool {
    const ENOUGH: usize = 16;
    let mut behind =
        behind.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '|' | '"' | '\''));
    while let Some(rest) = ["\\n", "\\r"].iter().find_map(|end| behind.strip_prefix(end)) {
        behind = rest;
    }
    let is_of_key = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let headers = ["Proc-Type:", "Version:", "Comment:"];
    headers.iter().any(|header| behind.starts_with(header))
        || behind.chars().take_while(is_of_key).take(ENOUGH).count() == ENOUGH
}

fn line_around(text: &str, at: usize) -> Range<usize> {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let end = text.get(at..).and_then(|behind| behind.find('\n')).map_or(text.len(), |end| at + end);
    start..end
}

fn is_example(found: &str) -> bool {
    let lower = found.to_lowercase();
    // `https://oauth2:TOKEN@github.com` names what stands there.
    let login =
        found.split_once("://").and_then(|(_, rest)| rest.split_once('@')).map_or("", |(login, _)| login);
    let password = login.rsplit_once(':').map_or("", |(_, password)| password);
    let is_name = password.chars().all(|c| c.is_ascii_uppercase() || matches!(c, '_' | '-'))
        && NAMES.iter().any(|name| password.contains(name));
    is_name
        || lower.contains("example")
        || (lower.contains("://") && EXAMPLES.iter().any(|word| lower.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_of_a_private_key_alone_is_none() {
        let key = "MIIEowIBAAKCAQEAx7";
        for behind in
            [&format!("\n{key}\n"), &format!("\\n{key}"), &format!("\n> {key}"), "\nProc-Type: 4,ENCRYPTED\n"]
        {
            assert!(begins_a_key(behind), "{behind}");
        }
        for behind in ["", "`\n- SSH key data fragments", "\n<redacted>\n", "\n...\n", " was found\n"] {
            assert!(!begins_a_key(behind), "{behind}");
        }
    }

    #[test]
    fn a_password_in_capitals_is_the_name_of_one() {
        assert!(is_example("https://oauth2:TOKEN@git.acme.test"));
        assert!(is_example("https://bot:YOUR_TOKEN@git.acme.test"));
        assert!(!is_example("https://oauth2:T0K3N@git.acme.test"));
        assert!(!is_example("https://oauth2:QWERTZUIOP@git.acme.test"));
        assert!(!is_example("postgres://app:hunter2@db/x"));
    }

    #[test]
    fn every_shape_is_found_in_one_of_its_kind_and_has_its_mark() {
        let long = "a1B2".repeat(20);
        let samples = [
            "AKIA0123456789ABCDEF".to_owned(),
            format!("ghp_{}", &long[..36]),
            format!("glpat-{}", &long[..20]),
            format!("xoxb-{}", &long[..20]),
            format!("https://hooks.slack.com/services/T0000000/B0000000/{}", &long[..24]),
            format!("AIza{}", &long[..35]),
            format!("sk_live_{}", &long[..24]),
            format!("npm_{}", &long[..36]),
            format!("pypi-AgE{}", &long[..60]),
            format!("SG.{}.{}", &long[..22], &long[..43]),
            format!("eyJ{0}.eyJ{0}.{0}", &long[..20]),
            "-----BEGIN RSA PRIVATE KEY-----".to_owned(),
            "postgres://app:hunter2@db/x".to_owned(),
        ];
        for (shape, sample) in SHAPES.iter().zip(&samples) {
            assert!(Regex::new(shape.pattern).unwrap().is_match(sample), "{}", shape.name);
            assert!(shape.marks.iter().any(|mark| sample.contains(mark)), "{}", shape.name);
        }
    }
}
