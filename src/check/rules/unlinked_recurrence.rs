//! An incident that looks like an earlier one, which it does not mention.

use crate::{
    aggregate::{Reason, Related},
    check::{
        items,
        rule::{Findings, Group, Rule, Scope, Stage, Whole, first_line},
    },
    diagnostic::{Finding, Level},
    model::Postmortem,
    words::Count,
};

pub(super) const RULE: Rule = Rule {
    name: "unlinked-recurrence",
    group: Group::Archive,
    default_level: Level::Info,
    stage: Stage::Always,
    summary: "The document resembles an earlier one and does not name it",
    docs: include_str!("unlinked_recurrence.md"),
    scope: Scope::Archive(check),
};

/// Beyond this time a likeness is history.
const DAYS: i64 = 730;

/// So many of the action items that are still open are named.
const NAMED: usize = 3;

fn check(whole: &Whole<'_>, findings: &mut Findings) {
    let look = |place: usize, related: &[Related]| {
        let postmortem = whole.archive.postmortems().get(place)?;
        Some((&postmortem.path, finding(whole, postmortem, related)?))
    };
    for (path, finding) in whole.summary.related.each(whole.archive, look) {
        findings.entry(path.clone()).or_default().push(finding);
    }
}

fn finding(whole: &Whole<'_>, postmortem: &Postmortem, related: &[Related]) -> Option<Finding> {
    let (related, other) = related
        .iter()
        .filter(|related| related.is_recurrence() && !related.is_stated())
        .filter_map(|related| Some((related, whole.archive.postmortems().get(related.postmortem)?)))
        .find(|(_, other)| is_earlier(postmortem, other))?;
    let source = whole.sources.get(postmortem.path.as_str())?;
    let shared = Reason::told(&related.reasons, |_, name| format!("`{name}`"));
    let message = format!(
        "this incident resembles `{}` of {}: {shared}{}",
        other.id.value,
        other.date_text(),
        open(other)
    );
    let finding = Finding::new(RULE.name, first_line(source, postmortem.title.span), message);
    Some(finding.help(format!(
        "if it is the same again, add `repeat_of = [\"{id}\"]`; if they only belong together, `related = [\"{id}\"]`; \
         and say what is different",
        id = other.id.value
    )))
}

fn is_earlier(postmortem: &Postmortem, other: &Postmortem) -> bool {
    let (Some(day), Some(before)) = (&postmortem.date, &other.date) else { return false };
    (1..=DAYS).contains(&(day.value - before.value).num_days())
}

/// What was to be done about it and is not done.
fn open(other: &Postmortem) -> String {
    let open: Vec<String> = other
        .actions
        .iter()
        .filter(|item| item.status.value.is_unfinished())
        .map(|item| format!("`{}`", items::shorten(&item.title)))
        .collect();
    let named = open.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    match open.len() {
        0 => String::new(),
        count if count > NAMED => {
            format!(
                "; {} of it are still open: {named} and {} more",
                Count(count, "action item"),
                count - NAMED
            )
        }
        1 => format!("; one action item of it is still open: {named}"),
        count => format!("; {} of it are still open: {named}", Count(count, "action item")),
    }
}
