//! `{{ "page.key" | say }}`: a word in a template.

use std::borrow::Cow;

use tera::{Kwargs, TeraResult, Value};

use crate::render::{
    markdown::push_escaped,
    words::{Entry, Words},
};

/// The word with this key as HTML: what stands between backticks is set as code, `with` fills in the names of the word,
/// and its `n` also chooses the form.
pub(in crate::render) fn say(words: &Words, key: &str, with: &Kwargs) -> TeraResult<Value> {
    let text = match words.entries.get(key) {
        None => return Err(tera::Error::message(format!("there is no word `{key}`"))),
        Some(Entry::One(text)) => text.as_str(),
        Some(Entry::Forms(forms)) => match with.get::<u64>("n")? {
            Some(n) => words.form(key, usize::try_from(n).unwrap_or(usize::MAX)),
            None => &forms.other,
        },
    };
    Ok(Value::safe_string(&html(words, text, with)?))
}

/// A template in which the words are said that nothing has to be filled in, so that no page has to ask for them. A word that
/// would be read as a part of the template, or lose a space at its end to it, is left for the page to say.
pub(in crate::render) fn said<'t>(template: &'t str, words: &Words) -> Cow<'t, str> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, from)) = rest.split_once("{{ ") {
        let Some((asked, after)) = from.split_once(" }}") else { break };
        let key = asked.strip_suffix(" | say").and_then(unquoted);
        out.push_str(before);
        match key.and_then(|key| constant(words, key)) {
            Some(word) => out.push_str(&word),
            None => out.extend(["{{ ", asked, " }}"]),
        }
        rest = after;
    }
    if out.is_empty() {
        return Cow::Borrowed(template);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn unquoted(text: &str) -> Option<&str> {
    ['"', '\''].into_iter().find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote))
}

/// The HTML of a word that says the same wherever it stands.
fn constant(words: &Words, key: &str) -> Option<String> {
    let Some(Entry::One(text)) = words.entries.get(key) else { return None };
    let is_plain = !text.is_empty() && !text.contains(['{', '}']) && text.trim() == text;
    is_plain.then(|| html(words, text, &Kwargs::default()).ok()).flatten()
}

fn html(words: &Words, text: &str, with: &Kwargs) -> TeraResult<String> {
    let mut html = String::with_capacity(text.len() + 16);
    for (index, part) in text.split('`').enumerate() {
        let is_code = index % 2 == 1;
        html.push_str(if is_code { "<code>" } else { "" });
        let mut rest = part;
        while let Some((before, from)) = rest.split_once('{') {
            push_escaped(&mut html, before);
            let Some((name, after)) = from.split_once('}') else {
                push_escaped(&mut html, "{");
                rest = from;
                continue;
            };
            match with.get::<&Value>(name)? {
                Some(value) => push_value(&mut html, words, value),
                None => return Err(tera::Error::message(format!("nothing is given for `{name}`"))),
            }
            rest = after;
        }
        push_escaped(&mut html, rest);
        html.push_str(if is_code { "</code>" } else { "" });
    }
    Ok(html)
}

fn push_value(html: &mut String, words: &Words, value: &Value) {
    match (value.as_str(), value.as_i128().and_then(|n| usize::try_from(n).ok())) {
        (Some(text), _) if value.is_safe() => html.push_str(text),
        (Some(text), _) => push_escaped(html, text),
        (None, Some(number)) => push_escaped(html, &words.whole(number)),
        (None, None) => push_escaped(html, &value.to_string()),
    }
}
