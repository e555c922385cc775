//! Postmortems by service, team, tag, factor, source and year.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::{
    aggregate::step::Step,
    config::{Folder, Named},
    model::{Fact, Postmortem, anchor::file_slug, archive::merged},
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
    /// The groups after a step. `self` are those before it.
    pub(super) fn follow(&self, step: Step<'_>) -> Self {
        let config = step.config;
        let services = || config.services.iter().map(|service| known(service, "")).collect();
        let teams = || config.teams.iter().map(|team| known(team, "")).collect();
        let factors = || config.factors.iter().map(|factor| known(factor, &factor.description)).collect();
        let by = |before: &[Group], known: Vec<Group>, facts: fn(&Postmortem) -> &[Fact<String>]| {
            group(before, step, known, |postmortem, add| {
                for fact in facts(postmortem) {
                    add(&fact.value);
                }
            })
        };
        let years = || {
            let mut years = group(&self.years, step, Vec::new(), |postmortem, add| {
                postmortem.date.iter().for_each(|date| add(&date.value.year().to_string()));
            });
            years.reverse();
            years
        };
        let source = |(id, folder): (String, &Folder)| Group {
            id,
            name: folder.label.clone(),
            description: folder.description.clone(),
            slug: String::new(),
            postmortems: Vec::new(),
        };
        let sources = || {
            let known = config.book.src.sources().map(source).collect();
            group(&self.sources, step, known, |postmortem, add| {
                postmortem.source.iter().for_each(|source| add(source));
            })
        };
        let ((services, teams, factors), (tags, sources, years)) = rayon::join(
            || {
                let services = by(&self.services, services(), |postmortem| &postmortem.services);
                let teams = by(&self.teams, teams(), |postmortem| &postmortem.teams);
                (services, teams, by(&self.factors, factors(), |postmortem| &postmortem.factors))
            },
            || (by(&self.tags, Vec::new(), |postmortem| &postmortem.tags), sources(), years()),
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

/// The groups that documents name, after a step. `name` gives those of one document to whoever asks; `known` are those
/// that the configuration names.
fn group(
    before: &[Group],
    step: Step<'_>,
    known: Vec<Group>,
    name: impl Fn(&Postmortem, &mut dyn FnMut(&str)),
) -> Vec<Group> {
    let mut fresh: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, postmortem) in step.fresh() {
        name(postmortem, &mut |id| match fresh.get_mut(id) {
            Some(places) if places.last() == Some(&at) => {}
            Some(places) => places.push(at),
            None => drop(fresh.insert(id.to_owned(), vec![at])),
        });
    }
    let mut groups: BTreeMap<String, Group> =
        known.into_iter().map(|group| (group.id.clone(), group)).collect();
    for group in before {
        let kept = step.moves.kept(&group.postmortems);
        if !kept.is_empty() {
            groups.entry(group.id.clone()).or_insert_with(|| Group::of(&group.id)).postmortems = kept;
        }
    }
    for (id, fresh) in fresh {
        let group = groups.entry(id).or_insert_with_key(|id| Group::of(id));
        group.postmortems = merged(std::mem::take(&mut group.postmortems), fresh, usize::cmp);
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
    use chrono::NaiveDate;

    use super::*;
    use crate::{
        aggregate::aggregate,
        config::Config,
        model::{
            Archive,
            fixture::{fact, postmortem},
        },
    };

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
        let groups = aggregate(&Archive::new(vec![a, b]), &config, NaiveDate::MIN).groups;
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
