//! Who answers for work by what a document says elsewhere: `[Search] Cap the queue` beside `**Owner:** search`.

use std::{cell::OnceCell, collections::BTreeSet};

use crate::parse::locale::{ActionColumn, Lexicon};

/// The longest name, in words.
const WORDS: usize = 3;

/// The owners that a document states with the name of the field, looked for when they are first asked for.
#[derive(Debug)]
pub(crate) struct StatedOwners<'d> {
    document: &'d str,
    words: &'d Lexicon,
    /// In lower case.
    found: OnceCell<BTreeSet<String>>,
}

impl<'d> StatedOwners<'d> {
    pub(super) fn new(document: &'d str, words: &'d Lexicon) -> Self {
        Self { document, words, found: OnceCell::new() }
    }

    /// True for a name that stands behind that of the field somewhere, in either case.
    pub(super) fn include(&self, name: &str) -> bool {
        let found = self.found.get_or_init(|| {
            let lines = self
                .document
                .lines()
                .flat_map(|line| line.match_indices([':', '：']).map(move |at| (line, at)));
            lines.filter_map(|(line, (at, colon))| self.owner(line, at, at + colon.len())).collect()
        });
        found.contains(&name.trim().to_lowercase())
    }

    /// The name behind a colon, where an owner is named in front of it.
    fn owner(&self, line: &str, colon: usize, from: usize) -> Option<String> {
        let label = line.get(..colon)?.trim_end_matches('*');
        let begins = label.rfind(|c: char| !c.is_alphabetic()).map(|at| label.get(at..).unwrap_or_default());
        let label = begins.unwrap_or(label).trim_matches(|c: char| !c.is_alphabetic());
        if self.words.action_column(label) != Some(ActionColumn::Owner) {
            return None;
        }
        let name = line.get(from..)?.trim_start_matches(['*', ' ']);
        let name = name.split([',', '、', ')', '*', ';', '|', '.', '（', '(']).next()?.trim();
        let count = name.split_whitespace().count();
        (1..=WORDS).contains(&count).then(|| name.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::actions::tests::items;

    #[test]
    fn names_behind_the_field_are_known_in_either_case() {
        let document = "# Search\n\n- **Owner:** Search team, due 2026-04-01\n- 担当: platform、期限: 2026-04-30\n- At 13:02: no\n";
        let owners = StatedOwners::new(document, Lexicon::built_in());
        for (name, is_one) in [("search team", true), ("Platform", true), ("no", false), ("13", false)] {
            assert_eq!(owners.include(name), is_one, "{name}");
        }
    }

    #[test]
    fn a_name_in_brackets_is_that_of_an_owner_where_the_document_states_it_as_one() {
        let list =
            "- [x] **[Platform] Cap the queue** — at 40\n- [ ] **[Platform] Test it**. **Owner: platform**\n";
        assert_eq!(items(list), ["[done] Cap the queue — at 40 | Platform", "[open] Test it. | platform"]);
        assert_eq!(items("- [Platform] Cap the queue\n"), ["[open] [Platform] Cap the queue"]);
    }
}
