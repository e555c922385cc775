//! Findings → text, for people and for machines. Pure: the caller prints.
//!
//! A format is one file here and one line in [`Format`]. Nothing here decides what is reported or how loud it is.

mod here;
mod human;
mod json;
mod short;
#[cfg(test)]
mod tests;
mod visible;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostic::{Diagnostic, Level},
    source::SourceFile,
    words::Count,
};

pub use here::Here;
pub use json::to_json;
pub use visible::visible;

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// The place in its lines, what is wrong and what to do, for a person at a terminal.
    #[default]
    Human,
    /// One line a finding: `path:line:column: level[rule]: message`.
    Short,
    /// One JSON object; its form is a promise, see `version` in it.
    Json,
}

/// What a report may do with the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Colours and weights.
    pub color: bool,
    /// How many columns there are.
    pub width: usize,
    /// Errors alone, and no hints.
    pub quiet: bool,
}

/// What there is to say about an archive.
#[derive(Debug, Clone)]
pub struct Report<'a> {
    /// In the order of [`Diagnostic::sort_key`].
    pub diagnostics: &'a [Diagnostic],
    /// The files that the findings are in, by path.
    pub sources: BTreeMap<&'a str, &'a SourceFile>,
    /// The paths of the documents that were checked, findings or not.
    pub documents: BTreeSet<&'a str>,
    /// How many more findings the baseline accepts.
    pub accepted: usize,
    /// From where people look at it.
    pub here: Here,
}

/// What people call a level. Programs and the configuration have [`Level::word`].
pub const fn word(level: Level) -> &'static str {
    match level {
        Level::Allow => "off",
        Level::Info => "hint",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

impl Report<'_> {
    /// The whole report in a format.
    pub fn to_text(&self, format: Format, look: Look) -> String {
        match format {
            Format::Human => human::text(self, look),
            Format::Short => short::text(self, look),
            Format::Json => json::text(self),
        }
    }

    /// How many findings there are of a level.
    pub fn count(&self, level: Level) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count()
    }

    /// The last line: `3 errors, 5 warnings in 2 of 18 documents, and the baseline accepts 40 findings`.
    pub fn conclusion(&self) -> String {
        let found = self.found();
        match Count(self.accepted, "finding") {
            Count(0, _) => found,
            accepted if self.diagnostics.is_empty() => {
                format!("{found} beside the {accepted} in the baseline")
            }
            accepted => format!("{found}, and the baseline accepts {accepted}"),
        }
    }

    fn found(&self) -> String {
        let checked = Count(self.documents.len(), "document");
        if self.diagnostics.is_empty() {
            return format!("no findings in {checked}");
        }
        let counts: Vec<String> = [Level::Error, Level::Warning, Level::Info]
            .into_iter()
            .map(|level| Count(self.count(level), word(level)))
            .filter(|count| count.0 > 0)
            .map(|count| count.to_string())
            .collect();
        let paths: BTreeSet<&str> = self.diagnostics.iter().map(|diagnostic| &*diagnostic.path).collect();
        let (documents, others): (Vec<&str>, Vec<&str>) =
            paths.into_iter().partition(|path| self.documents.contains(path));
        let mut places = Vec::new();
        if !documents.is_empty() {
            places.push(format!("{} of {checked}", documents.len()));
        }
        match others.as_slice() {
            [] => {}
            [only] => places.push(format!("`{}`", visible(&self.here.path(only)))),
            several => places.push(Count(several.len(), "other file").to_string()),
        }
        format!("{} in {}", counts.join(", "), places.join(" and in "))
    }
}
