//! `afterword actions list`: the follow-up work of all postmortems, filtered.

use clap::{Args, ValueEnum};
use comfy_table::{Cell, ColumnConstraint, Width};

use super::{OVERDUE, filter::Filter, state};
use crate::{
    cli::{ExitStatus, Global, Io, io, markdown, session::Session, table},
    error::Result,
    export::{ActionList, Row, actions_csv},
    pipeline::Analysis,
    report::{to_json, visible},
    words::Count,
};

/// In fewer columns than this, an id stands below its action, where it is rarely broken in two.
const NARROW: usize = 100;

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
    filter.tell_unknown(analysis, global, io)?;
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
        let is_narrow = io.width < NARROW;
        let head = ["Due", "State", "P", "Owner", "Action", "Id"];
        let columns = if is_narrow { head.len() - 1 } else { head.len() };
        let mut table = table::new(io, head.get(..columns).unwrap_or(&head));
        for row in rows {
            let mut cells = vec![
                Cell::new(row.due.as_deref().unwrap_or("–")),
                Cell::new(state(row)),
                Cell::new(visible(row.priority.unwrap_or("–"))),
                Cell::new(visible(row.answers().unwrap_or("–"))),
                Cell::new(visible(row.title)),
            ];
            let id = table::breakable(&visible(row.id));
            if is_narrow {
                table.add_row(cells);
                cells = vec![Cell::new(""), Cell::new(""), Cell::new(""), Cell::new(""), id];
            } else {
                cells.push(id);
            }
            table.add_row(cells);
        }
        // The action itself gets what the others leave.
        let limit = |percent| ColumnConstraint::UpperBoundary(Width::Percentage(percent));
        let whole = ColumnConstraint::ContentWidth;
        let mut limits = vec![whole, whole, whole, limit(20)];
        if !is_narrow {
            limits.extend([limit(45), limit(30)]);
        }
        table.set_constraints(limits);
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
