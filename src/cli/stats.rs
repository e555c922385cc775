//! `afterword stats`: what all postmortems say together, in figures.

use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use comfy_table::{Cell, CellAlignment};
use serde::Serialize;

use crate::{
    aggregate::{MeasureSummary, Reading, Share, Summary},
    cli::{ExitStatus, Global, Io, io, session::Session, table},
    error::Result,
    model::{ActionStatus, Archive},
    report::{to_json, visible},
    words::{Count, duration, list},
};

/// Print figures: how often, how long, what is open
#[derive(Debug, Args)]
#[command(after_help = "\
A measure is the time between two milestones. It is recorded, or it is inferred (the words of a timeline suggest a \
milestone that nothing states), missing (a milestone is not there), pending (the document is not final yet) or invalid \
(the later milestone comes first); only recorded ones are in the median, and n counts them. \
Nine of ten are not longer than the p90. n says how many there are: few say little.

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
    let (archive, summary) = (&session.analysis.archive, &session.analysis.summary);
    match arguments.format {
        Output::Table => {
            let text = text(archive, summary, io);
            io.out.print(&text)?;
        }
        Output::Json => io.out.print(&to_json(&Figures::new(archive, summary)))?,
    }
    Ok(ExitStatus::Clean)
}

/// The first and the last day of the archive.
fn days(archive: &Archive) -> Option<(String, String)> {
    let days = archive.postmortems().iter().filter_map(|postmortem| postmortem.date.as_ref());
    let days = days.map(|day| day.value);
    Some((days.clone().min()?.to_string(), days.max()?.to_string()))
}

fn text(archive: &Archive, summary: &Summary, io: &Io<'_>) -> String {
    let frequency = &summary.frequency;
    let postmortems = Count(archive.postmortems().len(), "postmortem");
    let mut out = match days(archive) {
        Some((first, last)) if first != last => format!("{postmortems} from {first} to {last}"),
        Some((day, _)) => format!("{postmortems} of {day}"),
        None => postmortems.to_string(),
    };
    if frequency.undated > 0 {
        let _ = write!(out, ", {} without a date", frequency.undated);
    }
    if frequency.dated_by_text > 0 {
        let _ = write!(out, ", {} dated by an event since they state no date", frequency.dated_by_text);
    }
    out.push('\n');
    let mut heading = |name: &str, text: &str| {
        if !text.is_empty() {
            let _ = write!(out, "\n{}\n{text}\n", io.out.paint(name, io::STRONG));
        }
    };
    heading("Severity", &shares(&frequency.severities));
    heading("Status", &shares(&frequency.statuses));
    heading("Noticed first by", &shares(&frequency.detected_by));
    let years = summary
        .groups
        .years
        .iter()
        .map(|year| Share { id: year.name.clone(), count: year.postmortems.len() });
    heading("Year", &shares(&years.collect::<Vec<_>>()));
    heading("Measures", &measures(&summary.measures, io));
    heading("Action items", &actions(summary));
    out
}

/// `  SEV1 3, SEV2 8, not stated 2`
fn shares(shares: &[Share]) -> String {
    let parts: Vec<String> = shares
        .iter()
        .map(|share| {
            let name = if share.id.is_empty() { "not stated".to_owned() } else { visible(&share.id) };
            format!("{name} {}", share.count)
        })
        .collect();
    if parts.is_empty() { String::new() } else { format!("  {}", parts.join(", ")) }
}

fn measures(measures: &[MeasureSummary], io: &Io<'_>) -> String {
    let mut table = table::new(io, &["", "median", "p90", "n", "inferred", "missing", "pending", "invalid"]);
    for measure in measures {
        let time = |seconds: Option<i64>| seconds.map_or_else(|| "N/A".to_owned(), duration);
        let spread = &measure.distribution;
        let count = |state: Reading| measure.count(|reading| reading == state);
        let figures = [
            time(spread.median()),
            time(spread.p90()),
            spread.n().to_string(),
            measure.count(Reading::is_inferred).to_string(),
            count(Reading::Missing).to_string(),
            count(Reading::Pending).to_string(),
            count(Reading::Invalid).to_string(),
        ];
        let figures = figures.into_iter().map(|text| Cell::new(text).set_alignment(CellAlignment::Right));
        table.add_row(
            std::iter::once(Cell::new(format!(" {}", visible(&measure.measure.name)))).chain(figures),
        );
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table::text(&table, io, "invalid", "", io::STRONG).trim_end().to_owned()
}

fn actions(summary: &Summary) -> String {
    let actions = &summary.actions;
    let states = |wanted: fn(ActionStatus) -> bool| {
        let parts: Vec<String> = ActionStatus::ALL
            .into_iter()
            .filter(|status| wanted(*status) && actions.count_of(*status) > 0)
            .map(|status| format!("{} {}", actions.count_of(status), status.words()))
            .collect();
        list(&parts)
    };
    let mut lines = Vec::new();
    if actions.unfinished > 0 {
        lines.push(format!("  {} unfinished: {}", actions.unfinished, states(ActionStatus::is_unfinished)));
        lines.push(format!("  {} overdue, {} without an owner", actions.overdue, actions.unowned));
    }
    let rest = states(|status| !status.is_unfinished());
    if !rest.is_empty() {
        lines.push(format!("  {rest}"));
    }
    lines.join("\n")
}

/// The figures for programs. Durations are in seconds; what is not known is null, never 0.
#[derive(Serialize)]
struct Figures<'a> {
    version: u8,
    today: String,
    postmortems: usize,
    first: Option<String>,
    last: Option<String>,
    undated: usize,
    /// Those whose date is that of an event or of a mention.
    dated_by_text: usize,
    severities: Vec<Part<'a>>,
    statuses: Vec<Part<'a>>,
    detected_by: Vec<Part<'a>>,
    months: Vec<Month<'a>>,
    measures: Vec<Measure<'a>>,
    actions: Actions,
}

#[derive(Serialize)]
struct Part<'a> {
    /// Null for those that do not say.
    id: Option<&'a str>,
    count: usize,
}

#[derive(Serialize)]
struct Month<'a> {
    month: String,
    severities: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Measure<'a> {
    name: &'a str,
    from: &'static str,
    to: &'static str,
    n: usize,
    median: Option<i64>,
    p90: Option<i64>,
    shortest: Option<i64>,
    longest: Option<i64>,
    /// Durations that rest on a milestone which the words of a timeline suggest; they are not among `n`.
    inferred: usize,
    missing: usize,
    pending: usize,
    invalid: usize,
}

#[derive(Serialize)]
struct Actions {
    unfinished: usize,
    overdue: usize,
    unowned: usize,
    by_status: std::collections::BTreeMap<&'static str, usize>,
}

impl<'a> Figures<'a> {
    fn new(archive: &Archive, summary: &'a Summary) -> Self {
        let frequency = &summary.frequency;
        let (first, last) = days(archive).unzip();
        let months = frequency.months.iter().map(|(month, counts)| Month {
            month: month.to_string(),
            severities: frequency
                .severities
                .iter()
                .zip(counts)
                .filter(|(_, count)| **count > 0)
                .map(|(share, count)| Part { count: *count, ..Part::of(share) })
                .collect(),
        });
        Self {
            version: 1,
            today: summary.today.to_string(),
            postmortems: archive.postmortems().len(),
            first,
            last,
            undated: frequency.undated,
            dated_by_text: frequency.dated_by_text,
            severities: frequency.severities.iter().map(Part::of).collect(),
            statuses: frequency.statuses.iter().map(Part::of).collect(),
            detected_by: frequency.detected_by.iter().map(Part::of).collect(),
            months: months.collect(),
            measures: summary.measures.iter().map(Measure::of).collect(),
            actions: Actions {
                unfinished: summary.actions.unfinished,
                overdue: summary.actions.overdue,
                unowned: summary.actions.unowned,
                by_status: summary
                    .actions
                    .by_status
                    .iter()
                    .map(|(status, count)| (status.key(), *count))
                    .collect(),
            },
        }
    }
}

impl<'a> Part<'a> {
    fn of(share: &'a Share) -> Self {
        Self { id: Some(share.id.as_str()).filter(|id| !id.is_empty()), count: share.count }
    }
}

impl<'a> Measure<'a> {
    fn of(summary: &'a MeasureSummary) -> Self {
        let spread = &summary.distribution;
        let count = |state: Reading| summary.count(|reading| reading == state);
        Self {
            name: &summary.measure.name,
            from: summary.measure.from.key(),
            to: summary.measure.to.key(),
            n: spread.n(),
            median: spread.median(),
            p90: spread.p90(),
            shortest: spread.range().map(|range| range.0),
            longest: spread.range().map(|range| range.1),
            inferred: summary.count(Reading::is_inferred),
            missing: count(Reading::Missing),
            pending: count(Reading::Pending),
            invalid: count(Reading::Invalid),
        }
    }
}
