//! The words of languages: what teams call sections and facts, months and states.
//!
//! A language is a file of `locales/` and nothing else; a site adds its own. All of them are merged into one
//! [`Lexicon`], made once, in which looking a word up costs the same for one language as for twenty. What the words
//! stand in, a date or a table, is for the readers to know.

mod beginnings;
mod clash;
mod cues;
mod deeds;
mod file;
mod fold;
mod labels;
mod people;
mod phrases;
mod sayings;
mod sections;
mod tables;
mod times;
mod tree;

#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use ahash::{HashMap, HashSet};

use crate::model::{ActionStatus, ActionType, DetectedBy, Kinds, Milestone, SectionKind, Status, Visibility};

use beginnings::Names;
pub(crate) use cues::{Class, ClassSet, Cues, Language, Pattern};
use deeds::Deeds;
pub use file::Locale;
pub(crate) use file::{ActionColumn, Cue, EventColumn, Meaning};
pub(crate) use fold::fold;
use fold::plain;
use labels::Labels;
use people::People;
pub(crate) use people::is_handle;
use sayings::Sayings;
pub(crate) use sections::Lesser;
use sections::SectionNames;
use tables::meanings;
pub(crate) use times::{TimeWord, TimeWords};
pub(crate) use tree::Classes;

/// The built-in languages. Where two of them use one word, the first counts.
const FILES: [&str; 15] = [
    include_str!("../locales/en.toml"),
    include_str!("../locales/no.toml"),
    include_str!("../locales/ja.toml"),
    include_str!("../locales/da.toml"),
    include_str!("../locales/de.toml"),
    include_str!("../locales/es.toml"),
    include_str!("../locales/fr.toml"),
    include_str!("../locales/it.toml"),
    include_str!("../locales/nl.toml"),
    include_str!("../locales/pl.toml"),
    include_str!("../locales/pt.toml"),
    include_str!("../locales/sv.toml"),
    include_str!("../locales/zh.toml"),
    include_str!("../locales/ko.toml"),
    include_str!("../locales/ru.toml"),
];

static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(|| FILES.into_iter().map(Locale::built_in).collect());

static BUILT_IN: LazyLock<Arc<Lexicon>> =
    LazyLock::new(|| Arc::new(Lexicon::merge(&BTreeMap::new(), &LOCALES.iter().collect::<Vec<_>>())));

/// The words of all languages in one table each.
#[derive(Debug)]
pub(crate) struct Lexicon {
    sections: SectionNames,
    labels: Labels,
    /// What tells milestones.
    pub(crate) cues: Cues,
    statuses: HashMap<String, Status>,
    detected_by: HashMap<String, DetectedBy>,
    visibilities: HashMap<String, Visibility>,
    titles: HashSet<String>,
    unknown: HashSet<String>,
    event_columns: HashMap<String, EventColumn>,
    updates: Names,
    action_columns: HashMap<String, ActionColumn>,
    action_statuses: HashMap<String, ActionStatus>,
    action_types: HashMap<String, ActionType>,
    priorities: HashSet<String>,
    bare: HashSet<String>,
    remarks: Vec<String>,
    /// What lines ask for, and what they tell of.
    pub(crate) deeds: Deeds,
    sayings: Sayings,
    others: HashSet<String>,
    lists: HashSet<String>,
    people: People,
    themes: HashSet<String>,
    /// The words of dates and times.
    pub(crate) times: TimeWords,
}

impl Lexicon {
    /// The words of a site: its names of sections win over its own languages, and those over the built-in ones.
    pub(crate) fn new(aliases: &BTreeMap<String, Vec<String>>, own: &[Locale]) -> Arc<Self> {
        if aliases.is_empty() && own.is_empty() {
            return Arc::clone(&BUILT_IN);
        }
        Arc::new(Self::merge(aliases, &own.iter().chain(LOCALES.iter()).collect::<Vec<_>>()))
    }

    /// The words of the built-in languages.
    #[cfg(test)]
    pub(crate) fn built_in() -> &'static Self {
        &BUILT_IN
    }

    fn merge(aliases: &BTreeMap<String, Vec<String>>, locales: &[&Locale]) -> Self {
        let set = |words: fn(&Locale) -> &Vec<String>| -> HashSet<String> {
            locales.iter().flat_map(|locale| words(locale)).map(|word| word.to_lowercase()).collect()
        };
        Self {
            sections: SectionNames::new(aliases, locales),
            labels: Labels::new(locales),
            cues: Cues::new(locales),
            statuses: meanings(locales, plain, |locale| &locale.document.status),
            detected_by: meanings(locales, plain, |locale| &locale.document.detected_by),
            visibilities: meanings(locales, plain, |locale| &locale.document.visibility),
            titles: locales
                .iter()
                .flat_map(|locale| &locale.document.titles)
                .map(|word| fold(word))
                .collect(),
            unknown: set(|locale| &locale.document.unknown),
            updates: Names::of(locales.iter().flat_map(|locale| &locale.timeline.updates)),
            event_columns: meanings(locales, fold, |locale| &locale.timeline.columns),
            action_columns: meanings(locales, fold, |locale| &locale.actions.columns),
            action_statuses: meanings(locales, plain, |locale| &locale.actions.status),
            action_types: meanings(locales, fold, |locale| &locale.actions.types),
            priorities: set(|locale| &locale.actions.priorities),
            bare: set(|locale| &locale.actions.bare),
            remarks: locales.iter().flat_map(|locale| &locale.actions.remarks).cloned().collect(),
            deeds: Deeds::new(locales),
            sayings: Sayings::new(locales),
            others: set(|locale| &locale.actions.others),
            lists: set(|locale| &locale.actions.lists),
            people: People::new(locales),
            themes: set(|locale| &locale.actions.themes),
            times: TimeWords::new(locales),
        }
    }

    /// The kind of a section whose whole name is known.
    pub(crate) fn exact_section(&self, name: &str) -> Option<SectionKind> {
        self.sections.exact(name)
    }

    /// What a section is about whose name is known or holds a telling phrase: several kinds for `Impact and timeline`.
    pub(crate) fn sections(&self, name: &str) -> Kinds {
        self.sections.kinds(name)
    }

    /// What a section within another one is about whose name is known or holds a telling phrase.
    pub(crate) fn sections_within(&self, name: &str) -> Kinds {
        self.sections.kinds_within(name)
    }

    /// What a section with this whole name is about where another one is already what the name means otherwise.
    pub(crate) fn second_section(&self, name: &str) -> Option<SectionKind> {
        self.sections.second(name)
    }

    /// What a section with this whole name is about when it tells what was done during the incident: `Actions`.
    pub(crate) fn told_section(&self, name: &str) -> Option<SectionKind> {
        self.sections.told_as(name)
    }

    /// True for a section with this whole name that holds work of a lesser kind where another one holds the work.
    pub(crate) fn names_lesser_work(&self, kind: Lesser, name: &str) -> bool {
        self.sections.is_lesser(kind, name)
    }

    /// True for words that begin a sentence and name nothing: `Possible causes include:`.
    pub(crate) fn is_unfinished(&self, line: &str) -> bool {
        self.sections.is_unfinished(line)
    }

    /// True for a text of any length that holds a telling phrase of this kind.
    pub(crate) fn mentions(&self, kind: SectionKind, text: &str) -> bool {
        self.sections.mentions(kind, text)
    }

    /// True for a sentence that promises work: `Going forward, we will do the following:`.
    pub(crate) fn promises_work(&self, sentence: &str) -> bool {
        self.sayings.promise(sentence) && self.mentions(SectionKind::ActionItems, sentence)
            || self.sayings.plan(sentence)
    }

    /// True for a sentence that tells what was done so that it does not happen again: `To prevent this, we have made`.
    pub(crate) fn tells_of_prevention(&self, sentence: &str) -> bool {
        self.sayings.report(sentence) && self.mentions(SectionKind::ActionItems, sentence)
    }

    /// True for a line above a list whose items are no work: `one of the following:`.
    pub(crate) fn announces_no_work(&self, line: &str) -> bool {
        self.sayings.announce(line)
    }

    /// True for the name of a list of things to be watched: `Metrics to track:`.
    pub(crate) fn heads_signals(&self, title: &str) -> bool {
        self.sayings.head_signals(title)
    }

    /// True for the heading of one of several ways that are weighed: `Option B: a second index`.
    pub(crate) fn heads_a_choice(&self, title: &str) -> bool {
        self.sayings.head_a_choice(title)
    }

    /// True for the first of the steps of one piece of work: `Go to https://example.com/keys`.
    pub(crate) fn begins_a_procedure(&self, step: &str) -> bool {
        self.sayings.begin_a_procedure(step)
    }

    /// True for advice to people outside: `Users should rotate their keys`.
    pub(crate) fn advises_others(&self, text: &str) -> bool {
        self.people.subjects(text).is_some_and(|names| {
            names.rsplit(' ').next().is_some_and(|last| self.others.contains(&last.to_lowercase()))
        })
    }

    /// What the value behind a label is.
    pub(crate) fn meaning(&self, label: &str) -> Option<Meaning> {
        self.labels.meaning(&fold(label))
    }

    /// The milestone that a label or a mark names.
    pub(crate) fn milestone(&self, label: &str) -> Option<Milestone> {
        if let Some(Meaning::Time(milestone)) = self.meaning(label) {
            Some(milestone)
        } else {
            let key = label.trim().to_lowercase().replace([' ', '-'], "_");
            Milestone::from_key(&key)
        }
    }

    /// How far the writing of a document is.
    pub(crate) fn status(&self, written: &str) -> Option<Status> {
        self.statuses.get(&plain(written)).copied()
    }

    /// Who noticed an incident.
    pub(crate) fn detected_by(&self, written: &str) -> Option<DetectedBy> {
        self.detected_by.get(&plain(written)).copied()
    }

    /// Who may read a document.
    pub(crate) fn visibility(&self, written: &str) -> Option<Visibility> {
        self.visibilities.get(&plain(written)).copied()
    }

    /// True for a heading that a template leaves to be replaced.
    pub(crate) fn is_placeholder(&self, title: &str) -> bool {
        self.titles.contains(&fold(title))
    }

    /// True for what stands where a fact is not known.
    pub(crate) fn is_unknown(&self, value: &str) -> bool {
        self.unknown.contains(&value.to_lowercase())
    }

    /// What the column of a timeline with this header holds.
    pub(crate) fn event_column(&self, header: &str) -> Option<EventColumn> {
        self.event_columns.get(&fold(header)).copied()
    }

    /// False for a text that begins with no word for where things stand, for sure.
    pub(crate) fn may_begin_an_update(&self, text: &str) -> bool {
        self.updates.may_begin(text)
    }

    /// True for a word for where things stand, in front of an update.
    pub(crate) fn is_update(&self, label: &str) -> bool {
        self.updates.contain(label)
    }

    /// What the column with this header, or the field with this name, says of an action item.
    pub(crate) fn action_column(&self, name: &str) -> Option<ActionColumn> {
        if name.trim() == "#" {
            return Some(ActionColumn::Id);
        }
        tables::said_of(&self.action_columns, name)
    }

    /// The state of an action item.
    pub(crate) fn action_status(&self, written: &str) -> Option<ActionStatus> {
        self.action_statuses.get(&plain(written)).copied()
    }

    /// What an action item is for.
    pub(crate) fn action_type(&self, written: &str) -> Option<ActionType> {
        self.action_types.get(&fold(written)).copied()
    }

    /// True for a priority that is a word.
    pub(crate) fn is_priority(&self, written: &str) -> bool {
        self.priorities.contains(&written.to_lowercase())
    }

    /// True for the name of a field that needs no colon in front of its value.
    pub(crate) fn is_bare(&self, name: &str) -> bool {
        self.bare.contains(&name.to_lowercase())
    }

    /// True for the text behind a state that is a remark on it.
    pub(crate) fn is_remark(&self, text: &str) -> bool {
        let begins = |words: &String| text.strip_prefix(words).is_some_and(|rest| rest.starts_with(' '));
        self.remarks.iter().any(begins)
    }

    /// True for an action item that tells what was done, not what is to be done.
    pub(crate) fn tells_what_was_done(&self, text: &str) -> bool {
        self.deeds.is_told(text)
    }

    /// True for a heading of work that was done: `Guardrails added`.
    pub(crate) fn heads_finished_work(&self, title: &str) -> bool {
        self.deeds.is_carried_out(title, |word| self.action_status(word) == Some(ActionStatus::Done))
    }

    /// True for a remark that tells how work was done: `fixed by adding an alert`.
    pub(crate) fn tells_in_passing(&self, remark: &str) -> bool {
        let is_remark = remark.split_once(' ').is_some_and(|(_, rest)| self.is_remark(rest));
        let is_done = |word: &str| self.action_status(word) == Some(ActionStatus::Done);
        self.deeds.is_deed(remark, is_done, is_remark)
    }

    /// True for a paragraph that says how things are, and neither asks for work nor tells of any.
    pub(crate) fn only_states(&self, text: &str) -> bool {
        let names_a_field =
            || text.split_once(':').is_some_and(|(name, _)| self.action_column(name).is_some());
        self.sayings.state(text)
            && !self.asks_for_work(text)
            && !self.tells_what_was_done(text)
            && !names_a_field()
    }

    /// True for a text that says how things are, or shall be, and asks for nothing.
    pub(crate) fn states_how_it_is(&self, text: &str) -> bool {
        self.sayings.state(text)
    }

    /// True for a text with a word by which it asks for work: `will`, `should`.
    pub(crate) fn wants_work(&self, text: &str) -> bool {
        self.sayings.want(text)
    }

    /// True for a line that may tell what was done, if those around it do: `Improved the alerts`.
    pub(crate) fn may_tell_what_was_done(&self, text: &str) -> bool {
        self.deeds.may_be_told(text)
    }

    /// True for a line that begins with a verb of work: `Add an alert`.
    pub(crate) fn asks_for_work(&self, text: &str) -> bool {
        self.deeds.is_asked(text)
    }

    /// True for the heading of the list of action items itself.
    pub(crate) fn heads_the_list(&self, name: &str) -> bool {
        self.lists.contains(&fold(name))
    }

    /// True for a text that is nothing but names of people and teams.
    pub(crate) fn are_names(&self, text: &str) -> bool {
        self.people.are_all(text)
    }

    /// True for a word that joins two names: `and`.
    pub(crate) fn joins(&self, word: &str) -> bool {
        self.people.joins(word)
    }

    /// The names that a sentence begins with when it says what they shall do: their length in bytes.
    pub(crate) fn who_shall(&self, text: &str) -> Option<usize> {
        self.people.subject(text)
    }

    /// True for what stands where there is no action item.
    pub(crate) fn is_nothing(&self, text: &str) -> bool {
        self.sayings.deny(text)
    }

    /// True for a theme of action items.
    pub(crate) fn is_theme(&self, word: &str) -> bool {
        self.themes.contains(&word.to_lowercase())
    }
}
