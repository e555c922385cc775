//! What the rules about names share: is a stated name one of those that the configuration lists?

use crate::{
    check::{fixes, rule::Document},
    config::Config,
    data::{meant, nearest},
    diagnostic::Finding,
    model::{Fact, Postmortem},
};

/// A list of names in the configuration.
#[derive(Debug, Clone, Copy)]
pub(super) enum Table {
    /// `[[severity]]`.
    Severity,
    /// `[[service]]`.
    Service,
    /// `[[team]]`.
    Team,
    /// `[[factor]]`.
    Factor,
}

impl Table {
    const fn key(self) -> &'static str {
        match self {
            Self::Severity => "severity",
            Self::Service => "service",
            Self::Team => "team",
            Self::Factor => "factor",
        }
    }

    /// The ids that the configuration lists; none when it leaves the names open.
    fn listed(self, config: &Config) -> Vec<&str> {
        match self {
            Self::Severity if !config.states_severities() => Vec::new(),
            Self::Severity => config.severities.iter().map(|one| one.id.as_str()).collect(),
            Self::Service => config.services.iter().map(|one| one.id.as_str()).collect(),
            Self::Team => config.teams.iter().map(|one| one.id.as_str()).collect(),
            Self::Factor => config.factors.iter().map(|one| one.id.as_str()).collect(),
        }
    }

    fn has(self, config: &Config, name: &str) -> bool {
        match self {
            Self::Severity => config.severity(name).is_some(),
            Self::Service => config.service(name).is_some(),
            Self::Team => config.team(name).is_some(),
            Self::Factor => config.factor(name).is_some(),
        }
    }

    fn stated(self, postmortem: &Postmortem) -> &[Fact<String>] {
        match self {
            Self::Severity => postmortem.severity.as_slice(),
            Self::Service => &postmortem.services,
            Self::Team => &postmortem.teams,
            Self::Factor => &postmortem.factors,
        }
    }

    /// Reports the names that a document states and the table does not hold, once there is a table at all.
    pub(super) fn report_unknown(
        self,
        rule: &'static str,
        document: &Document<'_>,
        findings: &mut Vec<Finding>,
    ) {
        let (config, key) = (document.config, self.key());
        let listed = self.listed(config);
        if listed.is_empty() {
            return;
        }
        for fact in self.stated(document.postmortem).iter().filter(|fact| !self.has(config, &fact.value)) {
            let meant = meant(&fact.value, listed.iter().copied());
            let help = match meant.or_else(|| nearest(&fact.value, listed.iter().copied())) {
                Some(near) => format!("is `{near}` meant? If not, add a `[[{key}]]` to book.toml"),
                None => format!("correct it, or add a `[[{key}]]` to book.toml"),
            };
            let message = format!("no `[[{key}]]` has the id or alias `{}`", fact.value);
            let fix = meant.and_then(|near| fixes::rename(document, fact.span, &fact.value, near));
            findings.push(Finding::new(rule, fact.span, message).help(help).fix(fix));
        }
    }
}
