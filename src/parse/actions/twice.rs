//! The same list told twice: measures that one section explains, and another one sets down with who and when.

use std::collections::BTreeSet;

use crate::{
    model::{ActionItem, Origin},
    terms::{is_stop_word, terms},
};

/// The longest list that is compared: each item is held beside each of the other list.
const LONGEST: usize = 60;
/// How many of ten items must stand in the other list as well.
const OF_TEN: usize = 6;
/// How many of ten words two titles must share to be about the same.
const WORDS_OF_TEN: usize = 5;

/// Drops the items that another section tells too, and tells more of. `sections` are the ends of what each section gave.
pub(super) fn tell_once(items: &mut Vec<ActionItem>, sections: &[usize]) {
    let starts = std::iter::once(0).chain(sections.iter().copied());
    let lists: Vec<&[ActionItem]> =
        starts.zip(sections).filter_map(|(start, end)| items.get(start..*end)).collect();
    // Hardly any document has two lists.
    if lists.iter().filter(|list| is_comparable(list)).nth(1).is_none() {
        return;
    }
    let words: Vec<Vec<BTreeSet<String>>> = lists
        .iter()
        .map(|list| list.iter().take(LONGEST + 1).map(|item| words(&item.title)).collect())
        .collect();
    let mut keep: Vec<bool> = Vec::with_capacity(items.len());
    for (at, list) in lists.iter().enumerate() {
        let others = lists.iter().zip(&words).enumerate().filter(|(other, _)| *other != at);
        let others = others.filter(|(_, (other, _))| is_comparable(other) && facts(other) > facts(list));
        let mut others: Vec<&BTreeSet<String>> = others.flat_map(|(_, (_, words))| words).collect();
        // Each item of the others is the twin of one at the most.
        let mut twin = |item: usize| {
            let own = words.get(at).and_then(|words| words.get(item));
            let found = own.and_then(|own| others.iter().position(|other| are_alike(own, other)));
            found.map(|found| others.remove(found)).is_some()
        };
        let told: Vec<bool> = if is_comparable(list) {
            (0..list.len()).map(&mut twin).collect()
        } else {
            vec![false; list.len()]
        };
        let count = told.iter().filter(|told| **told).count();
        let is_told_twice = count >= 2 && count * 10 >= list.len() * OF_TEN;
        keep.extend(told.iter().map(|told| !(is_told_twice && *told)));
    }
    let mut keep = keep.into_iter();
    items.retain(|_| keep.next().unwrap_or(true));
}

fn is_comparable(list: &[ActionItem]) -> bool {
    (2..=LONGEST).contains(&list.len())
}

/// How much of a list says who, when and how far, in hundredths of a fact an item.
fn facts(list: &[ActionItem]) -> usize {
    let of = |item: &ActionItem| {
        usize::from(item.owner.is_some())
            + usize::from(item.due.is_some())
            + usize::from(item.status.origin != Origin::Inferred)
            + usize::from(!item.trackers.is_empty())
    };
    list.iter().map(of).sum::<usize>() * 100 / list.len().max(1)
}

/// The words of a title that say something, without the ends by which forms of one differ.
fn words(title: &str) -> BTreeSet<String> {
    const STEM: usize = 5;
    let mut words = BTreeSet::new();
    terms(title, &mut |term, _| {
        if !is_stop_word(term) {
            words.insert(term.chars().take(STEM).collect());
        }
    });
    words
}

fn are_alike(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let shared = one.intersection(other).count();
    shared >= 2 && shared * 10 >= one.len().min(other.len()) * WORDS_OF_TEN
}

#[cfg(test)]
mod tests {
    use crate::parse::actions::tests::titles;

    const MEASURES: &str = "## Planned improvements\n\n### 1. Cap the queue at 100 entries\n\nIt grew.\n\n\
        ### 2. Add an alert on index lag\n\nNone was there.\n\n### 3. Train the rota for it\n\nNobody knew.\n\n";

    #[test]
    fn measures_that_a_table_sets_down_with_owners_count_once() {
        let table = "## Action items\n\n| Action | Owner |\n|---|---|\n| Cap queue at 100 | Kim |\n| Alert: index lag | Sam |\n";
        assert_eq!(
            titles(&format!("{MEASURES}{table}")),
            ["Train the rota for it", "Cap queue at 100", "Alert: index lag"]
        );
    }

    #[test]
    fn lists_that_say_as_much_or_have_little_in_common_stay_whole() {
        let bare = "## Action items\n\n- Cap the queue at 100\n- Add an alert on index lag\n";
        assert_eq!(titles(&format!("{MEASURES}{bare}")).len(), 5);
        let other = "## Action items\n\n| Action | Owner |\n|---|---|\n| Cap the queue at 100 | Kim |\n| Test the restore | Sam |\n";
        assert_eq!(titles(&format!("{MEASURES}{other}")).len(), 5);
        let one = other
            .replace("Test the restore", "Check the alert on queue lag")
            .replace("Cap the queue at 100", "Ask");
        let alike = MEASURES.replace("Cap the queue at 100 entries", "Put an alert on the queue");
        assert_eq!(titles(&format!("{alike}{one}")).len(), 5);
    }
}
