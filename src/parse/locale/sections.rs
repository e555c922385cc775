//! What a section is about, by its name.

use std::collections::BTreeMap;

use ahash::{HashMap, HashSet};

use super::{
    Locale,
    fold::{fold, without_accents},
    phrases::Phrases,
    tables::{first_wins, meanings, words_of},
};
use crate::{
    model::{Kinds, SectionKind},
    parse::text::first_of,
    pattern::Many,
};

/// The longest heading, in words, in which a phrase may stand.
const PHRASE_WORDS: usize = 12;
/// The longest heading, in words, that a single word may explain.
const SHORT: usize = 4;
/// What stands in front of a remark.
const MARKS: [&str; 5] = ["(", " - ", " – ", " — ", ": "];
/// What a heading is about that holds phrases of several kinds: the more particular stands first.
const PARTICULAR: [SectionKind; 17] = [
    SectionKind::WentWrong,
    SectionKind::WentWell,
    SectionKind::GotLucky,
    SectionKind::FiveWhys,
    SectionKind::ContributingFactors,
    SectionKind::Trigger,
    SectionKind::RootCause,
    SectionKind::ActionItems,
    SectionKind::Lessons,
    SectionKind::Timeline,
    SectionKind::Resolution,
    SectionKind::Detection,
    SectionKind::Impact,
    SectionKind::Summary,
    SectionKind::Background,
    SectionKind::Response,
    SectionKind::References,
];

/// Work that counts as such only where no other section holds the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lesser {
    /// Ideas and advice.
    Ideas,
    /// What shall keep it from happening again.
    Measures,
    /// What was changed since.
    Changes,
}

/// The names of sections, whole ones, phrases and single words.
#[derive(Debug)]
pub(super) struct SectionNames {
    names: HashMap<String, SectionKind>,
    /// The names without accents, those of several words in the singular.
    stems: HashMap<String, SectionKind>,
    /// What names mean where another section is already what they mean otherwise.
    second: HashMap<String, SectionKind>,
    /// What names of work mean where it was done during the incident.
    told: HashMap<String, SectionKind>,
    /// Words behind a name that only say where and when.
    within: HashSet<String>,
    /// Words in front of a name that say nothing about it.
    articles: HashSet<String>,
    /// Names of sections that hold work of a lesser kind.
    lesser: BTreeMap<Lesser, HashSet<String>>,
    /// Words that no name ends with.
    unfinished: HashSet<String>,
    phrases: Phrases<SectionKind>,
    words: HashMap<String, SectionKind>,
    /// What stands between two names, with the white space around it.
    and: Vec<String>,
    /// The same, looked for together: most names hold none of them.
    any_and: Many,
}

impl SectionNames {
    /// The names of the configuration, then those of the languages.
    pub(super) fn new(aliases: &BTreeMap<String, Vec<String>>, locales: &[&Locale]) -> Self {
        let own = aliases.iter().filter_map(|(kind, names)| {
            let kind = SectionKind::from_words(kind)?;
            Some(names.iter().map(move |name| (fold(name), kind)))
        });
        let known: Vec<_> = words_of(locales, fold, |locale| &locale.sections.names).collect();
        let stems = first_wins(known.iter().map(|(name, kind)| (stem(name), *kind)));
        let mut names = first_wins(known);
        names.extend(own.flatten());
        let between = |word: &String| {
            let is_spaced = word.chars().all(|c| c.is_ascii_alphabetic());
            if is_spaced { format!(" {word} ") } else { word.clone() }
        };
        let signs = ["&", "/", " + ", ",", "、", "・", "，"].map(str::to_owned);
        let and: Vec<String> =
            locales.iter().flat_map(|locale| &locale.sections.and).map(between).chain(signs).collect();
        let set = |words: fn(&Locale) -> &Vec<String>| {
            locales.iter().flat_map(|locale| words(locale)).map(|name| stem(&fold(name))).collect()
        };
        Self {
            names,
            stems,
            second: meanings(locales, |name| stem(&fold(name)), |locale| &locale.sections.second),
            told: meanings(locales, |name| stem(&fold(name)), |locale| &locale.sections.told),
            lesser: BTreeMap::from([
                (Lesser::Ideas, set(|locale| &locale.sections.ideas)),
                (Lesser::Measures, set(|locale| &locale.sections.measures)),
                (Lesser::Changes, set(|locale| &locale.sections.changes)),
            ]),
            unfinished: set(|locale| &locale.sections.unfinished),
            within: set(|locale| &locale.sections.within),
            articles: locales
                .iter()
                .flat_map(|locale| &locale.sections.articles)
                .map(|word| fold(word))
                .collect(),
            phrases: Phrases::new(words_of(
                locales,
                |phrase| without_accents(&phrase.to_lowercase()).into_owned(),
                |locale| &locale.sections.phrases,
            )),
            words: meanings(
                locales,
                |word| without_accents(&fold(word)).into_owned(),
                |locale| &locale.sections.words,
            ),
            any_and: Many::new(&and),
            and,
        }
    }

    /// The kind of a section with this whole name.
    pub(super) fn exact(&self, name: &str) -> Option<SectionKind> {
        self.whole(&fold(name))
    }

    /// What a section with this whole name is about where another one is already what the name means otherwise.
    pub(super) fn second(&self, name: &str) -> Option<SectionKind> {
        self.second.get(&stem(&fold(name))).copied()
    }

    /// What a section with this name is about when it tells what was done during the incident. Behind the name may stand
    /// where and when: `Remediation across the cluster (8 changes)`.
    pub(super) fn told_as(&self, name: &str) -> Option<SectionKind> {
        let whole = |name: &str| self.told.get(&stem(&fold(name))).copied();
        whole(name).or_else(|| {
            let front = name.split(['(', '（']).next().unwrap_or(name);
            let mut words = front.match_indices(' ').map(|(at, _)| front.split_at(at));
            let behind = |rest: &str| {
                self.within.contains(&stem(&fold(rest.split_whitespace().next().unwrap_or_default())))
            };
            let named = words.find(|(_, rest)| behind(rest)).map_or(front, |(named, _)| named);
            (named.len() < name.len()).then(|| whole(named)).flatten()
        })
    }

    /// True for a section with this whole name that holds work of a lesser kind where another one holds the work.
    pub(super) fn is_lesser(&self, kind: Lesser, name: &str) -> bool {
        self.lesser.get(&kind).is_some_and(|names| names.contains(&stem(&fold(name))))
    }

    /// True for words that begin a sentence and name nothing: `Possible causes include`.
    pub(super) fn is_unfinished(&self, text: &str) -> bool {
        let last = text.trim_end_matches([':', '：', ' ']).rsplit(' ').next().unwrap_or_default();
        self.unfinished.contains(&stem(&fold(last)))
    }

    /// True for a text that holds a phrase of this kind.
    pub(super) fn mentions(&self, kind: SectionKind, text: &str) -> bool {
        self.phrases.within(&without_accents(&text.to_lowercase())).any(|found| found == kind)
    }

    /// The kinds of a section whose name is this or holds telling phrases. What stands in brackets or behind a dash
    /// counts where the name in front of it says nothing: `Working theory (root cause)`; a second whole name in brackets
    /// counts as well: `Root cause (5 whys)`.
    pub(super) fn kinds(&self, name: &str) -> Kinds {
        self.kinds_by(name, Self::told)
    }

    /// The kinds of a section within another one, where a single word of its name tells nothing: `Removed the trigger`.
    pub(super) fn kinds_within(&self, name: &str) -> Kinds {
        self.kinds_by(name, Self::phrased)
    }

    fn kinds_by(&self, name: &str, told: fn(&Self, &str) -> Option<SectionKind>) -> Kinds {
        let folded = fold(name);
        if let Some(kind) = self.whole(&folded) {
            let behind_a_colon = name.split_once(": ").map(|(_, behind)| behind);
            let remark = in_brackets(name);
            // `What happened (timeline, UTC)`
            let first = remark.and_then(|remark| remark.split_once([',', ';'])).map(|(first, _)| first);
            let mut others = remark.into_iter().chain(first).chain(behind_a_dash(name)).chain(behind_a_colon);
            let other = others.find_map(|other| self.exact(other));
            // `Timeline (brief)` is no summary.
            let other = other.filter(|other| *other != kind && *other != SectionKind::Summary);
            return std::iter::once(kind).chain(other).collect();
        }
        if let Some(asked) = self.questions(name) {
            return asked;
        }
        let mut marks: Vec<(usize, &str)> =
            marks_of(name).iter().filter_map(|mark| Some((name.find(mark)?, *mark))).collect();
        marks.sort_unstable();
        let front = marks.first().and_then(|(at, _)| name.get(..*at)).unwrap_or(name);
        if let Some(several) = self.several(front) {
            return several;
        }
        let behind = || {
            let mut rests = marks.iter().filter_map(|(at, mark)| name.get(at + mark.len()..));
            rests.find_map(|rest| told(self, &fold(rest)))
        };
        let in_brackets = || told(self, &fold(in_brackets(name)?));
        told(self, &folded).or_else(behind).or_else(in_brackets).into_iter().collect()
    }

    /// The kinds of a heading that is several questions, when the first of them is known as a whole.
    fn questions(&self, name: &str) -> Option<Kinds> {
        let (first, rest) = name.split_once("? ")?;
        let first = self.exact(first)?;
        let rest = self.exact(rest).filter(|kind| *kind != first);
        Some(std::iter::once(first).chain(rest).collect())
    }

    /// The kinds of a heading that is several names with a word between them, when all of them are known.
    fn several(&self, name: &str) -> Option<Kinds> {
        let name = name.to_lowercase();
        if !self.any_and.any_in(&name) {
            return None;
        }
        let mut pieces = vec![name];
        for word in &self.and {
            if pieces.iter().any(|piece| piece.contains(word.as_str())) {
                pieces =
                    pieces.iter().flat_map(|piece| piece.split(word.as_str())).map(str::to_owned).collect();
            }
        }
        pieces.retain(|piece| piece.chars().any(char::is_alphanumeric));
        if pieces.len() < 2 {
            return None;
        }
        let kinds: Kinds = pieces.iter().map(|piece| self.told(&fold(piece))).collect::<Option<_>>()?;
        // What was done about a lesson is its work, not the response: `Lessons learned and actions taken`.
        let is_of_lessons = kinds.contains(SectionKind::Lessons);
        let work = |kind| match kind {
            SectionKind::Response if is_of_lessons => SectionKind::ActionItems,
            kind => kind,
        };
        Some(kinds.into_iter().map(work).collect())
    }

    /// The kind of a folded name that is known as a whole, in the singular or in the plural, with or without accents and
    /// with or without an article.
    fn whole(&self, folded: &str) -> Option<SectionKind> {
        let known = |name: &str| self.names.get(name).or_else(|| self.stems.get(&stem(name))).copied();
        known(folded).or_else(|| {
            let (first, rest) = folded.split_once(' ')?;
            self.articles.contains(first).then(|| known(rest)).flatten()
        })
    }

    /// The kind that a folded name tells.
    fn told(&self, folded: &str) -> Option<SectionKind> {
        self.phrased(folded).or_else(|| {
            let plain = without_accents(folded);
            let word = |word: &str| self.words.get(word).copied();
            (plain.split(' ').count() <= SHORT).then(|| plain.split(' ').find_map(word)).flatten()
        })
    }

    /// The kind that a folded name tells as a whole or by a phrase in it.
    fn phrased(&self, folded: &str) -> Option<SectionKind> {
        self.whole(folded).or_else(|| {
            let plain = without_accents(folded);
            let rank = |kind: &SectionKind| PARTICULAR.iter().position(|other| other == kind);
            let is_short = plain.split(' ').count() <= PHRASE_WORDS;
            is_short.then(|| self.phrases.within(&plain).min_by_key(rank)).flatten()
        })
    }
}

/// What stands in the brackets of a name.
fn in_brackets(name: &str) -> Option<&str> {
    let (_, behind) = name.split_once(['(', '（'])?;
    behind.split_once([')', '）']).map(|(inner, _)| inner)
}

/// The marks that may stand in a name. Most names have none.
fn marks_of(name: &str) -> &'static [&'static str] {
    if first_of(name, &MARKS).is_some() { &MARKS } else { &[] }
}

/// What stands behind the first dash of a name.
fn behind_a_dash(name: &str) -> Option<&str> {
    let dashes = marks_of(name).iter().filter(|mark| mark.starts_with(' '));
    let (at, dash) = dashes.filter_map(|dash| Some((name.find(dash)?, *dash))).min()?;
    name.get(at + dash.len()..)
}

/// A name without accents, and with its words in the singular, as far as an `s` at the end of one tells. A name of one
/// word stays as it is: `events` are a timeline, an `event` is none.
fn stem(folded: &str) -> String {
    let plain = without_accents(folded);
    if !plain.contains(' ') {
        return plain.into_owned();
    }
    let is_plural = |stem: &&str| stem.len() > 2 && !stem.ends_with(['s', 'u', 'i', '\'']);
    let mut stem = String::with_capacity(plain.len());
    for word in plain.split(' ') {
        if !stem.is_empty() {
            stem.push(' ');
        }
        stem.push_str(word.strip_suffix('s').filter(is_plural).unwrap_or(word));
    }
    stem
}

#[cfg(test)]
mod tests {
    use crate::{
        model::{Kinds, SectionKind},
        parse::locale::Lexicon,
    };

    #[test]
    fn what_stands_in_brackets_counts_where_nothing_in_front_does() {
        let kinds = |name: &str| Lexicon::built_in().sections(name);
        assert_eq!(kinds("Phase 1: Facts (timeline)"), SectionKind::Timeline.into());
        assert_eq!(kinds("Phase 1: Facts (draft)"), Kinds::default());
    }

    #[test]
    fn a_heading_of_several_questions_is_about_those_that_are_known() {
        let kinds = |name: &str| Vec::from(Lexicon::built_in().sections(name));
        assert_eq!(kinds("What did I learn? Why will this not happen again?"), [SectionKind::Lessons]);
        assert_eq!(
            kinds("What went well? What went wrong?"),
            [SectionKind::WentWell, SectionKind::WentWrong]
        );
        assert_eq!(kinds("Root cause(s) — 5 whys"), [SectionKind::RootCause, SectionKind::FiveWhys]);
        assert_eq!(
            kinds("Root cause identification: The five whys"),
            [SectionKind::RootCause, SectionKind::FiveWhys]
        );
        assert_eq!(kinds("Phase 1: Facts (timeline)"), [SectionKind::Timeline]);
        assert_eq!(kinds("Detection and response"), [SectionKind::Detection, SectionKind::Response]);
    }

    #[test]
    fn an_article_in_front_of_a_name_says_nothing() {
        let kind = |name: &str| Lexicon::built_in().exact_section(name);
        assert_eq!(kind("The underlying issue"), Some(SectionKind::RootCause));
        assert_eq!(kind("Our action items"), Some(SectionKind::ActionItems));
        assert_eq!(kind("The"), None);
    }
}
