//! Action items that are rows of a table.

use super::{Actions, item::Draft, item::is_nothing};
use crate::parse::{blocks::Row, inline::Inline, sections::fold};

/// What a column, or a named field in a line, holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Title,
    Owner,
    Kind,
    Priority,
    Status,
    Due,
    Opened,
    Closed,
    Tracker,
    Evidence,
    Id,
}

const COLUMNS: &[(Column, &[&str])] = &[
    (
        Column::Title,
        &[
            "action",
            "action item",
            "action items",
            "item",
            "task",
            "title",
            "what",
            "description",
            "todo",
            "follow up",
            "followup",
            "work",
            "action required",
            "actions",
            "improvement",
            "recommendation",
            "aksjon",
            "tiltak",
            "oppgave",
            "beskrivelse",
            "アクション",
            "アクションアイテム",
            "対策",
            "内容",
            "項目",
            "タスク",
            "対応内容",
            "施策",
        ],
    ),
    (
        Column::Owner,
        &[
            "owner",
            "owners",
            "assignee",
            "assigned to",
            "assigned",
            "who",
            "responsible",
            "dri",
            "person",
            "team",
            "lead",
            "action owner",
            "eier",
            "ansvarlig",
            "hvem",
            "担当",
            "担当者",
            "オーナー",
            "責任者",
        ],
    ),
    (Column::Kind, &["type", "kind", "category", "action type", "種別", "分類", "カテゴリ", "タイプ"]),
    (Column::Priority, &["priority", "prio", "pri", "p", "urgency", "prioritet", "優先度"]),
    (
        Column::Status,
        &["status", "state", "done", "progress", "completed", "tilstand", "状態", "ステータス", "進捗"],
    ),
    (
        Column::Due,
        &[
            "due",
            "due date",
            "deadline",
            "when",
            "by when",
            "target date",
            "eta",
            "target",
            "by",
            "date due",
            "date",
            "frist",
            "期限",
            "期日",
            "目標日",
            "完了予定日",
            "完了予定",
        ],
    ),
    (Column::Opened, &["opened", "created", "created at", "opprettet", "作成日"]),
    (
        Column::Closed,
        &["closed", "completed on", "done on", "closed on", "completion date", "lukket", "完了日"],
    ),
    (
        Column::Tracker,
        &[
            "tracker",
            "ticket",
            "tickets",
            "issue",
            "issues",
            "bug",
            "jira",
            "link",
            "links",
            "tracking",
            "tracking issue",
            "github issue",
            "pr",
            "reference",
            "referanse",
            "sak",
            "lenke",
            "チケット",
            "リンク",
            "関連",
            "pr issue",
        ],
    ),
    (Column::Evidence, &["evidence", "proof", "verification", "確認方法"]),
    (Column::Id, &["id", "no", "number", "nr", "ai", "番号"]),
];

/// What a header or a field's name says.
pub(super) fn column(name: &str) -> Option<Column> {
    if name.trim() == "#" {
        return Some(Column::Id);
    }
    let folded = fold(name);
    COLUMNS.iter().find(|(_, names)| names.contains(&folded.as_str())).map(|(column, _)| *column)
}

impl Actions<'_> {
    pub(super) fn table(&mut self, head: &[Inline], rows: &[Row]) {
        let mut columns: Vec<Option<Column>> = head.iter().map(|cell| column(&cell.text)).collect();
        for row in rows {
            columns.resize(columns.len().max(row.cells.len()), None);
        }
        let title = columns
            .iter()
            .position(|column| *column == Some(Column::Title))
            .or_else(|| widest(&columns, rows));
        let Some(title) = title else { return };
        for row in rows {
            let Some(text) = row.cells.get(title) else { continue };
            // A second line of dashes is a slip of the pen.
            if is_nothing(&text.text) {
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
                    draft.set(&self.context, *column, &text, cell.span);
                    if *column == Column::Tracker {
                        self.links_of(draft, cell);
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

/// The column with most text among those that no header names.
fn widest(columns: &[Option<Column>], rows: &[Row]) -> Option<usize> {
    (0..columns.len()).filter(|index| columns.get(*index) == Some(&None)).max_by_key(|index| {
        let length: usize =
            rows.iter().filter_map(|row| row.cells.get(*index)).map(|cell| cell.text.len()).sum();
        (length, std::cmp::Reverse(*index))
    })
}
