//! `afterword check --fix` and `--diff`: the fixes of the findings made, or shown.

use clap::Args;

use crate::{
    check,
    cli::{ExitStatus, Global, Io, diff, io, scope::Scope, session::Session},
    diagnostic::Applicability,
    edit,
    error::Result,
    pipeline::{self, Analysis, Fixed},
    report::visible,
    words::Count,
    write,
};

/// What is to be done about findings that can be fixed.
#[derive(Debug, Args)]
pub(super) struct Fixes {
    /// Fix what can be fixed without changing what the documents say, then report the rest
    #[arg(long, conflicts_with = "update_baseline")]
    fix: bool,
    /// Show what `--fix` would change, and change nothing; exit with 1 when there is something
    #[arg(long, conflicts_with_all = ["update_baseline", "format"])]
    diff: bool,
    /// With `--fix` or `--diff`: also make fixes that an author has to look at
    #[arg(long = "unsafe")]
    also_unsafe: bool,
}

/// Makes the fixes, in the documents or for show. The status is that of the whole command when there is nothing to
/// report any more.
pub(super) fn run(
    wanted: &Fixes,
    session: &mut Session,
    scope: &Scope,
    global: &Global,
    io: &mut Io<'_>,
) -> Result<Option<ExitStatus>> {
    if !wanted.fix && !wanted.diff {
        return Ok(None);
    }
    let allowed = if wanted.also_unsafe { Applicability::Unsafe } else { Applicability::Safe };
    let about_configuration = pipeline::configuration(&session.root).1;
    let analysis = session.analysis.clone();
    let options = pipeline::Options { allowed };
    let mut fixed =
        pipeline::fix(analysis, &about_configuration, options, |analysis| is_chosen(analysis, scope));
    if wanted.diff {
        for (path, old) in &fixed.before {
            let new = text(&fixed, path);
            diff::print(&edit::diff(&session.path_from_here(path), old, new), io)?;
        }
        tell(&fixed, session, true, global, io)?;
        let changes = !fixed.before.is_empty();
        return Ok(Some(if changes { ExitStatus::Findings } else { ExitStatus::Clean }));
    }
    let mut is_all_written = true;
    for (path, old) in fixed.before.clone() {
        let file = session.root.folder.join(&path);
        if let Err(error) = write::replace(&file, &old, text(&fixed, &path)) {
            io.err.print(&crate::cli::describe(&error, io))?;
            is_all_written = false;
            fixed.before.remove(&path);
            fixed.made.retain(|(made, _), _| *made != path);
        }
    }
    tell(&fixed, session, false, global, io)?;
    session.analysis = fixed.analysis;
    // What could not be written is not what was analysed.
    Ok((!is_all_written).then_some(ExitStatus::Failed))
}

/// For each finding, in their order, whether it is one of those that the command is about.
fn is_chosen(analysis: &Analysis, scope: &Scope) -> Vec<bool> {
    let all = &analysis.diagnostics;
    let source = |path: &str| analysis.sources.file(path);
    let touched = analysis.base.as_ref().map(|base| check::touched(base, all, source));
    let is_touched =
        |at: usize| touched.as_ref().is_none_or(|touched| touched.get(at).is_some_and(Option::is_some));
    all.iter().enumerate().map(|(at, found)| scope.holds(&found.path) && is_touched(at)).collect()
}

fn text<'f>(fixed: &'f Fixed, path: &str) -> &'f str {
    fixed.analysis.sources.file(path).map_or("", |file| &file.text)
}

/// Says what was fixed and what was not.
fn tell(fixed: &Fixed, session: &Session, is_shown: bool, global: &Global, io: &mut Io<'_>) -> Result<()> {
    for (found, reason) in &fixed.refused {
        let path = visible(&session.path_from_here(&found.path));
        let word = io.err.paint("warning:", io::WARNING);
        let rule = found.finding.rule;
        io.err.line(&format!("{word} {path}: a finding of `{rule}` is not fixed: {reason}"))?;
    }
    if global.quiet {
        return Ok(());
    }
    if global.verbose {
        for ((path, rule), count) in &fixed.made {
            let path = visible(&session.path_from_here(path));
            io.err.line(&format!("{path}: {rule} ({count})"))?;
        }
    }
    let findings = Count(fixed.made.values().sum(), "finding");
    let documents = Count(fixed.before.len(), "document");
    let line = match (is_shown, findings.0) {
        (_, 0) => "nothing to fix".to_owned(),
        (true, _) => format!("would fix {findings} in {documents}"),
        (false, _) => format!("fixed {findings} in {documents}"),
    };
    let line = io.err.paint(&line, io::GOOD);
    io.err.line(&line)
}
