//! A related postmortem that is not there.

use crate::{
    check::{
        fixes,
        rule::{Document, Group, Rule, Scope, Stage},
        targets::is_of_another_kind,
    },
    data::{meant, nearest},
    diagnostic::{Finding, Level},
    source::Span,
};

pub(super) const RULE: Rule = Rule {
    name: "unknown-related",
    group: Group::Archive,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "A related postmortem is not in the archive",
    docs: include_str!("unknown_related.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let postmortem = document.postmortem;
    let written = |span: Span| document.source.text.get(span.start..span.end).unwrap_or_default();
    for related in postmortem.repeat_of.iter().chain(&postmortem.related) {
        let id = related.value.as_str();
        if id == postmortem.id.value {
            findings.push(
                Finding::new(RULE.name, related.span, "this document names itself as related")
                    .help("remove the entry"),
            );
        } else if document.archive.meant(id, postmortem).is_none()
            && !is_of_another_kind(document, written(related.span))
        {
            let ids = document.archive.postmortems().iter().map(|other| other.id.value.as_str());
            let ids: Vec<&str> = ids.filter(|other| may_be_near(id, other)).collect();
            let meant = meant(id, ids.iter().copied());
            let help = match meant.or_else(|| nearest(id, ids)) {
                Some(near) => format!("is `{near}` meant?"),
                None => "an id is what a document states as `id`, else the name of its file without `.md`"
                    .to_owned(),
            };
            findings.push(
                Finding::new(RULE.name, related.span, format!("no postmortem has the id `{id}`"))
                    .help(help)
                    .fix(meant.and_then(|near| fixes::rename(document, related.span, id, near))),
            );
        }
    }
}

/// A cheap test before the distance is computed: an archive has thousands of ids.
fn may_be_near(id: &str, other: &str) -> bool {
    const PREFIX: usize = "2026-05".len();
    const SUFFIX: usize = 4;
    let (id, other) = (id.as_bytes(), other.as_bytes());
    let start = id.iter().take(PREFIX).eq(other.iter().take(PREFIX));
    let end = || id.iter().rev().take(SUFFIX).eq(other.iter().rev().take(SUFFIX));
    id.len().abs_diff(other.len()) <= id.len() / 3 + 1 && (start || end())
}
