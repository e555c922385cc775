//! The words and patterns by which a sentence tells a milestone, of all languages, compiled once.
//!
//! A pattern is a row of words. `{name}` stands for any word of a class, `..` lets a few other words stand between,
//! `^` and `$` are the ends of a clause. Words of the class `filler` may stand anywhere between. A word that ends
//! with `*` is the beginning of one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cue, Locale, file::Milestones};

/// A class of words, of one language.
pub(crate) type Class = u16;

/// One row of words.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    pub(crate) cue: Cue,
    pub(crate) elements: Vec<Element>,
    pub(crate) language: usize,
    /// True when it begins where the clause begins.
    pub(crate) from_start: bool,
    /// True when it ends where the clause ends.
    pub(crate) to_end: bool,
}

/// One word of a pattern.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    pub(crate) class: Class,
    /// True when other words may stand before it.
    pub(crate) gap: bool,
}

/// The classes that mean something to every pattern of a language.
#[derive(Debug, Clone, Default)]
pub(crate) struct Language {
    pub(crate) filler: Class,
    /// Words that deny.
    pub(crate) not: Class,
    /// Words that only hope, plan or suppose.
    pub(crate) maybe: Class,
    /// Words by which something is not over after all: `but`, `fails`.
    pub(crate) spoils: Class,
    /// Words for what is as it should be: nobody notices an incident by it.
    pub(crate) fine: Class,
    /// Words for what is yet to come.
    pub(crate) plans: Class,
}

/// All that is known, of every language.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cues {
    whole: BTreeMap<String, Vec<Class>>,
    beginnings: BTreeMap<String, Vec<Class>>,
    /// The lengths of beginnings, in characters.
    lengths: BTreeSet<usize>,
    pub(crate) languages: Vec<Language>,
    pub(crate) patterns: Vec<Pattern>,
    /// The patterns that begin with a class.
    pub(crate) by_first: BTreeMap<Class, Vec<usize>>,
    /// The first number that no class has.
    next: Class,
}

impl Cues {
    /// The words and patterns of all languages.
    pub(super) fn new(locales: &[&Locale]) -> Self {
        let mut cues = Self::default();
        for locale in locales {
            cues.add(&locale.milestones);
        }
        cues
    }

    fn add(&mut self, written: &Milestones) {
        let mut classes = Classes { next: self.next, named: BTreeMap::new() };
        for (name, words) in &written.words {
            let class = classes.of(name);
            for word in words {
                self.learn(word, class);
            }
        }
        let language = self.languages.len();
        self.languages.push(Language {
            filler: classes.of("filler"),
            not: classes.of("not"),
            maybe: classes.of("maybe"),
            spoils: classes.of("spoils"),
            fine: classes.of("fine"),
            plans: classes.of("plans"),
        });
        for (cue, patterns) in &written.cues {
            for pattern in patterns {
                let pattern = self.compile(*cue, pattern, language, &mut classes);
                if let Some(first) = pattern.elements.first() {
                    self.by_first.entry(first.class).or_default().push(self.patterns.len());
                    self.patterns.push(pattern);
                }
            }
        }
        self.next = classes.next;
    }

    /// Puts a word, or the beginning of one, into a class.
    fn learn(&mut self, word: &str, class: Class) {
        let (words, key) = match word.strip_suffix('*') {
            Some(beginning) => {
                self.lengths.insert(beginning.chars().count());
                (&mut self.beginnings, beginning)
            }
            None => (&mut self.whole, word),
        };
        let classes = words.entry(key.to_owned()).or_default();
        if !classes.contains(&class) {
            classes.push(class);
        }
    }

    fn compile(&mut self, cue: Cue, written: &str, language: usize, classes: &mut Classes) -> Pattern {
        let mut pattern = Pattern { cue, elements: Vec::new(), language, from_start: false, to_end: false };
        let mut gap = false;
        for word in written.split_whitespace() {
            match word {
                "^" => pattern.from_start = true,
                "$" => pattern.to_end = true,
                ".." => gap = true,
                _ => {
                    let name = word.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
                    let class = classes.of(name.unwrap_or(&format!("={word}")));
                    if name.is_none() {
                        self.learn(word, class);
                    }
                    pattern.elements.push(Element { class, gap });
                    gap = false;
                }
            }
        }
        pattern
    }

    /// The classes of a word in lower case.
    pub(crate) fn classes(&self, word: &str) -> Vec<Class> {
        let mut found = self.whole.get(word).cloned().unwrap_or_default();
        for length in &self.lengths {
            let Some((end, last)) = word.char_indices().nth(length.saturating_sub(1)) else { break };
            let beginning = word.get(..end + last.len_utf8()).unwrap_or(word);
            found.extend(self.beginnings.get(beginning).into_iter().flatten());
        }
        found
    }

    /// The longest word that a text begins with, where nothing stands between words: its length in bytes.
    pub(crate) fn longest(&self, text: &str) -> Option<(usize, &[Class])> {
        const LONGEST: usize = 8;
        let ends: Vec<usize> = text.char_indices().take(LONGEST).map(|(at, c)| at + c.len_utf8()).collect();
        ends.into_iter().rev().find_map(|end| {
            let word = text.get(..end)?;
            Some((end, self.whole.get(word)?.as_slice()))
        })
    }
}

/// Numbers for the classes of one language.
struct Classes {
    next: Class,
    named: BTreeMap<String, Class>,
}

impl Classes {
    fn of(&mut self, name: &str) -> Class {
        if let Some(class) = self.named.get(name) {
            return *class;
        }
        let class = self.next;
        self.next += 1;
        self.named.insert(name.to_owned(), class);
        class
    }
}
