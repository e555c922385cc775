//! Names on the command line that nothing in the archive has: a slip of the pen finds nothing, and that looks like good news.

use std::collections::BTreeSet;

use crate::{
    cli::{Global, Io, show::find::named},
    error::Result,
    pipeline::Analysis,
    report::visible,
};

/// What stands for the lack of a value.
pub(super) const NONE: &str = "none";

/// Names of one kind.
pub(super) struct Names<'a> {
    /// What they are names of.
    pub(super) kind: &'static str,
    /// Those that are asked for.
    pub(super) wanted: &'a [String],
    /// What each of them may be written for; none for a name that is not configured.
    pub(super) id: &'a dyn Fn(&str) -> Option<String>,
    /// Those that there are.
    pub(super) there: BTreeSet<String>,
}

impl<'a> Names<'a> {
    /// Names of teams: those of the configuration, and those that documents name.
    pub(super) fn of_teams(
        wanted: &'a [String],
        analysis: &Analysis,
        id: &'a dyn Fn(&str) -> Option<String>,
    ) -> Self {
        let configured = analysis.config.teams.iter().map(|team| team.id.clone());
        let entries = analysis
            .summary
            .actions
            .entries
            .iter()
            .filter_map(|entry| entry.team.as_deref().map(str::to_owned));
        let stated = analysis.archive.postmortems().iter().flat_map(|postmortem| &postmortem.teams);
        let stated = stated.map(|team| team.value.clone());
        Self { kind: "team", wanted, id, there: configured.chain(entries).chain(stated).collect() }
    }

    /// Says which of them nothing has.
    pub(super) fn tell(&self, global: &Global, io: &mut Io<'_>) -> Result<()> {
        let Self { kind, wanted, id, there } = self;
        let is_there = |name: &String| {
            name.eq_ignore_ascii_case(NONE)
                || id(name).is_some()
                || there.iter().any(|known| known.eq_ignore_ascii_case(name.trim_start_matches('@')))
        };
        for name in wanted.iter().filter(|name| !is_there(name) && !global.quiet) {
            let known = match there.len() {
                0 => "the archive names none".to_owned(),
                1 => format!("there is {}", named(there.iter().map(String::as_str), 1)),
                many => format!("there are {}", named(there.iter().map(String::as_str), many)),
            };
            io.err.line(&format!("note: no {kind} is called `{}`; {known}", visible(name)))?;
        }
        Ok(())
    }
}
