//! A page of Markdown on a terminal: wrapped to its width, headings strong, code indented and left alone.

use std::fmt::Write as _;

use anstyle::Style;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::cli::io;

/// What the terminal can show.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) color: bool,
    pub(super) width: usize,
}

/// The widest line of running text that reads well.
const MEASURE: usize = 88;

/// The page; `about` stands below its title.
pub(super) fn text(markdown: &str, about: &str, look: Look) -> String {
    let mut page = Page { look, out: String::new(), line: String::new(), indent: 0, bullet: false };
    let mut about = Some(about);
    let mut in_code = false;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                in_code = true;
                page.code_head(&kind);
            }
            Event::End(TagEnd::CodeBlock) => {
                in_code = false;
                page.out.push('\n');
            }
            Event::Text(text) if in_code => page.code(&text),
            Event::Text(text) => page.line.push_str(&text),
            Event::Code(code) => page.line.extend(["`", &*code, "`"]),
            Event::SoftBreak | Event::HardBreak => page.line.push(' '),
            Event::Start(Tag::List(_)) => page.indent += 2,
            Event::End(TagEnd::List(_)) => {
                page.indent = page.indent.saturating_sub(2);
                page.out.push('\n');
            }
            Event::Start(Tag::Item) => page.bullet = true,
            Event::End(TagEnd::Item) => page.end_block(false),
            Event::End(TagEnd::Heading(_)) => {
                page.heading();
                if let Some(about) = about.take() {
                    let about = page.paint(about, io::FAINT);
                    let _ = write!(page.out, "{about}\n\n");
                }
            }
            Event::End(TagEnd::Paragraph) => page.end_block(true),
            _ => {}
        }
    }
    let trimmed = page.out.trim_end().len();
    page.out.truncate(trimmed);
    page.out.push('\n');
    page.out
}

struct Page {
    look: Look,
    out: String,
    /// The block that is being read.
    line: String,
    indent: usize,
    /// True when the block begins a list item.
    bullet: bool,
}

impl Page {
    fn paint(&self, text: &str, style: Style) -> String {
        if self.look.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    fn heading(&mut self) {
        let title = std::mem::take(&mut self.line);
        let title = self.paint(&title, io::STRONG);
        let _ = writeln!(self.out, "{title}");
    }

    /// Says whether an example is one that is reported or one that is not.
    fn code_head(&mut self, kind: &CodeBlockKind<'_>) {
        let CodeBlockKind::Fenced(info) = kind else { return };
        let note = info.split_whitespace().skip(1).collect::<Vec<_>>().join(" ");
        let note = note.trim_start_matches("flagged").trim_start_matches("fine").trim();
        let note = if note.starts_with("fixed") { "becomes" } else { note };
        if !note.is_empty() {
            let note = self.paint(note, io::FAINT);
            let _ = writeln!(self.out, "  {note}");
        }
    }

    fn code(&mut self, text: &str) {
        for line in text.lines() {
            self.out.push_str(format!("  | {line}").trim_end());
            self.out.push('\n');
        }
    }

    /// Wraps the block that has been read.
    fn end_block(&mut self, gap: bool) {
        let block = std::mem::take(&mut self.line);
        if block.trim().is_empty() {
            return;
        }
        let width = self.look.width.min(MEASURE).saturating_sub(self.indent + 2).max(20);
        let mut column = 0;
        let mut lead = if std::mem::take(&mut self.bullet) { "- " } else { "" };
        let hang = if lead.is_empty() { self.indent } else { self.indent + 2 };
        self.out.push_str(&" ".repeat(self.indent));
        for word in block.split_whitespace() {
            let length = word.chars().count();
            if column > 0 && column + 1 + length > width {
                let _ = write!(self.out, "\n{}", " ".repeat(hang));
                column = 0;
            } else if column > 0 {
                self.out.push(' ');
                column += 1;
            }
            self.out.push_str(lead);
            lead = "";
            self.out.push_str(word);
            column += length;
        }
        self.out.push('\n');
        if gap && self.indent == 0 {
            self.out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_wrapped_and_its_code_is_not() {
        let markdown = "# overdue-action\n\n## Why\n\nBecause `late` work is where the next incident\ncomes from.\n\n- one thing that is rather long\n- two\n\n````markdown flagged\n| a | b |\n\n```\nx\n```\n````\n\nEnd.\n";
        assert_eq!(
            text(markdown, "action · warning by default", Look { color: false, width: 40 }),
            "\
overdue-action
action · warning by default

Why
Because `late` work is where the next
incident comes from.

  - one thing that is rather long
  - two

  | | a | b |
  |
  | ```
  | x
  | ```

End.
"
        );
    }
}
