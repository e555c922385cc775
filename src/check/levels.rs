//! How loud a rule is for a document.
//!
//! In this order, the last that speaks wins: the rule's own level, as its [`Stage`] bends it to the document's status
//! and severity; `[check]`; each `[[check.override]]` that fits the document, in the order of the file. Within one table
//! a rule's name wins over its group's, and the louder of two levels wins.

use crate::{
    check::{
        rule::{Group, Rule, Stage},
        rules::{RULES, UNKNOWN_RULE, UNUSED_OVERRIDE},
    },
    config::{Config, When},
    data::{Spanned, nearest},
    diagnostic::{Finding, Level},
    model::{Archive, Postmortem, Status},
};

/// What one table of the configuration says, rule by rule, in the order of [`RULES`].
type Table = Vec<Option<Level>>;

/// The levels that a configuration gives.
pub(super) struct Levels<'a> {
    config: &'a Config,
    base: Table,
    overrides: Vec<(&'a When, Table)>,
}

impl<'a> Levels<'a> {
    pub(super) fn new(config: &'a Config) -> Self {
        let check = &config.check;
        let overrides = check
            .overrides
            .iter()
            .map(|entry| (&*entry.when, table(&entry.deny, &entry.warn, &entry.info, &entry.allow)))
            .collect();
        Self { config, base: table(&check.deny, &check.warn, &check.info, &check.allow), overrides }
    }

    /// The level of every rule for a document, in the order of [`RULES`]; without a document, for what belongs to none.
    pub(super) fn of(&self, postmortem: Option<&Postmortem>) -> Vec<Level> {
        let fitting: Vec<&Table> = self
            .overrides
            .iter()
            .filter(|(when, _)| postmortem.is_some_and(|postmortem| when.fits(postmortem, self.config)))
            .map(|(_, table)| table)
            .collect();
        RULES
            .iter()
            .enumerate()
            .map(|(at, rule)| {
                let stated = fitting.iter().rev().chain([&&self.base]).find_map(|table| *table.get(at)?);
                stated.unwrap_or_else(|| self.built_in(rule, postmortem))
            })
            .collect()
    }

    fn built_in(&self, rule: &Rule, postmortem: Option<&Postmortem>) -> Level {
        let Some(postmortem) = postmortem else { return rule.default_level };
        let status = postmortem.status.as_ref().map(|status| status.value);
        let as_hint = rule.default_level.min(Level::Info);
        match (rule.stage, status) {
            (Stage::AfterDraft | Stage::WhenFinished, Some(Status::Draft)) | (Stage::WhenFinished, None) => {
                as_hint
            }
            (Stage::WhenFinished, Some(Status::Final)) if is_worst(postmortem, self.config) => {
                louder(rule.default_level)
            }
            _ => rule.default_level,
        }
    }

    /// What the tables name that there is not, and overrides that fit no document.
    pub(super) fn findings(&self, archive: &Archive) -> Vec<Finding> {
        let check = &self.config.check;
        let lists = [&check.deny, &check.warn, &check.info, &check.allow].into_iter().chain(
            check.overrides.iter().flat_map(|entry| [&entry.deny, &entry.warn, &entry.info, &entry.allow]),
        );
        let unknown = lists.flatten().filter(|name| select(name).is_empty()).map(unknown_rule);
        let unused = check
            .overrides
            .iter()
            .filter(|entry| !archive.postmortems().iter().any(|one| entry.when.fits(one, self.config)))
            .map(|entry| {
                Finding::new(UNUSED_OVERRIDE.name, entry.when.span, "no document fits this override")
                    .help("correct its conditions, or remove it")
            });
        unknown.chain(unused).collect()
    }
}

fn unknown_rule(name: &Spanned<String>) -> Finding {
    let names = || RULES.iter().map(|rule| rule.name).chain(Group::ALL.map(Group::word));
    let help = match nearest(&name.value, names()) {
        Some(near) => format!("is `{near}` meant?"),
        None => "`afterword rules` lists all rules and groups".to_owned(),
    };
    Finding::new(UNKNOWN_RULE.name, name.span, format!("there is no rule and no group `{}`", name.value))
        .help(help)
}

fn table(
    deny: &[Spanned<String>],
    warn: &[Spanned<String>],
    info: &[Spanned<String>],
    allow: &[Spanned<String>],
) -> Table {
    let mut by_group: Table = vec![None; RULES.len()];
    let mut by_name: Table = vec![None; RULES.len()];
    let lists = [(allow, Level::Allow), (info, Level::Info), (warn, Level::Warning), (deny, Level::Error)];
    for (list, level) in lists {
        for name in list {
            let target = if Group::ALL.iter().any(|group| group.word() == name.value) {
                &mut by_group
            } else {
                &mut by_name
            };
            for at in select(&name.value) {
                if let Some(entry) = target.get_mut(at) {
                    *entry = Some(level);
                }
            }
        }
    }
    by_name.into_iter().zip(by_group).map(|(name, group)| name.or(group)).collect()
}

/// The places in [`RULES`] of what a name means: one rule, or the rules of a group.
fn select(name: &str) -> Vec<usize> {
    RULES
        .iter()
        .enumerate()
        .filter(|(_, rule)| rule.name == name || rule.group.word() == name)
        .map(|(at, _)| at)
        .collect()
}

/// True when the document's severity is the worst: the first of the configured ones, or what teams usually call it.
fn is_worst(postmortem: &Postmortem, config: &Config) -> bool {
    const USUAL: [&str; 6] = ["sev0", "sev1", "p0", "p1", "s1", "critical"];
    let Some(severity) = &postmortem.severity_id else { return false };
    if let Some(worst) = config.severities.first() {
        return worst.id == *severity;
    }
    let plain: String = severity.chars().filter(|letter| letter.is_alphanumeric()).collect();
    USUAL.iter().any(|usual| usual.eq_ignore_ascii_case(&plain))
}

fn louder(level: Level) -> Level {
    match level {
        Level::Allow => Level::Allow,
        Level::Info => Level::Warning,
        Level::Warning | Level::Error => Level::Error,
    }
}
