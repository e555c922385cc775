//! The page of one postmortem.

use serde::Serialize;

use crate::render::{
    charts::timeline::TimelineView,
    markdown::TocEntry,
    view::{ActionView, Clock, Fact, Link, Page, Severity, Word},
};

/// For `postmortem.html`.
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that the page says or does not")]
#[derive(Debug, Clone, Serialize)]
pub struct PostmortemView {
    /// The frame.
    pub page: Page,
    /// The title.
    pub title: String,
    /// The language that it is written in, as an IETF tag; empty for that of the site.
    pub language: &'static str,
    /// True for a title that would fill a screen in the size of a heading.
    pub is_long_title: bool,
    /// The day, ISO 8601; empty when there is none.
    pub date: String,
    /// The same in words.
    pub date_text: String,
    /// True when no date is stated, and this is the day of an event or of a mention.
    pub is_date_inferred: bool,
    /// The stated impact, in a sentence.
    pub dek: String,
    /// The severity.
    pub severity: Option<Severity>,
    /// The status.
    pub status: Option<Word>,
    /// True for an incident that did no harm.
    pub is_near_miss: bool,
    /// The services.
    pub services: Vec<Link>,
    /// From when to when, with the zone.
    pub when: Option<Clock>,
    /// True when one of the two is suggested by words, and nothing states it.
    pub is_when_inferred: bool,
    /// What a reader must know before reading.
    pub notes: Vec<Note>,
    /// The measures; none where all are missing.
    pub measures: Vec<Measure>,
    /// The drawn timeline; none when no time is known.
    pub timeline: Option<TimelineView>,
    /// True when the document states no time at all.
    pub is_without_times: bool,
    /// The headings.
    pub contents: Vec<TocEntry>,
    /// What a reader wants to know first.
    pub brief: Vec<Brief>,
    /// True when times can be shown in another zone.
    pub has_zones: bool,
    /// Which service or region was affected from when to when.
    pub windows: Option<Windows>,
    /// The document, HTML.
    pub html: String,
    /// Why the document could not be read; empty when it could.
    pub unreadable: String,
    /// The timeline, when the text does not have it.
    pub events: Option<Events>,
    /// The cause, when the text does not have it.
    pub cause: Option<Cause>,
    /// The actions.
    pub actions: Option<ActionsSection>,
    /// The postmortem before this one in time.
    pub previous: Option<Link>,
    /// The postmortem after this one in time.
    pub next: Option<Link>,
    /// The facts at the side.
    pub facts: Vec<Fact>,
    /// The milestones at the side.
    pub times: Vec<Fact>,
    /// The incidents of which documents say that they are this one again.
    pub repeats: Option<ChainView>,
    /// Without such, the incidents that clearly look like it.
    pub alike: Option<ChainView>,
    /// Postmortems like this one.
    pub related: Vec<RelatedItem>,
    /// Other postmortems of the same service.
    pub same: Vec<Same>,
}

/// Incidents that are the same thing again, or look like it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChainView {
    /// How many, and since when.
    pub title: String,
    /// Whether documents state it, or it is concluded.
    pub note: String,
    /// Each of them, the oldest first.
    pub links: Vec<ChainLink>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChainLink {
    /// The address of its page; empty for the page itself.
    pub href: String,
    /// Its title.
    pub text: String,
    /// Its day in words; empty when it has none.
    pub day: String,
}

/// Postmortems under a heading.
#[derive(Debug, Clone, Serialize)]
pub struct Same {
    /// The heading.
    pub title: String,
    /// The postmortems, the newest first.
    pub links: Vec<RelatedItem>,
}

/// A word of warning above the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The matter.
    pub title: String,
    /// What it means for the reader.
    pub text: String,
}

/// A measure of the postmortem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// Its name.
    pub name: String,
    /// `recorded`, `inferred`, `missing`, `pending` or `invalid`.
    pub state: &'static str,
    /// The duration, or the word for the state.
    pub value: String,
    /// From what to what, or why there is no duration.
    pub note: String,
}

/// The windows of impact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Windows {
    /// The id of the section.
    pub anchor: &'static str,
    /// True when something is said about one of them.
    pub has_about: bool,
    /// Each window.
    pub rows: Vec<Window>,
}

/// A window of impact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Window {
    /// Service and region.
    pub place: String,
    /// When it began; empty when that is not known.
    pub start: Clock,
    /// When it ended; empty when that is not known.
    pub end: Clock,
    /// How long it was; empty when not known.
    pub length: String,
    /// What it was like.
    pub about: String,
}

/// The events of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Events {
    /// The id of the section.
    pub anchor: &'static str,
    /// Which zone the times are in; empty when the document states none.
    pub zone: String,
    /// The days in the order of the document.
    pub days: Vec<Day>,
}

/// The events of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Day {
    /// The day in words; empty when it is not known.
    pub text: String,
    /// The events.
    pub events: Vec<Event>,
}

/// A moment of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// The id in the page.
    pub anchor: String,
    /// The time of day as written.
    pub at: Clock,
    /// The end of a range, its time of day; none for a moment.
    pub until: Option<Clock>,
    /// The milestone that it marks; empty for none.
    pub milestone: String,
    /// What happened.
    pub html: String,
    /// Kind and service.
    pub line: Vec<String>,
    /// Evidence.
    pub links: Vec<Link>,
    /// True when it must not leave the company.
    pub is_internal: bool,
}

/// Why it happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// The id of the section.
    pub anchor: &'static str,
    /// The heading.
    pub title: String,
    /// The cause, when the text does not have it.
    pub summary_html: String,
    /// The chain from what was seen to the cause, HTML; none when there is no chain to draw.
    pub chain: Vec<Node>,
    /// What set it off, HTML; empty when it is not stated.
    pub trigger: String,
    /// What contributed.
    pub factors: Vec<Link>,
}

/// One step of the chain of whys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Node {
    /// Its place in the chain, from 1; the word for the cause at the end.
    pub mark: String,
    /// What it says, HTML.
    pub html: String,
    /// True for the cause.
    pub is_root: bool,
}

/// A short answer to a first question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// The question.
    pub term: String,
    /// The answer.
    pub text: String,
    /// Where in the page it comes from; empty for nowhere.
    pub href: String,
}

/// The action items of the postmortem.
#[derive(Debug, Clone, Serialize)]
pub struct ActionsSection {
    /// The id of the section.
    pub anchor: &'static str,
    /// The heading.
    pub title: String,
    /// How they stand; empty when there are none.
    pub sentence: String,
    /// The items.
    pub items: Vec<ActionView>,
}

/// A postmortem like this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RelatedItem {
    /// The address of its page.
    pub href: String,
    /// Its title.
    pub text: String,
    /// Its day, and what they share.
    pub why: String,
    /// Its unfinished actions in words; empty when there are none.
    pub open: String,
}
