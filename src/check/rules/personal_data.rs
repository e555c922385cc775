//! Addresses of people.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::{
        publicity::{is_public, is_published},
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
    source::Span,
};

pub(super) const RULE: Rule = Rule {
    name: "personal-data",
    group: Group::Publish,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "A public document holds a person's e-mail address",
    docs: include_str!("personal_data.md"),
    scope: Scope::Document(check),
};

static EMAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b([A-Za-z0-9._%+-]+)@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})\b").ok()
});

/// Mailboxes of roles, not of people.
const ROLES: [&str; 24] = [
    "abuse",
    "admin",
    "billing",
    "contact",
    "feedback",
    "git",
    "hello",
    "help",
    "hr",
    "info",
    "legal",
    "mail",
    "noreply",
    "no-reply",
    "office",
    "ops",
    "postmaster",
    "press",
    "privacy",
    "root",
    "sales",
    "security",
    "support",
    "team",
];

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    if !is_public(document) {
        return;
    }
    let Some(email) = EMAIL.as_ref() else { return };
    for found in email.captures_iter(&document.source.text) {
        let (Some(whole), Some(name), Some(host)) = (found.get(0), found.get(1), found.get(2)) else {
            continue;
        };
        let span = Span::new(whole.start(), whole.end());
        if !is_published(document, span) || !is_person(name.as_str(), host.as_str()) {
            continue;
        }
        findings.push(
            Finding::new(RULE.name, span, "this document is public and holds somebody's e-mail address")
                .help("name the role or the team; use a shared mailbox if readers are to write"),
        );
    }
}

fn is_person(name: &str, host: &str) -> bool {
    let (name, host) = (name.to_lowercase(), host.to_lowercase());
    // `unit@0.service` is a systemd unit, `git@host:` an address of a repository.
    let is_unit = [".service", ".timer", ".socket", ".png"].iter().any(|end| host.ends_with(end));
    let is_example = host == "example.com"
        || host.ends_with(".example.com")
        || host.ends_with(".example")
        || host.starts_with("example.");
    let is_hidden = host.ends_with("users.noreply.github.com");
    let is_role = ROLES.iter().any(|role| {
        name == *role || name.starts_with(&format!("{role}+")) || name.starts_with(&format!("{role}-"))
    });
    !(is_unit || is_example || is_hidden || is_role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn role_mailboxes_units_and_examples_are_nobody() {
        assert!(is_person("kim.lee", "acme.io"));
        for (name, host) in
            [("support", "acme.io"), ("getty", "tty1.service"), ("kim", "example.com"), ("security+x", "a.b")]
        {
            assert!(!is_person(name, host), "{name}@{host}");
        }
    }
}
