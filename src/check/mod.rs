//! The checks: what is wrong with documents, how loud, and what is accepted.
//!
//! A rule looks (`rule`, `rules`), the configuration decides how loud it is (`levels`), a comment may accept a
//! finding (`suppression`), a file those that stand (`baseline`). Reading, fixing and printing happen elsewhere.

mod baseline;
mod duration;
mod fixes;
mod gate;
mod identity;
mod items;
mod language;
mod levels;
mod names;
mod prompts;
mod prose;
mod publicity;
mod rule;
mod rules;
mod since;
mod suppression;
mod targets;
mod wording;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use chrono::NaiveDate;
use rayon::prelude::*;

pub use baseline::{Accepted, Baseline, FILE as BASELINE, is_acceptable};
pub use gate::{Failing, Lack, Verdict, gate};
pub use identity::{Identity, fingerprints, identities};
pub use rule::{Document, Findings, Group, Rule, Scope, Stage, Whole, first_line};
pub use rules::{RULES, rule};
pub use since::{Reach, Touched, touched};

use crate::{
    aggregate::{ActionEntry, Summary},
    change::Base,
    check::{levels::Levels, prompts::Prompts, targets::Files},
    config::Config,
    diagnostic::{Diagnostic, Finding, Level},
    model::{Archive, Postmortem, Zone},
    parse::Context,
    source::SourceFile,
};

/// The path under which findings about the configuration are reported.
pub const CONFIGURATION: &str = "book.toml";

/// What is checked.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// All documents as they were read.
    pub archive: &'a Archive,
    /// What they say as a whole.
    pub summary: &'a Summary,
    /// Their texts.
    pub sources: &'a [SourceFile],
    /// The paths of all files below the root, documents included: what links and images may lead to.
    pub files: &'a BTreeSet<String>,
    /// The texts of the site's own templates of documents.
    pub templates: &'a [&'a str],
    /// What the user configured.
    pub config: &'a Config,
    /// How the documents were read.
    pub context: &'a Context<'a>,
    /// The day on which the check is made.
    pub today: NaiveDate,
    /// What the archive was, where it is compared with an earlier one.
    pub base: Option<&'a Base>,
}

/// Everything there is to say about an archive: sorted, without repeats, the same for the same input. Documents are
/// looked at side by side. `reading` is what was found while they were read, by path; the configuration's findings stand
/// under [`CONFIGURATION`].
pub fn check(input: &Input<'_>, reading: Findings) -> Vec<Diagnostic> {
    check_unless(input, reading, &|| false).unwrap_or_default()
}

/// The same; none when `is_over` is true before the end, because nobody wants to know any more.
pub fn check_unless(
    input: &Input<'_>,
    reading: Findings,
    is_over: &(impl Fn() -> bool + Sync),
) -> Option<Vec<Diagnostic>> {
    let levels = Levels::new(input.config);
    let sources: BTreeMap<&str, &SourceFile> =
        input.sources.iter().map(|source| (source.path.as_str(), source)).collect();
    let files = Files::new(input.files);
    let prompts = Prompts::new(input.templates);
    let whole = Whole {
        archive: input.archive,
        summary: input.summary,
        sources: &sources,
        files: &files,
        prompts: &prompts,
        zone: usual_zone(input.archive),
        config: input.config,
        context: input.context,
        today: input.today,
    };
    let mut by_path = reading;
    for rule in RULES {
        match (rule.scope, input.base) {
            _ if is_over() => return None,
            (Scope::Archive(find), _) => find(&whole, &mut by_path),
            (Scope::Change(find), Some(base)) => find(&whole, base, &mut by_path),
            _ => {}
        }
    }
    by_path.entry(CONFIGURATION.to_owned()).or_default().extend(levels.findings(input.archive));

    let mut entries: BTreeMap<usize, Vec<&ActionEntry>> = BTreeMap::new();
    for entry in &input.summary.actions.entries {
        entries.entry(entry.postmortem).or_default().push(entry);
    }
    // In the order of reports, so that hardly anything is left to sort.
    let documents: Vec<_> = input
        .sources
        .iter()
        .flat_map(|source| input.archive.in_file(&source.path).map(move |postmortem| (source, postmortem)))
        .map(|(source, postmortem)| {
            let at = input.archive.index_of(&postmortem.id.value);
            let entries = at.and_then(|at| entries.remove(&at)).unwrap_or_default();
            let findings = of_one(&mut by_path, input.archive, postmortem);
            (postmortem, source, entries, findings)
        })
        .collect();
    let checked: Option<Vec<Vec<Diagnostic>>> = documents
        .into_par_iter()
        .map(|(postmortem, source, entries, findings)| {
            let check = || {
                let document = Document::new(postmortem, source, whole, entries);
                check_document(&document, &levels.of(Some(postmortem)), findings)
            };
            (!is_over()).then(check)
        })
        .collect();
    let mut diagnostics: Vec<Diagnostic> = checked?.into_iter().flatten().collect();
    let without_document = levels.of(None);
    for (path, findings) in by_path {
        diagnostics.extend(with_levels(&path, &without_document, findings));
    }
    diagnostics.par_sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    diagnostics.dedup();
    Some(diagnostics)
}

/// What is wrong with the configuration and with other files that are no documents, as far as that shows without a look
/// at the documents' texts. `reading` is what was found while they were read.
pub fn of_settings(
    config: &Config,
    archive: &Archive,
    mut reading: BTreeMap<String, Vec<Finding>>,
) -> Vec<Diagnostic> {
    let levels = Levels::new(config);
    reading.entry(CONFIGURATION.to_owned()).or_default().extend(levels.findings(archive));
    let level = levels.of(None);
    let mut diagnostics = Vec::new();
    for (path, findings) in reading {
        diagnostics.extend(with_levels(&path, &level, findings));
    }
    diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    diagnostics
}

/// The zone that all documents state which state one. What one or two documents do is no custom.
fn usual_zone(archive: &Archive) -> Option<&Zone> {
    const FEW: usize = 3;
    let zones = || archive.postmortems().iter().filter_map(|one| Some(&one.zone.as_ref()?.value));
    let first = zones().next()?;
    (zones().take(FEW).count() == FEW && zones().all(|zone| zone == first)).then_some(first)
}

/// Takes the findings of a file that are about one postmortem.
fn of_one(by_path: &mut Findings, archive: &Archive, postmortem: &Postmortem) -> Vec<Finding> {
    let Some(findings) = by_path.get_mut(&postmortem.path) else { return Vec::new() };
    let extent = extent(archive, postmortem);
    let (own, rest) =
        std::mem::take(findings).into_iter().partition(|finding| extent.contains(&finding.span.start));
    *findings = rest;
    own
}

/// The bytes of its file that a postmortem answers for. What stands above all incidents of a file is the first one's.
fn extent(archive: &Archive, postmortem: &Postmortem) -> Range<usize> {
    let mut in_file = archive.in_file(&postmortem.path);
    let (first, is_log) = (in_file.next(), in_file.next().is_some());
    let is_first = first.is_some_and(|first| first.id == postmortem.id);
    if !is_log {
        return 0..usize::MAX;
    }
    let start = if is_first { 0 } else { postmortem.body.start };
    start..postmortem.body.end
}

fn check_document(document: &Document<'_>, levels: &[Level], mut findings: Vec<Finding>) -> Vec<Diagnostic> {
    for (rule, level) in RULES.iter().zip(levels) {
        if *level == Level::Allow {
            continue;
        }
        match rule.scope {
            Scope::Document(find) => find(document, &mut findings),
            Scope::Wording { message, .. } => {
                findings.extend(wording::findings(document.hits(), rule.name, message));
            }
            Scope::Archive(_) | Scope::Change(_) | Scope::Reading | Scope::Engine => {}
        }
    }
    let extent = extent(document.archive, document.postmortem);
    findings.retain(|finding| extent.contains(&finding.span.start));
    suppression::apply(document.postmortem, document.source, levels, &mut findings);
    let mut found: Vec<Diagnostic> = with_levels(&document.postmortem.path, levels, findings).collect();
    found.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    found
}

fn with_levels(path: &str, levels: &[Level], findings: Vec<Finding>) -> impl Iterator<Item = Diagnostic> {
    findings.into_iter().filter_map(move |finding| {
        let level =
            RULES.iter().zip(levels).find(|(rule, _)| rule.name == finding.rule).map(|(_, level)| *level);
        // A finding of a rule that is not in the list cannot be configured, but it is not lost.
        let level = level.unwrap_or(Level::Warning);
        (level != Level::Allow).then(|| Diagnostic { path: path.to_owned(), level, finding })
    })
}
