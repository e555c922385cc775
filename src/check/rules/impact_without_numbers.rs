//! An impact that nobody can compare with another.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::{
        language,
        rule::{Document, Group, Rule, Scope, Stage, first_line},
    },
    diagnostic::{Finding, Level},
    model::{Section, SectionKind},
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
    // Which parts were affected is no impact yet; what users felt stands elsewhere.
    let told: Vec<&Section> = postmortem
        .sections
        .iter()
        .filter(|section| section.is(SectionKind::Impact) && !section.is_empty)
        .filter(|section| !document.context.names_services(&section.title))
        .collect();
    if told.iter().any(|section| amount.is_match(document.text(section.body))) {
        return;
    }
    let summary = impact.summary.as_ref().map(|summary| summary.span);
    let Some(span) = told.first().map(|section| section.heading).or(summary) else { return };
    // The words for amounts are English, so nothing can be said of other languages.
    if !language::is_english(document.text(postmortem.body)) {
        return;
    }
    findings.push(
        Finding::new(RULE.name, first_line(document.source, span), "the impact is told without a number")
            .help("give a count, a share or a duration; an estimate that says so is better than none"),
    );
}
