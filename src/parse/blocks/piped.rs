//! Tables whose line of dashes is missing, or stands in the wrong place: Markdown takes them, or their first lines, for a
//! paragraph; their writers did not.

use super::{Block, Kind, Row};
use crate::parse::inline::Inline;

/// The table that a paragraph was meant to be; none where a line is anything but cells between bars, or the lines have not
/// the same number of them.
pub(super) fn table(text: &Inline) -> Option<Block> {
    let mut rows = text.has_lines().then(|| rows(text)).flatten()?.into_iter();
    let head = rows.next()?.cells;
    let rows: Vec<Row> = rows.collect();
    let is_even = rows.iter().all(|row| row.cells.len() == head.len());
    (!rows.is_empty() && is_even).then_some(Block { span: text.span, kind: Kind::Table { head, rows } })
}

/// Adds a block behind others. What stands above the dashes of a table, and is a row of as many cells, belongs to it.
pub(super) fn push(blocks: &mut Vec<Block>, block: Block) {
    let above = match (blocks.last().map(|above| &above.kind), &block.kind) {
        (Some(Kind::Paragraph(text)), Kind::Table { head, .. }) => {
            rows(text).filter(|rows| rows.iter().all(|row| row.cells.len() == head.len()))
        }
        _ => None,
    };
    let mut above = above.into_iter().flatten();
    let (Some(first), Kind::Table { head, rows }) = (above.next(), &block.kind) else {
        blocks.push(block);
        return;
    };
    let span = first.span.join(block.span);
    let under = head.first().zip(head.last()).map(|(first, last)| first.span.join(last.span));
    let under = under.map(|span| Row { span, cells: head.clone() });
    let rows = rows
        .iter()
        .filter(|row| !is_rule(&row.cells))
        .map(|row| Row { span: row.span, cells: row.cells.clone() });
    let rows = above.chain(under).chain(rows).collect();
    blocks.pop();
    blocks.push(Block { span, kind: Kind::Table { head: first.cells, rows } });
}

/// The lines of a text as rows of a table of two columns or more, lines of dashes apart.
fn rows(text: &Inline) -> Option<Vec<Row>> {
    if !text.text.starts_with('|') {
        return None;
    }
    let lines = text.lines();
    let rows: Option<Vec<Row>> =
        lines.iter().map(|line| Some(Row { span: line.span, cells: cells(line)? })).collect();
    let rows: Vec<Row> = rows?.into_iter().filter(|row| !is_rule(&row.cells)).collect();
    rows.first().is_some_and(|row| row.cells.len() >= 2).then_some(rows)
}

/// What stands between the bars of a line.
fn cells(line: &Inline) -> Option<Vec<Inline>> {
    let written = line.text.trim_end();
    let inner = written.strip_prefix('|')?.strip_suffix('|')?;
    let mut cells = Vec::new();
    let mut from = 1;
    for cell in inner.split('|') {
        let blank = cell.len() - cell.trim_start().len();
        cells.push(line.slice(from + blank..from + blank + cell.trim().len()));
        from += cell.len() + 1;
    }
    Some(cells)
}

/// True for a line of dashes.
fn is_rule(cells: &[Inline]) -> bool {
    let is_dashes = |text: &str| text.contains('-') && text.chars().all(|c| matches!(c, '-' | ':' | ' '));
    cells.iter().all(|cell| is_dashes(&cell.text))
}

#[cfg(test)]
mod tests {
    use crate::parse::tests::read;

    #[test]
    fn a_table_whose_dashes_are_missing_or_in_the_wrong_place_is_read_as_one() {
        let table = "## Action items\n\n| Action | Owner | Ticket |\n| Cap the queue | Kim | SHOP-12 |\n| --- | --- | --- |\n\
                     | --- | --- | --- |\n";
        let items = |text: &str| {
            let items = read("search.md", &format!("# Search\n\n{text}")).postmortem.actions;
            items
                .into_iter()
                .map(|item| (item.title, item.owner.map(|owner| owner.value)))
                .collect::<Vec<_>>()
        };
        let expected = [("Cap the queue".to_owned(), Some("Kim".to_owned()))];
        assert_eq!(items(table), expected);
        let alone = table.replace("| --- | --- | --- |\n", "");
        assert_eq!(items(&alone), expected);
        for other in [table.replace("| Kim ", ""), alone.replace("SHOP-12 |", "SHOP-12")] {
            assert_ne!(items(&other), expected, "{other}");
        }
    }
}
