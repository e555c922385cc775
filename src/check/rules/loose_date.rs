//! A day or a time of the front matter that only people read without guessing.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::{
    adopt,
    check::rule::{Document, Group, Rule, Scope, Stage},
    diagnostic::{Aspect, Finding, Fix, Level},
    edit::Value,
    model::{Due, Fact, Origin},
    parse::reads_either_way,
    source::{Edit, Span},
};

pub(super) const RULE: Rule = Rule {
    name: "loose-date",
    group: Group::Clock,
    default_level: Level::Info,
    stage: Stage::Always,
    summary: "A date of the front matter is not written as ISO 8601",
    docs: include_str!("loose_date.md"),
    scope: Scope::Document(check),
};

/// True for what every program reads: `2026-03-14`, and the same with a clock and an offset behind it. In front of it may
/// stand that it is not exact: `~` or `c.`.
fn is_iso(text: &str) -> bool {
    let rest = text.strip_prefix(['~', 'c']).unwrap_or(text);
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let Some((day, behind)) = rest.split_at_checked("2026-03-14".len()) else { return false };
    let fits = |(byte, form): (u8, u8)| if form == b'-' { byte == b'-' } else { byte.is_ascii_digit() };
    day.bytes().zip(*b"0000-00-00").all(fits) && (behind.is_empty() || behind.starts_with(['T', 't', ' ']))
}

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let postmortem = document.postmortem;
    let day = |fact: &Fact<NaiveDate>| (fact.span, fact.origin, Some(Value::Plain(fact.value.to_string())));
    let days = postmortem.date.iter().map(day);
    let zone = postmortem.zone.as_ref().map(|zone| &zone.value).or(document.config.book.zone());
    let times =
        postmortem.times.values().map(|fact| (fact.span, fact.origin, adopt::written(&fact.value, zone)));
    let items = postmortem.actions.iter().flat_map(|item| {
        let due = item.due.as_ref().and_then(|due| match due.value {
            Due::Day(day) => Some(Fact::new(day, due.span, due.origin)),
            Due::Month { .. } | Due::Quarter { .. } => None,
        });
        [due, item.opened.clone(), item.closed.clone()]
            .into_iter()
            .flatten()
            .map(|fact| day(&fact))
            .collect::<Vec<_>>()
    });
    // What states a day and a moment is a moment.
    let mut seen = HashSet::new();
    for (span, origin, value) in times.chain(days).chain(items) {
        // A title may have its day in it.
        if origin == Origin::FrontMatter && !postmortem.title.span.overlaps(span) && seen.insert(span) {
            findings.extend(look(document, span, value));
        }
    }
}

fn look(document: &Document<'_>, span: Span, value: Option<Value>) -> Option<Finding> {
    let written = document.text(span);
    let text = written.trim_matches(['"', '\'']);
    // A clock alone has its day from elsewhere.
    let has_day = text.chars().filter(char::is_ascii_digit).count() > 4;
    if !has_day || is_iso(text) || text.contains('\n') {
        return None;
    }
    let iso = match value? {
        Value::Plain(iso) => iso,
        Value::Text(iso) => format!("\"{iso}\""),
        Value::List(_) => return None,
    };
    let finding = Finding::new(RULE.name, span, format!("`{text}` is not the form that every program reads"));
    let finding = finding.help("write the year first, then the month and the day: `2026-03-14`");
    // A day in place of a minute would lose it.
    if text.contains(':') && !iso.contains(':') {
        return Some(finding);
    }
    let title = format!("write `{}`", iso.trim_matches('"'));
    let edits = vec![Edit::new(span, iso)];
    let fix = if reads_either_way(text) {
        Fix::needs_review(title, edits, &[Aspect::Zone])
    } else {
        Fix::safe(title, edits, &[])
    };
    Some(finding.fix(Some(fix)))
}
