//! The archive as it was at a revision: git says what has changed, and the rest is as it is.

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;

use crate::{
    change::{Base, Changes, FileChange, Lines, likeness},
    config::Config,
    error::Result,
    git::{Blob, Change, Repository},
    load::{self, Past, Root},
    pipeline::{analyze, checkouts::Checkout, configuration},
    source::{SourceFile, Sources, markdown_stem},
};

/// From so many percent of common lines on, a file that git does not know yet is one that is gone.
const SAME: usize = 50;

/// More pairs of files than this are not held against each other.
const PAIRS: usize = 10_000;

/// What the archive was where the history of a revision and that of the work tree part. `sources` and `config` are those
/// of now.
pub(super) fn base(
    root: &Root,
    (sources, config): (&Sources, &Config),
    revision: &str,
    today: NaiveDate,
) -> Result<Base> {
    let (commit, mut changed) = changes(root, config, revision)?;
    let wanted = changed.iter().filter_map(|change| change.before.as_ref());
    let texts = Blob::read(wanted.filter(|blob| load::is_wanted(&blob.path)))?;
    join_renames(&mut changed, sources, &texts);
    let past = past(&changed, &texts);

    let root = root.before(&past);
    let (mut config_then, findings) = configuration(&root);
    // The baseline of now: what there is to say about its file has not changed.
    config_then.check.baseline.clone_from(&config.check.baseline);
    let mut sources_then = load::load_past(&root, &config_then, &past, (sources, config))?;
    sources_then.baseline.clone_from(&sources.baseline);
    let differences = differences(&changed, sources, &sources_then);
    let mut then = analyze(sources_then, config_then, findings, today);
    then.diagnostics.append(&mut then.accepted.diagnostics);
    then.diagnostics.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
    Ok(Base {
        revision: revision.to_owned(),
        commit,
        sources: then.sources,
        archive: Arc::unwrap_or_clone(then.archive),
        summary: Arc::unwrap_or_clone(then.summary),
        diagnostics: then.diagnostics,
        changes: differences,
    })
}

/// What has changed since a revision in all repositories of an archive that know it, and the commit in the first of them.
/// What lies in another one counts as unchanged.
fn changes(root: &Root, config: &Config, revision: &str) -> Result<(String, Vec<Change>)> {
    let mut refused = None;
    let mut first = None;
    let mut changed = Vec::new();
    for checkout in Checkout::changing(root, config)? {
        let commit = match checkout.repository.merge_base(revision) {
            Ok(commit) => commit,
            Err(error) => {
                refused.get_or_insert(error);
                continue;
            }
        };
        for mut change in checkout.repository.changes(&commit)? {
            let now = change.path.as_mut();
            for path in now.into_iter().chain(change.before.as_mut().map(|blob| &mut blob.path)) {
                *path = checkout.path(path);
            }
            changed.push(change);
        }
        first.get_or_insert(commit);
    }
    match (first, refused) {
        (Some(commit), _) => Ok((commit, changed)),
        (None, Some(error)) => Err(error),
        (None, None) => Repository::find(&root.folder)?.merge_base(revision).map(|commit| (commit, changed)),
    }
}

/// Finds the documents that were renamed and are new to git, which knows only renames of files that it has.
fn join_renames(changed: &mut Vec<Change>, sources: &Sources, texts: &BTreeMap<String, Vec<u8>>) {
    let is_document = |path: &str| markdown_stem(path).is_some();
    let gone: Vec<(&Blob, String)> = changed
        .iter()
        .filter(|change| change.path.is_none())
        .filter_map(|change| change.before.as_ref())
        .filter(|blob| is_document(&blob.path))
        .filter_map(|blob| Some((blob, String::from_utf8_lossy(texts.get(&blob.path)?).into_owned())))
        .collect();
    let new: Vec<&SourceFile> = changed
        .iter()
        .filter(|change| change.before.is_none())
        .filter_map(|change| sources.file(change.path.as_deref()?))
        .collect();
    if gone.len() * new.len() > PAIRS {
        return;
    }
    let mut pairs: Vec<(usize, &SourceFile, &Blob)> = Vec::new();
    for (blob, text) in &gone {
        let alike = new.iter().map(|file| (likeness(text, &file.text), *file, *blob));
        pairs.extend(alike.filter(|(share, ..)| *share >= SAME));
    }
    pairs.sort_by_key(|(share, ..)| std::cmp::Reverse(*share));
    let mut renamed: BTreeMap<String, Blob> = BTreeMap::new();
    for (_, file, blob) in pairs {
        if !renamed.contains_key(&file.path) && renamed.values().all(|taken| taken != blob) {
            renamed.insert(file.path.clone(), blob.clone());
        }
    }
    changed.retain(|change| {
        change.path.is_some() || renamed.values().all(|blob| change.before.as_ref() != Some(blob))
    });
    for change in changed {
        let blob = change.path.as_ref().and_then(|path| renamed.remove(path));
        change.before = change.before.take().or(blob);
    }
}

/// Where a file of then stands in the archive of then. One from outside stands where it is now: a folder that has moved
/// with all of its documents holds no new ones.
fn place<'c>(change: &'c Change, blob: &'c Blob) -> &'c str {
    let is_outside = |path: &str| path.starts_with("../");
    let now = change.path.as_deref().filter(|now| !is_outside(now) && is_outside(&blob.path));
    now.unwrap_or(&blob.path)
}

fn past(changed: &[Change], texts: &BTreeMap<String, Vec<u8>>) -> Past {
    let mut past: Past = changed.iter().filter_map(|change| Some((change.path.clone()?, None))).collect();
    for change in changed {
        if let Some(blob) = &change.before {
            let bytes = texts.get(&blob.path).cloned().unwrap_or_default();
            past.insert(place(change, blob).to_owned(), Some(bytes));
        }
    }
    past
}

fn differences(changed: &[Change], sources: &Sources, before: &Sources) -> Changes {
    let is_known = |sources: &Sources, path: &str| {
        sources.file(path).is_some()
            || sources.assets.contains_key(path)
            || sources.site_files.contains_key(path)
    };
    let mut found = Changes::default();
    for change in changed {
        let then = change.before.as_ref().map(|blob| place(change, blob));
        match &change.path {
            Some(path) if is_known(sources, path) => {
                let lines = match then {
                    None => Lines::all(),
                    Some(then) => lines(sources.file(path), before.file(then)),
                };
                let change = FileChange { before: then.map(str::to_owned), lines };
                found.files.insert(path.clone(), change);
            }
            _ => found.removed.extend(then.filter(|then| is_known(before, then)).map(str::to_owned)),
        }
    }
    found
}

/// A file of which one text is not known has changed somewhere.
fn lines(now: Option<&SourceFile>, then: Option<&SourceFile>) -> Lines {
    match (now, then) {
        (Some(now), Some(then)) => Lines::changed(&then.text, &now.text),
        _ => Lines::all(),
    }
}
