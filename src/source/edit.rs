//! One replacement in a text: what fixes and front matter change alike.

use serde::{Deserialize, Serialize};

use crate::source::Span;

/// A replacement for some bytes of a text; an insertion when the span is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The bytes that go.
    pub span: Span,
    /// What comes in their place.
    pub replacement: String,
}

impl Edit {
    /// A replacement.
    pub fn new(span: Span, replacement: impl Into<String>) -> Self {
        Self { span, replacement: replacement.into() }
    }

    /// An insertion.
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::new(Span::empty(at), text)
    }

    /// A removal.
    pub fn delete(span: Span) -> Self {
        Self::new(span, "")
    }

    /// The same change of a text, without the lines that it would replace by themselves.
    #[must_use]
    pub fn narrowed(self, text: &str) -> Self {
        let Some(old) = text.get(self.span.start..self.span.end) else { return self };
        let same = |pairs: &mut dyn Iterator<Item = (&str, &str)>| -> usize {
            pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len()).sum()
        };
        let new = self.replacement.as_str();
        let head = same(&mut old.split_inclusive('\n').zip(new.split_inclusive('\n')));
        let (old_rest, new_rest) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
        let tail = same(&mut old_rest.split_inclusive('\n').rev().zip(new_rest.split_inclusive('\n').rev()));
        let replacement = new_rest.get(..new_rest.len() - tail).unwrap_or_default();
        Self::new(Span::new(self.span.start + head, self.span.end - tail), replacement)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrowed_edit_makes_the_same_change_with_the_lines_that_change() {
        let text = "0\na\nb\nc\n9\n";
        let narrowed = |new: &str| Edit::new(Span::new(2, 8), new).narrowed(text);
        assert_eq!(narrowed("a\nB\nc\n"), Edit::new(Span::new(4, 6), "B\n"));
        assert_eq!(narrowed("a\nb\nb\nc\n"), Edit::insert(6, "b\n"));
        assert_eq!(narrowed("a\nc\n"), Edit::delete(Span::new(4, 6)));
        assert_eq!(narrowed("a\nb\nc\n"), Edit::insert(8, ""));
    }
}
