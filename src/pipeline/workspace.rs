//! An archive that is read again and again while somebody works on it.
//!
//! What a change does not touch is neither read from the disk nor parsed a second time; everything that is said about
//! documents together is made anew. The answer is that of a first reading: a test changes archives in every way there is
//! and compares.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;

use super::{
    Analysis, base, judge,
    kept::{Kept, Name},
    memory::Memory,
    reading::{self, Reading},
    shelf,
};
use crate::{
    config::Config,
    diagnostic::Finding,
    error::Result,
    load::{self, Place, Root},
    source::Sources,
    write,
};

/// An archive and what has been read of it.
#[derive(Debug)]
pub struct Workspace {
    out: Option<PathBuf>,
    today: NaiveDate,
    /// None after an attempt that failed: what had changed then is forgotten.
    last: Option<(PathBuf, Place, Sources)>,
    memory: Memory,
    /// The folder of the user for what can be made again; none when nothing is kept.
    caches: Option<PathBuf>,
    /// Where what has been read is kept, and for which program.
    shelf: Option<(PathBuf, Name)>,
}

impl Workspace {
    /// One of which nothing has been read. `out` is where a site goes, when that is not where the configuration says.
    pub fn new(out: Option<&Path>, today: NaiveDate) -> Self {
        Self {
            out: out.map(Path::to_path_buf),
            today,
            last: None,
            memory: Memory::default(),
            caches: None,
            shelf: None,
        }
    }

    /// The same with what earlier runs have kept. That lies beside the history of the archive, else below a folder of the
    /// user's; without one, nothing is kept.
    #[must_use]
    pub fn keeping_in(self, caches: Option<&Path>) -> Self {
        Self { caches: caches.map(Path::to_path_buf), ..self }
    }

    /// Reads the archive at a root as it is now. `findings` are those of the configuration; `touched` are the paths of
    /// everything that may have changed since the last time, none when nobody knows.
    pub fn read(
        &mut self,
        root: &Root,
        (config, findings): (Config, Vec<Finding>),
        touched: Option<&BTreeSet<PathBuf>>,
    ) -> Result<Reading> {
        // Taken before anything can fail: after a failure nobody knows any more what has changed.
        let last = self.last.take();
        let place = Place::of(root, &config, self.out.as_deref())?;
        let last = last.filter(|(folder, then, _)| *folder == root.folder && *then == place);
        let sources = match (last, touched) {
            (Some((.., before)), Some(touched)) => load::load_again(root, &config, &place, &before, touched)?,
            _ => self.load(root, &config)?,
        };
        self.last = Some((root.folder.clone(), place, sources.clone()));
        Ok(reading::read(sources, config, findings, self.today, &mut self.memory))
    }

    /// Reads everything, and what was kept of it beside that.
    fn load(&mut self, root: &Root, config: &Config) -> Result<Sources> {
        let Some(caches) = self.caches.take() else { return load::load(root, config, self.out.as_deref()) };
        let kept = || {
            let file = shelf::of(root, &caches, "reading", "bin");
            // A program that does not know which one it is has nothing to say to others.
            let program = load::program()?;
            let kept = load::open(&file).ok().and_then(|from| Kept::open(program, from));
            Some(((file, program), kept))
        };
        let (sources, found) = rayon::join(|| load::load(root, config, self.out.as_deref()), kept);
        if let Some((shelf, kept)) = found {
            self.memory = Memory::with(kept);
            self.shelf = Some(shelf);
        }
        sources
    }

    /// Keeps what has been read for the next run, where that is worth it.
    pub fn keep(&mut self) {
        keep(self.shelf.as_ref(), &mut self.memory);
    }

    /// The same with what is wrong, compared with a revision of git if one is given.
    pub fn analyze(
        &mut self,
        root: &Root,
        configuration: (Config, Vec<Finding>),
        since: Option<&str>,
        touched: Option<&BTreeSet<PathBuf>>,
    ) -> Result<Analysis> {
        let reading = self.read(root, configuration, touched)?;
        since_then(root, reading, since, self.today)
    }

    /// The same for whoever reads once: what has been read is kept for the next run where that is worth it, and then
    /// belongs to the analysis alone.
    pub fn analyze_once(
        mut self,
        root: &Root,
        (config, findings): (Config, Vec<Finding>),
        since: Option<&str>,
    ) -> Result<Analysis> {
        let sources = self.load(root, &config)?;
        let Self { memory, shelf, today, .. } = self;
        let keep = |memory: &mut Memory| keep(shelf.as_ref(), memory);
        let reading = reading::read_once(sources, config, findings, today, (memory, keep));
        since_then(root, reading, since, today)
    }
}

fn keep(shelf: Option<&(PathBuf, Name)>, memory: &mut Memory) {
    if let Some((file, program)) = shelf
        && memory.is_worth_keeping()
    {
        write::keep_with(file, |to| memory.write(program, to));
    }
}

fn since_then(root: &Root, reading: Reading, since: Option<&str>, today: NaiveDate) -> Result<Analysis> {
    let now = (&reading.sources, &reading.config);
    let base = since.map(|revision| base::base(root, now, revision, today)).transpose()?;
    Ok(judge(reading, base))
}
