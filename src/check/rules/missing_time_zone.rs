//! Times of day of which nobody can say where they are true.

use std::collections::BTreeSet;

use crate::{
    check::{
        fixes,
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Aspect, Finding, Fix, Level},
    edit::{Step, Value},
    model::{Section, SectionForm, SectionKind, Zone},
    source::Edit,
};

pub(super) const RULE: Rule = Rule {
    name: "missing-time-zone",
    group: Group::Clock,
    default_level: Level::Warning,
    stage: Stage::WhenFinished,
    summary: "Times are stated without a time zone",
    docs: include_str!("missing_time_zone.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    if document.config.book.zone().is_some() {
        return;
    }
    let postmortem = document.postmortem;
    let events = postmortem.timeline.iter().map(|event| (&event.at, event.at_span));
    let times = postmortem.times.values().map(|fact| (&fact.value, fact.span));
    let unzoned = times.chain(events).filter(|(moment, _)| moment.clock.is_some() && moment.zone.is_none());
    // A milestone that is read from an event stands where the event does.
    let mut places = BTreeSet::new();
    let mut unzoned = unzoned.map(|(_, span)| span).filter(|span| places.insert(*span));
    let Some(first) = unzoned.next() else { return };
    let message = match unzoned.count() {
        0 => "this time has no time zone".to_owned(),
        more => format!("this time and {more} more have no time zone"),
    };
    findings.push(
        Finding::new(RULE.name, first, message)
            .help("say it once: `zone = \"UTC\"` under `[times]`, `## Timeline (UTC)`, or `[book] zone` for all documents")
            .fix(document.zone.and_then(|zone| stated(document, zone))),
    );
}

/// The zone of the other documents in the front matter, else in the heading of the timeline.
fn stated(document: &Document<'_>, zone: &Zone) -> Option<Fix> {
    let postmortem = document.postmortem;
    let zone = zone.to_string();
    let title = format!("state the zone of all other documents, `{zone}`");
    if postmortem.front_matter.is_some() {
        let edit = fixes::set_key(document, &[Step::Key("times"), Step::Key("zone")], &Value::Text(zone))?;
        return Some(Fix::needs_review(title, vec![edit], &[Aspect::Zone]));
    }
    let is_heading = |section: &&Section| matches!(section.form, SectionForm::Heading(_));
    let mut headings = postmortem.sections.iter().filter(|section| section.is(SectionKind::Timeline));
    let heading = headings.find(is_heading)?.heading;
    let line = document.text(heading).lines().next()?.trim_end().trim_end_matches(['#', ' ']);
    let edit = Edit::insert(heading.start + line.len(), format!(" ({zone})"));
    Some(Fix::needs_review(title, vec![edit], &[Aspect::Zone, Aspect::Sections]))
}
