//! Comma-separated values as RFC 4180 has them, and safe to open in a spreadsheet.

/// One line. A field that a spreadsheet would take for a formula gets an apostrophe in front, because documents are
/// written by many hands.
pub(super) fn line(fields: &[&str]) -> String {
    let fields: Vec<String> = fields.iter().map(|text| field(text)).collect();
    format!("{}\r\n", fields.join(","))
}

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
        assert_eq!(
            line(&["plain", "a,b", "say \"hi\"", "two\nlines", "=cmd()", ""]),
            "plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",'=cmd(),\r\n"
        );
    }
}
