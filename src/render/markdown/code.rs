//! Code blocks.

use crate::render::{highlight::Highlighter, markdown::escape::escaped};

/// A code block as HTML. It can be scrolled with the keyboard, and what is copied from it is the code alone.
pub(crate) fn block(info: &str, code: &str, id: Option<&str>, highlighter: &Highlighter) -> String {
    let language = language(info);
    let spans = highlighter.html(language, code);
    let id = id.map(|id| format!(" id=\"{}\"", escaped(id))).unwrap_or_default();
    let label =
        if language.is_empty() { String::new() } else { format!(" data-language=\"{}\"", escaped(language)) };
    format!("<pre{id} class=\"code\"{label} tabindex=\"0\"><code>{spans}</code></pre>\n")
}

/// The language of an info string: `rust` of `rust,ignore`, `yaml` of `yaml {linenos=true}` and of `{.yaml}`.
fn language(info: &str) -> &str {
    info.split(|char: char| char.is_whitespace() || matches!(char, ',' | '{' | '}' | '.' | ':'))
        .find(|word| !word.is_empty())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_first_word() {
        for (info, expected) in [
            ("rust,ignore", "rust"),
            ("yaml {linenos=true}", "yaml"),
            ("{.sql}", "sql"),
            ("", ""),
            ("c++", "c++"),
        ] {
            assert_eq!(language(info), expected);
        }
    }
}
