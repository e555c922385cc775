//! Rows of stacked bars: services by severity, years by who noticed, quarters by what became of action items. All bars
//! have one scale, so that a row of two is seen to be one of two.

use serde::Serialize;

use crate::render::charts::{ENOUGH, LegendEntry, percent, real_size, share};
use crate::render::words::Words;

/// What bars are made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The word on the page.
    pub name: String,
    /// The class that colours it.
    pub class: String,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// Its page; empty for none.
    pub href: String,
    /// One count for each series.
    pub counts: Vec<usize>,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Input {
    /// What it shows, a few words; the name of the table.
    pub title: String,
    /// What a bar stands for: `Service`.
    pub heading: String,
    /// What is counted: `Postmortems`.
    pub unit: String,
    /// What bars are made of, in order.
    pub series: Vec<Series>,
    /// The bars, in order.
    pub bars: Vec<Bar>,
    /// Of how many. One thing may count in several bars.
    pub n: usize,
    /// What else a reader has to know, whole sentences; empty for nothing.
    pub note: String,
}

/// A chart of stacked bars, as it is written out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StacksView {
    /// What it shows.
    pub title: String,
    /// The heading of the labels.
    pub heading: String,
    /// Unit, n, what is not said.
    pub caption: String,
    /// Stands in the place of the bars when there is too little to compare.
    pub words: Option<String>,
    /// The series that occur.
    pub legend: Vec<LegendEntry>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What it stands for.
    pub label: String,
    /// Its page; empty for none.
    pub href: String,
    /// All of it.
    pub total: usize,
    /// One count for each entry of the legend.
    pub counts: Vec<usize>,
    /// The parts of the bar; none when there is too little to draw.
    pub parts: Vec<Part>,
}

/// One part of a bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// See [`Series::class`].
    pub class: String,
    /// The left edge.
    pub x: String,
    /// The width.
    pub width: String,
    /// `Checkout: 2 SEV1`.
    pub name: String,
}

/// Draws the bars.
pub fn stacks(input: &Input, words: &Words) -> StacksView {
    let used: Vec<(usize, &Series)> = input
        .series
        .iter()
        .enumerate()
        .filter(|(at, _)| input.bars.iter().any(|bar| bar.counts.get(*at).is_some_and(|count| *count > 0)))
        .collect();
    let longest = input.bars.iter().map(|bar| bar.counts.iter().sum::<usize>()).max().unwrap_or_default();
    let enough = input.n >= ENOUGH;
    let mut caption = words.fill("chart.caption", &[("unit", &input.unit), ("n", &words.whole(input.n))]);
    if !input.note.is_empty() {
        caption.extend([" ", &input.note]);
    }
    let row = |bar: &Bar| {
        let counts: Vec<usize> =
            used.iter().map(|(at, _)| bar.counts.get(*at).copied().unwrap_or_default()).collect();
        let mut done = 0;
        let parts = used.iter().zip(&counts).filter(|(_, count)| enough && **count > 0).map(
            |((_, series), count)| {
                let x = percent(share(real_size(done), real_size(longest)));
                done += count;
                Part {
                    class: series.class.clone(),
                    x,
                    width: percent(share(real_size(*count), real_size(longest))),
                    name: format!("{}: {count} {}", bar.label, series.name),
                }
            },
        );
        Row {
            label: bar.label.clone(),
            href: bar.href.clone(),
            total: counts.iter().sum(),
            parts: parts.collect(),
            counts,
        }
    };
    StacksView {
        title: input.title.clone(),
        heading: input.heading.clone(),
        caption,
        words: (!enough).then(|| words.count("chart.too-few-to-compare", input.n, &[])),
        rows: input.bars.iter().map(row).collect(),
        legend: used
            .iter()
            .map(|(_, series)| LegendEntry {
                class: series.class.clone(),
                name: series.name.clone(),
                count: None,
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::words::english;

    fn stacks(input: &Input) -> StacksView {
        super::stacks(input, &english())
    }

    fn input(bars: &[[usize; 3]], n: usize) -> Input {
        let series = ["a", "b", "c"].map(|name| Series { name: name.into(), class: format!("sev-{name}") });
        let bars = bars.iter().enumerate().map(|(at, counts)| Bar {
            label: format!("bar {at}"),
            counts: counts.to_vec(),
            ..Bar::default()
        });
        Input { unit: "Things".into(), series: series.into(), bars: bars.collect(), n, ..Input::default() }
    }

    #[test]
    fn all_bars_have_the_scale_of_the_longest_and_series_without_any_are_left_out() {
        let view = stacks(&input(&[[1, 0, 3], [1, 0, 0]], 5));
        let parts = |row: usize| -> Vec<(String, String, String)> {
            let parts = view.rows[row].parts.iter();
            parts.map(|part| (part.class.clone(), part.x.clone(), part.width.clone())).collect()
        };
        assert_eq!(
            parts(0),
            [("sev-a".into(), "0%".into(), "25%".into()), ("sev-c".into(), "25%".into(), "75%".into())]
        );
        assert_eq!(parts(1), [("sev-a".into(), "0%".into(), "25%".into())]);
        assert_eq!(view.legend.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!((view.rows[0].total, view.rows[0].counts.clone()), (4, vec![1, 3]));
        assert_eq!(view.caption, "Things, n\u{a0}=\u{a0}5.");
    }

    #[test]
    fn too_few_are_a_table_without_bars() {
        let view = stacks(&input(&[[1, 1, 0]], 2));
        assert!(view.words.is_some() && view.rows[0].parts.is_empty());
        assert_eq!(view.rows[0].counts, [1, 1]);
    }
}
