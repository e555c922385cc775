//! Work that consists of people being different.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::{
        items,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
    pattern,
};

pub(super) const RULE: Rule = Rule {
    name: "human-behaviour-action",
    group: Group::Action,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "An action item asks people to behave differently",
    docs: include_str!("human_behaviour_action.md"),
    scope: Scope::Document(check),
};

/// A pattern, and what makes a sentence that fits it mean something else, both for text in lower case.
struct Pattern {
    asks: Regex,
    unless: Regex,
}

const PEOPLE: &str = r"(?:engineers?|developers?|devs?|operators?|staff|people|humans?|team(?:s| members?)?|everyone|employees?|colleagues|on-?call|responders?|members?|contributors?|personnel|admins?)";

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let regex = |words: &str| pattern::ascii(&words.replace("PEOPLE", PEOPLE));
    [
        (
            r"\b(?:be|being) (?:more |extra |very |even more )?(?:careful|cautious|mindful|diligent|vigilant|attentive|thorough)\b|\bpay (?:more |closer |extra |better )?attention\b|\btake (?:more |greater |extra )?care\b|\b(?:double|triple)[- ]check\b|\bremember to\b|\b(?:do not|don't) forget\b|\btry (?:harder|to be|not to)\b|\bavoid (?:making )?(?:this |such |the same |these )?mistakes?\b|\bnever again\b|\bthink (?:twice|before)\b",
            r"\?\s*$|\b(?:script|automat\w*|ci|tool|job|linter|hook|test|pipeline|check(?:er|s)?)\b",
        ),
        (
            r"\b(?:re-?train|retraining|train|educate|re-?educate|coach|remind|reminding|instruct)\s+(?:all\s+|the\s+|our\s+|every\s+|new\s+|other\s+)*(?:\w+\s+)?PEOPLE\b|\b(?:provide|more|additional|further|conduct|organi[sz]e|schedule|hold|regular|mandatory|proper)\s+(?:\w+\s+){0,2}training\b|\bawareness (?:session|campaign|training)\b|\braise awareness\b|\bsend (?:a |an )?(?:reminder|e-?mail to (?:all|everyone))\b",
            r"\?\s*$|\btraining (?:data|set|job|run|pipeline|model)|\bremind\w* \w+ that we\b",
        ),
        (
            r"\b(?:PEOPLE|reviewers?|@[\w-]+) (?:should|must|needs? to|ha(?:s|ve) to|ought to|will need to|(?:are|is) expected to) (?:always |never |be |learn|follow|check|verify|test|remember|ensure|make sure|read|ask|communicate|review|know|understand)",
            r"\?\s*$|\b(?:be able to|have (?:access|permission)|be (?:notified|paged|alerted|given|granted|enabled|disabled|added|removed|revoked|configured))\b",
        ),
    ]
    .into_iter()
    .filter_map(|(asks, unless)| Some(Pattern { asks: regex(asks)?, unless: regex(unless)? }))
    .collect()
});

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    for item in items::unfinished(document) {
        let (title, lower) = (&item.title, item.title.to_ascii_lowercase());
        let found = PATTERNS
            .iter()
            .find_map(|pattern| pattern.asks.find(&lower).filter(|_| !pattern.unless.is_match(&lower)));
        let Some(found) = found.and_then(|found| title.get(found.range())) else { continue };
        findings.push(
            Finding::new(
                RULE.name,
                items::place(document, item),
                format!(
                    "`{}` asks people to behave differently, which lasts until the next busy day",
                    found.trim()
                ),
            )
            .help(format!(
                "change what people work with, so that care is not the only guard, for instance `{}`",
                proposal(title, found)
            )),
        );
    }
}

/// What the tools could do in place of the people whom `asks` addresses.
fn proposal(title: &str, asks: &str) -> String {
    let rest = title.split_once(asks).map_or("", |(_, rest)| rest).trim().trim_end_matches(['.', '!']);
    let words = asks.to_lowercase();
    let rest = items::shorten(rest);
    let tells = ["remind", "train", "retrain", "re-train", "educate", "coach", "instruct"]
        .iter()
        .any(|verb| words.starts_with(verb));
    match rest.strip_prefix("not to ").filter(|_| tells) {
        Some(deed) => format!("Make it impossible to {deed}"),
        None if words.contains("remember to") || words.contains("forget") => {
            match rest.trim_start_matches("to ") {
                "" => "Let a job do it".to_owned(),
                deed => format!("Let a job {deed}"),
            }
        }
        None if words.contains("check") => match rest.as_str() {
            "" => "Let a check in CI fail when …".to_owned(),
            what => format!("Let a check refuse what is wrong with {what}"),
        },
        None if tells && rest.starts_with("to ") => {
            format!("Let a check fail until somebody has done it: {}", rest.trim_start_matches("to "))
        }
        None => "Let the tool name its target and ask before …".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_of_people_is_asked_of_tools() {
        for (title, asks, instead) in [
            ("Train humans not to run it by hand", "Train humans", "Make it impossible to run it by hand"),
            ("Remember to scale down afterwards", "Remember to", "Let a job scale down afterwards"),
            ("Double-check the target", "Double-check", "Let a check refuse what is wrong with the target"),
            (
                "Be more careful with deploys",
                "Be more careful",
                "Let the tool name its target and ask before …",
            ),
        ] {
            assert_eq!(proposal(title, asks), instead, "{title}");
        }
    }
}
