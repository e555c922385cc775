//! Changes on disk → sets of paths. Nothing else: what a change means is decided by whoever asked.
//!
//! Reading a file is not a change, and neither is anything in a hidden folder or in the folder of the site. Folders
//! that do not exist yet are watched as soon as they do.

#![expect(clippy::disallowed_methods, reason = "this is the edge that watches")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver},
    time::Duration,
};

use notify::{ErrorKind, EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

use crate::error::{Error, Result};

/// How long to wait for more after a change. Editors save in several steps that are a few milliseconds apart.
const SETTLE: Duration = Duration::from_millis(40);

/// What is watched.
#[derive(Debug, Clone, Default)]
pub struct Watched {
    /// The root. Its own files are watched, and the folders below it only if they are named.
    pub root: PathBuf,
    /// Folders to be watched with all that is in them. They need not exist.
    pub folders: Vec<PathBuf>,
    /// The folder of the site: what happens there is not a change.
    pub out: PathBuf,
}

/// A stream of changes. Watching ends when it is dropped.
pub struct Changes {
    watched: Watched,
    armed: BTreeSet<PathBuf>,
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    events: Receiver<DebounceEventResult>,
}

impl Changes {
    /// Begins to watch.
    pub fn watch(watched: &Watched) -> Result<Self> {
        let (sender, events) = mpsc::channel();
        let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let watched = Watched {
            root: real(&watched.root),
            folders: watched.folders.iter().map(|folder| real(folder)).collect(),
            out: real(&watched.out),
        };
        let debouncer = new_debouncer(SETTLE, Some(SETTLE / 4), move |result| {
            // Nobody listens any more: watching is about to end.
            drop(sender.send(result));
        })
        .map_err(|error| Error::new("cannot watch for changes").because(error))?;
        let mut changes = Self { watched, armed: BTreeSet::new(), debouncer, events };
        changes.arm()?;
        Ok(changes)
    }

    /// Waits for the next change and gives the paths that it touched; none when watching is over.
    pub fn wait(&mut self) -> Option<BTreeSet<PathBuf>> {
        loop {
            let first = self.events.recv().ok()?;
            let mut paths = BTreeSet::new();
            for result in std::iter::once(first).chain(self.events.try_iter()) {
                match result {
                    Ok(events) => {
                        let real = events.iter().filter(|event| !matches!(event.kind, EventKind::Access(_)));
                        paths.extend(real.flat_map(|event| event.paths.iter().cloned()));
                        // The system lost count: whatever happened, the root stands for it.
                        if events.iter().any(|event| event.need_rescan()) {
                            paths.insert(self.watched.root.clone());
                        }
                    }
                    Err(_) => {
                        paths.insert(self.watched.root.clone());
                    }
                }
            }
            paths.retain(|path| self.watched.is_ours(path));
            if paths.is_empty() {
                continue;
            }
            // A folder that cannot be watched now is tried again with the next change.
            drop(self.arm());
            return Some(paths);
        }
    }

    /// Watches what is there and not watched yet, and forgets what is gone.
    fn arm(&mut self) -> Result<()> {
        self.armed.retain(|folder| folder.is_dir());
        let root = (self.watched.root.clone(), RecursiveMode::NonRecursive);
        let folders = self.watched.folders.iter().map(|folder| (folder.clone(), RecursiveMode::Recursive));
        let wanted: Vec<_> = folders.chain([root]).collect();
        for (folder, mode) in wanted {
            if folder.is_dir() && !self.armed.contains(&folder) {
                self.debouncer.watch(&folder, mode).map_err(|error| explain(&folder, error))?;
                self.armed.insert(folder);
            }
        }
        Ok(())
    }
}

impl Watched {
    fn is_ours(&self, path: &Path) -> bool {
        let is_hidden =
            |below: &Path| below.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'));
        if path.starts_with(&self.out) {
            return false;
        }
        let top = self.folders.iter().chain([&self.root]).find_map(|top| path.strip_prefix(top).ok());
        top.is_some_and(|below| !is_hidden(below))
    }
}

fn explain(folder: &Path, error: notify::Error) -> Error {
    let is_limit = matches!(error.kind, ErrorKind::MaxFilesWatch);
    let error = Error::at("watch", folder, error);
    if is_limit {
        error.help("the system allows no more watched files: raise `fs.inotify.max_user_watches`")
    } else {
        error
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc::RecvTimeoutError, thread, time::Instant};

    use tempfile::TempDir;

    use super::*;

    /// The first set of changes after `act`, with paths below the root.
    fn first_change(changes: Changes, act: impl FnOnce()) -> Option<BTreeSet<String>> {
        let root = changes.watched.root.clone();
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            let mut changes = changes;
            while let Some(paths) = changes.wait() {
                if sender.send(paths).is_err() {
                    break;
                }
            }
        });
        act();
        match receiver.recv_timeout(Duration::from_secs(10)) {
            Ok(paths) => Some(
                paths
                    .iter()
                    .map(|path| path.strip_prefix(&root).unwrap().to_string_lossy().into_owned())
                    .collect(),
            ),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
        }
    }

    fn watch(home: &TempDir) -> Changes {
        let at = |name: &str| home.path().join(name);
        fs::create_dir_all(at("postmortems/2026")).unwrap();
        fs::create_dir_all(at("postmortems/book")).unwrap();
        fs::write(at("postmortems/2026/a.md"), "a").unwrap();
        let folders = vec![at("postmortems"), at("templates")];
        Changes::watch(&Watched { root: at(""), folders, out: at("postmortems/book") }).unwrap()
    }

    #[test]
    fn a_saved_file_is_a_change_and_reading_or_building_is_not() {
        let home = TempDir::new().unwrap();
        let changes = watch(&home);
        let seen = first_change(changes, || {
            fs::read(home.path().join("postmortems/2026/a.md")).unwrap();
            fs::write(home.path().join("postmortems/book/index.html"), "page").unwrap();
            fs::write(home.path().join("postmortems/.a.md.swp"), "swap").unwrap();
            fs::write(home.path().join("postmortems/2026/b.md"), "b").unwrap();
        });
        assert_eq!(seen, Some(BTreeSet::from(["postmortems/2026/b.md".to_owned()])));
    }

    #[test]
    fn a_folder_that_appears_later_is_watched_from_then_on() {
        let home = TempDir::new().unwrap();
        let mut changes = watch(&home);
        fs::create_dir(home.path().join("templates")).unwrap();
        let first = changes.wait().unwrap();
        assert!(first.iter().any(|path| path.ends_with("templates")), "{first:?}");
        let start = Instant::now();
        let seen = first_change(changes, || fs::write(home.path().join("templates/base.html"), "x").unwrap());
        assert_eq!(seen, Some(BTreeSet::from(["templates/base.html".to_owned()])));
        assert!(start.elapsed() < Duration::from_secs(5));
    }
}
