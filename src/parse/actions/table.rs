//! Action items that are rows of a table.

use super::{Actions, item::Draft, item::is_nothing};
use crate::parse::{
    blocks::Row,
    inline::Inline,
    locale::{ActionColumn as Column, Lexicon},
};

impl Actions<'_> {
    pub(super) fn table(&mut self, head: &[Inline], rows: &[Row]) {
        let (columns, title) = columns(self.context.words, head, rows);
        let Some(title) = title else { return };
        for row in rows {
            let Some(text) = row.cells.get(title) else { continue };
            // A second line of dashes is a slip of the pen.
            if is_nothing(self.context.words, &text.text) {
                continue;
            }
            let mut draft = self.group.draft();
            self.row(&mut draft, &columns, title, row);
            self.add(draft, text, row.span);
        }
    }

    fn row(&self, draft: &mut Draft, columns: &[Option<Column>], title: usize, row: &Row) {
        for (index, (column, cell)) in columns.iter().zip(&row.cells).enumerate() {
            if index == title || cell.is_blank() {
                continue;
            }
            match column {
                Some(column) => {
                    let text = cell.one_line();
                    if *column == Column::Id && text.chars().all(|c| c.is_ascii_digit()) {
                        continue;
                    }
                    // A link is named by its address, not by its words.
                    if *column == Column::Tracker && !cell.links().is_empty() {
                        self.links_of(draft, cell);
                    } else if !draft.set(&self.context, *column, &text, cell.span)
                        || (*column == Column::Status && !cell.links().is_empty())
                    {
                        // A state may have the link to its ticket beside it.
                        draft.find_trackers(&self.context, cell);
                    }
                    if *column == Column::Status {
                        draft.named_trackers(self.context.words, cell);
                    }
                    if *column == Column::Tracker {
                        draft.set_status_beside_tracker(self.context.words, &text, cell.span);
                    }
                }
                None => draft.find_trackers(&self.context, cell),
            }
        }
    }

    /// In a column of trackers every link is one.
    fn links_of(&self, draft: &mut Draft, cell: &Inline) {
        draft.find_trackers(&self.context, cell);
        for link in cell.links().into_iter().filter_map(|link| self.context.links.get(link)) {
            draft.set(&self.context, Column::Tracker, &link.target, link.span);
        }
    }
}

/// What each column of a table holds, and which one says what is to be done.
pub(super) fn columns(
    words: &Lexicon,
    head: &[Inline],
    rows: &[Row],
) -> (Vec<Option<Column>>, Option<usize>) {
    let mut columns: Vec<Option<Column>> = head.iter().map(|cell| words.action_column(&cell.text)).collect();
    for row in rows {
        columns.resize(columns.len().max(row.cells.len()), None);
    }
    let title =
        columns.iter().position(|column| *column == Some(Column::Title)).or_else(|| widest(&columns, rows));
    (columns, title)
}

/// The column with most text among those that no header names.
fn widest(columns: &[Option<Column>], rows: &[Row]) -> Option<usize> {
    (0..columns.len()).filter(|index| columns.get(*index) == Some(&None)).max_by_key(|index| {
        let length: usize =
            rows.iter().filter_map(|row| row.cells.get(*index)).map(|cell| cell.text.len()).sum();
        (length, std::cmp::Reverse(*index))
    })
}

#[cfg(test)]
mod tests {
    use crate::parse::actions::tests::items;

    #[test]
    fn a_cell_for_tickets_may_end_with_the_state_and_one_for_the_state_may_name_a_ticket() {
        assert_eq!(
            items(
                "| Action | Tracking issue |\n|---|---|\n| Cap it | #5 — complete in hotfix |\n| Test it | #6 |\n| Drop it | #7 (done) |\n"
            ),
            ["[done] Cap it | #5", "[open] Test it | #6", "[done] Drop it | #7"]
        );
        assert_eq!(
            items("| Action | Status |\n|---|---|\n| Cap it | ✅ PR #5 |\n| Test it | Done, as #1 |\n"),
            ["[done] Cap it | #5", "[done] Test it"]
        );
    }

    #[test]
    fn a_state_may_stand_in_place_of_the_priority_and_no_address_in_code_is_a_ticket() {
        assert_eq!(
            items(
                "| Action | Priority |\n|---|---|\n| Cap it | DONE |\n| Probe `https://search.example/TEST-0001` | P1 |\n"
            ),
            ["[done] Cap it", "[open] Probe https://search.example/TEST-0001 | P1"]
        );
    }
}
