//! A value as TOML and YAML write it.

use std::fmt::Write as _;

use crate::{
    data::{self, Node, Value as Read},
    model::Format,
    source::Span,
};

/// A value to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, quoted where its language asks for it.
    Text(String),
    /// A date, a number or a truth value, which both languages write alike and without quotes.
    Plain(String),
    /// A list of texts.
    List(Vec<String>),
}

impl Value {
    /// The value on one line.
    pub(super) fn written(&self, format: Format) -> String {
        let list = |items: &[String], item: &dyn Fn(&str) -> String| {
            format!("[{}]", items.iter().map(|text| item(text)).collect::<Vec<_>>().join(", "))
        };
        match (self, format) {
            (Self::Plain(text), _) => text.clone(),
            (Self::Text(text), Format::Toml) => quoted(text),
            (Self::Text(text), Format::Yaml) => yaml_text(text, false),
            (Self::List(items), Format::Toml) => list(items, &quoted),
            (Self::List(items), Format::Yaml) => list(items, &|text| yaml_text(text, true)),
        }
    }

    /// What reading the written value gives, places apart.
    pub(super) fn expected(&self, format: Format) -> Option<Node> {
        let text = |text: &String| Node::new(Span::default(), Read::String(text.clone()));
        Some(match self {
            Self::Text(own) => text(own),
            Self::List(items) => Node::new(Span::default(), Read::List(items.iter().map(text).collect())),
            Self::Plain(written) => {
                let (root, problems) = match format {
                    Format::Toml => data::toml::parse(&format!("k = {written}"), 0),
                    Format::Yaml => data::yaml::parse(&format!("k: {written}"), 0),
                };
                root.get("k").filter(|_| problems.is_empty())?.clone()
            }
        })
    }
}

/// Text between double quotes, which TOML and YAML read alike.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            // What cannot be seen is written as its number, so that nobody deletes it unaware.
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// Text as YAML writes it: without quotes where every reader, of YAML 1.1 too, takes it for text.
pub(super) fn yaml_text(text: &str, in_list: bool) -> String {
    if is_plain(text, in_list) { text.to_owned() } else { quoted(text) }
}

fn is_plain(text: &str, in_list: bool) -> bool {
    const WORDS: [&str; 10] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"];
    let Some(first) = text.chars().next() else { return false };
    let fits = |letter: char| {
        letter.is_alphanumeric() || " -_./@+'()".contains(letter) || (!in_list && ",&!?%".contains(letter))
    };
    // Numbers, dates and clocks begin with a digit, a sign or a dot; so do few words.
    first.is_alphabetic()
        && text.chars().all(fits)
        && !text.ends_with(' ')
        && !WORDS.contains(&text.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    const AWKWARD: [&str; 20] = [
        "",
        " a",
        "a ",
        "yes",
        "No",
        "null",
        "2",
        "1.10",
        "2026-03-14",
        "13:02",
        "a: b",
        "a #b",
        "#1",
        "@me",
        "- x",
        "\"q\"",
        "back\\slash",
        "two\nlines",
        "é\u{7}\u{85}",
        "[x]",
    ];

    #[test]
    fn plain_words_need_quotes_in_toml_only() {
        let list = Value::List(vec!["checkout".to_owned(), "a, b".to_owned()]);
        assert_eq!(list.written(Format::Toml), r#"["checkout", "a, b"]"#);
        assert_eq!(list.written(Format::Yaml), r#"[checkout, "a, b"]"#);
        assert_eq!(Value::Text("SEV2".to_owned()).written(Format::Yaml), "SEV2");
        assert_eq!(Value::Text("Europe/Oslo".to_owned()).written(Format::Toml), "\"Europe/Oslo\"");
        assert_eq!(Value::Plain("2026-03-14".to_owned()).written(Format::Yaml), "2026-03-14");
    }

    #[test]
    fn whatever_the_text_it_is_read_as_it_was() {
        for text in AWKWARD {
            for value in [Value::Text(text.to_owned()), Value::List(vec![text.to_owned(), "b".to_owned()])] {
                let read = |format, text: &str| match format {
                    Format::Toml => data::toml::parse(&format!("k = {text}\n"), 0),
                    Format::Yaml => data::yaml::parse(&format!("k: {text}\n"), 0),
                };
                for format in [Format::Toml, Format::Yaml] {
                    let (root, problems) = read(format, &value.written(format));
                    assert_eq!(problems, [], "{text:?}");
                    let found: Vec<_> = match &root.get("k").unwrap().value {
                        Read::List(items) => items.iter().map(|item| item.value.clone()).collect(),
                        one => vec![one.clone()],
                    };
                    assert_eq!(found.first(), Some(&Read::String(text.to_owned())), "{format:?}");
                }
            }
        }
    }
}
