//! What stands at the ends of an item's text beside the work: signs, states, owners, days, keys.

use super::{Context, fields, front::is_inline_field, item::Draft, owners};
use crate::{
    model::{ActionStatus, Fact, Origin},
    parse::{
        inline::Inline,
        locale::{Lexicon, is_handle},
    },
};

/// The longest text behind a mark that may be a field, in characters without those of addresses.
const TAIL: usize = 80;
/// Brackets that may hold fields.
pub(super) const BRACKETS: [(char, char); 5] =
    [('(', ')'), ('[', ']'), ('（', '）'), ('【', '】'), ('［', '］')];

impl Draft {
    /// Takes everything off the ends of a text that is not the work itself.
    pub(super) fn strip(&mut self, context: &Context<'_>, text: &Inline) -> Inline {
        let mut text = text.slice(0..text.text.len());
        if text.is_all(|style| style.struck) {
            self.status.get_or_insert(Fact::new(ActionStatus::Done, text.span, Origin::Section));
        }
        if let Some((owner, rest)) = owners::in_front(self.group.habit, &text) {
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
                .or_else(|| self.last_handle(&text))
                .or_else(|| self.last_day(context, &text));
            match next {
                Some(next) => text = next,
                None => break,
            }
        }
        // What stands behind struck words says more about work that is done.
        if text.is_all(|style| style.struck) {
            self.status.get_or_insert(Fact::new(ActionStatus::Done, text.span, Origin::Section));
        }
        if self.owner.is_none()
            && let Some((owner, end)) = owners::behind(context, self.group.habit, &text)
        {
            let name = text.text.get(owner.clone()).unwrap_or_default().to_owned();
            self.owner = Some(Fact::new(name, text.source(owner), Origin::Section));
            text = text.slice(0..end);
        }
        let who_shall = || {
            let first = context.words.who_shall(&text.text).map(|end| 0..end);
            first.or_else(|| owners::behind_a_mark(context.words, &text.text))
        };
        if self.owner.is_none()
            && let Some(names) = who_shall()
        {
            let name = text.text.get(names.clone()).unwrap_or_default().to_owned();
            self.owner = Some(Fact::new(name, text.source(names), Origin::Section));
        }
        text
    }

    /// Fields in brackets at the end: `(owner: voyage, due 2026-12, P1, SHOP-12)`. A sentence of explanation may follow
    /// when the brackets hold several fields; a single word in brackets is too often part of the text.
    pub(super) fn brackets(&mut self, context: &Context<'_>, text: &Inline) -> Option<Inline> {
        let whole = text.text.trim_end().trim_end_matches(['.', '。']);
        // Those behind the first two are no ASCII.
        let known = if whole.is_ascii() { 2 } else { BRACKETS.len() };
        let (close, (opening, closing)) = BRACKETS
            .iter()
            .take(known)
            .filter_map(|pair| Some((whole.rfind(pair.1)?, *pair)))
            .max_by_key(|(at, _)| *at)?;
        let open = whole.get(..close)?.rfind(opening)?;
        let behind = whole.get(close + closing.len_utf8()..)?;
        let inner = open + opening.len_utf8()..close;
        let has_sentence = behind.starts_with(". ") && whole.get(inner.clone())?.contains([',', ';']);
        let place = text.source(inner.clone());
        // A link behind the name stays with the work.
        if text.from(inner.end + closing.len_utf8()).is_all(|style| style.link.is_some()) && !is_key(behind) {
            self.names(context, whole.get(inner)?, place);
            return None;
        }
        if open == 0 || (!behind.is_empty() && !has_sentence && !is_key(behind)) {
            return None;
        }
        let taken = self.names(context, whole.get(inner.clone())?, place)
            || self.all_fields(context, text, inner.clone())
            || opening == '[' && self.type_of_work(context, text, inner.clone())
            || is_inline_field(whole.get(inner.clone())?);
        if !taken {
            self.first_name(context, text, inner);
            return None;
        }
        Some(text.slice(0..open))
    }

    /// What the work is for: `Cap the queue [prevent]`.
    fn type_of_work(&mut self, context: &Context<'_>, text: &Inline, inner: std::ops::Range<usize>) -> bool {
        let written = text.text.get(inner.clone()).unwrap_or_default();
        let kind = context.words.action_type(written);
        if let Some(kind) = kind {
            self.kind.get_or_insert(Fact::new(kind, text.source(inner), Origin::Section));
        }
        kind.is_some()
    }

    /// The name that brackets begin with which go on to say more: `(Kim, by Friday)`. They stay.
    fn first_name(&mut self, context: &Context<'_>, text: &Inline, inner: std::ops::Range<usize>) {
        const MORE: usize = 3;
        let written = text.text.get(inner.clone()).unwrap_or_default();
        if let Some((name, more)) = written.split_once(", ")
            && more.split_whitespace().count() <= MORE
        {
            self.names(context, name, text.source(inner.start..inner.start + name.len()));
        }
    }

    /// Reads a part of a text that is nothing but fields; nothing is read when anything else is in it.
    pub(super) fn all_fields(
        &mut self,
        context: &Context<'_>,
        text: &Inline,
        part: std::ops::Range<usize>,
    ) -> bool {
        let Some(written) = text.text.get(part.clone()) else { return false };
        let mut draft = self.clone();
        let mut any = false;
        for piece in fields::pieces(written) {
            let start = part.start + piece.start;
            let piece = written.get(piece).unwrap_or_default();
            let place = text.source(start..start + piece.len());
            let is_field = draft.field(context, piece, place) || draft.names(context, piece, place);
            // A lone day may be any: it is a field beside others.
            if !is_field && !draft.day(context, piece, place) {
                return false;
            }
            any |= is_field;
        }
        if any {
            *self = draft;
        }
        any
    }

    /// A state, an owner or a due day behind a dash, a full stop or a comma: `Add an alert - DONE`.
    fn behind_a_mark(&mut self, context: &Context<'_>, text: &Inline) -> Option<Inline> {
        const MARKS: [&str; 15] = [
            " : ", " - ", " – ", " — ", " -- ", " → ", " -> ", " => ", " | ", ". ", ": ", ", ", "; ", "。",
            "、",
        ];
        let whole = text.text.as_str();
        // Only the last of each: what stands in front of it is the work.
        let mut seen: Vec<&str> = Vec::new();
        let next = |at: usize| whole.as_bytes().get(at + 1);
        let begins = |(at, letter): &(usize, char)| match letter {
            // Most spaces have a letter behind them, and those of the marks a sign.
            ' ' => next(*at).is_some_and(|next| !next.is_ascii_alphanumeric()),
            '.' | ':' | ',' | ';' => next(*at) == Some(&b' '),
            '。' | '、' => true,
            _ => false,
        };
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
        let is_long = || {
            let words = tail.split_whitespace().filter(|word| !word.contains("://"));
            words.map(|word| word.chars().count() + 1).sum::<usize>() > TAIL
        };
        if tail.is_empty() || (tail.len() > TAIL && is_long()) || text.slice(0..at).is_blank() {
            return None;
        }
        let is_dash = mark == " : " || mark.contains(['-', '–', '—', '→', '=', '|']);
        let shouted = || tail.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
        let done = || match mark {
            ". " => fields::status(context.words, tail) == Some(ActionStatus::Done),
            "; " => says_done(context.words, tail),
            _ => false,
        };
        let taken = self.keyed(context, tail, &place)
            || (is_dash
                && (self.set_status_with_remark(context.words, tail, place)
                    || self.handle(tail, place)
                    || self.names(context, tail, place)
                    || (!fields::is_unclear(context.order, tail) && self.day(context, tail, place))
                    || self.all_fields(context, text, start..start + tail.len())))
            || (!is_dash
                && mark != ", "
                && ((mark != "; " && shouted()) || done())
                && (self.done_as_of(context, tail, place) || self.set_status(context.words, tail, place)));
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
}

/// True for the key of a ticket and nothing else, which is known already: `Cap the queue (Kim) SHOP-12`.
fn is_key(behind: &str) -> bool {
    let behind = behind.trim();
    fields::keys(behind).first().is_some_and(|key| *key == (0..behind.len()))
}

/// True for a word for what is finished, alone or with a day: `completed as of 14 March 2026`.
fn says_done(words: &Lexicon, tail: &str) -> bool {
    let first = tail.split([' ', ':']).next().unwrap_or_default();
    fields::status(words, first) == Some(ActionStatus::Done)
        && (first.len() == tail.len() || tail.ends_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use crate::parse::tests::read;

    /// The items as `title | state | owner | due | closed`.
    fn items(list: &str) -> Vec<String> {
        let text = format!("# Search\n\n**Date:** 2026-03-14\n\n## Action items\n\n{list}");
        let line = |item: crate::model::ActionItem| {
            let owner = item.owner.map_or("-".to_owned(), |owner| owner.value);
            let due = item.due.map_or("-".to_owned(), |due| due.value.to_string());
            let closed = item.closed.map_or("-".to_owned(), |day| day.value.to_string());
            format!("{} | {} | {owner} | {due} | {closed}", item.title, item.status.value.key())
        };
        read("search.md", &text).postmortem.actions.into_iter().map(line).collect()
    }

    #[test]
    fn a_day_behind_a_dash_is_when_work_is_due_or_was_done() {
        assert_eq!(
            items(
                "- Cap the queue – Platform team – 2026-04-01\n- me — Add an alert — 2 April 2026\n\
                 - Restore the index (done 2026-03-15)\n- Test it (Completed: 2026-03-16)\n\
                 - **Fix the job** (Owner: Priya Nair, Due: April 6, 2026) – DONE\n- Ask Kim (Kim, by 2026-04-03)\n"
            ),
            [
                "Cap the queue | open | Platform team | 2026-04-01 | -",
                "Add an alert | open | me | 2026-04-02 | -",
                "Restore the index | done | - | - | 2026-03-15",
                "Test it | done | - | - | 2026-03-16",
                "Fix the job | done | Priya Nair | 2026-04-06 | -",
                "Ask Kim | open | Kim | 2026-04-03 | -",
            ]
        );
    }

    #[test]
    fn a_word_for_what_is_finished_may_stand_behind_a_semicolon() {
        assert_eq!(
            items(
                "- Purge the logs; Completed as of 2026-03-15\n- Test it; done\n- Cap it; done by the job\n"
            ),
            [
                "Purge the logs | done | - | - | 2026-03-15",
                "Test it | done | - | - | -",
                "Cap it; done by the job | open | - | - | -"
            ]
        );
    }

    #[test]
    fn a_state_may_go_on_with_addresses() {
        let tickets = "https://github.com/example-organisation/search-api/pull/871 / https://github.com/example-organisation/platform/issues/6";
        assert_eq!(
            items(&format!("- Cap the queue - done in {tickets}\n")),
            ["Cap the queue | done | - | - | -"]
        );
    }

    #[test]
    fn a_day_that_is_part_of_the_work_stays() {
        assert_eq!(
            items("- Replay the events (2026-03-13)\n"),
            ["Replay the events (2026-03-13) | open | - | - | -"]
        );
    }

    #[test]
    fn the_key_of_a_ticket_may_stand_behind_the_last_brackets() {
        assert_eq!(
            items(
                "- Cap the queue (KIM) [SHOP-12](https://example.com/SHOP-12)\n- Add an alert (Sam) #12\n- Restart\n  the workers (twice) #13\n"
            ),
            [
                "Cap the queue | open | KIM | - | -",
                "Add an alert | open | Sam | - | -",
                "Restart the workers (twice) #13 | open | - | - | -",
            ]
        );
    }

    #[test]
    fn a_name_in_the_last_brackets_stays_there_when_more_is_said() {
        assert_eq!(
            items("- Cap the queue [Zed]\n- Add an alert [Kim, next week]\n"),
            ["Cap the queue | open | Zed | - | -", "Add an alert [Kim, next week] | open | Kim | - | -"]
        );
    }

    #[test]
    fn fields_may_stand_behind_arrows_and_semicolons_and_a_name_before_more() {
        assert_eq!(
            items(
                "- Cap the queue -> Kim\n- Add an alert; Owner: Sam; Due: 2026-04-01\n- Test it (Kim, by Friday)\n\
                 - Move it [Sam / 2026-04-02]\n- Drop it (@kim, ETA Q3 2026)\n- Sort it - by end of April 2026\n"
            ),
            [
                "Cap the queue | open | Kim | - | -",
                "Add an alert | open | Sam | 2026-04-01 | -",
                "Test it (Kim, by Friday) | open | Kim | - | -",
                "Move it | open | Sam | 2026-04-02 | -",
                "Drop it | open | @kim | 2026-Q3 | -",
                "Sort it | open | - | 2026-04 | -",
            ]
        );
    }

    #[test]
    fn a_cell_for_tickets_may_hold_the_state() {
        assert_eq!(
            items(
                "| Action item | Bug |\n|---|---|\n| Cap the queue | n/a DONE |\n| Add an alert | [Done](https://a.example/x) |\n| Test it | Bug 5551 TODO |\n"
            ),
            [
                "Cap the queue | done | - | - | -",
                "Add an alert | done | - | - | -",
                "Test it | open | - | - | -"
            ]
        );
    }

    #[test]
    fn a_day_that_may_be_another_is_left_unknown() {
        assert_eq!(
            items("- Cap the queue — 08/01\n- Test it — 31/01/2027\n"),
            ["Cap the queue | open | - | 2026-01-08 | -", "Test it | open | - | 2027-01-31 | -"]
        );
        assert_eq!(
            items("- Cap the queue — 08/01\n- Add an alert (Kim, 08/01)\n"),
            ["Cap the queue — 08/01 | open | - | - | -", "Add an alert | open | Kim | - | -"]
        );
    }
}
