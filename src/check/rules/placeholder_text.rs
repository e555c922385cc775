//! Text that stands for text that is still to come.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::rule::{Document, Group, Rule, Scope, Stage},
    diagnostic::{Finding, Level},
    model::SectionKind,
};

pub(super) const RULE: Rule = Rule {
    name: "placeholder-text",
    group: Group::Structure,
    default_level: Level::Warning,
    stage: Stage::AfterDraft,
    summary: "A placeholder was never replaced",
    docs: include_str!("placeholder_text.md"),
    scope: Scope::Document(check),
};

/// `TODO` and its like in capitals only: in lower case they are words. Dates of letters, and `??` where a value belongs.
static PLACEHOLDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:TODO|TBD|TBC|FIXME|XXX)\b|\?{3,}|(?i:\blorem ipsum\b|<(?:insert|add|fill in|your|describe)\b[^>]{0,60}>|\[(?:insert|fill in|add|describe)\b[^\]]{0,60}\])|\bYYYY-MM-DD\b|\b(?:hh:mm|HH:MM)\b(?::(?:ss|SS)\b)?",
    )
    .ok()
});

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let Some(placeholder) = PLACEHOLDER.as_ref() else { return };
    for piece in document.pieces() {
        // A list of work may speak of TODO comments in code.
        if piece.section == Some(SectionKind::ActionItems) && piece.text.split_whitespace().count() > 4 {
            continue;
        }
        let Some(found) = placeholder.find(&piece.text) else { continue };
        findings.push(
            Finding::new(
                RULE.name,
                piece.locate(found.start(), found.end()),
                format!("the placeholder `{}` was not replaced", found.as_str()),
            )
            .help("write what is known; `not known, because …` is an answer too"),
        );
    }
}
