//! What stands in front of an item's text beside the work: signs, states, owners, keys.

use super::{Context, ends::BRACKETS, fields, item::Draft};
use crate::{
    model::{Fact, Origin},
    parse::{
        inline::Inline,
        locale::{ActionColumn as Column, Lexicon, is_handle},
        text::{DASHES, first_mark},
    },
    source::{Span, floor_boundary},
};

impl Draft {
    /// Signs, keys, names and handles in front: `✅`, `DONE:`, `SHOP-12:`, `@kim:`, `[Kim]`.
    pub(super) fn front(&mut self, context: &Context<'_>, text: &Inline) -> Option<Inline> {
        let whole = text.text.as_str();
        let first = whole.chars().next()?;
        if first.is_ascii_digit() {
            return numbering(whole).map(|end| text.from(end));
        }
        if let Some((id, end)) = own_id(context.words, whole).filter(|_| self.id.is_none()) {
            self.id = whole.get(..id).map(str::to_owned);
            return Some(without_marks(&text.from(end)));
        }
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
        let handles = self.handles_front(text);
        handles.or_else(|| self.bold_front(context, text)).or_else(|| self.labelled_front(context, text))
    }

    /// A name in bold type in front of what is asked for: `**Kim** Raise the limit`.
    fn bold_front(&mut self, context: &Context<'_>, text: &Inline) -> Option<Inline> {
        let end = text.bold_lead()?;
        let name = text.text.get(..end)?;
        let work = text.text.get(end..)?.strip_prefix(' ')?;
        let is_asked = work.starts_with(char::is_uppercase) && context.words.asks_for_work(work);
        (is_asked && self.names(context, name, text.source(0..end))).then(|| text.from(end + 1))
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
        if let Some(status) = fields::box_status(word) {
            self.status.get_or_insert(Fact::new(
                status,
                text.source(0..end + close.len_utf8()),
                Origin::Section,
            ));
            return Some(behind);
        }
        if self.field(context, word.trim(), text.source(start..end))
            || self.names(context, word, text.source(start..end))
            || self.is_stated(context, word, text.source(start..end))
            || is_inline_field(word)
        {
            return Some(without_marks(&behind));
        }
        None
    }

    /// A name that the document states as that of an owner elsewhere.
    fn is_stated(&mut self, context: &Context<'_>, word: &str, place: Span) -> bool {
        let is_owner = context.stated.include(word);
        if is_owner {
            self.owner.get_or_insert(Fact::new(word.trim().to_owned(), place, Origin::Section));
        }
        is_owner
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
        let near = whole.get(..floor_boundary(whole, LONGEST + " — ".len())).unwrap_or_default();
        let cut = |marks: &[&'static str]| first_mark(near, marks).filter(|(at, _)| *at < LONGEST);
        if let Some((colon, mark)) = cut(&[":", "："]) {
            let length = mark.len();
            let head = whole.get(..colon)?;
            let place = text.source(0..colon);
            let is_key = fields::keys(head).iter().any(|key| key.start == 0 && key.end == head.len());
            if is_key {
                self.add_tracker(head, place);
            }
            let is_priority = self.set_priority(context.words, head, place);
            // Beside other fields with their names, that of the work only says that it is the work: `What: … Who: …`.
            let names_the_work = || {
                (self.owner.is_some() || self.due.is_some())
                    && context.words.action_column(head) == Some(Column::Title)
            };
            let taken = is_key
                || is_priority
                || names_the_work()
                || (head.split_whitespace().count() <= 2 && self.set_status(context.words, head, place))
                || self.assigned_status(context, head, place)
                || !is_field_of_work(context.words, head) && self.names(context, head, place)
                || context.words.heads_the_list(head);
            if taken && !text.from(colon + length).is_blank() {
                return Some(text.from(colon + length));
            }
            if context.words.action_column(head) == Some(Column::Owner) {
                return self.named_owner(text, colon + length);
            }
        }
        let (dash, mark) = cut(&DASHES)?;
        let head = whole.get(..dash)?;
        self.names(context, head, text.source(0..dash)).then(|| text.from(dash + mark.len()))
    }

    /// A state and who it was given to: `TODO(kim)`.
    fn assigned_status(&mut self, context: &Context<'_>, head: &str, place: Span) -> bool {
        let Some((status, name)) = head.strip_suffix(')').and_then(|head| head.split_once('(')) else {
            return false;
        };
        let is_name = !name.is_empty()
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '@' | '-' | '_' | '.'));
        let taken = is_name && self.set_status(context.words, status, place);
        if taken {
            self.owner.get_or_insert(Fact::new(name.to_owned(), place, Origin::Section));
        }
        taken
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

/// True for a field as note-taking programs write them into a text, `size:: M`, whatever its name.
pub(super) fn is_inline_field(text: &str) -> bool {
    let is_name = |name: &str| {
        let name = name.trim();
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '))
    };
    // The path of a type, `std::sync`, has no space in it.
    text.split_once(":: ").is_some_and(|(name, value)| is_name(name) && !value.trim().is_empty())
}

/// True for the name of a field of work, which may look like that of a team: `Secret management: rotate the keys`.
fn is_field_of_work(words: &Lexicon, name: &str) -> bool {
    let mut names = name.split_whitespace();
    names.next_back().is_some_and(|last| words.is_theme(last)) && names.next().is_some()
}

/// The length of a number that Markdown takes for text: `7.1. `, `2) `.
fn numbering(text: &str) -> Option<usize> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ')')?;
    let (number, behind) = text.split_at_checked(digits)?;
    let levels = number.trim_end_matches(['.', ')']);
    let is_number =
        levels.len() < number.len() && levels.split('.').all(|level| (1..=2).contains(&level.len()));
    let work = behind.strip_prefix(' ')?.trim_start();
    (is_number && work.starts_with(char::is_alphabetic)).then_some(text.len() - work.len())
}

/// The name that an item gives itself, `AI-3: `, `AI 3: `: its length, and where the work behind it begins.
fn own_id(words: &Lexicon, text: &str) -> Option<(usize, usize)> {
    const LETTERS: usize = 6;
    let letters = text.find(|c: char| !c.is_ascii_alphabetic()).filter(|end| (1..=LETTERS).contains(end))?;
    let (prefix, rest) = text.split_at_checked(letters)?;
    let number = rest.strip_prefix(['-', ' ', '#']).unwrap_or(rest);
    let behind = number.trim_start_matches(|c: char| c.is_ascii_digit());
    if behind.len() == number.len() || words.action_column(prefix) != Some(Column::Id) {
        return None;
    }
    let work = behind.trim_start_matches([':', '.', ')', '-', '–', '—', ' ']);
    // `No 5 servers` is a sentence.
    let is_marked = rest.starts_with('-') || behind.starts_with([':', '.', ')']);
    (is_marked && work.len() < behind.len() && !work.is_empty())
        .then_some((text.len() - behind.len(), text.len() - work.len()))
}

/// A text without the marks that stand between a field and the work.
fn without_marks(text: &Inline) -> Inline {
    let cut = text.text.trim_start_matches([':', '：', '-', '–', '—', ',', ' ']).len();
    text.from(text.text.len() - cut)
}

#[cfg(test)]
mod tests {
    use crate::parse::actions::tests::items;

    #[test]
    fn numbers_and_names_of_items_are_no_part_of_the_work() {
        assert_eq!(
            items("**1. Cap the queue** — Kim\n\n7.2. Test it soon\n\nAI-3: Move the index\n"),
            ["[open] Cap the queue | Kim", "[open] Test it soon", "[open] Move the index"]
        );
        assert_eq!(
            items("- **AI-1** Cap it\n- No 5 servers\n- 5 servers\n"),
            ["[open] Cap it", "[open] No 5 servers", "[open] 5 servers"]
        );
    }

    #[test]
    fn a_field_of_work_is_no_team() {
        assert_eq!(
            items("- Secret management: rotate the keys\n- Management: decide on it\n"),
            ["[open] Secret management: rotate the keys", "[open] decide on it | Management"]
        );
    }

    #[test]
    fn fields_in_brackets_with_two_colons_are_no_part_of_the_work() {
        assert_eq!(
            items(
                "- [ ] \\[due:: 2026-04-01] \\[size:: M] \\[owner:: Robin] Cap the queue\n- [ ] Test it [owner:: Kim] [size:: S]\n"
            ),
            ["[open] Cap the queue | Robin | 2026-04-01", "[open] Test it | Kim"]
        );
        assert_eq!(items("- [std::sync] Drop the lock\n"), ["[open] [std::sync] Drop the lock"]);
    }

    #[test]
    fn a_name_in_bold_type_in_front_of_work_is_that_of_its_owner() {
        assert_eq!(
            items("**Robert** Turn on the limit\n\n**Alex** Test it\n\n**Search** Move the index\n"),
            ["[open] Turn on the limit | Robert", "[open] Test it | Alex", "[open] Search Move the index"]
        );
        assert_eq!(
            items("- Write a page on it (ROBERT) [How to restore](https://example.org/restore)\n"),
            ["[open] Write a page on it (ROBERT) How to restore | ROBERT"]
        );
    }

    #[test]
    fn a_box_may_have_more_than_two_states() {
        assert_eq!(
            items("- [x] Add nodes\n- [ ] Cap it\n- [~] Test it\n- [/] Page on lag\n- [-] Move it\n"),
            [
                "[done] Add nodes",
                "[open] Cap it",
                "[in-progress] Test it",
                "[in-progress] Page on lag",
                "[wont-do] Move it"
            ]
        );
    }

    #[test]
    fn a_priority_or_a_state_with_a_name_may_stand_in_front() {
        assert_eq!(
            items(
                "- P3: cap the queue\n- TODO(kim): test it\n- DONE(@sam): move it\n- What: drop it. Who: Kim. When: 2026-04-01\n"
            ),
            [
                "[open] cap the queue | P3",
                "[open] test it | kim",
                "[done] move it | @sam",
                "[open] drop it | Kim | 2026-04-01"
            ]
        );
    }
}
