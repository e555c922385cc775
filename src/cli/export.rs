//! `afterword export`: the archive as data.

use std::{io::Write, path::PathBuf};

use clap::{Args, Subcommand, ValueEnum};

use crate::{
    cli::{ExitStatus, Global, Io, audience::Audience, session::Session},
    error::{Error, Result},
    export::{self, Export},
    model::Postmortem,
    pipeline::Analysis,
    render::urls,
    report::{visible, write_json, write_json_line},
    write,
};

/// Print the archive as data
#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
#[command(after_help = "\
The built site has files of the same: `postmortems.json`, `actions.json`, `actions.csv`, `actions.ics`, `metrics.prom`, \
`archive.sqlite`.

Examples:
  afterword export json --out archive.json
  afterword export csv actions > actions.csv
  afterword export sqlite --out archive.sqlite
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
    /// An SQLite database, for questions of your own
    #[command(after_help = "\
Tables: `postmortems`, `labels` (services, teams, factors, tags, authors and related postmortems, one row each), \
`measures`, `slo_costs`, `events`, `actions`, `history` (what became of each action item) and `archive`. `.schema` in the \
`sqlite3` shell prints them with the meaning and unit of every column. What is not known is NULL. The same archive gives \
the same bytes. The built site has the same as `archive.sqlite`.

Examples:
  afterword export sqlite --out archive.sqlite
  sqlite3 archive.sqlite .schema
  sqlite3 archive.sqlite \"SELECT team, count(*), sum(overdue) FROM actions WHERE status = 'open' GROUP BY team\"
  sqlite3 archive.sqlite \"SELECT substr(date, 1, 7) AS month, count(*) FROM postmortems GROUP BY month\"
  sqlite3 archive.sqlite \"SELECT action, count(*), sum(slip_days) FROM history WHERE slip_days > 0 GROUP BY action\"")]
    Sqlite,
    /// The same tables and rows as SQL, for other databases
    #[command(after_help = "\
Pipe it into a program that knows SQL; what the tables and columns mean stands in it as comments.

Example:
  afterword export sql | psql postmortems")]
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
    if matches!(arguments.format, Format::Json | Format::Jsonl | Format::Sql | Format::Sqlite) {
        session.ask_history();
    }
    let write = |to: &mut dyn Write| write_to(to, &session.analysis, &arguments.format);
    let Some(file) = &arguments.out else {
        if io.out.is_terminal && matches!(arguments.format, Format::Sqlite) {
            return Err(Error::new("a database is nothing to look at")
                .help("name a file with `--out archive.sqlite`"));
        }
        io.out.send(write)?;
        return Ok(ExitStatus::Clean);
    };
    write::output_by(&io.current.join(file), write)?;
    if !global.quiet {
        io.err.line(&format!("wrote `{}`", visible(&file.display().to_string())))?;
    }
    Ok(ExitStatus::Clean)
}

fn write_to(to: &mut dyn Write, analysis: &Analysis, format: &Format) -> std::io::Result<()> {
    let input = analysis.exported();
    let place =
        |postmortem: &Postmortem, anchor: &str| urls::full_place(&analysis.config, postmortem, anchor);
    let text = match format {
        Format::Json => return write_json(&Export::new(input), to),
        Format::Jsonl => return Export::each(input).try_for_each(|document| write_json_line(&document, to)),
        Format::Sqlite => return to.write_all(&export::sqlite(input)),
        Format::Csv { lines: Lines::Documents } => export::documents_csv(input),
        Format::Csv { lines: Lines::Actions } => export::all_actions_csv(input),
        Format::Csv { lines: Lines::Events } => export::events_csv(input),
        Format::Ics => export::ics(input, &place),
        Format::Openmetrics => export::openmetrics(input),
        Format::Sql => export::sql(input),
    };
    to.write_all(text.as_bytes())
}
