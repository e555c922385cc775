//! What a locale file may hold: the words of one language, as plain data.
//!
//! The doc comment of a field is its description in the JSON Schema, which `afterword schema locale` prints.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    clash,
    deeds::Accounts,
    times::{Day, Month, Unit},
};
use crate::{
    config::RULE,
    data,
    diagnostic::Finding,
    model::{ActionStatus, ActionType, DetectedBy, Milestone, SectionKind, Status, Visibility},
    source::SourceFile,
};

/// Words, as people write them: case, numbers and punctuation around them do not matter.
pub(super) type Words = Vec<String>;

/// The words of one language. Every table may be missing, and adds to the words of the other languages.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Locale {
    /// The name of the language, for people.
    pub(super) language: String,
    /// What sections are called.
    pub(super) sections: Sections,
    /// Labels in front of facts, headers of tables of facts, headings with one line below them.
    pub(super) labels: BTreeMap<Meaning, Words>,
    /// The named moments of an incident.
    pub(super) milestones: Milestones,
    /// The words for what a document states about itself.
    pub(super) document: Document,
    /// The words of dates and times.
    pub(super) times: Times,
    /// Timelines that are tables.
    pub(super) timeline: Timeline,
    /// Action items.
    pub(super) actions: Actions,
}

/// What sections are called.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Sections {
    /// Whole headings and labels.
    pub(super) names: BTreeMap<SectionKind, Words>,
    /// What may stand anywhere in a heading of twelve words at most.
    pub(super) phrases: BTreeMap<SectionKind, Words>,
    /// Single words that tell the kind of a heading of four words at most.
    pub(super) words: BTreeMap<SectionKind, Words>,
    /// Those of `names` that mean this where another section is already what they mean there: `Symptom` is the impact
    /// in a document that has no other section for it, and else its summary.
    pub(super) second: BTreeMap<SectionKind, Words>,
    /// Those of `names` that mean this where their lists tell what was done during the incident, and ask for no work:
    /// `Actions`.
    pub(super) told: BTreeMap<SectionKind, Words>,
    /// Those of the names of action items that hold ideas and advice where another section holds the work: `Possible
    /// improvements`.
    pub(super) ideas: Words,
    /// Those of the names of action items that say how it shall be kept from happening again, or look ahead, where another
    /// section is headed as the list of the work: `Prevention` beside `Action items`.
    pub(super) measures: Words,
    /// Those that hold what was changed since, where another section holds the work: `What we changed`.
    pub(super) changes: Words,
    /// Words that a name does not end with: `Possible causes include:` begins a sentence.
    pub(super) unfinished: Words,
    /// Words between two names in one heading: `Impact and timeline`.
    pub(super) and: Words,
    /// Words behind one of `told` that only say where and when: `Remediation across the cluster`.
    pub(super) within: Words,
    /// Articles in front of a name, which is known without them: `The underlying issue`.
    pub(super) articles: Words,
}

/// The named moments of an incident.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Milestones {
    /// Whole labels in front of a time, and marks of an event in a timeline.
    pub(super) names: BTreeMap<Milestone, Words>,
    /// Words that may stand around such a name and add nothing to it: `incident start date`.
    pub(super) around: Words,
    /// Classes of words that `cues` refer to by name. `filler` may stand between any two words, `not` denies, `maybe` only
    /// hopes or supposes, `spoils` says that it is not over after all, `fine` is what nobody notices an incident by,
    /// `plans` what is yet to come, `trouble` what goes wrong, `out` what does not answer, `broken` what does not work.
    /// `investigat*` is the beginning of a word.
    pub(super) words: BTreeMap<String, Words>,
    /// What tells a milestone within one clause of an event: a row of words, where `{name}` is any word of a class, `..`
    /// leaves a gap, and `^` and `$` are the ends of the clause.
    pub(super) cues: BTreeMap<Cue, Words>,
}

/// The words for what a document states about itself.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Document {
    /// How far the writing is.
    pub(super) status: BTreeMap<Status, Words>,
    /// Who noticed it.
    pub(super) detected_by: BTreeMap<DetectedBy, Words>,
    /// Who may read it.
    pub(super) visibility: BTreeMap<Visibility, Words>,
    /// Headings that templates leave to be replaced.
    pub(super) titles: Words,
    /// What stands where a fact is not known.
    pub(super) unknown: Words,
}

/// The words of dates and times.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Times {
    /// The months, with their short forms, without dots.
    pub(super) months: BTreeMap<Month, Words>,
    /// The days of the week, with their short forms, without dots.
    pub(super) weekdays: BTreeMap<Day, Words>,
    /// Words in front of a time that is approximate.
    pub(super) approximate: Words,
    /// Words in front of a time that say nothing of their own.
    pub(super) before: Words,
    /// Words in front of a time of day, behind which `9.05` is one and not a number.
    pub(super) clock: Words,
    /// Words between a day and its month, or a month and its year.
    pub(super) of: Words,
    /// What is put behind the number of a day: `14th`.
    pub(super) ordinals: Words,
    /// Words between the two ends of a range.
    pub(super) between: Words,
    /// Words in front of the number of a version, behind which `12.10.26` is no day.
    pub(super) versions: Words,
    /// Words behind a time that belong to it.
    pub(super) behind: Words,
    /// Parts of a day, which may stand where a time would.
    pub(super) parts: Words,
    /// The units in which it is told how long after the beginning something was: `T+10 min`.
    pub(super) units: BTreeMap<Unit, Words>,
    /// Words for the day behind the one before: `the next day`.
    pub(super) next: Words,
    /// Words for the day before that of the writing: `yesterday`.
    pub(super) yesterday: Words,
    /// Words in front of the day on which something began that goes on: `since`.
    pub(super) since: Words,
    /// What stands where a time is not known.
    pub(super) unknown: Words,
    /// Words of a line in a timeline that says what holds for all of its times.
    pub(super) notes: Words,
    /// Words of a line in a timeline by which its day is that of all times that do not say otherwise.
    pub(super) exceptions: Words,
    /// Words of a line that says what holds for all times, wherever it stands.
    pub(super) zone_notes: Words,
}

/// Timelines that are tables.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Timeline {
    /// The headers of the columns.
    pub(super) columns: BTreeMap<EventColumn, Words>,
    /// Words for where things stand, in front of the updates of a status page.
    pub(super) updates: Words,
}

/// Action items.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Actions {
    /// The headers of columns, and the names of fields in a line: `owner: kim`.
    pub(super) columns: BTreeMap<ActionColumn, Words>,
    /// Those of these names that need no colon in front of their value: `due 2026-12`.
    pub(super) bare: Words,
    /// The states.
    pub(super) status: BTreeMap<ActionStatus, Words>,
    /// Words that begin a remark behind the state of finished work: `done in March`.
    pub(super) remarks: Words,
    /// Beginnings of a sentence that tells what was done: `we have`.
    pub(super) reports: Words,
    /// Endings of words that tell the past.
    pub(super) past: Words,
    /// Words behind such a word at the beginning of an item, by which it tells what was done: `Moved the …`.
    pub(super) objects: Words,
    /// Forms of verbs for work with which an item may begin: `Add an alert`, `Ajouter une alerte`, `Legg til en alarm`.
    pub(super) verbs: Words,
    /// More of them, with which an item may also end, in languages that put them last: `Alarm hinzufügen`.
    pub(super) verbs_at_end: Words,
    /// Past forms of such verbs that no rule gives: `rewrote`.
    pub(super) finished: Words,
    /// Past forms that may as well stand in front of a noun, or say what is wanted: `improved`, `required`.
    pub(super) either: Words,
    /// Words in front of a past form by which something was done: `has been`.
    pub(super) been: Words,
    /// Words for what was carried out that are no states: `Guardrails added`.
    pub(super) carried: Words,
    /// Words in front of what is so since the work was done: `the job now checks the schema`.
    pub(super) now: Words,
    /// Words behind such a word that are no verbs of work: `we now have alerts`.
    pub(super) has: Words,
    /// Words in front of such words that make them no report: `find out why it was changed`.
    pub(super) unless: Words,
    /// Words by which a sentence above a list promises that its work will be done: `we will`.
    pub(super) promises: Words,
    /// Words by which a sentence above a list says that plans follow: `our next priorities are`.
    pub(super) plans: Words,
    /// Words by which a sentence above a list tells what was done to prevent it: `we have made`.
    pub(super) made: Words,
    /// Words in a line above a list by which its items are no work: choices, conditions, causes, features.
    pub(super) announces: Words,
    /// Words that the first of the steps of one piece of work begins with: `go to https://example.com`.
    pub(super) procedures: Words,
    /// The word in front of the letter of one of several ways that are weighed: `Option A`.
    pub(super) choices: Words,
    /// What the name of a list of things to be watched begins with, none of which is work.
    pub(super) signals: Words,
    /// Words by which a paragraph says how things are: `is`.
    pub(super) states: Words,
    /// Words by which such a paragraph asks for work all the same: `will`.
    pub(super) wants: Words,
    /// People outside, whom advice in front of `shall` is for: `users should rotate their keys`.
    pub(super) others: Words,
    /// Beginnings of sentences that thank, apologise or take leave.
    pub(super) courtesies: Words,
    /// Headings of the list of action items itself: what else stands beside it explains.
    pub(super) lists: Words,
    /// What a line ends with that tells what was done, in languages that put the verb last.
    pub(super) ends: Words,
    /// Given names, or family names where people are called by them.
    pub(super) people: Words,
    /// Words that the name of a team ends with; `-teamet` is the end of a word.
    pub(super) teams: Words,
    /// Those that stand in front of the name of a team: `equipo backend`.
    pub(super) heads: Words,
    /// Words by which the author of a document names themselves: `me`.
    pub(super) selves: Words,
    /// Words between a name and what its bearer is to do: `Kim to add an alert`.
    pub(super) shall: Words,
    /// What an item is for.
    pub(super) types: BTreeMap<ActionType, Words>,
    /// Priorities that are words.
    pub(super) priorities: Words,
    /// What stands where there is no action item.
    pub(super) none: Words,
    /// The word that begins a line which says that something is not to be done, and those that say so in it:
    /// `No changes needed`.
    pub(super) no: Words,
    /// See `no`.
    pub(super) needed: Words,
    /// Bold words above a list that are a theme and not the name of a person.
    pub(super) themes: Words,
    /// Lists that tell of something else than work.
    pub(super) accounts: Accounts,
}

/// What a labelled value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Meaning {
    /// How bad it was.
    Severity,
    /// How far the writing is.
    Status,
    /// What it touched.
    Services,
    /// Who answers for it.
    Teams,
    /// A day: of the incident, or of the writing.
    Date,
    /// The day of the incident, and no other.
    Day,
    /// Who wrote it.
    Authors,
    /// Who noticed it.
    DetectedBy,
    /// What contributed to it.
    Factors,
    /// Tags.
    Tags,
    /// The zone of the times.
    Zone,
    /// Who may read it.
    Visibility,
    /// The number of the incident.
    Id,
    /// What the incident is called, where no heading says it.
    Title,
    /// How many users felt it.
    Users,
    /// From when to when users felt it.
    Window,
    /// A milestone; its words stand in `[milestones.names]`.
    #[serde(skip)]
    Time(Milestone),
}

/// What a clause of an event may tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Cue {
    /// Impact begins.
    Began,
    /// Something fails, which is the beginning of the impact where nothing stands above it.
    Fails,
    /// Somebody or something notices.
    Noticed,
    /// Nobody notices anything, though some of the words seem to say so: a program reports, others are told. What takes
    /// none of these words still counts.
    Unnoticed,
    /// Somebody is at work on it; whatever is noticed from here on is no first notice.
    Worked,
    /// Users feel it no longer, or hardly.
    Mitigated,
    /// The incident as a whole is over.
    Over,
    /// The record of it is closed, by which it is over where nothing before tells its end.
    Closed,
    /// A part of the system works again.
    Back,
    /// Something works, by which it is over where nothing stands below it.
    Works,
    /// It fails again, or still.
    Again,
}

/// What a column of a timeline holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EventColumn {
    /// The day.
    Day,
    /// The time of day, or both.
    Time,
    /// The end of a range.
    End,
    /// What happened.
    Text,
    /// Where it is seen: a log, a link.
    Source,
}

/// What a column of a table of action items, or a named field in a line, holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ActionColumn {
    /// What is to be done.
    Title,
    /// Who answers for it.
    Owner,
    /// What it is for.
    Kind,
    /// Its priority.
    Priority,
    /// Its state.
    Status,
    /// When it is due.
    Due,
    /// The day on which it was opened.
    Opened,
    /// The day on which it was closed.
    Closed,
    /// Its issue, ticket or change.
    Tracker,
    /// What shows that it is done.
    Evidence,
    /// Its name or number.
    Id,
}

impl Locale {
    /// Reads a file. Nothing that is wrong in it stops the rest from being read.
    pub fn parse(file: &SourceFile) -> (Self, Vec<Finding>) {
        let (node, mut problems) = data::toml::parse(&file.text, 0);
        let clashes = clash::findings(&[&node]);
        let (locale, wrong) = data::read(node);
        problems.extend(wrong);
        let mut findings: Vec<Finding> =
            problems.into_iter().map(|problem| problem.into_finding(RULE)).collect();
        findings.extend(clashes.into_iter().map(|(_, finding)| finding));
        findings.sort_by_key(|finding| finding.span.start);
        (locale, findings)
    }

    /// The words in a text that is known to be right; what is wrong in it is left out.
    pub(super) fn built_in(text: &str) -> Self {
        let (node, _) = data::toml::parse(text, 0);
        data::read(node).0
    }
}
