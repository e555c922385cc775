//! A change as reviewers and `git apply` read it: a unified diff.

use std::fmt::Write as _;

use similar::{ChangeTag, DiffTag, TextDiff};

/// How many lines are shown around a change.
const CONTEXT: usize = 3;

/// One line of a diff, its first character included and its line end not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A name of the file, or where in it the lines below stand.
    Head(String),
    /// A line that is the same on both sides, or a remark on the line above.
    Same(String),
    /// A line that goes.
    Removed(String),
    /// A line that comes.
    Added(String),
}

impl Line {
    /// The line.
    pub fn text(&self) -> &str {
        match self {
            Self::Head(text) | Self::Same(text) | Self::Removed(text) | Self::Added(text) => text,
        }
    }
}

/// How a file changes; no lines when it does not. The path is relative to where the diff will be applied.
pub fn diff(path: &str, old: &str, new: &str) -> Vec<Line> {
    // Lines end as git has it, at `\n` alone.
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let diff = TextDiff::from_slices(&old, &new);
    let mut lines = Vec::new();
    for group in diff.grouped_ops(CONTEXT) {
        if group.iter().all(|op| op.tag() == DiffTag::Equal) {
            continue;
        }
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        if lines.is_empty() {
            lines.push(Line::Head(format!("--- {}", name("a", path))));
            lines.push(Line::Head(format!("+++ {}", name("b", path))));
        }
        let side = |start: usize, end: usize| {
            let length = end - start;
            // Of no lines, the number is that of the line above.
            let number = if length == 0 { start } else { start + 1 };
            if length == 1 { number.to_string() } else { format!("{number},{length}") }
        };
        lines.push(Line::Head(format!(
            "@@ -{} +{} @@",
            side(first.old_range().start, last.old_range().end),
            side(first.new_range().start, last.new_range().end)
        )));
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let text = |mark: char| format!("{mark}{}", change.value().trim_end_matches('\n'));
            lines.push(match change.tag() {
                ChangeTag::Equal => Line::Same(text(' ')),
                ChangeTag::Delete => Line::Removed(text('-')),
                ChangeTag::Insert => Line::Added(text('+')),
            });
            if !change.value().ends_with('\n') {
                lines.push(Line::Same("\\ No newline at end of file".to_owned()));
            }
        }
    }
    lines
}

/// A path as git writes it in the head of a diff: in quotes when it would not be read otherwise.
fn name(side: &str, path: &str) -> String {
    let is_awkward = |letter: char| letter.is_ascii_control() || matches!(letter, '"' | '\\');
    if path.contains(is_awkward) {
        let mut out = format!("\"{side}/");
        for letter in path.chars() {
            match letter {
                '"' | '\\' => {
                    out.push('\\');
                    out.push(letter);
                }
                letter if letter.is_ascii_control() => {
                    let _ = write!(out, "\\{:03o}", u32::from(letter));
                }
                letter => out.push(letter),
            }
        }
        return out + "\"";
    }
    // Without the tab, a name would end at its first space.
    let end = if path.contains(' ') { "\t" } else { "" };
    format!("{side}/{path}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(path: &str, old: &str, new: &str) -> String {
        diff(path, old, new).iter().flat_map(|line| [line.text(), "\n"]).collect()
    }

    #[test]
    fn a_change_stands_between_three_lines_on_either_side() {
        assert_eq!(
            text("a b.md", "1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nfive\n6\n7\n8\n"),
            "--- a/a b.md\t\n+++ b/a b.md\t\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
        );
        assert_eq!(text("a.md", "same\n", "same\n"), "");
    }

    #[test]
    fn a_missing_last_line_end_and_other_line_ends_are_kept() {
        assert_eq!(
            text("a.md", "one\r\ntwo", "zero\r\none\r\ntwo"),
            "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,3 @@\n+zero\r\n one\r\n two\n\\ No newline at end of file\n"
        );
        assert_eq!(text("a.md", "", "x\n"), "--- a/a.md\n+++ b/a.md\n@@ -0,0 +1 @@\n+x\n");
        assert_eq!(text("a.md", "a\rb\n", "n\na\rb\n"), "--- a/a.md\n+++ b/a.md\n@@ -1 +1,2 @@\n+n\n a\rb\n");
    }

    #[test]
    fn awkward_names_are_quoted() {
        assert_eq!(name("a", "x\"y\u{1}.md"), r#""a/x\"y\001.md""#);
        assert_eq!(name("a", "løst.md"), "a/løst.md");
    }
}
