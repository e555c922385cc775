//! `afterword check`: what is wrong with the documents, and where.

mod baseline;
mod fix;
mod outputs;

use std::{borrow::Cow, path::PathBuf};

use clap::Args;

use crate::{
    check,
    cli::{
        ExitStatus, Global, Io, io,
        scope::Scope,
        session::{self, Opened, Session},
        site, watching,
    },
    diagnostic::{Diagnostic, Level},
    error::Result,
    load::Root,
    pipeline::{Analysis, Workspace},
    report::{Format, Look, Report, Since, visible},
    write,
};

/// Check the postmortems: structure, clocks, action items, wording, links
#[derive(Debug, Args)]
#[command(after_help = "\
The whole archive is always read, because documents refer to each other. With PATHs, only what is found in these files \
and folders is reported; files that are no postmortems are passed over. `afterword rules` lists the rules, `[check]` in `book.toml` sets their levels, and a comment \
accepts a finding: <!-- afterword: allow RULE, because … -->

Examples:
  afterword check
  afterword check postmortems/2026-03-14-checkout-latency.md
  afterword check --since origin/main        # what this branch brings, here and elsewhere
  afterword check --watch                    # while somebody writes
  afterword check --deny-warnings            # in continuous integration
  afterword check --diff                     # what `--fix` would change
  afterword check --fix --unsafe             # all fixes, to be looked at with `git diff`
  afterword check --format github            # annotations on a pull request
  afterword check --format github --format markdown=comment.md --format sarif=afterword.sarif
  afterword check --update-baseline          # accept what stands today, report only what is new")]
pub(super) struct Arguments {
    /// Files or folders to report on [default: all]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to print the findings [default: human]; with `=FILE`, where to write them beside that; may be given several
    /// times
    #[arg(short, long, value_name = "FORMAT[=FILE]")]
    format: Vec<outputs::Output>,
    /// Fail on warnings as well as on errors
    #[arg(long)]
    deny_warnings: bool,
    /// Report only what is not in this file [default: the one that `[check]` in `book.toml` names]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Report only what the change since this revision of git brings: on its lines, and elsewhere because of it
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// Write the baseline anew: accept all that is found now, and take out what is fixed
    #[arg(long, conflicts_with_all = ["paths", "since"])]
    update_baseline: bool,
    /// Go on, and check again after every change; Ctrl-C ends it
    #[arg(long, conflicts_with_all = ["update_baseline", "fix", "diff"])]
    watch: bool,
    #[command(flatten)]
    fixes: fix::Fixes,
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    let outputs = &outputs::sorted(&arguments.format)?;
    if arguments.watch {
        return watching::again_and_again(None, global, io, |root, (workspace, touched), io| {
            let workspace = Opened::Again(workspace, touched);
            let session = baseline::open(root, workspace, arguments, global, io)?;
            report(arguments, outputs, session, global, io).map(drop)
        });
    }
    let root = Root::find(global.root.as_deref(), &io.current)?;
    let workspace = Workspace::new(None, io.today).keeping_in(io.caches.as_deref());
    let session = baseline::open(root, Opened::Once(Box::new(workspace)), arguments, global, io)?;
    report(arguments, outputs, session, global, io)
}

/// Fixes what is to be fixed, and says what is found.
fn report(
    arguments: &Arguments,
    (format, files): &(Format, Vec<&outputs::Output>),
    mut session: Session,
    global: &Global,
    io: &mut Io<'_>,
) -> Result<ExitStatus> {
    let scope = Scope::new(&arguments.paths, &session.root.folder, &io.current)?;
    if let Some(status) = fix::run(&arguments.fixes, &mut session, &scope, global, io)? {
        return Ok(status);
    }
    let html = &session.analysis.config.output.html;
    if html.has_own_look() || !session.analysis.sources.site_files.is_empty() {
        let (_, problems) = site::theme(&session.analysis.config, &session.analysis.sources);
        session.add_problems(problems);
    }
    let mut report = session.report();
    if scope.is_everything() {
        if report.documents.is_empty() && session.analysis.base.is_none() {
            return Err(session.empty());
        }
    } else {
        report.documents.retain(|path| scope.holds(path));
        if report.documents.is_empty() && !scope.is_files() {
            return Err(scope.empty());
        }
        if !global.quiet {
            for file in scope.passed_over(|path| report.sources.contains_key(path)) {
                io.err.line(&format!("{} is not taken for a postmortem, and not checked", visible(file)))?;
            }
        }
        let accepted = &session.analysis.accepted.diagnostics;
        report.accepted = accepted.iter().filter(|found| scope.holds(&found.path)).count();
    }
    let chosen = chosen(&session.analysis, &scope);
    report.diagnostics = &chosen.diagnostics;
    report.since = chosen.since;
    if arguments.deny_warnings {
        report.denied = Level::Warning;
    }
    let plain = Look { color: false, ..session::look(global, io) };
    for output in files {
        if let Some(file) = &output.file {
            write::output(&io.current.join(file), &report.to_text(output.format, plain))?;
        }
    }
    print(&report, *format, global, io)?;
    if let Some(fixed) = baseline::fixed(&session).filter(|_| format.is_for_people() && !global.quiet) {
        io.out.line(&fixed)?;
    }
    let fails = report.diagnostics.iter().any(|found| report.fails(found.level));
    if !arguments.watch {
        // The process ends here, and takes less time to do so than giving back a large archive piece by piece.
        std::mem::forget(session);
    }
    Ok(if fails { ExitStatus::Findings } else { ExitStatus::Clean })
}

/// The findings that are reported.
struct Chosen<'a> {
    diagnostics: Cow<'a, [Diagnostic]>,
    since: Option<Since<'a>>,
}

/// Those in the scope, of which the change is answerable for when there is one.
fn chosen<'a>(analysis: &'a Analysis, scope: &Scope) -> Chosen<'a> {
    let all = &analysis.diagnostics;
    let in_scope = all.iter().map(|found| scope.holds(&found.path));
    let Some(base) = &analysis.base else {
        if scope.is_everything() {
            return Chosen { diagnostics: Cow::Borrowed(all), since: None };
        }
        let chosen = all.iter().zip(in_scope).filter(|(_, is_chosen)| *is_chosen);
        return Chosen { diagnostics: chosen.map(|(found, _)| found.clone()).collect(), since: None };
    };
    let mut since = Since { base, touched: Vec::new(), standing: 0 };
    let mut diagnostics = Vec::new();
    let touched = check::touched(base, all, |path| analysis.sources.file(path));
    for ((found, touched), _) in all.iter().zip(touched).zip(in_scope).filter(|(_, is_chosen)| *is_chosen) {
        match touched {
            Some(touched) => {
                since.touched.push(touched);
                diagnostics.push(found.clone());
            }
            None => since.standing += 1,
        }
    }
    Chosen { diagnostics: Cow::Owned(diagnostics), since: Some(since) }
}

fn print(report: &Report<'_>, format: Format, global: &Global, io: &mut Io<'_>) -> Result<()> {
    let look = session::look(global, io);
    io.out.send(|out| report.write(format, look, out))?;
    if format == Format::Github
        && let Some(page) = &io.step_summary
    {
        write::append(page, &report.step_summary())?;
    }
    if !format.is_for_people() || global.quiet {
        return Ok(());
    }
    let style = match () {
        () if report.count(Level::Error) > 0 => io::ERROR,
        () if report.count(Level::Warning) > 0 => io::WARNING,
        () => io::GOOD,
    };
    let conclusion = io.out.paint(&report.conclusion(), style);
    io.out.line(&conclusion)?;
    if let Some(fixable) = report.fixable() {
        io.out.line(&fixable)?;
    }
    if format != Format::Human {
        return Ok(());
    }
    if let Some(name) =
        report.first().map(|found| found.finding.rule).filter(|name| check::rule(name).is_some())
    {
        let hint = format!("`afterword rules {name}` explains the first of these rules");
        let hint = io.out.paint(&hint, io::FAINT);
        io.out.line(&hint)?;
    }
    Ok(())
}
