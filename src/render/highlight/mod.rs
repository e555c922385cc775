//! Code blocks → spans with short classes, at build time.
//!
//! Full grammars cost about a millisecond a block, which over a large archive is more than all other work together.
//! So the languages that postmortems are full of have a small lexer of our own, and the grammars serve the other two
//! hundred; what they made is remembered by the hash of the code.
//!
//! Classes: `c` comment, `s` string, `m` number or constant, `k` keyword, `n` name or key, `gi` added, `gd` removed.

mod grammar;
#[rustfmt::skip] // word lists are easier to read filled than one word a line
mod languages;
mod lexer;
mod spans;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock, PoisonError, RwLock},
};

use crate::render::{highlight::grammar::Grammars, markdown::escaped};

/// A block longer than this is a dump that nobody reads for its colours.
const LONGEST_BLOCK: usize = 64 * 1024;
/// A line longer than this can make a grammar's regular expressions very slow.
const LONGEST_LINE: usize = 2_000;
/// How much highlighted code is remembered.
const MEMORY: usize = 8 * 1024 * 1024;

/// The highlighter: made once a build, used from any thread.
#[derive(Debug, Default)]
pub struct Highlighter {
    grammars: OnceLock<Grammars>,
    memo: RwLock<Memo>,
}

#[derive(Debug, Default)]
struct Memo {
    html: BTreeMap<[u8; 32], Arc<str>>,
    bytes: usize,
}

impl Highlighter {
    /// The code as HTML. An unknown language, or none, gives plain text.
    pub fn html(&self, language: &str, code: &str) -> String {
        if language.is_empty() || code.len() > LONGEST_BLOCK {
            return escaped(code);
        }
        if let Some(known) = languages::find(&language.to_ascii_lowercase()) {
            return lexer::html(known, code);
        }
        if languages::is_plain(language) || code.lines().any(|line| line.len() > LONGEST_LINE) {
            return escaped(code);
        }
        self.by_grammar(language, code).unwrap_or_else(|| escaped(code))
    }

    fn by_grammar(&self, language: &str, code: &str) -> Option<String> {
        let grammars = self.grammars.get_or_init(Grammars::load);
        let syntax = grammars.find(language)?;
        let key = *blake3::Hasher::new()
            .update(language.as_bytes())
            .update(&[0])
            .update(code.as_bytes())
            .finalize()
            .as_bytes();
        if let Some(html) = self.memo.read().unwrap_or_else(PoisonError::into_inner).html.get(&key) {
            return Some(html.to_string());
        }
        let html = grammars.html(syntax, code)?;
        let mut memo = self.memo.write().unwrap_or_else(PoisonError::into_inner);
        if memo.bytes + html.len() <= MEMORY {
            memo.bytes += html.len();
            memo.html.insert(key, html.as_str().into());
        }
        Some(html)
    }
}
