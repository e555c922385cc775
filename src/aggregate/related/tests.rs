//! What is stated, what is alike, what is chance and what comes back, in archives of a few lines.

use chrono::NaiveDate;

use super::*;
use crate::{
    aggregate::{
        aggregate,
        chance::{by_chance, told},
    },
    model::{
        Link, MarkKind, Postmortem,
        fixture::{fact, postmortem},
    },
    source::Span,
};

fn of(id: &str, date: &str, services: &[&str], factors: &[&str]) -> Postmortem {
    let facts = |values: &[&str]| values.iter().map(|value| fact((*value).to_owned())).collect();
    Postmortem { services: facts(services), factors: facts(factors), ..postmortem(id, date) }
}

fn relations(postmortems: Vec<Postmortem>) -> (Archive, Relations) {
    let archive = Archive::new(postmortems);
    let relations = aggregate(&archive, &Config::default(), NaiveDate::MIN).related;
    (archive, relations)
}

/// The ids and reasons of those that belong to one.
fn related(archive: &Archive, relations: &Relations, id: &str) -> Vec<(String, Vec<Reason>)> {
    let found = relations.of(archive, archive.index_of(id).unwrap());
    let named = |one: Related| (archive.postmortems()[one.postmortem].id.value.clone(), one.reasons);
    found.into_iter().map(named).collect()
}

fn chain(archive: &Archive, relations: &Relations, id: &str) -> Option<Chain> {
    let place = archive.index_of(id).unwrap();
    relations.chain(archive, place, &relations.of(archive, place))
}

fn ids(archive: &Archive, places: &[usize]) -> Vec<String> {
    places.iter().map(|at| archive.postmortems()[*at].id.value.clone()).collect()
}

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn what_is_stated_holds_in_both_directions_and_comes_first_a_repeat_before_the_rest() {
    let mut repeat = of("repeat", "2026-03-01", &["checkout"], &["config-change"]);
    repeat.related = vec![fact(text("first"))];
    repeat.repeat_of = vec![fact(text("second"))];
    repeat.links = vec![Link {
        target: text("linked.md#timeline"),
        text: String::new(),
        is_image: false,
        span: Span::default(),
    }];
    let (archive, relations) = relations(vec![
        of("first", "2025-03-01", &["parcels"], &[]),
        of("second", "2025-03-02", &["parcels"], &[]),
        of("linked", "2025-03-03", &["search"], &[]),
        of("alike", "2025-04-01", &["checkout"], &["config-change"]),
        repeat,
    ]);
    assert_eq!(
        related(&archive, &relations, "repeat"),
        [
            (text("second"), vec![Reason::Repeats]),
            (text("first"), vec![Reason::Stated]),
            (text("linked"), vec![Reason::Links]),
            (text("alike"), vec![Reason::Factor(text("config-change")), Reason::Service(text("checkout"))]),
        ]
    );
    assert_eq!(related(&archive, &relations, "second")[0], (text("repeat"), vec![Reason::RepeatedBy]));
    assert_eq!(related(&archive, &relations, "first")[0], (text("repeat"), vec![Reason::NamedBy]));
    assert_eq!(related(&archive, &relations, "linked")[0], (text("repeat"), vec![Reason::LinkedBy]));
}

#[test]
fn one_shared_service_or_name_is_chance() {
    let (archive, relations) = relations(vec![
        told(of("a", "2025-03-01", &["checkout"], &[]), &[(MarkKind::Name, "pool.max")], ""),
        of("b", "2025-04-01", &["checkout"], &[]),
        told(of("c", "2025-05-01", &[], &[]), &[(MarkKind::Name, "pool.max")], ""),
    ]);
    assert_eq!(relations.all(&archive), [vec![], vec![], vec![]]);
}

#[test]
fn an_alert_or_an_error_is_enough_and_is_an_alert_when_either_says_so() {
    let (archive, relations) = relations(vec![
        told(of("a", "2025-03-01", &[], &[]), &[(MarkKind::Alert, "QueueLag")], ""),
        told(
            of("b", "2025-04-01", &[], &[]),
            &[(MarkKind::Name, "QueueLag"), (MarkKind::Error, "pool exhausted")],
            "",
        ),
        told(of("c", "2025-05-01", &[], &[]), &[(MarkKind::Error, "pool exhausted")], ""),
    ]);
    assert_eq!(related(&archive, &relations, "a"), [(text("b"), vec![Reason::Alert(text("QueueLag"))])]);
    assert_eq!(
        related(&archive, &relations, "c"),
        [(text("b"), vec![Reason::Error(text("pool exhausted"))])]
    );
}

#[test]
fn forms_of_a_word_are_one_and_words_are_told_as_the_document_has_them() {
    let (archive, relations) = relations(vec![
        told(of("a", "2025-03-01", &[], &[]), &[], "certificates expired renewal"),
        told(of("b", "2025-04-01", &[], &[]), &[], "certificate expiry renewals disk"),
        told(of("c", "2025-05-01", &[], &[]), &[], "queue disks"),
    ]);
    let found = related(&archive, &relations, "a");
    assert_eq!(found, [(text("b"), vec![Reason::Words(vec![text("certificates"), text("renewal")])])]);
}

#[test]
fn of_equal_likeness_the_later_comes_first_and_copies_cost_what_a_dozen_do() {
    let copies = (0..400).map(|n| {
        let id = format!("copy-{n:03}");
        told(
            of(&id, "2025-03-01", &["checkout"], &["expiry"]),
            &[(MarkKind::Alert, "QueueLag")],
            "pool slow disk",
        )
    });
    let others = (0..900).map(|n| of(&format!("other-{n}"), "2025-01-01", &["search"], &[]));
    let (archive, relations) = relations(copies.chain(others).collect());
    let first = relations.of(&archive, 0);
    assert_eq!(first.iter().map(|one| one.postmortem).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert_eq!(relations.all(&archive)[0], first, "asked for one or for all, the answer is the same");
}

#[test]
fn stated_repeats_make_a_chain_over_any_number_of_steps() {
    let mut second = of("second", "2025-09-01", &[], &[]);
    second.repeat_of = vec![fact(text("first"))];
    let mut third = of("third", "2026-03-01", &[], &[]);
    third.repeat_of = vec![fact(text("second"))];
    let (archive, relations) = relations(vec![of("first", "2025-03-01", &[], &[]), second, third]);
    let chain = chain(&archive, &relations, "first").unwrap();
    assert_eq!(
        (ids(&archive, &chain.postmortems), chain.is_stated),
        (vec![text("first"), text("second"), text("third")], true)
    );
    assert_eq!(relations.chains(&archive), [chain]);
}

#[test]
fn a_clear_likeness_makes_a_chain_that_is_not_called_stated() {
    let alert = [(MarkKind::Alert, "QueueLag")];
    let (archive, relations) = relations(vec![
        told(of("a", "2025-03-01", &["checkout"], &[]), &alert, ""),
        told(of("b", "2025-04-01", &["checkout"], &[]), &alert, ""),
        told(of("c", "2025-05-01", &["search"], &[]), &alert, ""),
        of("d", "2025-06-01", &[], &[]),
    ]);
    let other = chain(&archive, &relations, "c");
    assert_eq!(other, None, "another service, another matter");
    let chain = chain(&archive, &relations, "b").unwrap();
    assert_eq!((ids(&archive, &chain.postmortems), chain.is_stated), (vec![text("a"), text("b")], false));
    assert_eq!(relations.chains(&archive), [chain]);
}

#[test]
fn asked_for_one_or_for_all_and_with_known_words_or_without_the_answer_is_the_same() {
    for seed in 0..6 {
        let count = [1, 7, 60, 300][seed % 4];
        let first = u64::try_from(seed * 1_000).unwrap();
        let postmortems: Vec<_> = (first..).take(count).map(|number| by_chance(number, count)).collect();
        let archive = Archive::new(postmortems);
        let summary = || aggregate(&archive, &Config::default(), NaiveDate::MIN).related;
        let (all, one_by_one) = (summary(), summary());
        for place in 0..count {
            assert_eq!(one_by_one.of(&archive, place), all.all(&archive)[place], "{seed}: {place}");
        }
    }
}
