//! What stands in front of an item's text beside the work: signs, states, owners, keys.

use super::{Context, ends::BRACKETS, fields, item::Draft};
use crate::{
    model::{ActionStatus, Fact, Origin},
    parse::{
        inline::Inline,
        locale::{ActionColumn as Column, is_handle},
    },
};

impl Draft {
    /// Signs, keys, names and handles in front: `✅`, `DONE:`, `SHOP-12:`, `@kim:`, `[Kim]`.
    pub(super) fn front(&mut self, context: &Context<'_>, text: &Inline) -> Option<Inline> {
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
                || self.names(context, head, place)
                || context.words.heads_the_list(head);
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
}

/// A text without the marks that stand between a field and the work.
fn without_marks(text: &Inline) -> Inline {
    let cut = text.text.trim_start_matches([':', '：', '-', '–', '—', ',', ' ']).len();
    text.from(text.text.len() - cut)
}
