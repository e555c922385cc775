//! Addresses of people.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::{
    check::{
        publicity::report_published,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "personal-data",
    group: Group::Publish,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "A public document holds a person's e-mail address or telephone number",
    docs: include_str!("personal_data.md"),
    scope: Scope::Document(check),
};

static EMAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?-u)\b([A-Za-z0-9._%+-]+)@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})\b").ok()
});

/// `+44 20 7946 0958`: with the sign, since without it every other number is one too; and the groups are what tells it
/// from an offset or a difference.
static PHONE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?-u)\+[1-9]\d{0,2}[ -]\(?\d{1,4}\)?(?:[ -]\d{2,4}){1,4}\b").ok());

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
    let address = |found: &Captures<'_>| {
        is_person(found.get(1)?.as_str(), found.get(2)?.as_str()).then(|| {
            (
                "this document is public and holds somebody's e-mail address".to_owned(),
                "name the role or the team; use a shared mailbox if readers are to write",
            )
        })
    };
    report_published(document, RULE.name, EMAIL.as_ref(), address, findings);
    let number = |found: &Captures<'_>| {
        is_phone(found.get(0)?.as_str()).then(|| {
            (
                "this document is public and holds a telephone number".to_owned(),
                "name the role or the team instead",
            )
        })
    };
    report_published(document, RULE.name, PHONE.as_ref(), number, findings);
}

/// A number that can be dialled from abroad has seven to fifteen digits.
fn is_phone(written: &str) -> bool {
    (7..=15).contains(&written.bytes().filter(u8::is_ascii_digit).count())
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
    fn a_number_with_its_country_is_a_telephone() {
        let pattern = PHONE.as_ref().unwrap();
        for (text, found) in [
            ("call +44 20 7946 0958 now", true),
            ("+1 (555) 010-9999", true),
            ("+120 ms", false),
            ("+02:00", false),
            ("a+1 22", false),
            ("+1 200 300", true),
        ] {
            assert_eq!(pattern.find(text).is_some_and(|number| is_phone(number.as_str())), found, "{text}");
        }
    }

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
