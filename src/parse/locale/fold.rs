//! One form for all ways to write a name.

use unicode_normalization::UnicodeNormalization;

/// A name without what teams put around it: numbers, emoji and their shortcodes, remarks in brackets or behind a dash,
/// a colon, a question mark.
pub(crate) fn fold(name: &str) -> String {
    let name: String = name.nfkc().flat_map(char::to_lowercase).collect();
    let name = without_shortcodes(&name);
    let start = name.find(|c: char| c.is_alphanumeric()).unwrap_or_default();
    let body = name.get(start..).unwrap_or_default();
    let cut = ["(", "[", " - ", " – ", " — ", ": ", "\n"].iter().filter_map(|mark| body.find(mark)).min();
    let body = body.get(..cut.unwrap_or(body.len())).unwrap_or_default();
    let mut words: Vec<String> = body
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’' || c == 'ー'))
        .map(|word| word.replace('’', "'").trim_matches('\'').to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    let numbers = words.iter().take_while(|word| word.chars().all(|c| c.is_ascii_digit())).count();
    // "5 whys" is a name, "5. Impact" is a numbered one.
    if numbers < words.len() && words.get(numbers).is_none_or(|word| !word.starts_with("why")) {
        words.drain(..numbers);
    }
    words.join(" ")
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
