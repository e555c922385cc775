//! Comma-separated values as RFC 4180 has them, and safe to open in a spreadsheet.

use super::table::Table;

/// A table with its head. What is not known is an empty field.
pub(super) fn csv(table: &Table) -> String {
    let mut out = line(table.columns.iter().map(|column| column.name.to_string()));
    for row in &table.rows {
        out.push_str(&line(row.iter().map(ToString::to_string)));
    }
    out
}

fn line(fields: impl Iterator<Item = String>) -> String {
    fields.map(|text| field(&text)).collect::<Vec<_>>().join(",") + "\r\n"
}

/// A field that a spreadsheet would take for a formula gets an apostrophe in front, because documents are written by
/// many hands.
fn field(text: &str) -> String {
    let text =
        if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_must_be_and_are_never_formulas() {
        let fields = ["plain", "a,b", "say \"hi\"", "two\nlines", "=cmd()", "\tcmd", ""];
        assert_eq!(
            line(fields.into_iter().map(str::to_owned)),
            "plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",'=cmd(),'\tcmd,\r\n"
        );
    }
}
