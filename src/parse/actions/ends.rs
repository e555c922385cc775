//! What stands at the ends of an item's text beside the work: signs, states, owners, days, keys.

use super::{Context, fields, item::Draft, owners};
use crate::{
    model::{ActionStatus, Fact, Origin},
    parse::{
        inline::Inline,
        locale::{ActionColumn as Column, is_handle},
    },
    source::Span,
};

/// The longest text behind a mark that may be a field, in characters.
const TAIL: usize = 80;
/// Brackets that may hold fields.
const BRACKETS: [(char, char); 5] = [('(', ')'), ('[', ']'), ('（', '）'), ('【', '】'), ('［', '］')];
/// What stands between two fields.
const BETWEEN: [char; 8] = [',', ';', '|', '·', '、', '，', '；', '。'];

impl Draft {
    /// Takes everything off the ends of a text that is not the work itself.
    pub(super) fn strip(&mut self, context: &Context<'_>, text: &Inline) -> Inline {
        let mut text = text.slice(0..text.text.len());
        if text.is_all(|style| style.struck) {
            self.status.get_or_insert(Fact::new(ActionStatus::Done, text.span, Origin::Section));
        }
        if let Some((owner, rest)) = owners::in_front(self.habit, &text) {
            let place = text.source(owner.clone());
            self.owner.get_or_insert(Fact::new(
                text.text.get(owner).unwrap_or_default().to_owned(),
                place,
                Origin::Section,
            ));
            text = text.from(rest);
        }
        for _ in 0..8 {
            let next = self
                .front(context, &text)
                .or_else(|| self.brackets(context, &text))
                .or_else(|| self.behind_a_mark(context, &text))
                .or_else(|| self.last_handle(&text));
            match next {
                Some(next) => text = next,
                None => break,
            }
        }
        if self.owner.is_none()
            && let Some(end) = context.words.who_shall(&text.text)
        {
            let name = text.text.get(..end).unwrap_or_default().to_owned();
            self.owner = Some(Fact::new(name, text.source(0..end), Origin::Section));
        }
        text
    }

    /// Signs, keys, names and handles in front: `✅`, `DONE:`, `SHOP-12:`, `@kim:`, `[Kim]`.
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
        if let Some((_, close)) = BRACKETS.iter().find(|(open, _)| *open == first) {
            return self.bracketed_front(context, text, (first, *close));
        }
        self.handles_front(text).or_else(|| self.labelled_front(context, text))
    }

    /// A field in brackets in front: `[x]`, `[Kim]`, `(in progress)`, `【対応済】`.
    fn bracketed_front(
        &mut self,
        context: &Context<'_>,
        text: &Inline,
        (open, close): (char, char),
    ) -> Option<Inline> {
        let whole = text.text.as_str();
        let start = open.len_utf8();
        let end = start + whole.get(start..)?.find(close)?;
        let word = whole.get(start..end)?;
        let behind = text.from(end + close.len_utf8());
        if matches!(word, "x" | "X" | "*" | "✓" | "✔" | "√") || word.trim().is_empty() {
            let status = if word.trim().is_empty() { ActionStatus::Open } else { ActionStatus::Done };
            self.status.get_or_insert(Fact::new(
                status,
                text.source(0..end + close.len_utf8()),
                Origin::Section,
            ));
            return Some(behind);
        }
        if self.field(context, word.trim(), text.source(start..end))
            || self.names(context, word, text.source(start..end))
        {
            return Some(without_marks(&behind));
        }
        None
    }

    /// Handles in front: `@kim and @sam: raise the limit`.
    fn handles_front(&mut self, text: &Inline) -> Option<Inline> {
        let whole = text.text.as_str();
        if !whole.starts_with('@') {
            return None;
        }
        let is_mark = |word: &str| matches!(word, "and" | "&" | "+" | "/" | "," | "-" | "–" | "—");
        let mut end = 0;
        let mut at = 0;
        for word in whole.split_inclusive(char::is_whitespace) {
            let plain = word.trim_end().trim_end_matches([':', ',']);
            if is_handle(plain) {
                end = at + word.trim_end().trim_end_matches([':', ',']).len();
            } else if !is_mark(plain) {
                break;
            }
            at += word.len();
        }
        let behind = without_marks(&text.from(end));
        if end == 0 || behind.is_blank() {
            return None;
        }
        let owner = whole.get(..end).unwrap_or_default().to_owned();
        self.owner.get_or_insert(Fact::new(owner, text.source(0..end), Origin::Section));
        Some(behind)
    }

    /// What stands in front of a colon or a dash: `SHOP-12: …`, `DONE: …`, `Kim: …`, `Kim - …`.
    fn labelled_front(&mut self, context: &Context<'_>, text: &Inline) -> Option<Inline> {
        const LONGEST: usize = 60;
        let whole = text.text.as_str();
        let colon = [":", "："].iter().filter_map(|mark| Some((whole.find(mark)?, mark.len()))).min();
        let dash =
            [" - ", " – ", " — "].iter().filter_map(|mark| Some((whole.find(mark)?, mark.len()))).min();
        let cut = |mark: Option<(usize, usize)>| mark.filter(|(at, _)| *at < LONGEST);
        if let Some((colon, length)) = cut(colon) {
            let head = whole.get(..colon)?;
            let place = text.source(0..colon);
            let is_key = fields::keys(head).iter().any(|key| key.start == 0 && key.end == head.len());
            if is_key {
                self.add_tracker(head, place);
            }
            let taken = is_key
                || (head.split_whitespace().count() <= 2 && self.set_status(context.words, head, place))
                || self.names(context, head, place);
            if taken && !text.from(colon + length).is_blank() {
                return Some(text.from(colon + length));
            }
            if context.words.action_column(head) == Some(Column::Owner) {
                return self.named_owner(text, colon + length);
            }
        }
        let (dash, length) = cut(dash)?;
        let head = whole.get(..dash)?;
        self.names(context, head, text.source(0..dash)).then(|| text.from(dash + length))
    }

    /// The owner of `Owner: Kim. Raise the limit`.
    fn named_owner(&mut self, text: &Inline, from: usize) -> Option<Inline> {
        let rest = text.text.get(from..)?;
        let (at, length) = [". ", " - ", " – ", " — ", "; ", "\n", "。", "、"]
            .iter()
            .filter_map(|mark| Some((rest.find(mark)?, mark.len())))
            .min()?;
        let owner = rest.get(..at)?.trim();
        let behind = text.from(from + at + length);
        if owner.is_empty() || owner.split_whitespace().count() > 4 || behind.is_blank() {
            return None;
        }
        self.owner.get_or_insert(Fact::new(owner.to_owned(), text.source(from..from + at), Origin::Section));
        Some(behind)
    }

    /// Fields in brackets at the end: `(owner: voyage, due 2026-12, P1, SHOP-12)`. A sentence of explanation may follow
    /// when the brackets hold several fields; a single word in brackets is too often part of the text.
    fn brackets(&mut self, context: &Context<'_>, text: &Inline) -> Option<Inline> {
        let whole = text.text.trim_end().trim_end_matches(['.', '。']);
        let (close, (opening, closing)) = BRACKETS
            .iter()
            .filter_map(|pair| Some((whole.rfind(pair.1)?, *pair)))
            .max_by_key(|(at, _)| *at)?;
        let open = whole.get(..close)?.rfind(opening)?;
        let behind = whole.get(close + closing.len_utf8()..)?;
        let inner = open + opening.len_utf8()..close;
        let has_sentence = behind.starts_with(". ") && whole.get(inner.clone())?.contains([',', ';']);
        if open == 0 || (!behind.is_empty() && !has_sentence) {
            return None;
        }
        let place = text.source(inner.clone());
        let taken =
            self.names(context, whole.get(inner.clone())?, place) || self.all_fields(context, text, inner);
        taken.then(|| text.slice(0..open))
    }

    /// Reads a part of a text that is nothing but fields; nothing is read when anything else is in it.
    fn all_fields(&mut self, context: &Context<'_>, text: &Inline, part: std::ops::Range<usize>) -> bool {
        let Some(written) = text.text.get(part.clone()) else { return false };
        let mut draft = self.clone();
        let mut at = part.start;
        let mut any = false;
        for piece in written.split(BETWEEN) {
            let start = at + (piece.len() - piece.trim_start().len());
            at += piece.len();
            at += text.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            let piece = piece.trim();
            if piece.is_empty() {
                continue;
            }
            let place = text.source(start..start + piece.len());
            if !draft.field(context, piece, place) && !draft.names(context, piece, place) {
                return false;
            }
            any = true;
        }
        if any {
            *self = draft;
        }
        any
    }

    /// A state, an owner or a due day behind a dash, a full stop or a comma: `Add an alert - DONE`.
    fn behind_a_mark(&mut self, context: &Context<'_>, text: &Inline) -> Option<Inline> {
        const MARKS: [&str; 12] =
            [" - ", " – ", " — ", " -- ", " → ", " => ", " | ", ". ", ": ", ", ", "。", "、"];
        let whole = text.text.as_str();
        // Only the last of each: what stands in front of it is the work.
        let mut seen: Vec<&str> = Vec::new();
        let begins = |(_, letter): &(usize, char)| matches!(letter, ' ' | '.' | ':' | ',' | '。' | '、');
        for (at, _) in whole.char_indices().rev().filter(begins) {
            let behind = whole.get(at..).unwrap_or_default();
            let Some(mark) = MARKS.into_iter().find(|mark| behind.starts_with(mark)) else { continue };
            if seen.contains(&mark) {
                continue;
            }
            if let Some(rest) = self.tail(context, text, at, mark) {
                return Some(rest);
            }
            seen.push(mark);
        }
        None
    }

    /// Takes what stands behind a mark off a text, when it is a field.
    fn tail(&mut self, context: &Context<'_>, text: &Inline, at: usize, mark: &str) -> Option<Inline> {
        let whole = text.text.as_str();
        let tail = whole.get(at + mark.len()..)?.trim().trim_end_matches(['.', '。']);
        let start = at
            + mark.len()
            + (whole.get(at + mark.len()..)?.len() - whole.get(at + mark.len()..)?.trim_start().len());
        let place = text.source(start..start + tail.len());
        if tail.chars().count() > TAIL || tail.is_empty() || text.slice(0..at).is_blank() {
            return None;
        }
        let is_dash = mark.contains(['-', '–', '—', '→', '=', '|']);
        let shouted = || tail.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
        let done = || mark == ". " && fields::status(context.words, tail) == Some(ActionStatus::Done);
        let taken = self.keyed(context, tail, &place)
            || (is_dash
                && (self.set_status_with_remark(context.words, tail, place)
                    || self.handle(tail, place)
                    || self.names(context, tail, place)
                    || self.all_fields(context, text, start..start + tail.len())))
            || (!is_dash
                && mark != ", "
                && (shouted() || done())
                && self.set_status(context.words, tail, place));
        taken.then(|| text.slice(0..at))
    }

    /// Handles at the end: `` Cap the queue `@kim` ``, `Cap the queue @kim @sam`.
    fn last_handle(&mut self, text: &Inline) -> Option<Inline> {
        let whole = text.text.trim_end().trim_end_matches('.');
        let mut at = whole.len();
        for word in whole.rsplit(char::is_whitespace) {
            if !is_handle(word.trim_end_matches([',', '&'])) {
                break;
            }
            at -= word.len();
            at -= whole.get(..at)?.len() - whole.get(..at)?.trim_end().len();
        }
        let start = at + (whole.get(at..)?.len() - whole.get(at..)?.trim_start().len());
        // "Ask @kim" needs its last word.
        if start >= whole.len()
            || at == 0
            || (whole.is_ascii() && whole.get(..at)?.split_whitespace().count() < 2)
        {
            return None;
        }
        let last = whole.get(..at)?.rsplit(char::is_whitespace).next()?;
        let belongs =
            last.chars().all(char::is_lowercase) && last.chars().count() <= 4 && !text.is_code_at(start);
        if belongs {
            return None;
        }
        self.owner.get_or_insert(Fact::new(
            whole.get(start..)?.to_owned(),
            text.source(start..whole.len()),
            Origin::Section,
        ));
        Some(text.slice(0..at))
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

    /// Takes a text for the owner when it is nothing but names.
    fn names(&mut self, context: &Context<'_>, written: &str, place: Span) -> bool {
        let are_names = context.words.are_names(written);
        if are_names {
            self.owner.get_or_insert(Fact::new(written.trim().to_owned(), place, Origin::Section));
        }
        are_names
    }

    fn handle(&mut self, written: &str, place: Span) -> bool {
        let taken = is_handle(written);
        if taken {
            self.owner.get_or_insert(Fact::new(written.to_owned(), place, Origin::Section));
        }
        taken
    }

    /// Reads a field with its name: `owner: kim`, `due 2026-12`, `closed: 2026-03-01`, `assigned to Kim`.
    fn keyed(&mut self, context: &Context<'_>, written: &str, place: &Span) -> bool {
        let colon = written.find([':', '：', '=']);
        let blank = || written.find(char::is_whitespace);
        let second = || {
            let first = blank()?;
            Some(first + 1 + written.get(first + 1..)?.find(char::is_whitespace)?)
        };
        // Without a colon only the words that cannot begin a sentence of their own.
        let bare = || {
            [second(), blank()]
                .into_iter()
                .flatten()
                .find(|end| written.get(..*end).is_some_and(|name| context.words.is_bare(name)))
        };
        let named = colon.filter(|end| {
            written.get(..*end).is_some_and(|name| context.words.action_column(name).is_some())
        });
        let Some(end) = named.or_else(bare) else { return false };
        let (name, value) = written.split_at(end);
        let value = value.trim_start_matches([':', '：', '=', ' ', '\u{a0}', '　']).trim();
        let value = value.trim_end_matches('。');
        if value.is_empty() {
            // A named field that is still to be filled in says nothing, and is no part of the text.
            return named.is_some();
        }
        let Some(column) = context.words.action_column(name) else { return false };
        let place = Span::new(place.end.saturating_sub(value.len()).max(place.start), place.end);
        // `担当: kim、期限: 2026-12` is two fields.
        if column == Column::Owner
            && let Some(at) = value.find(['、', '，', ';', '；', '。'])
            && let Some(rest) = value.get(at..)
            && rest.contains([':', '：'])
        {
            let rest = rest.trim_start_matches(['、', '，', ';', '；', '。', ' ']);
            let rest = rest.split(['。', '、', ';']).next().unwrap_or(rest).trim();
            if self.keyed(context, rest, &place) {
                return self.set(context, column, value.get(..at).unwrap_or(value), place);
            }
        }
        self.set(context, column, value, place)
    }
}

/// A text without the marks that stand between a field and the work.
fn without_marks(text: &Inline) -> Inline {
    let cut = text.text.trim_start_matches([':', '：', '-', '–', '—', ',', ' ']).len();
    text.from(text.text.len() - cut)
}
