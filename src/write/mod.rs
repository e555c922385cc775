//! Artifacts → the output folder, all or nothing. The edge that writes.
//!
//! A site is written into a folder beside the old one, and the two change places when it is whole: in one step where
//! the system can do that (Linux, macOS), by two renames elsewhere, which the next build completes if it finds only the
//! first one done. A build that dies, meets a full disk or is not allowed to write leaves the old site as it was.
//! What a power cut takes from the caches of the disk is not guarded against; the next build brings it back.
//!
//! Only a folder with Afterword's [marker] is ever replaced, and files in it that Afterword did not write are kept. A file
//! that is as it was is not written again: it gets a second name in the new folder, and keeps its time and its place on
//! the disk. Nothing is ever written into a file that has a name in the old site.

#![expect(clippy::disallowed_methods, reason = "this is the edge that writes")]

mod disk;
mod document;
mod file;
mod kept;
mod lock;
pub mod marker;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use rayon::prelude::*;

use crate::{
    error::{Error, Result},
    write::{
        disk::{Disk, Real},
        lock::Lock,
    },
};

pub use document::replace;
pub use file::{append, create, create_folder, is_taken, output, output_by};
pub use kept::{keep, keep_with};

/// A file up to this size is held against the one of the old site; a longer one, a film for example, is copied.
const WHOLE: u64 = 16 << 20;

/// What came of writing a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Where it stands now.
    pub folder: PathBuf,
    /// How many files there are in the site.
    pub files: usize,
    /// How many bytes they hold.
    pub bytes: u64,
    /// How many of the files are new or others than before.
    pub changed: usize,
    /// Files of the old folder that Afterword did not write and that are in the new one as well.
    pub kept: Vec<String>,
}

/// Writes a whole site. `sources` are the folders that were read: none of them may be in the output folder.
pub fn write<'a, A>(out: &Path, sources: &[PathBuf], artifacts: A) -> Result<Written>
where
    A: IntoParallelIterator<Item = (&'a str, &'a [u8])>,
{
    let staging = Staging::begin(out, sources)?;
    artifacts.into_par_iter().try_for_each(|(path, bytes)| staging.put(path, bytes))?;
    staging.commit()
}

/// A site that is being written, not yet in its place. Dropped without [`Staging::commit`], it leaves no trace.
pub struct Staging {
    disk: Arc<dyn Disk>,
    /// Where the site will stand.
    out: PathBuf,
    /// Where it is written.
    folder: PathBuf,
    /// What Afterword wrote into the folder that stands at `out`; none when there is nothing to replace.
    old: Option<BTreeSet<String>>,
    progress: Mutex<Progress>,
    _lock: Lock,
}

#[derive(Default)]
struct Progress {
    files: BTreeSet<String>,
    folders: BTreeSet<PathBuf>,
    bytes: u64,
    changed: usize,
    in_place: bool,
}

impl Staging {
    /// Makes ready to write a site to `out`, and clears away what builds that died there have left.
    pub fn begin(out: &Path, sources: &[PathBuf]) -> Result<Self> {
        Self::begin_on(Arc::new(Real), out, sources)
    }

    fn begin_on(disk: Arc<dyn Disk>, out: &Path, sources: &[PathBuf]) -> Result<Self> {
        let out = resolve(&*disk, out)?;
        refuse_sources(&out, sources)?;
        let lock = Lock::take(beside(&out, "lock", None))
            .map_err(|error| explain("write beside", &out, error))?
            .ok_or_else(|| {
                Error::new(format!("another build is writing to `{}`", out.display()))
                    .help("wait for it to end, or give this one a folder of its own with `--out`")
            })?;
        clear_leftovers(&*disk, &out)?;
        let old = examine(&out)?;
        let folder = beside(&out, "new", Some(std::process::id()));
        disk.create_dir_all(&folder).map_err(|error| explain("create", &folder, error))?;
        let staging = Self { disk, out, folder, old, progress: Mutex::default(), _lock: lock };
        // From the first moment on, so that a leftover is known for what it is.
        staging.write_marker(false)?;
        Ok(staging)
    }

    /// Writes one file. Paths are relative to the site, with `/` between their parts. May be called from many threads.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let target = self.make_room(path, u64::try_from(bytes.len()).unwrap_or(u64::MAX))?;
        if self.keep(path, bytes, &target) {
            return Ok(());
        }
        self.progress().changed += 1;
        self.disk.write(&target, bytes, false).map_err(|error| explain("write", &target, error))
    }

    /// Takes a file over from the old site when it holds these bytes already. False when it does not, or when the file
    /// system knows no second names; then it has to be written.
    fn keep(&self, path: &str, bytes: &[u8], target: &Path) -> bool {
        if !self.old.as_ref().is_some_and(|own| own.contains(path)) {
            return false;
        }
        let old = self.out.join(path);
        let has_size = |file: &fs::Metadata| {
            file.is_file() && u64::try_from(bytes.len()).is_ok_and(|size| size == file.len())
        };
        fs::symlink_metadata(&old).is_ok_and(|file| has_size(&file))
            && fs::read(&old).is_ok_and(|held| held == bytes)
            && self.disk.link(&old, target).is_ok()
    }

    /// Copies a file into the site, under the same conditions.
    pub fn put_copy(&self, path: &str, file: &Path) -> Result<()> {
        let size = fs::metadata(file).map_err(|error| Error::at("read", file, error))?.len();
        if size <= WHOLE {
            let bytes = fs::read(file).map_err(|error| Error::at("read", file, error))?;
            return self.put(path, &bytes);
        }
        let target = self.make_room(path, size)?;
        self.progress().changed += 1;
        fs::copy(file, &target).map(|_| ()).map_err(|error| explain("write", &target, error))
    }

    /// Where a file will stand, its folder made and the file counted.
    fn make_room(&self, path: &str, size: u64) -> Result<PathBuf> {
        let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains('\\');
        if path == marker::NAME || path.contains('\n') || !path.split('/').all(plain) {
            return Err(Error::new(format!("`{path}` is not a path that a site may have")));
        }
        let target = self.folder.join(path);
        let folder = target.parent().map(Path::to_path_buf).unwrap_or_default();
        let is_new_folder = {
            let mut progress = self.progress();
            if !progress.files.insert(path.to_owned()) {
                return Err(Error::new(format!("two parts of the site want to be `{path}`")));
            }
            progress.bytes += size;
            !progress.folders.contains(&folder)
        };
        if is_new_folder {
            self.disk.create_dir_all(&folder).map_err(|error| explain("create", &folder, error))?;
            self.progress().folders.insert(folder);
        }
        Ok(target)
    }

    /// Puts the site in its place.
    pub fn commit(self) -> Result<Written> {
        let kept = self.keep_foreign_files()?;
        self.write_marker(true)?;
        self.swap()?;
        let (files, bytes, changed) = {
            let mut progress = self.progress();
            progress.in_place = true;
            (progress.files.len(), progress.bytes, progress.changed)
        };
        // What is left now is the old site; if it cannot be removed, the next build will try again.
        drop(self.disk.remove_dir_all(&self.folder));
        sync_folder(&self.out);
        Ok(Written { folder: self.out.clone(), files, bytes, changed, kept })
    }

    fn progress(&self) -> std::sync::MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write_marker(&self, durable: bool) -> Result<()> {
        let path = self.folder.join(marker::NAME);
        let text = marker::text(&self.progress().files);
        self.disk.write(&path, text.as_bytes(), durable).map_err(|error| explain("write", &path, error))
    }

    /// Copies what others have put into the old site.
    fn keep_foreign_files(&self) -> Result<Vec<String>> {
        let Some(own) = &self.old else { return Ok(Vec::new()) };
        let kept = marker::foreign(&self.out, own).map_err(|error| explain("read", &self.out, error))?;
        for path in &kept {
            let (from, to) = (self.out.join(path), self.folder.join(path));
            if self.progress().files.contains(path) {
                return Err(Error::new(format!(
                    "`{}` was not written by Afterword, and the new site has a page there",
                    from.display()
                ))
                .help("move the file away, or build into another folder with `--out`"));
            }
            let folder = to.parent().unwrap_or(&self.folder);
            self.disk.create_dir_all(folder).map_err(|error| explain("create", folder, error))?;
            // A file that others write to, while it has two names, has what they write under both.
            if self.disk.link(&from, &to).is_err() {
                self.disk.copy(&from, &to).map_err(|error| explain("keep", &from, error))?;
            }
        }
        Ok(kept)
    }

    fn swap(&self) -> Result<()> {
        let failed = |error| explain("put the new site in place at", &self.out, error);
        if !self.out.exists() {
            return self.disk.rename(&self.folder, &self.out).map_err(failed);
        }
        match self.disk.exchange(&self.folder, &self.out) {
            Ok(()) => return Ok(()),
            Err(error) if cannot_exchange(&error) => {}
            Err(error) => return Err(failed(error)),
        }
        let aside = beside(&self.out, "old", Some(std::process::id()));
        self.disk.rename(&self.out, &aside).map_err(failed)?;
        if let Err(error) = self.disk.rename(&self.folder, &self.out) {
            return Err(match self.disk.rename(&aside, &self.out) {
                Ok(()) => failed(error),
                Err(_) => failed(error).help(format!("the old site is safe in `{}`", aside.display())),
            });
        }
        // As above: the next build removes what cannot be removed now.
        drop(self.disk.remove_dir_all(&aside));
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.progress().in_place {
            // Nothing more can be done about a failure here; the next build clears it away.
            drop(self.disk.remove_dir_all(&self.folder));
        }
    }
}

/// True when the system or this file system cannot exchange folders, as opposed to: may not, in this case.
fn cannot_exchange(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// `out` as an absolute path whose parent exists, links followed.
fn resolve(disk: &dyn Disk, out: &Path) -> Result<PathBuf> {
    if let Ok(real) = fs::canonicalize(out) {
        return if real.is_dir() {
            Ok(real)
        } else {
            Err(Error::new(format!("`{}` is a file, not a folder", out.display()))
                .help("give a folder for the site with `--out`"))
        };
    }
    let absolute = std::path::absolute(out).map_err(|error| explain("find", out, error))?;
    let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
        return Err(Error::new(format!("`{}` cannot hold a site", out.display()))
            .help("give a folder with a name with `--out`"));
    };
    disk.create_dir_all(parent).map_err(|error| explain("create", parent, error))?;
    let parent = fs::canonicalize(parent).map_err(|error| explain("find", parent, error))?;
    Ok(parent.join(name))
}

/// The site replaces its folder: no document may be in there.
fn refuse_sources(out: &Path, sources: &[PathBuf]) -> Result<()> {
    for source in sources {
        let source = fs::canonicalize(source).unwrap_or_else(|_| source.clone());
        if source.starts_with(out) {
            return Err(Error::new(format!(
                "the site would replace `{}`, which holds the documents in `{}`",
                out.display(),
                source.display()
            ))
            .help("give a folder beside or below the documents with `--out`"));
        }
    }
    Ok(())
}

/// What stands at `out` before anything is written: nothing, a site of Afterword's, or something to stay away from.
fn examine(out: &Path) -> Result<Option<BTreeSet<String>>> {
    if let Some(files) = marker::read(out).map_err(|error| explain("read the marker in", out, error))? {
        return Ok(Some(files));
    }
    let mut entries = match fs::read_dir(out) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(explain("read", out, error)),
    };
    if entries.next().is_some() {
        return Err(Error::new(format!(
            "`{}` holds files that Afterword did not write, and they would be lost",
            out.display()
        ))
        .help("empty the folder, or build into another one with `--out` or `build-dir` in `book.toml`"));
    }
    Ok(None)
}

/// Completes or removes what builds that died have left beside `out`. The lock is held, so they are all dead.
fn clear_leftovers(disk: &dyn Disk, out: &Path) -> Result<()> {
    let Some(parent) = out.parent() else { return Ok(()) };
    let entries = fs::read_dir(parent).map_err(|error| explain("read", parent, error))?;
    let mut folders: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.sort();
    for folder in folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let starts_with = |kind: &str| {
            name.strip_prefix(&prefix(out, kind))
                .is_some_and(|id| id.bytes().all(|byte| byte.is_ascii_digit()))
        };
        if starts_with("old-") && marker::is_output(&folder) {
            let done = if out.exists() { disk.remove_dir_all(&folder) } else { disk.rename(&folder, out) };
            done.map_err(|error| explain("clear away", &folder, error))?;
        } else if starts_with("new-") && (marker::is_output(&folder) || is_empty(&folder)) {
            disk.remove_dir_all(&folder).map_err(|error| explain("clear away", &folder, error))?;
        }
    }
    Ok(())
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

/// `.book.new-1234` beside `book`. The dot keeps it out of listings and out of the archive.
fn beside(out: &Path, kind: &str, id: Option<u32>) -> PathBuf {
    let id = id.map(|id| format!("-{id}")).unwrap_or_default();
    out.with_file_name(format!("{}{id}", prefix(out, kind)))
}

fn prefix(out: &Path, kind: &str) -> String {
    format!(".{}.{kind}", out.file_name().unwrap_or_default().to_string_lossy())
}

/// Makes the exchange of names durable where the system has a way to ask for it.
fn sync_folder(out: &Path) {
    #[cfg(unix)]
    if let Some(folder) = out.parent().and_then(|parent| fs::File::open(parent).ok()) {
        // A failure loses nothing but time after a power cut.
        drop(folder.sync_all());
    }
    #[cfg(not(unix))]
    let _ = out;
}

/// An error with the next step, where the kind of failure suggests one.
fn explain(action: &str, path: &Path, error: io::Error) -> Error {
    use io::ErrorKind as Kind;
    let help = match error.kind() {
        Kind::StorageFull | Kind::QuotaExceeded => {
            "make room on the disk, or build onto another one with `--out`; the old site is as it was"
        }
        Kind::ReadOnlyFilesystem | Kind::PermissionDenied => {
            "give a folder that may be written to with `--out`; the old site is as it was"
        }
        Kind::ResourceBusy | Kind::CrossesDevices => {
            "if the folder is a mount point, build into a folder inside it with `--out`"
        }
        Kind::NotADirectory | Kind::AlreadyExists => {
            "a file stands where a folder is needed: move it, or use `--out`"
        }
        Kind::InvalidFilename => "give the document a shorter file name or id",
        _ => return Error::at(action, path, error),
    };
    Error::at(action, path, error).help(help)
}
