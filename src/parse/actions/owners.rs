//! How the items of one list name who answers for them, where no list of names knows all of them.
//!
//! A single `(search) Cap the queue` may be about anything; a list in which one item after the other begins so, or with
//! `Kim to …`, has a habit. It is taken for one only when nothing else explains it: nobody is given work by mistake.

use std::ops::Range;

use super::{Context, initials};
use crate::parse::{blocks::Item, inline::Inline, locale::Lexicon};

/// The longest text that may name owners, in words.
const NAMES: usize = 5;

/// What stands in front of the items of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Habit {
    /// Nothing that names anybody.
    #[default]
    None,
    /// Names in brackets: `(search team) Cap the queue`.
    Brackets,
    /// Names and the word for what they shall do: `Kim to cap the queue`.
    Subjects,
    /// Names in brackets at the end: `Cap the queue [Kim]`.
    Behind,
}

/// The habit of a list: that of two of its items at least, and of half of them.
pub(super) fn habit(context: &Context<'_>, items: &[Item]) -> Habit {
    let words = context.words;
    let texts = || items.iter().filter_map(Item::text);
    let usual = |count: usize| count >= 2 && count * 2 >= items.len();
    let bracketed = || texts().filter_map(|text| brackets(&text.text)).map(|(names, _)| names);
    let is_other = |inner: &str| {
        words.is_theme(inner)
            || words.is_priority(inner)
            || words.action_status(inner).is_some()
            || words.action_type(inner).is_some()
            || words.exact_section(inner).is_some()
    };
    let count = bracketed().count();
    let are_all_one = count == items.len() && bracketed().is_sorted_by(|one, next| one == next);
    if usual(count) && !are_all_one && !bracketed().any(is_other) {
        return Habit::Brackets;
    }
    let subjects = || texts().filter_map(|text| subject(words, &text.text));
    if usual(subjects().count())
        && subjects().any(|names| names.split([' ', ',']).any(|name| words.are_names(name)))
    {
        return Habit::Subjects;
    }
    let ends = || texts().filter_map(|text| last_brackets(words, &text.text)).map(|(names, _)| names);
    let is_somebody = |name: &str| words.are_names(name) || context.initials.are_of_somebody(name);
    if usual(ends().count()) && ends().any(is_somebody) && !ends().any(is_other) {
        return Habit::Behind;
    }
    Habit::None
}

/// The bytes of the names in front of a text, and where the text behind them begins.
pub(super) fn in_front(habit: Habit, text: &Inline) -> Option<(Range<usize>, usize)> {
    match habit {
        Habit::None | Habit::Behind => None,
        Habit::Brackets => {
            let (names, rest) = brackets(&text.text)?;
            Some((1..1 + names.len(), rest))
        }
        Habit::Subjects => Some((0..capitals(&text.text)?, 0)),
    }
}

/// The bytes of the name in brackets at the end of a text, and where the text in front of it ends: the brackets stay
/// when they say more.
pub(super) fn behind(context: &Context<'_>, habit: Habit, text: &Inline) -> Option<(Range<usize>, usize)> {
    if habit != Habit::Behind {
        return None;
    }
    let words = context.words;
    let (name, open) = last_brackets(words, &text.text)?;
    let is_word_of_the_trade =
        initials::may_be(name) && !words.are_names(name) && !context.initials.are_there(name);
    if is_word_of_the_trade {
        return None;
    }
    let is_all = text.text.get(open + 1 + name.len()..)?.trim().len() == 1;
    Some((open + 1..open + 1 + name.len(), if is_all { open } else { text.text.len() }))
}

/// The name in the brackets that a text ends with, and where they open: `(Kim)`, `[Kim, next week]`.
fn last_brackets<'t>(words: &Lexicon, text: &'t str) -> Option<(&'t str, usize)> {
    let text = text.trim_end();
    let open = match text.chars().next_back()? {
        ')' => text.rfind('(')?,
        ']' => text.rfind('[')?,
        _ => return None,
    };
    let inner = text.get(open + 1..text.len() - 1)?;
    // `[KB to write it down]` says more than the name.
    let name = subject(words, inner).or_else(|| inner.split(',').next())?;
    (open > 0 && is_a_name(words, name)).then_some((name, open))
}

/// The bytes of the names behind a dash or a colon that go on to say what their bearers shall do: `Tests: Kim writes one`.
pub(super) fn behind_a_mark(words: &Lexicon, text: &str) -> Option<Range<usize>> {
    const MARKS: [&str; 5] = [" : ", ": ", " - ", " – ", " — "];
    let (at, mark) =
        MARKS.iter().filter_map(|mark| Some((text.rfind(mark)?, *mark))).max_by_key(|(at, _)| *at)?;
    let start = at + mark.len();
    let tail = text.get(start..)?;
    let does = || {
        let mut ends = tail.match_indices(' ').map(|(end, _)| end).take(NAMES);
        let end = ends.find(|end| tail.get(*end..).is_some_and(|rest| words.asks_for_work(rest)))?;
        words.are_names(tail.get(..end)?).then_some(end)
    };
    let end = words.who_shall(tail).or_else(does)?;
    Some(start..start + end)
}

/// The names in round brackets that a text begins with, and where the text behind them begins.
fn brackets(text: &str) -> Option<(&str, usize)> {
    let (inner, behind) = text.strip_prefix('(')?.split_once(')')?;
    let is_name = |c: char| c.is_alphabetic() || matches!(c, ' ' | ',' | '&' | '/' | '-' | '.' | '\'');
    let fits = inner.chars().all(is_name)
        && inner.chars().any(char::is_alphabetic)
        && inner.split_whitespace().count() <= NAMES
        && !behind.trim().is_empty();
    let blank = behind.len() - behind.trim_start_matches([' ', ':']).len();
    fits.then_some((inner, text.len() - behind.len() + blank))
}

/// The capitalised words before `to` and a verb of work.
fn subject<'t>(words: &Lexicon, text: &'t str) -> Option<&'t str> {
    let head = text.get(..capitals(text)?)?;
    let work = text.get(head.len()..)?.trim_start().strip_prefix("to ")?;
    (words.asks_for_work(work) && !words.asks_for_work(head)).then_some(head)
}

/// The length of the capitalised words before ` to `.
fn capitals(text: &str) -> Option<usize> {
    let end = text.find(" to ")?;
    let head = text.get(..end)?;
    let is_name =
        |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "and" | "&" | "/" | "+");
    let fits = !head.is_empty()
        && head.split_whitespace().all(is_name)
        && head.split_whitespace().count() <= NAMES
        && head.starts_with(char::is_uppercase);
    fits.then_some(end)
}

/// True for what looks like the name of a person: one to three capitalised words, none of them a theme.
pub(super) fn is_a_name(words: &Lexicon, text: &str) -> bool {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let is_other = || {
        words.action_status(text).is_some()
            || words.is_priority(text)
            || words.action_type(text).is_some()
            || words.exact_section(text).is_some()
    };
    (1..=3).contains(&parts.len())
        && parts.iter().all(|word| {
            word.chars().next().is_some_and(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '\''))
                && !words.is_theme(word)
        })
        && !is_other()
}

/// True for the initials of several people: `GE/RK`.
pub(super) fn are_initials(words: &Lexicon, text: &str) -> bool {
    let is_one = |part: &str| initials::may_be(part) && is_a_name(words, part);
    text.contains('/') && text.split('/').all(|part| is_one(part.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{
        actions::{Initials, Near, StatedOwners},
        blocks::{self, Kind},
        times::Order,
    };

    /// What is made of a document with the words that are built in.
    fn within<T>(document: &str, make: impl FnOnce(&Context<'_>) -> T) -> T {
        let words = Lexicon::built_in();
        let initials = &Initials::new(document, words);
        let near = &Near::default();
        let stated = &StatedOwners::new(document, words);
        make(&Context { document, words, initials, stated, links: &[], order: Order::default(), near })
    }

    fn habits(text: &str) -> Habit {
        let body = blocks::read(text, 0);
        match body.blocks.first().map(|block| &block.kind) {
            Some(Kind::List(items)) => within(text, |context| habit(context, items)),
            _ => Habit::None,
        }
    }

    #[test]
    fn a_list_that_begins_with_names_in_brackets_names_owners() {
        assert_eq!(habits("- (web, search team) Cap the queue\n- (ak) Add an alert\n"), Habit::Brackets);
        for other in [
            "- (ak) Cap the queue\n- Add an alert\n- Fix the test\n",
            "- (high) Cap the queue\n- (low) Add an alert\n",
            "- (done) Cap the queue\n- (open) Add an alert\n",
            "- (SHOP-12) Cap the queue\n- (SHOP-13) Add an alert\n",
            "- (optional) Cap the queue\n- (optional) Add an alert\n",
        ] {
            assert_eq!(habits(other), Habit::None, "{other}");
        }
    }

    #[test]
    fn a_list_of_who_is_to_do_what_names_owners_when_one_of_them_is_known() {
        assert_eq!(habits("- Zed to add an alert\n- Zed and Kim to write a runbook\n"), Habit::Subjects);
        for other in [
            "- Need to add an alert\n- Need to fix the test\n",
            "- Kim to add an alert\n- Cap the queue\n- Fix it\n",
            "- Access to the disks\n- Kim to the rescue\n",
        ] {
            assert_eq!(habits(other), Habit::None, "{other}");
        }
    }

    #[test]
    fn a_list_that_ends_with_names_in_brackets_names_owners_when_one_of_them_is_known() {
        assert_eq!(
            habits("- Cap the queue [Zed]\n- Add an alert [Kim, next week]\n- Fix it\n"),
            Habit::Behind
        );
        for other in [
            "- Cap the queue (Zed)\n- Add an alert (Redis)\n",
            "- Cap the queue (Kim)\n- Add an alert\n- Fix it\n",
            "- Cap the queue (Kim)\n- Add an alert (Done)\n",
        ] {
            assert_eq!(habits(other), Habit::None, "{other}");
        }
    }

    #[test]
    fn names_are_taken_from_the_front() {
        let body = blocks::read("(ak) Cap the queue\n", 0);
        let Some(Kind::Paragraph(text)) = body.blocks.first().map(|block| &block.kind) else { return };
        assert_eq!(in_front(Habit::Brackets, text), Some((1..3, 5)));
        assert_eq!(in_front(Habit::None, text), None);
        assert_eq!(within("", |context| behind(context, Habit::None, text)), None);
    }

    #[test]
    fn names_may_stand_behind_a_mark_and_go_on_to_say_what_they_shall_do() {
        let owner = |text: &str| behind_a_mark(Lexicon::built_in(), text).map(|at| text[at].to_owned());
        assert_eq!(owner("Tests of the queue : Kim B write one"), Some("Kim B".to_owned()));
        assert_eq!(owner("Tests of the queue - Kim and Sam to write one").as_deref(), Some("Kim and Sam"));
        for other in ["Tests of the queue: write one", "Tests - Kafka to read from", "Kim to write one"] {
            assert_eq!(owner(other), None, "{other}");
        }
    }
}
