//! The same work, promised twice and still open.

use ahash::HashMap;
use rayon::prelude::*;

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
    /// Sorted, each once.
    words: Vec<String>,
}

fn check(whole: &Whole<'_>, findings: &mut Findings) {
    let open = open_items(whole);
    let mut by_word: HashMap<&str, Vec<usize>> = HashMap::default();
    for (at, one) in open.iter().enumerate() {
        for word in &one.words {
            by_word.entry(word).or_default().push(at);
        }
    }
    let found: Vec<(&str, Finding)> = open
        .par_iter()
        .enumerate()
        .filter_map(|(at, one)| {
            let earlier = earlier_twin(&open, &by_word, (at, one))?;
            Some((one.postmortem.path.as_str(), repeated(whole, one, earlier)?))
        })
        .collect();
    for (path, finding) in found {
        findings.entry(path.to_owned()).or_default().push(finding);
    }
}

fn repeated(whole: &Whole<'_>, one: &Open<'_>, earlier: &Open<'_>) -> Option<Finding> {
    let source = whole.sources.get(one.postmortem.path.as_str())?;
    let message = format!(
        "action item `{}` is open in `{}` too: `{}`",
        items::shorten(&one.item.title),
        earlier.postmortem.id.value,
        items::shorten(&earlier.item.title)
    );
    let finding = Finding::new(RULE.name, first_line(source, one.item.span), message);
    Some(finding.help(format!(
        "keep one of the two; `{}` has it since {}",
        earlier.postmortem.path,
        earlier.postmortem.date_text()
    )))
}

/// Oldest first, so that the repeat is reported and not the original. A title that stands in many documents comes from
/// their template and is no repeat.
fn open_items<'a>(whole: &Whole<'a>) -> Vec<Open<'a>> {
    let mut titles: HashMap<Vec<String>, usize> = HashMap::default();
    let mut open: Vec<Open<'a>> = whole
        .archive
        .postmortems()
        .par_iter()
        .rev()
        .flat_map_iter(|postmortem| postmortem.actions.iter().map(move |item| (postmortem, item)))
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

fn words(title: &str) -> Vec<String> {
    let lower = title.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric());
    let mut words: Vec<&str> = words.filter(|word| !word.is_empty() && !STOP_WORDS.contains(word)).collect();
    words.sort_unstable();
    words.dedup();
    words.into_iter().map(str::to_owned).collect()
}

/// The oldest item that says the same as the one at a place.
///
/// Two that share so many words share one of the few rarest of either, so that only who has those is compared.
fn earlier_twin<'o, 'a>(
    open: &'o [Open<'a>],
    by_word: &HashMap<&str, Vec<usize>>,
    (at, one): (usize, &Open<'a>),
) -> Option<&'o Open<'a>> {
    let mut holders: Vec<&Vec<usize>> =
        one.words.iter().filter_map(|word| by_word.get(word.as_str())).collect();
    holders.sort_by_key(|holders| holders.len());
    let (share, of) = SHARE;
    let may_differ = one.words.len() * (of - share) / of;
    let rare = holders.into_iter().take(may_differ + 1).filter(|holders| holders.len() <= COMMON);
    let mut others: Vec<usize> =
        rare.flat_map(|holders| holders.iter().copied().take_while(|other| *other < at)).collect();
    others.sort_unstable();
    others.dedup();
    others.into_iter().filter_map(|other| open.get(other)).find(|other| {
        let both = one.words.iter().filter(|word| other.words.binary_search(word).is_ok()).count();
        let either = one.words.len() + other.words.len() - both;
        other.postmortem.path != one.postmortem.path && both * of >= either * share
    })
}
