//! `afterword adopt`: what was read in the text, written into the front matter.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use clap::{Args, ValueEnum};

use crate::{
    adopt::{Adoption, Outcome, Reason},
    cli::{ExitStatus, Global, Io, diff, io, scope::Scope, session::Session},
    edit,
    error::Result,
    model::Format,
    pipeline,
    report::visible,
    words::{self, Count},
    write,
};

/// What is left out is told document by document up to this many lines; more are summed up.
const MANY: usize = 20;

/// Write what was read in the text into the front matter, as a diff or in place
#[derive(Debug, Args)]
#[command(after_help = "\
Dates, milestones, zone, severity, status, services, teams, authors and other facts that the text states under a label \
or in a timeline become keys that a program can rely on. The text itself does not change, and neither does what it is \
read as; the timeline and the action items stay where they are. Without --write, the change is printed as a diff that \
`git apply` takes.

Examples:
  afterword adopt | less
  afterword adopt --write postmortems/2026-03-14-checkout-latency.md
  afterword adopt | git apply
  afterword adopt --check      # in continuous integration: is there anything to adopt?")]
pub(super) struct Arguments {
    /// Files or folders to adopt [default: all]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Change the documents
    #[arg(short, long)]
    write: bool,
    /// Exit with 1 when there is something to write
    #[arg(long, conflicts_with = "write")]
    check: bool,
    /// Also write what was concluded and is not said, such as milestones told by the words of an event; from then on it
    /// counts as said
    #[arg(long)]
    inferred: bool,
    /// Language of new front matter: toml or yaml [default: what most documents have, or toml]
    #[arg(short, long, value_name = "FORMAT", hide_possible_values = true)]
    format: Option<Language>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Language {
    Toml,
    Yaml,
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    let session = Session::open_some(global, io)?;
    let scope = Scope::new(&arguments.paths, &session.root.folder, &io.current)?;
    let format = arguments.format.map(|language| match language {
        Language::Toml => Format::Toml,
        Language::Yaml => Format::Yaml,
    });
    let adoptions = pipeline::adopt(&session.analysis, |path| scope.holds(path), format, arguments.inferred);
    if adoptions.is_empty() {
        return Err(scope.empty());
    }
    let mut failed = 0;
    for adoption in &adoptions {
        let Outcome::Changed { text, keys } = &adoption.outcome else { continue };
        let old = session.analysis.sources.file(&adoption.path).map_or("", |file| &file.text);
        let path = session.path_from_here(&adoption.path);
        if !arguments.write {
            diff::print(&edit::diff(&path, old, text), io)?;
        } else if let Err(error) = write::replace(&session.root.folder.join(&adoption.path), old, text) {
            io.err.print(&super::describe(&error, io))?;
            failed += 1;
        } else if global.verbose {
            io.err.line(&format!("{}: {}", visible(&path), keys.join(", ")))?;
        }
    }
    tell(&adoptions, &session, global, io)?;
    conclude(&adoptions, failed, arguments.write, global, io)?;
    let changes = adoptions.iter().any(|adoption| matches!(adoption.outcome, Outcome::Changed { .. }));
    Ok(match () {
        () if failed > 0 => ExitStatus::Failed,
        () if arguments.check && changes => ExitStatus::Findings,
        () => ExitStatus::Clean,
    })
}

/// Says what was left out, and which documents were left alone.
fn tell(adoptions: &[Adoption], session: &Session, global: &Global, io: &mut Io<'_>) -> Result<()> {
    for adoption in adoptions {
        if let Outcome::Untouched(reason) = &adoption.outcome {
            let path = visible(&session.path_from_here(&adoption.path));
            let word = io.err.paint("warning:", io::WARNING);
            io.err.line(&format!("{word} {path} is left as it is: {}", visible(reason)))?;
        }
    }
    if global.quiet {
        return Ok(());
    }
    let mut notes = Vec::new();
    let mut sums: BTreeMap<Reason, (usize, BTreeSet<&str>)> = BTreeMap::new();
    for adoption in adoptions {
        let mut by_reason: BTreeMap<Reason, Vec<String>> = BTreeMap::new();
        for left in &adoption.left_out {
            by_reason.entry(left.reason).or_default().push(format!("`{}`", left.key));
        }
        for (reason, keys) in by_reason {
            let sum = sums.entry(reason).or_default();
            sum.0 += keys.len();
            sum.1.insert(&adoption.path);
            let path = visible(&session.path_from_here(&adoption.path));
            notes.push(format!("{path}: left out {}: {reason}", words::list(&keys)));
        }
    }
    if notes.len() > MANY && !global.verbose {
        notes = sums
            .iter()
            .map(|(reason, (facts, documents))| {
                format!(
                    "{} left out in {}: {reason}",
                    Count(*facts, "fact"),
                    Count(documents.len(), "document")
                )
            })
            .collect();
    }
    for note in notes {
        let word = io.err.paint("note:", io::STRONG);
        io.err.line(&format!("{word} {note}"))?;
    }
    if sums.contains_key(&Reason::Inferred) {
        let hint = io.err.paint("`--inferred` writes what was concluded, too", io::FAINT);
        io.err.line(&hint)?;
    }
    Ok(())
}

/// The last line: how many documents.
fn conclude(
    adoptions: &[Adoption],
    failed: usize,
    is_written: bool,
    global: &Global,
    io: &mut Io<'_>,
) -> Result<()> {
    if global.quiet {
        return Ok(());
    }
    let count = |is: fn(&Outcome) -> bool| adoptions.iter().filter(|one| is(&one.outcome)).count();
    let changed = count(|outcome| matches!(outcome, Outcome::Changed { .. })) - failed;
    let complete = count(|outcome| *outcome == Outcome::Complete);
    let alone = count(|outcome| matches!(outcome, Outcome::Untouched(_))) + failed;
    let rest = if alone > 0 { format!(", {alone} left as found") } else { String::new() };
    if is_written {
        let was = if complete == 1 { "was" } else { "were" };
        let line = format!("adopted {}, {complete} {was} complete already{rest}", Count(changed, "document"));
        let line = io.out.paint(&line, io::GOOD);
        return io.out.line(&line);
    }
    // Not among the lines of the diff.
    let are = if complete == 1 { "is" } else { "are" };
    io.err
        .line(&format!("{} to adopt, {complete} {are} complete already{rest}", Count(changed, "document")))?;
    if changed > 0 {
        let hint = io.err.paint("`--write` makes these changes", io::FAINT);
        io.err.line(&hint)?;
    }
    Ok(())
}
