//! `afterword completions`: what a shell needs to complete our command lines.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::{
    cli::{Cli, ExitStatus, Io},
    error::Result,
};

/// Print a script that lets a shell complete command lines
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  afterword completions bash > ~/.local/share/bash-completion/completions/afterword
  afterword completions zsh > ~/.zfunc/_afterword
  afterword completions fish > ~/.config/fish/completions/afterword.fish")]
pub(super) struct Arguments {
    /// The shell
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments, io: &mut Io<'_>) -> Result<ExitStatus> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "afterword", &mut script);
    io.out.print(&String::from_utf8_lossy(&script))?;
    Ok(ExitStatus::Clean)
}
