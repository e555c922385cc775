//! `afterword export`: the archive as data.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::{
    cli::{ExitStatus, Global, Io, audience::Audience, session::Session},
    error::Result,
    export::{self, Export},
    model::Postmortem,
    pipeline::Analysis,
    render::urls,
    report::{to_json, to_json_line, visible},
    write,
};

/// Print the archive as data
#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
#[command(after_help = "\
The built site has files of the same: `postmortems.json`, `actions.json`, `actions.csv`, `actions.ics`, `metrics.prom`.

Examples:
  afterword export json --out archive.json
  afterword export csv actions > actions.csv
  afterword export sql | sqlite3 archive.db
  afterword export openmetrics --out /var/lib/node_exporter/afterword.prom")]
pub(super) struct Arguments {
    #[command(subcommand)]
    format: Format,
    /// File to write instead of standard output
    #[arg(short, long, value_name = "FILE", global = true)]
    out: Option<PathBuf>,
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
when its own words do not say them. `history` of an action item is what the history of its document in git tells of \
it; without one, and in an export for everybody, the days that the document states; `history_remark` says so then. \
`version` changes when a field changes its meaning or goes; new fields may come at any time.

Examples:
  afterword export json > archive.json
  afterword export json | jq -r '.postmortems[] | [.date, .severity, .title] | @tsv'")]
    Json,
    /// The same postmortems, one JSON object a line
    Jsonl,
    /// A table for spreadsheets: documents, events or action items
    #[command(after_help = "\
A text that a spreadsheet would take for a formula has an apostrophe in front. What is not known is an empty field. \
Several values in one field are separated by `; `, tracker keys and services of action items by spaces.

Examples:
  afterword export csv documents --out documents.csv
  afterword export csv actions --out actions.csv")]
    Csv {
        /// What the lines are
        #[arg(default_value = "documents")]
        lines: Lines,
    },
    /// A calendar of due action items, and of postmortems that are to be reviewed
    #[command(after_help = "\
Unfinished action items stand on their due day, of a month or a quarter on its last day. Postmortems that are not final \
stand on the day by which they should be, 30 days after the incident. Entries lead to the site where `site-url` in \
`book.toml` is a whole address. The built site has the same as `actions.ics`, to subscribe to.")]
    Ics,
    /// Figures for monitoring, in the text format of Prometheus and OpenMetrics
    #[command(after_help = "\
Everything is as of today: counts by severity, status, team and priority, and of each measure the median, the p90, how \
many there are, and how many are missing. The textfile collector of the node exporter takes the file as it is.")]
    Openmetrics,
    /// Tables and rows for SQLite and other databases
    #[command(after_help = "\
Pipe it into a program that knows SQL; what the tables and columns mean stands in it as comments.

Examples:
  afterword export sql | sqlite3 archive.db
  sqlite3 archive.db \"SELECT label, count(*) FROM labels WHERE kind = 'factor' GROUP BY label ORDER BY 2 DESC\"")]
    Sql,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Lines {
    /// A line for each postmortem
    Documents,
    /// A line for each action item
    Actions,
    /// A line for each event of a timeline
    Events,
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    let mut session = Session::open(global, io, None)?;
    if !arguments.audience.limit(&mut session, global.quiet, io)? {
        return Ok(ExitStatus::Findings);
    }
    if matches!(arguments.format, Format::Json | Format::Jsonl) {
        session.ask_history();
    }
    let text = text(&session.analysis, &arguments.format);
    let Some(file) = &arguments.out else {
        io.out.print(&text)?;
        return Ok(ExitStatus::Clean);
    };
    write::output(&io.current.join(file), &text)?;
    if !global.quiet {
        io.err.line(&format!("wrote `{}`", visible(&file.display().to_string())))?;
    }
    Ok(ExitStatus::Clean)
}

fn text(analysis: &Analysis, format: &Format) -> String {
    let input = analysis.exported();
    let place =
        |postmortem: &Postmortem, anchor: &str| urls::full_place(&analysis.config, postmortem, anchor);
    match format {
        Format::Json => to_json(&Export::new(input)),
        Format::Jsonl => Export::each(input).map(|document| to_json_line(&document)).collect(),
        Format::Csv { lines: Lines::Documents } => export::documents_csv(input),
        Format::Csv { lines: Lines::Actions } => export::all_actions_csv(input),
        Format::Csv { lines: Lines::Events } => export::events_csv(input),
        Format::Ics => export::ics(input, &place),
        Format::Openmetrics => export::openmetrics(input),
        Format::Sql => export::sql(input),
    }
}
