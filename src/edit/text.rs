//! Replacements in a text, and nothing else: what no edit names stays byte for byte.

use crate::source::Edit;

/// The text with all edits made, in any order of the list; none when two of them overlap or one does not fit the text.
/// Insertions at the same place keep the order of the list.
pub fn apply(text: &str, edits: &[Edit]) -> Option<String> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.span);
    let mut out =
        String::with_capacity(text.len() + sorted.iter().map(|edit| edit.replacement.len()).sum::<usize>());
    let mut at = 0;
    for edit in sorted {
        // An edit that begins within the one before it gives no text here.
        out.push_str(text.get(at..edit.span.start)?);
        out.push_str(&edit.replacement);
        at = edit.span.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// How the lines of a text end: as the first one does.
pub fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text.get(..at).is_some_and(|line| line.ends_with('\r')) => "\r\n",
        _ => "\n",
    }
}

/// Where the line begins that holds a byte.
pub fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

/// Where the line after the one that holds a byte begins; the end of the text when it is the last one.
pub fn next_line(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |newline| at + newline + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn edits_are_made_wherever_they_stand_in_the_list() {
        let edits = [Edit::insert(6, "!"), Edit::new(Span::new(0, 1), "A"), Edit::new(Span::new(2, 4), "")];
        assert_eq!(apply("a bcde", &edits).as_deref(), Some("A de!"));
        assert_eq!(apply("a", &[Edit::insert(0, "1"), Edit::insert(0, "2")]).as_deref(), Some("12a"));
        assert_eq!(apply("", &[]).as_deref(), Some(""));
    }

    #[test]
    fn edits_that_overlap_or_split_a_character_are_refused_as_a_whole() {
        let overlap = [Edit::new(Span::new(0, 3), "x"), Edit::new(Span::new(2, 4), "y")];
        assert_eq!(apply("abcdef", &overlap), None);
        assert_eq!(apply("aé", &[Edit::insert(2, "x")]), None);
        assert_eq!(apply("a", &[Edit::new(Span::new(1, 5), "x")]), None);
    }

    #[test]
    fn new_lines_end_as_the_first_one_does() {
        assert_eq!(
            [line_end("a\r\nb\n"), line_end("a\nb\r\n"), line_end("\n"), line_end("a")],
            ["\r\n", "\n", "\n", "\n"]
        );
    }
}
