//! Changes on disk → sets of paths. Nothing else: what a change means is decided by whoever asked.
//!
//! Reading a file is not a change, and neither is anything in a hidden folder or in the folder of the site. Folders
//! that do not exist yet are watched as soon as they do.

#![expect(clippy::disallowed_methods, reason = "this is the edge that watches")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    time::{Duration, Instant},
};

use notify::{
    ErrorKind, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
    event::{ModifyKind, RenameMode},
};

use crate::{
    error::{Error, Result},
    stop,
};

/// How long it has to be quiet after a change. Editors save in several steps that follow each other at once.
const SETTLE: Duration = Duration::from_millis(8);
/// How long it has to be quiet once so many paths have changed that it is no editor.
const SETTLE_BURST: Duration = Duration::from_millis(120);
/// More paths than this are a burst: a checkout, a script, a copy.
const BURST: usize = 12;
/// How long after a folder appeared it is looked at once more: what was put into it before it was watched told nobody.
const SECOND_LOOK: Duration = Duration::from_millis(300);
/// However busy it is, a change is told after this time.
const LONGEST: Duration = Duration::from_secs(2);

/// What is watched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
    armed: BTreeMap<PathBuf, RecursiveMode>,
    watcher: RecommendedWatcher,
    /// Folders that have just appeared.
    young: BTreeSet<PathBuf>,
    sender: Sender<News>,
    news: Receiver<News>,
}

/// What there is to hear of.
enum News {
    Event(notify::Result<notify::Event>),
    Stop,
}

impl Changes {
    /// Begins to watch.
    pub fn watch(watched: &Watched) -> Result<Self> {
        let (sender, news) = mpsc::channel();
        let heard = sender.clone();
        let system = notify::recommended_watcher(move |event| {
            // Nobody listens any more: watching is about to end.
            drop(heard.send(News::Event(event)));
        })
        .map_err(|error| Error::new("cannot watch for changes").because(error))?;
        let watched = watched.real();
        let mut changes =
            Self { watched, armed: BTreeMap::new(), watcher: system, young: BTreeSet::new(), sender, news };
        changes.arm()?;
        Ok(changes)
    }

    /// Watches something else from now on. What happened before, and is told after, counts as it did.
    pub fn turn_to(&mut self, watched: &Watched) -> Result<()> {
        let watched = watched.real();
        if watched == self.watched {
            return Ok(());
        }
        self.watched = watched;
        self.arm()
    }

    /// Ends watching when the program is asked to end: [`Changes::wait`] gives none from then on.
    pub fn end_when_asked(&self) -> Result<()> {
        let sender = self.sender.clone();
        stop::when_asked(move || drop(sender.send(News::Stop)))
    }

    /// Waits for the next change and gives the paths that it touched; none when watching is over.
    pub fn wait(&mut self) -> Option<BTreeSet<PathBuf>> {
        loop {
            let mut paths = BTreeSet::new();
            if self.young.is_empty() {
                let first = self.news.recv().ok()?;
                self.hear(first, &mut paths)?;
            } else {
                match self.news.recv_timeout(SECOND_LOOK) {
                    Ok(first) => self.hear(first, &mut paths)?,
                    Err(RecvTimeoutError::Timeout) => return Some(std::mem::take(&mut self.young)),
                    Err(RecvTimeoutError::Disconnected) => return None,
                }
            }
            if !paths.is_empty() {
                self.settle(&mut paths)?;
                self.young.extend(paths.iter().filter(|path| path.is_dir()).cloned());
                // A folder that cannot be watched now is tried again with the next change.
                drop(self.arm());
                return Some(paths);
            }
        }
    }

    /// Adds what follows at once. None when watching is over.
    #[expect(clippy::disallowed_methods, reason = "a clock that says how long nothing has happened")]
    fn settle(&mut self, paths: &mut BTreeSet<PathBuf>) -> Option<()> {
        let start = Instant::now();
        while start.elapsed() < LONGEST {
            let quiet = if paths.len() > BURST { SETTLE_BURST } else { SETTLE };
            match self.news.recv_timeout(quiet) {
                Ok(news) => self.hear(news, paths)?,
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        Some(())
    }

    /// Adds the paths of an event that are ours. None when watching is over.
    fn hear(&mut self, news: News, paths: &mut BTreeSet<PathBuf>) -> Option<()> {
        let News::Event(event) = news else { return None };
        let Ok(event) = event else {
            paths.insert(self.watched.root.clone());
            return Some(());
        };
        // The system lost count: whatever happened, the root stands for it.
        if event.need_rescan() {
            paths.insert(self.watched.root.clone());
        }
        let is_gone = matches!(
            event.kind,
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From | RenameMode::Both))
        );
        for path in event.paths {
            if is_gone && self.armed.remove(&path).is_some() {
                // It may have gone together with its folder; one of the same name is watched anew.
                drop(self.watcher.unwatch(&path));
            }
            if !matches!(event.kind, EventKind::Access(_)) && self.watched.is_ours(&path) {
                paths.insert(path);
            }
        }
        Some(())
    }

    /// Watches what is there and not watched yet, and forgets what is gone or not asked for any more. For a folder that
    /// is not there, the one in which it would appear is watched.
    fn arm(&mut self) -> Result<()> {
        let mut wanted = BTreeMap::from([(self.watched.root.clone(), RecursiveMode::NonRecursive)]);
        for folder in &self.watched.folders {
            if folder.is_dir() {
                wanted.insert(folder.clone(), RecursiveMode::Recursive);
            } else if let Some(above) = folder.ancestors().skip(1).find(|above| above.is_dir()) {
                wanted.entry(above.to_path_buf()).or_insert(RecursiveMode::NonRecursive);
            }
        }
        let old: Vec<PathBuf> =
            self.armed.keys().filter(|folder| !wanted.contains_key(*folder)).cloned().collect();
        for folder in old {
            self.armed.remove(&folder);
            drop(self.watcher.unwatch(&folder));
        }
        for (folder, mode) in wanted {
            if self.armed.get(&folder) != Some(&mode) {
                self.watcher.watch(&folder, mode).map_err(|error| explain(&folder, error))?;
                self.armed.insert(folder, mode);
            }
        }
        Ok(())
    }
}

impl Watched {
    /// The same with all links followed, as the system tells of changes.
    fn real(&self) -> Self {
        let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        Self {
            root: real(&self.root),
            folders: self.folders.iter().map(|folder| real(folder)).collect(),
            out: real(&self.out),
        }
    }

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
    use std::thread;

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
        // It is looked at once more.
        assert_eq!(changes.wait(), Some(first));
        let seen = first_change(changes, || fs::write(home.path().join("templates/base.html"), "x").unwrap());
        assert_eq!(seen, Some(BTreeSet::from(["templates/base.html".to_owned()])));
    }

    #[test]
    fn a_folder_that_is_removed_and_made_again_is_watched_again() {
        let home = TempDir::new().unwrap();
        let mut changes = watch(&home);
        let folder = home.path().join("postmortems");
        fs::remove_dir_all(&folder).unwrap();
        assert!(changes.wait().is_some_and(|paths| !paths.is_empty()));
        fs::create_dir(&folder).unwrap();
        let made = changes.wait().unwrap();
        assert!(made.iter().any(|path| path.ends_with("postmortems")), "{made:?}");
        let seen = first_change(changes, || fs::write(folder.join("b.md"), "b").unwrap());
        assert!(
            seen.is_some_and(|paths| paths.contains("postmortems/b.md") || paths.contains("postmortems"))
        );
    }

    #[test]
    fn what_is_watched_can_change() {
        let home = TempDir::new().unwrap();
        let mut changes = watch(&home);
        let folder = home.path().join("words/deep");
        let mut watched = changes.watched.clone();
        watched.folders = vec![folder.clone()];
        changes.turn_to(&watched).unwrap();
        fs::write(home.path().join("postmortems/2026/a.md"), "nobody looks").unwrap();
        fs::create_dir_all(&folder).unwrap();
        let seen = changes.wait().unwrap();
        assert!(seen.iter().all(|path| path.ends_with("words")), "{seen:?}");
    }

    #[test]
    fn a_thousand_files_are_one_change() {
        let home = TempDir::new().unwrap();
        let folder = home.path().join("postmortems/2026");
        let mut changes = watch(&home);
        for number in 0..1000 {
            fs::write(folder.join(format!("{number}.md")), "text").unwrap();
        }
        let seen = changes.wait().unwrap();
        assert_eq!(seen.len(), 1000);
    }
}
