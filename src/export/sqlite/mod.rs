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
    let tables = tables::filled(input, Written::new, |table, row| table.add(row, &mut pages));
    let mut schema = Rows::first();
    for table in tables {
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
    /// The place of the column that is unique, where there is one.
    unique: Option<usize>,
    /// Its values, with the number of their row.
    keys: Vec<(String, i64)>,
}

impl Written {
    fn new(table: Table) -> Self {
        let unique = table.columns.iter().position(|column| column.holds == Type::Id);
        Self { table, rows: Rows::default(), unique, keys: Vec::new() }
    }

    fn add(&mut self, row: &[Value<'_>], pages: &mut Pages) {
        let number = self.rows.add(&record(row), pages);
        if let Some(Value::Text(key)) = self.unique.and_then(|at| row.get(at)) {
            self.keys.push((key.clone().into_owned(), number));
        }
    }

    /// Ends the table, and gives its rows in the table of tables.
    fn finish(self, pages: &mut Pages) -> Vec<[Value<'static>; 5]> {
        let name = self.table.name;
        let root = self.rows.finish(pages);
        let mut entries = vec![entry("table", name, name, root, Some(statement(&self.table)))];
        if self.unique.is_some() {
            let mut keys = self.keys;
            keys.sort();
            let keys = keys.into_iter().map(|(key, row)| record(&[key.into(), Value::Integer(row)]));
            let root = tree::index(keys, pages);
            // The name that SQLite looks for.
            entries.push(entry("index", format!("sqlite_autoindex_{name}_1"), name, root, None));
        }
        entries
    }
}

fn entry(
    kind: &'static str,
    name: impl Into<Value<'static>>,
    table: &'static str,
    root: u32,
    sql: Option<String>,
) -> [Value<'static>; 5] {
    [kind.into(), name.into(), table.into(), Value::Integer(root.into()), sql.into()]
}
