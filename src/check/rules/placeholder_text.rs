//! Text that stands for text that is still to come.

use std::{collections::BTreeMap, sync::LazyLock};

use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;

use crate::{
    check::{
        prose::Piece,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
    model::SectionKind,
    pattern,
    source::Span,
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

/// `TODO` and its like in capitals, where they are not spoken of: at the beginning, before a colon, at the end, in
/// brackets. Dates of letters, and `???` where a value belongs.
static PLACEHOLDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let patterns = [
        r"^\W*(?P<a>TODO|FIXME|XXX)\b",
        r"\b(?P<b>TODO|FIXME|XXX)\s*(?::|$)",
        r"[(\[](?P<c>TODO|FIXME|XXX)\b",
        r"\b(?P<d>TBD|TBC)\b",
        r"(?:^|[\s:(\[])(?P<e>\?{3,})",
        r"(?P<f>(?i:\blorem ipsum\b))",
        r"(?P<g>(?i:<(?:insert|add|fill in|your|describe)\b[^>]{0,60}>))",
        r"(?P<h>(?i:\[(?:insert|fill in|add|describe)\b[^\]]{0,60}\]))",
        r"\b(?P<i>YYYY-MM-DD|(?:hh|HH):(?:mm|MM)(?::(?:ss|SS))?)\b",
    ];
    pattern::ascii(&patterns.join("|"))
});

/// What every placeholder holds, in lower case; hardly any text does, so the expression above is hardly ever needed. In
/// the document itself signs may be written as entities, and lines end within a placeholder.
static MARKS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let marks = [
        "todo",
        "fixme",
        "xxx",
        "tbd",
        "tbc",
        "???",
        "lorem",
        "<insert",
        "<add",
        "<fill",
        "<your",
        "<describe",
        "[insert",
        "[fill",
        "[add",
        "[describe",
        "yyyy-mm-dd",
        "hh:mm",
        "&lt;",
        "&#",
    ];
    // The kind that looks at many bytes at once, as long as it does not ask for their case.
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(marks).ok()
});

/// So many places of one placeholder are pointed at.
const SHOWN: usize = 5;

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    if !may_hold_one(&document.source.markdown) {
        return;
    }
    // A table of `hh:mm` is one piece of work, not one for each line.
    let mut places: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for (placeholder, span) in document.pieces().iter().filter_map(placeholder) {
        places.entry(placeholder).or_default().push(span);
    }
    for (placeholder, spans) in places {
        let Some((first, others)) = spans.split_first() else { continue };
        let elsewhere = match others.len() {
            0 => String::new(),
            1 => ", here and in one more place".to_owned(),
            more => format!(", here and in {more} more places"),
        };
        let finding = Finding::new(
            RULE.name,
            *first,
            format!("the placeholder `{placeholder}` was not replaced{elsewhere}"),
        )
        .help("write what is known; `not known, because …` is an answer too");
        findings.push(others.iter().take(SHOWN).fold(finding, |finding, span| finding.also(*span, "")));
    }
}

fn may_hold_one(text: &str) -> bool {
    MARKS.as_ref().is_some_and(|marks| marks.is_match(&text.to_ascii_lowercase()))
}

/// The first placeholder of a piece, and where it stands in the document.
fn placeholder(piece: &Piece) -> Option<(&str, Span)> {
    // A list of work may have a column with `TODO` in it, and may speak of such comments in code.
    if piece.section == Some(SectionKind::ActionItems) || !may_hold_one(&piece.text) {
        return None;
    }
    let found = PLACEHOLDER.as_ref()?.captures(&piece.text)?.iter().skip(1).flatten().next()?;
    Some((found.as_str(), piece.locate(found.start(), found.end())))
}
