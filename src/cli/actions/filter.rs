//! Which action items a command line asks for.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use clap::Args;

use super::{
    state::{Wanted, kinds, wanted},
    unknown::{NONE, Names},
};
use crate::{
    aggregate::ActionEntry,
    cli::{Global, Io},
    config::Config,
    error::Result,
    model::{ActionItem, ActionStatus, ActionType, Due, Postmortem},
    pipeline::Analysis,
};

#[derive(Debug, Args)]
#[command(next_help_heading = "Which items")]
pub(super) struct Filter {
    /// In this state; this and most others may be given several times
    #[arg(short, long, value_name = "STATE", value_parser = wanted())]
    state: Vec<Wanted>,
    /// Of this owner; `none` for those without
    #[arg(long, value_name = "OWNER")]
    owner: Vec<String>,
    /// Of this team, by id, name or alias
    #[arg(long, value_name = "TEAM")]
    team: Vec<String>,
    /// Of incidents of this service
    #[arg(long, value_name = "SERVICE")]
    service: Vec<String>,
    /// Of this source, by id or label, where the archive has several
    #[arg(long, value_name = "SOURCE")]
    source: Vec<String>,
    /// Of incidents of this severity
    #[arg(long, value_name = "SEVERITY")]
    severity: Vec<String>,
    /// Of this type; `none` for those without
    #[arg(short = 't', long = "type", value_name = "TYPE", value_parser = kinds())]
    kind: Vec<String>,
    /// Of this priority
    #[arg(short, long, value_name = "PRIORITY")]
    priority: Vec<String>,
    /// With this tracker key, or a part of it
    #[arg(long, value_name = "KEY")]
    tracker: Vec<String>,
    /// Past their day
    #[arg(long)]
    overdue: bool,
    /// Due before this day
    #[arg(long, value_name = "DATE", value_parser = crate::cli::date)]
    due_before: Option<NaiveDate>,
    /// Unfinished for more than so many days
    #[arg(long, value_name = "DAYS", value_parser = days)]
    older_than: Option<u32>,
    /// With these words in the item or in the title of its postmortem
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
}

impl Filter {
    /// The states that are asked for; without any, what is committed to and not finished.
    pub(super) fn states(&self) -> BTreeSet<ActionStatus> {
        let all = ActionStatus::ALL.into_iter();
        if self.state.is_empty() {
            return all.filter(|status| status.is_unfinished()).collect();
        }
        all.filter(|status| self.state.iter().any(|state| state.holds(*status))).collect()
    }

    /// Says which names the archive does not have: nothing can be found under them.
    pub(super) fn tell_unknown(&self, analysis: &Analysis, global: &Global, io: &mut Io<'_>) -> Result<()> {
        let config = &analysis.config;
        let postmortems = || analysis.archive.postmortems().iter();
        let priority = |item: &ActionItem| item.priority.as_ref().map(|fact| fact.value.clone());
        Names::of_teams(&self.team, analysis, &|name| config.team(name).map(|team| team.id.clone()))
            .tell(global, io)?;
        let services = config.services.iter().map(|service| service.id.clone());
        let stated = postmortems().flat_map(|one| &one.services).map(|service| service.value.clone());
        let others = [
            Names {
                kind: "service",
                wanted: &self.service,
                id: &|name| config.service(name).map(|service| service.id.clone()),
                there: services.chain(stated).collect(),
            },
            Names {
                kind: "severity",
                wanted: &self.severity,
                id: &|name| config.severity(name).map(|severity| severity.id.clone()),
                there: config.severities.iter().map(|severity| severity.id.clone()).collect(),
            },
            Names {
                kind: "source",
                wanted: &self.source,
                id: &|name| source_id(config, name),
                there: config.book.src.sources().map(|(id, _)| id).collect(),
            },
            Names {
                kind: "priority",
                wanted: &self.priority,
                id: &|_| None,
                there: postmortems().flat_map(|one| &one.actions).filter_map(priority).collect(),
            },
        ];
        others.iter().try_for_each(|names| names.tell(global, io))
    }

    /// True when all that is asked for holds.
    pub(super) fn fits(
        &self,
        entry: &ActionEntry,
        (postmortem, item): (&Postmortem, &ActionItem),
        config: &Config,
    ) -> bool {
        let value =
            |fact: &'_ Option<crate::model::Fact<String>>| fact.as_ref().map(|fact| fact.value.clone());
        let service = |name: &str| config.service(name).map(|service| service.id.clone());
        let severity = |name: &str| config.severity(name).map(|severity| severity.id.clone());
        let team = |name: &str| config.team(name).map(|team| team.id.clone());
        let services: Vec<String> = postmortem.services.iter().map(|name| name.value.clone()).collect();
        is_one_of(&self.owner, value(&item.owner).as_slice(), |_| None)
            && is_one_of(&self.team, entry.team.as_slice(), team)
            && is_one_of(&self.service, &services, service)
            && is_one_of(&self.source, postmortem.source.as_slice(), |label| source_id(config, label))
            && is_one_of(&self.severity, postmortem.severity_id.as_slice(), severity)
            && is_one_of(&self.kind, item.kind.as_ref().map(|kind| kind.value).map(key).as_slice(), |_| None)
            && is_one_of(&self.priority, value(&item.priority).as_slice(), |_| None)
            && self.fits_trackers(item)
            && (!self.overdue || entry.is_overdue)
            && self.due_before.is_none_or(|day| entry.due.map(Due::last_day).is_some_and(|due| due < day))
            && self.older_than.is_none_or(|most| entry.age_days.is_some_and(|days| days > i64::from(most)))
            && self
                .text
                .as_ref()
                .is_none_or(|text| holds_words(text, &[&item.title, &postmortem.title.value]))
    }

    fn fits_trackers(&self, item: &ActionItem) -> bool {
        self.tracker.is_empty()
            || self.tracker.iter().any(|wanted| {
                let wanted = wanted.to_lowercase();
                let mut keys = item.trackers.iter().map(|tracker| tracker.value.to_lowercase());
                if wanted == NONE { item.trackers.is_empty() } else { keys.any(|key| key.contains(&wanted)) }
            })
    }
}

fn source_id(config: &Config, label: &str) -> Option<String> {
    config.book.src.sources().find(|(_, folder)| folder.label == label).map(|(id, _)| id)
}

fn days(text: &str) -> std::result::Result<u32, String> {
    text.strip_suffix('d')
        .unwrap_or(text)
        .parse()
        .map_err(|_| "expected a number of days such as 30".to_owned())
}

fn key(kind: ActionType) -> String {
    kind.key().to_owned()
}

/// True when one of the wanted names, or what `id` makes of it, is among those that are there. An `@` in front of a name
/// and its case do not count.
fn is_one_of(wanted: &[String], there: &[impl AsRef<str>], id: impl Fn(&str) -> Option<String>) -> bool {
    let same = |a: &str, b: &str| {
        a.trim().trim_start_matches('@').eq_ignore_ascii_case(b.trim().trim_start_matches('@'))
    };
    wanted.is_empty()
        || wanted.iter().any(|wanted| {
            if there.is_empty() {
                return same(wanted, NONE);
            }
            let id = id(wanted);
            let mut there = there.iter().map(AsRef::as_ref);
            there.any(|name| same(name, wanted) || id.as_ref().is_some_and(|id| same(name, id)))
        })
}

/// True when every word is in one of the texts.
fn holds_words(words: &str, texts: &[&str]) -> bool {
    let texts: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
    words.to_lowercase().split_whitespace().all(|word| texts.iter().any(|text| text.contains(word)))
}
