//! The conditions under which an entry of `book.toml` speaks about a document.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    config::{Config, Day, PathGlob},
    data::{OneOrMany, Spanned},
    model::{Postmortem, Status},
};

/// Which documents are meant. All conditions that are given must hold; none means every document.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct When {
    /// The document's status, or a list of which it must be one.
    pub status: OneOrMany<Status>,
    /// The document's severity, by id or alias, or a list of which it must be one.
    pub severity: OneOrMany<Spanned<String>>,
    /// The document's path below the root.
    pub path: Option<PathGlob>,
    /// The document's date is earlier than this day.
    pub before: Option<Day>,
}

impl When {
    /// True when the document is meant.
    pub fn fits(&self, postmortem: &Postmortem, config: &Config) -> bool {
        let status = postmortem.status.as_ref().map(|status| status.value);
        let is_severity = |wanted: &Spanned<String>| {
            let wanted = config.severity(wanted).map_or(&wanted.value, |severity| &severity.id);
            postmortem.severity_id.as_ref().is_some_and(|severity| severity.eq_ignore_ascii_case(wanted))
        };
        let date = postmortem.date.as_ref().map(|date| date.value);
        (self.status.is_empty() || status.is_some_and(|status| self.status.contains(&status)))
            && (self.severity.is_empty() || self.severity.iter().any(is_severity))
            && self.path.as_ref().is_none_or(|glob| glob.matches(&postmortem.path))
            && self.before.is_none_or(|day| date.is_some_and(|date| date < day.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::fixture::{fact, postmortem},
        source::SourceFile,
    };

    fn fits(when: &str, postmortem: &Postmortem) -> bool {
        let text = format!("[[check.override]]\nwhen = {{ {when} }}\n");
        let (config, findings) = Config::parse(&SourceFile::new("book.toml", text));
        assert_eq!(findings, []);
        config.check.overrides[0].when.fits(postmortem, &config)
    }

    #[test]
    fn all_conditions_must_hold_and_a_list_is_a_choice() {
        let mut one = postmortem("2026/a", "2026-03-14");
        one.status = Some(fact(Status::Final));
        one.severity_id = Some("SEV2".to_owned());
        for when in [
            "",
            "status = \"final\"",
            "status = [\"draft\", \"final\"], severity = [\"SEV1\", \"major\"]",
            "path = \"2026/**\", before = 2026-03-15",
        ] {
            assert!(fits(when, &one), "{when}");
        }
        for when in [
            "status = \"final\", severity = \"SEV1\"",
            "path = \"2025/**\"",
            "before = 2026-03-14",
            "status = \"draft\"",
        ] {
            assert!(!fits(when, &one), "{when}");
        }
        assert!(!fits("before = 2027-01-01", &postmortem("undated", "")));
    }
}
