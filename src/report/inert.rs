//! Text out of documents, made inert for a forge that reads Markdown: it shows as it is, and links, mentions, images and
//! HTML in it do nothing.

use std::fmt::Write as _;

use crate::report::visible;

/// The text on one line, every sign that Markdown or HTML could read as an entity. What stands between backticks is set
/// as code, because that is what messages mean by them.
pub fn inert(text: &str) -> String {
    let text = visible(text);
    let parts: Vec<&str> = text.split('`').collect();
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        let escaped = escaped(part);
        if at % 2 == 0 {
            out.push_str(&escaped);
        } else if at + 1 == parts.len() {
            // A backtick without a partner is a backtick.
            out.push_str("&#96;");
            out.push_str(&escaped);
        } else {
            out.push_str("<code>");
            out.push_str(&escaped);
            out.push_str("</code>");
        }
    }
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        // A dot and a colon make addresses into links, an `@` people into mentions.
        if letter.is_ascii_punctuation() && !matches!(letter, ',' | ';' | '\'' | '"' | '(' | ')' | '?') {
            // Writing to a `String` cannot fail.
            let _ = write!(out, "&#{};", u32::from(letter));
        } else {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markdown_or_html() {
        assert_eq!(inert("`a|b` is <b>"), "<code>a&#124;b</code> is &#60;b&#62;");
        assert_eq!(inert("@me [x](//y) `"), "&#64;me &#91;x&#93;(&#47;&#47;y) &#96;");
        assert_eq!(inert("# a\n- b"), "&#35; a &#45; b");
    }
}
