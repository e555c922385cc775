//! Plain text of a document → HTML, with bare addresses as links and `:shortcodes:` as emoji.
//!
//! Neither is Markdown, both are what readers of a forge are used to.

use std::{borrow::Cow, ops::Range};

use crate::render::markdown::escape::push_escaped;

/// A part of a plain text that is more than text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part<'t> {
    /// Characters.
    Text(&'t str),
    /// A bare address: as written, and as it is to be followed.
    Address(&'t str, String),
}

/// Cuts a text at its bare `https://`, `http://` and `www.` addresses.
pub(crate) fn split_addresses(text: &str) -> Vec<Part<'_>> {
    if !text.contains("://") && !text.contains("www.") {
        return vec![Part::Text(text)];
    }
    let mut parts = Vec::new();
    let mut done = 0;
    while let Some(range) = next_address(text, done) {
        if let Some(before) = text.get(done..range.start).filter(|before| !before.is_empty()) {
            parts.push(Part::Text(before));
        }
        let written = text.get(range.clone()).unwrap_or_default();
        let scheme = if written.starts_with("www.") { "https://" } else { "" };
        parts.push(Part::Address(written, format!("{scheme}{written}")));
        done = range.end;
    }
    if let Some(rest) = text.get(done..).filter(|rest| !rest.is_empty()) {
        parts.push(Part::Text(rest));
    }
    parts
}

fn next_address(text: &str, from: usize) -> Option<Range<usize>> {
    let mut search = from;
    loop {
        let at = search + text.get(search..)?.find(['h', 'w'])?;
        let candidate = text.get(at..)?;
        let before = text.get(from..at)?.chars().next_back();
        let begins_a_word =
            before.is_none_or(|char| !char.is_alphanumeric() && !matches!(char, '/' | '.' | '@'));
        let host = ["https://", "http://", "www."].iter().find_map(|start| candidate.strip_prefix(start));
        if begins_a_word && host.is_some_and(|host| host.starts_with(char::is_alphanumeric)) {
            return Some(at..at + address(candidate).len());
        }
        search = at + 1;
    }
}

/// No address that a person pasted is longer; it bounds what is looked at again.
const LONGEST_ADDRESS: usize = 2048;

/// How much of the text is the address: not the full stop after it, not the bracket around it.
fn address(text: &str) -> &str {
    let end = text
        .char_indices()
        .find(|(at, char)| {
            *at > LONGEST_ADDRESS
                || char.is_whitespace()
                || char.is_control()
                || matches!(char, '<' | '>' | '"' | '`')
        })
        .map_or(text.len(), |(at, _)| at);
    let mut address = text.get(..end).unwrap_or_default();
    let mut unopened = address.matches(')').count().saturating_sub(address.matches('(').count());
    while let Some(last) = address.chars().next_back() {
        let unbalanced = last == ')' && unopened > 0;
        let outside = matches!(
            last,
            '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | ']' | '|' | '’' | '”'
        );
        if !unbalanced && !outside {
            break;
        }
        unopened -= usize::from(unbalanced);
        address = address.get(..address.len() - last.len_utf8()).unwrap_or_default();
    }
    address
}

/// Appends text, escaped, with emoji for the shortcodes that are known.
pub(crate) fn push_text(out: &mut String, text: &str) {
    push_escaped(out, &with_emoji(text));
}

/// The text with emoji for the shortcodes that are known.
pub(crate) fn with_emoji(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    for (at, _) in text.match_indices(':') {
        let (Some(plain), Some(from)) = (text.get(done..at), text.get(at..)) else { continue };
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        if let Some((emoji, length)) = emoji_at(from, before) {
            out.push_str(plain);
            out.push_str(emoji);
            done = at + length;
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// The emoji whose shortcode `from` begins with. A letter or digit on either side means that it is something else, such
/// as a clock time or a Rust path.
fn emoji_at(from: &str, before: Option<char>) -> Option<(&'static str, usize)> {
    if before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let inner = from.strip_prefix(':')?;
    let length =
        inner.find(|char: char| !char.is_ascii_alphanumeric() && !matches!(char, '_' | '+' | '-'))?;
    let (code, after) = inner.split_at(length);
    let next = after.strip_prefix(':')?.chars().next();
    if code.is_empty() || next.is_some_and(char::is_alphanumeric) {
        return None;
    }
    Some((emojis::get_by_shortcode(code)?.as_str(), length + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_addresses_are_found_without_what_surrounds_them() {
        assert_eq!(
            split_addresses("see https://a.example/x_(y). or (www.b.example), not xhttps://c or www."),
            [
                Part::Text("see "),
                Part::Address("https://a.example/x_(y)", "https://a.example/x_(y)".into()),
                Part::Text(". or ("),
                Part::Address("www.b.example", "https://www.b.example".into()),
                Part::Text("), not xhttps://c or www."),
            ]
        );
        assert_eq!(split_addresses("https://"), [Part::Text("https://")]);
    }

    #[test]
    fn shortcodes_become_emoji_and_clock_times_stay() {
        let html = |text| {
            let mut out = String::new();
            push_text(&mut out, text);
            out
        };
        assert_eq!(html(":tada: done :+1:"), "🎉 done 👍");
        assert_eq!(
            html("13:02:10 a:100:b std::fs :nosuchcode: <"),
            "13:02:10 a:100:b std::fs :nosuchcode: &lt;"
        );
    }
}
