//! Which postmortems belong together, and why.
//!
//! Two sources: what a document states (`related`, read in both directions), and what two documents share. A shared
//! service, factor or tag weighs more the rarer it is: a factor that two documents have says more than a service that
//! half of the archive has. Only documents that share something are compared, through the groups, never all pairs.

use std::collections::BTreeMap;

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

#[derive(Default)]
struct Likeness {
    score: f64,
    reasons: Vec<Reason>,
}

pub(super) fn relate(archive: &Archive, groups: &Groups) -> Vec<Vec<Related>> {
    let postmortems = archive.postmortems();
    let mut likeness: Vec<BTreeMap<usize, Likeness>> = postmortems.iter().map(|_| BTreeMap::new()).collect();
    let mut add = |of: usize, other: usize, score: f64, reason: Reason| {
        if of != other
            && let Some(found) = likeness.get_mut(of)
        {
            let found = found.entry(other).or_default();
            found.score += score;
            found.reasons.push(reason);
        }
    };
    for (at, postmortem) in postmortems.iter().enumerate() {
        for other in postmortem.related.iter().filter_map(|id| archive.index_of(&id.value)) {
            add(at, other, STATED, Reason::Stated);
            add(other, at, STATED, Reason::NamedBy);
        }
    }
    share(&groups.factors, postmortems.len(), 3.0, Reason::Factor, &mut add);
    share(&groups.services, postmortems.len(), 2.0, Reason::Service, &mut add);
    share(&groups.tags, postmortems.len(), 1.0, Reason::Tag, &mut add);
    likeness.into_iter().map(strongest).collect()
}

fn share(
    groups: &[Group],
    all: usize,
    weight: f64,
    reason: fn(String) -> Reason,
    add: &mut impl FnMut(usize, usize, f64, Reason),
) {
    let (part, whole) = TOO_COMMON;
    for group in groups {
        let size = group.postmortems.len();
        if !(2..=MOST_MEMBERS).contains(&size) || (all > 8 && size * whole > all * part) {
            continue;
        }
        // Logarithm of rarity, as in inverse document frequency.
        #[expect(clippy::cast_precision_loss, reason = "counts of documents are far below 2^52")]
        let score = weight * (1.0 + (all as f64 / size as f64).ln());
        for of in &group.postmortems {
            for other in &group.postmortems {
                add(*of, *other, score, reason(group.name.clone()));
            }
        }
    }
}

fn strongest(likeness: BTreeMap<usize, Likeness>) -> Vec<Related> {
    // One shared tag or service is chance; a shared factor, or two things shared, is a likeness.
    let mut found: Vec<_> = likeness
        .into_iter()
        .filter(|(_, likeness)| {
            likeness.reasons.len() > 1
                || likeness
                    .reasons
                    .iter()
                    .any(|reason| !matches!(reason, Reason::Tag(_) | Reason::Service(_)))
        })
        .collect();
    found.sort_by(|(a, left), (b, right)| right.score.total_cmp(&left.score).then(a.cmp(b)));
    found
        .into_iter()
        .enumerate()
        .filter(|(rank, (_, likeness))| *rank < MOST || likeness.reasons.contains(&Reason::Stated))
        .map(|(_, (postmortem, mut likeness))| {
            likeness.reasons.sort();
            likeness.reasons.dedup();
            Related { postmortem, reasons: likeness.reasons }
        })
        .collect()
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
