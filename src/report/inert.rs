//! Text out of documents, made inert for a forge that reads Markdown: it shows as it is, and links, mentions, references,
//! images and HTML in it do nothing.
//!
//! Two readers have to be stopped. Markdown itself is, by entities. But GitHub and GitLab look for people, issues and
//! commits in what Markdown has made, where an entity is a plain sign again; there, an invisible space in the middle of
//! a reference does it. In code neither looks, so what stands between backticks stays code, and can be copied; the names of
//! commits become code.

use std::fmt::Write as _;

use crate::report::visible;

/// A space without width, as an entity.
const GAP: &str = "&#8203;";

/// How long the name of a commit may be.
const COMMIT: std::ops::RangeInclusive<usize> = 7..=64;

/// The text on one line, to stand anywhere in Markdown. What stands between backticks is set as code, because that is
/// what messages mean by them.
pub fn inert(text: &str) -> String {
    let text = visible(text);
    let parts: Vec<&str> = text.split('`').collect();
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        if at % 2 == 0 {
            out.push_str(&plain(part));
        } else if at + 1 == parts.len() {
            // A backtick without a partner is a backtick.
            out.push_str("&#96;");
            out.push_str(&plain(part));
        } else {
            out.push_str(&code(part));
        }
    }
    if leading(&out) { format!("{GAP}{out}") } else { out }
}

/// A text as code, on one line.
pub(super) fn code(text: &str) -> String {
    let text = visible(text).replace('`', "'");
    // A pipe would end the cell of a table, and a space at both ends be taken away.
    if text.contains('|') || text.trim() != text || text.is_empty() {
        return format!("<code>{}</code>", plain(&text));
    }
    format!("`{text}`")
}

/// True when a block could begin with it: a list, a heading line, a command to the forge.
fn leading(text: &str) -> bool {
    let behind = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    text.trim_start().starts_with(['-', '+', '=', '/', ':'])
        || (behind.len() < text.len() && behind.starts_with(['.', ')']))
        || text.starts_with([' ', '\t'])
}

fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let (_, behind) = rest.split_at(letter.len_utf8());
        let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        if !is_word(before) {
            let word = rest.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
            let (_, behind) = rest.split_at(word.len());
            let safe = match () {
                () if is_commit(word) => Some(format!("`{word}`")),
                () if word.eq_ignore_ascii_case("gh") && behind.starts_with('-') => {
                    Some(format!("{word}{GAP}"))
                }
                () => None,
            };
            if let Some(safe) = safe {
                out.push_str(&safe);
                before = word.chars().next_back();
                rest = behind;
                continue;
            }
        }
        match letter {
            '&' | '<' | '>' | '*' | '_' | '~' | '[' | ']' | '\\' | '|' | '`' | '$' | '@' | '#' | '^' => {
                // Writing to a `String` cannot fail.
                let _ = write!(out, "&#{};", u32::from(letter));
            }
            _ => out.push(letter),
        }
        let next = behind.chars().next();
        let is_sign = matches!(letter, '@' | '#' | '!' | '$' | '%' | '&' | '~' | '^' | '*');
        let is_address = letter == ':' && behind.starts_with("//");
        let is_host = letter == '.' && matches!(before, Some('w' | 'W'));
        if (is_sign && next.is_some_and(|next| !next.is_whitespace())) || is_address || is_host {
            out.push_str(GAP);
        }
        before = Some(letter);
        rest = behind;
    }
    out
}

/// True for what could be the name of a commit, which a forge makes into a link.
fn is_commit(word: &str) -> bool {
    COMMIT.contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_hexdigit())
        && word.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markdown_or_html() {
        assert_eq!(inert("`a.md:3` is <b>"), "`a.md:3` is &#60;b&#62;");
        assert_eq!(inert("[x](y) `a|b` and `"), "&#91;x&#93;(y) <code>a&#124;b</code> and &#96;");
        assert_eq!(inert("a\n- b"), "a - b");
        for text in ["- b", "1. b", "/close", "=== x", "  indented", "12) x"] {
            assert!(inert(text).starts_with(GAP), "{text}");
        }
    }

    #[test]
    fn nobody_is_mentioned_and_nothing_is_referred_to() {
        for (text, safe) in [
            ("ask @kim", "ask &#64;&#8203;kim"),
            ("a@b.example", "a&#64;&#8203;b.example"),
            ("see #12, !34 and &5", "see &#35;&#8203;12, !&#8203;34 and &#38;&#8203;5"),
            ("fixes GH-7", "fixes GH&#8203;-7"),
            ("since 1a2b3c4d5e", "since `1a2b3c4d5e`"),
            ("https://a.example", "https:&#8203;//a.example"),
            ("www.a.example", "www.&#8203;a.example"),
            ("90 % of a defaced 2026-03-14", "90 % of a defaced 2026-03-14"),
        ] {
            assert_eq!(inert(text), safe, "{text}");
        }
        assert_eq!(inert("`@kim #12 1a2b3c4d`"), "`@kim #12 1a2b3c4d`");
    }
}
