//! The gate: which action items lack what `[[actions.policy]]` asks of them.
//!
//! The policy says what is asked and of which items; whether an item has it is judged as the rules about action items
//! judge it, and a suppression of such a rule holds here too. The levels of the rules do not count: a site may keep
//! `overdue-action` out of its pull requests and ask for it in the gate.

use std::collections::BTreeMap;

use crate::{
    aggregate::{ActionEntry, Summary},
    check::{
        items::{self, Asked, Item},
        rules,
        suppression::Accepts,
    },
    config::{Config, Policy, Requirement},
    diagnostic::Level,
    model::{ActionItem, ActionStatus, Archive, Postmortem},
    source::{SourceFile, Span},
};

/// Something that an item lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// The rule that explains it.
    pub rule: &'static str,
    /// What it is, in a few words: `no owner`, `18 days overdue`.
    pub what: String,
    /// The next step.
    pub help: &'static str,
}

/// An item that lacks something.
#[derive(Debug, Clone)]
pub struct Failing<'a> {
    /// The item as the archive counts it.
    pub entry: &'a ActionEntry,
    /// Its document.
    pub postmortem: &'a Postmortem,
    /// The item.
    pub item: &'a ActionItem,
    /// Where it stands in its document.
    pub place: Span,
    /// What it lacks, in the order of [`Requirement`], lateness last.
    pub lacks: Vec<Lack>,
    /// How loud the policy is about it.
    pub level: Level,
    /// Where in `book.toml` the policy stands; empty for the built-in one.
    pub policy: Span,
}

/// What the gate says.
#[derive(Debug, Clone)]
pub struct Verdict<'a> {
    /// How many items were asked for something.
    pub asked: usize,
    /// Those that lack some of it, the most pressing first.
    pub failing: Vec<Failing<'a>>,
}

/// Judges the items of the documents that `is_chosen` names.
pub fn gate<'a>(
    (archive, summary, config): (&'a Archive, &'a Summary, &'a Config),
    source: impl Fn(&str) -> Option<&'a SourceFile>,
    is_chosen: impl Fn(&str) -> bool,
) -> Verdict<'a> {
    let mut verdict = Verdict { asked: 0, failing: Vec::new() };
    let mut accepts: BTreeMap<&str, Accepts> = BTreeMap::new();
    for entry in &summary.actions.entries {
        let Some((postmortem, item)) = entry.item(archive) else { continue };
        if !is_chosen(&postmortem.path) {
            continue;
        }
        let Some(policy) = config.actions.policy(postmortem, item, config) else { continue };
        let asked = asked_of(entry, policy);
        let Some(source) = source(&postmortem.path).filter(|_| !asked.is_empty()) else { continue };
        verdict.asked += 1;
        let place = items::place_in(postmortem, source, item);
        let judged = Item { action: item, entry, config, today: summary.today };
        let lacks = asked.into_iter().filter_map(|asked| {
            let what = (asked.lack)(&judged).filter(|_| !is_forgiven(asked, &judged, policy))?;
            let accepts = accepts.entry(&postmortem.path).or_insert_with(|| Accepts::of(postmortem, source));
            (!accepts.accepts(asked.rule, place)).then_some(Lack { rule: asked.rule, what, help: asked.help })
        });
        let lacks: Vec<Lack> = lacks.collect();
        if !lacks.is_empty() {
            let (level, policy) = (policy.level, policy.span);
            verdict.failing.push(Failing { entry, postmortem, item, place, lacks, level, policy });
        }
    }
    verdict
}

/// What a policy asks of an item in its state.
fn asked_of(entry: &ActionEntry, policy: &Policy) -> Vec<&'static Asked> {
    if policy.level == Level::Allow {
        return Vec::new();
    }
    let mut requirements = policy.require.clone();
    requirements.sort();
    requirements.dedup();
    let is_asked = |requirement: &Requirement| match requirement {
        Requirement::Evidence => entry.status == ActionStatus::Done,
        Requirement::Owner | Requirement::Due | Requirement::Outcome | Requirement::Tracker => {
            entry.status.is_unfinished()
        }
    };
    let asked = requirements.into_iter().filter(is_asked).map(|requirement| match requirement {
        Requirement::Owner => &rules::OWNER,
        Requirement::Due => &rules::DUE_DATE,
        Requirement::Outcome => &rules::OUTCOME,
        Requirement::Tracker => &rules::TRACKER,
        Requirement::Evidence => &rules::EVIDENCE,
    });
    let in_time = policy.max_overdue_days.filter(|_| entry.status.is_unfinished());
    asked.chain(in_time.map(|_| &rules::IN_TIME)).collect()
}

/// True for lateness within the days that the policy allows.
fn is_forgiven(asked: &Asked, item: &Item<'_>, policy: &Policy) -> bool {
    let allowed = i64::from(policy.max_overdue_days.unwrap_or_default());
    asked.rule == rules::IN_TIME.rule
        && item.entry.days_overdue(item.today).is_some_and(|days| days <= allowed)
}
