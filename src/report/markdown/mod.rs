//! The comment on a pull request, and the page of a step: what the change says, in one screen for one document.
//!
//! Verdict, documents with their computed times, follow-up work, similar incidents, findings; what is many is folded.
//! The first line is a mark that nobody sees, by which a program finds the comment and replaces it. Nothing from a
//! document does anything here: it goes through [`inert`](mod@super::inert). What does not fit into the forge's limit is left
//! out, the quietest first, and said to be.

mod documents;
mod findings;
mod follow_up;

use crate::{
    aggregate::Summary,
    config::Config,
    model::{Archive, Postmortem},
    report::{Report, inert::inert, page::Page},
};

/// The first line of a comment, by which it is found again.
const MARK: &str = "<!-- afterword -->";

/// What GitHub takes as a comment, in characters; GitLab takes more.
const COMMENT: usize = 65_536;

/// What GitHub takes as the summary of a step, in bytes.
const STEP: usize = 1 << 20;

/// What is left free for the last words.
const SPARE: usize = 400;

/// How many documents are described one by one.
const DESCRIBED: usize = 20;

/// Without a change to look at, more documents than this are a whole archive, and their findings are all there is to say.
const FEW: usize = 5;

/// What a report can tell beside its findings.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// All documents.
    pub archive: &'a Archive,
    /// What they say together.
    pub summary: &'a Summary,
    /// What the site configured.
    pub config: &'a Config,
}

/// A postmortem that a page describes, and its place in the archive.
#[derive(Debug, Clone, Copy)]
struct Described<'a> {
    place: usize,
    postmortem: &'a Postmortem,
}

/// The comment on a pull request.
pub(super) fn text(report: &Report<'_>) -> String {
    page(report, COMMENT, findings::Shown::COMMENT)
}

/// The page of a step, which has room for more.
pub(super) fn step(report: &Report<'_>) -> String {
    page(report, STEP, findings::Shown::STEP)
}

fn page(report: &Report<'_>, limit: usize, shown: findings::Shown) -> String {
    let mut page = Page::new(limit);
    let fails = report.diagnostics.iter().any(|found| report.fails(found.level));
    page.line(MARK);
    page.line(&format!("### Afterword: the check {}\n", if fails { "fails" } else { "passes" }));
    page.line(&format!("{}\n", inert(&report.conclusion())));
    if let Some(about) = &report.about {
        let described = described(report, about);
        let mut lines = documents::lines(report, about, &described);
        lines.extend(follow_up::lines(report, about, &described));
        lines.extend(follow_up::similar(about, &new_ones(report, &described)));
        // The findings have the other half of the room.
        if page.lines(&lines, limit / 2) > 0 {
            page.line("\n…\n");
        }
    }
    let left = findings::write(report, shown, &mut page);
    if left > 0 {
        page.line(&format!("{left} more are not shown here; the log of the check has all of them.\n"));
    }
    page.finish()
}

/// The new ones among the documents; all of them when none is.
fn new_ones<'a>(report: &Report<'_>, described: &[Described<'a>]) -> Vec<Described<'a>> {
    let is_new = |one: &&Described<'_>| {
        report.since.as_ref().is_some_and(|since| since.base.before(one.postmortem).is_none())
    };
    let new: Vec<Described<'a>> = described.iter().filter(is_new).copied().collect();
    if new.is_empty() { described.to_vec() } else { new }
}

/// The documents that the report is about, in the order of the archive: the latest first.
fn described<'a>(report: &Report<'_>, about: &About<'a>) -> Vec<Described<'a>> {
    let is_described = |path: &str| {
        report.documents.contains(path)
            && report.since.as_ref().is_none_or(|since| since.base.is_changed(path))
    };
    let all: Vec<Described<'a>> = (0..)
        .zip(about.archive.postmortems())
        .filter(|(_, postmortem)| is_described(&postmortem.path))
        .map(|(place, postmortem)| Described { place, postmortem })
        .collect();
    if report.since.is_none() && all.len() > FEW { Vec::new() } else { all }
}
