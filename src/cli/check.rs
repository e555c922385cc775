//! `afterword check`: what is wrong with the documents, and where.

use std::{
    cmp::Reverse,
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};

use crate::{
    check,
    cli::{
        ExitStatus, Global, Io, io,
        session::{self, Session},
        site,
    },
    diagnostic::{Diagnostic, Level},
    error::{Error, Result},
    load,
    report::{Format, Report},
};

/// More findings than this are also summed up by rule.
const MANY: usize = 30;

/// Check the postmortems: structure, clocks, action items, wording, links
#[derive(Debug, Args)]
#[command(after_help = "\
The whole archive is always read, because documents refer to each other. With PATHs, only what is found in these files \
and folders is reported. `afterword rules` lists the rules, `[check]` in `book.toml` sets their levels, and a comment \
accepts a finding: <!-- afterword: allow RULE, because … -->

Examples:
  afterword check
  afterword check postmortems/2026-03-14-checkout-latency.md
  afterword check --format json > findings.json
  afterword check --deny-warnings            # in continuous integration")]
pub(super) struct Arguments {
    /// Files or folders to report on [default: all]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to print the findings
    #[arg(short, long, value_name = "FORMAT", default_value = "human")]
    format: Output,
    /// Fail on warnings as well as on errors
    #[arg(long)]
    deny_warnings: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    Human,
    Short,
    Json,
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<ExitStatus> {
    let mut session = Session::open(global, io, None)?;
    if !session.analysis.sources.site_files.is_empty() {
        let (_, problems) = site::theme(&session.analysis);
        session.add_problems(problems);
    }
    let mut report = session.report();
    let chosen: Vec<Diagnostic>;
    if !arguments.paths.is_empty() {
        let scope = scope(&arguments.paths, &session.root.folder, &io.current)?;
        let is_chosen = |path: &str| scope.iter().any(|part| is_below(path, part));
        report.documents.retain(|path| is_chosen(path));
        if report.documents.is_empty() {
            let paths: Vec<_> = arguments.paths.iter().map(|path| format!("`{}`", path.display())).collect();
            return Err(Error::new(format!("there is no postmortem in {}", paths.join(" or "))).help(
                "templates, READMEs and other files that describe a folder are not checked; `--root` names another archive",
            ));
        }
        chosen =
            session.analysis.diagnostics.iter().filter(|found| is_chosen(&found.path)).cloned().collect();
        report.diagnostics = &chosen;
    } else if report.documents.is_empty() {
        return Err(session.empty());
    }
    print(&report, arguments.format, global, io)?;
    let denied =
        report.count(Level::Error) + if arguments.deny_warnings { report.count(Level::Warning) } else { 0 };
    Ok(if denied > 0 { ExitStatus::Findings } else { ExitStatus::Clean })
}

fn print(report: &Report<'_>, format: Output, global: &Global, io: &mut Io<'_>) -> Result<()> {
    let format = match format {
        Output::Human => Format::Human,
        Output::Short => Format::Short,
        Output::Json => Format::Json,
    };
    io.out.print(&report.to_text(format, session::look(global, io)))?;
    if format == Format::Json || global.quiet {
        return Ok(());
    }
    let style = match () {
        () if report.count(Level::Error) > 0 => io::ERROR,
        () if report.count(Level::Warning) > 0 => io::WARNING,
        () => io::GOOD,
    };
    let conclusion = io.out.paint(&report.conclusion(), style);
    io.out.line(&conclusion)?;
    let counts = by_rule(report);
    if format == Format::Human && report.diagnostics.len() > MANY && counts.len() > 1 {
        io.out.line(&format!("most often {}", counts.join(", ")))?;
    }
    let mut rules = report.diagnostics.iter().map(|found| found.finding.rule);
    if format == Format::Human
        && let Some(name) = rules.find(|name| check::rule(name).is_some())
    {
        let hint = format!("`afterword rules {name}` explains the first of these rules");
        let hint = io.out.paint(&hint, io::FAINT);
        io.out.line(&hint)?;
    }
    Ok(())
}

/// The five rules with the most findings, and how many each has.
fn by_rule(report: &Report<'_>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for found in report.diagnostics {
        *counts.entry(found.finding.rule).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(name, count)| (Reverse(*count), *name));
    counts.into_iter().take(5).map(|(name, count)| format!("{name} ({count})")).collect()
}

/// The paths as the archive knows them. One that is outside the root can hold nothing that was read.
fn scope(paths: &[PathBuf], root: &Path, current: &Path) -> Result<Vec<String>> {
    let mut scope = Vec::new();
    for path in paths {
        let real = load::resolve(&current.join(path))?;
        let below = real.strip_prefix(root).map_err(|_| {
            Error::new(format!("`{}` is not in the archive at `{}`", path.display(), root.display()))
                .help("name the archive with `--root`")
        })?;
        let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        scope.push(parts.join("/"));
    }
    Ok(scope)
}

fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path == folder || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_below_its_folder_and_not_below_one_that_begins_alike() {
        assert!(is_below("a/b.md", "a") && is_below("a/b.md", "a/b.md") && is_below("a/b.md", ""));
        assert!(!is_below("ab/c.md", "a") && !is_below("a/b.md", "a/b"));
    }
}
