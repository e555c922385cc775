//! Who a clause is about: a person, the writers themselves, or a system?
//!
//! The same verb is a fact about a system ("the health check failed to …") and a reproach to a person. Without a
//! grammar this is told from the noun phrase left of the verb, by word lists (`words.toml`). When in doubt the answer
//! is [`Subject::System`], which no rule reports.

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use ahash::HashMap;
use serde::Deserialize;

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Subject {
    /// Somebody: a role, a pronoun, a handle.
    Person,
    /// "I" or "we".
    First,
    /// A team or a company.
    Team,
    /// Users, customers, attackers.
    Outsider,
    /// Anything else.
    System,
}

/// What a word is in a sentence; a word may be several things.
#[derive(Default, Clone, Copy)]
#[allow(clippy::struct_excessive_bools, reason = "a word may be several things, each in its own list")]
struct Word {
    subject: Option<Subject>,
    they: bool,
    pronoun: bool,
    also_software: bool,
    modifier: bool,
    mostly_software: bool,
    human_modifier: bool,
    boundary: bool,
    auxiliary: bool,
    passive: bool,
    preposition: bool,
    determiner: bool,
    insertion: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    first: Vec<String>,
    pronouns: Vec<String>,
    they: Vec<String>,
    people: Vec<String>,
    teams: Vec<String>,
    users: Vec<String>,
    attackers: Vec<String>,
    also_software: Vec<String>,
    software_modifiers: Vec<String>,
    mostly_software: Vec<String>,
    human_modifiers: Vec<String>,
    boundaries: Vec<String>,
    auxiliaries: Vec<String>,
    passive: Vec<String>,
    prepositions: Vec<String>,
    determiners: Vec<String>,
    insertions: Vec<String>,
}

static WORDS: LazyLock<HashMap<String, Word>> =
    LazyLock::new(|| toml::from_str(include_str!("../words.toml")).map(index).unwrap_or_default());

fn index(lists: Lists) -> HashMap<String, Word> {
    let mut words: HashMap<String, Word> = HashMap::default();
    let mut mark = |list: Vec<String>, set: fn(&mut Word)| {
        for word in list {
            set(words.entry(word).or_default());
        }
    };
    mark(lists.people, |word| word.subject = Some(Subject::Person));
    mark(lists.pronouns, |word| (word.subject, word.pronoun) = (Some(Subject::Person), true));
    mark(lists.first, |word| (word.subject, word.pronoun) = (Some(Subject::First), true));
    mark(lists.they, |word| (word.they, word.pronoun) = (true, true));
    mark(lists.teams, |word| word.subject = Some(Subject::Team));
    mark(lists.users, |word| word.subject = Some(Subject::Outsider));
    mark(lists.attackers, |word| word.subject = Some(Subject::Outsider));
    mark(lists.also_software, |word| word.also_software = true);
    mark(lists.software_modifiers, |word| word.modifier = true);
    mark(lists.mostly_software, |word| word.mostly_software = true);
    mark(lists.human_modifiers, |word| word.human_modifier = true);
    mark(lists.boundaries, |word| word.boundary = true);
    mark(lists.auxiliaries, |word| word.auxiliary = true);
    mark(lists.passive, |word| word.passive = true);
    mark(lists.prepositions, |word| word.preposition = true);
    mark(lists.determiners, |word| word.determiner = true);
    mark(lists.insertions, |word| word.insertion = true);
    words
}

/// A word or a punctuation mark, in lower case.
struct Token {
    text: String,
    word: Word,
    is_mark: bool,
}

/// Who the verb at `verb` is about, within one sentence of `text`; `start` is where the sentence begins. None when the
/// verb is passive: then its grammatical subject did nothing.
pub(super) fn subject_of(text: &str, start: usize, verb: usize) -> Option<Subject> {
    let tokens = tokens(text.get(start..verb).unwrap_or_default());
    let clause = Clause { tokens: &tokens, before: text.get(..verb).unwrap_or_default() };
    clause.subject(tokens.len())
}

/// Who the first clause of a text is about.
pub(super) fn opening(text: &str) -> Subject {
    let tokens = tokens(text);
    let clause = Clause { tokens: &tokens, before: "" };
    clause.coordinated(tokens.len())
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    let flush = |word: &mut String, tokens: &mut Vec<Token>| {
        let text = word.trim_matches(['\'', '-']).to_lowercase();
        word.clear();
        if !text.is_empty() {
            let known = WORDS.get(&text).copied().unwrap_or_default();
            tokens.push(Token { text, word: known, is_mark: false });
        }
    };
    for letter in text.chars() {
        if letter.is_alphanumeric() || matches!(letter, '\'' | '-' | '_' | '@' | '/') {
            word.push(letter);
            continue;
        }
        flush(&mut word, &mut tokens);
        if !letter.is_whitespace() && !matches!(letter, '"' | '*') {
            tokens.push(Token { text: letter.to_string(), word: Word::default(), is_mark: true });
        }
    }
    flush(&mut word, &mut tokens);
    tokens
}

struct Clause<'a> {
    tokens: &'a [Token],
    /// The text of the whole piece up to the verb, for what "they" means.
    before: &'a str,
}

impl Clause<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The subject of a verb that stands behind `end` tokens.
    fn subject(&self, end: usize) -> Option<Subject> {
        let mut at = end;
        let mut nearest = true;
        while let Some(token) = at.checked_sub(1).and_then(|before| self.token(before)) {
            if token.text == ")" {
                at = self.open_bracket(at - 1)?;
            } else if token.text == "," {
                match self.open_insertion(at - 1) {
                    Some(open) => at = open,
                    None => break,
                }
            } else if token.word.auxiliary || is_adverb(&token.text) {
                if nearest && token.word.passive {
                    return None;
                }
                nearest &= is_adverb(&token.text);
                at -= 1;
            } else {
                break;
            }
        }
        let Some(token) = at.checked_sub(1).and_then(|before| self.token(before)) else {
            return Some(Subject::System);
        };
        match token.text.as_str() {
            "who" | "whoever" => Some(self.who(at - 1)),
            "that" => Some(self.phrase(at - 1)),
            // People are not "which".
            "which" => Some(Subject::System),
            "and" | "but" | "or" | "," => Some(self.coordinated(at - 1)),
            _ => Some(self.phrase(at)),
        }
    }

    fn open_bracket(&self, close: usize) -> Option<usize> {
        (0..close).rev().find(|at| self.token(*at).is_some_and(|token| token.text == "("))
    }

    /// For the comma that closes "…, while debugging a job, …": the place of the comma that opens it.
    fn open_insertion(&self, close: usize) -> Option<usize> {
        let open = (0..close).rev().find(|at| self.token(*at).is_some_and(|token| token.is_mark))?;
        let opens = self.token(open).is_some_and(|token| token.text == ",")
            && self.token(open + 1).is_some_and(|token| token.word.insertion || token.text.ends_with("ing"));
        opens.then_some(open)
    }

    /// "who" is a person unless it follows users.
    fn who(&self, at: usize) -> Subject {
        let comma =
            at.checked_sub(1).and_then(|before| self.token(before)).is_some_and(|token| token.text == ",");
        match self.phrase(if comma { at - 1 } else { at }) {
            Subject::Outsider => Subject::Outsider,
            _ => Subject::Person,
        }
    }

    /// "The operator saw the alarm but …": the verb shares the subject of the clause before, which is the first noun
    /// phrase of that clause.
    fn coordinated(&self, conjunction: usize) -> Subject {
        let start = (0..conjunction)
            .rev()
            .find(|at| self.token(*at).is_some_and(|token| matches!(token.text.as_str(), ";" | ":" | "(")))
            .map_or(0, |at| at + 1);
        let mut phrase = start;
        // A clause may open with a phrase of its own: "During the outage, the operator …".
        if self.token(start).is_some_and(|token| token.word.preposition || token.word.boundary)
            && let Some(comma) =
                (start..conjunction).find(|at| self.token(*at).is_some_and(|token| token.text == ","))
        {
            phrase = comma + 1;
        }
        let end = (phrase..conjunction)
            .find(|at| self.token(*at).is_some_and(|token| at > &phrase && is_verb(token)))
            .unwrap_or(phrase);
        if end == phrase { Subject::System } else { self.head(phrase, end) }
    }

    /// The class of the noun phrase that ends before `end`.
    fn phrase(&self, end: usize) -> Subject {
        let start = (end.saturating_sub(14)..end)
            .rev()
            .find(|at| self.token(*at).is_none_or(|token| token.is_mark || token.word.boundary))
            .map_or(end.saturating_sub(14), |at| at + 1);
        if start >= end {
            return Subject::System;
        }
        if self.token(end - 1).is_some_and(|token| token.word.pronoun) {
            return self.class(end - 1);
        }
        // "During the outage the engineer", "we noticed the operator": the phrase begins at the last determiner that
        // no preposition binds to what stands before.
        let opens = |at: &usize| {
            let free = *at == start
                || at.checked_sub(1).and_then(|b| self.token(b)).is_some_and(|b| !b.word.preposition);
            self.token(*at).is_some_and(|token| token.word.determiner) && free
        };
        let first = (start..end).rev().find(opens).unwrap_or(start);
        self.head(first, end)
    }

    /// The class of the last noun before the first preposition of `start..end`.
    fn head(&self, start: usize, end: usize) -> Subject {
        let cut = (start + 1..end)
            .find(|at| self.token(*at).is_some_and(|token| token.word.preposition || token.is_mark))
            .unwrap_or(end);
        if self.token(start).is_some_and(|token| token.word.preposition) {
            Subject::System
        } else {
            self.class(cut - 1)
        }
    }

    fn class(&self, at: usize) -> Subject {
        let Some(token) = self.token(at) else { return Subject::System };
        let before = at.checked_sub(1).and_then(|before| self.token(before));
        if token.word.also_software && before.is_some_and(|before| before.word.modifier) {
            return Subject::System;
        }
        if token.word.mostly_software && before.is_some_and(modifies_software) {
            return Subject::System;
        }
        // "This lead to an outage": a verb, as it is often spelled.
        if token.text == "lead"
            && before.is_some_and(|before| matches!(before.text.as_str(), "this" | "it" | "that"))
        {
            return Subject::System;
        }
        if token.word.they {
            return self.they();
        }
        if is_handle(&token.text) {
            return Subject::Person;
        }
        token.word.subject.unwrap_or(Subject::System)
    }

    fn they(&self) -> Subject {
        let named: Vec<Subject> = tokens(self.before).iter().filter_map(|token| token.word.subject).collect();
        if named.contains(&Subject::Outsider)
            || !named.iter().any(|s| matches!(s, Subject::Person | Subject::Team))
        {
            Subject::System
        } else {
            Subject::Person
        }
    }
}

/// A word in front of a noun that says what it manages, and not that it is a person.
fn modifies_software(word: &Token) -> bool {
    let is_grammar = word.is_mark
        || word.word.boundary
        || word.word.auxiliary
        || word.word.preposition
        || word.word.determiner
        || word.text.ends_with("'s");
    !is_grammar && !word.word.human_modifier
}

fn is_adverb(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ly") && !matches!(word, "family" | "assembly" | "reply" | "supply")
}

/// A word that begins the verb of a clause, as far as its form tells.
fn is_verb(token: &Token) -> bool {
    const PAST: [&str; 24] = [
        "saw", "ran", "took", "went", "made", "knew", "found", "left", "got", "began", "came", "gave", "set",
        "put", "sent", "wrote", "thought", "told", "read", "kept", "held", "brought", "felt", "chose",
    ];
    token.word.auxiliary && !token.word.boundary
        || (token.text.len() > 3 && token.text.ends_with("ed"))
        || PAST.contains(&token.text.as_str())
}

/// `@kim` or `kim@`, but not an address.
fn is_handle(word: &str) -> bool {
    match word.split_once('@') {
        Some(("", name) | (name, "")) => name.chars().next().is_some_and(char::is_alphabetic),
        _ => false,
    }
}
