//! Comma-separated values as RFC 4180 has them, and safe to open in a spreadsheet.

use std::borrow::Cow;

use super::table::{Table, Value};

/// A table with its head, row by row. What is not known is an empty field.
pub(super) struct Csv {
    pub(super) text: String,
}

impl Csv {
    pub(super) fn new(table: &Table) -> Self {
        let mut csv = Self { text: String::new() };
        csv.line(table.columns.iter().map(|column| Cow::Borrowed(&*column.name)));
        csv
    }

    pub(super) fn add(&mut self, row: &[Value<'_>]) {
        self.line(row.iter().map(|value| match value {
            Value::Text(text) => Cow::Borrowed(&**text),
            other => Cow::Owned(other.to_string()),
        }));
    }

    fn line<'a>(&mut self, fields: impl Iterator<Item = Cow<'a, str>>) {
        for (at, text) in fields.enumerate() {
            if at > 0 {
                self.text.push(',');
            }
            self.field(&text);
        }
        self.text.push_str("\r\n");
    }

    /// A field that a spreadsheet would take for a formula gets an apostrophe in front, because documents are written by
    /// many hands.
    fn field(&mut self, text: &str) {
        let quoted = text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r'));
        self.text.push_str(if quoted { "\"" } else { "" });
        if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            self.text.push('\'');
        }
        for (at, part) in text.split('"').enumerate() {
            self.text.push_str(if at > 0 { "\"\"" } else { "" });
            self.text.push_str(part);
        }
        self.text.push_str(if quoted { "\"" } else { "" });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_must_be_and_are_never_formulas() {
        let fields = ["plain", "a,b", "say \"hi\"", "two\nlines", "=cmd()", "\tcmd", ""];
        let mut csv = Csv { text: String::new() };
        csv.line(fields.into_iter().map(Cow::Borrowed));
        assert_eq!(csv.text, "plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",'=cmd(),'\tcmd,\r\n");
    }
}
