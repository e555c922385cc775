//! What a folder of documents shows as a whole: the names that its documents use, their zones, the parts that they
//! have. `book` makes the first configuration of it.
//!
//! Only what is counted is said, and each with how many documents show it; nothing here decides what is right.

mod book;
mod folders;
mod names;
mod severities;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

pub use book::Place;
pub use folders::Folders;
pub use names::Name;

use crate::{
    model::{Origin, Postmortem, Section, SectionForm, SectionKind, Zone, zone::offset_text},
    parse::{Dates, Evidence},
};
use names::Names;

/// Fewer documents than this show a coincidence.
const FEW: usize = 3;

/// A heading that many documents have and that names no known part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The heading as most documents write it, and in how many it stands.
    pub name: Name,
    /// True when in most of them the events of the timeline stand below it.
    pub is_timeline: bool,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Survey {
    /// How many documents there are.
    pub documents: usize,
    /// The first and the last year of the incidents.
    pub years: Option<(i32, i32)>,
    /// The severities, the worst first.
    pub severities: Vec<Name>,
    /// The services, the most common first.
    pub services: Vec<Name>,
    /// The teams, the most common first.
    pub teams: Vec<Name>,
    /// The zones that documents state, the most common first.
    pub zones: Vec<Name>,
    /// The offsets of zones that have no name of their own in the world: abbreviations.
    pub offsets: BTreeMap<String, String>,
    /// What the dates show about the order of day and month.
    pub dates: Evidence,
    /// How many documents have each kind of part.
    pub parts: BTreeMap<SectionKind, usize>,
    /// Common headings that are not understood.
    pub headings: Vec<Heading>,
}

impl Survey {
    /// Counts what documents say.
    pub fn new(postmortems: &[Arc<Postmortem>], dates: Dates) -> Self {
        let mut severities = Names::default();
        let mut services = Names::default();
        let mut teams = Names::default();
        let mut zones = Names::default();
        let mut offsets = BTreeMap::new();
        let mut parts: BTreeMap<SectionKind, usize> = BTreeMap::new();
        for postmortem in postmortems {
            severities.add(postmortem.severity.iter().map(|severity| severity.value.as_str()));
            services.add(postmortem.services.iter().map(|service| service.value.as_str()));
            teams.add(postmortem.teams.iter().map(|team| team.value.as_str()));
            let zone = postmortem.zone.as_ref().filter(|zone| zone.origin != Origin::Inferred);
            zones.add(zone.map(|zone| zone.value.to_string()).as_deref());
            if let Some(Zone::Fixed { name, minutes }) = zone.map(|zone| &zone.value) {
                offsets.insert(name.to_string(), offset_text(*minutes));
            }
            for kind in SectionKind::ALL.into_iter().filter(|kind| has(postmortem, *kind)) {
                *parts.entry(kind).or_default() += 1;
            }
        }
        let years = postmortems
            .iter()
            .filter_map(|postmortem| postmortem.date.as_ref())
            .map(|date| chrono::Datelike::year(&date.value));
        Self {
            documents: postmortems.len(),
            years: years.clone().min().zip(years.max()),
            severities: severities::in_order(severities.joined_by(severities::key)),
            services: services.joined(),
            teams: teams.joined(),
            zones: zones.joined(),
            offsets,
            dates: match dates {
                Dates::Shown(evidence) => evidence,
                Dates::Configured => Evidence::default(),
            },
            parts,
            headings: headings(postmortems),
        }
    }
}

/// True when a document has a part, under a name of its own or as facts.
fn has(postmortem: &Postmortem, kind: SectionKind) -> bool {
    postmortem.section(kind).is_some()
        || match kind {
            SectionKind::Timeline => !postmortem.timeline.is_empty(),
            SectionKind::ActionItems => !postmortem.actions.is_empty(),
            _ => false,
        }
}

/// The headings below the title that are common and of no known kind.
fn headings(postmortems: &[Arc<Postmortem>]) -> Vec<Heading> {
    let mut names = Names::default();
    let mut with_events = Names::default();
    for postmortem in postmortems {
        // What stands within the timeline or the action items groups their entries.
        let within = |section: &Section| {
            postmortem.sections.iter().any(|outer| {
                (outer.is(SectionKind::Timeline) || outer.is(SectionKind::ActionItems))
                    && outer.body.contains(section.heading)
            })
        };
        let unknown: Vec<&Section> = postmortem
            .sections
            .iter()
            .filter(|section| !section.is_known() && section.form != SectionForm::Label)
            .filter(|section| section.title != postmortem.title.value && !within(section))
            .filter(|section| section.title.chars().any(char::is_alphabetic))
            .collect();
        let holds_events = |section: &&&Section| {
            postmortem.timeline.iter().filter(|event| section.body.contains(event.at_span)).count() >= 2
        };
        names.add(unknown.iter().map(|section| section.title.trim()));
        with_events.add(unknown.iter().filter(holds_events).map(|section| section.title.trim()));
    }
    let with_events: BTreeMap<String, usize> =
        with_events.joined().into_iter().map(|name| (names::folded(&name.id), name.documents)).collect();
    let is_common = |name: &Name| name.documents >= FEW && name.documents * 10 >= postmortems.len();
    names
        .joined()
        .into_iter()
        .filter(is_common)
        .map(|name| {
            let events = with_events.get(&names::folded(&name.id)).copied().unwrap_or_default();
            Heading { is_timeline: events * 2 > name.documents, name }
        })
        .collect()
}

/// The distinct names among some.
fn distinct<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
    names.into_iter().map(str::trim).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests;
