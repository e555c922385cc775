//! The explanation of one postmortem, for a person and for a program.

use anstyle::Style;
use serde::Serialize;
use textwrap::core::display_width;

use crate::{
    cli::{Io, io, sheet::Sheet},
    explain::{Explained, Group, Subject, explain},
    model::Origin,
    report::visible,
    source::Span,
    words::Count,
};

/// The widest column of names.
const NAMES: usize = 20;

pub(super) fn text(subject: &Subject<'_>, path: &str, io: &Io<'_>) -> String {
    let facts = explain(subject);
    let mut sheet = Sheet::new(io);
    sheet.text(0, &visible(&subject.postmortem.title.value), io::STRONG);
    let inferred = facts.iter().filter(|fact| is_concluded(fact)).count();
    let said = facts.iter().filter(|fact| fact.value.is_some()).count();
    let about = format!("{}; {inferred} inferred or from the name of the file", Count(said, "fact"));
    sheet.text(0, &about, Style::new());
    for group in Group::ALL {
        let own: Vec<&Explained> = facts.iter().filter(|fact| fact.group == group).collect();
        if own.is_empty() {
            continue;
        }
        sheet.heading(group.words());
        let mut before: &[String] = &[];
        for fact in own {
            one(&mut sheet, subject, path, fact, before);
            before = &fact.why;
        }
    }
    sheet.finish()
}

fn is_concluded(fact: &Explained) -> bool {
    matches!(fact.origin, Some(Origin::Inferred | Origin::FileName))
}

/// One fact: its value, then its origin with the place and the words that say so, then the reason when that is more
/// than the origin. A reason that is the same as that of the event above is said once.
fn one(sheet: &mut Sheet<'_, '_>, subject: &Subject<'_>, path: &str, fact: &Explained, before: &[String]) {
    // Events and actions are known by their text; for them the value is the shorter of the two.
    let is_entry = matches!(fact.group, Group::Timeline | Group::Actions) && !fact.key.contains('.');
    let indent = if fact.group == Group::Actions && !is_entry { 4 } else { 2 };
    let (name, value) = (visible(&fact.name), fact.value.as_deref().map(visible));
    let hang = match value {
        Some(value) if is_entry => {
            sheet.row(indent, (&value, io::STRONG), display_width(&value), &name);
            indent + 2
        }
        value => {
            let value = value.unwrap_or_else(|| "not stated".to_owned());
            sheet.row(indent, (&name, io::STRONG), NAMES, &value);
            indent + NAMES + 2
        }
    };
    let is_same = fact.group == Group::Timeline && fact.why == before;
    let why = if is_same { "as above".to_owned() } else { visible(&fact.why.join("; ")) };
    let origin = fact.origin.map(Origin::words);
    let Some(span) = fact.span else {
        let origin = origin.map(|origin| format!("{origin}: ")).unwrap_or_default();
        sheet.text(hang, &format!("{origin}{why}"), Style::new());
        return;
    };
    let place =
        format!("{} · {}:{}", origin.unwrap_or_default(), visible(path), subject.source.position(span.start));
    sheet.line(hang, &place, &words(subject, fact, span), io::FAINT);
    if !fact.is_plain() {
        sheet.text(hang, &why, Style::new());
    }
}

/// The words that say so: those of the time of an event, those of a part of an action item, else the line that they
/// stand on. An action item itself has been quoted already.
fn words(subject: &Subject<'_>, fact: &Explained, span: Span) -> String {
    let line = || subject.source.line(subject.source.position(span.start).line).unwrap_or_default();
    let words = match fact.group {
        Group::Actions if !fact.key.contains('.') => return String::new(),
        Group::Timeline | Group::Actions => span,
        _ => line(),
    };
    visible(subject.source.slice(words).trim().lines().next().unwrap_or_default())
}

/// The explanation for programs. `version` changes when a field changes its meaning or goes.
#[derive(Serialize)]
pub(super) struct Explanation<'a> {
    version: u8,
    id: &'a str,
    path: &'a str,
    facts: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    group: Group,
    key: String,
    name: String,
    /// Null for what the document does not say.
    value: Option<String>,
    /// `front-matter`, `section`, `label`, `file-name` or `inferred`; null for what is not said and what is computed.
    origin: Option<Origin>,
    line: Option<usize>,
    column: Option<usize>,
    /// The bytes of the document that say so, on one line.
    words: Option<&'a str>,
    why: Vec<String>,
}

impl<'a> Explanation<'a> {
    pub(super) fn new(subject: &Subject<'a>) -> Self {
        let row = |fact: Explained| {
            let at = fact.span.map(|span| subject.source.position(span.start));
            Row {
                group: fact.group,
                key: fact.key,
                name: fact.name,
                value: fact.value,
                origin: fact.origin,
                line: at.map(|at| at.line),
                column: at.map(|at| at.column),
                words: fact.span.map(|span| subject.source.slice(span).trim()),
                why: fact.why,
            }
        };
        Self {
            version: 1,
            id: &subject.postmortem.id.value,
            path: &subject.postmortem.path,
            facts: explain(subject).into_iter().map(row).collect(),
        }
    }
}
