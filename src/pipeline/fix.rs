//! Findings fixed: choose, edit, read anew, and go on until there is nothing left to do.
//!
//! The proof is in the reading. After each round the whole archive is analysed again; a file whose fixes did not do what
//! they were meant to do goes back to what it was, and is then tried fix by fix. Nothing here touches a file.

use std::collections::{BTreeMap, BTreeSet};

use super::{Analysis, analyze_since};
use crate::{
    change::{Base, FileChange, Lines},
    diagnostic::{Applicability, Diagnostic, Finding},
    fix::{self, Refused, State, Step},
    model::Postmortem,
    source::SourceFile,
};

/// How often the archive is analysed at the most. Two or three rounds are usual.
const ROUNDS: usize = 60;

/// What came of fixing.
#[derive(Debug, Clone)]
pub struct Fixed {
    /// The archive with all fixes made.
    pub analysis: Analysis,
    /// The text that each changed document had before, by path.
    pub before: BTreeMap<String, String>,
    /// The fixes that were made, by the path and the rule of their findings.
    pub made: BTreeMap<(String, &'static str), usize>,
    /// The findings that could not be fixed, as they were when it was tried, and why.
    pub refused: Vec<(Diagnostic, Refused)>,
}

/// What is fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The least sure fixes that are made.
    pub allowed: Applicability,
}

/// Makes the fixes of an archive. `chosen` says of each finding, in their order, whether it is to be fixed;
/// `about_configuration` is what was found in the configuration, which no fix changes.
pub fn fix(
    analysis: Analysis,
    about_configuration: &[Finding],
    options: Options,
    chosen: impl Fn(&Analysis) -> Vec<bool>,
) -> Fixed {
    let mut state = Fixing {
        fixed: Fixed { analysis, before: BTreeMap::new(), made: BTreeMap::new(), refused: Vec::new() },
        about_configuration,
        one_by_one: BTreeSet::new(),
        file_by_file: false,
        hopeless: BTreeSet::new(),
    };
    for _ in 0..ROUNDS {
        if !state.round(options, &chosen) {
            break;
        }
    }
    state.fixed
}

struct Fixing<'f> {
    fixed: Fixed,
    about_configuration: &'f [Finding],
    /// The files whose fixes got in each other's way.
    one_by_one: BTreeSet<String>,
    /// True once a round changed how other documents are read: from then on it is one file a round.
    file_by_file: bool,
    /// What was tried in vain: path, rule and message.
    hopeless: BTreeSet<(String, &'static str, String)>,
}

impl Fixing<'_> {
    /// Makes as many fixes as go together; false when there was nothing to try.
    fn round(&mut self, options: Options, chosen: &impl Fn(&Analysis) -> Vec<bool>) -> bool {
        let analysis = &self.fixed.analysis;
        let chosen = chosen(analysis);
        let chosen = analysis.diagnostics.iter().zip(chosen).filter(|(_, is_chosen)| *is_chosen);
        let wanted = chosen.map(|(found, _)| found).filter(|found| {
            fix::is_allowed(found, options.allowed)
                && is_editable(analysis, &found.path)
                && !self.hopeless.contains(&key(found))
        });
        let mut plan = fix::plan(wanted);
        for (path, steps) in &mut plan {
            if self.one_by_one.contains(*path) {
                steps.truncate(1);
            }
        }
        if self.file_by_file {
            plan = plan.into_iter().take(1).collect();
        }
        if plan.is_empty() {
            return false;
        }
        let mut failed: BTreeMap<&str, Refused> = BTreeMap::new();
        let mut texts: BTreeMap<&str, String> = BTreeMap::new();
        for (path, steps) in &plan {
            let old = analysis.sources.file(path).map_or("", |file| &file.text);
            match fix::made(old, steps) {
                Ok(text) => drop(texts.insert(path, text)),
                Err(reason) => drop(failed.insert(path, reason)),
            }
        }
        let mut after = self.with(&texts);
        failed.extend(judge(analysis, &after, &plan, &texts));
        if texts.len() > 1 && failed.values().any(|reason| *reason == Refused::FarReaching) {
            self.file_by_file = true;
            return true;
        }
        if !failed.is_empty() {
            texts.retain(|path, _| !failed.contains_key(path));
            after = self.with(&texts);
            // What is left did well beside the others; alone it is looked at once more.
            let alone = judge(analysis, &after, &plan, &texts);
            if !alone.is_empty() {
                texts.clear();
                after = analysis.clone();
                failed.extend(alone);
            }
        }
        let mut one_by_one = Vec::new();
        let mut refused = Vec::new();
        for (path, reason) in failed {
            match plan.get(path).map(Vec::as_slice) {
                Some([only]) => refused.push((only.diagnostic.clone(), reason)),
                _ => one_by_one.push(path.to_owned()),
            }
        }
        for path in texts.keys() {
            let old = analysis.sources.file(path).map_or("", |file| &file.text);
            self.fixed.before.entry((*path).to_owned()).or_insert_with(|| old.to_owned());
            for Step { diagnostic, .. } in plan.get(path).into_iter().flatten() {
                *self.fixed.made.entry(((*path).to_owned(), diagnostic.finding.rule)).or_default() += 1;
            }
        }
        self.fixed.analysis = after;
        self.one_by_one.extend(one_by_one);
        self.hopeless.extend(refused.iter().map(|(found, _)| key(found)));
        self.fixed.refused.extend(refused);
        true
    }

    /// The archive with other texts in place of some of its documents.
    fn with(&self, texts: &BTreeMap<&str, String>) -> Analysis {
        let old = &self.fixed.analysis;
        let mut sources = old.sources.clone();
        for file in &mut sources.documents {
            if let Some(text) = texts.get(file.path.as_str()) {
                *file = SourceFile::new(file.path.clone(), text.as_str());
            }
        }
        let mut base = old.base.clone();
        for (path, text) in texts {
            if let Some(base) = &mut base {
                changed_again(base, path, text);
            }
        }
        let about_configuration = self.about_configuration.to_vec();
        analyze_since(sources, old.config.clone(), about_configuration, base, old.summary.today)
    }
}

/// What has changed since a revision, when a document has another text.
fn changed_again(base: &mut Base, path: &str, text: &str) {
    let known = base.changes.files.get(path);
    let before = known.map_or_else(|| Some(path.to_owned()), |change| change.before.clone());
    let then = before.as_deref().and_then(|then| base.sources.file(then));
    let lines = then.map_or_else(Lines::all, |then| Lines::changed(&then.text, text));
    base.changes.files.insert(path.to_owned(), FileChange { before, lines });
}

fn key(found: &Diagnostic) -> (String, &'static str, String) {
    (found.path.clone(), found.finding.rule, found.finding.message.clone())
}

/// True for a document whose bytes are known as they are. Settings and other files are not changed.
pub(super) fn is_editable(analysis: &Analysis, path: &str) -> bool {
    let documents = &analysis.sources.documents;
    let at = documents.binary_search_by(|file| file.path.as_str().cmp(path));
    let file = at.ok().and_then(|at| documents.get(at));
    !analysis.sources.unreadable.contains_key(path) && file.is_some_and(|file| file.invalid_utf8.is_none())
}

/// The files whose fixes did something else than they were meant to do.
fn judge<'p>(
    before: &Analysis,
    after: &Analysis,
    plan: &BTreeMap<&'p str, Vec<Step<'_>>>,
    texts: &BTreeMap<&'p str, String>,
) -> BTreeMap<&'p str, Refused> {
    let (old, new) = (by_path(before), by_path(after));
    let touches_others = old.iter().any(|(path, old)| {
        let is_same = |new: &Vec<&Postmortem>| {
            old.len() == new.len()
                && old.iter().zip(new).all(|(old, new)| fix::same(old, new, &BTreeSet::new()))
        };
        !texts.contains_key(path) && !new.get(path).is_some_and(is_same)
    });
    if touches_others {
        return texts.keys().map(|path| (*path, Refused::FarReaching)).collect();
    }
    let mut failed = BTreeMap::new();
    for path in texts.keys() {
        let steps = plan.get(path).map(Vec::as_slice).unwrap_or_default();
        let [was, is] = [(before, &old), (after, &new)].map(|(analysis, postmortems)| {
            let found: Vec<&Diagnostic> =
                analysis.diagnostics.iter().filter(|found| found.path == *path).collect();
            (postmortems.get(path).cloned().unwrap_or_default(), found)
        });
        let was = State { postmortems: &was.0, diagnostics: &was.1 };
        let is = State { postmortems: &is.0, diagnostics: &is.1 };
        if let Err(reason) = fix::judge(was, is, steps) {
            failed.insert(*path, reason);
        }
    }
    failed
}

/// The postmortems of each file, in the order of the file.
fn by_path(analysis: &Analysis) -> BTreeMap<&str, Vec<&Postmortem>> {
    let mut by_path: BTreeMap<&str, Vec<&Postmortem>> = BTreeMap::new();
    for postmortem in analysis.archive.postmortems() {
        by_path.entry(postmortem.path.as_str()).or_default().push(postmortem);
    }
    for postmortems in by_path.values_mut() {
        postmortems.sort_by_key(|postmortem| postmortem.body.start);
    }
    by_path
}
