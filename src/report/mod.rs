//! Findings → text, for people and for machines. Pure: the caller prints.
//!
//! A format is one file here and one line in [`Format`]. Nothing here decides what is reported or how loud it is.

mod checkstyle;
mod encode;
mod github;
mod gitlab;
mod here;
mod human;
mod inert;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod page;
mod pages;
mod place;
mod rdjson;
mod sarif;
mod short;
mod since;
mod summary;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod visible;
mod xml;

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
};

use crate::{
    diagnostic::{Applicability, Diagnostic, Level},
    source::SourceFile,
    words::Count,
};

use clap::ValueEnum;

pub use encode::{to_json, to_json_line, write_json, write_json_line};
pub use here::Here;
pub use inert::inert;
pub use markdown::About;
pub use pages::RulePages;
pub use since::Since;
pub use summary::RuleCount;
pub use visible::visible;

/// How findings are written. The names of the variants in kebab-case are those of the command line, their comments its
/// help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// The place in its lines, what is wrong and what to do, for a person at a terminal.
    #[default]
    Human,
    /// One line a finding: `path:line:column: level[rule]: message`.
    Short,
    /// One JSON object; its form is a promise, see `version` in it.
    Json,
    /// One JSON object a line and a finding, under the same promise.
    Jsonl,
    /// Annotations of GitHub Actions, and a summary page where `GITHUB_STEP_SUMMARY` names a file.
    Github,
    /// Code Quality of GitLab: `artifacts:reports:codequality`.
    Gitlab,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// `JUnit` XML: a suite a document, a test a rule.
    Junit,
    /// The JSON of reviewdog: `reviewdog -f=rdjson`.
    Rdjson,
    /// The XML of Checkstyle.
    Checkstyle,
    /// The comment on a pull request: times, follow-up work, similar incidents, findings.
    Markdown,
}

impl Format {
    /// True when a person reads it in a terminal, so that closing lines may follow.
    pub const fn is_for_people(self) -> bool {
        matches!(self, Self::Human | Self::Short)
    }
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
    /// From the top of the repository, as forges name files; the same as `here` where there is no repository.
    pub repository: Here,
    /// Where the page of a rule can be read.
    pub pages: RulePages,
    /// The lowest level that makes the check fail.
    pub denied: Level,
    /// What the report is compared with, when it is about a change.
    pub since: Option<Since<'a>>,
    /// What there is to tell beside findings.
    pub about: Option<About<'a>>,
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

/// How a fix is made on the command line.
const fn how_to_fix(applicability: Applicability) -> &'static str {
    match applicability {
        Applicability::Safe => "`--fix`",
        Applicability::Unsafe => "`--fix --unsafe`",
    }
}

impl Report<'_> {
    /// The whole report in a format.
    pub fn to_text(&self, format: Format, look: Look) -> String {
        match format {
            Format::Human => human::text(self, look),
            Format::Short => short::text(self, look),
            Format::Json => json::text(self),
            Format::Jsonl => jsonl::text(self),
            Format::Github => github::text(self),
            Format::Gitlab => gitlab::text(self),
            Format::Sarif => sarif::text(self),
            Format::Junit => junit::text(self),
            Format::Rdjson => rdjson::text(self),
            Format::Checkstyle => checkstyle::text(self),
            Format::Markdown => markdown::text(self),
        }
    }

    /// Writes the text in a format, as it is made where that spares much memory.
    pub fn write(&self, format: Format, look: Look, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Json => json::write(self, out),
            _ => out.write_all(self.to_text(format, look).as_bytes()),
        }
    }

    /// The page of a step of GitHub Actions, to be appended to the file that `GITHUB_STEP_SUMMARY` names.
    pub fn step_summary(&self) -> String {
        markdown::step(self)
    }

    /// The annotations of GitHub Actions alone, for findings that are not those of a check.
    pub fn annotations(&self) -> String {
        github::annotations(self)
    }

    /// How many findings there are of a level.
    pub fn count(&self, level: Level) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count()
    }

    /// The last line: `3 errors, 5 warnings in 2 of 18 documents, and the baseline accepts 40 findings`.
    pub fn conclusion(&self) -> String {
        let found = self.found() + &self.comparison();
        let accepted = match Count(self.accepted, "finding") {
            Count(0, _) => String::new(),
            accepted if self.diagnostics.is_empty() => format!(" beside the {accepted} in the baseline"),
            accepted => format!(", and the baseline accepts {accepted}"),
        };
        found + &accepted + &self.standing()
    }

    /// How many of the findings can be fixed, and how; none when no finding can.
    pub fn fixable(&self) -> Option<String> {
        let fixes = || self.diagnostics.iter().filter_map(|found| found.finding.fix.as_deref());
        let count = |kind| fixes().filter(|fix| fix.applicability == kind).count();
        let how = |count: usize, more: &str, kind| {
            let text = format!("{count}{more} fixable with {}", how_to_fix(kind));
            (count > 0).then_some(text)
        };
        let safe = count(Applicability::Safe);
        let more = if safe > 0 { " more" } else { "" };
        let parts = [
            how(safe, "", Applicability::Safe),
            how(count(Applicability::Unsafe), more, Applicability::Unsafe),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
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
