//! Where the findings go: one format to the terminal, any number to files.

use std::{ffi::OsStr, path::PathBuf};

use clap::{
    ValueEnum,
    builder::{PossibleValue, TypedValueParser, ValueParserFactory},
    error::{ContextKind, ContextValue, ErrorKind},
};

use crate::{
    error::{Error, Result},
    report::Format,
};

/// A format, and the file that it is written to; without a file it goes to standard output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Output {
    pub(super) format: Format,
    pub(super) file: Option<PathBuf>,
}

/// Reads `FORMAT` and `FORMAT=FILE`.
#[derive(Clone)]
pub(in crate::cli) struct Parser;

impl ValueParserFactory for Output {
    type Parser = Parser;

    fn value_parser() -> Parser {
        Parser
    }
}

impl TypedValueParser for Parser {
    type Value = Output;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> std::result::Result<Output, clap::Error> {
        let text = value.to_string_lossy();
        let (name, file) = match text.split_once('=') {
            Some((name, file)) => {
                (name, Some(PathBuf::from(file)).filter(|file| !file.as_os_str().is_empty()))
            }
            None => (&*text, None),
        };
        let is_incomplete = file.is_none() && text.contains('=');
        match Format::from_str(name, false) {
            Ok(format) if !is_incomplete => Ok(Output { format, file }),
            _ => {
                let mut error = clap::Error::new(ErrorKind::InvalidValue).with_cmd(command);
                let names = Format::value_variants().iter().filter_map(ValueEnum::to_possible_value);
                let names = names.map(|name| name.get_name().to_owned()).collect();
                if let Some(argument) = argument {
                    error.insert(ContextKind::InvalidArg, ContextValue::String(argument.to_string()));
                }
                error.insert(ContextKind::InvalidValue, ContextValue::String(text.into_owned()));
                error.insert(ContextKind::ValidValue, ContextValue::Strings(names));
                Err(error)
            }
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Format::value_variants().iter().filter_map(ValueEnum::to_possible_value)))
    }
}

/// The format for standard output and those for files. What is written for machines to files alone leaves the terminal to
/// people.
pub(super) fn sorted(outputs: &[Output]) -> Result<(Format, Vec<&Output>)> {
    let (files, printed): (Vec<&Output>, Vec<&Output>) =
        outputs.iter().partition(|output| output.file.is_some());
    match printed.as_slice() {
        [] => Ok((Format::default(), files)),
        [one] => Ok((one.format, files)),
        _ => Err(Error::new("two formats cannot both go to standard output")
            .help("give all but one of them a file: `--format sarif=afterword.sarif`")),
    }
}
