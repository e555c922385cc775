//! An impact that nobody can compare with another.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage, first_line},
    diagnostic::{Finding, Level},
    model::SectionKind,
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
    Regex::new(
        r"(?i)\p{Nd}|\b(?:all|none|no|nobody|one|two|three|four|five|six|seven|eight|nine|ten|half|every|everyone|entire|ingen|alle)\b|全",
    )
    .ok()
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
    let span = match (postmortem.section(SectionKind::Impact), &impact.summary) {
        (Some(section), _) if amount.is_match(document.text(section.body)) => return,
        (Some(section), _) => section.heading,
        (None, Some(summary)) => summary.span,
        (None, None) => return,
    };
    findings.push(
        Finding::new(RULE.name, first_line(document.source, span), "the impact is told without a number")
            .help("give a count, a share or a duration; an estimate that says so is better than none"),
    );
}
