//! The same work, promised twice and still open.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    check::{
        items,
        rule::{Findings, Group, Rule, Scope, Stage, Whole, first_line},
    },
    diagnostic::{Finding, Level},
    model::{ActionItem, Postmortem},
};

pub(super) const RULE: Rule = Rule {
    name: "duplicate-open-action",
    group: Group::Archive,
    default_level: Level::Info,
    stage: Stage::Always,
    summary: "An open action item repeats an open one of an earlier incident",
    docs: include_str!("duplicate_open_action.md"),
    scope: Scope::Archive(check),
};

/// How much two titles must share: seven of ten words that either has.
const SHARE: (usize, usize) = (7, 10);
/// A shorter title says too little to be the same by more than chance.
const FEWEST_WORDS: usize = 4;
/// A word that so many items have is a word of the template, and too common to find a pair by.
const COMMON: usize = 200;

const STOP_WORDS: [&str; 30] = [
    "a", "about", "add", "all", "an", "and", "as", "at", "be", "by", "for", "from", "have", "in", "into",
    "is", "it", "its", "of", "on", "or", "our", "so", "that", "the", "this", "to", "up", "we", "with",
];

struct Open<'a> {
    postmortem: &'a Postmortem,
    item: &'a ActionItem,
    words: BTreeSet<String>,
}

fn check(whole: &Whole<'_>, findings: &mut Findings) {
    let open = open_items(whole);
    let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, one) in open.iter().enumerate() {
        for word in &one.words {
            by_word.entry(word).or_default().push(at);
        }
    }
    for (at, one) in open.iter().enumerate() {
        let Some(earlier) = earlier_twin(&open, &by_word, at) else { continue };
        let Some(source) = whole.sources.get(one.postmortem.path.as_str()) else { continue };
        let finding = Finding::new(
            RULE.name,
            first_line(source, one.item.span),
            format!(
                "action item `{}` is open in `{}` too: `{}`",
                items::shorten(&one.item.title),
                earlier.postmortem.id.value,
                items::shorten(&earlier.item.title)
            ),
        )
        .help(format!(
            "keep one of the two; `{}` has it since {}",
            earlier.postmortem.path,
            earlier.postmortem.date_text()
        ));
        findings.entry(one.postmortem.path.clone()).or_default().push(finding);
    }
}

/// Oldest first, so that the repeat is reported and not the original. A title that stands in many documents comes from
/// their template and is no repeat.
fn open_items<'a>(whole: &Whole<'a>) -> Vec<Open<'a>> {
    let mut titles: BTreeMap<BTreeSet<String>, usize> = BTreeMap::new();
    let mut open: Vec<Open<'a>> = whole
        .archive
        .postmortems()
        .iter()
        .rev()
        .flat_map(|postmortem| postmortem.actions.iter().map(move |item| (postmortem, item)))
        .filter(|(_, item)| item.status.value.is_unfinished())
        .map(|(postmortem, item)| Open { postmortem, item, words: words(&item.title) })
        .filter(|one| one.words.len() >= FEWEST_WORDS)
        .collect();
    for one in &open {
        *titles.entry(one.words.clone()).or_default() += 1;
    }
    open.retain(|one| titles.get(&one.words).is_none_or(|count| *count <= 2));
    open
}

fn words(title: &str) -> BTreeSet<String> {
    title
        .to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty() && !STOP_WORDS.contains(word))
        .map(str::to_owned)
        .collect()
}

fn earlier_twin<'o, 'a>(
    open: &'o [Open<'a>],
    by_word: &BTreeMap<&str, Vec<usize>>,
    at: usize,
) -> Option<&'o Open<'a>> {
    let one = open.get(at)?;
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    for word in &one.words {
        let Some(others) = by_word.get(word.as_str()).filter(|others| others.len() <= COMMON) else {
            continue;
        };
        for other in others.iter().filter(|other| **other < at) {
            *shared.entry(*other).or_default() += 1;
        }
    }
    shared.into_keys().filter_map(|other| open.get(other)).find(|other| {
        let both = one.words.intersection(&other.words).count();
        let either = one.words.union(&other.words).count();
        other.postmortem.path != one.postmortem.path && both * SHARE.1 >= either * SHARE.0
    })
}
