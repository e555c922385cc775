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
        r"(?:^|[^\w-])(?P<b>TODO|FIXME|XXX)\s*(?::|$)",
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

/// What every placeholder holds, in lower case; hardly any text does, so the expression above is hardly ever needed.
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
    ];
    // The kind that looks at many bytes at once, as long as it does not ask for their case.
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(marks).ok()
});

/// So many places of one placeholder are pointed at.
const SHOWN: usize = 5;

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let prose = document.prose();
    let marks = MARKS.iter().flat_map(|marks| marks.find_iter(prose.lower()).map(|found| found.start()));
    // A table of `hh:mm` is one piece of work, not one for each line.
    let mut places: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    // In a row of a table of work it is how far the work has come, wherever the table stands.
    let rows = || document.postmortem.actions.iter().filter(|item| document.text(item.span).starts_with('|'));
    let is_work = |span: Span| rows().any(|item| item.span.contains(span));
    for (placeholder, span) in
        prose.holding(marks).filter_map(placeholder).filter(|(_, span)| !is_work(*span))
    {
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

/// The first placeholder of a piece, and where it stands in the document.
fn placeholder(piece: Piece<'_>) -> Option<(&str, Span)> {
    // A list of work may have a column with `TODO` in it, and may speak of such comments in code.
    if piece.section.contains(SectionKind::ActionItems) {
        return None;
    }
    let found = PLACEHOLDER.as_ref()?.captures(piece.text)?.iter().skip(1).flatten().next()?;
    Some((found.as_str(), piece.locate(found.start(), found.end())))
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check;

    #[test]
    fn marks_of_markdown_within_a_placeholder_do_not_hide_it() {
        for text in ["TO**DO**: say how many", "`x` was slow, T*B*D", "&lt;insert the number&gt;"] {
            let found = check(&format!("# Checkout slow\n\n## Impact\n\n{text}\n"));
            assert!(found.iter().any(|found| found.contains("[placeholder-text]")), "{text}: {found:?}");
        }
    }

    #[test]
    fn work_that_is_to_be_done_is_no_placeholder_wherever_its_table_stands() {
        let table = "| Action item | Owner | State |\n|---|---|---|\n| Cap the queue | search | TODO |\n";
        let found = check(&format!("# Search slow\n\n## Impact\n\nNone.\n\n{table}"));
        assert!(!found.iter().any(|found| found.contains("[placeholder-text]")), "{found:?}");
    }
}
