//! Initials that stand for people whom the document names: `[KB]` where `Kim Berg` took part.

use std::{cell::OnceCell, collections::BTreeMap};

use crate::parse::locale::Lexicon;

/// The most letters that are initials.
const LONGEST: usize = 4;

/// True for a few capitals that may be initials.
pub(super) fn may_be(text: &str) -> bool {
    (2..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The initials of all names in a document, looked for when they are first asked for: a list of work may ask with each of
/// its items.
#[derive(Debug)]
pub(crate) struct Initials<'d> {
    document: &'d str,
    words: &'d Lexicon,
    /// Each with whether one of its names is known to be one, and not any words with capitals.
    found: OnceCell<BTreeMap<String, bool>>,
}

impl<'d> Initials<'d> {
    pub(super) fn new(document: &'d str, words: &'d Lexicon) -> Self {
        Self { document, words, found: OnceCell::new() }
    }

    /// True for those of words with capitals that stand next to each other.
    pub(super) fn are_there(&self, initials: &str) -> bool {
        self.found().contains_key(initials)
    }

    /// True for those of somebody who is known by the words around the name.
    pub(super) fn are_of_somebody(&self, initials: &str) -> bool {
        self.found().get(initials).is_some_and(|is_known| *is_known)
    }

    fn found(&self) -> &BTreeMap<String, bool> {
        self.found.get_or_init(|| {
            let mut found = BTreeMap::new();
            for (initials, name) in names(self.document) {
                *found.entry(initials).or_default() |= self.words.are_names(name);
            }
            found
        })
    }
}

/// Every name of a few words, with its initials. The last words of a longer name are one as well, its first ones are not.
fn names(document: &str) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    // Where the words of the name begin that is being read, and where it ends so far.
    let (mut begins, mut end): (Vec<usize>, usize) = (Vec::new(), 0);
    for (at, capital) in document.match_indices(char::is_uppercase) {
        let between = document.get(end..at).unwrap_or_default();
        if !matches!(between, "" | " " | "-") {
            complete(document, &begins, end, &mut found);
            begins.clear();
        }
        let (before, text) = document.split_at(at);
        let behind = text.get(capital.len()..).unwrap_or_default();
        let small = behind.len() - behind.trim_start_matches(|c: char| c.is_lowercase() || c == '\'').len();
        if small == 0 || before.ends_with(char::is_alphanumeric) {
            begins.clear();
        } else {
            begins.push(at);
        }
        end = at + capital.len() + small;
    }
    complete(document, &begins, end, &mut found);
    found
}

fn complete<'d>(document: &'d str, begins: &[usize], end: usize, found: &mut Vec<(String, &'d str)>) {
    for from in begins.iter().rev().take(LONGEST) {
        let Some(name) = document.get(*from..end) else { continue };
        let initials: String = name.split([' ', '-']).filter_map(|word| word.chars().next()).collect();
        if may_be(&initials) {
            found.push((initials, name));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::tests::read;

    fn owners(people: &str, list: &str) -> Vec<Option<String>> {
        let text = format!("# Search\n\nTook part: {people}\n\n## Actions\n\n{list}");
        let items = read("search.md", &text).postmortem.actions;
        items.into_iter().map(|item| item.owner.map(|owner| owner.value)).collect()
    }

    #[test]
    fn initials_behind_items_are_those_of_people_who_are_named() {
        let list = "- Cap the queue [KB]\n- Add an alert [ZQW] [done]\n- Test it [KB to write a ticket]\n";
        let named = ["KB", "ZQW", "KB"].map(|name| Some(name.to_owned()));
        assert_eq!(owners("Zed Quill-Wood, Kim Berg", list), named);
        assert_eq!(owners("Kim Berg Olsen, Zed Quill-Wood", list), [None, None, None]);
        assert_eq!(owners("nobody", list), [None, None, None]);
    }

    #[test]
    fn short_words_of_the_trade_are_nobody() {
        let list = "- Cap the queue (API)\n- Add an alert (DNS)\n";
        assert_eq!(owners("Kim Berg", list), [None, None]);
        assert_eq!(owners("Anna Pia Ibsen", list), [Some("API".to_owned()), None]);
    }

    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "a hang is a matter of time; what is quadratic takes minutes here"
    )]
    fn a_document_is_looked_through_once_however_many_items_ask() {
        let list = "- Cap the queue [CQ]\n".repeat(20_000);
        let before = std::time::Instant::now();
        assert_eq!(owners("nobody", &list).len(), 20_000);
        assert!(before.elapsed() < std::time::Duration::from_secs(30), "{:?}", before.elapsed());
    }
}
