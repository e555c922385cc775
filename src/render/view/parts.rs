//! Parts that many views share.

use serde::Serialize;

/// What the frame around every page is given.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Page {
    /// The language of the site, as an IETF tag.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The text of `<title>`.
    pub title: String,
    /// A sentence for lists of search results.
    pub description: String,
    /// The name of the site.
    pub site_title: String,
    /// The way up to the output folder: empty, `../`, …
    pub root: String,
    /// The full address of the page, when the site's is known.
    pub canonical: std::option::Option<String>,
    /// The day of the postmortem that the page is about, ISO 8601; empty on other pages.
    pub published: String,
    /// The feeds.
    pub feeds: Vec<Feed>,
    /// What made the page, with its version.
    pub generator: String,
    /// The scripts of the page, by file name.
    pub scripts: Vec<String>,
    /// True on the page of search results, which has the field in its midst.
    pub is_search: bool,
    /// The main parts of the site.
    pub nav: Vec<NavItem>,
    /// The rest, at the foot.
    pub more: Vec<Link>,
    /// The address of the repository.
    pub repository: std::option::Option<String>,
    /// The day for which the site holds, ISO 8601.
    pub today: String,
    /// The same in words.
    pub today_text: String,
    /// Which zone times are in.
    pub zone_note: String,
}

/// A feed of the newest postmortems.
#[derive(Debug, Clone, Serialize)]
pub struct Feed {
    /// Its path below the output folder.
    pub href: &'static str,
    /// Its media type.
    pub media_type: &'static str,
}

/// A part of the site.
#[derive(Debug, Clone, Serialize)]
pub struct NavItem {
    /// Its path below the output folder.
    pub href: String,
    /// Its name.
    pub text: String,
    /// True when the page belongs to it.
    pub is_current: bool,
    /// `page` when the page is it, `true` when the page is within it.
    pub current: &'static str,
}

/// A time as a page tells it, and which moment it is, so that a reader can have it in another zone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Clock {
    /// The time in words.
    pub text: String,
    /// The moment, ISO 8601 with its offset; empty when it cannot be told in another zone.
    pub iso: String,
    /// The end of a range, in the same way; empty for a moment.
    pub until: String,
    /// True when the words name the zone.
    pub is_zoned: bool,
}

impl Clock {
    /// A text that is no moment.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// A link, or a text that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The address; none for a plain text.
    pub href: std::option::Option<String>,
    /// The text.
    pub text: String,
}

impl Link {
    /// A link.
    pub fn to(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: Some(href.into()), text: text.into() }
    }

    /// A text without a link.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { href: None, text: text.into() }
    }
}

/// A severity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Severity {
    /// Its place on the ramp as a class: `sev-1` for the worst, `sev-5` for all from the fifth on, `sev-none`.
    pub class: String,
    /// Its word.
    pub word: String,
}

/// A key for machines with its word for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Word {
    /// The key, which is also a class.
    pub key: &'static str,
    /// The word.
    pub word: String,
}

/// The state of an action: that of the document, or `overdue`.
pub type State = Word;

/// A fact at the side of a postmortem.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Fact {
    /// What it is.
    pub term: String,
    /// What the document says of it.
    pub links: Vec<Link>,
    /// What it is concluded from, beginning with `inferred`; empty for what is stated.
    pub mark: String,
    /// The moment that it tells, ISO 8601 with its offset; empty for what is none.
    pub iso: String,
}

/// A postmortem in a list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EntryView {
    /// The address of its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// The language that it is written in, as an IETF tag; empty for that of the site.
    pub language: &'static str,
    /// Its day, ISO 8601; empty when it has none.
    pub date: String,
    /// The same in words.
    pub date_text: String,
    /// Its severity.
    pub severity: std::option::Option<Severity>,
    /// Its status, unless it is final.
    pub status: std::option::Option<Word>,
    /// Its first words.
    pub text: String,
    /// Services, time to resolve, actions: a line in small type.
    pub line: Vec<String>,
    /// What a filter looks at; none in a list without a filter.
    pub keys: std::option::Option<EntryKeys>,
}

/// What the filter of the list of postmortems looks at: keys, separated by spaces where there are several.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct EntryKeys {
    /// The severity.
    pub severity: String,
    /// The services.
    pub service: String,
    /// The teams.
    pub team: String,
    /// The contributing factors.
    pub factor: String,
    /// The tags.
    pub tag: String,
    /// The source.
    pub source: String,
    /// The year.
    pub year: String,
    /// The status.
    pub status: String,
    /// `open` when an action is unfinished.
    pub open: String,
    /// The place of the severity, the worst being 0.
    pub rank: String,
    /// Seconds to resolve.
    pub seconds: String,
}

/// An action item in a list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ActionView {
    /// Its id in the page; empty in lists across postmortems.
    pub anchor: String,
    /// The address of the item on its postmortem's page; empty on that page itself.
    pub href: String,
    /// What is to be done, as text.
    pub title: String,
    /// The same with its links and code; used where the title is not itself a link.
    pub title_html: String,
    /// The state as the document has it, a key.
    pub status: &'static str,
    /// The state as shown.
    pub state: std::option::Option<State>,
    /// When it is due, or was closed, in words.
    pub due: String,
    /// True when that day is over and the work is not.
    pub is_overdue: bool,
    /// Owner, type, priority: a line in small type.
    pub line: Vec<String>,
    /// Tracker keys, with their addresses.
    pub trackers: Vec<Link>,
    /// The postmortem that asks for it.
    pub from: std::option::Option<Link>,
    /// What shows that it is done.
    pub evidence_html: std::option::Option<String>,
    /// True when it must not leave the company.
    pub is_internal: bool,
    /// What became of it, the oldest first; empty where nothing but its beginning is known.
    pub history: Vec<ActionEvent>,
    /// What a filter looks at; none in a list without a filter.
    pub keys: std::option::Option<ActionKeys>,
}

/// Something that became of an action item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ActionEvent {
    /// The day, ISO 8601.
    pub day: String,
    /// The day in words.
    pub day_text: String,
    /// What.
    pub text: String,
}

/// What the filter of the list of actions looks at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ActionKeys {
    /// The states: that of the document, and `unfinished`, `overdue` where they hold.
    pub is: String,
    /// How it presses.
    pub when: &'static str,
    /// The owner.
    pub owner: String,
    /// The team.
    pub team: String,
    /// The services of its postmortem.
    pub service: String,
    /// The source of its postmortem.
    pub source: String,
    /// How old it is, a band; empty for what is not open.
    pub since: &'static str,
    /// The type.
    pub kind: String,
    /// The priority.
    pub priority: String,
    /// The last day on which it is not overdue, ISO 8601.
    pub due: String,
    /// Days since it was opened.
    pub age: String,
    /// The day of its postmortem, ISO 8601.
    pub date: String,
}

/// A list of groups with a way to all of them.
#[derive(Debug, Clone, Serialize)]
pub struct Browse {
    /// The name of the kind, a key.
    pub key: &'static str,
    /// The heading.
    pub title: String,
    /// The page of all.
    pub href: String,
    /// The words of the link to it.
    pub all: String,
    /// The groups with the number of their postmortems.
    pub links: Vec<crate::render::view::Count>,
}
