//! Why the facts at the head of a postmortem, and its milestones, are what they are.

use super::{
    Explained, Group, Subject,
    sentences::{moment_text, quoted},
};
use crate::{
    model::{Basis, Carrier, Fact, Milestone, Moment, Origin, Postmortem},
    source::Span,
};

pub(super) fn facts(subject: &Subject<'_>) -> Vec<Explained> {
    let postmortem = subject.postmortem;
    let mut found = vec![title(postmortem), id(postmortem), date(subject)];
    let mut one = |key: &str, name: &str, fact: Option<(Origin, Span, String)>, expected: bool| match fact {
        Some((origin, span, value)) => {
            let fact = Fact::new((), span, origin);
            found.push(Explained::of(Group::Facts, key, name, &fact).value(value).because([by(origin)]));
        }
        None if expected => {
            let why = "no key of the front matter, label or section says it";
            found.push(Explained::absent(Group::Facts, key, name, why));
        }
        None => {}
    };
    let key = |origin, span, key: &str| (origin, span, key.to_owned());
    one("status", "Status", postmortem.status.as_ref().map(|f| key(f.origin, f.span, f.value.key())), true);
    one("severity", "Severity", postmortem.severity.as_ref().map(said), true);
    let lists = [
        ("services", "Service", &postmortem.services, true),
        ("teams", "Team", &postmortem.teams, false),
        ("factors", "Factor", &postmortem.factors, false),
        ("tags", "Tag", &postmortem.tags, false),
        ("authors", "Author", &postmortem.authors, false),
        ("repeat_of", "Repeat of", &postmortem.repeat_of, false),
        ("related", "Related", &postmortem.related, false),
        ("root_cause.why", "Why", &postmortem.root_cause.why, false),
    ];
    for (key, name, values, expected) in lists {
        if values.is_empty() {
            one(key, name, None, expected);
        }
        for (index, value) in values.iter().enumerate() {
            one(&format!("{key}[{index}]"), name, Some(said(value)), expected);
        }
    }
    let by = postmortem.detected_by.as_ref();
    one("detected_by", "Noticed by", by.map(|f| key(f.origin, f.span, f.value.key())), true);
    let visible = postmortem.visibility.as_ref();
    one("visibility", "Readers", visible.map(|f| key(f.origin, f.span, f.value.key())), false);
    let impact = &postmortem.impact;
    let cause = &postmortem.root_cause;
    for (key, name, fact) in [
        ("impact.summary", "Impact", &impact.summary),
        ("impact.users", "Users", &impact.users),
        ("impact.requests", "Requests", &impact.requests),
        ("impact.failed_requests", "Failed", &impact.failed_requests),
        ("impact.revenue", "Revenue", &impact.revenue),
        ("impact.data_loss", "Data lost", &impact.data_loss),
        ("root_cause.summary", "Cause", &cause.summary),
        ("root_cause.trigger", "Trigger", &cause.trigger),
    ] {
        one(key, name, fact.as_ref().map(said), false);
    }
    found.push(zone(subject));
    found.into_iter().map(|fact| severity_meant(subject, fact)).collect()
}

fn said(fact: &Fact<String>) -> (Origin, Span, String) {
    (fact.origin, fact.span, fact.value.clone())
}

/// The clause for a fact that stands where it stands.
pub(super) const fn plain(origin: Origin) -> &'static str {
    match origin {
        Origin::FrontMatter => "a key of the front matter says it",
        Origin::Label => "a label of the body says it",
        Origin::Section => "the body says it",
        Origin::FileName => "the document does not say it, so it is from the name of the file",
        Origin::Inferred => "it follows from other facts",
    }
}

fn by(origin: Origin) -> String {
    plain(origin).to_owned()
}

fn title(postmortem: &Postmortem) -> Explained {
    let title = &postmortem.title;
    let why = match title.origin {
        Origin::Section => {
            "it is the first heading, or the line below one that was left as the template had it".to_owned()
        }
        Origin::FileName => {
            "there is no heading and no key for it, so it is the name of the file in words".to_owned()
        }
        origin => by(origin),
    };
    Explained::of(Group::Facts, "title", "Title", title).value(title.value.as_str()).because([why])
}

fn id(postmortem: &Postmortem) -> Explained {
    let id = &postmortem.id;
    let why = match id.origin {
        Origin::FileName => "no `id` is stated, so it is the name of the file".to_owned(),
        Origin::Inferred => "another document has the id that this one asks for".to_owned(),
        origin => by(origin),
    };
    Explained::of(Group::Facts, "id", "Id", id).value(id.value.as_str()).because([why])
}

fn date(subject: &Subject<'_>) -> Explained {
    let postmortem = subject.postmortem;
    let Some(date) = &postmortem.date else {
        let why = "no key, label, title, file name or event says a day that is known in full";
        return Explained::absent(Group::Facts, "date", "Date", why);
    };
    let event =
        postmortem.timeline.iter().find(|event| event.at_span == date.span && event.at.date.is_some());
    let started = postmortem.times.get(&Milestone::Started).filter(|started| started.span == date.span);
    let mut why = Vec::new();
    match (date.origin, started, event) {
        (Origin::Inferred, Some(started), _) => {
            why.push("no date is stated, so it is the day on which it started".to_owned());
            why.extend(subject.of_day(&started.value, started.span));
        }
        (Origin::Inferred, None, Some(event)) => {
            let is_first =
                postmortem.timeline.iter().all(|other| other.at.date.is_none_or(|day| day >= date.value));
            why.push(if is_first {
                "no date is stated, so it is the day of the first event".to_owned()
            } else {
                "no date is stated, so it is the day on which most events begin; what comes days before led up to it"
                    .to_owned()
            });
            why.extend(subject.of_day(&event.at, event.at_span));
        }
        (Origin::Inferred, None, None) => {
            why.push("no date is stated, so it is the first day that the text names".to_owned());
            why.extend(subject.of_order(date.span));
        }
        (Origin::Section, ..) => {
            why.push("the title names it".to_owned());
            why.extend(subject.of_order(date.span));
        }
        (origin, ..) => {
            why.push(by(origin));
            why.extend(subject.of_order(date.span));
        }
    }
    Explained::of(Group::Facts, "date", "Date", date).value(date.value.to_string()).because(why)
}

fn zone(subject: &Subject<'_>) -> Explained {
    let postmortem = subject.postmortem;
    let Some(zone) = &postmortem.zone else {
        let why = match subject.config.book.zone() {
            Some(zone) => {
                format!("the document states none, so times count as {zone}, the `zone` of `book.toml`")
            }
            None => {
                "no clock, heading, table header, note, label or key names one, and `book.toml` has no `zone`"
                    .to_owned()
            }
        };
        return Explained::absent(Group::Facts, "zone", "Zone", &why);
    };
    let bases = postmortem
        .timeline
        .iter()
        .map(|event| event.at.basis)
        .chain(postmortem.times.values().map(|fact| fact.value.basis));
    let carrier = bases.map(|basis: Basis| basis.zone).find(|carried| carried.span() == zone.span);
    let why = match (zone.origin, carrier.map(|carried| carried.by)) {
        (Origin::Inferred, _) => "it is the only one that stands behind any clock of the document",
        (_, Some(Carrier::Heading)) => "the heading of the timeline names it",
        (_, Some(Carrier::Note)) => "a note says it for all times",
        (_, Some(Carrier::Column)) => "the header of the table of times names it",
        (Origin::FrontMatter, _) => "a key of the front matter says it",
        (Origin::Label, _) => "a label of the body says it",
        _ => "it stands beside the first time that names one",
    };
    Explained::of(Group::Facts, "zone", "Zone", zone).value(zone.value.to_string()).because([why.to_owned()])
}

/// Adds to a severity what the configuration takes it for.
fn severity_meant(subject: &Subject<'_>, mut fact: Explained) -> Explained {
    if fact.key != "severity" || fact.value.is_none() {
        return fact;
    }
    match &subject.postmortem.severity_id {
        Some(id) if fact.value.as_deref() != Some(id) => fact.why.push(format!("it means `{id}`")),
        Some(_) => {}
        None => fact.why.push("it is none of the severities that are configured".to_owned()),
    }
    fact
}

/// The milestones, those that the usual measures need in any case.
pub(super) fn times(subject: &Subject<'_>) -> Vec<Explained> {
    use Milestone::{Acknowledged, Detected, Mitigated, Resolved, Started};
    let postmortem = subject.postmortem;
    let mut found = Vec::new();
    for milestone in Milestone::ALL {
        let key = format!("times.{}", milestone.key());
        let name = milestone.words();
        if let Some(fact) = postmortem.times.get(&milestone) {
            found.push(
                Explained::of(Group::Times, key, name, fact)
                    .value(moment_text(&fact.value, None))
                    .because([told(subject, milestone, fact)])
                    .because(subject.of_moment(&fact.value, fact.span)),
            );
        } else if [Started, Detected, Acknowledged, Mitigated, Resolved].contains(&milestone) {
            let why = format!(
                "no key of `[times]` or label says it, and no event is marked `[{}]`",
                milestone.key()
            );
            found.push(Explained::absent(Group::Times, key, name, &why));
        }
    }
    found
}

/// What says that this moment is the milestone.
fn told(subject: &Subject<'_>, milestone: Milestone, fact: &Fact<Moment>) -> String {
    let event = subject.postmortem.timeline.iter().find(|event| event.at_span == fact.span);
    match (fact.origin, event) {
        (Origin::Inferred, Some(event)) => {
            format!("nothing states it; the words of the event suggest it: {}", quoted(&event.text))
        }
        (Origin::FrontMatter | Origin::Section, Some(event)) if event.milestone == Some(milestone) => {
            format!("the event {} is marked so", quoted(&event.text))
        }
        (Origin::Section, None) => "a sentence tells from when to when it lasted".to_owned(),
        (origin, _) => by(origin),
    }
}
