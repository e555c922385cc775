//! Action items that are rows of a table.

use super::{Actions, item::Draft, item::is_nothing};
use crate::parse::{
    blocks::Row,
    inline::Inline,
    locale::{ActionColumn as Column, Lexicon},
};

impl Actions<'_> {
    pub(super) fn table(&mut self, head: &[Inline], rows: &[Row]) {
        if let Some(table) = Upright::of(self.context.words, head, rows) {
            self.upright(&table);
            return;
        }
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
            match tasks(self.context.words, text) {
                Some(tasks) => {
                    for task in tasks {
                        self.add(draft.clone(), &task, task.span);
                    }
                }
                None => self.add(draft, text, row.span),
            }
        }
    }

    /// A table with the names of the fields in its first column: each other column is an item.
    fn upright(&mut self, table: &Upright<'_>) {
        for (nth, text) in table.titles() {
            let mut draft = self.group.draft();
            for (column, cell) in table.fields(nth) {
                if let Some(column) = column {
                    draft.set(&self.context, column, &cell.one_line(), cell.span);
                    draft.find_trackers(&self.context, cell);
                }
            }
            self.add(draft, text, text.span);
        }
    }

    fn row(&self, draft: &mut Draft, columns: &[Option<Column>], title: usize, row: &Row) {
        for (index, (column, cell)) in columns.iter().zip(&row.cells).enumerate() {
            if index == title || cell.is_blank() {
                continue;
            }
            if let Some(column) = column {
                self.cell(draft, *column, cell);
                continue;
            }
            draft.find_trackers(&self.context, cell);
            // A sign in a column without a name: `✅`.
            if !cell.text.contains(char::is_alphanumeric) {
                draft.set_status(self.context.words, &cell.text, cell.span);
            }
        }
    }

    pub(super) fn cell(&self, draft: &mut Draft, column: Column, cell: &Inline) {
        let text = cell.one_line();
        if column == Column::Id && text.chars().all(|c| c.is_ascii_digit()) {
            return;
        }
        // A link is named by its address, not by its words.
        if column == Column::Tracker && !cell.links().is_empty() {
            self.links_of(draft, cell);
        } else if !draft.set(&self.context, column, &text, cell.span)
            || (column == Column::Status && !cell.links().is_empty())
        {
            // A state may have the link to its ticket beside it.
            draft.find_trackers(&self.context, cell);
        }
        if column == Column::Status {
            draft.named_trackers(self.context.words, cell);
        }
        if column == Column::Tracker {
            draft.set_status_beside_tracker(self.context.words, &text, cell.span);
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

/// The lines of a cell that are a task each: with numbers or bullets in front, or each begins with what is to be done.
fn tasks(words: &Lexicon, cell: &Inline) -> Option<Vec<Inline>> {
    if !cell.has_lines() {
        return None;
    }
    let lines = cell.lines();
    let marked = lines.iter().map(|line| Some(line.from(mark(&line.text)?)).filter(|task| !task.is_blank()));
    let is_task = |line: &Inline| {
        line.text.starts_with(char::is_uppercase)
            && words.asks_for_work(&line.text)
            && line.text.contains(char::is_whitespace)
    };
    let asked = || {
        let are_tasks = lines.iter().all(|line| is_task(line));
        are_tasks.then(|| lines.iter().map(|line| Inline::clone(line)).collect())
    };
    marked.collect::<Option<Vec<_>>>().or_else(asked)
}

/// The length of the number or bullet that a line begins with.
fn mark(line: &str) -> Option<usize> {
    let bullet = ["- ", "* ", "• ", "– ", "·"].iter().find(|mark| line.starts_with(**mark));
    let number = || {
        let open = usize::from(line.starts_with('('));
        let rest = line.get(open..)?;
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let behind = rest.get(digits..).filter(|_| (1..=2).contains(&digits))?;
        let mark = [". ", ") "].iter().find(|mark| behind.starts_with(**mark))?;
        Some(open + digits + mark.len())
    };
    bullet.map(|mark| mark.len()).or_else(number)
}

/// A table that names its fields in the first column.
pub(super) struct Upright<'t> {
    /// Its lines, the head where that names a field, each with what it holds.
    lines: Vec<(Option<Column>, &'t [Inline])>,
    /// The cells of the line that says what is to be done.
    titles: &'t [Inline],
}

impl<'t> Upright<'t> {
    /// None for a table of another form: in this one every line names a field, or most do and the head says nothing.
    pub(super) fn of(words: &Lexicon, head: &'t [Inline], rows: &'t [Row]) -> Option<Self> {
        let line =
            |cells: &'t [Inline]| (cells.first().and_then(|name| words.action_column(&name.text)), cells);
        let rows = rows.iter().map(|row| line(&row.cells));
        let is_head_empty = head.iter().all(Inline::is_blank);
        let is_corner_empty = head.first().is_some_and(Inline::is_blank);
        let lines: Vec<_> = std::iter::once(line(head)).filter(|_| !is_corner_empty).chain(rows).collect();
        let named = lines.iter().filter(|(column, _)| column.is_some()).count();
        let is_upright = named >= 2 && (is_head_empty || named == lines.len());
        let titles = lines.iter().find(|(column, _)| *column == Some(Column::Title))?.1;
        is_upright.then_some(Self { lines, titles })
    }

    /// What is to be done, with the place of its column.
    pub(super) fn titles(&self) -> impl Iterator<Item = (usize, &'t Inline)> {
        self.titles.iter().enumerate().skip(1).filter(|(_, title)| !title.is_blank())
    }

    /// The fields of the item in a column, and what each of them holds.
    pub(super) fn fields(&self, nth: usize) -> impl Iterator<Item = (Option<Column>, &'t Inline)> {
        let fields = self.lines.iter().filter(|(column, _)| *column != Some(Column::Title));
        fields.filter_map(move |(column, cells)| Some((*column, cells.get(nth)?)))
    }
}

/// The fields of a table that stands below the heading of an item: two columns, and in the first one nothing but names of
/// fields. Its head may be one of them.
pub(super) fn fields_of_one<'t>(
    words: &Lexicon,
    head: &'t [Inline],
    rows: &'t [Row],
) -> Option<Vec<(Column, &'t Inline)>> {
    const FEWEST: usize = 2;
    let field = |cells: &'t [Inline]| match cells {
        [name, value] => words
            .action_column(&name.text)
            .filter(|column| *column != Column::Title)
            .map(|column| (column, value)),
        _ => None,
    };
    let mut fields: Vec<_> = rows.iter().map(|row| field(&row.cells)).collect::<Option<_>>()?;
    fields.splice(0..0, field(head));
    (fields.len() >= FEWEST).then_some(fields)
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
    // `Completed` beside a state is the day.
    let states = columns.iter().enumerate().filter(|(_, column)| **column == Some(Column::Status));
    let days: Vec<usize> =
        states.skip(1).map(|(index, _)| index).filter(|index| has_only_days(rows, *index)).collect();
    for index in days {
        if let Some(column) = columns.get_mut(index) {
            *column = Some(Column::Closed);
        }
    }
    let titles = || {
        let named = columns.iter().enumerate().filter(|(_, column)| **column == Some(Column::Title));
        named.map(|(index, _)| index)
    };
    // `Step` may be the number beside what is to be done.
    let title = titles().find(|index| !has_only_numbers(rows, *index)).or_else(|| titles().next());
    let tracked = || {
        let mut trackers = columns.iter().enumerate().filter(|(_, column)| **column == Some(Column::Tracker));
        trackers.find(|(index, _)| are_told(rows, *index)).map(|(index, _)| index)
    };
    let title = title.or_else(tracked).or_else(|| widest(&columns, rows));
    (columns, title)
}

/// True for a column of numbers, as far as it is filled in.
fn has_only_numbers(rows: &[Row], index: usize) -> bool {
    let cells = rows.iter().filter_map(|row| row.cells.get(index)).map(|cell| cell.text.trim());
    cells.flat_map(str::chars).all(|c| c.is_ascii_digit() || c == '.')
}

/// True for a column of tickets that says what each of them is about: `#41 — Alert on lag of the index`.
fn are_told(rows: &[Row], index: usize) -> bool {
    const WORDS: usize = 3;
    let mut cells = rows.iter().filter_map(|row| row.cells.get(index));
    !rows.is_empty() && cells.all(|cell| cell.text.split_whitespace().nth(WORDS).is_some())
}

/// True for a column in which nothing but days and blanks stands.
fn has_only_days(rows: &[Row], index: usize) -> bool {
    let is_day = |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && !text.ends_with('%');
    let mut cells = rows.iter().filter_map(|row| row.cells.get(index)).map(|cell| cell.text.trim());
    cells.all(|text| is_day(text) || !text.contains(char::is_alphanumeric))
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
    fn a_column_of_numbers_is_not_what_is_to_be_done() {
        assert_eq!(
            items("| Step | Change | Owner |\n|---|---|---|\n| 1 | Cap it | Kim |\n| 2 | Test it | Sam |\n"),
            ["[open] Cap it | Kim", "[open] Test it | Sam"]
        );
    }

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
    fn a_header_may_have_two_names_for_one_thing() {
        let items =
            items("| Action | Issue / PR | Team/Owner |\n|---|---|---|\n| Cap the queue | SHOP-12 | Kim |\n");
        assert_eq!(items, ["[open] Cap the queue | Kim | SHOP-12"]);
    }

    #[test]
    fn a_column_of_tickets_may_say_what_they_are_about() {
        assert_eq!(
            items(
                "| Issue | Seen by | Outcome |\n|---|---|---|\n| #5 — alert on lag of the index | Kim, while she read the logs of the index | Resolved |\n| #6 — a cap for the queue | Sam | Open |\n"
            ),
            ["[done] #5 — alert on lag of the index | #5", "[open] #6 — a cap for the queue | #6"]
        );
    }

    #[test]
    fn a_cell_may_hold_several_tasks() {
        assert_eq!(
            items(
                "| Area | Actions | Owner |\n|---|---|---|\n| Index | 1. Cap it<br>2. Test it | Kim |\n| Web | - More hosts<br>- A cache | Sam |\n| API | Cut it<br>Sort it | Ana |\n| Docs | Move the page to the new site,<br>where it is found | Ana |\n"
            ),
            [
                "[open] Cap it | Kim",
                "[open] Test it | Kim",
                "[open] More hosts | Sam",
                "[open] A cache | Sam",
                "[open] Cut it | Ana",
                "[open] Sort it | Ana",
                "[open] Move the page to the new site, where it is found | Ana",
            ]
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

    #[test]
    fn a_share_or_a_mark_tells_how_far_the_work_is() {
        assert_eq!(
            items(
                "| Action | Progress |\n|---|---|\n| Cap it | 100% |\n| Test it | 40 % |\n| Move it | 0% |\n| Drop it | x |\n"
            ),
            ["[done] Cap it", "[in-progress] Test it", "[open] Move it", "[done] Drop it"]
        );
        assert_eq!(
            items("| | Action |\n|---|---|\n| ✅ | Cap it |\n| | Test it |\n| ❌ | Move it |\n"),
            ["[done] Cap it", "[open] Test it", "[open] Move it"]
        );
    }

    #[test]
    fn a_table_may_name_the_fields_in_its_first_column() {
        assert_eq!(
            items(
                "| | | |\n|---|---|---|\n| **Action** | Cap it | Test it |\n| **Owner** | Kim | Sam |\n| **Status** | Done | |\n"
            ),
            ["[done] Cap it | Kim", "[open] Test it | Sam"]
        );
        let numbered = "| | 1 | 2 |\n|---|---|---|\n| Action | Cap it | Test it |\n| Owner | Kim | Sam |\n";
        assert_eq!(items(numbered), ["[open] Cap it | Kim", "[open] Test it | Sam"]);
        let headed = "| Action | Cap it |\n|---|---|\n| Owner | Kim |\n| Status | Done |\n";
        assert_eq!(items(headed), ["[done] Cap it | Kim"]);
        let ordinary = "| Action | Owner |\n|---|---|\n| Owner of the queue | Kim |\n| Status page | Sam |\n";
        assert_eq!(items(ordinary), ["[open] Owner of the queue | Kim", "[open] Status page | Sam"]);
    }

    #[test]
    fn a_box_in_a_column_may_say_what_shows_it() {
        assert_eq!(
            items(
                "| Action | Status |\n|---|---|\n| Cap it | [x] In `queue.toml` |\n| Test it | [ ] Next week |\n"
            ),
            ["[done] Cap it", "[open] Test it"]
        );
    }

    #[test]
    fn a_column_may_hold_boxes() {
        assert_eq!(
            items("| Action | Done |\n|---|---|\n| Cap it | [x] |\n| Test it | [ ] |\n"),
            ["[done] Cap it", "[open] Test it"]
        );
    }
}
