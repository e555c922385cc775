//! What became of the action items.

use crate::{
    aggregate::{Closing, Cohort, Outcome},
    render::{
        charts::stacks::{self, Bar, Series, StacksView},
        site::Cx,
    },
};

/// From so many quarters on, a bar is a year.
const QUARTERS: usize = 12;

/// What became of action items, by when they were opened; none when no item is committed to.
pub(super) fn closing(cx: &Cx<'_>) -> Option<StacksView> {
    let closing = Closing::new(cx.site.archive, &cx.site.summary.actions);
    let n: usize = closing.cohorts.iter().flat_map(|cohort| cohort.outcomes).sum();
    let (heading, bars) = if closing.cohorts.len() > QUARTERS {
        (cx.words.of("kind", "years"), by_year(&closing.cohorts))
    } else {
        let bars = closing.cohorts.iter().map(|cohort| by_quarter(cx, cohort));
        (cx.words.say("insights.quarter"), bars.collect())
    };
    (n > 0).then(|| {
        stacks::stacks(
            &stacks::Input {
                title: cx.words.say("insights.closing-title").to_owned(),
                heading: heading.to_owned(),
                unit: cx.words.say("insights.closing-unit").to_owned(),
                series: Outcome::ALL.map(|outcome| series(cx, outcome)).into(),
                bars,
                n,
                note: note(cx, &closing),
            },
            cx.words,
        )
    })
}

fn series(cx: &Cx<'_>, outcome: Outcome) -> Series {
    let (key, class) = match outcome {
        Outcome::InTime => ("in-time", "fill-done"),
        Outcome::Late => ("late", "fill-late"),
        Outcome::Done => ("done", "fill-closed"),
        Outcome::Dropped => ("dropped", "fill-wont-do"),
        Outcome::Open => ("open", "fill-in-progress"),
        Outcome::Overdue => ("overdue", "fill-overdue"),
    };
    Series { name: cx.words.of("outcome", key).to_owned(), class: class.to_owned() }
}

fn by_quarter(cx: &Cx<'_>, cohort: &Cohort) -> Bar {
    Bar {
        label: cx.words.quarter(cohort.year, cohort.quarter),
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
fn note(cx: &Cx<'_>, closing: &Closing) -> String {
    let took = &closing.took;
    let mut sentences = Vec::new();
    if let (Some(median), Some(p90)) = (took.median(), took.p90()) {
        sentences.push(cx.words.count(
            "insights.closing-took",
            took.n(),
            &[("median", &cx.words.duration(median)), ("high", &cx.words.duration(p90))],
        ));
    }
    if closing.undated > 0 {
        sentences.push(cx.words.count("insights.closing-undated", closing.undated, &[]));
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
