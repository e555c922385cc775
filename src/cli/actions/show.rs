//! `afterword actions show`: one action item, what became of it, and what the gate asks of it.

use anstyle::Style;
use clap::Args;
use serde::Serialize;

use super::find::find;
use crate::{
    aggregate::{ActionEntry, Event},
    cli::{ExitStatus, Global, Io, io, session::Session, sheet::Sheet},
    error::Result,
    export::Row,
    pipeline,
    report::{to_json, visible},
    words::Count,
};

/// Show one action item
#[derive(Debug, Args)]
#[command(after_help = "\
What became of it since it was written down is known from the history of its document in git: opened, put off, closed, \
opened again. An item is named by its id, which `afterword actions` lists, or by a part of it that no other id has.

Examples:
  afterword actions show 2026-03-14-checkout-latency/a1
  afterword actions show 2026-03-14-checkout-latency/a1 --json")]
pub(super) struct Arguments {
    /// The id of the item, or a part of it
    #[arg(value_name = "ID")]
    id: String,
    /// Print the object that `afterword actions --format json` has for it, with its `history`
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    let session = Session::open_some(global, io)?;
    let analysis = &session.analysis;
    let (entry, of) = find(analysis, &arguments.id)?;
    let row = Row::new(entry, of, of.1.span, &analysis.sources);
    let ledger = session.ledger();
    let history = ledger.history(entry).map(|history| history.events.as_slice()).unwrap_or_default();
    let text = if arguments.json {
        to_json(&Shown { row: &row, history, history_remark: ledger.basis.remark() })
    } else {
        page(&row, entry, (history, ledger.basis.remark()), &session, io)
    };
    io.out.print(&text)?;
    Ok(ExitStatus::Clean)
}

/// An item and what became of it, as programs get it.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    row: &'a Row<'a>,
    history: &'a [Event],
    /// Why the history is made of the days that the document states; null when it is that of the repository.
    history_remark: Option<String>,
}

/// So much of the id of a commit tells it apart.
const SHORT: usize = 10;

fn tell(sheet: &mut Sheet<'_, '_>, (events, remark): (&[Event], Option<String>)) {
    if events.is_empty() {
        return;
    }
    sheet.heading("History");
    for event in events {
        let commit = event.commit.as_deref().and_then(|commit| commit.get(..SHORT));
        let commit = commit.map(|commit| format!(" ({commit})")).unwrap_or_default();
        sheet.row(2, (&event.day.to_string(), Style::new()), 10, &format!("{}{commit}", event.what.words()));
    }
    if let Some(remark) = remark {
        sheet.text(2, &remark, io::FAINT);
    }
}

fn page(
    row: &Row<'_>,
    entry: &ActionEntry,
    history: (&[Event], Option<String>),
    session: &Session,
    io: &Io<'_>,
) -> String {
    let mut sheet = Sheet::new(io);
    let plain = Style::new();
    sheet.text(0, &visible(row.title), io::STRONG);
    let state = match entry.days_overdue(session.analysis.summary.today) {
        Some(days) => {
            format!("{}, overdue by {}", row.status, Count(usize::try_from(days).unwrap_or_default(), "day"))
        }
        None => row.status.to_owned(),
    };
    let due = row
        .due
        .as_ref()
        .map(|due| if entry.due_is_derived { format!("{due}, by its priority") } else { due.clone() });
    let text = |text: Option<&str>| text.map(visible);
    let trackers = || {
        let link = |key: &&str| session.analysis.config.tracker_link(key).filter(|link| link != key);
        let all: Vec<String> = row
            .trackers
            .iter()
            .map(|key| link(key).map_or_else(|| visible(key), |link| visible(&format!("{key} ({link})"))))
            .collect();
        (!all.is_empty()).then(|| all.join(", "))
    };
    let age = row.age_days.and_then(|days| usize::try_from(days).ok());
    let rows = [
        ("state", Some(state)),
        ("due", Some(due.unwrap_or_else(|| "not stated".to_owned()))),
        ("owner", Some(text(row.owner).unwrap_or_else(|| "nobody named".to_owned()))),
        ("team", text(row.team)),
        ("priority", text(row.priority)),
        ("type", text(row.kind)),
        ("opened", row.opened.clone()),
        ("age", age.map(|days| Count(days, "day").to_string())),
        ("closed", row.closed.clone()),
        ("tracker", trackers()),
        ("evidence", text(row.evidence)),
        ("of", Some(visible(row.postmortem_title))),
        ("severity", text(row.severity)),
    ];
    for (name, value) in rows {
        if let Some(value) = value {
            sheet.row(2, (name, plain), 8, &value);
        }
    }
    let verdict = pipeline::gate(&session.analysis, |path| path == row.path);
    if let Some(failing) = verdict.failing.iter().find(|failing| failing.entry == entry) {
        let lacks: Vec<&str> = failing.lacks.iter().map(|lack| lack.what.as_str()).collect();
        sheet.row(2, ("gate", io::WARNING), 8, &lacks.join("; "));
    }
    tell(&mut sheet, history);
    sheet.blank();
    let path = visible(&session.path_from_here(row.path));
    sheet.line(0, &format!("{path}:{}:{}", row.line, row.column), "", io::FAINT);
    sheet.finish()
}
