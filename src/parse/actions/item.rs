//! One action item: what is to be done, and what its line says beside that.

use chrono::NaiveDate;

use super::{Context, fields, group::Group};
use crate::{
    model::{ActionItem, ActionStatus, ActionType, Due, Fact, Link, Markdown, Origin},
    parse::{
        inline::{Inline, one_line},
        locale::{ActionColumn as Column, Lexicon},
        text::{DASHES, first_of, with_remark},
    },
    source::Span,
};

/// How many keys and addresses one item may carry.
const TRACKERS: usize = 40;

/// What is known of an action item while it is read.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub(super) owner: Option<Fact<String>>,
    pub(super) kind: Option<Fact<ActionType>>,
    pub(super) priority: Option<Fact<String>>,
    pub(super) status: Option<Fact<ActionStatus>>,
    pub(super) due: Option<Fact<Due>>,
    pub(super) opened: Option<Fact<NaiveDate>>,
    pub(super) closed: Option<Fact<NaiveDate>>,
    pub(super) trackers: Vec<Fact<String>>,
    pub(super) evidence: Option<Fact<String>>,
    pub(super) id: Option<String>,
    /// What the lines above say, where the item itself says nothing.
    pub(super) group: Group,
}

impl Draft {
    /// True when it says how urgent the work is and nothing else.
    pub(super) fn says_only_priority(&self) -> bool {
        self.priority.is_some()
            && self.owner.is_none()
            && self.kind.is_none()
            && self.status.is_none()
            && self.due.is_none()
            && self.trackers.is_empty()
    }

    /// Reads the text of an item. `None` when nothing is left that could be done.
    pub(super) fn item(mut self, context: &Context<'_>, text: &Inline, span: Span) -> Option<ActionItem> {
        self.find_trackers(context, text);
        let text = self.field_lines(context, text);
        let text = self.strip(context, &text);
        let text = self.marked_behind_name(context, &text).unwrap_or(text);
        let group = std::mem::take(&mut self.group);
        self.status = self.status.or(group.status);
        if let Some(evidence) = &self.evidence {
            // An address that is named as evidence is no ticket.
            self.trackers.retain(|tracker| !evidence.span.contains(tracker.span));
        }
        let is_told = || {
            let remark = with_remark(&text.text);
            context.words.tells_what_was_done(&text.text)
                || remark.is_some_and(|(_, remark)| context.words.tells_in_passing(remark))
                || ends_done(context.words, &text.text)
        };
        if self.status.is_none() && is_told() {
            self.status = Some(Fact::new(ActionStatus::Done, text.span, Origin::Inferred));
        }
        let title = text.one_line();
        let title = title.trim_matches(|c: char| c.is_whitespace() || matches!(c, '{' | '}')).to_owned();
        if is_nothing(context.words, &title) {
            return None;
        }
        let status = self.status.unwrap_or(Fact::new(ActionStatus::Open, span, Origin::Inferred));
        Some(ActionItem {
            has_own_id: self.id.is_some(),
            id: self.id.unwrap_or_default(),
            markdown: Markdown::new(text.markdown(context.document), &title),
            title,
            owner: self.owner.or(group.owner),
            kind: self.kind.or(group.kind),
            priority: self.priority.or(group.priority),
            status,
            due: self.due.or(group.due),
            opened: self.opened,
            closed: self.closed,
            trackers: self.trackers,
            evidence: self.evidence.map(Box::new),
            group: group.title,
            internal: false,
            span,
            origin: Origin::Section,
        })
    }

    /// Sets what a column or a named field holds; false when it does not fit.
    pub(super) fn set(&mut self, context: &Context<'_>, column: Column, value: &str, place: Span) -> bool {
        let day = |value: &str| match fields::due(context.words, value, context.order, context.near) {
            Some(Due::Day(day)) => Some(Fact::new(day, place, Origin::Section)),
            _ => None,
        };
        match column {
            Column::Owner => {
                let owner = one_line(value);
                if !is_nothing(context.words, &owner) {
                    self.owner.get_or_insert(Fact::new(owner, place, Origin::Section));
                }
                true
            }
            Column::Kind => match context.words.action_type(value) {
                Some(kind) => {
                    self.kind.get_or_insert(Fact::new(kind, place, Origin::Section));
                    true
                }
                None => false,
            },
            // Where the work is done, some put that in place of its priority.
            Column::Priority
                if fields::status(context.words, value) == Some(ActionStatus::Done)
                    && !fields::has_light(value) =>
            {
                self.set_status(context.words, value, place)
            }
            Column::Priority => {
                if !is_nothing(context.words, value) {
                    // A sign in front is no part of the name: `🔴 High`.
                    let name = Some(value.trim_start_matches(|c: char| !c.is_alphanumeric()));
                    let name = name.filter(|name| !name.is_empty()).unwrap_or(value).to_owned();
                    self.priority.get_or_insert(Fact::new(name, place, Origin::Section));
                }
                true
            }
            // A named state outweighs marks: an empty box and a struck text stand beside `status: wont-do`.
            Column::Status => {
                match fields::progress(value).or_else(|| fields::status_with_remark(context.words, value)) {
                    Some(status) => {
                        self.status = Some(Fact::new(status, place, Origin::Section));
                        true
                    }
                    None => false,
                }
            }
            // And some say there when it was done: `Done — 2026-04-02`.
            Column::Due if fields::status_with_remark(context.words, value) == Some(ActionStatus::Done) => {
                self.closed = self.closed.take().or_else(|| day(value));
                self.set_status_with_remark(context.words, value, place)
            }
            Column::Due => match fields::due(context.words, value, context.order, context.near) {
                Some(due) => {
                    self.due.get_or_insert(Fact::new(due, place, Origin::Section));
                    true
                }
                None => false,
            },
            Column::Opened => day(value).is_some_and(|day| {
                self.opened.get_or_insert(day);
                true
            }),
            Column::Closed => day(value).is_some_and(|day| {
                self.closed.get_or_insert(day);
                true
            }),
            Column::Tracker => {
                let keys = fields::keys(value);
                let addresses = fields::addresses(value);
                for part in keys.iter().chain(&addresses) {
                    self.add_tracker(value.get(part.clone()).unwrap_or_default(), place);
                }
                !keys.is_empty() || !addresses.is_empty()
            }
            Column::Evidence => {
                self.evidence.get_or_insert(Fact::new(value.to_owned(), place, Origin::Section));
                true
            }
            Column::Id => {
                self.id.get_or_insert(value.to_owned());
                true
            }
            Column::Title => false,
        }
    }

    pub(super) fn set_status(&mut self, words: &Lexicon, written: &str, place: Span) -> bool {
        match fields::status(words, written) {
            Some(status) => {
                let stated = self.status.get_or_insert(Fact::new(status, place, Origin::Section));
                // A sign and its word are one: `⏳ in progress: …`.
                if stated.value == status && stated.span.end == place.start {
                    stated.span = stated.span.join(place);
                }
                true
            }
            None => false,
        }
    }

    /// Sets the priority, where a text is the word for one: `P1`, `High`.
    pub(super) fn set_priority(&mut self, words: &Lexicon, written: &str, place: Span) -> bool {
        let is_priority = fields::is_priority(words, written);
        if is_priority {
            self.priority.get_or_insert(Fact::new(written.trim().to_owned(), place, Origin::Section));
        }
        is_priority
    }

    /// Sets a state that an explanation may follow: `deployed (in the batch job)`.
    pub(super) fn set_status_with_remark(&mut self, words: &Lexicon, written: &str, place: Span) -> bool {
        let status = fields::status_with_remark(words, written);
        if let Some(status) = status {
            self.status.get_or_insert(Fact::new(status, place, Origin::Section));
        }
        status.is_some()
    }

    /// Sets the state that stands in a cell for tickets: `Done`, as a link or alone, `Bug 5551 TODO`, `#12 — done`.
    pub(super) fn set_status_beside_tracker(&mut self, words: &Lexicon, cell: &str, place: Span) {
        let last = cell.split_whitespace().next_back().unwrap_or_default();
        let is_shouted = last.chars().all(char::is_uppercase);
        let behind = first_of(cell, &[" — ", " – ", " - ", " ("]).and_then(|at| cell.get(at..));
        let behind = behind.map(|rest| rest.trim_matches([' ', '—', '–', '-', '(', ')']));
        let is_said =
            self.set_status(words, cell, place) || (is_shouted && self.set_status(words, last, place));
        if let Some(behind) = behind.filter(|_| !is_said) {
            self.set_status(words, behind, place);
        }
    }

    pub(super) fn add_tracker(&mut self, written: &str, place: Span) {
        if !written.is_empty()
            && self.trackers.len() < TRACKERS
            && self.trackers.iter().all(|tracker| tracker.value != written && !tracker.span.contains(place))
        {
            self.trackers.push(Fact::new(written.to_owned(), place, Origin::Section));
        }
    }

    /// The keys in a cell for the state whose words call them tickets: `done in PR #12`.
    pub(super) fn named_trackers(&mut self, words: &Lexicon, cell: &Inline) {
        for key in fields::keys(&cell.text) {
            let before = cell.text.get(..key.start).unwrap_or_default();
            let last = before.split_whitespace().next_back().unwrap_or_default();
            let written = cell.text.get(key.clone()).unwrap_or_default();
            if words.action_column(last) == Some(Column::Tracker) && !self.is_linked(written) {
                self.add_tracker(written, cell.source(key));
            }
        }
    }

    /// Keys and addresses anywhere in the text, and behind its links.
    pub(super) fn find_trackers(&mut self, context: &Context<'_>, text: &Inline) {
        let links: Vec<&Link> = text.links().into_iter().filter_map(|link| context.links.get(link)).collect();
        // A key that is a link is named by its address, which leads there without any configuration.
        let is_linked_key = |link: &Link| fields::keys(&link.text).len() == 1 && link.target.contains("://");
        for link in &links {
            if fields::is_tracker(&link.target) || is_linked_key(link) {
                self.add_tracker(&link.target, link.span);
            }
        }
        for address in fields::addresses(&text.text) {
            let written = text.text.get(address.clone()).unwrap_or_default();
            if fields::is_tracker(written) && !text.is_code_at(address.start) {
                self.add_tracker(written, text.source(address));
            }
        }
        for key in fields::keys(&text.text) {
            let written = text.text.get(key.clone()).unwrap_or_default().to_owned();
            let span = text.source(key.clone());
            if !text.is_code_at(key.start) && !self.is_linked(&written) {
                self.add_tracker(&written, span);
            }
        }
    }

    /// True for the text of a link that is a tracker already: `[#12](https://…/issues/12)`.
    pub(super) fn is_linked(&self, key: &str) -> bool {
        let number = key.rsplit(['#', '!']).next().unwrap_or(key);
        self.trackers.iter().any(|tracker| {
            tracker
                .value
                .strip_suffix(number)
                .is_some_and(|before| !before.ends_with(|c: char| c.is_ascii_digit()))
        })
    }
}

/// True for what stands where there is no action item.
pub(super) fn is_nothing(words: &Lexicon, text: &str) -> bool {
    let text = text.trim();
    let blank = text.strip_prefix("{{").and_then(|rest| rest.split_once("}}"));
    if blank.is_some_and(|(name, _)| name.split_whitespace().count() <= 1) {
        return true;
    }
    if text.starts_with("...") || text.starts_with('…') {
        return true;
    }
    let said = text.trim_end_matches('.');
    !said.chars().any(char::is_alphanumeric) || words.is_nothing(said)
}

/// True for a text behind whose last dash stands that it was done, and more: `Ask the forum - done: nobody answered`.
fn ends_done(words: &Lexicon, text: &str) -> bool {
    let behind = DASHES.iter().filter_map(|dash| Some(text.rfind(dash)? + dash.len())).max();
    let tail = behind.and_then(|at| text.get(at..)).unwrap_or_default();
    let first = tail.find([' ', ':', ',']).unwrap_or(tail.len());
    let (first, more) = tail.split_at(first);
    words.action_status(first) == Some(ActionStatus::Done)
        && (more.starts_with([':', ',']) || words.is_remark(more.trim_start()))
}
