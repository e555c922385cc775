//! What stands in a text to the letter: names of alerts, what programs said, and names that are written as code.

use ahash::HashSet;
use memchr::memmem;
use std::ops::Range;

use crate::{
    model::{Mark, MarkKind, traces::key},
    parse::text::{has_pair, words},
};

/// So many marks of a document are kept.
const MOST: usize = 64;
/// So many lines of its code blocks are looked at.
const MOST_LINES: usize = 400;
/// So many letters of a mark are shown.
const SHOWN: usize = 80;
/// A name of fewer letters is found everywhere.
const SHORTEST: usize = 5;
const LONGEST: usize = 64;
/// The name of an alert that stands in a sentence as it is has more.
const SHORTEST_ALERT: usize = 8;
/// A message has so many words.
const MESSAGE: std::ops::RangeInclusive<usize> = 2..=16;
/// And so many letters.
const MESSAGE_LETTERS: usize = 10;

/// How words begin that say of what stands next to them that it is an alert.
const ALERTS: [&str; 10] =
    ["alert", "alarm", "alerte", "alerta", "varsel", "varslet", "paged", "pages", "fires", "fired"];

/// How words begin that something went wrong with.
const WRONG: [&str; 36] = [
    "abort",
    "cannot",
    "conflict",
    "corrupt",
    "crash",
    "deadlock",
    "denied",
    "error",
    "exceed",
    "exception",
    "exhaust",
    "expire",
    "fail",
    "fatal",
    "forbidden",
    "insufficient",
    "invalid",
    "killed",
    "mismatch",
    "missing",
    "oom",
    "out",
    "overflow",
    "panic",
    "refuse",
    "reject",
    "reset",
    "stale",
    "throttl",
    "timed",
    "timeout",
    "too",
    "unable",
    "unavailable",
    "unknown",
    "unreachable",
];
/// Words that say the same, as whole words.
const WRONG_WORDS: [&str; 3] = ["no", "not", "err"];
/// The level of a line of a log, which is no part of what was said.
const LEVELS: [&str; 10] =
    ["error", "warn", "warning", "fatal", "info", "critical", "panic", "severe", "err", "debug"];

/// Collects marks, each once.
#[derive(Default)]
pub(super) struct Marks {
    found: Vec<Mark>,
    seen: HashSet<u64>,
    lines: usize,
}

impl Marks {
    pub(super) fn into_found(self) -> Vec<Mark> {
        self.found
    }

    /// A text of which these parts are code.
    pub(super) fn text(&mut self, text: &str, codes: &[Range<usize>]) {
        for code in codes {
            self.code(text, code);
        }
        for quoted in quotes(text) {
            if !codes.iter().any(|code| code.start < quoted.end && quoted.start < code.end) {
                self.quoted(text, &quoted);
            }
        }
        // Hardly any text has such a name, and all of it is asked in less time than its words one by one.
        let named = if has_pair(text, is_hump) { text } else { "" };
        for word in words(named).filter(|word| word.len() >= SHORTEST_ALERT) {
            let name = word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
            if humps(name) < 2 {
                continue;
            }
            let Some(start) = text.find(name) else { continue };
            let is_code = codes.iter().any(|code| code.contains(&start));
            if !is_code && is_beside_alert(text, &(start..start + name.len()), 4) {
                self.keep(MarkKind::Alert, name, &name.to_ascii_lowercase());
            }
        }
    }

    /// A Markdown text of a front matter.
    pub(super) fn markdown(&mut self, text: &str) {
        let (mut plain, mut codes) = (String::with_capacity(text.len()), Vec::new());
        for (at, part) in text.split('`').enumerate() {
            if at % 2 == 1 {
                codes.push(plain.len()..plain.len() + part.len());
            }
            plain.push_str(part);
        }
        self.text(&plain, &codes);
    }

    /// A block of code: what programs said stands in it among much else.
    pub(super) fn block(&mut self, code: &str) {
        for line in code.lines() {
            self.lines += 1;
            if self.lines > MOST_LINES || self.found.len() >= MOST {
                return;
            }
            self.message(line, false);
        }
    }

    fn code(&mut self, text: &str, place: &Range<usize>) {
        let Some(code) = text.get(place.clone()).map(str::trim) else { return };
        if code.contains(char::is_whitespace) {
            self.quoted(text, place);
        } else if is_name(code) {
            let near = if humps(code) >= 2 { 4 } else { 2 };
            let kind = if is_beside_alert(text, place, near) { MarkKind::Alert } else { MarkKind::Name };
            let name = code.trim_end_matches("()");
            self.keep(kind, name, &name.to_lowercase());
        }
    }

    /// Several words that are set apart: the name of an alert, or what a program said.
    fn quoted(&mut self, text: &str, place: &Range<usize>) {
        let Some(said) = text.get(place.clone()).map(str::trim) else { return };
        let words = said.split_whitespace().count();
        if !MESSAGE.contains(&words) {
            return;
        }
        if is_beside_alert(text, place, 1) {
            self.keep(MarkKind::Alert, said, &said.to_lowercase());
        } else {
            self.message(said, is_beside(text, place, 2, &["error", "message", "exception"]));
        }
    }

    /// What a line says that tells of something wrong, in the pieces that programs put together.
    fn message(&mut self, line: &str, is_known: bool) {
        if !is_known && !sounds_wrong(line) {
            return;
        }
        for part in pieces(line) {
            let (shown, words) = plain(part);
            let letters: usize = words.iter().filter(|word| *word != "#").map(String::len).sum();
            let spoken = words.iter().filter(|word| *word != "#").count();
            let fits = MESSAGE.contains(&words.len()) && spoken >= 2 && letters >= MESSAGE_LETTERS;
            if fits && (spoken > 2 || sounds_wrong(shown)) {
                self.keep(MarkKind::Error, shown, &words.join(" "));
            }
        }
    }

    fn keep(&mut self, kind: MarkKind, text: &str, normal: &str) {
        let key = key(normal.bytes());
        if self.found.len() < MOST && self.seen.insert(key) {
            let text = match text.char_indices().nth(SHOWN) {
                Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()).into(),
                None => text.into(),
            };
            self.found.push(Mark { kind, text, key });
        }
    }
}

/// True for a name that is worth finding again: no number, no version, no hash, no flag.
fn is_name(code: &str) -> bool {
    let letters = code.chars().filter(|letter| letter.is_alphabetic()).count();
    let is_hash = code.len() > 6 && code.bytes().all(|byte| byte.is_ascii_hexdigit());
    (SHORTEST..=LONGEST).contains(&code.len())
        && letters * 2 > code.len()
        && !is_hash
        && !code.starts_with(['-', '$', '<'])
        && !code.contains("://")
        && !["true", "false", "null", "none", "main", "master"].contains(&code)
}

/// How often a small letter is followed by a capital, in a name that begins with a capital.
fn humps(name: &str) -> usize {
    if name.len() < SHORTEST_ALERT || !name.starts_with(|letter: char| letter.is_ascii_uppercase()) {
        return 0;
    }
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    if !name.as_bytes().iter().all(is_plain) {
        return 0;
    }
    let pairs = name.as_bytes().iter().zip(name.as_bytes().iter().skip(1));
    pairs.filter(|(before, after)| is_hump(**before, **after)).count()
}

/// True for a small letter and a capital behind it.
fn is_hump(before: u8, after: u8) -> bool {
    before.is_ascii_lowercase() && after.is_ascii_uppercase()
}

fn is_beside_alert(text: &str, place: &Range<usize>, near: usize) -> bool {
    is_beside(text, place, near, &ALERTS)
}

/// True when one of so many words before or behind a place, in the same sentence, begins so.
fn is_beside(text: &str, place: &Range<usize>, near: usize, beginnings: &[&str]) -> bool {
    let is_meant = |word: &str| {
        let word = word.trim_start_matches(|letter: char| !letter.is_alphanumeric());
        beginnings.iter().any(|beginning| begins(word, beginning))
    };
    let ends = |word: &&str| word.ends_with(['.', ';', '!', '?']);
    let before = text.get(..place.start).unwrap_or_default().rsplit(char::is_whitespace);
    let before = before.filter(|word| word.bytes().any(|byte| byte.is_ascii_alphanumeric()));
    let behind = text.get(place.end..).unwrap_or_default();
    let is_ended = behind.starts_with(['.', ';', '!', '?']);
    let behind =
        behind.split_whitespace().filter(|word| word.bytes().any(|byte| byte.is_ascii_alphanumeric()));
    before.take(near).take_while(|word| !ends(word)).any(is_meant)
        || (!is_ended && behind.take(near).any(is_meant))
}

fn begins(word: &str, beginning: &str) -> bool {
    word.get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(beginning))
}

fn sounds_wrong(text: &str) -> bool {
    text.split(|letter: char| !letter.is_alphabetic()).filter(|word| word.len() > 1).any(|word| {
        let first = word.bytes().next().map(|byte| byte.to_ascii_lowercase());
        let may_be = |wrong: &&&str| wrong.bytes().next() == first;
        WRONG.iter().filter(may_be).any(|wrong| begins(word, wrong))
            || WRONG_WORDS.iter().any(|wrong| word.eq_ignore_ascii_case(wrong))
    })
}

/// The parts between what programs put around and between messages.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    line.split(|letter: char| {
        matches!(letter, '"' | '{' | '}' | '[' | ']' | '(' | ')' | '=' | ';' | '|' | '“' | '”')
    })
    .flat_map(|part| part.split(": "))
    .flat_map(|part| part.split(" - "))
    .flat_map(|part| part.split(", "))
}

/// A message without what differs from one time to the next, and its words in lower case with `#` for what has digits.
fn plain(part: &str) -> (&str, Vec<String>) {
    let mut rest = part.trim();
    while let Some(first) = rest.split_whitespace().next() {
        let word = first.trim_matches(|letter: char| !letter.is_alphanumeric());
        let is_head = word.bytes().any(|byte| byte.is_ascii_digit())
            || LEVELS.iter().any(|level| word.eq_ignore_ascii_case(level))
            || word.is_empty();
        if !is_head {
            break;
        }
        rest = rest.get(first.len()..).unwrap_or_default().trim_start();
    }
    let rest = rest.trim_matches(|letter: char| !letter.is_alphanumeric());
    let words = rest.split_whitespace().filter_map(|word| {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let is_value = word.bytes().any(|byte| byte.is_ascii_digit());
        (!word.is_empty()).then(|| if is_value { "#".to_owned() } else { word.to_lowercase() })
    });
    (rest, words.collect())
}

/// What stands between quotation marks.
fn quotes(text: &str) -> Vec<Range<usize>> {
    const MARKS: [(&str, &str); 4] = [("\"", "\""), ("“", "”"), ("«", "»"), ("「", "」")];
    let find = |from: usize, mark: &str| memmem::find(text.as_bytes().get(from..)?, mark.as_bytes());
    let mut found = Vec::new();
    let known = if text.is_ascii() { 1 } else { MARKS.len() };
    for (open, close) in MARKS.into_iter().take(known) {
        let mut from = 0;
        while let Some(start) = find(from, open) {
            let start = from + start + open.len();
            let Some(length) = find(start, close) else { break };
            found.push(start..start + length);
            from = start + length + close.len();
        }
    }
    found
}
