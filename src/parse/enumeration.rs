//! The names that one text lists: the services that were affected, those who wrote the document, its tags.
//!
//! Such a text may go on to explain, and the explanation names nothing: `api (slow), web, and everything that calls them.
//! The shop was fine.` says two services.

use std::ops::Range;

use super::{
    inline::Inline,
    locale::Lexicon,
    text::{DASHES, first_of},
};
use crate::source::Span;

/// What is listed.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Of {
    /// Parts of a system. Several words may be one name, but a clause is none.
    Services,
    /// Who wrote or did something.
    People,
    /// Anything else that is parted by marks alone.
    Words,
}

/// More letters are no name.
const LONGEST: usize = 60;
/// More words are a description.
const MOST_WORDS: usize = 4;

/// The names, each with its place.
pub(super) fn names(words: &Lexicon, value: &Inline, of: Of) -> Vec<(String, Span)> {
    let text = match of {
        Of::Services => first_sentence(&value.text),
        Of::People | Of::Words => &value.text,
    };
    let parts = between_marks(text).into_iter().flat_map(|part| between_joints(words, text, part, of));
    let named = parts.filter_map(|part| {
        let name = name(words, text.get(part.clone())?, of)?;
        let at = part.start + text.get(part)?.find(name)?;
        Some((name.to_owned(), value.source(at..at + name.len())))
    });
    named.collect()
}

fn first_sentence(text: &str) -> &str {
    text.find(". ").and_then(|end| text.get(..end)).unwrap_or(text)
}

/// The parts between commas, semicolons and ends of lines that do not stand in brackets.
fn between_marks(text: &str) -> Vec<Range<usize>> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, letter) in text.char_indices() {
        match letter {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            ',' | ';' | '、' | '\n' | '，' if depth == 0 => {
                parts.push(start..at);
                start = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(start..text.len());
    parts
}

/// A part without the `and` in front of it, in two where an `and` stands between two names: `Search and Discovery` is one.
fn between_joints(words: &Lexicon, text: &str, part: Range<usize>, of: Of) -> Vec<Range<usize>> {
    let (mut parts, mut start) = (Vec::new(), part.start);
    let Some(whole) = text.get(part.clone()) else { return parts };
    let brackets = whole.find(['(', '（']).unwrap_or(whole.len());
    let mut at = part.start;
    for word in whole.get(..brackets).unwrap_or_default().split(' ') {
        let end = at + word.len();
        if words.joins(word) {
            let (before, behind) = (text.get(start..at).unwrap_or_default(), text.get(end..part.end));
            if before.trim().is_empty() || is_apart(before, behind.unwrap_or_default(), of) {
                parts.push(start..at);
                start = end;
            }
        }
        at = end + 1;
    }
    parts.push(start..part.end);
    parts
}

/// True when the two sides of an `and` are two names, and not the two halves of one.
fn is_apart(before: &str, behind: &str, of: Of) -> bool {
    match of {
        Of::Services => {
            let next = behind.split_whitespace().next();
            is_count(behind) || (is_of_machine(before.trim()) && next.is_some_and(is_of_machine))
        }
        Of::People => is_person(before) && is_person(behind),
        Of::Words => false,
    }
}

/// True for a word as programs have it: `order-api`, `mail_queue`, `ci.example.org`, `edge3`.
fn is_of_machine(word: &str) -> bool {
    let is_sign = |letter: char| matches!(letter, '_' | '.' | '/') || letter.is_ascii_digit();
    // `Auto-merge` is a word of a sentence.
    let is_joined = word.contains('-') && !word.contains(char::is_uppercase);
    let is_word = !word.contains(' ') && word.contains(char::is_alphabetic);
    is_word && (is_joined || word.trim_end_matches('.').contains(is_sign))
}

/// True for how many there are: `~20 others`.
fn is_count(text: &str) -> bool {
    let number = text.split_whitespace().next().unwrap_or_default().trim_start_matches(['~', '≈', '+']);
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// True for a handle, and for a name of several parts.
fn is_person(text: &str) -> bool {
    let mut parts = text.split_whitespace();
    let is_name = |part: Option<&str>| part.is_some_and(|part| part.starts_with(char::is_uppercase));
    text.trim().starts_with('@') || (is_name(parts.next()) && is_name(parts.next_back()))
}

/// The name in a part, without remarks and without what stands around it.
fn name<'t>(words: &Lexicon, part: &'t str, of: Of) -> Option<&'t str> {
    let mut text = part.split(['(', '（']).next()?;
    if of == Of::Services {
        text = first_of(text, &DASHES).and_then(|end| text.get(..end)).unwrap_or(text);
        // `All that run on host2: api` tells what they have in common.
        if let Some((about, name)) = text.split_once(": ")
            && about.split_whitespace().nth(1).is_some()
        {
            text = name;
        }
    }
    if of == Of::People {
        let address = |word: &&str| !word.starts_with('@') && word.contains('@');
        let end = text.split(' ').find(address).and_then(|word| text.find(word)).filter(|end| *end > 0);
        text = end.and_then(|end| text.get(..end)).unwrap_or(text);
    }
    let around = |letter: char| letter.is_whitespace() || "[]<>\"'“”".contains(letter);
    let text = text.trim_matches(around).trim_end_matches('.');
    let is_name = text.contains(char::is_alphanumeric) && text.chars().count() <= LONGEST;
    if !is_name || is_count(text) || words.is_unknown(text) {
        return None;
    }
    match of {
        // Of a clause, the name that it begins with.
        Of::Services if text.split_whitespace().count() > MOST_WORDS => {
            text.split_whitespace().next().filter(|first| is_of_machine(first))
        }
        _ => Some(text),
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::tests::read;

    /// The services and authors of a document with these labels.
    fn told(label: &str, text: &str) -> Vec<String> {
        let found = read("disk.md", &format!("# Disk\n\n**{label}:** {text}\n")).postmortem;
        found.services.into_iter().chain(found.authors).map(|name| name.value).collect()
    }

    #[test]
    fn services_stand_between_marks_and_remarks_are_left_out() {
        for (text, names) in [
            ("api, web; Search and Discovery", ["api", "web", "Search and Discovery"].as_slice()),
            ("`order-api` (slow, then down), and `mail_queue`", &["order-api", "mail_queue"]),
            ("order-api and mail-queue (late); `web`", &["order-api", "mail-queue", "web"]),
            ("ci.example.org — runners only; all other runners went on as before", &["ci.example.org"]),
            ("All that run on host2: api, web and ~20 others", &["api", "web"]),
            ("`edge3` (down). The shop, the mail and the search were fine.", &["edge3"]),
            ("order-api on two of the five clusters, everything that asks for a price", &["order-api"]),
            ("Auto-merge on each of the repositories of the team", &[]),
            ("None", &[]),
        ] {
            assert_eq!(told("Services affected", text), names, "{text}");
        }
    }

    #[test]
    fn people_are_told_apart_and_their_addresses_left_out() {
        for (text, names) in [
            ("Kim Berg and Sam Vik, @lee", ["Kim Berg", "Sam Vik", "@lee"].as_slice()),
            ("Kim <kim@example.org>, [Sam Vik]", &["Kim", "Sam Vik"]),
            ("Trust and Safety", &["Trust and Safety"]),
        ] {
            assert_eq!(told("Authors", text), names, "{text}");
        }
    }
}
