//! A document that does not say when it was, how bad it was, or what it was about.

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage},
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "missing-field",
    group: Group::Structure,
    default_level: Level::Warning,
    stage: Stage::WhenFinished,
    summary: "The document does not state its date, severity or services",
    docs: include_str!("missing_field.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let postmortem = document.postmortem;
    // Of an empty document another rule says that it is empty.
    if document.text(postmortem.body).trim().is_empty() && postmortem.front_matter.is_none() {
        return;
    }
    let stated = [
        ("date", postmortem.date.is_some()),
        ("severity", postmortem.severity.is_some() || postmortem.near_miss),
        ("services", !postmortem.services.is_empty()),
    ];
    let missing: Vec<&str> = stated.into_iter().filter(|(_, stated)| !stated).map(|(name, _)| name).collect();
    if missing.is_empty() {
        return;
    }
    let list = missing.join("`, `");
    findings.push(
        Finding::new(RULE.name, document.head(), format!("this document does not state its `{list}`"))
            .help("state it in the front matter, or as a label such as `**Severity:** SEV2`"),
    );
}
