//! What labels mean: the names of facts, and of the moments of an incident.

use ahash::{HashMap, HashSet};

use super::{
    Locale, Meaning,
    fold::fold,
    tables::{with_and_without_accents, words_of},
};

/// The labels of all languages.
#[derive(Debug)]
pub(super) struct Labels {
    meanings: HashMap<String, Meaning>,
    /// Words around the name of a milestone that add nothing to it.
    around: HashSet<String>,
}

impl Labels {
    pub(super) fn new(locales: &[&Locale]) -> Self {
        let facts = words_of(locales, fold, |locale| &locale.labels);
        let moments = words_of(locales, fold, |locale| &locale.milestones.names);
        let moments = moments.map(|(word, milestone)| (word, Meaning::Time(milestone)));
        let around = locales.iter().flat_map(|locale| &locale.milestones.around);
        Self {
            meanings: with_and_without_accents(facts.chain(moments).collect()),
            around: around.map(|word| word.to_lowercase()).collect(),
        }
    }

    /// What the value behind a folded label is.
    pub(super) fn meaning(&self, folded: &str) -> Option<Meaning> {
        self.meanings.get(folded).copied().or_else(|| self.moment(folded))
    }

    /// The milestone whose name stands within a label, among words that say no more than that it is a moment of an
    /// incident: `incident start date time`.
    fn moment(&self, folded: &str) -> Option<Meaning> {
        let mut name = folded;
        for strip in [without_last, without_first] {
            while let Some((_, rest)) = strip(name).filter(|(word, _)| self.around.contains(*word)) {
                name = rest;
                if let Some(moment @ Meaning::Time(_)) = self.meanings.get(name) {
                    return Some(*moment);
                }
            }
        }
        None
    }
}

/// The last word of a name, and the name without it.
fn without_last(name: &str) -> Option<(&str, &str)> {
    name.rsplit_once(' ').map(|(rest, word)| (word, rest))
}

/// The first word of a name, and the name without it.
fn without_first(name: &str) -> Option<(&str, &str)> {
    name.split_once(' ')
}

#[cfg(test)]
mod tests {
    use crate::{
        model::Milestone,
        parse::locale::{Lexicon, Meaning},
    };

    #[test]
    fn names_need_no_accents() {
        let meaning = |label: &str| Lexicon::built_in().meaning(label);
        for (label, accented) in [
            ("Date de detection", "Date de détection"),
            ("Duree de l'incident", "Durée de l'incident"),
            ("Severite", "Sévérité"),
            ("Deteccao", "Detecção"),
        ] {
            assert!(meaning(label).is_some(), "{label}");
            assert_eq!(meaning(label), meaning(accented), "{label}");
        }
    }

    #[test]
    fn words_around_the_name_of_a_milestone_add_nothing_to_it() {
        let meaning = |label: &str| Lexicon::built_in().meaning(label);
        for (label, milestone) in [
            ("Incident start date/time", Milestone::Started),
            ("Date/time of detection", Milestone::Detected),
            ("Actual mitigation time (UTC)", Milestone::Mitigated),
            ("When was the outage resolved", Milestone::Resolved),
        ] {
            assert_eq!(meaning(label), Some(Meaning::Time(milestone)), "{label}");
        }
        for label in
            ["Time to detection", "Mitigation start time", "Detection method of the outage", "Time of the"]
        {
            assert!(!matches!(meaning(label), Some(Meaning::Time(_))), "{label}");
        }
    }
}
