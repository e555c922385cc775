//! Single fields: by what they look like, by their names, on lines of their own.

use super::{
    Context,
    fields::{self, BETWEEN},
    item::Draft,
};
use crate::{
    model::{ActionStatus, Due, Fact, Origin},
    parse::{
        inline::Inline,
        locale::{ActionColumn as Column, is_handle},
        times::{self, Stamp},
    },
    source::Span,
};

/// How many lines below an item may be its fields.
const LINES: usize = 12;
/// The longest day in words, with the word in front of it: `by 1 April 2026`.
const LONGEST_DAY: usize = 5;

impl Draft {
    /// Reads one field by what it looks like; false when it is none.
    pub(super) fn field(&mut self, context: &Context<'_>, written: &str, place: Span) -> bool {
        let key = fields::keys(written).first().is_some_and(|key| *key == (0..written.len()));
        if key {
            if !self.is_linked(written) {
                self.add_tracker(written, place);
            }
            return true;
        }
        if self.set_priority(context.words, written, place) {
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
            || self.done_on(context, written, place)
            || self.set_status(context.words, written, place)
            || self.handle(written, place)
    }

    /// Takes a text for the owner when it is nothing but names.
    pub(super) fn names(&mut self, context: &Context<'_>, written: &str, place: Span) -> bool {
        let are_names = context.words.are_names(written);
        if are_names {
            self.owner.get_or_insert(Fact::new(written.trim().to_owned(), place, Origin::Section));
        }
        are_names
    }

    /// Takes a word for what is finished, and the day behind it: `done 14 March`, `Completed: 2026-03-14`.
    fn done_on(&mut self, context: &Context<'_>, written: &str, place: Span) -> bool {
        let Some((word, rest)) = written.split_once([' ', ':', '：']) else { return false };
        if fields::status(context.words, word) != Some(ActionStatus::Done) {
            return false;
        }
        let mut draft = self.clone();
        let taken = draft.set_status(context.words, word, place)
            && draft.day(context, rest.trim_start_matches([':', '：', ' ']), place);
        if taken {
            *self = draft;
        }
        taken
    }

    /// Takes a word for what is finished, with a day behind a few more words: `completed as of 14 March 2026`.
    pub(super) fn done_as_of(&mut self, context: &Context<'_>, written: &str, place: Span) -> bool {
        let Some((word, rest)) = written.split_once([' ', ':']) else { return false };
        if !self.set_status(context.words, word, place) {
            return false;
        }
        let places = rest.match_indices(' ').map(|(at, _)| at + 1);
        let mut days = std::iter::once(0).chain(places.take(3)).filter_map(|at| rest.get(at..));
        days.any(|day| self.day(context, day, place));
        true
    }

    /// Takes a text that is a day for when the work is due, or for when it was done. One that may be another day is taken
    /// for neither.
    pub(super) fn day(&mut self, context: &Context<'_>, written: &str, place: Span) -> bool {
        if fields::is_unclear(context.order, written) {
            return true;
        }
        let stamp = times::whole(context.words, written).filter(Stamp::is_day_only);
        let Some(day) = stamp.and_then(|stamp| context.near.resolve(stamp.date?, context.order)) else {
            return false;
        };
        if self.status.as_ref().is_some_and(|status| status.value == ActionStatus::Done) {
            self.closed.get_or_insert(Fact::new(day, place, Origin::Section));
        } else {
            self.due.get_or_insert(Fact::new(Due::Day(day), place, Origin::Section));
        }
        true
    }

    pub(super) fn handle(&mut self, written: &str, place: Span) -> bool {
        let taken = is_handle(written);
        if taken {
            self.owner.get_or_insert(Fact::new(written.to_owned(), place, Origin::Section));
        }
        taken
    }

    /// Reads a field with its name: `owner: kim`, `due 2026-12`, `closed: 2026-03-01`, `assigned to Kim`.
    pub(super) fn keyed(&mut self, context: &Context<'_>, written: &str, place: &Span) -> bool {
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
        // Where the end is not written as it is read, all of it is the place.
        let end = Span::new(place.end.saturating_sub(value.len()).max(place.start), place.end);
        let is_written = context.document.get(end.start..end.end) == Some(value);
        let place = if is_written { end } else { *place };
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

    /// Reads the lines below the first that are fields, `Owner: Kim`, and gives the text without them.
    pub(super) fn field_lines(&mut self, context: &Context<'_>, text: &Inline) -> Inline {
        let mut text = text.slice(0..text.text.len());
        for _ in 0..LINES {
            let Some(at) = text.text.rfind('\n') else { break };
            if !self.field_line(context, &text.from(at + 1)) {
                break;
            }
            text = text.slice(0..at);
        }
        // Bold names may also follow on the line of the work: `Cap the queue **Owner:** Kim **Due:** 2026-04-01`.
        let starts = text.bold_starts();
        let mut behind = starts.into_iter().filter(|start| *start > 0);
        if let Some(start) = behind.find(|start| self.field_line(context, &text.from(*start))) {
            let work = text.text.get(..start).unwrap_or_default().trim_end_matches(is_between);
            text = text.slice(0..work.len());
        }
        text
    }

    /// Reads a line that is nothing but fields with their names, in bold or not: `**Owner:** Kim **Due:** 2026-04-01`.
    pub(super) fn field_line(&mut self, context: &Context<'_>, line: &Inline) -> bool {
        let mark = |c: char| matches!(c, ':' | '-' | '–' | '•' | '*' | ' ');
        let line = line.from(line.text.len() - line.text.trim_start_matches(mark).len());
        let is_named = line.text.split_once([':', '：']).is_some_and(|(name, _)| {
            context.words.action_column(name).is_some_and(|column| column != Column::Title)
        });
        if !is_named {
            return false;
        }
        let starts: Vec<usize> = line.bold_starts();
        if starts.len() > 1 && starts.first() == Some(&0) {
            let ends = starts.iter().skip(1).copied().chain([line.text.len()]);
            let mut any = false;
            for (start, end) in starts.iter().zip(ends) {
                let written = line.text.get(*start..end).unwrap_or_default();
                let piece = line.slice(*start..*start + written.trim_end_matches(is_between).len());
                any |= self.keyed(context, &piece.one_line(), &piece.span);
            }
            return any;
        }
        let has_several = fields::pieces(&line.text).len() > 1;
        has_several && self.all_fields(context, &line, 0..line.text.len())
            || self.field(context, &line.one_line(), line.span)
    }

    /// The day by which a sentence asks for the work: `Cap the queue by 2026-04-01`.
    pub(super) fn last_day(&mut self, context: &Context<'_>, text: &Inline) -> Option<Inline> {
        let whole = text.text.trim_end().trim_end_matches(['.', '。']);
        let words = whole.rmatch_indices(' ').map(|(at, _)| at).take(LONGEST_DAY);
        for at in words {
            let behind = whole.get(at + 1..)?;
            let Some((name, day)) = behind.split_once(' ') else { continue };
            if !context.words.is_bare(name) || context.words.action_column(name) != Some(Column::Due) {
                continue;
            }
            // A number alone may be anything: `by 10.5`.
            let is_clear = day.contains("20") || day.chars().any(char::is_alphabetic);
            if !is_clear
                || fields::is_unclear(context.order, day)
                || times::whole(context.words, day).is_none_or(|stamp| !stamp.is_day_only())
            {
                return None;
            }
            let start = at + 1 + name.len() + 1;
            let taken = self.day(context, day, text.source(start..whole.len()));
            return taken.then(|| text.slice(0..at));
        }
        None
    }
}

/// True for what stands between two fields, or between the work and the first of them.
fn is_between(c: char) -> bool {
    BETWEEN.contains(&c) || matches!(c, ' ' | '-' | '–' | '—')
}

#[cfg(test)]
mod tests {
    use crate::parse::actions::tests::items;

    #[test]
    fn lines_below_an_item_may_be_its_fields() {
        assert_eq!(
            items(
                "AI 1: Cap the queue\nOwner: Kim\nDue: 2026-04-01\n\n> **Test it**\n> Owner: Sam, Status: done\n"
            ),
            ["[open] Cap the queue | Kim | 2026-04-01", "[done] Test it | Sam"]
        );
        assert_eq!(
            items("**Cap the queue**\n: Owner: Kim\n\nThe docs of the queue must be\nupdated\n"),
            ["[open] Cap the queue | Kim", "[open] The docs of the queue must be updated"]
        );
    }

    #[test]
    fn fields_may_stand_in_a_list_or_on_one_line_below_the_item() {
        assert_eq!(
            items(
                "1. **Cap the queue**\n   - Owner: Kim\n   - Priority: P1\n2. **Test it**\n   - Status: complete\n"
            ),
            ["[open] Cap the queue | Kim | P1", "[done] Test it"]
        );
        assert_eq!(
            items(
                "### R1 – Cap the queue\n\n**Owner:** Kim **Due:** 2026-04-01\n\nIt grew.\n\n### R2 – Test it\n\n**Owner:** Sam | **Status:** done\n"
            ),
            ["[open] Cap the queue | Kim | 2026-04-01", "[done] Test it | Sam"]
        );
    }

    #[test]
    fn a_sentence_may_end_with_the_day_by_which_it_is_due() {
        assert_eq!(
            items(
                "- Kim: cap the queue by 2026-04-01\n- Test it by April 2nd, 2026\n- Cut it by 10.5\n- Sort it by date\n"
            ),
            [
                "[open] cap the queue | Kim | 2026-04-01",
                "[open] Test it | 2026-04-02",
                "[open] Cut it by 10.5",
                "[open] Sort it by date",
            ]
        );
    }

    #[test]
    fn a_field_may_go_on_behind_a_comment() {
        let text = "## Timeline\n\r\n## Action items\n-->title: x\n\
                    | ~(owner: x, P1)- タイムライン\t<!-- internal -->\t1. ";
        let items = crate::parse::tests::read("search.md", text).postmortem.actions;
        let places: Vec<_> = items.iter().filter_map(|item| Some(item.owner.as_ref()?.span)).collect();
        assert_eq!(places.len(), 1, "{items:#?}");
        assert!(places.iter().all(|place| text.get(place.start..place.end).is_some()), "{places:?}");
    }
}
