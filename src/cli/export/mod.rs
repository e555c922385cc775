//! `afterword export`: the archive as data. A format is one file here and one line in [`Arguments`].

mod json;
mod origins;

use clap::{Args, Subcommand};

use crate::{
    cli::{ExitStatus, Global, Io, audience::Audience, session::Session},
    error::Result,
    model::Postmortem,
    pipeline::Analysis,
    report::to_json,
};

/// Print the archive as data
#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    format: Format,
    #[command(flatten)]
    audience: Audience,
}

#[derive(Debug, Subcommand)]
enum Format {
    /// Every postmortem with its facts, timeline, action items and measures
    #[command(after_help = "\
Times stand there as the author wrote them, with the offset when the zone is known, and only as far as they are known: \
a day, or a time of day, or both; an event of which neither is known stands under `untimed`. A document that could not be read is in the list, with what could be. \
`origins` tells how each fact came to be known, `basis` what the day, the year and the zone of a time were taken from \
when its own words do not say them. \
`version` changes when a field changes its meaning or goes; new fields may come at any time.

Examples:
  afterword export json > archive.json
  afterword export json | jq -r '.postmortems[] | [.date, .severity, .title] | @tsv'")]
    Json,
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    let mut session = Session::open(global, io, None)?;
    if !arguments.audience.limit(&mut session, global.quiet, io)? {
        return Ok(ExitStatus::Findings);
    }
    match arguments.format {
        Format::Json => io.out.print(&to_json(&json::Export::new(&session.analysis)))?,
    }
    Ok(ExitStatus::Clean)
}

/// The object of one postmortem, as it stands in the archive's.
pub(super) fn json_of(analysis: &Analysis, place: usize, postmortem: &Postmortem) -> String {
    to_json(&json::one(analysis, place, postmortem))
}
