//! Horizontal bars: factors, sources of detection. The chart is a table with a bar in each row, so it needs no second one.

use serde::Serialize;

use crate::render::{
    charts::{ENOUGH, percent, real_size, share},
    words::Words,
};

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bar {
    /// What is counted.
    pub label: String,
    /// Its page; empty for none.
    pub href: String,
    /// How many.
    pub count: usize,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Input {
    /// What it shows, a few words; the name of the table.
    pub title: String,
    /// What a bar stands for: `Factor`.
    pub heading: String,
    /// What is counted: `Postmortems`.
    pub unit: String,
    /// The bars, in order.
    pub bars: Vec<Bar>,
    /// Of how many. One postmortem may count in several bars.
    pub n: usize,
    /// How many of them say nothing.
    pub silent: usize,
}

/// A chart of bars, as it is written out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BarsView {
    /// What it shows.
    pub title: String,
    /// The heading of the labels.
    pub heading: String,
    /// The heading of the counts.
    pub unit: String,
    /// Unit, n, what is not said.
    pub caption: String,
    /// Stands before a table without bars when there is too little to compare.
    pub words: Option<String>,
    /// The rows.
    pub rows: Vec<BarRow>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BarRow {
    /// What is counted.
    pub label: String,
    /// Its page; empty for none.
    pub href: String,
    /// How many.
    pub count: usize,
    /// The length of the bar; empty for none.
    pub width: String,
}

/// Draws the bars.
pub fn bars(input: &Input, words: &Words) -> BarsView {
    let longest = input.bars.iter().map(|bar| bar.count).max().unwrap_or_default();
    let told = input.n.saturating_sub(input.silent);
    let enough = told >= ENOUGH;
    let mut caption = words.fill("chart.caption", &[("unit", &input.unit), ("n", &words.whole(told))]);
    if input.silent > 0 {
        caption.extend([" ", &words.count("chart.silent", input.silent, &[])]);
    }
    BarsView {
        title: input.title.clone(),
        heading: input.heading.clone(),
        unit: input.unit.clone(),
        caption,
        words: (!enough).then(|| words.count("chart.too-few-to-compare", told, &[])),
        rows: input
            .bars
            .iter()
            .map(|bar| BarRow {
                label: bar.label.clone(),
                href: bar.href.clone(),
                count: bar.count,
                width: if enough {
                    percent(share(real_size(bar.count), real_size(longest)))
                } else {
                    String::new()
                },
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::words::english;

    fn bars(input: &Input) -> BarsView {
        super::bars(input, &english())
    }

    fn input(counts: &[usize], n: usize, silent: usize) -> Input {
        let bars =
            counts.iter().map(|count| Bar { label: format!("f{count}"), href: String::new(), count: *count });
        Input { unit: "Postmortems".into(), bars: bars.collect(), n, silent, ..Input::default() }
    }

    #[test]
    fn the_longest_bar_is_the_measure_of_the_others() {
        let view = bars(&input(&[4, 1], 6, 1));
        assert_eq!(view.rows.iter().map(|row| row.width.as_str()).collect::<Vec<_>>(), ["100%", "25%"]);
        assert_eq!(view.caption, "Postmortems, n\u{a0}=\u{a0}5. 1\u{a0}more does not say.");
        assert_eq!(view.words, None);
    }

    #[test]
    fn too_few_are_a_table_without_bars() {
        let view = bars(&input(&[2], 4, 2));
        assert_eq!(view.words.as_deref(), Some("n\u{a0}=\u{a0}2: too few to compare."));
        assert_eq!(
            view.rows.iter().map(|row| (row.count, row.width.as_str())).collect::<Vec<_>>(),
            [(2, "")]
        );
    }
}
