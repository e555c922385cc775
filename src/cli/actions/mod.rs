//! `afterword actions`: the follow-up work of all postmortems.

mod digest;
mod filter;
mod find;
mod gate;
mod list;
mod set;
mod show;
mod state;
mod unknown;

use clap::{Args, Subcommand};

use crate::{
    cli::{ExitStatus, Global, Io},
    error::Result,
    export::Row,
};

/// The word for an item whose day has passed.
const OVERDUE: &str = "overdue";

/// The state in a word, lateness first.
const fn state(row: &Row<'_>) -> &'static str {
    if row.overdue { OVERDUE } else { row.status }
}

/// Follow up the action items of all postmortems: list, show, set, digest, gate
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
#[command(after_help = "\
Unfinished items are listed, the most pressing first: open, in progress, blocked. `--state` chooses others. Only work \
that somebody has committed to can be overdue; a proposed item is an idea.

Examples:
  afterword actions
  afterword actions --overdue --team storefront --severity SEV1
  afterword actions --owner none --format markdown
  afterword actions --state done --state wont-do --format csv > finished.csv
  afterword actions show 2026-03-14-checkout-latency/a1
  afterword actions set 2026-03-14-checkout-latency/a1 done --evidence https://example.com/dashboards/pool
  afterword actions digest --since 14d
  afterword actions gate")]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    list: list::Listing,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The same as `afterword actions`
    List(Box<list::Listing>),
    Show(show::Arguments),
    Set(set::Arguments),
    Digest(digest::Arguments),
    Gate(gate::Arguments),
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    match &arguments.what {
        None => list::run(&arguments.list, global, io),
        Some(What::List(list)) => list::run(list, global, io),
        Some(What::Show(show)) => show::run(show, global, io),
        Some(What::Set(set)) => set::run(set, global, io),
        Some(What::Digest(digest)) => digest::run(digest, global, io),
        Some(What::Gate(gate)) => gate::run(gate, global, io),
    }
}
