//! Work that nobody answers for.

use crate::{
    check::{
        items::{self, Asked, Item},
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "action-without-owner",
    group: Group::Action,
    default_level: Level::Warning,
    stage: Stage::WhenFinished,
    summary: "An open action item has no owner",
    docs: include_str!("action_without_owner.md"),
    scope: Scope::Document(check),
};

pub(in crate::check) const ASKED: Asked = Asked {
    rule: RULE.name,
    lack: |item| (item.entry.status.is_unfinished() && !has_owner(item)).then(|| "no owner".to_owned()),
    help: "name one person or team that answers for it; work without an owner tends to stay undone",
};

/// What stands in place of an owner and is none.
const NOBODY: [&str; 14] = [
    "?",
    "??",
    "???",
    "-",
    "–",
    "—",
    "all",
    "anyone",
    "everybody",
    "everyone",
    "n/a",
    "tbc",
    "tbd",
    "unassigned",
];

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    items::report_lacking(document, &ASKED, "owner", findings);
}

fn has_owner(item: &Item<'_>) -> bool {
    item.action.owner.as_ref().is_some_and(|owner| is_somebody(&owner.value))
}

fn is_somebody(owner: &str) -> bool {
    let owner = owner.trim().trim_matches(['*', '_', '@', '<', '>', '(', ')']).to_lowercase();
    !owner.is_empty() && owner != "team" && owner != "the team" && !NOBODY.contains(&owner.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_nobody() {
        for owner in ["TBD", " all ", "@everyone", "**Team**", "", "???"] {
            assert!(!is_somebody(owner), "{owner}");
        }
        for owner in ["storefront", "@kim", "Alla", "the storefront team"] {
            assert!(is_somebody(owner), "{owner}");
        }
    }
}
