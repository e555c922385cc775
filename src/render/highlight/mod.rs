//! Code blocks → spans with short classes, at build time.

/// Highlights.
#[derive(Debug, Default)]
pub struct Highlighter {}

impl Highlighter {
    /// The code as HTML.
    pub fn html(&self, _language: &str, code: &str) -> String {
        crate::render::markdown::escaped(code)
    }
}
