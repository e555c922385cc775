//! Work that several people answer for, each a little.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::{
        items,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "several-owners",
    group: Group::Action,
    default_level: Level::Info,
    stage: Stage::AfterDraft,
    summary: "An open action item has more than one owner",
    docs: include_str!("several_owners.md"),
    scope: Scope::Document(check),
};

/// How the names of several owners are joined; `org/team` is one.
static JOIN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\s*[,;&]\s*|\s+(?:and|or|/|\+)\s+").ok());

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let Some(join) = JOIN.as_ref() else { return };
    for item in items::unfinished(document) {
        let Some(owner) = &item.owner else { continue };
        // A name that the configuration knows is one, whatever it holds.
        if document.config.team(&owner.value).is_some() {
            continue;
        }
        let count = join.split(&owner.value).filter(|name| !name.trim().is_empty()).count();
        if count < 2 {
            continue;
        }
        findings.push(
            Finding::new(
                RULE.name,
                items::place(document, item),
                format!(
                    "action item `{}` has {count} owners: `{}`",
                    items::shorten(&item.title),
                    owner.value.trim()
                ),
            )
            .help("name the one who answers for it; the others may help all the same"),
        );
    }
}
