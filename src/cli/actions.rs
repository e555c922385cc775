//! `afterword actions`: the follow-up work of all postmortems, filtered.

use std::collections::BTreeSet;

use clap::{Args, Subcommand, ValueEnum};
use comfy_table::{ColumnConstraint, Width};
use serde::Serialize;

use crate::{
    aggregate::ActionEntry,
    cli::{ExitStatus, Global, Io, csv, io, session::Session, table},
    error::Result,
    model::{ActionItem, ActionStatus, Postmortem},
    pipeline::Analysis,
    report::{to_json, visible},
    words::Count,
};

/// The word for an item whose day has passed.
const OVERDUE: &str = "overdue";

/// List the action items of all postmortems, the most pressing first
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
#[command(after_help = "\
Unfinished items are listed: open, in progress, blocked. `--state` chooses others. Only work that somebody has \
committed to can be overdue; a proposed item is an idea.

Examples:
  afterword actions
  afterword actions --overdue --team storefront
  afterword actions --state done --state wont-do --format csv > finished.csv")]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    filter: Filter,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The same as `afterword actions`
    List(Filter),
}

#[derive(Debug, Args)]
struct Filter {
    /// Items in this state; may be given several times
    #[arg(short, long, value_name = "STATE", value_enum)]
    state: Vec<State>,
    /// Items of this owner
    #[arg(long, value_name = "OWNER")]
    owner: Option<String>,
    /// Items of this team
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// Items of this priority
    #[arg(short, long, value_name = "PRIORITY")]
    priority: Option<String>,
    /// Items whose day has passed
    #[arg(long)]
    overdue: bool,
    /// How to print them
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    format: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum State {
    Proposed,
    Open,
    InProgress,
    Blocked,
    Done,
    WontDo,
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    Table,
    Json,
    Csv,
}

impl Filter {
    fn states(&self) -> BTreeSet<ActionStatus> {
        let all = ActionStatus::ALL.into_iter();
        if self.state.is_empty() {
            return all.filter(|status| status.is_unfinished()).collect();
        }
        let chosen = |status: ActionStatus| {
            self.state.iter().any(|state| match state {
                State::Proposed => status == ActionStatus::Proposed,
                State::Open => status == ActionStatus::Open,
                State::InProgress => status == ActionStatus::InProgress,
                State::Blocked => status == ActionStatus::Blocked,
                State::Done => status == ActionStatus::Done,
                State::WontDo => status == ActionStatus::WontDo,
                State::All => true,
            })
        };
        all.filter(|status| chosen(*status)).collect()
    }

    fn fits(&self, entry: &ActionEntry, item: &ActionItem) -> bool {
        let is = |wanted: &Option<String>, found: Option<&str>| {
            wanted.as_ref().is_none_or(|wanted| {
                found.is_some_and(|found| {
                    found.trim_start_matches('@').eq_ignore_ascii_case(wanted.trim_start_matches('@'))
                })
            })
        };
        is(&self.owner, item.owner.as_ref().map(|owner| owner.value.as_str()))
            && is(&self.team, entry.team.as_deref())
            && is(&self.priority, item.priority.as_ref().map(|priority| priority.value.as_str()))
            && (!self.overdue || entry.is_overdue)
    }
}

/// An action item as programs get it.
#[derive(Debug, Serialize)]
pub(super) struct Row<'a> {
    id: &'a str,
    title: &'a str,
    status: &'static str,
    overdue: bool,
    due: Option<String>,
    due_is_derived: bool,
    priority: Option<&'a str>,
    owner: Option<&'a str>,
    team: Option<&'a str>,
    #[serde(rename = "type")]
    kind: Option<&'static str>,
    opened: Option<String>,
    closed: Option<String>,
    age_days: Option<i64>,
    trackers: Vec<&'a str>,
    postmortem: &'a str,
    postmortem_title: &'a str,
    path: &'a str,
    line: usize,
}

impl<'a> Row<'a> {
    fn new(
        entry: &'a ActionEntry,
        postmortem: &'a Postmortem,
        item: &'a ActionItem,
        analysis: &Analysis,
    ) -> Self {
        let source = analysis.sources.file(&postmortem.path);
        Self {
            id: &item.id,
            title: &item.title,
            status: entry.status.key(),
            overdue: entry.is_overdue,
            due: entry.due.map(|due| due.to_string()),
            due_is_derived: entry.due_is_derived,
            priority: item.priority.as_ref().map(|priority| priority.value.as_str()),
            owner: item.owner.as_ref().map(|owner| owner.value.as_str()),
            team: entry.team.as_deref(),
            kind: item.kind.as_ref().map(|kind| kind.value.key()),
            opened: item.opened.as_ref().map(|day| day.value.to_string()),
            closed: item.closed.as_ref().map(|day| day.value.to_string()),
            age_days: entry.age_days,
            trackers: item.trackers.iter().map(|tracker| tracker.value.as_str()).collect(),
            postmortem: &postmortem.id.value,
            postmortem_title: &postmortem.title.value,
            path: &postmortem.path,
            line: source.map_or(1, |source| source.position(item.span.start).line),
        }
    }
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    let filter = match &arguments.what {
        Some(What::List(filter)) => filter,
        None => &arguments.filter,
    };
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
        .filter(|(entry, (_, item))| filter.fits(entry, item))
        .map(|(entry, (postmortem, item))| Row::new(entry, postmortem, item, analysis))
        .collect();
    match filter.format {
        Output::Table => print_table(&rows, analysis, global, io)?,
        Output::Json => {
            let today = analysis.summary.today.to_string();
            io.out.print(&to_json(&serde_json::json!({ "version": 1, "today": today, "actions": rows })))?;
        }
        Output::Csv => io.out.print(&to_csv(&rows))?,
    }
    Ok(ExitStatus::Clean)
}

fn print_table(rows: &[Row<'_>], analysis: &Analysis, global: &Global, io: &mut Io<'_>) -> Result<()> {
    if !rows.is_empty() {
        let mut table = table::new(io, &["Due", "State", "P", "Owner", "Action", "Postmortem"]);
        for row in rows {
            table.add_row([
                row.due.clone().unwrap_or_else(|| "–".to_owned()),
                (if row.overdue { OVERDUE } else { row.status }).to_owned(),
                visible(row.priority.unwrap_or("–")),
                visible(row.owner.or(row.team).unwrap_or("–")),
                visible(row.title),
                table::hyphenated(&visible(row.postmortem)),
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
    let actions = &analysis.summary.actions;
    io.out.line(&format!(
        "{}; in all {} unfinished, {} overdue, {} without an owner",
        Count(rows.len(), "action item"),
        actions.unfinished,
        actions.overdue,
        actions.unowned
    ))
}

fn to_csv(rows: &[Row<'_>]) -> String {
    let mut out = csv::line(&[
        "id",
        "title",
        "status",
        "overdue",
        "due",
        "priority",
        "owner",
        "team",
        "type",
        "opened",
        "closed",
        "age_days",
        "trackers",
        "postmortem",
        "path",
        "line",
    ]);
    for row in rows {
        out.push_str(&csv::line(&[
            row.id,
            row.title,
            row.status,
            if row.overdue { "yes" } else { "no" },
            row.due.as_deref().unwrap_or_default(),
            row.priority.unwrap_or_default(),
            row.owner.unwrap_or_default(),
            row.team.unwrap_or_default(),
            row.kind.unwrap_or_default(),
            row.opened.as_deref().unwrap_or_default(),
            row.closed.as_deref().unwrap_or_default(),
            &row.age_days.map(|days| days.to_string()).unwrap_or_default(),
            &row.trackers.join(" "),
            row.postmortem,
            row.path,
            &row.line.to_string(),
        ]));
    }
    out
}
