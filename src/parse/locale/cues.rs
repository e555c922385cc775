//! The words and patterns by which a sentence tells a milestone, of all languages, compiled once.
//!
//! A pattern is a row of words. `{name}` stands for any word of a class, `..` lets a few other words stand between,
//! `^` and `$` are the ends of a clause. Words of the class `filler` may stand anywhere between. A word that ends
//! with `*` is the beginning of one.

use std::collections::BTreeMap;

use super::{
    Cue, Locale,
    file::Milestones,
    tree::{Classes, WordTree},
};

/// A class of words, of one language.
pub(crate) type Class = u16;

/// A set of classes.
#[derive(Debug, Clone)]
pub(crate) struct ClassSet(Vec<u64>);

impl ClassSet {
    pub(crate) fn insert(&mut self, class: Class) {
        if let Some(word) = self.0.get_mut(usize::from(class) / 64) {
            *word |= 1 << (class % 64);
        }
    }

    pub(crate) fn contains(&self, class: Class) -> bool {
        self.0.get(usize::from(class) / 64).is_some_and(|word| word & (1 << (class % 64)) != 0)
    }

    pub(crate) fn clear(&mut self) {
        self.0.fill(0);
    }
}

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

impl Pattern {
    /// The class that it begins with.
    fn first(&self) -> Option<Class> {
        self.elements.first().map(|element| element.class)
    }
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
    /// Words for what goes wrong.
    pub(crate) trouble: Class,
    /// Words for what does not answer.
    pub(crate) out: Class,
    /// Words for what does not work, which tell that a sentence is about it and no more.
    pub(crate) broken: Class,
}

/// All that is known, of every language.
#[derive(Debug, Clone)]
pub(crate) struct Cues {
    words: WordTree,
    pub(crate) languages: Vec<Language>,
    /// By the class that they begin with.
    pub(crate) patterns: Vec<Pattern>,
    /// For each class where the patterns end that begin with it or with one before.
    ends: Vec<usize>,
}

impl Cues {
    /// The words and patterns of all languages.
    pub(super) fn new(locales: &[&Locale]) -> Self {
        let mut draft = Draft::default();
        for locale in locales {
            draft.add(&locale.milestones);
        }
        let mut patterns = draft.patterns;
        patterns.sort_by_key(Pattern::first);
        let up_to = |class| patterns.partition_point(|pattern| pattern.first() <= Some(class));
        let ends = (0..draft.next).map(up_to).collect();
        let words = draft.words.iter().map(|(word, classes)| (word.as_str(), classes.as_slice()));
        let words = WordTree::new(words);
        Self { words, languages: draft.languages, patterns, ends }
    }

    /// The classes of a word in lower case.
    pub(crate) fn classes(&self, word: &str) -> Classes<'_> {
        self.words.classes(word)
    }

    /// The longest word that a text begins with, where nothing stands between words: its length in bytes.
    pub(crate) fn longest(&self, text: &str) -> Option<(usize, Classes<'_>)> {
        self.words.longest(text)
    }

    /// A set with room for all classes, and none in it.
    pub(crate) fn no_classes(&self) -> ClassSet {
        ClassSet(vec![0; self.ends.len().div_ceil(64)])
    }

    /// The patterns that begin with a class.
    pub(crate) fn beginning_with(&self, class: Class) -> &[Pattern] {
        let end = |class: Class| self.ends.get(usize::from(class)).copied();
        let start = class.checked_sub(1).and_then(end).unwrap_or_default();
        self.patterns.get(start..end(class).unwrap_or(start)).unwrap_or_default()
    }
}

/// What is collected before it is put in order.
#[derive(Default)]
struct Draft {
    /// The classes of each word; one that ends with `*` is the beginning of a word.
    words: BTreeMap<String, Vec<Class>>,
    languages: Vec<Language>,
    patterns: Vec<Pattern>,
    /// The first number that no class has.
    next: Class,
}

impl Draft {
    fn add(&mut self, written: &Milestones) {
        let mut classes = Numbers { next: self.next, named: BTreeMap::new() };
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
            trouble: classes.of("trouble"),
            out: classes.of("out"),
            broken: classes.of("broken"),
        });
        for (cue, patterns) in &written.cues {
            for pattern in patterns {
                let pattern = self.compile(*cue, pattern, language, &mut classes);
                self.patterns.push(pattern);
            }
        }
        self.next = classes.next;
    }

    /// Puts a word, or the beginning of one, into a class.
    fn learn(&mut self, word: &str, class: Class) {
        let classes = self.words.entry(word.to_owned()).or_default();
        if !classes.contains(&class) {
            classes.push(class);
        }
    }

    fn compile(&mut self, cue: Cue, written: &str, language: usize, classes: &mut Numbers) -> Pattern {
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
}

/// Numbers for the classes of one language.
struct Numbers {
    next: Class,
    named: BTreeMap<String, Class>,
}

impl Numbers {
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
