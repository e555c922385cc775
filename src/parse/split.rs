//! Splits a document into front matter and body.

use crate::{
    diagnostic::Finding,
    model::{Format, FrontMatter},
    source::Span,
};

/// A document in its two parts.
#[derive(Debug)]
pub(crate) struct Split {
    pub(crate) front_matter: Option<FrontMatter>,
    pub(crate) body: Span,
    pub(crate) findings: Vec<Finding>,
}

/// Finds the front matter: a block between lines of `+++` or `---` at the very start, a byte-order mark and blank lines
/// apart. A lone `---` is a line across the page.
pub(crate) fn split(text: &str) -> Split {
    let whole =
        |start| Split { front_matter: None, body: Span::new(start, text.len()), findings: Vec::new() };
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = Lines { text, at: mark };
    let Some(open) = lines.by_ref().find(|line| !line.of(text).trim().is_empty()) else { return whole(mark) };
    let format = match open.of(text).trim_end() {
        "+++" => Format::Toml,
        "---" => Format::Yaml,
        _ => return whole(mark),
    };
    let start = lines.at;
    let closes = |line: &str| match format {
        Format::Toml => line.starts_with("+++") && line.trim_end() == "+++",
        Format::Yaml => line.starts_with(['-', '.']) && matches!(line.trim_end(), "---" | "..."),
    };
    let first_line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    for line in lines {
        if closes(line.of(text)) {
            let content = Span::new(start, line.span.start);
            if format == Format::Yaml
                && first_line.trim().is_empty()
                && !looks_like_yaml(content_of(text, content))
            {
                return whole(mark);
            }
            let front_matter =
                FrontMatter { format, span: Span::new(open.span.start, line.span.end), content };
            return Split {
                front_matter: Some(front_matter),
                body: Span::new(line.next, text.len()),
                findings: Vec::new(),
            };
        }
    }
    let looks_right = match format {
        Format::Toml => true,
        Format::Yaml => looks_like_yaml(first_line),
    };
    if looks_right { unclosed(text, open.span, format, start) } else { whole(mark) }
}

/// Front matter without an end: it is taken to end at the first blank line or heading.
fn unclosed(text: &str, open: Span, format: Format, start: usize) -> Split {
    let fence = match format {
        Format::Toml => "+++",
        Format::Yaml => "---",
    };
    let mut end = text.len();
    for line in (Lines { text, at: start }) {
        let written = line.of(text);
        if written.trim().is_empty() || written.starts_with("# ") {
            end = line.span.start;
            break;
        }
    }
    let finding = Finding::new(
        "invalid-front-matter",
        open,
        format!("the front matter is not closed: expected a line `{fence}`, found the end of the document"),
    )
    .label("it begins here")
    .help(format!("put a line `{fence}` between the front matter and the text"));
    let front_matter =
        FrontMatter { format, span: Span::new(open.start, end), content: Span::new(start, end) };
    Split { front_matter: Some(front_matter), body: Span::new(end, text.len()), findings: vec![finding] }
}

fn content_of(text: &str, span: Span) -> &str {
    text.get(span.start..span.end).unwrap_or_default()
}

/// True when the first line that says anything is `key:`, a comment or a list.
fn looks_like_yaml(text: &str) -> bool {
    let Some(line) = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'))
    else {
        return false;
    };
    let key = line.split(':').next().unwrap_or_default();
    line.contains(':')
        && !key.is_empty()
        && key.len() < 40
        && !key.contains(['|', '*', '.', '<'])
        && !key.starts_with('-')
}

/// A line of a text.
struct Line {
    span: Span,
    /// Where the next one begins.
    next: usize,
}

impl Line {
    fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.span.start..self.span.end).unwrap_or_default()
    }
}

struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |newline| newline + 1);
        let line = rest.get(..length)?;
        let start = self.at;
        self.at += length;
        Some(Line {
            span: Span::new(start, start + line.trim_end_matches(['\n', '\r']).len()),
            next: self.at,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (Option<&str>, &str, usize) {
        let split = split(text);
        let content = split.front_matter.map(|front| content_of(text, front.content));
        (content, content_of(text, split.body), split.findings.len())
    }

    #[test]
    fn both_fences_with_any_line_ends() {
        assert_eq!(parts("+++\na = 1\n+++\nText"), (Some("a = 1\n"), "Text", 0));
        assert_eq!(parts("\u{feff}---\r\na: 1\r\n---\r\nText"), (Some("a: 1\r\n"), "Text", 0));
        assert_eq!(parts("---\na: 1\n...\nText"), (Some("a: 1\n"), "Text", 0));
        assert_eq!(parts("\n---\na: 1\n---"), (Some("a: 1\n"), "", 0));
        assert_eq!(parts("---\n---\nText"), (Some(""), "Text", 0));
    }

    #[test]
    fn a_line_across_the_page_is_no_front_matter() {
        for text in [
            "---\n\nText\n\n---\nMore",
            "---\nText only",
            "# Title\n---\na: 1\n---\n",
            "",
            "----\na: 1\n----",
        ] {
            assert_eq!(parts(text), (None, text, 0), "{text}");
        }
    }

    #[test]
    fn an_unclosed_block_is_a_finding_and_ends_at_the_first_blank_line() {
        assert_eq!(parts("---\ntitle: x\n\n# Text\n"), (Some("title: x\n"), "\n# Text\n", 1));
        assert_eq!(parts("+++\ntitle = 1\n# Text\n"), (Some("title = 1\n"), "# Text\n", 1));
    }
}
