//! Text into HTML text, attribute values and addresses.
//!
//! Nothing here decides whether an address may stand in a page; that is `address`.

use memchr::{memchr, memchr3};

/// Appends `text` so that it reads as itself between tags and inside double-quoted attribute values.
pub fn push_escaped(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    // Most texts hold none of them, which shows many bytes at a time.
    if memchr3(b'<', b'>', b'&', bytes).is_none() && memchr(b'"', bytes).is_none() {
        out.push_str(text);
        return;
    }
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'<' | b'>' | b'&' | b'"')) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mut chars = from.chars();
        out.push_str(match chars.next() {
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('&') => "&amp;",
            _ => "&quot;",
        });
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// [`push_escaped`] into a new string.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

/// Appends an address as the value of `href` or `src`: characters that no address has are percent-encoded,
/// what is encoded already stays as it is.
pub(crate) fn push_address(out: &mut String, address: &str) {
    for char in address.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '\'' => out.push_str("&#39;"),
            ' ' | '"' | '<' | '>' | '`' | '\\' | '{' | '}' | '|' | '^' | '\0'..='\u{1f}' | '\u{7f}' => {
                out.push_str(&percent(char));
            }
            other => out.push(other),
        }
    }
}

fn percent(char: char) -> String {
    format!("%{:02X}", u32::from(char))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_reads_as_itself() {
        assert_eq!(escaped("a <b> & \"c\" é"), "a &lt;b&gt; &amp; &quot;c&quot; é");
    }

    #[test]
    fn an_address_cannot_leave_its_attribute() {
        let mut out = String::new();
        push_address(&mut out, "a b\"onx='1'&c=%20<>\n");
        assert_eq!(out, "a%20b%22onx=&#39;1&#39;&amp;c=%20%3C%3E%0A");
    }
}
