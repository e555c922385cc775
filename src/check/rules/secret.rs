//! A key that opens something.
//!
//! Only shapes that are certain without looking at randomness: prefixes that their issuers chose so that they can be
//! found. It does not replace a scanner of the whole repository and its history.

use std::sync::LazyLock;

use regex::RegexSet;

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage},
    diagnostic::{Finding, Level},
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

/// What a secret is called, a word that is in each of them, and its shape.
struct Shape {
    name: &'static str,
    pattern: &'static str,
}

const SHAPES: [Shape; 13] = [
    Shape { name: "an AWS access key", pattern: r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b" },
    Shape {
        name: "a GitHub token",
        pattern: r"\b(?:gh[pousr]_[0-9A-Za-z]{36,}|github_pat_[0-9A-Za-z_]{60,})\b",
    },
    Shape { name: "a GitLab token", pattern: r"\bglpat-[0-9A-Za-z_-]{20,}" },
    Shape { name: "a Slack token", pattern: r"\bxox[abeoprs]-[0-9A-Za-z-]{10,}" },
    Shape {
        name: "a Slack webhook",
        pattern: r"hooks\.slack\.com/services/T[0-9A-Z]{6,}/B[0-9A-Z]{6,}/[0-9A-Za-z]{18,}",
    },
    Shape { name: "a Google API key", pattern: r"\bAIza[0-9A-Za-z_-]{35}" },
    Shape { name: "a Stripe key", pattern: r"\b(?:sk|rk)_live_[0-9A-Za-z]{20,}\b" },
    Shape { name: "an npm token", pattern: r"\bnpm_[0-9A-Za-z]{36}\b" },
    Shape { name: "a PyPI token", pattern: r"\bpypi-AgE[0-9A-Za-z_-]{50,}" },
    Shape { name: "a SendGrid key", pattern: r"\bSG\.[0-9A-Za-z_-]{20,}\.[0-9A-Za-z_-]{40,}" },
    Shape {
        name: "a signed token (JWT)",
        pattern: r"\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}",
    },
    Shape { name: "a private key", pattern: r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----" },
    Shape {
        name: "a password in an address",
        pattern: r"\b[a-z][a-z0-9+]{1,12}://[^\s/:@<>{}$*]{1,60}:[^\s/:@<>{}$*]{3,80}@[A-Za-z0-9.-]+",
    },
];

static SET: LazyLock<Option<RegexSet>> =
    LazyLock::new(|| RegexSet::new(SHAPES.iter().map(|shape| shape.pattern)).ok());

static EACH: LazyLock<Vec<Option<regex::Regex>>> =
    LazyLock::new(|| SHAPES.iter().map(|shape| regex::Regex::new(shape.pattern).ok()).collect());

/// Words that show that a password is an example.
const EXAMPLES: [&str; 8] =
    ["example", "password", "redacted", "xxx", "****", "changeme", "secret", "placeholder"];

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let Some(set) = SET.as_ref() else { return };
    let text = &document.source.text;
    for at in set.matches(text) {
        let (Some(shape), Some(Some(pattern))) = (SHAPES.get(at), EACH.get(at)) else { continue };
        for found in pattern.find_iter(text) {
            if is_example(found.as_str()) {
                continue;
            }
            findings.push(
                Finding::new(
                    RULE.name,
                    Span::new(found.start(), found.end()),
                    format!("this is {}, {} characters long", shape.name, found.as_str().chars().count()),
                )
                .help(
                    "revoke it first: it is in the history of the repository; then write `<redacted>` here",
                ),
            );
        }
    }
}

fn is_example(found: &str) -> bool {
    let lower = found.to_lowercase();
    lower.contains("example") || (lower.contains("://") && EXAMPLES.iter().any(|word| lower.contains(word)))
}
