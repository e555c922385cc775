//! Words that mean two things in one table, and words that are none.

use std::collections::BTreeMap;

use super::fold::fold;
use crate::{
    config::RULE,
    data::{Node, Value},
    diagnostic::Finding,
    source::Span,
};

/// Tables in which a word has one meaning; those on one line share their words.
const TABLES: [&[&str]; 13] = [
    &["sections.names"],
    &["sections.second"],
    &["sections.phrases"],
    &["sections.words"],
    &["labels", "milestones.names"],
    &["document.status"],
    &["document.detected_by"],
    &["document.visibility"],
    &["times.months", "times.weekdays", "times.approximate", "times.before", "times.clock"],
    &["timeline.columns"],
    &["actions.columns"],
    &["actions.types"],
    &["actions.status"],
];

/// Where a word stands: its file, its key and its place.
#[derive(Debug, Clone)]
struct Place {
    file: usize,
    key: String,
    span: Span,
}

/// What is wrong with the words of files that are used together, each with the number of its file.
pub(super) fn findings(files: &[&Node]) -> Vec<(usize, Finding)> {
    let mut found = Vec::new();
    for tables in TABLES {
        let mut held: BTreeMap<String, Place> = BTreeMap::new();
        for (file, node) in files.iter().enumerate() {
            for (key, word) in tables.iter().flat_map(|path| words(node, path)) {
                let place = Place { file, key, span: word.span };
                let written = word.text().unwrap_or_default();
                let folded = fold(written);
                if folded.is_empty() {
                    found.push((file, no_word(written, place.span)));
                    continue;
                }
                let before = held.entry(folded).or_insert_with(|| place.clone());
                if before.key != place.key {
                    found.push((file, clash(written, &place, before)));
                }
            }
        }
    }
    found
}

/// The words of a table with the key of each: its own lists, or the list that it is.
fn words<'n>(node: &'n Node, path: &str) -> Vec<(String, &'n Node)> {
    let Some(table) = path.split('.').try_fold(node, |node, key| node.get(key)) else { return Vec::new() };
    let list = |key: String, node: &'n Node| {
        let words = match &node.value {
            Value::List(words) => words.as_slice(),
            _ => &[],
        };
        words.iter().map(move |word| (key.clone(), word)).collect::<Vec<_>>()
    };
    let keyed = table.entries().iter().flat_map(|entry| list(format!("{path}.{}", entry.key), &entry.value));
    list(path.to_owned(), table).into_iter().chain(keyed).collect()
}

fn no_word(written: &str, span: Span) -> Finding {
    Finding::new(RULE, span, format!("`{written}` has no letter and no digit"))
        .help("write the word itself, or take it out")
}

fn clash(written: &str, place: &Place, before: &Place) -> Finding {
    let message = format!("`{written}` is in `{}` and already in `{}`", place.key, before.key);
    let finding = Finding::new(RULE, place.span, message).help("keep it in one of the two");
    if place.file == before.file { finding.also(before.span, "this one counts") } else { finding }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;

    #[test]
    fn a_word_with_two_meanings_and_a_word_that_is_none_are_found_at_their_places() {
        let text = "[labels]\ndate = [\"Päivä\"]\n[milestones.names]\nstarted = [\"alkoi\", \"päivä:\", \"!!\"]\n\
                    [actions.status]\nopen = [\"alkoi\"]\n";
        let (node, _) = data::toml::parse(text, 0);
        let found: Vec<_> = findings(&[&node])
            .into_iter()
            .map(|(_, finding)| {
                (text.get(finding.span.start..finding.span.end).unwrap().to_owned(), finding.message)
            })
            .collect();
        assert_eq!(
            found,
            [
                (
                    "\"päivä:\"".to_owned(),
                    "`päivä:` is in `milestones.names.started` and already in `labels.date`".to_owned()
                ),
                ("\"!!\"".to_owned(), "`!!` has no letter and no digit".to_owned()),
            ]
        );
    }
}
