//! Text that stands for text that is still to come.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
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
    Regex::new(&patterns.join("|")).ok()
});

/// What every placeholder holds, in any case; hardly any text does, so the expression above is hardly ever needed.
static MARKS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let marks = [
        "todo",
        "fixme",
        "xxx",
        "tbd",
        "tbc",
        "???",
        "lorem ipsum",
        "<insert",
        "<add",
        "<fill in",
        "<your",
        "<describe",
        "[insert",
        "[fill in",
        "[add",
        "[describe",
        "yyyy-mm-dd",
        "hh:mm",
    ];
    AhoCorasick::builder().ascii_case_insensitive(true).build(marks).ok()
});

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let (Some(placeholder), Some(marks)) = (PLACEHOLDER.as_ref(), MARKS.as_ref()) else { return };
    for piece in document.pieces() {
        // A list of work may have a column with `TODO` in it, and may speak of such comments in code.
        if piece.section == Some(SectionKind::ActionItems) || !marks.is_match(&piece.text) {
            continue;
        }
        let Some(captures) = placeholder.captures(&piece.text) else { continue };
        let Some(found) = captures.iter().skip(1).flatten().next() else { continue };
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
