//! One action item: what is to be done, and what its line says beside that.

use chrono::NaiveDate;

use super::{Context, fields};
use crate::{
    model::{ActionItem, ActionStatus, ActionType, Due, Fact, Link, Origin},
    parse::{
        inline::{Inline, one_line},
        locale::{ActionColumn as Column, Lexicon},
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
    pub(super) group: Option<String>,
}

impl Draft {
    /// Reads the text of an item. `None` when nothing is left that could be done.
    pub(super) fn item(mut self, context: &Context<'_>, text: &Inline, span: Span) -> Option<ActionItem> {
        let text = self.strip(context, text);
        self.find_trackers(context, &text);
        if self.status.is_none() && context.words.tells_what_was_done(&text.text) {
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
            markdown: text.markdown(context.document),
            title,
            owner: self.owner,
            kind: self.kind,
            priority: self.priority,
            status,
            due: self.due,
            opened: self.opened,
            closed: self.closed,
            trackers: self.trackers,
            evidence: self.evidence,
            group: self.group,
            internal: false,
            span,
            origin: Origin::Section,
        })
    }

    /// Takes everything off the ends of a text that is not the work itself.
    fn strip(&mut self, context: &Context<'_>, text: &Inline) -> Inline {
        let mut text = text.slice(0..text.text.len());
        if text.is_all(|style| style.struck) {
            self.status.get_or_insert(Fact::new(ActionStatus::Done, text.span, Origin::Section));
        }
        for _ in 0..8 {
            let next = self
                .front(context, &text)
                .or_else(|| self.brackets(context, &text))
                .or_else(|| self.behind_a_dash(context, &text))
                .or_else(|| self.code_handle(&text));
            match next {
                Some(next) => text = next,
                None => break,
            }
        }
        text
    }

    /// Signs, keys and handles in front: `✅`, `DONE:`, `SHOP-12:`, `@kim:`.
    fn front(&mut self, context: &Context<'_>, text: &Inline) -> Option<Inline> {
        let whole = text.text.as_str();
        let first = whole.chars().next()?;
        if !first.is_alphanumeric() && fields::status(context.words, &first.to_string()).is_some() {
            let end = whole.find(|c: char| c.is_alphanumeric() || c == '[' || c == '@')?;
            self.set_status(context.words, &first.to_string(), text.source(0..end));
            return Some(text.from(end));
        }
        if let Some(rest) = self.marked_front(context, text) {
            return Some(rest);
        }
        if let Some(inner) = whole.strip_prefix(['[', '(']) {
            let end = inner.find([']', ')'])? + 1;
            let word = whole.get(1..end)?;
            let behind = text.from(end + 1);
            if word == "x" || word == "X" || word.trim().is_empty() {
                let status = if word.trim().is_empty() { ActionStatus::Open } else { ActionStatus::Done };
                self.status.get_or_insert(Fact::new(status, text.source(0..end + 1), Origin::Section));
                return Some(behind);
            }
            if self.field(context, word, text.source(1..end)) {
                let cut = behind.text.trim_start_matches([':', '-', '–', ' ']).len();
                return Some(behind.from(behind.text.len() - cut));
            }
            return None;
        }
        let colon = whole.find([':', '：']).filter(|at| *at < 40)?;
        let head = whole.get(..colon)?;
        let behind = colon + whole.get(colon..)?.chars().next().map_or(1, char::len_utf8);
        let place = text.source(0..colon);
        let taken = match head.strip_prefix('@') {
            Some(handle) if !handle.is_empty() && !handle.contains(char::is_whitespace) => {
                self.owner.get_or_insert(Fact::new(head.to_owned(), place, Origin::Section));
                true
            }
            _ => {
                let is_key = fields::keys(head).iter().any(|key| key.start == 0 && key.end == head.len());
                if is_key {
                    self.add_tracker(head, place);
                }
                is_key
                    || (head.split_whitespace().count() <= 2 && self.set_status(context.words, head, place))
            }
        };
        (taken && !text.from(behind).is_blank()).then(|| text.from(behind))
    }

    /// Fields in brackets at the end: `(owner: voyage, due 2026-12, P1, SHOP-12)`. A sentence of explanation may follow
    /// when the brackets hold several fields; a single word in brackets is too often part of the text.
    fn brackets(&mut self, context: &Context<'_>, text: &Inline) -> Option<Inline> {
        let whole = text.text.trim_end().trim_end_matches('.');
        let close = whole.rfind([')', ']'])?;
        let open = whole.get(..close)?.rfind(if whole.ends_with(']') { '[' } else { '(' })?;
        let behind = whole.get(close + 1..)?;
        let inner = open + 1..close;
        let has_sentence = behind.starts_with(". ") && whole.get(inner.clone())?.contains([',', ';']);
        if !behind.is_empty() && !has_sentence {
            return None;
        }
        self.find_trackers(context, &text.slice(inner.clone()));
        let mut any = false;
        let mut all = true;
        let mut at = inner.start;
        for part in whole.get(inner)?.split([',', ';', '|', '·']) {
            let start = at + (part.len() - part.trim_start().len());
            at += part.len() + 1;
            let place = text.source(start..start + part.trim().len());
            let taken = self.field(context, part.trim(), place);
            any |= taken;
            all &= taken;
        }
        (any && all && open > 0).then(|| text.slice(0..open))
    }

    /// A state, an owner or a due day behind a dash, a full stop or a comma: `Add an alert - DONE`.
    fn behind_a_dash(&mut self, context: &Context<'_>, text: &Inline) -> Option<Inline> {
        let last = |mark: &'static str| Some((text.text.rfind(mark)?, mark));
        let mut marks: Vec<_> =
            [" - ", " – ", " — ", " -- ", ". ", ": ", ", "].into_iter().filter_map(last).collect();
        marks.sort_unstable();
        marks.into_iter().rev().find_map(|(at, mark)| self.tail(context, text, at, mark))
    }

    /// Takes what stands behind a mark off a text, when it is a field.
    fn tail(&mut self, context: &Context<'_>, text: &Inline, at: usize, mark: &str) -> Option<Inline> {
        let whole = text.text.as_str();
        let tail = whole.get(at + mark.len()..)?.trim();
        let start = whole.len() - whole.get(at + mark.len()..)?.trim_start().len();
        let place = text.source(start..whole.len());
        if tail.chars().count() > 60 || tail.is_empty() {
            return None;
        }
        let plain = mark.contains(['-', '–', '—']);
        let taken = self.keyed(context, tail, &place)
            || (plain && self.set_status(context.words, tail, place))
            || (plain && self.handle(tail, place))
            || (!plain
                && mark != ", "
                && (tail.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
                    || mark == ". " && fields::status(context.words, tail) == Some(ActionStatus::Done))
                && self.set_status(context.words, tail, place));
        taken.then(|| text.slice(0..at))
    }

    /// A handle that is written as code at the end: `` Cap the queue `@kim` ``.
    fn code_handle(&mut self, text: &Inline) -> Option<Inline> {
        let at = text.text.rfind('@').filter(|at| *at > 0 && text.is_code_at(*at))?;
        let handle = text.text.get(at..)?.trim_end();
        self.handle(handle, text.source(at..at + handle.len())).then(|| text.slice(0..at))
    }

    /// Reads one field by what it looks like; false when it is none.
    pub(super) fn field(&mut self, context: &Context<'_>, written: &str, place: Span) -> bool {
        let key = fields::keys(written).first().is_some_and(|key| *key == (0..written.len()));
        if key {
            if !self.is_linked(written) {
                self.add_tracker(written, place);
            }
            return true;
        }
        if fields::is_priority(context.words, written) {
            self.priority.get_or_insert(Fact::new(written.to_owned(), place, Origin::Section));
            return true;
        }
        if let Some(address) = fields::addresses(written).first()
            && *address == (0..written.len())
        {
            if fields::is_tracker(written) {
                self.add_tracker(written, place);
            }
            return true;
        }
        self.keyed(context, written, &place)
            || self.set_status(context.words, written, place)
            || self.handle(written, place)
    }

    fn handle(&mut self, written: &str, place: Span) -> bool {
        let is_handle = written.strip_prefix('@').is_some_and(|handle| {
            !handle.is_empty()
                && handle.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'))
        });
        if is_handle {
            self.owner.get_or_insert(Fact::new(written.to_owned(), place, Origin::Section));
        }
        is_handle
    }

    /// Reads a field with its name: `owner: kim`, `due 2026-12`, `closed: 2026-03-01`.
    fn keyed(&mut self, context: &Context<'_>, written: &str, place: &Span) -> bool {
        let Some(end) = written.find(|c: char| c == ':' || c == '=' || c.is_whitespace()) else {
            return false;
        };
        let (name, value) = written.split_at(end);
        let colon = value.trim_start().starts_with([':', '=']);
        let value = value.trim_start_matches([':', '=', ' ', '\u{a0}']).trim();
        let place = Span::new(place.end.saturating_sub(value.len()).max(place.start), place.end);
        let column = context.words.action_column(name);
        if value.is_empty() {
            // A named field that is still to be filled in says nothing, and is no part of the text.
            return colon && column.is_some();
        }
        // Without a colon only the words that cannot begin a sentence of their own.
        let clear = colon || context.words.is_bare(name);
        match column {
            Some(column) if clear => self.set(context, column, value, place),
            _ => false,
        }
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
            Column::Priority => {
                if !is_nothing(context.words, value) {
                    self.priority.get_or_insert(Fact::new(value.to_owned(), place, Origin::Section));
                }
                true
            }
            // A named state outweighs marks: an empty box and a struck text stand beside `status: wont-do`.
            Column::Status => match fields::status_with_remark(context.words, value) {
                Some(status) => {
                    self.status = Some(Fact::new(status, place, Origin::Section));
                    true
                }
                None => false,
            },
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
                self.status.get_or_insert(Fact::new(status, place, Origin::Section));
                true
            }
            None => false,
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
            if fields::is_tracker(written) {
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
    fn is_linked(&self, key: &str) -> bool {
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
    let lower = text.trim().trim_end_matches('.').to_lowercase();
    !lower.chars().any(char::is_alphanumeric) || words.is_nothing(&lower)
}
