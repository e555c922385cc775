//! `book.toml`: what the user configured.
//!
//! Every key has a default and the file may be missing. A wrong key or value is a finding that points into the file;
//! the rest of the file still counts. The commented `book.toml` at the top of the repository is the reference, and a
//! test holds it against these types.

mod calendar;
mod names;
mod parts;
mod policy;
mod roots;
mod slo;
mod triggers;
mod values;
mod when;

pub use calendar::{Calendar, Hours, Weekday};
pub use names::Named;
pub use parts::{
    Book, Build, Check, Factor, Html, Measure, Output, Override, Search, Sections, Service, Severity,
    Snippets, Team, Tracker, Which,
};
pub use policy::{Actions, Policy, Requirement};
pub use roots::{Folder, Roots};
pub use slo::Slo;
pub use triggers::Trigger;
pub use values::{Colour, DateOrder, Day, PathGlob, Pattern, Split, ZoneName};
pub use when::When;

use std::{
    fmt,
    sync::{Arc, LazyLock},
};

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    data,
    diagnostic::Finding,
    model::SectionKind,
    source::{SourceFile, Span},
};

/// The rule under which everything wrong with `book.toml` is reported.
pub const RULE: &str = "invalid-configuration";

/// The whole of `book.toml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// What the archive is.
    pub book: Book,
    /// Where the site goes and who it is for.
    pub build: Build,
    /// The forms of output.
    pub output: Output,
    /// The severities, the worst first. Without any, SEV1 to SEV4 with their usual aliases.
    #[serde(rename = "severity")]
    pub severities: Vec<Severity>,
    /// The services. Once there is one, a service that is not in the list is a finding.
    #[serde(rename = "service")]
    pub services: Vec<Service>,
    /// The teams.
    #[serde(rename = "team")]
    pub teams: Vec<Team>,
    /// The service level objectives.
    #[serde(rename = "slo")]
    pub slos: Vec<Slo>,
    /// The contributing factors.
    #[serde(rename = "factor")]
    pub factors: Vec<Factor>,
    /// The kinds of triggers. Without any, those that most teams tell apart.
    #[serde(rename = "trigger")]
    pub triggers: Vec<Trigger>,
    /// Measures beside the four that are built in.
    #[serde(rename = "measure")]
    pub measures: Vec<Measure>,
    /// When somebody is at work, for measures that count only those hours.
    #[serde(rename = "calendar")]
    pub calendars: Vec<Calendar>,
    /// The parts of a postmortem.
    pub sections: Sections,
    /// How loud each rule is.
    pub check: Check,
    /// What is promised about action items.
    pub actions: Actions,
    /// How keys become links.
    #[serde(rename = "tracker")]
    pub trackers: Vec<Tracker>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            book: Book::default(),
            build: Build::default(),
            output: Output::default(),
            severities: Severity::usual(),
            services: Vec::new(),
            teams: Vec::new(),
            slos: Vec::new(),
            factors: Vec::new(),
            triggers: Trigger::usual(),
            measures: Vec::new(),
            calendars: Vec::new(),
            sections: Sections::default(),
            check: Check::default(),
            actions: Actions::default(),
            trackers: Vec::new(),
        }
    }
}

/// What every document is held against, so made once.
static USUAL_SEVERITIES: LazyLock<Vec<Severity>> = LazyLock::new(Severity::usual);

impl Config {
    /// True when the file has severities of its own, so that any other one in a document is a mistake.
    pub fn states_severities(&self) -> bool {
        self.severities != *USUAL_SEVERITIES
    }

    /// Reads a configuration. Nothing that is wrong in it stops the rest from being read.
    pub fn parse(file: &SourceFile) -> (Self, Vec<Finding>) {
        let (node, mut problems) = data::toml::parse(&file.text, 0);
        let (config, wrong) = data::read::<Self>(node);
        problems.extend(wrong);
        let mut findings: Vec<Finding> =
            problems.into_iter().map(|problem| problem.into_finding(RULE)).collect();
        config.contradictions(&mut findings);
        findings.sort_by_key(|finding| finding.span.start);
        (config, findings)
    }

    /// The four built-in measures, then those of the file. A measure of the file replaces a built-in one of its name.
    pub fn all_measures(&self) -> Vec<Measure> {
        Measure::built_in()
            .filter(|measure| self.measures.iter().all(|own| own.name != measure.name))
            .chain(
                self.measures
                    .iter()
                    .map(|measure| Measure { hours: self.hours_of(measure), ..measure.clone() }),
            )
            .collect()
    }

    /// The calendar that a measure names, with the zone of the site where it states none.
    fn hours_of(&self, measure: &Measure) -> Option<Arc<Calendar>> {
        let calendar =
            self.calendars.iter().find(|calendar| Some(&calendar.id) == measure.calendar.as_deref())?;
        let zone = calendar.zone.clone().or_else(|| self.book.zone.clone());
        Some(Arc::new(Calendar { zone, ..calendar.clone() }))
    }

    /// True when a document reads under this configuration as it does under the other one, the words of its languages
    /// apart.
    pub fn reads_like(&self, other: &Self) -> bool {
        self.of_reading() == other.of_reading()
    }

    /// Everything that decides how a document reads, the words of its languages apart. Every key stands here, so that a
    /// new one has to be put on one side or the other.
    pub fn of_reading(&self) -> impl PartialEq + fmt::Debug {
        let Self {
            book: Book { title: _, description: _, language: _, src, zone, date_order, split },
            build: Build { build_dir: _, default_visibility },
            severities,
            services,
            teams,
            factors,
            // What is made of documents that have been read; the words of the sections are the languages'.
            output: _,
            slos: _,
            triggers: _,
            measures: _,
            calendars: _,
            sections: _,
            check: _,
            actions: _,
            trackers: _,
        } = self;
        (src, zone, date_order, split, default_visibility, severities, services, teams, factors)
    }

    /// The kinds that `[sections] required` names.
    pub fn required_sections(&self) -> Vec<SectionKind> {
        self.sections.required.iter().filter_map(|name| SectionKind::from_words(name)).collect()
    }

    /// What each value alone cannot show: names that point at nothing.
    fn contradictions(&self, findings: &mut Vec<Finding>) {
        let kinds = || SectionKind::ALL.map(SectionKind::words).join("`, `");
        for name in &self.sections.required {
            if SectionKind::from_words(name).is_none() {
                findings.push(
                    Finding::new(RULE, name.span, format!("`{}` is not a kind of section", name.value))
                        .help(format!("the kinds are `{}`", kinds())),
                );
            }
        }
        for name in self.sections.aliases.keys() {
            if SectionKind::from_words(name).is_none() {
                findings.push(
                    Finding::new(
                        RULE,
                        Span::empty(0),
                        format!("`[sections.aliases]` names `{name}`, which is not a kind of section"),
                    )
                    .help(format!("the kinds are `{}`", kinds())),
                );
            }
        }
        let teams = self.services.iter().filter_map(|service| service.team.as_ref());
        for team in teams.filter(|team| !self.teams.is_empty() && self.team(team).is_none()) {
            findings.push(
                Finding::new(RULE, team.span, format!("no `[[team]]` has the id `{}`", team.value))
                    .help("add the team, or correct the name"),
            );
        }
        let conditions =
            self.check.overrides.iter().map(|entry| &*entry.when).chain(self.actions.conditions());
        let severities = conditions.flat_map(|when| when.severity.iter());
        for severity in
            severities.filter(|severity| self.states_severities() && self.severity(severity).is_none())
        {
            findings.push(
                Finding::new(
                    RULE,
                    severity.span,
                    format!("no `[[severity]]` has the id `{}`", severity.value),
                )
                .help("add the severity, or correct the name"),
            );
        }
        let calendars = self.measures.iter().filter_map(|measure| measure.calendar.as_ref());
        for name in calendars.filter(|name| self.calendars.iter().all(|calendar| calendar.id != name.value)) {
            findings.push(
                Finding::new(RULE, name.span, format!("no `[[calendar]]` has the id `{}`", name.value))
                    .help("add the calendar, or correct the name"),
            );
        }
        let services = self.slos.iter().filter_map(|slo| slo.service.as_ref());
        for service in services.filter(|service| self.service(service).is_none()) {
            findings.push(
                Finding::new(RULE, service.span, format!("no `[[service]]` has the id `{}`", service.value))
                    .help("add the service, or correct the name"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        let file = SourceFile::new("book.toml", text);
        let (_, findings) = Config::parse(&file);
        findings
            .into_iter()
            .map(|finding| {
                let help = finding.help.map(|help| format!(" ({help})")).unwrap_or_default();
                format!("{}: {}{help}", file.position(finding.span.start), finding.message)
            })
            .collect()
    }

    #[test]
    fn a_missing_file_is_the_default() {
        let (config, findings) = Config::parse(&SourceFile::new("book.toml", ""));
        assert_eq!(findings, []);
        assert_eq!(config.book.src, Roots::default());
        assert_eq!(config.required_sections().len(), 5);
        assert_eq!(config.all_measures().len(), 4);
    }

    #[test]
    fn every_wrong_key_and_value_is_reported_at_its_place_and_the_rest_counts() {
        let text = "[book]\ntitel = \"Acme\"\nlanguage = \"de\"\nzone = \"Mars\"\n\n[[tracker]]\npattern = \"(\"\nurl = \"x\"\n\n[sections]\nrequired = [\"summary\", \"poem\"]\n";
        let found = problems(text);
        assert_eq!(found.len(), 4, "{found:#?}");
        assert!(
            found[0].starts_with("2:1: unknown key `titel`") && found[0].contains("`title`"),
            "{found:#?}"
        );
        assert!(
            found[1].starts_with("4:8: ") && found[1].contains("`Mars` is not a time zone"),
            "{found:#?}"
        );
        assert!(
            found[2].starts_with("7:11: ") && found[2].contains("is not a regular expression"),
            "{found:#?}"
        );
        assert!(found[3].starts_with("11:24: `poem` is not a kind of section"), "{found:#?}");
        let (config, _) = Config::parse(&SourceFile::new("book.toml", text));
        assert_eq!(config.book.language.value, "de");
        assert_eq!(config.required_sections(), [SectionKind::Summary]);
    }

    #[test]
    fn an_objective_that_cannot_be_met_or_missed_is_reported_at_its_target() {
        let slo = |target: &str| format!("[[slo]]\nid = \"pay\"\ntarget = {target}\n");
        for target in ["0.0", "-1", "100.5", "999"] {
            let found = problems(&slo(target));
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(
                found[0].starts_with("3:10: ") && found[0].contains("cannot be met or missed"),
                "{found:?}"
            );
        }
        assert_eq!(problems(&slo("100")), [""; 0]);
        let found = problems("[[slo]]\nid = \"pay\"\nwindow-days = 0\n");
        assert!(found[0].starts_with("3:15: "), "{found:?}");
    }

    #[test]
    fn a_key_becomes_a_link_only_when_the_whole_key_fits() {
        let text =
            "[[tracker]]\npattern = \"SHOP-(\\\\d+)\"\nurl = \"https://jira.example.com/browse/SHOP-$1\"\n";
        let (config, findings) = Config::parse(&SourceFile::new("book.toml", text));
        assert_eq!(findings, []);
        assert_eq!(
            config.tracker_link("SHOP-12").as_deref(),
            Some("https://jira.example.com/browse/SHOP-12")
        );
        assert_eq!(config.tracker_link("WORKSHOP-12"), None);
        assert_eq!(config.tracker_link("https://example.com/1").as_deref(), Some("https://example.com/1"));
        assert_eq!(config.tracker_link("javascript:alert(1)"), None);
    }

    #[test]
    fn names_are_found_by_id_alias_and_title_however_they_are_written() {
        let text = "[[severity]]\nid = \"SEV1\"\naliases = [\"critical\", \"P1\"]\n[[service]]\nid = \"pay-api\"\nname = \"Payments\"\n";
        let (config, _) = Config::parse(&SourceFile::new("book.toml", text));
        for written in ["SEV1", "sev-1", "Sev 1", "Critical", "p1"] {
            assert_eq!(
                config.severity(written).map(|severity| severity.id.as_str()),
                Some("SEV1"),
                "{written}"
            );
        }
        assert_eq!(config.severity("SEV12").map(|severity| &severity.id), None);
        assert_eq!(config.service("payments").map(|service| service.id.as_str()), Some("pay-api"));
    }
}
