//! `[actions]`: what a site promises about action items, and what it lets nobody forget.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    config::{Config, When},
    data::{OneOrMany, Spanned},
    diagnostic::Level,
    model::{ActionItem, Postmortem, Status},
    source::Span,
};

/// `[actions]`: what is promised about action items.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Actions {
    /// Days from the incident to the due day, by priority, for items that state no due date.
    pub due_days: BTreeMap<String, u32>,
    /// What `afterword actions gate` asks of action items. The last policy that fits an item decides about it. Without
    /// any: an owner, a due date, and no day overdue; drafts are asked nothing.
    #[serde(rename = "policy")]
    pub policies: Vec<Spanned<Policy>>,
}

impl Default for Actions {
    fn default() -> Self {
        let everything = Policy {
            require: vec![Requirement::Owner, Requirement::Due],
            max_overdue_days: Some(0),
            ..Policy::default()
        };
        let drafts = Policy {
            when: When { status: OneOrMany(vec![Status::Draft]), ..When::default() },
            ..Policy::default()
        };
        let policies = [everything, drafts].map(|policy| Spanned::new(policy, Span::default()));
        Self { due_days: BTreeMap::new(), policies: policies.into() }
    }
}

/// One entry of `[[actions.policy]]`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Policy {
    /// The documents whose items are meant.
    pub when: When,
    /// The priority of the items that are meant, or a list of which it must be one; none means every item.
    pub priority: OneOrMany<String>,
    /// What an item must have.
    pub require: Vec<Requirement>,
    /// How many days an item may be overdue; when it is left out, an item may be late.
    pub max_overdue_days: Option<u32>,
    /// What an item is that lacks something: an `error` fails the gate, the others are only shown.
    pub level: Level,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            when: When::default(),
            priority: OneOrMany::default(),
            require: Vec::new(),
            max_overdue_days: None,
            level: Level::Error,
        }
    }
}

/// What a policy may ask of an action item. Proposed items and those that were decided against are asked nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Requirement {
    /// A person or team that answers for it, while it is unfinished.
    Owner,
    /// A due date, stated or following from `due-days`, while it is unfinished.
    Due,
    /// A result that can be seen, while it is unfinished.
    Outcome,
    /// A tracker key or link, while it is unfinished.
    Tracker,
    /// Something that shows that it is done, once it is.
    Evidence,
}

impl Actions {
    /// The policy that decides about an item: the last that fits it.
    pub fn policy(
        &self,
        postmortem: &Postmortem,
        item: &ActionItem,
        config: &Config,
    ) -> Option<&Spanned<Policy>> {
        self.policies.iter().rev().find(|policy| {
            let is_priority = |wanted: &String| {
                let priority = item.priority.as_ref().map(|priority| priority.value.trim());
                priority.is_some_and(|priority| priority.eq_ignore_ascii_case(wanted))
            };
            policy.when.fits(postmortem, config)
                && (policy.priority.is_empty() || policy.priority.iter().any(is_priority))
        })
    }

    /// The conditions of all policies.
    pub(super) fn conditions(&self) -> impl Iterator<Item = &When> {
        self.policies.iter().map(|policy| &policy.when)
    }
}
