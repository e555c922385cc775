//! An incident that looks like an earlier one, which it does not mention.

use crate::{
    aggregate::{Reason, Related},
    check::rule::{Findings, Group, Rule, Scope, Stage, Whole, first_line},
    diagnostic::{Finding, Level},
    model::Postmortem,
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

fn check(whole: &Whole<'_>, findings: &mut Findings) {
    let postmortems = whole.archive.postmortems();
    for (postmortem, related) in postmortems.iter().zip(&whole.summary.related) {
        let earlier = related
            .iter()
            .filter_map(|related| Some((related, postmortems.get(related.postmortem)?)))
            .find(|(related, other)| is_earlier(postmortem, other) && is_likeness(related));
        let (Some((related, other)), Some(source)) = (earlier, whole.sources.get(postmortem.path.as_str()))
        else {
            continue;
        };
        let open = other.actions.iter().filter(|item| item.status.value.is_unfinished()).count();
        let open = match open {
            0 => String::new(),
            1 => "; one of its action items is still open".to_owned(),
            more => format!("; {more} of its action items are still open"),
        };
        let finding = Finding::new(
            RULE.name,
            first_line(source, postmortem.title.span),
            format!(
                "this incident resembles `{}` of {}: {}{open}",
                other.id.value,
                other.date_text(),
                shared(related)
            ),
        )
        .help(format!(
            "if they belong together, add `related = [\"{}\"]` and say what is different",
            other.id.value
        ));
        findings.entry(postmortem.path.clone()).or_default().push(finding);
    }
}

fn is_earlier(postmortem: &Postmortem, other: &Postmortem) -> bool {
    let (Some(day), Some(before)) = (&postmortem.date, &other.date) else { return false };
    (1..=DAYS).contains(&(day.value - before.value).num_days())
}

/// The same thing broke for the same reasons, and neither document says so. One factor alone is too common a likeness.
fn is_likeness(related: &Related) -> bool {
    let count = |is: fn(&Reason) -> bool| related.reasons.iter().filter(|reason| is(reason)).count();
    count(|reason| matches!(reason, Reason::Factor(_))) >= 2
        && count(|reason| matches!(reason, Reason::Service(_))) >= 1
        && count(|reason| matches!(reason, Reason::Stated | Reason::NamedBy)) == 0
}

fn shared(related: &Related) -> String {
    let words = related.reasons.iter().filter_map(|reason| match reason {
        Reason::Factor(name) => Some(format!("factor `{name}`")),
        Reason::Service(name) => Some(format!("service `{name}`")),
        Reason::Tag(name) => Some(format!("tag `{name}`")),
        Reason::Stated | Reason::NamedBy => None,
    });
    words.collect::<Vec<_>>().join(", ")
}
