//! The lexer: one pass over the bytes, no backtracking, about as fast as the text can be copied.
//!
//! It knows strings, comments, numbers, keywords and keys, not grammar. That is what colours in a report are for.

use crate::render::highlight::{
    languages::{Language, Mode},
    spans::{Class, Spans},
};

/// The code as HTML.
pub(crate) fn html(language: &Language, code: &str) -> String {
    let mut spans = Spans::with_capacity(code.len());
    match language.mode {
        Mode::Code => Lexer { language, rest: code, spans: &mut spans, before: '\n', line_start: true }.run(),
        Mode::Diff => code.split_inclusive('\n').for_each(|line| spans.push(diff_class(line), line)),
        Mode::Console => code.split_inclusive('\n').for_each(|line| console(language, line, &mut spans)),
        Mode::Markup => markup(code, &mut spans),
        Mode::Markdown => markdown(code, &mut spans),
    }
    spans.finish()
}

fn diff_class(line: &str) -> Class {
    let is = |starts: &[&str]| starts.iter().any(|start| line.starts_with(start));
    match () {
        () if is(&["+++", "---", "diff ", "index ", "new file", "deleted file", "rename "]) => Class::Comment,
        () if is(&["@@"]) => Class::Keyword,
        () if is(&["+", ">"]) => Class::Added,
        () if is(&["-", "<"]) => Class::Removed,
        () => Class::Plain,
    }
}

fn console(language: &Language, line: &str, spans: &mut Spans) {
    let trimmed = line.trim_start();
    let prompt = ["$ ", "# ", "% ", "> "].iter().find(|prompt| trimmed.starts_with(**prompt));
    let Some((prompt, command)) =
        prompt.and_then(|prompt| line.split_at_checked(line.len() - trimmed.len() + prompt.len()))
    else {
        return spans.push(Class::Plain, line);
    };
    spans.push(Class::Comment, prompt);
    Lexer { language, rest: command, spans, before: ' ', line_start: false }.run();
}

/// Keys of a front matter, headings, comments, what is set as code, and the marks of boxes to tick.
fn markdown(code: &str, spans: &mut Spans) {
    let mut lines = code.split_inclusive('\n').enumerate();
    let mut fence: Option<&str> = None;
    while let Some((number, line)) = lines.next() {
        let marks = line.trim_end();
        if number == 0 && matches!(marks, "+++" | "---") {
            spans.push(Class::Comment, line);
            for (_, line) in lines.by_ref() {
                let ends = line.trim_end() == marks;
                front_matter(line, ends, spans);
                if ends {
                    break;
                }
            }
            continue;
        }
        let text = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| text.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => {
                fence = Some(mark);
                spans.push(Class::String, line);
            }
            (Some(open), _) => {
                fence = fence.filter(|_| mark != Some(open));
                spans.push(Class::String, line);
            }
            (None, None) if text.starts_with('#') => spans.push(Class::Keyword, line),
            (None, None) if text.starts_with("<!--") => spans.push(Class::Comment, line),
            (None, None) => {
                for (at, part) in line.split_inclusive('`').enumerate() {
                    spans.push(if at % 2 == 1 { Class::String } else { Class::Plain }, part);
                }
            }
        }
    }
}

fn front_matter(line: &str, is_end: bool, spans: &mut Spans) {
    let key = line.find([':', '=']).filter(|_| !line.starts_with(['#', '[', ' ', '-']));
    match key.and_then(|at| line.split_at_checked(at)) {
        Some((key, rest)) => {
            spans.push(Class::Name, key);
            spans.push(Class::Plain, rest);
        }
        None if is_end || line.starts_with('#') => spans.push(Class::Comment, line),
        None if line.starts_with('[') => spans.push(Class::Keyword, line),
        None => spans.push(Class::Plain, line),
    }
}

fn markup(code: &str, spans: &mut Spans) {
    let mut rest = code;
    while let Some((text, from)) = rest.find('<').and_then(|at| rest.split_at_checked(at)) {
        spans.push(Class::Plain, text);
        if from.starts_with("<!--") {
            let end = from.find("-->").map_or(from.len(), |at| at + 3);
            spans.push(Class::Comment, from.get(..end).unwrap_or_default());
            rest = from.get(end..).unwrap_or_default();
            continue;
        }
        let end = from.find('>').map_or(from.len(), |at| at + 1);
        tag(from.get(..end).unwrap_or_default(), spans);
        rest = from.get(end..).unwrap_or_default();
    }
    spans.push(Class::Plain, rest);
}

fn tag(tag: &str, spans: &mut Spans) {
    let name_end = tag.find(|char: char| char.is_whitespace() || char == '>').unwrap_or(tag.len());
    let (name, mut rest) = tag.split_at(name_end);
    spans.push(Class::Keyword, name);
    while let Some(at) = rest.find(['"', '\'']) {
        let (attribute, from) = rest.split_at(at);
        let quote = from.chars().next().unwrap_or('"');
        let end = from.get(1..).and_then(|inner| inner.find(quote)).map_or(from.len(), |end| end + 2);
        spans.push(Class::Name, attribute);
        spans.push(Class::String, from.get(..end).unwrap_or_default());
        rest = from.get(end..).unwrap_or_default();
    }
    let close = rest.len() - usize::from(rest.ends_with('>'));
    spans.push(Class::Name, rest.get(..close).unwrap_or_default());
    spans.push(Class::Keyword, rest.get(close..).unwrap_or_default());
}

struct Lexer<'c, 's> {
    language: &'c Language,
    rest: &'c str,
    spans: &'s mut Spans,
    before: char,
    /// Nothing but white space and list dashes stands before on the line.
    line_start: bool,
}

impl Lexer<'_, '_> {
    fn run(mut self) {
        while let Some(first) = self.rest.chars().next() {
            let (class, length) = self.token(first);
            let length = length.clamp(first.len_utf8(), self.rest.len());
            let (token, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
            self.spans.push(class, token);
            self.rest = rest;
            let last = token.chars().next_back().unwrap_or(first);
            self.line_start =
                last == '\n' || (self.line_start && matches!(last, ' ' | '\t' | '-' | '{' | ','));
            self.before = last;
        }
    }

    /// The class and length of the next token.
    fn token(&self, first: char) -> (Class, usize) {
        if first == '\n' || first == ' ' {
            return (Class::Plain, 1);
        }
        self.comment()
            .or_else(|| self.string(first))
            .or_else(|| self.section(first))
            .or_else(|| self.word(first))
            .unwrap_or((Class::Plain, first.len_utf8()))
    }

    fn comment(&self) -> Option<(Class, usize)> {
        if let Some((open, close)) = self.language.block_comment
            && let Some(inside) = self.rest.strip_prefix(open)
        {
            let length = inside.find(close).map_or(self.rest.len(), |at| open.len() + at + close.len());
            return Some((Class::Comment, length));
        }
        let start = self.language.line_comments.iter().find(|start| self.rest.starts_with(**start))?;
        // `#` within a word and `//` of an address begin no comment.
        let alone = self.before.is_whitespace() || (start.len() > 1 && !matches!(self.before, ':' | '-'));
        alone.then(|| (Class::Comment, self.rest.find('\n').unwrap_or(self.rest.len())))
    }

    fn string(&self, first: char) -> Option<(Class, usize)> {
        let quote = self.language.strings.iter().find(|quote| self.rest.starts_with(**quote))?;
        if first == '\'' && self.before.is_alphanumeric() {
            return None;
        }
        let many_lines = quote.len() > 1 || *quote == "`";
        let mut escaped = false;
        let mut end = None;
        for (at, char) in self.rest.char_indices().skip(quote.len()) {
            if escaped {
                escaped = false;
            } else if char == '\\' {
                escaped = true;
            } else if char == '\n' && !many_lines {
                end = Some(at);
                break;
            } else if self.rest.get(at..).is_some_and(|rest| rest.starts_with(quote)) {
                end = Some(at + quote.len());
                break;
            }
        }
        let end = end.unwrap_or(self.rest.len());
        let class = if self.has_mark(end) { Class::Name } else { Class::String };
        Some((class, end))
    }

    fn section(&self, first: char) -> Option<(Class, usize)> {
        if !self.language.sections || !self.line_start || first != '[' {
            return None;
        }
        Some((Class::Keyword, self.rest.find('\n').unwrap_or(self.rest.len())))
    }

    fn word(&self, first: char) -> Option<(Class, usize)> {
        let in_word = |char: char| char.is_alphanumeric() || char == '_';
        if self.language.sigils.contains(first) && !in_word(self.before) {
            let inside = self.rest.get(1..)?;
            let length = match inside.strip_prefix('{') {
                Some(braced) => braced.find(['}', '\n']).map_or(1, |at| at + 2),
                None => inside.find(|char| !in_word(char)).unwrap_or(inside.len()),
            };
            return (length > 0).then_some((Class::Name, length + 1));
        }
        if !in_word(first) {
            return None;
        }
        if first.is_ascii_digit() {
            let end = self.rest.find(|char: char| !in_word(char) && char != '.').unwrap_or(self.rest.len());
            let end = self.rest.get(..end)?.trim_end_matches('.').len();
            return Some((if self.is_key(end) { Class::Name } else { Class::Number }, end));
        }
        let end = self.rest.find(|char| !in_word(char)).unwrap_or(self.rest.len());
        if self.line_start {
            let in_key = |char: char| in_word(char) || matches!(char, '-' | '.' | '/');
            let key_end = self.rest.find(|char| !in_key(char)).unwrap_or(end);
            if self.is_key(key_end) {
                return Some((Class::Name, key_end));
            }
        }
        let word = self.rest.get(..end)?;
        let keyword = if self.language.any_case {
            self.language.keywords.iter().any(|keyword| keyword.eq_ignore_ascii_case(word))
        } else {
            self.language.keywords.contains(&word)
        };
        let called = self.language.calls && self.rest.get(end..)?.starts_with(['(', '!']);
        Some((
            if keyword {
                Class::Keyword
            } else if called {
                Class::Name
            } else {
                Class::Plain
            },
            end,
        ))
    }

    /// True when what begins the line and ends at `end` is a key.
    fn is_key(&self, end: usize) -> bool {
        self.line_start && self.has_mark(end)
    }

    /// True when the mark of a key follows.
    fn has_mark(&self, end: usize) -> bool {
        let Some(mark) = self.language.key_mark else { return false };
        let after = self.rest.get(end..).unwrap_or_default().trim_start_matches(' ');
        after.strip_prefix(mark).is_some_and(|after| mark == '=' || !after.starts_with([':', '/']))
    }
}
