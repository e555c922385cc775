//! The words of the interface: every word that a page says and no document wrote, in the language of the site.
//!
//! They are plain data, `words/LANG.toml` of the built-in theme; the theme of a site and the site itself may each say
//! some of them in their own way, and what a language does not say is said in English. Templates ask for a word with
//! `{{ "page.key" | say }}`, functions with [`Words::say`], [`Words::fill`], [`Words::count`] and [`Words::of`], scripts
//! with `say`. Tests hold every key that is asked for against the files, and the files against each other.
//!
//! The terminal and the findings speak English, and say it with [`crate::words`].

mod dates;
mod file;
mod filter;
mod numbers;
#[cfg(test)]
mod tests;

pub(super) use filter::{said, say};

pub use crate::words::capitalised;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt::{Display, Write as _},
};

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

use crate::{
    config::{Measure, RULE},
    data::Spanned,
    diagnostic::Finding,
    render::theme::Problem,
    source::SourceFile,
};

/// The language that has every word.
pub const ENGLISH: &str = "en";

/// Languages that are written from right to left, by the first part of their tag.
const RIGHT_TO_LEFT: [&str; 12] = ["ar", "arc", "ckb", "dv", "fa", "he", "nqo", "ps", "sd", "ug", "ur", "yi"];

/// Other tags of a language whose words stand under one.
const SAME: [(&str, &str); 2] = [("nb", "no"), ("nn", "no")];

/// Keeps a number and what it counts on one line.
const JOINT: char = '\u{a0}';

/// The words of one language.
pub struct Words {
    language: String,
    entries: HashMap<String, Entry, ahash::RandomState>,
    /// None for a language of which no rules are known: then one is `one`, and all else is `other`.
    plurals: Option<PluralRules>,
}

/// What a key says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    /// The same for every number.
    One(String),
    /// By the plural category of a number.
    Forms(Box<Forms>),
}

/// The forms of a word with a number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Forms {
    other: String,
    /// By the name of the category.
    special: BTreeMap<&'static str, String>,
}

impl Words {
    /// The words of `language`. `files` are those of all layers, the lowest first, each with the language that it is of.
    pub(super) fn new(language: &Spanned<String>, files: &[(String, SourceFile)]) -> (Self, Vec<Problem>) {
        let mut problems: Vec<Problem> = unsaid(language, files).into_iter().collect();
        let language = language.as_str();
        let mut entries: HashMap<String, Entry, ahash::RandomState> = HashMap::default();
        for wanted in languages(language).into_iter().rev() {
            for (_, file) in files.iter().filter(|(of, _)| of.eq_ignore_ascii_case(&wanted)) {
                let (words, findings) = file::read(file, &entries);
                problems
                    .extend(findings.into_iter().map(|finding| Problem::error(file.path.clone(), finding)));
                entries.extend(words);
            }
        }
        let locale = Locale::try_from_str(language).ok();
        let plurals = locale.and_then(|locale| PluralRules::try_new_cardinal((&locale).into()).ok());
        (Self { language: language.to_owned(), entries, plurals }, problems)
    }

    /// The tag of the language, as configured.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// `ltr` or `rtl`.
    pub fn direction(&self) -> &'static str {
        if RIGHT_TO_LEFT.contains(&primary(&self.language).as_str()) { "rtl" } else { "ltr" }
    }

    /// A word or a sentence without anything to fill in.
    pub fn say(&self, key: &str) -> &str {
        match self.entries.get(key) {
            Some(Entry::One(text)) => text,
            Some(Entry::Forms(forms)) => &forms.other,
            // A test holds every key of the program against the file; only a template of a site can get here.
            None => "",
        }
    }

    /// A word of a family of them: the name of a state, a milestone, a kind.
    pub fn of(&self, family: &str, key: &str) -> &str {
        self.say(&[family, ".", key].concat())
    }

    /// A sentence with its `{names}` filled in.
    pub fn fill(&self, key: &str, with: &[(&str, &dyn Display)]) -> String {
        filled(self.say(key), with)
    }

    /// A sentence about a number of things, which stands at its `{n}`.
    pub fn count(&self, key: &str, n: usize, with: &[(&str, &dyn Display)]) -> String {
        let number = self.whole(n);
        let mut all: Vec<(&str, &dyn Display)> = vec![("n", &number)];
        all.extend_from_slice(with);
        filled(self.form(key, n), &all)
    }

    /// The form of a sentence for a number.
    fn form(&self, key: &str, n: usize) -> &str {
        match self.entries.get(key) {
            Some(Entry::Forms(forms)) => forms.special.get(&self.category(n)).unwrap_or(&forms.other),
            _ => self.say(key),
        }
    }

    /// The plural category of a number.
    fn category(&self, n: usize) -> &'static str {
        let Some(plurals) = &self.plurals else { return if n == 1 { "one" } else { "other" } };
        match plurals.category_for(n) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }

    /// The name of a measure: of one that is built in, in the language of the page; of any other as the site has it.
    pub fn measure(&self, measure: &Measure) -> String {
        let key = format!("measure.{}-{}", measure.from.key(), measure.to.key());
        if measure.is_built_in() { self.say(&key).to_owned() } else { measure.name.clone() }
    }

    /// `a`, `a and b`, `a, b and c`.
    pub fn list<T: AsRef<str>>(&self, items: &[T]) -> String {
        let comma = self.say("list.comma");
        match items {
            [] => String::new(),
            [only] => only.as_ref().to_owned(),
            [first @ .., last] => {
                let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
                self.fill("list.two", &[("items", &first.join(comma)), ("last", &last.as_ref())])
            }
        }
    }

    /// `a, b, c`.
    pub fn row<T: AsRef<str>>(&self, items: &[T]) -> String {
        items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(self.say("list.comma"))
    }

    /// The words that scripts say, by their keys (those of `script` without its name): texts, and tables of forms.
    pub(super) fn of_scripts(&self) -> BTreeMap<&str, serde_json::Value> {
        let mut words = BTreeMap::new();
        for (key, entry) in self.sorted() {
            let key = match key.strip_prefix("script.") {
                Some(own) => own,
                None if key.starts_with("count.") => key,
                None => continue,
            };
            let value = match entry {
                Entry::One(text) => text.as_str().into(),
                Entry::Forms(forms) => {
                    let mut table: serde_json::Map<String, serde_json::Value> = forms
                        .special
                        .iter()
                        .map(|(name, text)| ((*name).to_owned(), text.as_str().into()))
                        .collect();
                    table.insert("other".to_owned(), forms.other.as_str().into());
                    table.into()
                }
            };
            words.insert(key, value);
        }
        words
    }

    fn sorted(&self) -> BTreeMap<&str, &Entry> {
        self.entries.iter().map(|(key, entry)| (key.as_str(), entry)).collect()
    }
}

/// The built-in words of English, for tests of what says them.
#[cfg(test)]
pub(crate) fn english() -> std::sync::Arc<Words> {
    let language = Spanned::new(ENGLISH.to_owned(), crate::source::Span::default());
    let (words, problems) = Words::new(&language, &crate::render::theme::builtin::words("afterword"));
    assert_eq!(problems, []);
    words.into()
}

/// The text with its `{names}` replaced; a name that nothing is given for stays.
fn filled(text: &str, with: &[(&str, &dyn Display)]) -> String {
    let mut done = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, from)) = cut(rest, b'{') {
        done.push_str(before);
        let Some((name, after)) = cut(from, b'}') else {
            done.push('{');
            rest = from;
            continue;
        };
        match with.iter().find(|(known, _)| *known == name) {
            // Writing to a string cannot fail.
            Some((_, value)) => _ = write!(done, "{value}"),
            None => _ = write!(done, "{{{name}}}"),
        }
        rest = after;
    }
    done.push_str(rest);
    done
}

/// The text before and the one behind a sign, as `str::split_once` gives them, and sooner.
fn cut(text: &str, sign: u8) -> Option<(&str, &str)> {
    let at = memchr::memchr(sign, text.as_bytes())?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// What to say of a language that no file has words of.
fn unsaid(language: &Spanned<String>, files: &[(String, SourceFile)]) -> Option<Problem> {
    let mut wanted = languages(language);
    if primary(language) != ENGLISH {
        wanted.retain(|tag| tag != ENGLISH);
    }
    let is_there = |(of, _): &(String, SourceFile)| wanted.iter().any(|tag| of.eq_ignore_ascii_case(tag));
    if files.iter().any(is_there) {
        return None;
    }
    let known: BTreeSet<&str> = files.iter().map(|(of, _)| of.as_str()).collect();
    let known = known.into_iter().collect::<Vec<_>>().join("`, `");
    let message = format!("no file has the words of the site in `{}`, so they are English", language.value);
    let help = format!(
        "there are `{known}`; `afterword theme words > words/{}.toml` begins a translation",
        language.value
    );
    Some(Problem::warning("book.toml", Finding::new(RULE, language.span, message).help(help)))
}

/// The languages whose words a page in `language` says, the nearest first: `de-AT`, `de`, `en`.
fn languages(language: &str) -> Vec<String> {
    let mut found = vec![language.to_ascii_lowercase()];
    let mut tag = language;
    while let Some((shorter, _)) = tag.rsplit_once(['-', '_']) {
        found.push(shorter.to_ascii_lowercase());
        tag = shorter;
    }
    let primary = primary(language);
    found.extend(SAME.iter().filter(|(other, _)| *other == primary).map(|(_, same)| (*same).to_owned()));
    found.push(ENGLISH.to_owned());
    let mut seen = BTreeSet::new();
    found.retain(|tag| seen.insert(tag.clone()));
    found
}

/// True for two tags of one language: `en` and `en-GB`, `nb` and `no`.
pub(crate) fn same_language(one: &str, other: &str) -> bool {
    let same = |tag: &str| {
        let primary = primary(tag);
        SAME.iter().find(|(other, _)| *other == primary).map_or(primary, |(_, same)| (*same).to_owned())
    };
    same(one) == same(other)
}

fn primary(language: &str) -> String {
    language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}
