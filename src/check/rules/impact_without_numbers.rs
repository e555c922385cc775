//! An impact that nobody can compare with another.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage, first_line},
    diagnostic::{Finding, Level},
    model::SectionKind,
    pattern,
};

pub(super) const RULE: Rule = Rule {
    name: "impact-without-numbers",
    group: Group::Data,
    default_level: Level::Warning,
    stage: Stage::WhenFinished,
    summary: "The impact is told without a number",
    docs: include_str!("impact_without_numbers.md"),
    scope: Scope::Document(check),
};

/// A digit, or a word that says exactly how much.
static AMOUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::ascii(
        r"(?i)\p{Nd}|\b(?:all|none|no|nobody|one|two|three|four|five|six|seven|eight|nine|ten|half|every|everyone|entire)\b|\b(?:not|never|without)\s+(?:\w+\s+){0,3}any\b",
    )
});

/// Words without which hardly an English sentence does. The words for amounts are English, so nothing can be said of
/// other languages.
static ENGLISH: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern::ascii(r"(?i)\b(?:the|of|and|to|were|was|not|could|some|for)\b"));

fn is_english(text: &str) -> bool {
    ENGLISH.as_ref().is_some_and(|english| english.is_match(text))
}

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let Some(amount) = AMOUNT.as_ref() else { return };
    let postmortem = document.postmortem;
    let impact = &postmortem.impact;
    let counted = impact.users.is_some()
        || impact.requests.is_some()
        || impact.failed_requests.is_some()
        || impact.revenue.is_some()
        || impact.data_loss.is_some()
        || !impact.slo.is_empty()
        || impact.summary.as_ref().is_some_and(|summary| amount.is_match(&summary.value));
    if counted || postmortem.near_miss {
        return;
    }
    let span = match (postmortem.section(SectionKind::Impact), &impact.summary) {
        (Some(section), _) => {
            let text = document.text(section.body);
            if amount.is_match(text) || !is_english(text) {
                return;
            }
            section.heading
        }
        (None, Some(summary)) if is_english(&summary.value) => summary.span,
        (None, _) => return,
    };
    findings.push(
        Finding::new(RULE.name, first_line(document.source, span), "the impact is told without a number")
            .help("give a count, a share or a duration; an estimate that says so is better than none"),
    );
}
