//! `afterword actions list`: the follow-up work of all postmortems, filtered.

use clap::{Args, ValueEnum};
use comfy_table::{ColumnConstraint, Width};

use super::{OVERDUE, filter::Filter, state};
use crate::{
    cli::{ExitStatus, Global, Io, io, markdown, session::Session, table},
    error::Result,
    export::{ActionList, Row, actions_csv},
    pipeline::Analysis,
    report::{to_json, visible},
    words::Count,
};

/// List action items
#[derive(Debug, Args)]
pub(super) struct Listing {
    #[command(flatten)]
    filter: Filter,
    /// How to print them
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    format: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    Table,
    Json,
    Csv,
    Markdown,
}

pub(super) fn run(arguments: &Listing, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    let filter = &arguments.filter;
    let session = Session::open_some(global, io)?;
    let analysis = &session.analysis;
    let states = filter.states();
    let rows: Vec<Row<'_>> = analysis
        .summary
        .actions
        .entries
        .iter()
        .filter(|entry| states.contains(&entry.status))
        .filter_map(|entry| Some((entry, entry.item(&analysis.archive)?)))
        .filter(|(entry, of)| filter.fits(entry, *of, &analysis.config))
        .map(|(entry, of)| Row::new(entry, of, of.1.span, &analysis.sources))
        .collect();
    match arguments.format {
        Output::Table => print_table(&rows, analysis, global, io)?,
        Output::Json => io.out.print(&to_json(&ActionList::new(&analysis.summary, rows)))?,
        Output::Csv => io.out.print(&actions_csv(&rows))?,
        Output::Markdown => io.out.print(&to_markdown(&rows, analysis))?,
    }
    Ok(ExitStatus::Clean)
}

fn print_table(rows: &[Row<'_>], analysis: &Analysis, global: &Global, io: &mut Io<'_>) -> Result<()> {
    if !rows.is_empty() {
        let mut table = table::new(io, &["Due", "State", "P", "Owner", "Action", "Id"]);
        for row in rows {
            table.add_row([
                row.due.clone().unwrap_or_else(|| "–".to_owned()),
                state(row).to_owned(),
                visible(row.priority.unwrap_or("–")),
                visible(row.answers().unwrap_or("–")),
                visible(row.title),
                table::hyphenated(&visible(row.id)),
            ]);
        }
        table::breakable(&mut table, 5);
        // The action itself gets what the others leave.
        let limit = |percent| ColumnConstraint::UpperBoundary(Width::Percentage(percent));
        table.set_constraints([
            ColumnConstraint::ContentWidth,
            ColumnConstraint::ContentWidth,
            ColumnConstraint::ContentWidth,
            limit(20),
            limit(45),
            limit(30),
        ]);
        let text = table::text(&table, io, "State", OVERDUE, io::ERROR);
        io.out.line(&text)?;
    }
    if global.quiet {
        return Ok(());
    }
    io.out.line(&conclusion(rows, analysis))
}

fn conclusion(rows: &[Row<'_>], analysis: &Analysis) -> String {
    let actions = &analysis.summary.actions;
    format!(
        "{}; in all {} unfinished, {} overdue, {} without an owner",
        Count(rows.len(), "action item"),
        actions.unfinished,
        actions.overdue,
        actions.unowned
    )
}

fn to_markdown(rows: &[Row<'_>], analysis: &Analysis) -> String {
    let mut out = String::new();
    if !rows.is_empty() {
        out.push_str(&markdown::head(&["Due", "State", "P", "Owner", "Action", "Postmortem"]));
        for row in rows {
            out.push_str(&markdown::line(&[
                row.due.as_deref().unwrap_or("–"),
                state(row),
                row.priority.unwrap_or("–"),
                row.answers().unwrap_or("–"),
                row.title,
                row.postmortem_title,
            ]));
        }
        out.push('\n');
    }
    out + &conclusion(rows, analysis) + "\n"
}
