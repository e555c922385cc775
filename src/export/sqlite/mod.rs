//! The archive as an SQLite database, for questions of the team's own.
//!
//! The file is written here and not by a library: every library that writes it is the C one, and Afterword builds without
//! a C compiler. Rows are only ever added in order, so no more is needed than pages filled from the first to the last
//! (<https://www.sqlite.org/fileformat2.html>), and the same archive gives the same bytes. Other people's SQLite reads
//! and checks every file in `tests/exports`.

mod pages;
mod record;
mod tree;

use crate::export::{
    Input,
    sql::statement,
    sqlite::{pages::Pages, record::record, tree::Rows},
    table::{Table, Type, Value},
    tables,
};

/// The bytes of the database.
pub fn sqlite(input: Input<'_>) -> Vec<u8> {
    let mut pages = Pages::new();
    let mut of_documents: Vec<_> =
        tables::of_documents().into_iter().map(|(table, rows)| (Written::new(table), rows)).collect();
    for document in input.documents() {
        for (table, rows) in &mut of_documents {
            for row in &rows(&document) {
                table.add(row, &mut pages);
            }
        }
    }
    let mut actions = Written::new(tables::of_actions());
    for (_, row) in input.rows(&|_, _| None) {
        actions.add(&tables::action(&row), &mut pages);
    }
    let mut archive = Written::new(tables::of_archive());
    archive.add(&tables::archive(input), &mut pages);

    let mut schema = Rows::first();
    let all = of_documents.into_iter().map(|(table, _)| table).chain([actions, archive]);
    for table in all {
        for entry in table.finish(&mut pages) {
            schema.add(&record(&entry), &mut pages);
        }
    }
    let first = schema.root(&mut pages);
    pages.finish(&first)
}

/// A table that is being written.
struct Written {
    table: Table,
    rows: Rows,
    /// The values of the column that is unique, with the number of their row.
    keys: Vec<(String, i64)>,
}

impl Written {
    fn new(table: Table) -> Self {
        Self { table, rows: Rows::default(), keys: Vec::new() }
    }

    fn add(&mut self, row: &[Value], pages: &mut Pages) {
        let number = self.rows.add(&record(row), pages);
        let cells = self.table.columns.iter().zip(row);
        self.keys.extend(cells.filter_map(|(column, value)| match (column.holds, value) {
            (Type::Id, Value::Text(key)) => Some((key.clone(), number)),
            _ => None,
        }));
    }

    /// Ends the table, and gives its rows in the table of tables.
    fn finish(self, pages: &mut Pages) -> Vec<[Value; 5]> {
        let name = self.table.name;
        let root = self.rows.finish(pages);
        let mut entries = vec![entry("table", name, name, root, Some(statement(&self.table)))];
        if self.table.columns.iter().any(|column| column.holds == Type::Id) {
            let mut keys = self.keys;
            keys.sort();
            let keys = keys.into_iter().map(|(key, row)| record(&[Value::Text(key), Value::Integer(row)]));
            let root = tree::index(keys, pages);
            // The name that SQLite looks for.
            entries.push(entry("index", &format!("sqlite_autoindex_{name}_1"), name, root, None));
        }
        entries
    }
}

fn entry(kind: &str, name: &str, table: &str, root: u32, sql: Option<String>) -> [Value; 5] {
    [kind.into(), name.into(), table.into(), Value::Integer(root.into()), sql.into()]
}
