//! An open question that nobody has taken.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::{
        prose::Form,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
    model::{ActionType, Kinds, SectionKind},
    pattern,
};

pub(super) const RULE: Rule = Rule {
    name: "unknown-cause-without-action",
    group: Group::Data,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "The cause is not known, and no action item looks for it",
    docs: include_str!("unknown_cause_without_action.md"),
    scope: Scope::Document(check),
};

/// How documents say that they do not know.
static UNKNOWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::ascii(
        r"(?i)\b(?:(?:root )?causes? (?:is|was|are|remains?|stays?) (?:still |as yet |yet |currently )?(?:unknown|unclear|undetermined|not (?:yet )?(?:known|clear|understood|identified|determined))|(?:unknown|unclear|undetermined) (?:root )?cause|(?:do not|don't|still don't) (?:yet )?(?:know|understand) (?:why|what caused|the (?:root )?cause))\b|^(?:still )?(?:unknown|unclear|undetermined|not (?:yet )?known)\W*$",
    )
});

/// What an item begins with, or says somewhere, that looks for a cause.
static LOOKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::ascii(
        r"(?i)\b(?:investigat\w*|find (?:out|the)|understand|determine|identify|reproduce|diagnos\w*|analy[sz]e|debug|root cause|look into|why|bisect)\b",
    )
});

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    use SectionKind::{ContributingFactors, FiveWhys, RootCause, Trigger};
    let (Some(unknown), Some(looks)) = (UNKNOWN.as_ref(), LOOKS.as_ref()) else { return };
    let is_looked_for = document.postmortem.actions.iter().any(|item| {
        item.kind.as_ref().is_some_and(|kind| kind.value == ActionType::Investigate)
            || looks.is_match(&item.title)
    });
    if is_looked_for {
        return;
    }
    let causes = Kinds::from_iter([RootCause, Trigger, ContributingFactors, FiveWhys]);
    let said = document
        .prose()
        .pieces()
        .filter(|piece| piece.form != Form::Quote && piece.section.overlaps(causes))
        .find_map(|piece| Some((piece, unknown.find(piece.text)?)));
    let Some((piece, found)) = said else { return };
    findings.push(
        Finding::new(
            RULE.name,
            piece.locate(found.start(), found.end()),
            format!(
                "`{}` is an honest answer, but no action item looks for a better one",
                found.as_str().trim()
            ),
        )
        .help(
            "add an action item of the type `investigate` with a due date, or say why the search has ended",
        ),
    );
}
