//! A table of HTML while it is read: rows of cells, some of which reach over several rows and columns.

use html5ever::tokenizer::Tag;

use super::{Block, Builder, Inline, Kind, Row, html::attribute};
use crate::source::Span;

/// How many columns one cell may reach over.
const COLUMNS: usize = 8;
/// What reaches over several rows is said of each of so many, when it is no longer than so many bytes and stands in one
/// of the first columns: there the day stands, or the theme.
const REPEATED: (usize, usize, usize) = (100, 80, 3);

/// A table that is not finished, or a list of definitions, which is one of two columns.
#[derive(Debug)]
pub(super) struct Grid {
    pub(super) is_definitions: bool,
    start: usize,
    rows: Vec<Line>,
    row: Option<Line>,
    cell: Option<Cell>,
    /// What reaches down from the rows above: for each column, over how many rows still.
    hanging: Vec<Option<(usize, Inline)>>,
    /// How many tables are open within the cell.
    nested: usize,
    /// How many containers of Markdown are open within the cell.
    pub(super) inside: usize,
    /// True in a block of code.
    pub(super) is_code: bool,
}

/// A row.
#[derive(Debug)]
struct Line {
    span: Span,
    cells: Vec<Inline>,
    /// True when all of its cells are headers.
    is_head: bool,
}

/// The cell that is open.
#[derive(Debug)]
struct Cell {
    is_head: bool,
    columns: usize,
    rows: usize,
}

impl Grid {
    pub(super) fn new(span: Span, is_definitions: bool) -> Self {
        Self {
            is_definitions,
            start: span.start,
            rows: Vec::new(),
            row: None,
            cell: None,
            hanging: Vec::new(),
            nested: 0,
            inside: 0,
            is_code: false,
        }
    }

    pub(super) fn is_in_cell(&self) -> bool {
        self.cell.is_some()
    }

    /// True within a table or in Markdown in a cell, whose parts are lines of that cell.
    pub(super) fn is_nested(&self) -> bool {
        self.nested > 0 || self.inside > 0
    }

    pub(super) fn nest(&mut self) {
        self.nested += 1;
    }

    pub(super) fn unnest(&mut self) {
        self.nested = self.nested.saturating_sub(1);
    }

    pub(super) fn unnest_all(&mut self) {
        (self.nested, self.inside) = (0, 0);
    }

    pub(super) fn begin_row(&mut self, span: Span) {
        self.row = Some(Line { span, cells: Vec::new(), is_head: true });
        self.hang();
        if self.is_definitions {
            self.cell = Some(Cell { is_head: false, columns: 1, rows: 1 });
        }
    }

    /// Begins a cell. Gives the text that it goes on with: a term may have several definitions.
    pub(super) fn begin_cell(
        &mut self,
        span: Span,
        is_head: bool,
        (columns, rows): (usize, usize),
    ) -> Option<Inline> {
        let row = self.row.get_or_insert(Line { span, cells: Vec::new(), is_head: true });
        self.cell = Some(Cell { is_head, columns: columns.clamp(1, COLUMNS), rows });
        if !self.is_definitions {
            return None;
        }
        if row.cells.is_empty() {
            row.cells.push(Inline::new(Span::empty(span.start)));
        }
        (row.cells.len() > 1).then(|| row.cells.pop()).flatten()
    }

    pub(super) fn end_cell(&mut self, text: Inline) {
        let (Some(cell), Some(row)) = (self.cell.take(), &mut self.row) else { return };
        row.is_head &= cell.is_head || text.is_blank() || text.is_all(|style| style.bold);
        let at = row.cells.len();
        let (rows, length, columns) = REPEATED;
        if cell.rows > 1 && text.text.len() <= length && at < columns {
            self.hanging.resize(self.hanging.len().max(at + 1), None);
            if let Some(hanging) = self.hanging.get_mut(at) {
                *hanging = Some((cell.rows.min(rows) - 1, text.clone()));
            }
        }
        let end = text.span.end;
        row.cells.push(text);
        row.cells.extend((1..cell.columns).map(|_| Inline::new(Span::empty(end))));
        self.hang();
    }

    /// Puts what reaches down from above into the open row, up to the next column that is free.
    fn hang(&mut self) {
        let Some(row) = &mut self.row else { return };
        while let Some(Some((rows, text))) = self.hanging.get_mut(row.cells.len()) {
            let text = text.clone();
            *rows -= 1;
            if *rows == 0
                && let Some(hanging) = self.hanging.get_mut(row.cells.len())
            {
                *hanging = None;
            }
            row.cells.push(text);
        }
    }

    pub(super) fn end_row(&mut self, end: usize) {
        // What only reaches down into it is no row.
        if let Some(mut row) = self.row.take()
            && row.cells.iter().any(|cell| cell.span.start >= row.span.start && !cell.is_blank())
        {
            row.span = Span::new(row.span.start, end);
            self.rows.push(row);
        }
    }

    /// The table; none without any text. Its first row is the head when all of its cells say so.
    pub(super) fn finish(self, end: usize) -> Option<Block> {
        let mut rows = self.rows;
        let width = rows.iter().map(|row| row.cells.len()).max()?;
        let has_head = rows.first().is_some_and(|row| row.is_head && row.cells.len() > 1);
        let head = if has_head { rows.remove(0).cells } else { Vec::new() };
        let start = rows.first().map_or(self.start, |row| row.span.start);
        let blank = Inline::new(Span::empty(start));
        let head = head.into_iter().chain(std::iter::repeat(blank)).take(width).collect();
        let rows = rows.into_iter().map(|row| Row { span: row.span, cells: row.cells }).collect();
        Some(Block { span: Span::new(self.start, end), kind: Kind::Table { head, rows } })
    }
}

impl Builder<'_> {
    pub(super) fn open_grid(&mut self, span: Span, is_definitions: bool) {
        if let Some(grid) = &mut self.html.grid {
            grid.nest();
            self.line_break(span);
        } else if self.flat == 0 {
            self.close_inline();
            self.html.grid = Some(Grid::new(span, is_definitions));
        }
    }

    pub(super) fn close_grid_tag(&mut self, span: Span, is_definitions: bool) {
        let Some(grid) = &mut self.html.grid else { return };
        if grid.is_nested() {
            grid.unnest();
            self.line_break(span);
        } else if grid.is_definitions == is_definitions {
            self.close_grid(span.end);
        }
    }

    /// Ends the table that is open.
    pub(super) fn close_grid(&mut self, end: usize) {
        self.html.grid.iter_mut().for_each(Grid::unnest_all);
        self.end_row(end);
        if let Some(block) = self.html.grid.take().and_then(|grid| grid.finish(end)) {
            self.add(block);
        }
    }

    pub(super) fn row(&mut self, span: Span) {
        if self.html.grid.as_ref().is_some_and(Grid::is_nested) {
            self.line_break(span);
            return;
        }
        self.end_row(span.start);
        if let Some(grid) = &mut self.html.grid {
            grid.begin_row(span);
        }
    }

    pub(super) fn cell(&mut self, tag: &Tag, span: Span) {
        if self.html.grid.as_ref().is_some_and(Grid::is_nested) {
            self.line_break(span);
            return;
        }
        self.end_cell(span.start);
        self.html.gap = false;
        if let Some(grid) = &mut self.html.grid {
            let number = |name| attribute(tag, name).and_then(|value| value.trim().parse().ok()).unwrap_or(1);
            let reach = (number("colspan"), number("rowspan"));
            self.inline = grid.begin_cell(span, &*tag.name == "th", reach);
            self.line_break(span);
        }
    }

    pub(super) fn end_cell(&mut self, end: usize) {
        if let Some(grid) = self.html.grid.as_mut().filter(|grid| !grid.is_nested() && grid.is_in_cell()) {
            let text = self.inline.take().map(|inline| inline.slice(0..inline.text.len()));
            grid.end_cell(text.unwrap_or_else(|| Inline::new(Span::empty(end))));
        }
    }

    pub(super) fn end_row(&mut self, end: usize) {
        self.end_cell(end);
        if let Some(grid) = self.html.grid.as_mut().filter(|grid| !grid.is_nested()) {
            grid.end_row(end);
        }
    }
}
