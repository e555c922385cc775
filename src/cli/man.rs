//! `afterword man`: the manual page, made from the same words as `--help`.

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use crate::{
    cli::{Cli, ExitStatus, Io},
    error::{Error, Result},
};

/// Print the manual page
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  afterword man | man -l -
  afterword man build > afterword-build.1")]
pub(super) struct Arguments {
    /// The command to describe [default: all of them in one page]
    command: Option<String>,
}

pub(super) fn run(arguments: &Arguments, io: &mut Io<'_>) -> Result<ExitStatus> {
    let mut program = Cli::command();
    program.build();
    let page = match &arguments.command {
        None => Man::new(program),
        Some(name) => {
            let command = program.find_subcommand(name).cloned().ok_or_else(|| {
                Error::new(format!("there is no command `{name}`")).help("`afterword --help` lists them")
            })?;
            Man::new(command)
        }
    };
    let mut text = Vec::new();
    page.render(&mut text).map_err(|error| Error::new("cannot make the manual page").because(error))?;
    io.out.print(&String::from_utf8_lossy(&text))?;
    Ok(ExitStatus::Clean)
}
