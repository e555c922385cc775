//! What sentences around action items say: that work will be done or was done, what else a list holds, that there is
//! nothing to do.

use ahash::HashSet;

use super::{
    Locale,
    beginnings::{Beginnings, ByLetter},
    phrases::Phrases,
};
use crate::parse::text::first_of;

/// The words of all languages by which sentences say so.
#[derive(Debug)]
pub(super) struct Sayings {
    promises: Phrases<()>,
    plans: Phrases<()>,
    made: Phrases<()>,
    announces: Phrases<()>,
    /// By their first letters.
    procedures: ByLetter,
    choices: HashSet<String>,
    signals: Vec<String>,
    states: Phrases<()>,
    wants: Phrases<()>,
    /// What something does once the work is done: `will then`.
    effects: Vec<String>,
    /// Who promises something.
    selves: HashSet<String>,
    /// By their first letters.
    courtesies: ByLetter,
    /// Those of scripts that put them at the end of a sentence.
    courtesies_anywhere: Vec<String>,
    nothing: HashSet<String>,
    no: HashSet<String>,
    /// How all of them begin: hardly any item begins so.
    denials: Beginnings,
    needed: HashSet<String>,
    /// The first words of what makes a past form say that something was done: `was`, `have`.
    been: HashSet<String>,
}

/// The first letter of the scripts of East Asia.
const EAST_ASIAN: char = '\u{1100}';

impl Sayings {
    pub(super) fn new(locales: &[&Locale]) -> Self {
        let all = |words: fn(&Locale) -> &Vec<String>| {
            locales.iter().flat_map(move |locale| words(locale)).map(|word| word.to_lowercase())
        };
        let (courtesies_anywhere, courtesies): (Vec<String>, Vec<String>) =
            all(|locale| &locale.actions.courtesies)
                .partition(|words| words.starts_with(|c: char| c >= EAST_ASIAN));
        let phrases = |words| Phrases::new(all(words).map(|phrase| (phrase, ())));
        let nothing: HashSet<String> = all(|locale| &locale.actions.none).collect();
        let no: HashSet<String> = all(|locale| &locale.actions.no).collect();
        Self {
            promises: phrases(|locale| &locale.actions.promises),
            plans: phrases(|locale| &locale.actions.plans),
            made: phrases(|locale| &locale.actions.made),
            announces: phrases(|locale| &locale.actions.announces),
            procedures: ByLetter::new(all(|locale| &locale.actions.procedures)),
            choices: all(|locale| &locale.actions.choices).collect(),
            signals: all(|locale| &locale.actions.signals).collect(),
            states: phrases(|locale| &locale.actions.states),
            wants: phrases(|locale| &locale.actions.wants),
            effects: all(|locale| &locale.actions.accounts.effects).collect(),
            selves: all(|locale| &locale.actions.promises)
                .filter_map(|words| words.split([' ', '\'']).next().map(str::to_owned))
                .collect(),
            denials: Beginnings::of(courtesies.iter().chain(&nothing).chain(&no)),
            courtesies: ByLetter::new(courtesies.into_iter()),
            courtesies_anywhere,
            nothing,
            no,
            needed: all(|locale| &locale.actions.needed).collect(),
            been: all(|locale| &locale.actions.been)
                .filter_map(|words| words.split(' ').next().map(str::to_owned))
                .collect(),
        }
    }

    /// True for a sentence that promises something: `we will do the following`.
    pub(super) fn promise(&self, sentence: &str) -> bool {
        self.promises.any_in(sentence)
    }

    /// True for a sentence that says of itself that plans follow: `our next priorities are`.
    pub(super) fn plan(&self, sentence: &str) -> bool {
        self.plans.any_in(sentence)
    }

    /// True for a sentence that tells what was changed: `we have made some changes`.
    pub(super) fn report(&self, sentence: &str) -> bool {
        self.made.any_in(sentence)
    }

    /// True for a line above a list whose items are no work: `one of the following`.
    pub(super) fn announce(&self, line: &str) -> bool {
        self.announces.any_in(line)
    }

    /// True for the first of the steps of one piece of work: `go to https://example.com/keys`.
    pub(super) fn begin_a_procedure(&self, step: &str) -> bool {
        let Some(first) = step.chars().next().and_then(|first| first.to_lowercase().next()) else {
            return false;
        };
        self.procedures.beginning_with(first).iter().any(|words| {
            step.get(..words.len()).is_some_and(|head| head.to_lowercase() == *words)
                && !step.get(words.len()..).unwrap_or_default().starts_with(char::is_alphanumeric)
        })
    }

    /// True for the heading of one of several ways that are weighed: `Option B: a second index`.
    pub(super) fn head_a_choice(&self, title: &str) -> bool {
        let mut words = title.split_whitespace();
        let is_choice = words.next().is_some_and(|word| self.choices.contains(&word.to_lowercase()));
        let letter = words.next().unwrap_or_default().trim_end_matches([':', '.', ')', '-', '–', '—']);
        is_choice && letter.chars().count() == 1 && letter.chars().all(char::is_alphanumeric)
    }

    /// True for the name of a list of things to be watched: `Metrics to track:`.
    pub(super) fn head_signals(&self, title: &str) -> bool {
        let name = title.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        self.signals.iter().any(|words| {
            name.strip_prefix(words.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    }

    /// True for a paragraph that says how things are and asks for nothing: `The limit is 10`. What stands in brackets at
    /// its end may tell what came of it.
    pub(super) fn state(&self, text: &str) -> bool {
        let first = text.split(". ").next().unwrap_or_default();
        !first.contains(['?', '？'])
            && !text.trim_end().ends_with([')', '）'])
            && (self.states.any_in(text) && !self.wants.any_in(text) || self.tells_effects(text))
    }

    /// True for a text that asks for work only by words which tell what comes of it, or that there is none: `The job will
    /// then find the row`, `No change of the index is needed`. What somebody says of themselves is a promise.
    fn tells_effects(&self, text: &str) -> bool {
        let mut said = text.to_lowercase();
        let mut any = false;
        for effect in &self.effects {
            while let Some(at) = said.find(effect.as_str()) {
                let before = said.get(..at).unwrap_or_default();
                let who = before.split_whitespace().next_back().unwrap_or_default();
                if self.selves.contains(who) {
                    return false;
                }
                said.replace_range(at..at + effect.len(), "");
                any = true;
            }
        }
        let is_needless = |sentence: &str| {
            let begins = sentence.split_whitespace().next().is_some_and(|first| self.no.contains(first));
            begins && sentence.split_whitespace().any(|word| self.needed.contains(plain(word)))
        };
        let sentences = said.split(['.', ';', '—']).filter(|sentence| !sentence.trim().is_empty());
        let (needless, rest): (Vec<&str>, Vec<&str>) = sentences.partition(|sentence| is_needless(sentence));
        (any || !needless.is_empty()) && !rest.iter().any(|sentence| self.wants.any_in(sentence))
    }

    /// True for a text with a word by which it asks for work: `will`, `should`.
    pub(super) fn want(&self, text: &str) -> bool {
        self.wants.any_in(text)
    }

    /// True for what stands where there is no action item.
    pub(super) fn deny(&self, text: &str) -> bool {
        // Courtesies of other scripts may stand behind any words.
        (!text.is_ascii() || self.denials.may_begin(text)) && self.denies(&text.to_lowercase())
    }

    /// The same for a text in lower case.
    fn denies(&self, text: &str) -> bool {
        const REMARKS: [&str; 6] = [", ", " (", ": ", " - ", " – ", " — "];
        let head = first_of(text, &REMARKS).and_then(|end| text.get(..end)).unwrap_or(text);
        let is_courtesy = |words: &String| {
            text.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        self.nothing.contains(text)
            || self.no.contains(head)
            || self.is_needless(head)
            || self.is_none_of_them(head)
            || text
                .chars()
                .next()
                .is_some_and(|first| self.courtesies.beginning_with(first).iter().any(is_courtesy))
            || !text.is_ascii()
                && text.chars().any(|c| c >= EAST_ASIAN)
                && text.split(['。', '！', '.', '!']).all(|sentence| self.is_courtesy_at_all(sentence))
    }

    fn is_courtesy_at_all(&self, sentence: &str) -> bool {
        sentence.trim().is_empty()
            || self.courtesies_anywhere.iter().any(|words| sentence.contains(words.as_str()))
    }

    /// True for `no action items were identified`: what begins with a whole name for none, and says little more.
    fn is_none_of_them(&self, text: &str) -> bool {
        const WORDS: usize = 8;
        let ends = text.match_indices(' ').map(|(at, _)| at).skip(1).take(3);
        text.split_whitespace().nth(WORDS).is_none()
            && ends.filter_map(|end| text.split_at_checked(end)).any(|(name, rest)| {
                self.nothing.contains(name)
                    && rest.split_whitespace().next().is_some_and(|verb| self.been.contains(verb))
            })
    }

    /// True for `no changes needed`: something is not to be done.
    fn is_needless(&self, text: &str) -> bool {
        let mut words = text.split_whitespace();
        words.next().is_some_and(|first| self.no.contains(first))
            && words.any(|word| self.needed.contains(word))
    }
}

fn plain(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}
