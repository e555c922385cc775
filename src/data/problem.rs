//! What can be wrong with structured data, and the words for it.
//!
//! A problem has no rule name and no level: whoever asked for the data knows what it was for.

use crate::{diagnostic::Finding, source::Span};

/// Something in a TOML or YAML text that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// The dotted path of the key that it belongs to, such as `action_items[2].due`; empty for the text itself.
    pub path: String,
    /// What is wrong.
    pub kind: Kind,
}

/// The kinds of problems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// The text is not valid TOML or YAML here.
    Syntax {
        /// What was found and what was expected.
        message: String,
        /// The next step, when it is known.
        help: Option<String>,
    },
    /// A key that nothing reads.
    UnknownKey {
        /// The key as written.
        key: String,
        /// A known key that it may be meant to be.
        nearest: Option<String>,
        /// Every known key at this place.
        allowed: Vec<String>,
    },
    /// A value of the wrong kind or out of the vocabulary.
    BadValue {
        /// What would do: "a list of strings".
        expected: String,
        /// What stands there: "the number `3`".
        found: String,
        /// A known value that it may be meant to be.
        nearest: Option<String>,
    },
    /// A value that its own reader refuses, with its reason.
    Refused {
        /// The reason.
        message: String,
    },
    /// A key that stands twice in one table; the first is read.
    DuplicateKey {
        /// The key.
        key: String,
        /// Where it stands first; nowhere when only the second place is known.
        first: Option<Span>,
    },
    /// A key that must be there and is not.
    Missing {
        /// The key.
        key: String,
    },
}

impl Problem {
    /// What is wrong, in one line.
    pub fn message(&self) -> String {
        let at = if self.path.is_empty() { String::new() } else { format!("`{}`: ", self.path) };
        match &self.kind {
            Kind::Syntax { message, .. } => message.clone(),
            Kind::UnknownKey { key, .. } => match self.path.rsplit_once('.') {
                Some((table, _)) => format!("unknown key `{key}` in `{table}`"),
                None => format!("unknown key `{key}`"),
            },
            Kind::BadValue { expected, found, .. } => format!("{at}expected {expected}, found {found}"),
            Kind::Refused { message } => format!("{at}{message}"),
            Kind::DuplicateKey { key, .. } => format!("the key `{key}` stands twice"),
            Kind::Missing { key } if self.path.is_empty() => format!("the key `{key}` is missing"),
            Kind::Missing { key } => format!("the key `{key}` is missing in `{}`", self.path),
        }
    }

    /// The next step.
    pub fn help(&self) -> Option<String> {
        match &self.kind {
            Kind::Syntax { help, .. } => help.clone(),
            Kind::UnknownKey { nearest: Some(near), .. } | Kind::BadValue { nearest: Some(near), .. } => {
                Some(format!("did you mean `{near}`?"))
            }
            Kind::UnknownKey { allowed, .. } if !allowed.is_empty() && allowed.len() <= 12 => {
                Some(format!("known keys here: {}", in_backticks(allowed)))
            }
            Kind::DuplicateKey { .. } => Some("keep one of the two; the first is read".to_owned()),
            Kind::Missing { key } => Some(format!("add `{key}`; without it this part is left out")),
            Kind::UnknownKey { .. } | Kind::BadValue { .. } | Kind::Refused { .. } => None,
        }
    }

    /// A few words under the caret.
    pub fn label(&self) -> String {
        match &self.kind {
            Kind::UnknownKey { .. } => "not a known key".to_owned(),
            Kind::BadValue { expected, .. } => format!("expected {expected}"),
            Kind::DuplicateKey { .. } => "again here".to_owned(),
            Kind::Syntax { .. } | Kind::Refused { .. } | Kind::Missing { .. } => String::new(),
        }
    }

    /// The problem as a finding of a rule.
    pub fn into_finding(self, rule: &'static str) -> Finding {
        let mut finding = Finding::new(rule, self.span, self.message()).label(self.label());
        finding.help = self.help();
        match self.kind {
            Kind::DuplicateKey { first: Some(first), .. } => finding.also(first, "first here"),
            _ => finding,
        }
    }
}

/// Words in backticks, separated by commas.
pub(super) fn in_backticks(words: &[impl AsRef<str>]) -> String {
    words.iter().map(|word| format!("`{}`", word.as_ref())).collect::<Vec<_>>().join(", ")
}

/// The one of `allowed` that `word` is most likely meant to be; `None` when nothing is near.
pub fn nearest<'a>(word: &str, allowed: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    let letters = Letters::of(&folded);
    let mut most = (folded.chars().count() / 3).max(1);
    let mut nearest = None;
    for candidate in allowed {
        let other = fold(candidate);
        // There may be ten thousand, and most are out of question before their letters are put in order.
        if letters.apart(&Letters::of(&other)) > most {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&folded, &other);
        if distance <= most {
            nearest = Some(candidate);
            // Of two that are equally near the first counts.
            let Some(less) = distance.checked_sub(1) else { break };
            most = less;
        }
    }
    nearest
}

/// How often each letter is in a word, whatever their order; some letters are counted as one.
struct Letters([u8; 64]);

impl Letters {
    fn of(folded: &str) -> Self {
        let mut counts = [0_u8; 64];
        for letter in folded.chars() {
            if let Some(count) = counts.get_mut(letter as usize % 64) {
                *count = count.saturating_add(1);
            }
        }
        Self(counts)
    }

    /// How many letters at least have to be written, taken away or replaced to make one word of the other.
    fn apart(&self, other: &Self) -> usize {
        let pairs = || self.0.iter().zip(&other.0);
        let more: usize = pairs().map(|(one, other)| usize::from(one.saturating_sub(*other))).sum();
        let less: usize = pairs().map(|(one, other)| usize::from(other.saturating_sub(*one))).sum();
        more.max(less)
    }
}

/// The one of `allowed` that a name is certainly or all but certainly meant to be: another spelling of it, or the only one
/// near it. A name that differs by a number is another name.
pub fn meant<'a>(word: &str, allowed: impl IntoIterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>();
    if let Some(same) = allowed.clone().into_iter().find(|name| is_same_word(name, word)) {
        return Some(same);
    }
    let near = nearest(word, allowed.clone())?;
    let is_only = nearest(word, allowed.into_iter().filter(|name| *name != near)).is_none();
    (is_only && digits(near) == digits(word)).then_some(near)
}

/// True for two spellings of one word: case, spaces, hyphens and the like apart.
pub fn is_same_word(one: &str, other: &str) -> bool {
    let letters = |word: &str| -> String {
        word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let letters = (letters(one), letters(other));
    !letters.0.is_empty() && letters.0 == letters.1
}

/// A word without case and without the difference between spaces, hyphens and underscores.
pub(super) fn fold(word: &str) -> String {
    word.trim()
        .chars()
        .map(|c| if c == '_' || c == ' ' { '-' } else { c })
        .flat_map(char::to_lowercase)
        .take(80)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_words_that_are_equally_near_the_first_is_meant_and_a_nearer_one_wherever_it_stands() {
        let near = |word: &str, allowed: &[&'static str]| nearest(word, allowed.iter().copied());
        assert_eq!(near("abcx", &["abcd", "abce"]), Some("abcd"));
        assert_eq!(near("checkuot", &["checks", "Check-out", "checkout"]), Some("checkout"));
        assert_eq!(near("abcd", &["abce", "ABCD", "abcd"]), Some("ABCD"));
        assert_eq!(near("pool-exhausted", &["disk-full", "dns"]), None);
        assert_eq!(near("ab", &[]), None);
    }

    #[test]
    fn letters_never_tell_words_further_apart_than_they_are() {
        let words =
            ["", "a", "ab", "ba", "checkout", "chekcout", "search", "søk", "søknad", "2026-03-14-dns"];
        for one in words {
            for other in words {
                let apart = Letters::of(one).apart(&Letters::of(other));
                assert!(apart <= strsim::damerau_levenshtein(one, other), "{one} {other}");
            }
        }
        assert_eq!(Letters::of("checkout").apart(&Letters::of("search")), 5);
    }
}
