//! The ledger of an archive: what git knows of its documents, read once and kept beside the history.
//!
//! What is kept is a [`Book`] and the commit up to which it is written; the next time only the commits behind that one
//! are read. It may be deleted or damaged at any time: then the whole history is read again.

use std::{collections::BTreeMap, path::PathBuf};

use chrono::NaiveDate;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    Analysis, Reading,
    checkouts::{self, Checkout},
    kept::{self, Name},
    shelf,
};
use crate::{
    aggregate::{
        Book, Ledger,
        ledger::{NoHistory, Seen, Stamp, Touched, Without},
    },
    config::Config,
    error::Result,
    git::{self, Blob, Commit},
    load::{self, Root},
    model::{Archive, Audience},
    parse::{Context, Usage, action_items, parse_all},
    source::{SourceFile, Sources, markdown_stem},
    words::list,
    write,
};

/// What so many texts say is in memory at a time.
const TEXTS: usize = 8_000;

/// So many texts are asked of one process of git, several of which work at a time.
const PIECE: usize = 1_000;

/// So many commits are asked whether they brought documents from another folder, those that brought most.
const MOVES: usize = 40;

/// So many times a whole archive may have moved.
const ROUNDS: usize = 8;

/// An archive, and how it was read.
#[derive(Clone, Copy)]
struct Asked<'a> {
    sources: &'a Sources,
    config: &'a Config,
    usage: &'a Usage,
    archive: &'a Archive,
    today: NaiveDate,
}

/// What became of the action items of an archive: by its history, else by the days that its documents state.
pub fn ledger(root: &Root, analysis: &Analysis) -> Ledger {
    let Analysis { sources, config, usage, archive, summary, .. } = analysis;
    answer(root, analysis.audience, Asked { sources, config, usage, archive, today: summary.today })
}

/// The same of what was read for an audience and has not been judged.
pub fn ledger_of(root: &Root, reading: &Reading, audience: Audience) -> Ledger {
    let Reading { sources, config, usage, archive, summary, .. } = reading;
    answer(root, audience, Asked { sources, config, usage, archive, today: summary.today })
}

fn answer(root: &Root, audience: Audience, asked: Asked<'_>) -> Ledger {
    if audience == Audience::Public {
        // Other documents and earlier words are in the history, and commits that lead to them.
        return Ledger::of_documents(asked.archive, NoHistory::Internal);
    }
    match known(root, asked) {
        Ok(Known { book, departed, without }) if book.commits() > 0 => {
            Ledger::new(book, asked.archive, &departed, asked.today).without(without)
        }
        Ok(Known { without: reasons, .. }) => Ledger::of_documents(asked.archive, reason(reasons)),
        Err(error) => Ledger::of_documents(asked.archive, NoHistory::Failed(error.to_string())),
    }
}

/// Why there is no history at all.
fn reason(without: Vec<Without>) -> NoHistory {
    without.into_iter().next().map_or(NoHistory::NoCommits, |without| without.reason)
}

/// What all repositories know.
struct Known {
    book: Book,
    /// The days of the incidents of documents that the last commit has and nobody any more.
    departed: BTreeMap<String, NaiveDate>,
    /// The folders whose history is not there.
    without: Vec<Without>,
}

fn known(root: &Root, asked: Asked<'_>) -> Result<Known> {
    let (checkouts, outside) = Checkout::all(root, asked.config)?;
    let missing = |folders: &[PathBuf], reason: NoHistory| Without {
        folders: list(&checkouts::named(root, folders)),
        reason,
    };
    let mut without = Vec::new();
    if !outside.is_empty() {
        without.push(missing(&outside, NoHistory::NoRepository));
    }
    let (mut all, mut departed) = (Book::default(), BTreeMap::new());
    for checkout in checkouts {
        if checkout.repository.is_shallow() {
            without.push(missing(&checkout.folders, NoHistory::CutOff));
            continue;
        }
        let folders = checkout.folders.clone();
        let history = History { checkout, asked };
        let book = history.book()?;
        departed.extend(history.departed(&book)?);
        if book.commits() == 0 {
            without.push(missing(&folders, NoHistory::NoCommits));
        }
        all.join(book);
    }
    Ok(Known { book: all, departed, without })
}

/// A book and how far it is written.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    head: String,
    /// Where the documents are and were, seen from the archive.
    folders: Vec<PathBuf>,
    book: Book,
}

/// The history of the documents in one repository.
struct History<'h> {
    checkout: Checkout,
    asked: Asked<'h>,
}

impl History<'_> {
    fn book(&self) -> Result<Book> {
        let Some(head) = self.checkout.repository.head() else { return Ok(Book::default()) };
        let place = self.file().zip(self.key());
        let kept = place.as_ref().and_then(|(file, key)| {
            let bytes = load::read_asset(file).ok()?;
            kept::sealed_value::<Kept>(key, &bytes)
        });
        let kept = match kept {
            Some(kept) if kept.head == head => return Ok(kept.book),
            Some(kept) if self.checkout.repository.is_on_main_line(&kept.head) => self.since(kept)?,
            _ => None,
        };
        let (mut book, folders, commits) = if let Some((kept, commits)) = kept {
            (kept.book, kept.folders, commits)
        } else {
            let (folders, commits) = self.all()?;
            (Book::default(), folders, commits)
        };
        self.write(&commits, &mut book)?;
        self.answer(&commits, &mut book)?;
        let kept = Kept { head, folders, book };
        if let Some((file, key)) = place {
            write::keep_with(&file, |to| kept::write_sealed(&key, &kept, to));
        }
        Ok(kept.book)
    }

    /// Where it is kept: one file for each archive of the repository.
    fn file(&self) -> Option<PathBuf> {
        shelf::beside_history(&self.checkout.repository, &self.checkout.way, "ledger", "bin")
    }

    /// What the book depends on beside the history: what reads documents, and which. None for a program that does not know
    /// which one it is, and has nothing to say to others.
    fn key(&self) -> Option<Name> {
        let sources = &self.asked.sources;
        let settings = sources.configuration.iter().chain(sources.locales.iter().flatten());
        let texts: Vec<&str> = settings.map(|file| &*file.text).collect();
        let order = self.context().order();
        let all = format!("{order:?}\0{:?}\0{}", self.checkout.folders, texts.join("\0"));
        Some(*blake3::Hasher::new_keyed(&load::program()?).update(all.as_bytes()).finalize().as_bytes())
    }

    fn context(&self) -> Context<'_> {
        Context::of(self.asked.config, self.asked.usage.clone())
    }

    /// What is kept, with the commits behind it; none when these have moved documents from somewhere else, whose history
    /// is not in it.
    fn since(&self, kept: Kept) -> Result<Option<(Kept, Vec<Commit>)>> {
        let commits = self.checkout.repository.log(Some(&kept.head), &kept.folders)?;
        let is_whole = self.origins(&commits, &mut Vec::new(), &kept.folders)?.is_empty();
        Ok(is_whole.then_some((kept, commits)))
    }

    /// All commits, and the folders in which the documents are and were.
    fn all(&self) -> Result<(Vec<PathBuf>, Vec<Commit>)> {
        let mut folders = self.checkout.folders.clone();
        let mut asked: Vec<String> = Vec::new();
        let mut commits = self.checkout.repository.log(None, &folders)?;
        for _ in 0..ROUNDS {
            let new = self.origins(&commits, &mut asked, &folders)?;
            if new.is_empty() {
                break;
            }
            folders.extend(new);
            commits = self.checkout.repository.log(None, &folders)?;
        }
        Ok((folders, commits))
    }

    /// The folders beside these from which the documents of some commits came. What was asked once is not asked again.
    fn origins(
        &self,
        commits: &[Commit],
        asked: &mut Vec<String>,
        folders: &[PathBuf],
    ) -> Result<Vec<PathBuf>> {
        let mut brought: Vec<(usize, &str)> = commits
            .iter()
            .map(|commit| (commit.files.iter().filter(|file| file.before.is_none()).count(), &*commit.id))
            .filter(|(count, id)| *count > 0 && !asked.iter().any(|asked| asked == id))
            .collect();
        brought.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let ids: Vec<&str> = brought.into_iter().take(MOVES).map(|(_, id)| id).collect();
        let origins = self.checkout.repository.origins(&ids, folders)?;
        asked.extend(ids.into_iter().map(str::to_owned));
        let is_new = |origin: &PathBuf| !folders.iter().any(|folder| origin.starts_with(folder));
        Ok(origins.into_iter().filter(is_new).collect())
    }

    /// Writes commits into a book.
    fn write(&self, commits: &[Commit], book: &mut Book) -> Result<()> {
        let sources = &self.asked.sources;
        let wanted = |blob: &&Blob| is_wanted(sources, &self.checkout.path(&blob.path));
        let context = self.context();
        let mut commits = commits.iter();
        loop {
            // As many whole commits as go into memory together.
            let mut part: Vec<&Commit> = Vec::new();
            let mut blobs: Vec<&Blob> = Vec::new();
            while blobs.len() < TEXTS
                && let Some(commit) = commits.next()
            {
                blobs.extend(commit.files.iter().filter_map(|file| file.now.as_ref()).filter(wanted));
                part.push(commit);
            }
            if part.is_empty() {
                return Ok(());
            }
            let mut said = read(&blobs, |blob, bytes| self.items(blob, bytes, &context))?.into_iter();
            for commit in part {
                let touched = commit.files.iter().filter_map(|file| {
                    let before = file.before.as_ref().map(|blob| self.checkout.path(&blob.path));
                    let before = before.filter(|path| book.holds(path));
                    let now = file.now.as_ref().filter(wanted);
                    let items = now.and_then(|_| said.next()).unwrap_or_default();
                    let now = now.map(|blob| self.checkout.path(&blob.path));
                    let version = dated(file).map(Blob::name);
                    (before.is_some() || now.is_some()).then_some(Touched { before, now, items, version })
                });
                let touched: Vec<Touched> = touched.collect();
                book.write(&Stamp { commit: Some(commit.id.clone()), day: commit.day }, &touched);
            }
        }
    }

    /// Reads what a book asks of some versions of documents that commits have touched.
    fn answer(&self, commits: &[Commit], book: &mut Book) -> Result<()> {
        let asked = book.open_questions();
        if asked.is_empty() {
            return Ok(());
        }
        let versions = commits.iter().flat_map(|commit| &commit.files).filter_map(dated);
        let named = versions.map(|blob| (blob.name(), blob)).filter(|(name, _)| asked.contains(name));
        let versions: BTreeMap<String, &Blob> = named.collect();
        book.answer(&self.incidents(versions.into_values(), |_, blob| blob.name())?);
        Ok(())
    }

    /// The days of the incidents of documents that were taken away since the last commit, and whose items are as old.
    fn departed(&self, book: &Book) -> Result<BTreeMap<String, NaiveDate>> {
        let archive = self.asked.archive;
        let is_gone = |path: &str| archive.in_file(path).next().is_none() && book.asks_for_incident(path);
        if !book.paths().any(is_gone) {
            return Ok(BTreeMap::new());
        }
        let changes = self.checkout.repository.changes("HEAD")?;
        let before = changes.iter().filter_map(|change| change.before.as_ref());
        self.incidents(before.filter(|blob| is_gone(&self.checkout.path(&blob.path))), |path, _| path)
    }

    /// When the incidents were that some versions of documents tell of, under a name for each.
    fn incidents<'b>(
        &self,
        blobs: impl Iterator<Item = &'b Blob>,
        name: impl Fn(String, &Blob) -> String + Sync,
    ) -> Result<BTreeMap<String, NaiveDate>> {
        let blobs: Vec<&Blob> = blobs.collect();
        let context = self.context();
        let incidents = read(&blobs, |blob, bytes| {
            let path = self.checkout.path(&blob.path);
            let parsed = parse_all(&SourceFile::from_bytes(path.clone(), bytes), &context);
            let date = parsed.first().and_then(|one| one.postmortem.date.as_ref());
            date.map(|date| (name(path, blob), date.value))
        });
        Ok(incidents?.into_iter().flatten().collect())
    }

    /// The items of a file as it was.
    fn items(&self, blob: &Blob, bytes: &[u8], context: &Context<'_>) -> Vec<Seen> {
        let path = self.checkout.path(&blob.path);
        let Asked { sources, archive, .. } = self.asked;
        // What a document says now has been read already, and reading is what a history costs most.
        if sources.file(&path).is_some_and(|file| file.text.as_bytes() == bytes) {
            return archive.in_file(&path).flat_map(Seen::all).collect();
        }
        let source = SourceFile::from_bytes(path, bytes);
        if let Some(items) = action_items(&source, context) {
            return items.iter().map(Seen::of).collect();
        }
        parse_all(&source, context).iter().flat_map(|one| Seen::all(&one.postmortem)).collect()
    }
}

/// Makes something of the texts of some blobs, with all processors.
fn read<T: Send>(blobs: &[&Blob], make: impl Fn(&Blob, &[u8]) -> T + Sync) -> Result<Vec<T>> {
    let pieces = blobs.par_chunks(PIECE).map(|piece| Blob::read_each(piece, &make));
    Ok(pieces.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
}

/// The version of a touched file that tells last when its incident was.
fn dated(file: &git::Touched) -> Option<&Blob> {
    file.now.as_ref().or(file.before.as_ref())
}

/// True for a file that is a postmortem, or may have been one.
fn is_wanted(sources: &Sources, path: &str) -> bool {
    let is_hidden = || path.split('/').any(|part| part.starts_with('.') && part != "..");
    sources.file(path).is_some()
        || (markdown_stem(path).is_some() && !sources.assets.contains_key(path) && !is_hidden())
}
