//! A finding of reading as it is kept: with the names of its rules as texts.

use serde::{Deserialize, Serialize};

use crate::{
    check,
    diagnostic::{Applicability, Aspect, Finding, Fix, Label},
    source::{Edit, Span},
};

/// What [`Finding`] holds.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    rule: String,
    span: Span,
    message: String,
    label: String,
    others: Vec<Label>,
    help: Option<String>,
    fix: Option<KeptFix>,
}

/// What [`Fix`] holds.
#[derive(Debug, Serialize, Deserialize)]
struct KeptFix {
    applicability: Applicability,
    title: String,
    edits: Vec<Edit>,
    changes: Vec<Aspect>,
}

impl Kept {
    /// None for a finding that cannot be had back: one of no rule, or one whose fix leaves work to other rules, which no
    /// finding of reading does.
    pub(super) fn of(finding: &Finding) -> Option<Self> {
        let Finding { rule, span, message, label, others, help, fix } = finding;
        let fix = match fix.as_deref() {
            None => None,
            Some(Fix { leaves: [_, ..], .. }) => return None,
            Some(Fix { applicability, title, edits, changes, leaves: [] }) => Some(KeptFix {
                applicability: *applicability,
                title: title.clone(),
                edits: edits.clone(),
                changes: changes.to_vec(),
            }),
        };
        check::rule(rule)?;
        Some(Self {
            rule: (*rule).to_owned(),
            span: *span,
            message: message.clone(),
            label: label.clone(),
            others: others.clone(),
            help: help.clone(),
            fix,
        })
    }

    /// The finding; none when its rule is not there.
    pub(super) fn finding(self) -> Option<Finding> {
        let Self { rule, span, message, label, others, help, fix } = self;
        let fix = fix.map(|KeptFix { applicability, title, edits, changes }| {
            Box::new(Fix { applicability, title, edits, changes: changes.into(), leaves: &[] })
        });
        Some(Finding { rule: check::rule(&rule)?.name, span, message, label, others, help, fix })
    }
}
