//! Postmortems by service, team, tag, factor, source and year.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::{
    config::{Config, Named},
    model::{Archive, Fact, Postmortem, anchor::file_slug},
};

/// Postmortems that share a service, team, tag, factor, source or year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// As documents name it.
    pub id: String,
    /// As pages name it.
    pub name: String,
    /// What it means, when the configuration says so; empty otherwise.
    pub description: String,
    /// Unique among the groups of its kind, and safe in a file name.
    pub slug: String,
    /// Places in the archive, the newest first.
    pub postmortems: Vec<usize>,
}

impl Group {
    /// One of which only the id is known.
    fn of(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: id.to_owned(),
            description: String::new(),
            slug: String::new(),
            postmortems: Vec::new(),
        }
    }

    /// How many of its postmortems fall into each of so many columns. One may fall into none.
    pub fn split(&self, columns: usize, column: impl Fn(usize) -> Option<usize>) -> Vec<usize> {
        let mut counts = vec![0; columns];
        for at in self.postmortems.iter().filter_map(|place| column(*place)) {
            if let Some(count) = counts.get_mut(at) {
                *count += 1;
            }
        }
        counts
    }

    /// How many postmortems are in both.
    pub fn in_common(&self, other: &Self) -> usize {
        // Places ascend in every group.
        self.postmortems.iter().filter(|place| other.postmortems.binary_search(place).is_ok()).count()
    }
}

/// The groups of each kind, by id; those that only the configuration names are there too, without postmortems.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Groups {
    /// By service.
    pub services: Vec<Group>,
    /// By team.
    pub teams: Vec<Group>,
    /// By tag.
    pub tags: Vec<Group>,
    /// By contributing factor.
    pub factors: Vec<Group>,
    /// By source, where folders are sources of their own.
    pub sources: Vec<Group>,
    /// By year, the latest first.
    pub years: Vec<Group>,
}

impl Groups {
    pub(super) fn new(archive: &Archive, config: &Config) -> Self {
        let services = config.services.iter().map(|service| known(service, ""));
        let teams = config.teams.iter().map(|team| known(team, ""));
        let factors = config.factors.iter().map(|factor| known(factor, &factor.description));
        let by = |known: Vec<Group>, facts: fn(&Postmortem) -> &[Fact<String>]| {
            group(archive, known, |postmortem, add| {
                for fact in facts(postmortem) {
                    add(&fact.value);
                }
            })
        };
        let years = || {
            let mut years = group(archive, Vec::new(), |postmortem, add| {
                postmortem.date.iter().for_each(|date| add(&date.value.year().to_string()));
            });
            years.reverse();
            years
        };
        let sources = config.book.src.sources().map(|(id, folder)| Group {
            id,
            name: folder.label.clone(),
            description: folder.description.clone(),
            slug: String::new(),
            postmortems: Vec::new(),
        });
        let sources = || {
            group(archive, sources.collect(), |postmortem, add| {
                postmortem.source.iter().for_each(|source| add(source));
            })
        };
        let ((services, teams, factors), (tags, sources, years)) = rayon::join(
            || {
                let services = by(services.collect(), |postmortem| &postmortem.services);
                let teams = by(teams.collect(), |postmortem| &postmortem.teams);
                (services, teams, by(factors.collect(), |postmortem| &postmortem.factors))
            },
            || (by(Vec::new(), |postmortem| &postmortem.tags), sources(), years()),
        );
        Self { services, teams, tags, factors, sources, years }
    }

    /// The group with this id among those of one kind.
    pub fn find<'a>(groups: &'a [Group], id: &str) -> Option<&'a Group> {
        groups.binary_search_by(|group| group.id.as_str().cmp(id)).ok().and_then(|at| groups.get(at)).or_else(
            // Years stand in the other direction.
            || groups.iter().find(|group| group.id == id),
        )
    }
}

fn known(entry: &impl Named, description: &str) -> Group {
    Group {
        id: entry.id().to_owned(),
        name: entry.title().to_owned(),
        description: description.to_owned(),
        slug: String::new(),
        postmortems: Vec::new(),
    }
}

/// The groups that documents name. `name` gives those of one document to whoever asks.
fn group(
    archive: &Archive,
    known: Vec<Group>,
    name: impl Fn(&Postmortem, &mut dyn FnMut(&str)),
) -> Vec<Group> {
    let mut groups: BTreeMap<String, Group> =
        known.into_iter().map(|group| (group.id.clone(), group)).collect();
    for (at, postmortem) in archive.postmortems().iter().enumerate() {
        name(postmortem, &mut |id| {
            if !groups.contains_key(id) {
                groups.insert(id.to_owned(), Group::of(id));
            }
            if let Some(group) = groups.get_mut(id).filter(|group| group.postmortems.last() != Some(&at)) {
                group.postmortems.push(at);
            }
        });
    }
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    let mut groups: Vec<_> = groups.into_values().filter(|group| !group.id.is_empty()).collect();
    for group in &mut groups {
        let base = file_slug(&group.id);
        // `index` is the page that lists the groups.
        let base = if base == "index" { "index-1".to_owned() } else { base };
        let count = used.entry(base.clone()).or_default();
        *count += 1;
        group.slug = if *count == 1 { base } else { format!("{base}--{count}") };
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::{fact, postmortem};

    #[test]
    fn groups_have_names_from_the_configuration_and_slugs_of_their_own() {
        let mut config = Config::default();
        config.services = vec![crate::config::Service {
            id: "checkout".into(),
            name: Some("Checkout".into()),
            ..Default::default()
        }];
        let mut a = postmortem("a", "2026-10-01");
        a.services = vec![fact("c++".to_owned()), fact("C".to_owned()), fact("c#".to_owned())];
        let mut b = postmortem("b", "2025-10-01");
        b.services = vec![fact("checkout".to_owned()), fact("checkout".to_owned())];
        let groups = Groups::new(&Archive::new(vec![a, b]), &config);
        let seen: Vec<_> = groups
            .services
            .iter()
            .map(|group| (group.name.as_str(), group.slug.as_str(), group.postmortems.as_slice()))
            .collect();
        assert_eq!(
            seen,
            [
                ("C", "c", [0].as_slice()),
                ("c#", "c--2", &[0]),
                ("c++", "c--3", &[0]),
                ("Checkout", "checkout", &[1]),
            ]
        );
        let years: Vec<_> = groups.years.iter().map(|year| year.id.as_str()).collect();
        assert_eq!(years, ["2026", "2025"]);
        assert_eq!(Groups::find(&groups.years, "2025").map(|year| year.id.as_str()), Some("2025"));
    }
}
