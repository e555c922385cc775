//! A page of Markdown that a forge accepts: it is cut between two lines before it is too long, never inside of one.

use std::fmt::Write as _;

/// What a folded part costs beside its lines.
const FOLD: usize = 60;

/// A page that is being written.
#[derive(Debug)]
pub(super) struct Page {
    text: String,
    limit: usize,
}

impl Page {
    /// An empty page of at most so many bytes.
    pub(super) const fn new(limit: usize) -> Self {
        Self { text: String::new(), limit }
    }

    /// Adds a line, if there is room for it; true when there was.
    pub(super) fn line(&mut self, line: &str) -> bool {
        let fits = self.text.len() + line.len() < self.limit;
        if fits {
            // Writing to a `String` cannot fail.
            let _ = writeln!(self.text, "{line}");
        }
        fits
    }

    /// Adds lines as long as there is room, and keeps so many bytes free behind them. Gives how many were left out.
    pub(super) fn lines(&mut self, lines: &[String], spare: usize) -> usize {
        let limit = self.limit;
        self.limit = limit.saturating_sub(spare);
        let fitting = lines.iter().take_while(|line| self.line(line)).count();
        self.limit = limit;
        lines.len() - fitting
    }

    /// Adds lines that unfold under a word. Gives how many were left out.
    pub(super) fn folded(&mut self, word: &str, lines: &[String], spare: usize) -> usize {
        let frame = FOLD + word.len();
        if self.text.len() + frame + spare + lines.first().map_or(0, String::len) >= self.limit {
            return lines.len();
        }
        self.line(&format!("<details><summary>{word}</summary>\n"));
        let left = self.lines(lines, spare + FOLD);
        self.line("\n</details>\n");
        left
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_cut_between_lines_and_what_is_unfolded_is_closed() {
        let lines: Vec<String> = (0..100).map(|at| format!("- line {at}")).collect();
        let mut page = Page::new(400);
        assert!(page.line("head"));
        let left = page.folded("all", &lines, 40);
        assert!(page.line("the end"));
        let text = page.finish();
        assert!(text.len() < 400 && text.ends_with("\n</details>\n\nthe end\n"), "{text}");
        assert_eq!(text.matches("- line").count(), 100 - left);
        assert_eq!(Page::new(40).folded("all", &lines, 0), 100);
    }
}
