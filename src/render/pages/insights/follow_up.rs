//! What became of the action items.

use crate::{
    aggregate::{Closing, Cohort, Outcome},
    render::{
        charts::stacks::{self, Bar, Series, StacksView},
        site::Cx,
        words,
    },
};

/// From so many quarters on, a bar is a year.
const QUARTERS: usize = 12;

/// What became of action items, by when they were opened; none when no item is committed to.
pub(super) fn closing(cx: &Cx<'_>) -> Option<StacksView> {
    let closing = Closing::new(cx.site.archive, &cx.site.summary.actions);
    let n: usize = closing.cohorts.iter().flat_map(|cohort| cohort.outcomes).sum();
    let (heading, bars) = if closing.cohorts.len() > QUARTERS {
        ("Year", by_year(&closing.cohorts))
    } else {
        ("Quarter", closing.cohorts.iter().map(by_quarter).collect())
    };
    (n > 0).then(|| {
        stacks::stacks(&stacks::Input {
            title: "What became of the actions, by when they were opened".to_owned(),
            heading: heading.to_owned(),
            unit: "Committed actions".to_owned(),
            series: Outcome::ALL.map(series).into(),
            bars,
            n,
            note: note(&closing),
        })
    })
}

fn series(outcome: Outcome) -> Series {
    let (name, class) = match outcome {
        Outcome::InTime => ("closed in time", "fill-done"),
        Outcome::Late => ("closed late", "fill-late"),
        Outcome::Done => ("closed, dates missing", "fill-closed"),
        Outcome::Dropped => ("decided against", "fill-wont-do"),
        Outcome::Open => ("open", "fill-in-progress"),
        Outcome::Overdue => ("overdue", "fill-overdue"),
    };
    Series { name: name.to_owned(), class: class.to_owned() }
}

fn by_quarter(cohort: &Cohort) -> Bar {
    Bar {
        label: format!("Q{} {}", cohort.quarter, cohort.year),
        href: String::new(),
        counts: cohort.outcomes.to_vec(),
    }
}

fn by_year(cohorts: &[Cohort]) -> Vec<Bar> {
    let mut bars: Vec<Bar> = Vec::new();
    for cohort in cohorts {
        let label = cohort.year.to_string();
        match bars.last_mut() {
            Some(bar) if bar.label == label => {
                for (sum, count) in bar.counts.iter_mut().zip(cohort.outcomes) {
                    *sum += count;
                }
            }
            _ => bars.push(Bar { label, href: String::new(), counts: cohort.outcomes.to_vec() }),
        }
    }
    bars
}

/// How soon, and what is not drawn.
fn note(closing: &Closing) -> String {
    let took = &closing.took;
    let mut sentences = Vec::new();
    if let (Some(median), Some(p90)) = (took.median(), took.p90()) {
        sentences.push(format!(
            "From opening to closing: median {}, p90 {}, n\u{a0}=\u{a0}{}.",
            words::duration(median),
            words::duration(p90),
            took.n()
        ));
    }
    if closing.undated > 0 {
        let is = if closing.undated == 1 { "is" } else { "are" };
        sentences.push(format!("{} of an unknown day {is} not drawn.", closing.undated));
    }
    sentences.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quarters_of_a_year_are_one_bar_when_there_are_many() {
        let cohort = |year, quarter, outcomes| Cohort { year, quarter, outcomes };
        let bars = by_year(&[
            cohort(2025, 4, [1, 0, 0, 0, 0, 2]),
            cohort(2026, 1, [0, 1, 0, 0, 0, 0]),
            cohort(2026, 3, [1, 1, 0, 0, 0, 0]),
        ]);
        let rows: Vec<_> = bars.into_iter().map(|bar| (bar.label, bar.counts)).collect();
        assert_eq!(
            rows,
            [("2025".to_owned(), vec![1, 0, 0, 0, 0, 2]), ("2026".to_owned(), vec![1, 2, 0, 0, 0, 0])]
        );
    }
}
