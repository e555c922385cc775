//! `--audience`: for whom a site or an export is made.

use clap::{Args, ValueEnum};

use crate::{
    check::{Group, RULES},
    cli::{Io, session::Session},
    diagnostic::{Diagnostic, Level},
    error::{Error, Result},
    model,
    pipeline::{self, Analysis},
    report::{Format, Look},
    words::Count,
};

/// The option, for the commands that have it.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Audience {
    /// Who it is for: `internal` is everything, `public` what is stated to be public, without its internal parts
    #[arg(
        long = "audience",
        value_name = "AUDIENCE",
        default_value = "internal",
        hide_possible_values = true,
        global = true
    )]
    chosen: Chosen,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Chosen {
    Internal,
    Public,
}

impl Audience {
    /// The analysis as this audience may see it.
    pub(super) fn of(self, analysis: Analysis) -> Analysis {
        match self.audience() {
            model::Audience::Internal => analysis,
            model::Audience::Public => pipeline::publish(&analysis),
        }
    }

    /// Who that is.
    pub(super) fn audience(self) -> model::Audience {
        match self.chosen {
            Chosen::Internal => model::Audience::Internal,
            Chosen::Public => model::Audience::Public,
        }
    }

    /// Leaves in a session what this audience may see, and says how much that is. False when the documents hold what
    /// must not be published: then nothing is, and the findings say where it stands.
    pub(super) fn limit(self, session: &mut Session, quiet: bool, io: &mut Io<'_>) -> Result<bool> {
        if self.audience() == model::Audience::Internal {
            return Ok(true);
        }
        let all = session.analysis.archive.postmortems().len();
        session.analysis = pipeline::publish(&session.analysis);
        let public = session.analysis.archive.postmortems().len();
        if public == 0 {
            return Err(Error::new("no postmortem is public, so there is nothing to publish").help(
                "state `visibility = \"public\"` in the front matter of those that everybody may read, or set `default-visibility` in `book.toml`",
            ));
        }
        let leaks: Vec<Diagnostic> =
            session.analysis.diagnostics.iter().filter(|found| is_leak(found)).cloned().collect();
        if !leaks.is_empty() {
            let mut report = session.report();
            report.diagnostics = &leaks;
            let look = Look { color: io.err.color, width: io.width, quiet };
            io.err.print(&report.to_text(Format::Human, look))?;
            io.err.line(&format!(
                "nothing was published: {} in public documents must not leave the company; mend them, or allow one \
                 where it stands with a reason, `<!-- afterword: allow RULE, because … -->`",
                Count(leaks.len(), "thing")
            ))?;
            return Ok(false);
        }
        if quiet {
            return Ok(true);
        }
        let rest = match all - public {
            0 => String::new(),
            withheld => format!("; {} left out", Count(withheld, "internal one")),
        };
        io.err.line(&format!("for everybody: {}{rest}", Count(public, "public postmortem")))?;
        Ok(true)
    }
}

/// True for what the rules about publishing call an error.
fn is_leak(found: &Diagnostic) -> bool {
    let rule = RULES.iter().find(|rule| rule.name == found.finding.rule);
    found.level == Level::Error && rule.is_some_and(|rule| rule.group == Group::Publish)
}
