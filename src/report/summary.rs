//! The findings as a whole: how many of which rule, for reports that are too long to be read.

use std::{cmp::Reverse, collections::BTreeMap};

use crate::{diagnostic::Level, report::Report};

/// How many findings of a level a rule has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleCount {
    /// The rule's name.
    pub rule: &'static str,
    /// The level, which can differ from document to document.
    pub level: Level,
    /// How many they are.
    pub count: usize,
}

impl Report<'_> {
    /// The rules that found something, the loudest first, then those with the most findings.
    pub fn by_rule(&self) -> Vec<RuleCount> {
        let mut counts: BTreeMap<(Level, &'static str), usize> = BTreeMap::new();
        for found in self.diagnostics {
            *counts.entry((found.level, found.finding.rule)).or_default() += 1;
        }
        let counts = counts.into_iter().map(|((level, rule), count)| RuleCount { rule, level, count });
        let mut counts: Vec<RuleCount> = counts.collect();
        counts.sort_by_key(|counted| (Reverse(counted.level), Reverse(counted.count), counted.rule));
        counts
    }
}
