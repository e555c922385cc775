//! Postmortems by chance, for tests: the same for the same number.

use std::collections::BTreeSet;

use crate::model::{
    ActionStatus, DetectedBy, Due, Mark, MarkKind, Milestone, Postmortem, SloCost, Traces,
    fixture::{action, at, day, fact, postmortem},
    traces::{key, word_key},
};

/// The same with these marks and words.
pub(super) fn told(mut one: Postmortem, marks: &[(MarkKind, &str)], words: &str) -> Postmortem {
    let marks = marks.iter().map(|(kind, text)| Mark {
        kind: *kind,
        text: (*text).into(),
        key: key(text.to_lowercase().bytes()),
    });
    let words: Vec<&str> = words.split_whitespace().collect();
    let keys = words.iter().map(|word| word_key(word.bytes())).collect();
    one.traces = Traces::new(marks.collect(), words.join(" "), keys, 0);
    one
}

/// Numbers by chance.
pub(super) struct Chance(u64);

impl Chance {
    /// Those that begin with a number.
    pub(super) fn new(number: u64) -> Self {
        Self(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below another.
    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most).unwrap()).unwrap()
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn some(&mut self, kind: &str, most: usize, kinds: usize) -> Vec<String> {
        (0..self.below(most)).map(|_| format!("{kind}{}", self.below(kinds))).collect()
    }

    fn day(&mut self) -> String {
        format!("20{:02}-0{}-{:02}", 10 + self.below(15), 1 + self.below(5), 1 + self.below(28))
    }
}

/// A postmortem of a few words, marks, groups, times and action items, which may name one of so many.
pub(super) fn by_chance(number: u64, of: usize) -> Postmortem {
    let mut chance = Chance::new(number);
    let (services, factors) = (chance.some("service", 3, 9), chance.some("factor", 3, 20));
    let (teams, tags) = (chance.some("team", 3, 4), chance.some("tag", 4, 12));
    let marks = chance.some("Mark", 4, 40);
    let words =
        ["run", "runs", "running", "slow", "disk", "disks", "queue", "pool", "lease", "leases", "host"];
    let words: BTreeSet<&str> = (0..chance.below(9)).map(|_| chance.of(&words)).collect();
    let texts = |texts: &[String]| texts.iter().map(|text| fact(text.clone())).collect();
    let date = if chance.below(9) == 0 { String::new() } else { chance.day() };
    let id = format!("number-{number}");
    let mut one = Postmortem {
        services: texts(&services),
        factors: texts(&factors),
        teams: texts(&teams),
        tags: texts(&tags),
        near_miss: chance.below(5) == 0,
        severity_id: chance.of(&[None, Some("SEV1"), Some("SEV2")]).map(str::to_owned),
        detected_by: chance.of(&[None, Some(DetectedBy::Alert), Some(DetectedBy::Customer)]).map(fact),
        ..postmortem(&id, &date)
    };
    let started = chance.day();
    let mut clock = || format!("{started} {:02}:{:02}", chance.below(24), chance.below(60));
    for milestone in [Milestone::Started, Milestone::Detected, Milestone::Resolved] {
        one.times.insert(milestone, Box::new(fact(at(&clock()))));
    }
    if chance.below(3) == 0 {
        one.times.remove(&Milestone::Detected);
        let (bad_minutes, error_rate) =
            (Some(f64::from(u32::try_from(chance.below(99)).unwrap()) / 7.0), None);
        one.impact.slo =
            vec![SloCost { slo: "pay".to_owned(), bad_minutes, error_rate, ..SloCost::default() }];
    }
    for item in 0..chance.below(4) {
        let statuses =
            [ActionStatus::Open, ActionStatus::Done, ActionStatus::Proposed, ActionStatus::Blocked];
        let mut action = action(&format!("{id}/a{item}"), chance.of(&statuses), "");
        action.due = (chance.below(2) == 0).then(|| fact(Due::Day(day(&chance.day()))));
        action.owner = chance.some("team", 2, 4).pop().map(fact);
        action.priority =
            chance.of(&[None, Some("P1"), Some("P2")]).map(|priority| fact(priority.to_owned()));
        one.actions.push(action);
    }
    if chance.below(5) == 0 {
        one.related = vec![fact(format!("number-{}", chance.below(of)))];
    }
    let kind = |mark: &String| if mark.ends_with('1') { MarkKind::Alert } else { MarkKind::Name };
    let marks: Vec<(MarkKind, &str)> = marks.iter().map(|mark| (kind(mark), mark.as_str())).collect();
    told(one, &marks, &Vec::from_iter(words).join(" "))
}
