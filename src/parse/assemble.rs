//! Puts what the readers found together into one postmortem: front matter first, then labels, timeline and file name.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::{
    context::Context,
    enumeration::{self, Of},
    facts::Labelled,
    inline::Inline,
    locale::{Lexicon, Meaning},
    milestones, names,
    text::first_of,
    times::{self, Given},
    windows::{self, Window},
};
use crate::{
    diagnostic::Finding,
    model::{Carrier, Fact, Milestone, Moment, Origin, Postmortem, TimelineEvent, Zone},
    source::Span,
};

/// What the labels of a body say, read as far as it can be without the timeline.
pub(super) struct Labels<'l> {
    pub(super) labelled: &'l [Labelled],
    pub(super) context: &'l Context<'l>,
}

impl<'l> Labels<'l> {
    pub(super) fn new(labelled: &'l [Labelled], context: &'l Context<'l>) -> Self {
        Self { labelled, context }
    }

    fn first(&self, meaning: Meaning) -> Option<&'l Inline> {
        self.labelled.iter().find(|labelled| labelled.meaning == meaning).map(|labelled| &labelled.value)
    }

    /// What a label calls the incident.
    pub(super) fn title(&self) -> Option<Fact<String>> {
        let value = self.first(Meaning::Title)?;
        let line = value.lines().into_iter().next()?;
        let title = line.one_line();
        let is_said = !title.is_empty() && !self.context.words().is_unknown(&title);
        is_said.then(|| Fact::new(title, line.span, Origin::Label))
    }

    /// The day that a label states to be that of the incident, or from which on it lasted.
    pub(super) fn day(&self) -> Option<Fact<NaiveDate>> {
        let stated = self.first(Meaning::Day).and_then(|value| dated(value, self.context, Origin::Label));
        let words = self.context.words();
        // Nobody states the minute of the writing, or that it took several days.
        let is_moment = |value: &&Inline| {
            times::lead(words, &value.text).is_some_and(|stamp| {
                let is_range = stamp.until.is_some_and(|(day, _)| day.is_some());
                stamp.date.is_some() && (stamp.clock.is_some() || is_range)
            })
        };
        let moment = || dated(self.first(Meaning::Date).filter(is_moment)?, self.context, Origin::Label);
        stated.or_else(moment).or_else(|| {
            let value = self.first(Meaning::Window)?;
            let (stamp, at) = windows::range(self.context.words(), value)?;
            let day = stamp.date?.resolve(self.context.order(), None)?;
            Some(Fact::new(day, value.source(at + stamp.start..at + stamp.end), Origin::Label))
        })
    }

    /// The day that a label states.
    pub(super) fn date(&self) -> Option<Fact<NaiveDate>> {
        self.labelled
            .iter()
            .filter(|labelled| {
                matches!(
                    labelled.meaning,
                    Meaning::Date | Meaning::Day | Meaning::Window | Meaning::Time(Milestone::Started)
                )
            })
            .find_map(|labelled| dated(&labelled.value, self.context, Origin::Label))
    }

    /// What labels say of how long it lasted.
    pub(super) fn lasted(&self) -> impl Iterator<Item = &'l Inline> {
        let windows = self.labelled.iter().filter(|labelled| labelled.meaning == Meaning::Window);
        windows.map(|labelled| &labelled.value)
    }

    /// The first day that labels state for a moment of the incident itself.
    pub(super) fn day_of_a_moment(&self) -> Option<Fact<NaiveDate>> {
        let of_incident = |milestone: Milestone| {
            !matches!(milestone, Milestone::Introduced | Milestone::Closed | Milestone::Published)
        };
        let days = self.labelled.iter().filter_map(|labelled| match labelled.meaning {
            Meaning::Time(milestone) if of_incident(milestone) => {
                dated(&labelled.value, self.context, Origin::Inferred)
            }
            _ => None,
        });
        days.min_by_key(|day| day.value)
    }

    /// The day that is a part of the number of the incident: `INC-20260314-02`.
    pub(super) fn day_of_number(&self) -> Option<Fact<NaiveDate>> {
        let number = self.first(Meaning::Id)?;
        let digits = || Some(Fact::new(of_digits(&number.text)?, number.span, Origin::Inferred));
        dated(number, self.context, Origin::Inferred).or_else(digits)
    }

    pub(super) fn zone(&self) -> Option<Given<Zone>> {
        let value = self.first(Meaning::Zone)?;
        let zone = times::find_zone(&value.text).or_else(|| Zone::from_name(value.text.trim()))?;
        Some(Given::new(zone, Carrier::Label, value.span))
    }

    /// Adds everything that the front matter does not say.
    pub(super) fn fill(&self, postmortem: &mut Postmortem, findings: &mut Vec<Finding>) {
        let config = self.context.config();
        let words = self.context.words();
        let severity = self.first(Meaning::Severity).and_then(|value| short(words, value));
        merge(&mut postmortem.severity, severity, "severity", findings, |a, b| {
            names::severity(config, a) == names::severity(config, b)
        });
        let status = self.first(Meaning::Status).and_then(|value| word(words, value, Lexicon::status));
        merge(&mut postmortem.status, status, "status", findings, |a, b| a == b);
        let detected_by =
            self.first(Meaning::DetectedBy).and_then(|value| word(words, value, Lexicon::detected_by));
        merge(&mut postmortem.detected_by, detected_by, "detected_by", findings, |a, b| a == b);
        let visibility =
            self.first(Meaning::Visibility).and_then(|value| word(words, value, Lexicon::visibility));
        merge(&mut postmortem.visibility, visibility, "visibility", findings, |a, b| a == b);
        let listed = |meaning: Meaning, of: Of, id: &dyn Fn(&str) -> String| {
            let names = self.first(meaning).map(|value| enumeration::names(words, value, of));
            let names = names.unwrap_or_default().into_iter();
            names.map(|(name, span)| Fact::new(id(&name), span, Origin::Label)).collect()
        };
        let service = |word: &str| names::service(config, word);
        let team = |word: &str| names::team(config, word);
        let factor = |word: &str| names::factor(config, word);
        fill(&mut postmortem.services, listed(Meaning::Services, Of::Services, &service));
        fill(&mut postmortem.teams, listed(Meaning::Teams, Of::People, &team));
        fill(&mut postmortem.factors, listed(Meaning::Factors, Of::Words, &factor));
        fill(&mut postmortem.tags, listed(Meaning::Tags, Of::Words, &str::to_owned));
        fill(&mut postmortem.authors, listed(Meaning::Authors, Of::People, &str::to_owned));
        if postmortem.impact.users.is_none() {
            postmortem.impact.users = self
                .first(Meaning::Users)
                .map(|value| Fact::new(value.one_line(), value.span, Origin::Label));
        }
    }
}

/// The first date of a text with its place.
pub(super) fn dated(text: &Inline, context: &Context<'_>, origin: Origin) -> Option<Fact<NaiveDate>> {
    let (date, place) = times::find_date(context.words(), &text.text)?;
    Some(Fact::new(date.resolve(context.order(), None)?, text.source(place), origin))
}

/// The day in the name of a file or of one of its folders.
pub(super) fn date_of_path(path: &str, context: &Context<'_>) -> Option<Fact<NaiveDate>> {
    let of_part = |part: &str| {
        of_name(&part.replace('_', " "), context)
            .or_else(|| of_name(&part.replace('_', "-"), context))
            .or_else(|| of_digits(part))
            .or_else(|| of_name(&part.replace(['_', '-'], " "), context))
    };
    let date = path.rsplit('/').find_map(of_part).or_else(|| of_folders(path))?;
    Some(Fact::new(date, Span::default(), Origin::FileName))
}

/// The years that a name may state.
const YEARS: std::ops::Range<i32> = 1990..2200;

/// The day that is written in a name.
fn of_name(name: &str, context: &Context<'_>) -> Option<NaiveDate> {
    let words = context.words();
    let head =
        name.get(..10).filter(|head| times::lead(words, head).is_some_and(|stamp| stamp.is_day_only()));
    let (date, _) = times::find_date(words, head.unwrap_or(name))?;
    date.resolve(context.order(), None).filter(|date| YEARS.contains(&date.year()))
}

/// The day that eight digits of a name are: `20260314-search`.
fn of_digits(name: &str) -> Option<NaiveDate> {
    let digits = name.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == 8)?;
    NaiveDate::parse_from_str(digits, "%Y%m%d").ok().filter(|date| YEARS.contains(&date.year()))
}

/// The day that a folder for each year and one for each month tell: `2026/03/14-search.md`.
fn of_folders(path: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = path.split('/').collect();
    let number = |part: &str| {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        part.get(..digits).filter(|_| (1..=2).contains(&digits))?.parse().ok()
    };
    parts.windows(3).find_map(|parts| {
        let [year, month, day] = parts else { return None };
        let year = year.parse().ok().filter(|year| YEARS.contains(year))?;
        NaiveDate::from_ymd_opt(year, number(month).filter(|_| month.len() <= 2)?, number(day)?)
    })
}

/// Takes a minute for that in which impact began, when nothing says it, unless something else that is known came before.
pub(super) fn begin(times: &mut BTreeMap<Milestone, Box<Fact<Moment>>>, minute: Option<Fact<Moment>>) {
    let local = |moment: &Moment| Some(moment.date?.and_time(moment.clock?));
    let Some(minute) = minute.filter(|_| !times.contains_key(&Milestone::Started)) else { return };
    let begun = local(&minute.value);
    let follows = |moment: &Moment| local(moment).is_none_or(|other| Some(other) >= begun);
    let mut others = times.iter().filter(|(milestone, _)| **milestone != Milestone::Introduced);
    if others.all(|(_, fact)| follows(&fact.value)) {
        times.insert(Milestone::Started, Box::new(minute));
    }
}

/// Milestones: what was said first holds, and a body that says something else is a finding.
pub(super) fn merge_times(
    times: &mut BTreeMap<Milestone, Box<Fact<Moment>>>,
    found: impl IntoIterator<Item = (Milestone, Fact<Moment>)>,
    findings: &mut Vec<Finding>,
) {
    for (milestone, fact) in found {
        match times.get(&milestone) {
            Some(held) if held.origin == Origin::FrontMatter && disagree(&held.value, &fact.value) => {
                findings.push(contradiction(milestone.key(), held.span, fact.span));
            }
            Some(_) => {}
            None => {
                times.insert(milestone, Box::new(fact));
            }
        }
    }
}

/// The milestones that events are marked as: of several, what begins is the earliest and what ends the latest.
pub(super) fn marked(events: &[TimelineEvent]) -> BTreeMap<Milestone, Fact<Moment>> {
    let mut found: BTreeMap<Milestone, Fact<Moment>> = BTreeMap::new();
    for event in events.iter().filter(|event| !event.at.is_unknown()) {
        let Some(milestone) = event.milestone else { continue };
        let ends = matches!(milestone, Milestone::Ended | Milestone::Resolved | Milestone::Closed);
        let local = |at: &Moment| Some(at.date?.and_time(at.clock?));
        let is_better = |held: &Fact<Moment>| match (local(&held.value), local(&event.at)) {
            (Some(held), Some(new)) => {
                if ends {
                    new > held
                } else {
                    new < held
                }
            }
            _ => false,
        };
        if found.get(&milestone).is_none_or(is_better) {
            found.insert(milestone, Fact::new(event.at.clone(), event.at_span, event.origin));
        }
    }
    found
}

/// Takes the window that sentences tell for that of the impact, where nothing states when it began or ended. Of an end
/// that is known the window says the same, and the events of the timeline are not all before or all behind it.
pub(super) fn last(
    postmortem: &mut Postmortem,
    window: impl FnOnce(Option<&Fact<NaiveDate>>) -> Option<Window>,
) {
    let times = &mut postmortem.times;
    let local = |moment: &Moment| Some(moment.date?.and_time(moment.clock?));
    let is_open = |known: Option<&Moment>| known.is_none_or(|known| known.clock.is_none());
    let known = |times: &BTreeMap<Milestone, Box<Fact<Moment>>>, milestones: &[Milestone]| {
        milestones.iter().find_map(|milestone| Some(times.get(milestone)?.value.clone()))
    };
    let began = known(times, &[Milestone::Started]);
    let ended = known(times, &[Milestone::Ended, Milestone::Resolved]);
    if !is_open(began.as_ref()) && !is_open(ended.as_ref()) {
        return;
    }
    let Some((start, end)) = window(postmortem.date.as_ref()) else { return };
    let agrees = |known: Option<&Moment>, told: &Moment| {
        known.is_none_or(|known| {
            known.date == told.date && (known.clock.is_none() || known.clock == told.clock)
        })
    };
    let events = || postmortem.timeline.iter().filter_map(|event| local(&event.at));
    let is_apart = events().next().is_some()
        && (events().all(|event| Some(event) < local(&start.value))
            || events().all(|event| Some(event) > local(&end.value)));
    if is_apart || !agrees(began.as_ref(), &start.value) || !agrees(ended.as_ref(), &end.value) {
        return;
    }
    if is_open(began.as_ref()) {
        times.insert(Milestone::Started, Box::new(start));
    }
    for milestone in [Milestone::Ended, Milestone::Resolved] {
        let held = times.get(&milestone).map(|held| &held.value);
        if is_open(held) && agrees(held, &end.value) {
            times.insert(milestone, Box::new(end.clone()));
        }
    }
}

/// When impact has ended and nothing says more, that is when it was resolved: most documents name one end.
pub(super) fn close_impact(times: &mut BTreeMap<Milestone, Box<Fact<Moment>>>) {
    if let Some(ended) = times.get(&Milestone::Ended).filter(|_| !times.contains_key(&Milestone::Resolved)) {
        let resolved = ended.clone();
        times.insert(Milestone::Resolved, resolved);
    }
}

/// True when two moments cannot be the same. What one of them does not say is no disagreement.
fn disagree(a: &Moment, b: &Moment) -> bool {
    if a.approximate || b.approximate {
        return false;
    }
    match (a.instant(), b.instant()) {
        (Some(a), Some(b)) => (a - b).num_minutes().abs() >= 1,
        _ => matches!((a.date, b.date), (Some(a), Some(b)) if a != b),
    }
}

/// Sets a fact that is not there yet; where both are there and differ, says so.
fn merge<T: PartialEq>(
    held: &mut Option<Fact<T>>,
    found: Option<Fact<T>>,
    name: &str,
    findings: &mut Vec<Finding>,
    same: impl Fn(&T, &T) -> bool,
) {
    match (held.as_ref(), found) {
        (None, found) => *held = found,
        (Some(held), Some(found)) if !same(&held.value, &found.value) => {
            findings.push(contradiction(name, held.span, found.span));
        }
        _ => {}
    }
}

/// What the text says, where the front matter says something else.
pub(super) fn contradiction(name: &str, held: Span, found: Span) -> Finding {
    Finding::new("contradicting-fact", found, format!("`{name}` is something else in the front matter"))
        .label("the text says this")
        .also(held, "the front matter says this, and it counts")
        .help("make both say the same, or keep one of the two")
}

fn fill(held: &mut Vec<Fact<String>>, found: Vec<Fact<String>>) {
    if held.is_empty() {
        *held = found;
    }
}

/// The most words of a severity that names an outage.
const LONGEST_GRADE: usize = 6;

/// A short value: what stands before brackets, dashes and further lines.
fn short(words: &Lexicon, value: &Inline) -> Option<Fact<String>> {
    let line = value.text.lines().next()?.trim();
    let cut = first_of(line, &["（", "(", ",", "、", " - ", " – ", " — ", " → ", " -> ", ";", ". "]);
    // Signs and marks around a value are no part of it: `🔴 P0`, `"SEV2"`.
    let text = line.get(..cut.unwrap_or(line.len()))?.trim_matches(|c: char| !c.is_alphanumeric());
    // A sign between two words is none: `Partial degradation / Data risk`.
    let is_word = |word: &&str| word.contains(char::is_alphanumeric);
    // Who grades in words of their own may say of what: `Complete service outage for search-web`. Of a grade with a number
    // that is told of something it is the grade: `SEV2 for the search`.
    let (text, fits) = match text.split_whitespace().filter(is_word).count() {
        0 => (text, false),
        1..=4 => (text, true),
        count => {
            match text.split_whitespace().next().filter(|first| names::letters_of_level(first).is_some()) {
                Some(grade) => (grade, true),
                None => (text, count <= LONGEST_GRADE && milestones::names_trouble(words, text)),
            }
        }
    };
    let unknown = words.is_unknown(text);
    (fits && !unknown).then(|| Fact::new(text.to_owned(), value.span, Origin::Label))
}

/// A value that is a word of a vocabulary; anything else says nothing.
fn word<T>(words: &Lexicon, value: &Inline, read: impl Fn(&Lexicon, &str) -> Option<T>) -> Option<Fact<T>> {
    let short = short(words, value)?;
    Some(Fact::new(read(words, &short.value)?, short.span, Origin::Label))
}
