//! Which postmortems belong together, and why.
//!
//! Two sources: what a document states (`related`, read in both directions), and what two documents share. A shared
//! service, factor or tag weighs more the rarer it is: a factor that two documents have says more than a service that
//! half of the archive has. Only documents that share something are compared, through the groups, never all pairs.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::{
    aggregate::{Group, Groups},
    model::Archive,
};

/// Why two postmortems belong together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// This document names the other.
    Stated,
    /// The other document names this one.
    NamedBy,
    /// Both have this contributing factor (its name on pages).
    Factor(String),
    /// Both concern this service (its name on pages).
    Service(String),
    /// Both have this tag.
    Tag(String),
}

/// A postmortem that belongs to another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Its place in the archive.
    pub postmortem: usize,
    /// Why, the strongest reason first.
    pub reasons: Vec<Reason>,
}

/// How many related postmortems are kept for each, those that a document states apart.
const MOST: usize = 5;

/// A group that holds more than this share of the archive says nothing; with few documents every group may speak.
const TOO_COMMON: (usize, usize) = (1, 2);

/// What a document states outweighs everything that could be concluded.
const STATED: f64 = 1_000.0;

/// Beyond this many members the pairs grow quadratically and mean little.
const MOST_MEMBERS: usize = 200;

/// What two documents may share: a group, how much that says, and how it is told.
struct Shared<'g> {
    group: &'g Group,
    score: f64,
    reason: fn(String) -> Reason,
}

/// Why another document belongs to one, before it is told.
#[derive(Default)]
struct Likeness<'g> {
    score: f64,
    stated: Vec<Reason>,
    shared: Vec<&'g Shared<'g>>,
}

pub(super) fn relate(archive: &Archive, groups: &Groups) -> Vec<Vec<Related>> {
    let postmortems = archive.postmortems();
    let all = postmortems.len();
    let shared: Vec<Shared<'_>> = telling(&groups.factors, all, 3.0, Reason::Factor)
        .chain(telling(&groups.services, all, 2.0, Reason::Service))
        .chain(telling(&groups.tags, all, 1.0, Reason::Tag))
        .collect();
    let mut groups_of: Vec<Vec<&Shared<'_>>> = vec![Vec::new(); all];
    for shared in &shared {
        for at in &shared.group.postmortems {
            if let Some(groups) = groups_of.get_mut(*at) {
                groups.push(shared);
            }
        }
    }
    let mut stated: Vec<Vec<(usize, Reason)>> = vec![Vec::new(); all];
    for (at, postmortem) in postmortems.iter().enumerate() {
        for other in postmortem.related.iter().filter_map(|id| archive.meant(&id.value, postmortem)) {
            for (of, by, reason) in [(at, other, Reason::Stated), (other, at, Reason::NamedBy)] {
                if let Some(stated) = stated.get_mut(of) {
                    stated.push((by, reason));
                }
            }
        }
    }
    let both: Vec<_> = stated.into_iter().zip(groups_of).enumerate().collect();
    both.into_par_iter().map(|(of, (stated, groups))| strongest(of, stated, &groups)).collect()
}

/// The groups that are small enough for a member to say something.
fn telling(
    groups: &[Group],
    all: usize,
    weight: f64,
    reason: fn(String) -> Reason,
) -> impl Iterator<Item = Shared<'_>> {
    let (part, whole) = TOO_COMMON;
    groups.iter().filter_map(move |group| {
        let size = group.postmortems.len();
        if !(2..=MOST_MEMBERS).contains(&size) || (all > 8 && size * whole > all * part) {
            return None;
        }
        // Logarithm of rarity, as in inverse document frequency.
        #[expect(clippy::cast_precision_loss, reason = "counts of documents are far below 2^52")]
        let score = weight * (1.0 + (all as f64 / size as f64).ln());
        Some(Shared { group, score, reason })
    })
}

/// The documents that belong to one, by what is stated about it and by the groups that it is in.
fn strongest(of: usize, stated: Vec<(usize, Reason)>, groups: &[&Shared<'_>]) -> Vec<Related> {
    let mut likeness: BTreeMap<usize, Likeness<'_>> = BTreeMap::new();
    for (other, reason) in stated.into_iter().filter(|(other, _)| *other != of) {
        let found = likeness.entry(other).or_default();
        found.score += STATED;
        found.stated.push(reason);
    }
    for shared in groups {
        for other in shared.group.postmortems.iter().filter(|other| **other != of) {
            let found = likeness.entry(*other).or_default();
            found.score += shared.score;
            found.shared.push(shared);
        }
    }
    let mut found: Vec<_> = likeness.into_iter().filter(|(_, likeness)| likeness.is_no_chance()).collect();
    found.sort_by(|(a, left), (b, right)| right.score.total_cmp(&left.score).then(a.cmp(b)));
    found
        .into_iter()
        .enumerate()
        .filter(|(rank, (_, likeness))| *rank < MOST || likeness.stated.contains(&Reason::Stated))
        .map(|(_, (postmortem, likeness))| Related { postmortem, reasons: likeness.reasons() })
        .collect()
}

impl Likeness<'_> {
    /// One shared tag or service is chance; a shared factor, or two things shared, is a likeness.
    fn is_no_chance(&self) -> bool {
        let is_factor = |shared: &&Shared<'_>| matches!((shared.reason)(String::new()), Reason::Factor(_));
        !self.stated.is_empty() || self.shared.len() > 1 || self.shared.iter().any(is_factor)
    }

    fn reasons(self) -> Vec<Reason> {
        let shared = self.shared.iter().map(|shared| (shared.reason)(shared.group.name.clone()));
        let mut reasons: Vec<Reason> = self.stated.into_iter().chain(shared).collect();
        reasons.sort();
        reasons.dedup();
        reasons
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::Config,
        model::{
            Postmortem,
            fixture::{fact, postmortem},
        },
    };

    fn of(id: &str, date: &str, services: &[&str], factors: &[&str]) -> Postmortem {
        let facts = |values: &[&str]| values.iter().map(|value| fact((*value).to_owned())).collect();
        Postmortem { services: facts(services), factors: facts(factors), ..postmortem(id, date) }
    }

    fn related(postmortems: Vec<Postmortem>) -> (Archive, Vec<Vec<Related>>) {
        let archive = Archive::new(postmortems);
        let groups = Groups::new(&archive, &Config::default());
        let related = relate(&archive, &groups);
        (archive, related)
    }

    #[test]
    fn a_stated_relation_holds_in_both_directions_and_comes_first() {
        let mut repeat = of("repeat", "2026-03-01", &["checkout"], &["config-change"]);
        repeat.related = vec![fact("first".to_owned())];
        let (archive, related) = related(vec![
            of("first", "2025-03-01", &["parcels"], &[]),
            of("alike", "2025-04-01", &["checkout"], &["config-change"]),
            repeat,
        ]);
        let of = |id: &str| &related[archive.index_of(id).unwrap()];
        let named = |related: &Related| archive.postmortems()[related.postmortem].id.value.clone();
        assert_eq!(of("repeat").iter().map(named).collect::<Vec<_>>(), ["first", "alike"]);
        assert_eq!(
            of("repeat")[1].reasons,
            [Reason::Factor("config-change".to_owned()), Reason::Service("checkout".to_owned())]
        );
        assert_eq!(of("first")[0].reasons, [Reason::NamedBy]);
    }

    #[test]
    fn one_shared_service_is_chance() {
        let (_, related) = related(vec![
            of("a", "2025-03-01", &["checkout"], &[]),
            of("b", "2025-04-01", &["checkout"], &[]),
        ]);
        assert_eq!(related, [vec![], vec![]]);
    }
}
