//! `afterword schema`: what an editor needs to complete and check front matter, `book.toml` and locale files.

use clap::{Args, ValueEnum};
use schemars::generate::SchemaSettings;

use crate::{
    cli::{ExitStatus, Io},
    config::Config,
    error::Result,
    parse::{Locale, Metadata},
    report::to_json,
};

/// Print a JSON Schema, for completion in editors
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  afterword schema front-matter > front-matter.schema.json
  afterword schema config > book.schema.json
  afterword schema locale > locale.schema.json")]
pub(super) struct Arguments {
    /// What it describes: the front matter of a document, `book.toml`, or the words of a language
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    #[value(alias = "document")]
    FrontMatter,
    Config,
    Locale,
}

pub(super) fn run(arguments: &Arguments, io: &mut Io<'_>) -> Result<ExitStatus> {
    // Draft 7 is what editors understand.
    let generator = SchemaSettings::draft07().into_generator();
    let (title, mut schema) = match arguments.what {
        What::FrontMatter => ("Front matter of a postmortem", generator.into_root_schema_for::<Metadata>()),
        What::Config => ("book.toml of Afterword", generator.into_root_schema_for::<Config>()),
        What::Locale => ("The words of a language", generator.into_root_schema_for::<Locale>()),
    };
    schema.insert("title".to_owned(), title.into());
    io.out.print(&to_json(&schema))?;
    Ok(ExitStatus::Clean)
}
