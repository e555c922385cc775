//! What was read in the text of a document, written into its front matter.
//!
//! The proof is in the reading: a fact is written only when the document then gives the same model as before, places
//! apart, and no new finding. The timeline and the action items stay in the text; two copies would drift apart.
//! Nothing here touches a file.

mod facts;
mod moment;

#[cfg(test)]
mod tests;

use std::fmt;

use crate::{
    diagnostic::Finding,
    edit::{FrontMatterEditor, Refused, apply},
    model::{Archive, Format, Postmortem},
    parse::{Context, Parsed, parse},
    source::SourceFile,
};
use facts::{Candidate, Wanted};
pub use moment::written;

/// What is written, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The language of a front matter that has to be begun.
    pub format: Format,
    /// True to write also what was concluded and not said.
    pub inferred: bool,
}

/// What came of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// Path of the document below the root.
    pub path: String,
    /// What it came to.
    pub outcome: Outcome,
    /// What was read and is not written, with the reason.
    pub left_out: Vec<LeftOut>,
}

impl Adoption {
    /// A document that is left as it is.
    pub fn untouched(path: &str, reason: impl Into<String>) -> Self {
        Self { path: path.to_owned(), outcome: Outcome::Untouched(reason.into()), left_out: Vec::new() }
    }
}

/// What a document came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// There is something to write: the whole text of the document with it, and the keys that are new.
    Changed {
        /// The new text.
        text: String,
        /// The keys, as in `times.started`.
        keys: Vec<&'static str>,
    },
    /// The front matter says all that there is to say.
    Complete,
    /// The document is left as it is, for this reason.
    Untouched(String),
}

/// A fact that is not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// Its key.
    pub key: &'static str,
    /// Why not.
    pub reason: Reason,
}

/// Why a fact is not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The document does not say it; it was concluded.
    Inferred,
    /// A time of day whose day is not known.
    NoDay,
    /// A severity that is none of those in `book.toml`.
    UnknownSeverity,
    /// The front matter has a value there that could not be read.
    Occupied,
    /// The text says it in several places, and not the same.
    Contradicted,
    /// With it, other facts would be read in another way.
    Entangled,
    /// The front matter cannot be changed in that place.
    Form,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Inferred => "concluded, not said",
            Self::NoDay => "a time of day without its day",
            Self::UnknownSeverity => "not one of the configured severities",
            Self::Occupied => "the key has another value already",
            Self::Contradicted => "the text says different things about it",
            Self::Entangled => "with it, other facts would be read in another way",
            Self::Form => "the front matter cannot be changed there",
        })
    }
}

/// The language that most documents of an archive use; TOML when none has front matter.
pub fn usual_format(archive: &Archive) -> Format {
    let formats = archive.postmortems().iter().filter_map(|postmortem| postmortem.front_matter);
    let (yaml, toml): (Vec<Format>, Vec<Format>) =
        formats.map(|place| place.format).partition(|format| *format == Format::Yaml);
    if yaml.len() > toml.len() { Format::Yaml } else { Format::Toml }
}

/// The language that the name of a file asks for: the generators that these are for read front matter in YAML only.
pub fn needed_format(path: &str) -> Option<Format> {
    let path = path.to_lowercase();
    [".qmd", ".rmd", ".erb", ".qmd.md", ".erb.md"]
        .iter()
        .any(|ending| path.ends_with(ending))
        .then_some(Format::Yaml)
}

/// Writes what was read in the text of a document into its front matter.
pub fn adopt(source: &SourceFile, context: &Context<'_>, options: Options) -> Adoption {
    let mut work = match Work::begin(source, context, options) {
        Ok(work) => work,
        Err(reason) => return Adoption::untouched(&source.path, reason),
    };
    let left_out = work.run();
    let outcome = if work.keys.is_empty() {
        Outcome::Complete
    } else {
        Outcome::Changed { text: work.source.text.to_string(), keys: work.keys }
    };
    Adoption { path: source.path.clone(), outcome, left_out }
}

/// A document on the way.
struct Work<'w> {
    context: &'w Context<'w>,
    options: Options,
    /// The document with what has been written so far, and what reading it gives.
    source: SourceFile,
    parsed: Parsed,
    /// What every reading has to give.
    model: Postmortem,
    keys: Vec<&'static str>,
    /// True once the zone of the document could not be written: the times have to name it then.
    no_zone: bool,
}

impl<'w> Work<'w> {
    fn begin(source: &SourceFile, context: &'w Context<'w>, options: Options) -> Result<Self, String> {
        if source.invalid_utf8.is_some() {
            return Err("it is not valid UTF-8".to_owned());
        }
        if source.text.trim_start_matches('\u{feff}').trim().is_empty() {
            return Err("it is empty".to_owned());
        }
        let parsed = parse(source, context);
        if let Some(broken) = parsed.findings.iter().find(|finding| finding.rule == "invalid-front-matter") {
            let line = source.position(broken.span.start).line;
            return Err(format!("the front matter has errors: {} (line {line})", broken.message));
        }
        let model = parsed.postmortem.clone().unplaced();
        Ok(Self { context, options, source: source.clone(), parsed, model, keys: Vec::new(), no_zone: false })
    }

    /// Writes what can be written, until nothing more can, and gives what is left out. That a second run finds nothing
    /// to do follows from going on until then.
    fn run(&mut self) -> Vec<LeftOut> {
        loop {
            let Wanted { candidates, mut left_out } = facts::wanted(
                &self.parsed.postmortem,
                self.context.config(),
                self.options.inferred,
                self.no_zone,
            );
            if candidates.is_empty() {
                return left_out;
            }
            if self.attempt(&candidates).is_ok() {
                continue;
            }
            let before = (self.keys.len(), self.no_zone);
            for candidate in candidates {
                let key = candidate.key;
                let Err(reason) = self.attempt(&[candidate]) else { continue };
                left_out.push(LeftOut { key, reason });
                if key == facts::ZONE && !self.no_zone {
                    self.no_zone = true;
                    break;
                }
            }
            if (self.keys.len(), self.no_zone) == before {
                return left_out;
            }
        }
    }

    /// Writes some facts, if the document says the same with them.
    fn attempt(&mut self, facts: &[Candidate]) -> Result<(), Reason> {
        let text = self.write(facts)?;
        let source = SourceFile::new(self.source.path.clone(), text);
        let parsed = parse(&source, self.context);
        if parsed.postmortem.clone().unplaced() != self.model {
            return Err(Reason::Entangled);
        }
        if Finding::is_any_new(&self.parsed.findings, &parsed.findings) {
            return Err(Reason::Contradicted);
        }
        (self.source, self.parsed) = (source, parsed);
        self.keys.extend(facts.iter().map(|fact| fact.key));
        Ok(())
    }

    fn write(&self, facts: &[Candidate]) -> Result<String, Reason> {
        let text = &self.source.text;
        let opened = match self.parsed.postmortem.front_matter {
            Some(place) => FrontMatterEditor::open(text, place),
            None => FrontMatterEditor::create(text, self.options.format),
        };
        let form = |_: Refused| Reason::Form;
        let mut editor = opened.map_err(form)?;
        for fact in facts {
            let path = fact.path();
            if !editor.is_blank(&path) {
                return Err(Reason::Occupied);
            }
            editor.set(&path, &fact.value).map_err(form)?;
        }
        apply(text, &[editor.finish()]).ok_or(Reason::Form)
    }
}
