//! What a report on a change says: what it is compared with, and which findings are on changed lines.

use serde::Serialize;

use crate::{
    change::Base,
    check::{Reach, Touched},
    diagnostic::Diagnostic,
    report::{Report, visible},
    words::Count,
};

/// How many digits of a commit people are shown.
const SHORT: usize = 8;

/// What a report is about when it is about a change.
#[derive(Debug, Clone)]
pub struct Since<'a> {
    /// What the archive was.
    pub base: &'a Base,
    /// Why each finding of the report belongs to the change, in their order.
    pub touched: Vec<Touched>,
    /// How many findings stand as they did and are not in the report.
    pub standing: usize,
}

/// The same for programs.
#[derive(Serialize)]
pub(super) struct Compared<'a> {
    revision: &'a str,
    commit: &'a str,
    /// How many files of the archive have changed or are gone.
    files: usize,
    standing: usize,
}

impl<'a> Since<'a> {
    pub(super) fn compared(&self) -> Compared<'a> {
        let changes = &self.base.changes;
        Compared {
            revision: &self.base.revision,
            commit: &self.base.commit,
            files: changes.files.len() + changes.removed.len(),
            standing: self.standing,
        }
    }

    /// The revision as people know it: `origin/main` (1a2b3c4d).
    fn named(&self) -> String {
        let commit = self.base.commit.get(..SHORT).unwrap_or(&self.base.commit);
        format!("`{}` ({commit})", visible(&self.base.revision))
    }
}

impl Report<'_> {
    /// Why the finding at a place of the report belongs to the change; none when the report is about no change.
    pub(super) fn touched(&self, at: usize) -> Option<Touched> {
        self.since.as_ref().and_then(|since| since.touched.get(at).copied())
    }

    /// The headings under which people are shown the findings, and which stand below each. A report that is about no
    /// change has one group without a heading.
    pub(super) fn groups(&self) -> Vec<(Option<String>, Option<Reach>)> {
        let Some(since) = &self.since else { return vec![(None, None)] };
        let line = format!("on lines that have changed since {}:", since.named());
        let elsewhere = "elsewhere, because of the change:".to_owned();
        vec![(Some(line), Some(Reach::Line)), (Some(elsewhere), Some(Reach::Elsewhere))]
    }

    /// The finding that people are shown first.
    pub fn first(&self) -> Option<&Diagnostic> {
        let mut all = self.diagnostics.iter().enumerate();
        let on_line =
            all.find(|(at, _)| self.touched(*at).is_none_or(|touched| touched.reach == Reach::Line));
        on_line.map(|(_, found)| found).or_else(|| self.diagnostics.first())
    }

    /// What the conclusion compares with: ` since `origin/main` (1a2b3c4d): 2 on changed lines, 1 elsewhere`.
    pub(super) fn comparison(&self) -> String {
        let Some(since) = &self.since else { return String::new() };
        let of = |reach: Reach| since.touched.iter().filter(|touched| touched.reach == reach).count();
        let places = if self.diagnostics.is_empty() {
            String::new()
        } else {
            format!(": {} on changed lines, {} elsewhere", of(Reach::Line), of(Reach::Elsewhere))
        };
        format!(" since {}{places}", since.named())
    }

    /// What the conclusion says of the rest: `; 40 findings stand as they did`.
    pub(super) fn standing(&self) -> String {
        match self.since.as_ref().map_or(0, |since| since.standing) {
            0 => String::new(),
            1 => "; 1 finding stands as it did".to_owned(),
            more => format!("; {} stand as they did", Count(more, "finding")),
        }
    }
}
