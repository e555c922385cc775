//! The Markdown source of a text that is also kept without its markup.

use serde::{Deserialize, Serialize};

/// What was written, beside the plain text of it. Most texts have no markup, and are kept once.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Markdown(Option<Box<str>>);

impl Markdown {
    /// The source of a plain text.
    pub fn new(source: String, plain: &str) -> Self {
        Self((source != plain).then(|| source.into_boxed_str()))
    }

    /// What was written, by the plain text that it was made with.
    pub fn of<'t>(&'t self, plain: &'t str) -> &'t str {
        self.0.as_deref().unwrap_or(plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_markup_is_its_own_source() {
        let source = |source: &str| Markdown::new(source.to_owned(), "Cap it");
        assert_eq!(source("Cap it"), Markdown::default());
        assert_eq!(source("Cap it").of("Cap it"), "Cap it");
        assert_eq!(source("Cap `it`").of("Cap it"), "Cap `it`");
    }
}
