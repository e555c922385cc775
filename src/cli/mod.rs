//! The command line: what was typed → which stage runs → what is printed. One file a command.
//!
//! Commands decide nothing about documents. They ask [`pipeline`](crate::pipeline), print the answer, and say how it
//! went with an [`ExitStatus`].

mod actions;
mod adopt;
mod audience;
mod bars;
mod build;
mod check;
mod completions;
mod diff;
mod export;
mod historian;
mod init;
mod io;
mod live;
mod man;
mod markdown;
mod new;
mod progress;
mod rules;
mod schema;
mod scope;
mod serve;
mod session;
mod sheet;
mod show;
mod site;
mod stats;
mod table;
mod theme;
mod watching;

#[cfg(test)]
mod tests;

use std::{ffi::OsString, fmt::Write as _, path::PathBuf, process::ExitCode};

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum, builder::styling};

pub use io::{Io, Stream};

use crate::{
    error::{Error, Result},
    report::visible,
};

/// How a run ended, for the shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitStatus {
    /// All went well, and there is nothing that must be looked at.
    Clean = 0,
    /// There are findings at level error, or warnings that were denied.
    Findings = 1,
    /// The job could not be done.
    Failed = 2,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status as u8)
    }
}

const AFTER_HELP: &str = "\
No configuration is needed: without a `book.toml`, the folder `postmortems` is read, or else the whole folder. \
`afterword COMMAND --help` explains a command with examples.

Exit status:
  0  all is well
  1  there are findings at level error, or warnings with --deny-warnings
  2  the job could not be done";

const STYLES: styling::Styles = styling::Styles::styled()
    .header(styling::AnsiColor::Green.on_default().bold())
    .usage(styling::AnsiColor::Green.on_default().bold())
    .literal(styling::Style::new().bold())
    .placeholder(styling::Style::new());

/// Checks a folder of Markdown postmortems, adds up what they say, and makes a searchable site of them
#[derive(Debug, Parser)]
#[command(name = "afterword", version, styles = STYLES, after_help = AFTER_HELP, max_term_width = 110)]
#[command(arg_required_else_help = true, subcommand_required = true, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    global: Global,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Arguments),
    New(new::Arguments),
    Check(check::Arguments),
    Adopt(adopt::Arguments),
    Build(build::Arguments),
    Serve(serve::Arguments),
    Actions(Box<actions::Arguments>),
    Show(show::Arguments),
    Stats(stats::Arguments),
    Rules(rules::Arguments),
    Theme(theme::Arguments),
    Export(export::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options of every command")]
struct Global {
    /// Folder to work on [default: the nearest with a `book.toml`, or this one]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Day that counts as today, as YYYY-MM-DD [default: the system's]
    #[arg(long, global = true, value_name = "DATE", value_parser = date)]
    today: Option<NaiveDate>,
    /// When to use colours: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = true)]
    color: Color,
    /// Read every document anew, and keep nothing of it for the next run
    #[arg(long, global = true)]
    no_cache: bool,
    /// Say only what is needed
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more about what is done
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    // On a terminal that can, unless `NO_COLOR` is set.
    Auto,
    Always,
    Never,
}

fn date(text: &str) -> std::result::Result<NaiveDate, String> {
    text.parse().map_err(|_| "expected a day such as 2026-03-14".to_owned())
}

/// Runs the program with the arguments of the process, and gives its exit status.
pub fn main() -> ExitCode {
    let status = match Io::system() {
        #[expect(clippy::disallowed_methods, reason = "this is where the command line is read")]
        Ok(mut io) => run(std::env::args_os(), &mut io),
        Err(error) => {
            // There is no stream to be careful with yet.
            let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("error: {error}\n").as_bytes());
            ExitStatus::Failed
        }
    };
    status.into()
}

/// Runs one command line, the name of the program included.
pub fn run(arguments: impl IntoIterator<Item = impl Into<OsString>>, io: &mut Io<'_>) -> ExitStatus {
    let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
    apply_color(color_of(&arguments), io);
    let outcome = match Cli::try_parse_from(&arguments) {
        Ok(cli) => {
            apply_color(cli.global.color, io);
            io.today = cli.global.today.unwrap_or(io.today);
            io.caches.take_if(|_| cli.global.no_cache);
            dispatch(&cli, io)
        }
        Err(error) => explain_usage(&error, io),
    };
    match outcome {
        Ok(status) => status,
        // Whoever was reading has read enough.
        Err(error) if error.is_broken_pipe() => ExitStatus::Clean,
        Err(error) => {
            // When not even this can be said, the exit status has to do.
            drop(io.err.print(&describe(&error, io)));
            ExitStatus::Failed
        }
    }
}

fn dispatch(cli: &Cli, io: &mut Io<'_>) -> Result<ExitStatus> {
    let global = &cli.global;
    match &cli.command {
        Command::Init(arguments) => init::run(arguments, global, io),
        Command::New(arguments) => new::run(arguments, global, io),
        Command::Check(arguments) => check::run(arguments, global, io),
        Command::Adopt(arguments) => adopt::run(arguments, global, io),
        Command::Build(arguments) => build::run(arguments, global, io),
        Command::Serve(arguments) => serve::run(arguments, global, io),
        Command::Actions(arguments) => actions::run(arguments, global, io),
        Command::Show(arguments) => show::run(arguments, global, io),
        Command::Stats(arguments) => stats::run(arguments, global, io),
        Command::Rules(arguments) => rules::run(arguments, global, io),
        Command::Theme(arguments) => theme::run(arguments, global, io),
        Command::Export(arguments) => export::run(arguments, global, io),
        Command::Schema(arguments) => schema::run(arguments, io),
        Command::Completions(arguments) => completions::run(arguments, io),
        Command::Man(arguments) => man::run(arguments, io),
    }
}

/// The colours that were asked for, as far as that can be told before the arguments are understood: help and messages
/// about wrong arguments are to be coloured, or not, as well.
fn color_of(arguments: &[OsString]) -> Color {
    let words: Vec<_> = arguments.iter().map(|word| word.to_string_lossy()).collect();
    let stated = words.iter().zip(words.iter().skip(1).map(Some).chain([None])).find_map(|(word, next)| {
        if word == "--color" {
            next.and_then(|value| Color::from_str(value, false).ok())
        } else {
            word.strip_prefix("--color=").and_then(|value| Color::from_str(value, false).ok())
        }
    });
    stated.unwrap_or(Color::Auto)
}

fn apply_color(color: Color, io: &mut Io<'_>) {
    match color {
        Color::Auto => {}
        Color::Always => (io.out.color, io.err.color) = (true, true),
        Color::Never => (io.out.color, io.err.color) = (false, false),
    }
}

/// Help and version are answers; everything else that clap has to say is about a wrong command line.
fn explain_usage(error: &clap::Error, io: &mut Io<'_>) -> Result<ExitStatus> {
    let (stream, status) =
        if error.use_stderr() { (&mut io.err, ExitStatus::Failed) } else { (&mut io.out, ExitStatus::Clean) };
    let text = error.render();
    let text = if stream.color { text.ansi().to_string() } else { text.to_string() };
    stream.line(text.trim_end())?;
    Ok(status)
}

/// An error with its causes and the next step.
fn describe(error: &Error, io: &Io<'_>) -> String {
    let mut out = format!("{} {}\n", io.err.paint("error:", io::ERROR), visible(&error.to_string()));
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let _ = writeln!(out, "  because: {}", visible(&error.to_string()));
        cause = error.source();
    }
    if let Some(help) = error.next_step() {
        let _ = writeln!(out, "  {} {}", io.err.paint("help:", io::STRONG), visible(help));
    }
    out
}
