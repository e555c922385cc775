//! One form for all ways to write a name.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// A name without what teams put around it: numbers, emoji and their shortcodes, remarks in brackets or behind a dash,
/// a colon, a question mark.
pub(crate) fn fold(name: &str) -> String {
    if is_plain(name) {
        return name.to_ascii_lowercase();
    }
    // Most names are plain ASCII, and hardly any has a colon.
    let mut name = Cow::Borrowed(name);
    if !name.is_ascii() {
        name = Cow::Owned(in_one_form(&name).replace('’', "'"));
    }
    if name.contains(':') {
        name = Cow::Owned(without_shortcodes(&name));
    }
    // That of a byte is asked in less time.
    let start = if name.is_ascii() {
        name.bytes().position(|byte| byte.is_ascii_alphanumeric())
    } else {
        name.find(char::is_alphanumeric)
    };
    let name = without_remark(name.get(start.unwrap_or_default()..).unwrap_or_default());
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '\'' || c == 'ー' || c.is_alphanumeric();
    let words =
        name.split(|c| !is_part(c)).map(|word| word.trim_matches('\'')).filter(|word| !word.is_empty());
    let mut folded = String::with_capacity(name.len());
    let mut only_numbers = true;
    for word in words {
        if only_numbers && !word.bytes().all(|byte| byte.is_ascii_digit()) {
            only_numbers = false;
            // "5 whys" is a name, "5. Impact" is a numbered one.
            if !word.get(.."why".len()).is_some_and(|head| head.eq_ignore_ascii_case("why")) {
                folded.clear();
            }
        }
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded.make_ascii_lowercase();
    folded
}

/// A name without the accents of the Latin script.
pub(super) fn without_accents(folded: &str) -> Cow<'_, str> {
    if folded.is_ascii() {
        return Cow::Borrowed(folded);
    }
    Cow::Owned(folded.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).nfc().collect())
}

/// A name in compatibility form and in lower case. Nearly all are in that form, which is quickly told.
fn in_one_form(name: &str) -> String {
    if is_nfkc_quick(name.chars()) == IsNormalized::Yes {
        name.chars().flat_map(char::to_lowercase).collect()
    } else {
        name.nfkc().flat_map(char::to_lowercase).collect()
    }
}

/// True for words of ASCII letters with one space between two, as most names are: nothing stands around them.
fn is_plain(name: &str) -> bool {
    let mut before = b' ';
    let fits = |byte: u8| {
        let is_between = byte == b' ' && before != b' ';
        before = byte;
        is_between || byte.is_ascii_alphabetic()
    };
    name.bytes().all(fits) && before != b' '
}

/// The name up to a bracket, a dash between spaces, a colon before one, or the end of its line.
fn without_remark(name: &str) -> &str {
    let behind = |at: usize| name.get(at + 1..).unwrap_or_default();
    let begins = |(at, byte): &(usize, u8)| match byte {
        b'(' | b'[' | b'\n' => true,
        b' ' => ["- ", "– ", "— "].iter().any(|dash| behind(*at).starts_with(dash)),
        b':' => behind(*at).starts_with(' '),
        _ => false,
    };
    name.bytes().enumerate().find(begins).and_then(|(end, _)| name.get(..end)).unwrap_or(name)
}

/// The text without emoji shortcodes such as `:eye:`.
fn without_shortcodes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(':') {
        out.push_str(before);
        match after.split_once(':') {
            Some((code, tail)) if is_shortcode(code) => {
                out.push(' ');
                rest = tail;
            }
            _ => {
                out.push(':');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn is_shortcode(code: &str) -> bool {
    !code.is_empty()
        && code.chars().any(|c| c.is_ascii_alphabetic())
        && code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+'))
}

/// A word or a few in lower case with single spaces between them, and nothing else that is no letter or digit at the
/// ends: `(In-Progress)` is `in progress`.
pub(crate) fn plain(written: &str) -> String {
    let lower = written.to_lowercase();
    let inner = lower.trim_matches(|c: char| !c.is_alphanumeric()).replace(['-', '_', '’', '\''], " ");
    inner.split_whitespace().collect::<Vec<_>>().join(" ")
}
