//! The archive as SQL: tables and rows, for SQLite and most other databases.

use std::fmt::Write as _;

use super::{
    GENERATOR, Input,
    table::{Table, Type, Value},
    tables,
};

/// How many rows one statement inserts. SQLite reads a statement as a whole.
const ROWS: usize = 200;

/// Statements that make the tables and fill them, in one transaction.
pub fn sql(input: Input<'_>) -> String {
    let mut out = format!(
        "-- {} of {}, by {GENERATOR}.\n-- Load it with `sqlite3 archive.db < archive.sql`.\n\nBEGIN;\n",
        crate::words::Count(input.archive.postmortems().len(), "postmortem"),
        input.summary.today,
    );
    for table in tables::filled(input, Inserts::new, Inserts::add) {
        out.push_str(&table.finish());
    }
    out.push_str("\nCOMMIT;\n");
    out
}

/// The statements of a table, as far as it is filled.
struct Inserts {
    table: Table,
    out: String,
    rows: usize,
}

impl Inserts {
    fn new(table: Table) -> Self {
        let out = format!("\n{};\n", statement(&table));
        Self { table, out, rows: 0 }
    }

    fn add(&mut self, row: &[Value<'_>]) {
        if self.rows.is_multiple_of(ROWS) {
            self.end();
            let _ = write!(self.out, "INSERT INTO {} VALUES", self.table.name);
        } else {
            self.out.push(',');
        }
        let values: Vec<String> = row.iter().map(literal).collect();
        let _ = write!(self.out, "\n({})", values.join(", "));
        self.rows += 1;
    }

    /// Ends the statement that has been begun, if one has.
    fn end(&mut self) {
        if self.rows > 0 {
            self.out.push_str(";\n");
        }
    }

    fn finish(mut self) -> String {
        self.end();
        self.out
    }
}

/// The statement that makes a table, with the meaning of its columns as comments, without its end.
pub(super) fn statement(table: &Table) -> String {
    let mut out = format!("CREATE TABLE {} ( -- {}\n", table.name, table.about);
    let last = table.columns.len().saturating_sub(1);
    for (at, column) in table.columns.iter().enumerate() {
        let comma = if at < last { "," } else { "" };
        let about = if column.about.is_empty() { String::new() } else { format!(" -- {}", column.about) };
        let _ = writeln!(out, "  \"{}\" {}{comma}{about}", column.name, kind(column.holds));
    }
    out.push(')');
    out
}

const fn kind(holds: Type) -> &'static str {
    match holds {
        Type::Id => "TEXT NOT NULL PRIMARY KEY",
        Type::OfPostmortem => "TEXT NOT NULL REFERENCES postmortems (id)",
        Type::Text => "TEXT",
        Type::Integer | Type::Flag => "INTEGER",
        Type::Real => "REAL",
    }
}

fn literal(value: &Value<'_>) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Flag(flag) => u8::from(*flag).to_string(),
        Value::Integer(number) => number.to_string(),
        // With a point, so that it is read as it was written.
        Value::Real(number) => format!("{number:?}"),
        // A statement ends at a zero byte.
        Value::Text(text) => format!("'{}'", text.replace('\'', "''").replace('\0', "\u{fffd}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_is_read_as_it_was() {
        let values: [Value<'_>; 6] =
            [Value::Null, true.into(), 7_usize.into(), 0.5.into(), 3.0.into(), "it's\n-- a \0;".into()];
        assert_eq!(
            values.map(|value| literal(&value)),
            ["NULL", "1", "7", "0.5", "3.0", "'it''s\n-- a \u{fffd};'"]
        );
    }
}
