//! `afterword show`: one postmortem in the terminal, and why each of its facts is what it is.

pub(super) mod find;
mod page;
mod why;

use clap::Args;

use crate::{
    cli::{ExitStatus, Global, Io, session::Session},
    error::{Error, Result},
    explain::Subject,
    export::Document,
    report::to_json,
};

/// Show one postmortem, or tell where each of its facts was read and why
#[derive(Debug, Args)]
#[command(after_help = "\
A postmortem is named by its id, by the path of its document, or by the beginning of its id where no other begins so.

With --explain, every fact stands with its origin: `front matter`, `label` and `section` are stated, `file name` and \
`inferred` are concluded. Below it are the place and the line that say so, and the reason. What the document does not \
say is there too, with where it was looked for.

Examples:
  afterword show 2026-03-14-checkout-latency
  afterword show postmortems/2026-03-14-checkout-latency.md --explain
  afterword show 2026-03-14 --json | jq .times
  afterword show 2026-03-14 --explain --json | jq '.facts[] | select(.origin == \"inferred\")'")]
pub(super) struct Arguments {
    /// The id of the postmortem, the beginning of one, or the path of its document
    #[arg(value_name = "ID")]
    id: String,
    /// Tell of each fact where it was read and why it is what it is
    #[arg(short, long)]
    explain: bool,
    /// Print the object that `afterword export json` has for it; with --explain, the explanation as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    let mut session = Session::open_some(global, io)?;
    if arguments.json && !arguments.explain {
        session.ask_history();
    }
    let analysis = &session.analysis;
    let path = |path: &str| session.path_from_here(path);
    let place = find::find(&analysis.archive, &arguments.id, path)?;
    let lost = || Error::new(format!("the text of `{}` is gone", arguments.id));
    let postmortem = analysis.archive.postmortems().get(place).ok_or_else(lost)?;
    let subject = Subject {
        postmortem,
        place,
        source: analysis.sources.file(&postmortem.path).ok_or_else(lost)?,
        summary: &analysis.summary,
        config: &analysis.config,
        dates: analysis.dates(),
    };
    let seen = path(&postmortem.path);
    let text = match (arguments.explain, arguments.json) {
        (false, true) => to_json(&Document::one(analysis.exported(), place, postmortem)),
        (true, true) => to_json(&why::Explanation::new(&subject)),
        (true, false) => why::text(&subject, &seen, io),
        (false, false) => page::text(&subject, &analysis.archive, &analysis.diagnostics, &seen, io),
    };
    io.out.print(&text)?;
    Ok(ExitStatus::Clean)
}
