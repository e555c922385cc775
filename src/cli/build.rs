//! `afterword build`: the site, written to a folder.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use clap::Args;

use crate::{
    cli::{
        ExitStatus, Global, Io,
        audience::Audience,
        io,
        progress::Progress,
        session::{Opened, Session},
        site, watching,
    },
    diagnostic::{Diagnostic, Level},
    error::Result,
    report::{Format, Look, visible},
    words::Count,
    write::{Staging, Written},
};

/// How many errors are shown; `afterword check` shows them all.
const SHOWN: usize = 10;

/// Build the site: a folder of plain files for any web server, or none
#[derive(Debug, Args)]
#[command(after_help = "\
The site works under any path, and from the disk without a server: open its `index.html`. The old site is replaced \
when the new one is whole, and not before. A folder that Afterword did not make is never replaced; files that others \
have added to the site (a CNAME, say) are kept. Findings in documents do not keep a site from being built: failing on them is what \
`afterword check` is for. A wrong book.toml or template does not either, but the exit status is 1.

With `--audience public` the site holds only documents whose `visibility` is public, without what is marked internal in \
them; nothing is written while one of them holds a secret, a private address or a link to an internal document.

Examples:
  afterword build
  afterword build --root incidents --out public
  afterword build --watch
  afterword build --audience public --out status-page")]
pub(super) struct Arguments {
    /// Where the site goes [default: `build-dir` of `book.toml`, or `book`]
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Go on, and build again after every change; Ctrl-C ends it
    #[arg(long)]
    watch: bool,
    #[command(flatten)]
    audience: Audience,
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    let given = arguments.out.as_ref().map(|out| io.current.join(out));
    let out = given.as_deref();
    if arguments.watch {
        return watching::again_and_again(out, global, io, |root, (workspace, touched), io| {
            build(arguments, out, global, io, |io| {
                let workspace = Opened::Again(workspace, touched);
                Session::open_in(workspace, root, |_| (), None, global, io)
            })?;
            Ok(())
        });
    }
    let (status, session) = build(arguments, out, global, io, |io| Session::open(global, io, out))?;
    // The program ends here and its memory with it: nobody waits until a million texts are given back one by one.
    std::mem::forget(session);
    Ok(status)
}

#[expect(clippy::disallowed_methods, reason = "how long it took is told to the user, and nowhere else")]
fn build(
    arguments: &Arguments,
    given: Option<&Path>,
    global: &Global,
    io: &mut Io<'_>,
    open: impl FnOnce(&mut Io<'_>) -> Result<Session>,
) -> Result<(ExitStatus, Session)> {
    let start = Instant::now();
    let mut session = open(io)?;
    let build_dir = &session.analysis.config.build.build_dir;
    let out = given.map_or_else(|| session.root.folder.join(build_dir), Path::to_path_buf);
    if session.analysis.archive.postmortems().is_empty() {
        return Err(session.empty());
    }
    if !arguments.audience.limit(&mut session, global.quiet, io)? {
        return Ok((ExitStatus::Findings, session));
    }
    session.ask_history();
    let written = write(&mut session, &out, global, io)?;
    tell_findings(&session, global, io)?;
    tell(&session, &written, start.elapsed(), global, io)?;
    Ok((status(&session), session))
}

/// What is wrong with a document is the business of `check`: its page is on the site all the same. A configuration or a
/// template with an error gives another site than the one that was meant, so whoever publishes it is told.
fn status(session: &Session) -> ExitStatus {
    let report = session.report();
    let is_about_site = |found: &Diagnostic| !report.documents.contains(&*found.path);
    let is_wrong = report.diagnostics.iter().any(|found| found.level == Level::Error && is_about_site(found));
    if is_wrong { ExitStatus::Findings } else { ExitStatus::Clean }
}

/// Renders and writes, page by page: a site of any size is never whole in memory. What is wrong with templates joins
/// the other findings.
fn write(session: &mut Session, out: &Path, global: &Global, io: &Io<'_>) -> Result<Written> {
    let staging = Staging::begin(out, &session.protected()?)?;
    let progress = Progress::start("Writing the site", global, io);
    let problems = site::render(&session.analysis, |artifact| {
        progress.one_more();
        site::put(&staging, artifact)
    })?;
    let written = staging.commit()?;
    drop(progress);
    session.add_problems(problems);
    Ok(written)
}

/// Errors with their places and next steps; of the rest, how many there are.
fn tell_findings(session: &Session, global: &Global, io: &mut Io<'_>) -> Result<()> {
    let mut report = session.report();
    let conclusion = report.conclusion();
    let errors: Vec<_> =
        report.diagnostics.iter().filter(|found| found.level == Level::Error).cloned().collect();
    let is_worth_a_word = report.count(Level::Error) + report.count(Level::Warning) > 0;
    let shown = errors.get(..SHOWN).unwrap_or(&errors);
    report.diagnostics = shown;
    let look = Look { color: io.err.color, width: io.width, quiet: global.quiet };
    io.err.print(&report.to_text(Format::Human, look))?;
    if global.quiet || !is_worth_a_word {
        return Ok(());
    }
    let rest = errors.len() - shown.len();
    let more = if rest > 0 { format!("… and {}. ", Count(rest, "more error")) } else { String::new() };
    io.err.line(&format!("{more}{conclusion}; `afterword check` shows them all"))
}

fn tell(
    session: &Session,
    written: &Written,
    took: Duration,
    global: &Global,
    io: &mut Io<'_>,
) -> Result<()> {
    let index = written.folder.join("index.html").display().to_string();
    if global.quiet {
        return io.out.line(&index);
    }
    let postmortems = Count(session.analysis.archive.postmortems().len(), "postmortem");
    let files = Count(written.files, "file");
    let changed = match written.changed {
        all if all == written.files => String::new(),
        0 => ", none of them changed".to_owned(),
        some => format!(", {some} of them changed"),
    };
    let built = io.out.paint("built", io::GOOD);
    io.out.line(&format!(
        "{built} {postmortems} into {files}{changed}, {} in {:.1} s",
        size(written.bytes),
        took.as_secs_f64()
    ))?;
    for kept in &written.kept {
        io.out.line(&format!("kept `{}`, which others have put there", visible(kept)))?;
    }
    io.out.line(&format!("open {}", visible(&index)))
}

/// Bytes in the unit that gives one to three digits before the point.
#[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
fn size(bytes: u64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_in_units_that_people_know() {
        let sizes: Vec<_> = [0, 999, 1_000, 1_540_000, 2_000_000_000].map(size).into();
        assert_eq!(sizes, ["0 bytes", "999 bytes", "1.0 kB", "1.5 MB", "2.0 GB"]);
    }
}
