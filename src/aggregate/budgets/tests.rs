//! What incidents cost of an objective, and what is left of it.

use super::*;
use crate::{
    aggregate::aggregate,
    model::{Archive, ImpactWindow, fixture::*},
    source::{SourceFile, Span},
};

fn config() -> Config {
    let text = "[[service]]\nid = \"pay\"\naliases = [\"payments\"]\n[[slo]]\nid = \"pay-ok\"\nservice = \"pay\"\ntarget = 99.9\nwindow-days = 30\n";
    let (config, findings) = Config::parse(&SourceFile::new("book.toml", text));
    assert_eq!(findings, []);
    config
}

fn costing(id: &str, date: &str, bad_minutes: Option<f64>, error_rate: Option<f64>) -> Postmortem {
    let mut postmortem = postmortem(id, date);
    postmortem.impact.slo =
        vec![SloCost { slo: "pay-ok".to_owned(), bad_minutes, error_rate, span: Span::default() }];
    postmortem
}

fn window(service: &str, start: &str, end: &str) -> ImpactWindow {
    ImpactWindow {
        service: Some(service.to_owned()),
        start: Some(at(start)),
        end: Some(at(end)),
        ..ImpactWindow::default()
    }
}

fn budget(postmortems: Vec<Postmortem>) -> Budget {
    aggregate(&Archive::new(postmortems), &config(), day("2026-04-20")).budgets.remove(0)
}

fn about(expected: f64, found: f64) {
    assert!((expected - found).abs() < 1e-9, "{found} is not {expected}");
}

#[test]
fn thirty_days_at_three_nines_allow_forty_three_minutes_and_twelve_seconds() {
    let budget = budget(vec![costing("a", "2026-04-01", Some(10.0), None)]);
    about(43.2, budget.allowed);
    about(33.2, budget.left_today());
    about(10.0, budget.burned_today());
}

#[test]
fn a_cost_leaves_the_window_after_its_days_and_months_stand_by_themselves() {
    let budget = budget(vec![
        costing("a", "2026-02-10", Some(50.0), None),
        costing("b", "2026-03-01", Some(20.0), None),
        costing("c", "2026-03-02", None, None),
    ]);
    let left: Vec<String> = budget.left.iter().map(|(day, left)| format!("{day} {left:.1}")).collect();
    assert_eq!(
        left,
        ["2026-02-10 -6.8", "2026-03-01 -26.8", "2026-03-12 23.2", "2026-03-31 43.2", "2026-04-20 43.2",]
    );
    let months: Vec<_> = budget
        .months
        .iter()
        .map(|month| (month.month.to_string(), month.n, month.unknown, month.is_over()))
        .collect();
    assert_eq!(
        months,
        [
            ("2026-02".to_owned(), 1, 0, true),
            ("2026-03".to_owned(), 2, 1, false),
            ("2026-04".to_owned(), 0, 0, false),
        ]
    );
    about(44.64, budget.months[1].allowed);
    assert_eq!((budget.months_over(), budget.unknown()), (1, 1));
}

#[test]
fn what_is_not_stated_is_computed_from_the_windows_of_the_service_then_from_milestones() {
    let mut windows = costing("a", "2026-03-01", None, Some(0.5));
    windows.impact.windows = vec![
        window("payments", "2026-03-01 10:00", "2026-03-01 10:30"),
        window("pay", "2026-03-01 10:20", "2026-03-01 11:00"),
        window("other", "2026-03-01 08:00", "2026-03-01 20:00"),
    ];
    let times = [(Milestone::Started, "2026-03-01 10:00"), (Milestone::Resolved, "2026-03-01 10:42")];
    let milestones = with_times(costing("b", "2026-03-02", None, None), &times);
    let mut inferred = with_times(costing("c", "2026-03-03", None, None), &times);
    inferred.times.get_mut(&Milestone::Started).unwrap().origin = Origin::Inferred;
    let wrong_rate = with_times(costing("d", "2026-03-04", None, Some(21.0)), &times);
    let open = {
        let mut open = costing("e", "2026-03-05", None, None);
        open.impact.windows =
            vec![ImpactWindow { end: None, ..window("pay", "2026-03-05 10:00", "2026-03-05 10:30") }];
        with_times(open, &times)
    };
    let found: Vec<Minutes> = budget(vec![windows, milestones, inferred, wrong_rate, open])
        .costs
        .iter()
        .rev()
        .map(|cost| cost.minutes)
        .collect();
    assert_eq!(
        found,
        [
            Minutes::Computed(30.0),
            Minutes::Computed(42.0),
            Minutes::Unknown,
            Minutes::Unknown,
            Minutes::Unknown
        ]
    );
}

#[test]
fn postmortems_about_the_service_that_say_nothing_are_named() {
    let mut silent = postmortem("silent", "2026-03-01");
    silent.services = vec![fact("pay".to_owned())];
    let budget = budget(vec![costing("a", "2026-02-01", Some(1.0), None), silent]);
    assert_eq!((budget.silent, budget.costs.len()), (vec![0], 1));
}
