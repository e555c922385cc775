//! Work of which nobody can say when it is done.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::{
        items::{self, Asked},
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
    model::{ActionItem, ActionType},
    pattern,
};

pub(super) const RULE: Rule = Rule {
    name: "vague-action",
    group: Group::Action,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "An action item has no end that could be seen",
    docs: include_str!("vague_action.md"),
    scope: Scope::Document(check),
};

pub(in crate::check) const ASKED: Asked = Asked {
    rule: RULE.name,
    lack: |item| {
        let is_vague = item.entry.status.is_unfinished() && is_vague(item.action);
        is_vague.then(|| "no end that could be seen".to_owned())
    },
    help: "name a result that can be seen: a number, a check that passes, a decision with a day",
};

/// All of them for text in lower case.
struct Patterns {
    /// A beginning that promises effort, not a result.
    vague: Regex,
    /// Who promises it.
    promise: Regex,
    /// A quality and a field of work, and nothing else.
    noun: Regex,
    /// Anything that makes a result visible: a number, code, a key, a condition, a means.
    concrete: Regex,
    /// A question that can be answered: `Investigate why …`.
    asks: Regex,
    /// Looking into something is a result when the item is of that type and has a day.
    looks_into: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let regex = pattern::ascii;
    Some(Patterns {
        vague: regex(
            r"^(?:we (?:should|will|need to|must|are going to|plan to)\s+|to\s+|should\s+|need to\s+|team to\s+)?(?:improve|improving|enhance|enhancing|better|optimi[sz]e|strengthen(?:ing)?|review|revisit|consider|considering|think about|explore|look into|look at|investigate|evaluate|discuss|address|handle|make (?:\w+ )?(?:better|more (?:robust|reliable|resilient|stable))|have better|more|tighten|increase (?:awareness|visibility|focus))\b",
        )?,
        promise: regex(r"^(?:(?:we|team) )?(?:should|will|need to|must|are going to|plan to|to)\s+")?,
        noun: regex(
            r"^(?:better|more|improved|additional|further|proper|good)\s+(?:\w+\s+){0,2}(?:monitoring|alerting|alerts|testing|tests|documentation|docs|communication|training|logging|observability|visibility|validation|process(?:es)?|planning|reviews?)\b",
        )?,
        concrete: regex(
            r"\d|`|#\w|\bhttps?:|\?$|\bby \w+ing\b|\bso (?:that|we)\b|\bwhen\b|\buntil\b|\bfor every\b|\bif\b|\bvia\b|\band (?:fix|add|remove|implement|replace)\b|\bwith an? (?:\w+ ){1,3}(?:check|test|alert|monitor\w*|probe|gate|lock|job|step)\b",
        )?,
        asks: regex(
            r"^(?:we (?:should|will|need to|must)\s+|to\s+|should\s+)?(?:investigate|look into|look at|explore|evaluate|discuss|decide|consider|revisit|review)\s+(?:why|how|whether|if|what|which|who|the root cause|root cause)\b|^review (?:all|every|each)\b.*\b(?:to (?:ensure|check|verify|confirm)|that)\b",
        )?,
        looks_into: regex(r"^(?:\w+ )?(?:look|investigate|explore|evaluate|review)\b")?,
    })
});

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    for item in items::unfinished(document) {
        if !is_vague(item) {
            continue;
        }
        findings.push(
            Finding::new(
                RULE.name,
                items::place(document, item),
                format!("nothing tells when `{}` is done", items::shorten(&item.title)),
            )
            .help(format!("name a result that can be seen, for instance `{}`", proposal(&item.title))),
        );
    }
}

/// What an item with an end could say in place of this one.
fn proposal(title: &str) -> String {
    let title = title.trim().trim_end_matches(['.', ' ']);
    let title = PATTERNS
        .as_ref()
        .and_then(|patterns| patterns.promise.find(&title.to_ascii_lowercase()).map(|promise| promise.end()))
        .and_then(|end| title.get(end..))
        .unwrap_or(title);
    let lower = title.to_lowercase();
    let about = |verbs: &[&str]| {
        let verb = verbs.iter().find(|verb| lower.starts_with(**verb))?;
        let rest = title.get(verb.len()..)?.trim();
        (!rest.is_empty() && lower.as_bytes().get(verb.len()) == Some(&b' ')).then(|| items::shorten(rest))
    };
    if let Some(rest) = about(&["investigate", "look into", "look at", "explore", "evaluate"]) {
        return format!("Write down by … what was found about {rest}");
    }
    if let Some(rest) = about(&["consider", "considering", "discuss", "think about", "revisit"]) {
        return format!("Decide by … on {rest}");
    }
    if let Some(rest) = about(&["review"]) {
        return format!("List by … what has to change in {rest}");
    }
    let fields: [(&[&str], &str); 4] = [
        (
            &["monitor", "alert", "observab", "visib", "probe", "metric"],
            "Page the on-call when … is above … for … minutes",
        ),
        (&["test", "coverage", "validation"], "Add a test that fails when …"),
        (&["doc", "runbook", "playbook"], "Write the steps for … into …, and have somebody new follow them"),
        (&["log"], "Log … with …, so that … can be searched for"),
    ];
    fields
        .iter()
        .find(|(words, _)| words.iter().any(|word| lower.contains(word)))
        .map_or("Change … so that … is … or less", |(_, shape)| *shape)
        .to_owned()
}

fn is_vague(item: &ActionItem) -> bool {
    // What a tracker holds is told there.
    if !item.trackers.is_empty() {
        return false;
    }
    let Some(patterns) = PATTERNS.as_ref() else { return false };
    let title = &*item.title.trim().to_ascii_lowercase();
    let is_investigation = item.kind.as_ref().is_some_and(|kind| kind.value == ActionType::Investigate);
    if is_investigation && item.due.is_some() && patterns.looks_into.is_match(title) {
        return false;
    }
    // A question is answered when there is an answer.
    if patterns.asks.is_match(title) {
        return false;
    }
    (patterns.vague.is_match(title) || patterns.noun.is_match(title))
        && !patterns.concrete.is_match(title)
        && !item.markdown().contains('`')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_vagueness_has_its_own_way_out() {
        for (title, instead) in [
            ("Look into grey deploys.", "Write down by … what was found about grey deploys"),
            ("Consider moving logs", "Decide by … on moving logs"),
            ("We should consider moving logs", "Decide by … on moving logs"),
            ("Review the limits of the pool", "List by … what has to change in the limits of the pool"),
            ("Better monitoring", "Page the on-call when … is above … for … minutes"),
            ("Improve test coverage", "Add a test that fails when …"),
            ("Improve reliability", "Change … so that … is … or less"),
            ("Reviewing", "Change … so that … is … or less"),
        ] {
            assert_eq!(proposal(title), instead, "{title}");
        }
    }
}
