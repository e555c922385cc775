//! How often two things come together: what set incidents off against what contributed. The chart is a table whose cells
//! are shaded; each has its count in it, so that the shade is never all there is.

use serde::Serialize;

use crate::render::charts::ENOUGH;
use crate::render::words::Words;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// What it stands for.
    pub label: String,
    /// Its page; empty for none.
    pub href: String,
    /// One count for each column.
    pub counts: Vec<usize>,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Input {
    /// What it shows, a few words; the name of the table.
    pub title: String,
    /// What a row stands for, and what a column: `Contributing factor`, `Trigger`.
    pub headings: (String, String),
    /// The columns.
    pub columns: Vec<String>,
    /// The rows, in order.
    pub lines: Vec<Line>,
    /// What is counted: `Postmortems`.
    pub unit: String,
    /// Of how many.
    pub n: usize,
    /// What else a reader has to know, whole sentences; empty for nothing.
    pub note: String,
}

/// A matrix, as it is written out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatrixView {
    /// What it shows.
    pub title: String,
    /// What a row stands for.
    pub row_heading: String,
    /// What a column stands for.
    pub column_heading: String,
    /// The columns that have anything in them.
    pub columns: Vec<String>,
    /// How many they are.
    pub width: usize,
    /// The rows that have anything in them; none when there is too little to compare.
    pub rows: Vec<Row>,
    /// Unit, n, what is not counted.
    pub caption: String,
    /// Stands in the place of the table when there is too little to compare.
    pub words: Option<String>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What it stands for.
    pub label: String,
    /// Its page; empty for none.
    pub href: String,
    /// The cells.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// How many.
    pub count: usize,
    /// The shade, 1 to 4; 0 for an empty cell.
    pub shade: usize,
}

/// Draws the matrix.
pub fn matrix(input: &Input, words: &Words) -> MatrixView {
    let enough = input.n >= ENOUGH;
    let has = |at: usize| input.lines.iter().any(|line| line.counts.get(at).is_some_and(|count| *count > 0));
    let used: Vec<usize> = (0..input.columns.len()).filter(|at| has(*at)).collect();
    let most = input.lines.iter().flat_map(|line| &line.counts).copied().max().unwrap_or_default();
    // With few incidents a single one is no peak.
    let most = most.max(4);
    let row = |line: &Line| Row {
        label: line.label.clone(),
        href: line.href.clone(),
        cells: used
            .iter()
            .map(|at| line.counts.get(*at).copied().unwrap_or_default())
            .map(|count| Cell { count, shade: (count * 4).div_ceil(most) })
            .collect(),
    };
    let lines = input.lines.iter().filter(|line| enough && line.counts.iter().any(|count| *count > 0));
    let mut caption = words.fill("chart.caption", &[("unit", &input.unit), ("n", &words.whole(input.n))]);
    if !input.note.is_empty() {
        caption.extend([" ", &input.note]);
    }
    MatrixView {
        title: input.title.clone(),
        row_heading: input.headings.0.clone(),
        column_heading: input.headings.1.clone(),
        rows: lines.map(row).collect(),
        width: used.len(),
        columns: used.iter().filter_map(|at| input.columns.get(*at).cloned()).collect(),
        caption,
        words: (!enough).then(|| words.count("chart.too-few-to-compare", input.n, &[])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::words::english;

    fn matrix(input: &Input) -> MatrixView {
        super::matrix(input, &english())
    }

    fn input(lines: &[[usize; 3]], n: usize) -> Input {
        let lines = lines.iter().map(|counts| Line { counts: counts.to_vec(), ..Line::default() }).collect();
        Input { columns: ["a", "b", "c"].map(str::to_owned).into(), lines, n, ..Input::default() }
    }

    #[test]
    fn a_cell_is_shaded_by_its_count_and_what_is_empty_is_left_out() {
        let view = matrix(&input(&[[0, 0, 8], [0, 0, 0], [1, 0, 4]], 9));
        let shades: Vec<Vec<(usize, usize)>> = view
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| (cell.count, cell.shade)).collect())
            .collect();
        assert_eq!(view.columns, ["a", "c"]);
        assert_eq!(shades, [[(0, 0), (8, 4)], [(1, 1), (4, 2)]]);
    }

    #[test]
    fn two_are_too_few() {
        let view = matrix(&input(&[[1, 1, 0]], 2));
        assert!(view.words.is_some() && view.rows.is_empty());
    }
}
