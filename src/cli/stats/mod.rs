//! `afterword stats`: what all postmortems say together, in figures.

mod figures;
mod over_time;
mod text;

use clap::{Args, ValueEnum};

use crate::{
    cli::{ExitStatus, Global, Io, session::Session},
    error::Result,
    model::Archive,
    report::to_json,
};

/// Print figures: how often, how long, what is open
#[derive(Debug, Args)]
#[command(after_help = "\
A measure is the time between two milestones. It is recorded, or it is inferred (the words of a timeline suggest a \
milestone that nothing states), missing (a milestone is not there), pending (the document is not final yet) or invalid \
(the later milestone comes first); only recorded ones are in the median, and n counts them. \
Nine of ten are not longer than the p90, and half of all lie between p25 and p75. n says how many there are: fewer than \
five say little about others, and are marked `few`; of fewer than ten, the p90 is just the longest and is not told.

The error budget of an objective is what its target leaves of its window: 99.9 % of 30 days leave 43.2 minutes. What an \
incident cost is stated in bad minutes, or computed from its impact and its error rate; where neither can be told it is \
unknown, and not zero.

Examples:
  afterword stats
  afterword stats --format json")]
pub(super) struct Arguments {
    /// How to print them
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    format: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    Table,
    Json,
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    let session = Session::open_some(global, io)?;
    let ledger = session.ledger();
    let (archive, summary) = (&session.analysis.archive, &session.analysis.summary);
    match arguments.format {
        Output::Table => {
            let text = text::text(archive, summary, &ledger, io);
            io.out.print(&text)?;
        }
        Output::Json => io.out.print(&to_json(&figures::Figures::new(archive, summary, &ledger)))?,
    }
    Ok(ExitStatus::Clean)
}

/// The first and the last day of the archive.
fn days(archive: &Archive) -> Option<(String, String)> {
    let days = archive.postmortems().iter().filter_map(|postmortem| postmortem.date.as_ref());
    let days = days.map(|day| day.value);
    Some((days.clone().min()?.to_string(), days.max()?.to_string()))
}
