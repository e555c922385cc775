//! `afterword actions set`: what an action item says, changed in its document.

use chrono::NaiveDate;
use clap::{ArgGroup, Args};

use super::{find::find, state::state};
use crate::{
    amend::{Change, Refused},
    cli::{ExitStatus, Global, Io, diff, session::Session},
    edit,
    error::{Error, Result},
    model::{ActionItem, ActionStatus, Due},
    pipeline,
    report::visible,
    words, write,
};

/// Change the state, the owner or the due date of an action item, in its document
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true).multiple(true)
    .args(["state", "owner", "due", "priority", "closed", "evidence"]))]
#[command(after_help = "\
The item is changed where it stands and as it is written: a key of the front matter, a cell of a table, a check box, a \
word behind a bullet. No other byte of the document changes. The result is read again, and what does not come out \
exactly as it was meant is refused.

An item that becomes done or wont-do is closed today, unless its document or --closed says another day; one that \
becomes open again is no longer closed.

Examples:
  afterword actions set 2026-03-14-checkout-latency/a1 done --evidence https://example.com/dashboards/pool
  afterword actions set checkout-latency/a2 --due 2026-Q3 --owner storefront
  afterword actions set checkout-latency/a2 wont-do --closed 2026-04-01 --diff")]
pub(super) struct Arguments {
    /// The id of the item, or a part of it that no other id has
    #[arg(value_name = "ID")]
    id: String,
    /// Its state
    #[arg(value_name = "STATE", value_parser = state())]
    state: Option<ActionStatus>,
    /// The person or team that answers for it
    #[arg(long, value_name = "OWNER", value_parser = words_of)]
    owner: Option<String>,
    /// When it is due: a day, a month (2026-04) or a quarter (2026-Q2)
    #[arg(long, value_name = "DATE", value_parser = due)]
    due: Option<Due>,
    /// How urgent it is
    #[arg(short, long, value_name = "PRIORITY", value_parser = words_of)]
    priority: Option<String>,
    /// The day on which it was closed; `none` for no day
    #[arg(long, value_name = "DATE", value_parser = closing)]
    closed: Option<Closing>,
    /// What shows that it is done: an address, a change, a sentence
    #[arg(long, value_name = "URL", value_parser = words_of)]
    evidence: Option<String>,
    /// Show what would change, and change nothing
    #[arg(long, visible_alias = "dry-run")]
    diff: bool,
}

/// The day of `--closed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closing {
    Day(NaiveDate),
    None,
}

fn closing(text: &str) -> std::result::Result<Closing, String> {
    if text == "none" { Ok(Closing::None) } else { crate::cli::date(text).map(Closing::Day) }
}

fn due(text: &str) -> std::result::Result<Due, String> {
    text.parse()
        .map_err(|()| "expected a day, a month or a quarter such as 2026-04-10, 2026-04, 2026-Q2".to_owned())
}

/// Words on one line: what an item says in a field has no lines.
fn words_of(text: &str) -> std::result::Result<String, String> {
    let text = text.trim();
    if text.is_empty() || text.contains(char::is_control) {
        return Err("expected words on one line".to_owned());
    }
    Ok(text.to_owned())
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    let session = Session::open_some(global, io)?;
    let analysis = &session.analysis;
    let (entry, (postmortem, item)) = find(analysis, &arguments.id)?;
    let changes: Vec<Change> =
        changes(arguments, item, io.today).into_iter().filter(|change| !change.is_said(item)).collect();
    let id = visible(&item.id);
    let path = session.path_from_here(&postmortem.path);
    let amended = pipeline::amend(analysis, entry, &changes).map_err(|reason| {
        let line =
            analysis.sources.file(&postmortem.path).map_or(1, |file| file.position(item.span.start).line);
        refused(&id, &reason, &format!("{}:{line}", visible(&path)))
    })?;
    if changes.is_empty() {
        if !global.quiet {
            io.err.line(&format!("nothing to change: `{id}` says so already"))?;
        }
        return Ok(ExitStatus::Clean);
    }
    if arguments.diff {
        diff::print(&edit::diff(&path, &amended.before, &amended.after), io)?;
        return Ok(ExitStatus::Clean);
    }
    write::replace(&session.root.folder.join(&amended.path), &amended.before, &amended.after)?;
    if !global.quiet {
        let said: Vec<String> = changes.iter().map(said).collect();
        io.out.line(&format!("{}: `{id}` is {}", visible(&path), words::list(&said)))?;
    }
    Ok(ExitStatus::Clean)
}

fn refused(id: &str, reason: &Refused, place: &str) -> Error {
    Error::new(format!("`{id}` is left as it is: {reason}")).help(format!("change it by hand, at {place}"))
}

/// What is asked for, and what follows from it.
fn changes(arguments: &Arguments, item: &ActionItem, today: NaiveDate) -> Vec<Change> {
    let status = arguments.state;
    let is_closing = status.is_some_and(|status| matches!(status, ActionStatus::Done | ActionStatus::WontDo));
    let closed = match (arguments.closed, status) {
        (Some(Closing::Day(day)), _) => Some(Change::Closed(day)),
        (Some(Closing::None), _) => Some(Change::NotClosed),
        (None, Some(_)) if is_closing && item.closed.is_none() => Some(Change::Closed(today)),
        (None, Some(_)) if !is_closing => Some(Change::NotClosed),
        (None, _) => None,
    };
    [
        status.map(Change::Status),
        closed,
        arguments.owner.clone().map(Change::Owner),
        arguments.due.map(Change::Due),
        arguments.priority.clone().map(Change::Priority),
        arguments.evidence.clone().map(Change::Evidence),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn said(change: &Change) -> String {
    match change {
        Change::Status(status) => status.words().to_owned(),
        Change::Owner(owner) => format!("owned by {}", visible(owner)),
        Change::Due(due) => format!("due {due}"),
        Change::Priority(priority) => format!("of priority {}", visible(priority)),
        Change::Closed(day) => format!("closed on {day}"),
        Change::NotClosed => "not closed any more".to_owned(),
        Change::Evidence(evidence) => format!("shown by {}", visible(evidence)),
    }
}
